//! Rule text to tokens: what can be told without knowing what an item is.
//!
//! The tokens do not replace the grammar. They say where an item ends, bound its nesting before a recursive parser sees
//! it, and turn what pest would call unexpected (a full-width bracket, an open string) into an error that says what was
//! typed. A token that is wrong still says what it was meant for, so that brackets pair and items end as the author saw
//! them.

use pest::unicode::{XID_CONTINUE, XID_START};

use super::error::SyntaxErrorKind as Kind;
use super::json;
use super::outline::wants_more;
use super::symbols::{foreign_quote, symbol_at};
use crate::quantity::Unit;
use crate::source::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name, or a word of the language.
    Word,
    /// A name in backticks.
    Quoted,
    /// A number with its unit, or the year behind `@`.
    Number,
    /// A text in quotes.
    Text,
    /// The document of a test, from its `{` to its `}`.
    Json,
    /// A doc comment.
    Doc,
    /// Anything else.
    Symbol,
}

/// A piece of the text between blanks and comments.
#[derive(Clone, Debug)]
pub(super) struct Token<'s> {
    pub(super) kind: TokenKind,
    /// As written.
    pub(super) text: &'s str,
    /// As the language has it; the same as `text` unless the token is wrong.
    pub(super) reads: &'s str,
    pub(super) start: usize,
    pub(super) starts_line: bool,
    /// What is wrong with it, and where in it.
    pub(super) fault: Option<Box<(Kind, Span)>>,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start.saturating_add(self.text.len())
    }

    pub(super) fn span(&self) -> Span {
        Span::new(self.start, self.end())
    }

    /// Whether it can be a name.
    pub(super) fn is_name(&self) -> bool {
        match self.kind {
            TokenKind::Quoted => true,
            TokenKind::Word => !RESERVED.contains(&self.reads),
            _ => false,
        }
    }

    /// Whether it reads as a word or symbol of the language; a name in backticks and a text never do.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Symbol) && self.reads == word
    }

    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }
}

/// The words that are no names.
pub(super) const RESERVED: [&str; 9] =
    ["must", "should", "when", "within", "in", "and", "or", "not", "implies"];

/// All tokens of a text.
#[cfg(test)]
pub(super) fn scan(text: &str) -> Vec<Token<'_>> {
    let mut scanner = Scanner::new(text);
    let mut tokens = Vec::new();
    while scanner.push_next(&mut tokens).is_some() {}
    tokens
}

