//! Whatever a rule file holds: no panic, and each error has a place that can be shown.
//!
//! `PROPTEST_CASES` sets how many texts are tried.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use gouji::report::{Diagnostic, Style, text};
use gouji::ruleset::{FormatError, RuleError, format};
use gouji::{Lang, RuleSet, limits};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const BUNDLED: &str = include_str!("../rules/organization.rules");

/// What rule files are made of, right and wrong.
const PIECES: &[&str] = &[
    "section",
    "stock",
    "table",
    "each",
    "must",
    "should",
    "when",
    "within",
    "in",
    "and",
    "or",
    "not",
    "implies",
    "ruleset",
    "use",
    "unit",
    "waive",
    "because",
    "for",
    "test",
    "expect",
    "violated",
    "holds",
    "en",
    "under",
    "blank",
    "money",
    "rate",
    "count(人)",
    "text",
    "code",
    "year",
    "sum",
    "delta",
    "parts",
    "children",
    "round",
    "prior",
    "budget",
    "total",
    "basic",
    "支出预算",
    "基本支出",
    "因公出国（境）费",
    "因公出国(境)费",
    "必须",
    "如果",
    "那么",
    "等于",
    "且",
    "organization",
    "“支出”",
    "\"支出\"",
    "\"a\\\\\"",
    "\"",
    "“",
    "`",
    "`因公出国(境)费`",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "（",
    "）",
    "：",
    ":",
    "；",
    ";",
    "，",
    "、",
    ",",
    "|",
    "=",
    "==",
    "!=",
    "<=",
    ">=",
    "<",
    ">",
    "≥",
    "＝",
    "+",
    "－",
    "-",
    "*",
    "/",
    "//",
    "///",
    "/*",
    "*/",
    "??",
    "..",
    "@",
    ".",
    "@2018",
    "@上年",
    "1",
    "0.01",
    "1,000",
    "1e5",
    "３０",
    "30万",
    "50%",
    "50 ％",
    "万元",
    "5万元",
    "{\"a\": 1}",
    "{\"a\": [1, {\"b\": null}]}",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{3000}",
    "\u{a0}",
    "\u{202e}",
    "\u{feff}",
    "\0",
    "😀",
    "t\u{43e}tal",
    "e\u{301}",
];

fn pieces() -> impl Strategy<Value = String> {
    let separator = select(&["", " ", " ", "\n"][..]);
    prop::collection::vec((select(PIECES), separator), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, after)| format!("{piece}{after}")).collect())
}

/// A bundled file with a few characters or tokens dropped, doubled, swapped, or put in.
fn edited() -> impl Strategy<Value = String> {
    let edit = (any::<Index>(), any::<Index>(), 0..5_usize, select(PIECES));
    prop::collection::vec(edit, 1..6).prop_map(|edits| {
        let mut tokens = tokens(BUNDLED);
        for (at, other, what, piece) in edits {
            let (at, other) = (at.index(tokens.len()), other.index(tokens.len()));
            match what {
                0 => tokens[at].clear(),
                1 => tokens.insert(at, piece.to_owned()),
                2 => tokens.swap(at, other),
                3 => tokens[at] = piece.to_owned(),
                _ => {
                    let mut characters: Vec<char> = tokens[at].chars().collect();
                    characters.truncate(characters.len() / 2);
                    tokens[at] = characters.into_iter().collect();
                }
            }
        }
        tokens.concat()
    })
}

/// Words, and every other character by itself.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in text.chars() {
        match tokens.last_mut().filter(|_| in_word && c.is_alphanumeric()) {
            Some(word) => word.push(c),
            None => tokens.push(c.to_string()),
        }
        in_word = c.is_alphanumeric();
    }
    tokens
}

/// What holds of every list of errors of one text.
fn check(errors: &[RuleError], name: &str, file: &str) -> Result<(), TestCaseError> {
    let here: Vec<_> = errors
        .iter()
        .map(|error| error.location().cloned())
        .map(|place| place.ok_or_else(|| TestCaseError::fail("an error without a place")))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .filter(|place| place.source().name() == name)
        .collect();
    for place in &here {
        let span = place.span();
        prop_assert_eq!(place.source().text(), file);
        prop_assert!(file.get(span.start()..span.end()).is_some(), "{:?} of {} bytes", span, file.len());
    }
    prop_assert!(here.is_sorted_by_key(|place| place.span().start()), "out of order: {:?}", errors);
    prop_assert!(here.len() <= limits::RULE_ERRORS);
    for error in errors {
        prop_assert!(RuleError::CODES.contains(&error.code()));
        for lang in [Lang::Zh, Lang::En] {
            let shown = text(&Diagnostic::of_rule_error(error, lang), Style::Plain, lang);
            prop_assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", shown);
        }
    }
    Ok(())
}

fn try_text(file: &str) -> Result<(), TestCaseError> {
    if let Err(error) = RuleSet::builder().file("fuzz.rules", file).build() {
        prop_assert!(!error.errors().is_empty());
        check(error.errors(), "fuzz.rules", file)?;
    }
    match format("fuzz.rules", file) {
        Ok(formatted) => {
            prop_assert_eq!(
                format("fuzz.rules", &formatted).ok(),
                Some(formatted.clone()),
                "formatted twice"
            );
        }
        Err(FormatError::Syntax(error)) => check(error.errors(), "fuzz.rules", file)?,
        Err(FormatError::Differs(place)) => prop_assert!(false, "{} reads otherwise when formatted", place),
        Err(_) => {}
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_panics_and_every_error_has_its_place(file in pieces()) {
        try_text(&file)?;
    }

    #[test]
    fn an_edited_rule_file_tells_its_mistakes_in_order(file in edited()) {
        try_text(&file)?;
    }

    #[test]
    fn characters_of_any_kind_are_no_panic(file in "\\PC{0,60}") {
        try_text(&file)?;
    }
}
