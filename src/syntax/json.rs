//! The document of a test, in JSON: where it ends, what a look at its characters refuses, and what the grammar did.
//!
//! The document is one token, so that its braces, colons and words are not taken for those of rules.

use pest::unicode::{XID_CONTINUE, XID_START};

use super::error::{Expected, SyntaxErrorKind as Kind};
use super::symbols::{foreign_quote, symbol_at};
use crate::limits;
use crate::source::Span;

/// What is wrong, and where.
pub(super) type Fault = (Kind, Span);

/// The document that a text starts with, and the first thing wrong with it.
///
/// It ends with the `}` of its `{`. Where that is missing it ends before the next item, as far as that can be told.
pub(super) fn document(text: &str, base: usize) -> (&str, Option<Fault>) {
    let mut reader = Reader { text, base, at: 0, open: Vec::new(), fault: None };
    let mut starts_line = false;
    while let Some(first) = reader.rest().chars().next() {
        let piece = match first {
            '"' => reader.string(),
            c if foreign_quote(c).is_some() => reader.foreign_string(c),
            c if XID_START(c) => {
                let word = run(reader.rest(), XID_CONTINUE);
                if ends_document(word, starts_line, reader.rest()) {
                    break;
                }
                word.len()
            }
            c => reader.symbol(c),
        };
        starts_line = matches!(first, '\n' | '\r') || starts_line && is_blank(first);
        // Every piece is at least one character long, so the loop ends.
        reader.at = reader.at.saturating_add(piece);
        if reader.open.is_empty() {
            reader.brackets_too_many();
            break;
        }
    }
    if let Some((_, at)) = reader.open.first() {
        let (at, len) = (*at, reader.text.chars().next().map_or(0, char::len_utf8));
        reader.fault(Kind::UnclosedBlock, at, len);
    }
    (text.get(..reader.at).unwrap_or(text).trim_end(), reader.fault)
}

/// Words that start an item and surely no line of a document.
const ITEMS: [&str; 12] = [
    "must", "should", "ruleset", "use", "unit", "section", "stock", "table", "each", "waive", "test",
    "expect",
];

/// Whether a bare word shows that the document is over, whatever is still open.
fn ends_document(word: &str, starts_line: bool, rest: &str) -> bool {
    let is_item = word == "expect" || starts_line && ITEMS.contains(&word);
    let after = || rest.get(word.len()..).unwrap_or("").trim_start_matches(is_blank);
    is_item && !after().starts_with([':', '：'])
}

