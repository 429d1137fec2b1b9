//! `docs/grammar.md` and `docs/gouji.tmLanguage.json` say what `grammar/rules.pest` says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PEST: &str = include_str!("../grammar/rules.pest");
const PAGE: &str = include_str!("../docs/grammar.md");
const EDITOR: &str = include_str!("../docs/gouji.tmLanguage.json");

/// What stands between the tokens of a pest grammar and means something.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A name, or a string or character with its quotes.
    Word(String),
    Symbol(char),
}

/// The tokens of a piece of the grammar.
fn tokens(text: &str) -> Vec<Token> {
    let (mut found, mut rest) = (Vec::new(), text.trim_start());
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => {
                let mut is_escaped = false;
                let closing = rest.char_indices().skip(1).find(|(_, c)| {
                    let closes = *c == first && !is_escaped;
                    is_escaped = *c == '\\' && !is_escaped;
                    closes
                });
                closing.unwrap().0 + 1
            }
            c if c.is_alphanumeric() || c == '_' => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        let (word, behind) = rest.split_at(length);
        found.push(match first {
            '"' | '\'' | '_' => Token::Word(word.to_owned()),
            c if c.is_alphanumeric() => Token::Word(word.to_owned()),
            c => Token::Symbol(c),
        });
        rest = behind.trim_start();
    }
    found
}

/// A line of the grammar without its comment.
fn bare(line: &str) -> &str {
    let mut is_text = false;
    let comment = line.char_indices().find(|(at, c)| {
        is_text ^= *c == '"' && !line[..*at].ends_with('\\');
        !is_text && line[*at..].starts_with("//")
    });
    comment.map_or(line, |(at, _)| &line[..at])
}

/// One rule of the grammar, or the title of a group of them.
enum Line {
    Group(String),
    Rule(String, Vec<Token>),
}

/// The grammar: without comments, without what only its host asks for.
fn grammar() -> Vec<Line> {
    let (mut lines, mut open): (Vec<Line>, Option<String>) = (Vec::new(), None);
    for line in PEST.lines() {
        if let Some(title) = line.strip_prefix("// ---- ") {
            lines.push(Line::Group(title.trim_end_matches('-').trim().to_owned()));
        }
        let code = bare(line).trim();
        if code.is_empty() {
            continue;
        }
        let text = open.take().map_or_else(|| code.to_owned(), |open| format!("{open} {code}"));
        if !text.ends_with('}') {
            open = Some(text);
            continue;
        }
        let (name, body) = text.split_once('=').unwrap();
        let body = body.trim().trim_start_matches(['_', '@', '$', '!']).trim();
        let body = body.strip_prefix('{').and_then(|body| body.strip_suffix('}')).unwrap();
        if !name.starts_with("only_") {
            lines.push(Line::Rule(name.trim().to_owned(), unbracketed(plain(&tokens(body)))));
        }
    }
    assert!(open.is_none(), "{open:?}");
    while matches!(lines.last(), Some(Line::Group(_))) {
        lines.pop();
    }
    lines
}

/// Where the term that starts at a token ends: behind its closing bracket, if it has one.
fn term_end(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token {
            Token::Symbol('(') => depth += 1,
            Token::Symbol(')') => depth -= 1,
            Token::Symbol('!' | '&') => continue,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Without sequence marks and lookaheads, and without the ends of the input. What looks ahead before `ANY` is what
/// `ANY` leaves out, and is kept: `ANY - NEWLINE`.
fn plain(tokens: &[Token]) -> Vec<Token> {
    let (mut kept, mut at) = (Vec::new(), 0);
    let is_word = |token: Option<&Token>, word: &str| token == Some(&Token::Word(word.to_owned()));
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Symbol('!' | '&') => {
                let end = term_end(tokens, at + 1);
                if is_word(tokens.get(end + 1), "ANY") {
                    kept.extend([Token::Word("ANY".to_owned()), Token::Symbol('-')]);
                    kept.extend(plain(&tokens[at + 1..end]));
                    at = end + 2;
                } else {
                    at = end;
                }
                continue;
            }
            Token::Symbol('~') => {}
            Token::Word(word) if word == "SOI" || word == "EOI" => {}
            token => kept.push(token.clone()),
        }
        at += 1;
    }
    kept
}