/// Reads one token after the other.
pub(super) struct Scanner<'s> {
    text: &'s str,
    at: usize,
    starts_line: bool,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(text: &'s str) -> Scanner<'s> {
        let at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Scanner { text, at, starts_line: true }
    }

    /// Puts the next token behind those before it, of which the last few decide what it is; nothing at the end of the
    /// text.
    pub(super) fn push_next(&mut self, before: &mut Vec<Token<'s>>) -> Option<()> {
        let first = self.skip_blanks()?;
        let token = self.token(first, before);
        // Every token is at least one character long, so the text comes to its end.
        self.at = token.end();
        self.starts_line = false;
        before.push(token);
        Some(())
    }

    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Passes blanks, line ends and plain comments; the character after them.
    fn skip_blanks(&mut self) -> Option<char> {
        loop {
            let rest = self.rest();
            let first = rest.chars().next()?;
            let is_doc = rest.starts_with("///") && !rest.starts_with("////");
            let skipped = match first {
                '\n' | '\r' => {
                    self.starts_line = true;
                    1
                }
                c if is_blank(c) => c.len_utf8(),
                '/' if rest.starts_with("//") && !is_doc => line(rest).len(),
                _ => return Some(first),
            };
            self.at = self.at.saturating_add(skipped);
        }
    }

    fn token(&self, first: char, before: &[Token<'s>]) -> Token<'s> {
        let rest = self.rest();
        match first {
            '/' if rest.starts_with("///") => self.doc(),
            '/' if rest.starts_with("/*") => self.block_comment(),
            '"' => self.string(),
            '`' => self.quoted(),
            '{' | '｛' if opens_document(before) => {
                let (text, fault) = json::document(rest, self.at);
                self.token_of(TokenKind::Json, text, text, fault)
            }
            '0'..='9' => self.number(before.last()),
            '.' if rest.get(1..).is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit())) => {
                self.malformed_number()
            }
            c if XID_START(c) || c == '_' => self.good(TokenKind::Word, run(rest, XID_CONTINUE)),
            c if foreign_quote(c).is_some() => self.foreign_text(c),
            _ => self.symbol(),
        }
    }

    fn doc(&self) -> Token<'s> {
        let text = line(self.rest());
        if self.starts_line {
            self.good(TokenKind::Doc, text)
        } else {
            self.wrong(TokenKind::Doc, text, Kind::DocNotAlone)
        }
    }

    fn block_comment(&self) -> Token<'s> {
        let rest = self.rest();
        // Not `line(rest)`: a line of many comments would be searched to its end for each of them.
        let mut before = ' ';
        let end = rest.char_indices().skip(2).find(|(_, c)| {
            let ends = (before == '*' && *c == '/') || is_line_end(*c);
            before = *c;
            ends
        });
        let text = match end {
            Some((at, '/')) => rest.get(..=at),
            Some((at, _)) => rest.get(..at),
            None => None,
        };
        self.wrong(TokenKind::Symbol, text.unwrap_or(rest), Kind::BlockComment)
    }

    /// `"…"`, to its closing quote or to the end of the line.
    fn string(&self) -> Token<'s> {
        let rest = self.rest();
        let mut escape: Option<(Kind, Span)> = None;
        let mut characters = rest.char_indices().skip(1).take_while(|(_, c)| !is_line_end(*c));
        while let Some((at, c)) = characters.next() {
            match c {
                '"' => {
                    let text = rest.get(..=at).unwrap_or(rest);
                    return self.token_of(TokenKind::Text, text, text, escape);
                }
                '\\' => match characters.next() {
                    Some((_, '"' | '\\')) | None => {}
                    Some((after, c)) => {
                        let end = after.saturating_add(c.len_utf8());
                        let found = rest.get(at..end).unwrap_or("").to_owned();
                        let start = self.at.saturating_add(at);
                        let span = Span::new(start, self.at.saturating_add(end));
                        escape.get_or_insert((Kind::WrongEscape { found }, span));
                    }
                },
                _ => {}
            }
        }
        self.unclosed(TokenKind::Text, Kind::UnclosedString)
    }

    /// `` `…` ``, to its closing backtick or to the end of the line.
    fn quoted(&self) -> Token<'s> {
        let rest = self.rest();
        match rest.char_indices().skip(1).find(|(_, c)| *c == '`' || is_line_end(*c)) {
            Some((1, '`')) => self.wrong(TokenKind::Quoted, rest.get(..2).unwrap_or(rest), Kind::EmptyName),
            Some((at, '`')) => self.good(TokenKind::Quoted, rest.get(..=at).unwrap_or(rest)),
            _ => self.unclosed(TokenKind::Quoted, Kind::UnclosedName),
        }
    }

    /// A text in quotes of another kind: `“…”`. The closing mark may be either of the pair, or a plain one.
    fn foreign_text(&self, open: char) -> Token<'s> {
        let rest = self.rest();
        let close = foreign_quote(open).unwrap_or(open);
        let ends = |c: char| [open, close, '"'].contains(&c) || is_line_end(c);
        match rest.char_indices().skip(1).find(|(_, c)| ends(*c)) {
            Some((at, c)) if !is_line_end(c) => {
                let text = rest.get(..at.saturating_add(c.len_utf8())).unwrap_or(rest);
                let instead = format!("\"{}\"", rest.get(open.len_utf8()..at).unwrap_or(""));
                self.wrong(TokenKind::Text, text, Kind::WrongSymbol { found: text.to_owned(), instead })
            }
            _ => self.unclosed(TokenKind::Text, Kind::UnclosedString),
        }
    }

    /// A number, with the unit on its line; behind `@`, a year.
    fn number(&self, before: Option<&Token<'s>>) -> Token<'s> {
        let rest = self.rest();
        if before.is_some_and(|before| before.is("@") && before.end() == self.at) {
            let year = run(rest, XID_CONTINUE);
            let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
            let wrong = Kind::WrongYear { found: year.to_owned() };
            return if is_year {
                self.good(TokenKind::Number, year)
            } else {
                self.wrong(TokenKind::Number, year, wrong)
            };
        }
        let digits = number_prefix(rest);
        let after = rest.get(digits.len()..).unwrap_or("");
        if after.starts_with('.') && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) {
            return self.malformed_number();
        }
        let percent = ["%", "％"].into_iter().find(|sign| after.starts_with(*sign)).unwrap_or("");
        let blanks = run(after, is_blank);
        let touching = run(after.get(percent.len()..).unwrap_or(""), XID_CONTINUE);
        let unit = run(after.get(blanks.len()..).unwrap_or(""), XID_CONTINUE);
        let with_unit = digits.len().saturating_add(blanks.len()).saturating_add(unit.len());
        let end = digits.len().saturating_add(percent.len());
        if percent.is_empty() && is_money_unit(unit) {
            return self.good(TokenKind::Number, rest.get(..with_unit).unwrap_or(digits));
        }
        if touching.is_empty() {
            return self.good(TokenKind::Number, rest.get(..end).unwrap_or(digits));
        }
        let number = rest.get(..end).unwrap_or(digits).to_owned();
        let text = rest.get(..end.saturating_add(touching.len())).unwrap_or(digits);
        self.wrong(TokenKind::Number, text, Kind::NumberTouchesName { number, name: touching.to_owned() })
    }

    fn malformed_number(&self) -> Token<'s> {
        let text = run(self.rest(), |c| c.is_ascii_digit() || c == '.');
        self.wrong(TokenKind::Number, text, Kind::WrongNumber { found: text.to_owned() })
    }

    /// A symbol, right or mistyped, or characters that are none.
    fn symbol(&self) -> Token<'s> {
        let rest = self.rest();
        if let Some(symbol) = symbol_at(rest) {
            let text = rest.get(..symbol.typed.len()).unwrap_or(rest);
            let is_word = symbol.right.starts_with(|c: char| c.is_ascii_alphabetic());
            let kind = if is_word { TokenKind::Word } else { TokenKind::Symbol };
            let wrong = Kind::WrongSymbol { found: text.to_owned(), instead: symbol.right.to_owned() };
            let fault = (symbol.typed != symbol.right).then_some((wrong, self.span_of(text)));
            return self.token_of(kind, text, symbol.right, fault);
        }
        if let Some(text) = ["%", "％"].into_iter().find(|sign| rest.starts_with(*sign)) {
            return self.wrong(TokenKind::Symbol, rest.get(..text.len()).unwrap_or(rest), Kind::LoosePercent);
        }
        let digits = run(rest, |c| full_width_digit(c).is_some());
        if !digits.is_empty() {
            let instead = digits.chars().filter_map(full_width_digit).collect();
            return self.wrong(
                TokenKind::Number,
                digits,
                Kind::WrongSymbol { found: digits.to_owned(), instead },
            );
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let more = run(rest.get(first..).unwrap_or(""), is_stray);
        let text = rest.get(..first.saturating_add(more.len())).unwrap_or(rest);
        self.wrong(TokenKind::Symbol, text, Kind::StrayCharacter { found: text.to_owned() })
    }

    fn good(&self, kind: TokenKind, text: &'s str) -> Token<'s> {
        self.token_of(kind, text, text, None)
    }

    fn wrong(&self, kind: TokenKind, text: &'s str, fault: Kind) -> Token<'s> {
        self.token_of(kind, text, text, Some((fault, self.span_of(text))))
    }

    /// A token that takes the rest of the line, of which only the opening mark is underlined.
    fn unclosed(&self, kind: TokenKind, fault: Kind) -> Token<'s> {
        let line = line(self.rest());
        let open = line.chars().next().map_or(0, char::len_utf8);
        self.token_of(kind, line, line, Some((fault, Span::new(self.at, self.at.saturating_add(open)))))
    }

    fn token_of(
        &self,
        kind: TokenKind,
        text: &'s str,
        reads: &'s str,
        fault: Option<(Kind, Span)>,
    ) -> Token<'s> {
        Token { kind, text, reads, start: self.at, starts_line: self.starts_line, fault: fault.map(Box::new) }
    }

    fn span_of(&self, text: &str) -> Span {
        Span::new(self.at, self.at.saturating_add(text.len()))
    }
}