struct Reader<'s> {
    text: &'s str,
    base: usize,
    at: usize,
    /// The brackets that are open, and where each stands.
    open: Vec<(&'static str, usize)>,
    fault: Option<Fault>,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Only the first fault counts: what follows it may be its echo.
    fn fault(&mut self, kind: Kind, at: usize, len: usize) {
        let start = self.base.saturating_add(at);
        self.fault.get_or_insert((kind, Span::new(start, start.saturating_add(len))));
    }

    /// Closing brackets between the document and its `expect`.
    fn brackets_too_many(&mut self) {
        let rest = self.rest();
        let is_closing = |c: char| matches!(c, '}' | ']');
        let run = run(rest, |c| is_closing(c) || is_blank(c) || is_line_end(c));
        let is_before_expect = rest.get(run.len()..).is_some_and(|after| after.starts_with("expect"));
        if let Some(first) = run.find(is_closing).filter(|_| is_before_expect) {
            self.fault(Kind::UnopenedBlock, self.at.saturating_add(first), 1);
            self.at = self.at.saturating_add(run.trim_end().len());
        }
    }

    fn string(&mut self) -> usize {
        let rest = self.rest();
        let mut characters = rest.char_indices().skip(1).take_while(|(_, c)| !is_line_end(*c));
        while let Some((at, c)) = characters.next() {
            if c == '"' {
                return at.saturating_add(1);
            }
            if c < ' ' {
                self.fault(Kind::StrayCharacter { found: c.to_string() }, self.at.saturating_add(at), 1);
            }
            if c != '\\' {
                continue;
            }
            match characters.next() {
                Some((_, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) | None => {}
                Some((after, 'u')) if is_code(rest.get(after.saturating_add(1)..)) => {}
                Some((after, c)) => {
                    let found = rest.get(at..after.saturating_add(c.len_utf8())).unwrap_or("");
                    let kind = Kind::JsonEscape { found: found.to_owned() };
                    self.fault(kind, self.at.saturating_add(at), found.len());
                }
            }
        }
        self.unclosed_string(1)
    }

    fn foreign_string(&mut self, open: char) -> usize {
        let rest = self.rest();
        let close = foreign_quote(open).unwrap_or(open);
        let ends = |c: char| [open, close, '"'].contains(&c) || is_line_end(c);
        match rest.char_indices().skip(1).find(|(_, c)| ends(*c)) {
            Some((at, c)) if !is_line_end(c) => {
                let found = rest.get(..at.saturating_add(c.len_utf8())).unwrap_or(rest);
                let instead = format!("\"{}\"", rest.get(open.len_utf8()..at).unwrap_or(""));
                self.fault(Kind::WrongSymbol { found: found.to_owned(), instead }, self.at, found.len());
                found.len()
            }
            _ => self.unclosed_string(open.len_utf8()),
        }
    }

    /// A string that takes the rest of its line, of which only the opening mark is underlined.
    fn unclosed_string(&mut self, mark: usize) -> usize {
        self.fault(Kind::UnclosedString, self.at, mark);
        let rest = self.rest();
        rest.find(is_line_end).unwrap_or(rest.len())
    }

    fn symbol(&mut self, first: char) -> usize {
        let Some(symbol) = symbol_at(self.rest()) else { return first.len_utf8() };
        let len = symbol.typed.len();
        if symbol.typed != symbol.right && ["{", "}", "[", "]", ":", ","].contains(&symbol.right) {
            let kind = Kind::WrongSymbol { found: symbol.typed.to_owned(), instead: symbol.right.to_owned() };
            self.fault(kind, self.at, len);
        }
        match symbol.right {
            "{" | "[" => {
                self.open.push((symbol.right, self.at));
                if self.open.len() > limits::JSON_NESTING {
                    self.fault(Kind::JsonTooDeep, self.at, len);
                }
            }
            "}" => self.close("{", "}"),
            "]" => self.close("[", "]"),
            _ => {}
        }
        len
    }

    /// A closing bracket. One that closes nothing is passed; a `}` closes what is still open within its `{`.
    fn close(&mut self, opening: &str, closing: &str) {
        match self.open.last() {
            Some((bracket, _)) if *bracket == opening => {
                self.open.pop();
            }
            Some((bracket, at)) if closing == "}" => {
                let (kind, at) = (Kind::UnclosedBracket { bracket: (*bracket).to_owned() }, *at);
                self.fault(kind, at, 1);
                while self.open.pop_if(|(bracket, _)| *bracket != opening).is_some() {}
                self.open.pop();
            }
            _ => self.fault(Kind::UnopenedBracket { bracket: closing.to_owned() }, self.at, closing.len()),
        }
    }
}

/// Why the grammar went no further than to a place in a document. The expectations are those of the grammar there.
pub(super) fn refusal(text: &str, at: usize, base: usize, expected: Vec<Expected>) -> Fault {
    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = base.saturating_add(at);
    let found = piece(rest);
    let span = Span::new(start, start.saturating_add(found.len()));
    let is_digit = |c: char| c.is_ascii_digit();
    let stem = before.trim_end_matches(|c: char| is_digit(c) || matches!(c, '.' | ',' | '-'));
    let number = before.get(stem.len()..).unwrap_or("").trim_start_matches(',');
    let whole = Span::new(start.saturating_sub(number.len()), span.end());
    let last = before.trim_end();
    if found.starts_with("//") || found.starts_with("/*") {
        return (Kind::JsonComment, span);
    }
    if found.starts_with(['}', ']']) && last.ends_with(',') {
        let comma = base.saturating_add(last.len());
        return (Kind::JsonTrailingComma, Span::new(comma.saturating_sub(1), comma));
    }
    if found.starts_with(is_digit) && number.ends_with(',') {
        return (Kind::CommaInNumber, whole);
    }
    if found.starts_with(['%', '％']) && number.ends_with(is_digit) {
        return (Kind::JsonNumber { found: format!("{number}{found}") }, whole);
    }
    let is_value = expected.contains(&Expected::JsonValue);
    if is_value && found.starts_with(|c: char| is_digit(c) || matches!(c, '.' | '+' | '-')) {
        return (Kind::JsonNumber { found: found.to_owned() }, span);
    }
    let is_text = is_value || expected.contains(&Expected::Text);
    if is_text && found.starts_with(XID_START) {
        return (Kind::MissingQuotes { text: found.to_owned() }, span);
    }
    (Kind::Unexpected { found: Some(found.to_owned()), expected }, span)
}

/// The string, word, number, comment or character that a text starts with.
fn piece(text: &str) -> &str {
    let is_in_word = |c: char| XID_CONTINUE(c) || matches!(c, '.' | '+' | '-');
    let word = run(text, is_in_word);
    let len = match text.chars().next() {
        _ if !word.is_empty() => word.len(),
        Some('"') => {
            let mut is_escaped = false;
            let ends = |c: char| {
                let ends = c == '"' && !is_escaped;
                is_escaped = c == '\\' && !is_escaped;
                ends
            };
            let inside = text.get(1..).and_then(|inside| inside.find(ends)).unwrap_or(text.len());
            inside.saturating_add(2)
        }
        Some('/') if text.starts_with("//") => text.find(is_line_end).unwrap_or(text.len()),
        Some('/') if text.starts_with("/*") => 2,
        Some(c) => c.len_utf8(),
        None => 0,
    };
    text.get(..len).unwrap_or(text)
}

fn is_code(text: Option<&str>) -> bool {
    text.and_then(|text| text.get(..4)).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn run(text: &str, class: impl Fn(char) -> bool) -> &str {
    text.find(|c| !class(c)).and_then(|end| text.get(..end)).unwrap_or(text)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}')
}