/// Without brackets around the whole.
fn unbracketed(mut tokens: Vec<Token>) -> Vec<Token> {
    if tokens.first() == Some(&Token::Symbol('(')) && term_end(&tokens, 0) == tokens.len() {
        tokens.pop();
        tokens.remove(0);
    }
    tokens
}

/// What a rule that names one word or symbol stands for.
fn sole(tokens: &[Token]) -> Option<&Token> {
    match tokens {
        [only @ Token::Word(word)] if word.starts_with('"') => Some(only),
        _ => None,
    }
}

fn print(tokens: &[Token]) -> String {
    let mut out = String::new();
    let mut is_count = false;
    for token in tokens {
        let text = match token {
            Token::Word(word) => word.clone(),
            Token::Symbol(symbol) => symbol.to_string(),
        };
        let touches = is_count
            || out.is_empty()
            || out.ends_with(['(', '{'])
            || (out.ends_with('.') && text != "|")
            || matches!(token, Token::Symbol(')' | '*' | '+' | '?' | '{' | '}' | '.'));
        is_count = *token == Token::Symbol('{') || (is_count && *token != Token::Symbol('}'));
        if !touches {
            out.push(' ');
        }
        out.push_str(&text);
    }
    out
}

/// The listing: the rules in their order, words and symbols written out where they are used.
fn listing() -> String {
    let lines = grammar();
    let words: BTreeMap<&str, &Token> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Rule(name, body) => Some((name.as_str(), sole(body)?)),
            Line::Group(_) => None,
        })
        .collect();
    let mut out = String::new();
    let mut group = None;
    for line in &lines {
        let (name, body) = match line {
            Line::Group(title) => {
                group = Some(title);
                continue;
            }
            Line::Rule(name, _) if words.contains_key(name.as_str()) => continue,
            Line::Rule(name, body) => (name, body),
        };
        if let Some(title) = group.take() {
            out.push_str(&format!("{}(* {title} *)\n", if out.is_empty() { "" } else { "\n" }));
        }
        let written: Vec<Token> = body
            .iter()
            .map(|token| match token {
                Token::Word(word) => words.get(word.as_str()).map_or(token, |literal| *literal).clone(),
                Token::Symbol(_) => token.clone(),
            })
            .collect();
        out.push_str(&format!("{name:<12} = {}\n", print(&written)));
    }
    out
}

/// The block of the page that has the listing.
fn shown() -> &'static str {
    PAGE.split("```ebnf\n").nth(1).unwrap().split("```").next().unwrap()
}

#[test]
fn the_page_shows_the_grammar_as_it_is() {
    let listing = listing();
    if std::env::var_os("UPDATE").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/grammar.md");
        let (before, after) = PAGE.split_once("```ebnf\n").unwrap();
        let (_, after) = after.split_once("```").unwrap();
        fs::write(path, format!("{before}```ebnf\n{listing}```{after}")).unwrap();
        return;
    }
    let first = shown().lines().zip(listing.lines()).find(|(shown, listed)| shown != listed);
    assert!(
        shown() == listing,
        "run `UPDATE=1 cargo test --test grammar` to rewrite the listing in docs/grammar.md; it differs at {first:?}"
    );
}

/// The names that a listing uses, and those that it defines.
fn names(listing: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut used, mut defined) = (BTreeSet::new(), BTreeSet::new());
    for line in listing.lines().filter(|line| !line.starts_with("(*") && !line.is_empty()) {
        let (name, body) = line.split_once(" = ").unwrap();
        defined.insert(name.trim().to_owned());
        used.extend(tokens(body).into_iter().filter_map(|token| match token {
            Token::Word(word) if word.starts_with(|c: char| c.is_alphabetic()) => Some(word),
            _ => None,
        }));
    }
    (used, defined)
}