/// Whether a `{` behind these tokens opens the document of a test: `test "…" {`.
///
/// A section, a table and the subject of an `each` may be named `test`, and a figure may.
fn opens_document(tokens: &[Token<'_>]) -> bool {
    let (before, word, has_title) = match tokens {
        [before @ .., word, title] if word.is("test") => match title.kind {
            TokenKind::Text => (before, word, true),
            TokenKind::Word | TokenKind::Quoted => (before, word, false),
            _ => return false,
        },
        [before @ .., word] if word.is("test") => (before, word, false),
        _ => return false,
    };
    let is_named = match before {
        [.., each, _] if each.is("each") => true,
        [.., block] => block.is_one_of(&["section", "table"]) && (block.starts_line || !word.starts_line),
        [] => false,
    };
    let starts_item =
        before.last().is_none_or(|last| last.is_one_of(&[";", "}"]) || word.starts_line && !wants_more(last));
    !is_named && (has_title || starts_item)
}

/// The text up to the end of its line. To be used for what takes the whole line: the scanner must stay linear.
fn line(text: &str) -> &str {
    text.find(is_line_end).and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The characters at the start that are of a class.
fn run(text: &str, class: impl Fn(char) -> bool) -> &str {
    text.find(|c| !class(c)).and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Digits, with decimals where a digit follows the point.
fn number_prefix(text: &str) -> &str {
    let is_digit = |c: char| c.is_ascii_digit();
    let whole = run(text, is_digit);
    let decimals = text
        .get(whole.len()..)
        .and_then(|rest| rest.strip_prefix('.'))
        .map_or("", |rest| run(rest, is_digit));
    let length = if decimals.is_empty() { 0 } else { decimals.len().saturating_add(1) };
    text.get(..whole.len().saturating_add(length)).unwrap_or(whole)
}

/// The units that a literal may have. 万 and 亿 alone are not among them: in a rule they would read as numerals.
fn is_money_unit(text: &str) -> bool {
    matches!(text, "元" | "千元" | "万元" | "亿元") && Unit::named(text).is_some()
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}')
}

fn full_width_digit(c: char) -> Option<char> {
    let digit = u32::from(c).checked_sub(u32::from('０'))?;
    char::from_digit(digit, 10)
}

/// A character that starts no token at all; several in a row are one mistake.
fn is_stray(c: char) -> bool {
    let starts_token = XID_START(c)
        || c.is_ascii_digit()
        || full_width_digit(c).is_some()
        || foreign_quote(c).is_some()
        || symbol_at(c.encode_utf8(&mut [0; 4])).is_some()
        || matches!(c, '_' | '"' | '`' | '%' | '％' | '\n' | '\r');
    !(starts_token || is_blank(c))
}
