//! What holds of every print.

use proptest::prelude::*;
use proptest::sample::select;

use super::printed;
use super::trees::file;
use crate::ruleset::{FormatError, format};
use crate::source::Source;
use crate::syntax::ast::File;
use crate::syntax::parse;
use crate::syntax::print::{Comments, print, without_spans};
use crate::syntax::scan::scan;

/// The print of a tree that no text stands behind.
fn print_tree(file: &File) -> String {
    print(file, Comments::of("", file))
}

/// What may stand between two tokens that a blank stands between.
const BETWEEN: [&str; 12] = [
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\r\n",
    "  ",
    "\n\n\n",
    " // c\n",
    "\n// d\n",
    "\n\n// e\n\n\n//f \r\n",
    " ; ",
];

/// A text, with other blanks and with comments where it has blanks; each comment is another one.
fn shaken(text: &str, choices: &[&str]) -> String {
    let mut out = String::new();
    let (mut end, mut after_doc) = (0, false);
    for (count, (token, other)) in scan(text).iter().zip(choices.iter().cycle()).enumerate() {
        let between = text.get(end..token.start).unwrap();
        let is_doc = token.text.starts_with("///");
        // A doc comment has lines of its own, and some tokens touch.
        if between.is_empty() || is_doc || after_doc {
            out.push_str(between);
        } else {
            out.push_str(&other.replace("//", &format!("// {count}")));
        }
        out.push_str(token.text);
        (end, after_doc) = (token.end(), is_doc);
    }
    out + text.get(end..).unwrap()
}

/// Prints a text if it can be read, and checks that its meaning and its comments are in the print.
///
/// [`format`] checks both itself, so that what it refuses as a fault of its own is the failure here.
fn check(text: &str) -> Option<String> {
    match format("a.rules", text) {
        Ok(_) => Some(printed(text)),
        Err(FormatError::Differs(place)) => panic!("{place} is printed wrongly in {text}"),
        Err(_) => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_tree_is_read_back_from_its_print(file in file()) {
        let text = print_tree(&file);
        match parse(&Source::new("a.rules", text.as_str())).into_result() {
            Ok(again) => prop_assert_eq!(without_spans(again), file, "{}", text),
            Err(errors) => prop_assert!(false, "{:?} in\n{}", errors, text),
        }
        // A test's document may end its lines with blanks.
        prop_assert_eq!(printed(&text), text);
    }

    #[test]
    fn any_text_keeps_its_meaning_and_its_comments(
        file in file(),
        choices in prop::collection::vec(select(&BETWEEN[..]), 1..40),
    ) {
        let text = shaken(&print_tree(&file), &choices);
        if let Some(print) = check(&text) {
            prop_assert!(print.is_empty() || print.ends_with('\n') && !print.ends_with("\n\n"));
            prop_assert!(!print.contains("\n\n\n") && !print.contains('\r'));
        }
    }

    #[test]
    fn any_soup_that_is_read_is_printed(text in soup()) {
        check(&text);
        check(&format!("must r: a == {}", text.replace('\n', " ")));
        check(&format!("section s {{ {text} }}"));
    }
}

fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "must r",
        "must",
        "should q \"题\"",
        ":",
        "a == b",
        "a",
        "a : money",
        "\"甲\"",
        "|",
        "under \"乙\"",
        "section s {",
        "each money x {",
        "}",
        "when",
        "and",
        "not",
        "+",
        "-",
        "(",
        ")",
        "f(",
        ",",
        "in [",
        "]",
        "1",
        "50%",
        "// c\n",
        "// d\n",
        "/// e\n",
        "\n",
        "\n\n",
        ";",
        "??",
        "within 1",
        "`a`",
        "`in`",
        "x@prior",
        "section",
        "use",
        "test",
        "en \"E\"",
        "\n",
        "\r\n",
        "waive r because \"x\"",
        "unit 元",
        "table t \"t\" {",
        "blank = 0",
        "{}",
        "expect holds r",
    ];
    let piece = (select(pieces.to_vec()), select(vec![" ", " ", "\n", ""]));
    prop::collection::vec(piece, 0..24)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, blank)| format!("{piece}{blank}")).collect())
}