#[test]
fn every_name_in_the_listing_is_defined() {
    let (used, defined) = names(shown());
    for name in used.difference(&defined) {
        // What pest knows of itself has a line in the page's table.
        assert!(PAGE.contains(&format!("| `{name}` |")), "{name}");
    }
    // Where a rule is read from, what stands between its parts, and what a lookahead speaks of.
    let roots = ["file", "WHITESPACE", "COMMENT", "reserved"];
    let unused: Vec<_> = defined.difference(&used).filter(|name| !roots.contains(&name.as_str())).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// The words of a listing: what stands in quotes and consists of letters.
fn keywords() -> BTreeSet<String> {
    let (mut words, listing) = (BTreeSet::new(), listing());
    let rules = listing.lines().filter_map(|line| line.split_once(" = "));
    for (_, body) in rules.filter(|(name, _)| !name.starts_with("json_")) {
        words.extend(tokens(body).into_iter().filter_map(|token| match token {
            Token::Word(word) => {
                let inner = word.strip_prefix('"')?.strip_suffix('"')?.to_owned();
                (!inner.is_empty() && inner.chars().all(char::is_alphabetic)).then_some(inner)
            }
            Token::Symbol(_) => None,
        }));
    }
    words
}

/// The patterns of the editor's grammar, each with what it is the scope of.
fn patterns(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("match" | "begin" | "end", serde_json::Value::String(pattern)) => {
                        found.push(pattern.clone());
                    }
                    (_, value) => patterns(value, found),
                }
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| patterns(value, found)),
        _ => {}
    }
}

fn editor_words() -> BTreeSet<String> {
    let mut found = Vec::new();
    patterns(&serde_json::from_str(EDITOR).unwrap(), &mut found);
    // An escape such as `\b` is no letter of the word behind it.
    let split = |pattern: &String| {
        let plain = pattern.replace("\\b", " ").replace("\\s", " ").replace("\\w", " ");
        plain.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned).collect::<Vec<_>>()
    };
    found.iter().flat_map(split).collect()
}

#[test]
fn every_word_of_the_grammar_is_known_to_the_editor() {
    let known = editor_words();
    let keywords = keywords();
    assert!(keywords.len() > 20, "{keywords:?}");
    for word in keywords {
        assert!(known.contains(&word), "{word}");
    }
}

#[test]
fn every_kind_function_period_and_verdict_is_known_to_the_editor() {
    let known = editor_words();
    let words = "money rate count number year text code \
                 sum count min max abs round delta rate share completion parts stated \
                 prior budget actual children top total_row \
                 holds within_rounding violated not_applicable undecidable";
    for word in words.split_whitespace() {
        assert!(known.contains(word), "{word}");
    }
    for verdict in gouji::Verdict::ALL {
        assert!(known.contains(verdict.as_str()), "{verdict:?}");
    }
}

#[test]
fn every_pattern_of_the_editor_closes_its_brackets() {
    let mut found = Vec::new();
    patterns(&serde_json::from_str(EDITOR).unwrap(), &mut found);
    assert!(found.len() >= 15, "{found:?}");
    for pattern in found {
        let (mut depth, mut is_set, mut is_escaped) = (0_i32, false, false);
        for c in pattern.chars() {
            match (is_escaped, is_set, c) {
                (true, ..) => {
                    is_escaped = false;
                    continue;
                }
                (false, _, '\\') => is_escaped = true,
                (false, false, '[') => is_set = true,
                (false, true, ']') => is_set = false,
                (false, false, '(') => depth += 1,
                (false, false, ')') => depth -= 1,
                _ => {}
            }
            assert!(depth >= 0, "{pattern}");
        }
        assert!(depth == 0 && !is_set && !is_escaped, "{pattern}");
    }
}
