//! The comments of a text, and the blank lines between what stands in it.
//!
//! The tree has neither. They are found in the text again and taken from here in its order, so that none is printed twice
//! and none is left out.

use crate::source::Span;
use crate::syntax::ast::{File, Item};

/// One comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Comment<'s> {
    /// As written, without blanks at its end.
    pub(super) text: &'s str,
    pub(super) span: Span,
    /// `///`: in the tree too.
    pub(super) is_doc: bool,
    /// Whether nothing stands before it on its line.
    pub(super) starts_line: bool,
}

/// Those that are not printed yet.
#[derive(Clone)]
pub(crate) struct Comments<'s> {
    text: &'s str,
    list: Vec<Comment<'s>>,
    /// The `{` of blocks.
    braces: Vec<usize>,
    next: usize,
}

impl<'s> Comments<'s> {
    /// Those of a text that reads as a file.
    pub(crate) fn of(text: &'s str, file: &File) -> Comments<'s> {
        let documents: Vec<Span> = file
            .items
            .iter()
            .filter_map(|item| match &item.node {
                Item::Test(test) => Some(test.document.span),
                _ => None,
            })
            .collect();
        let mut lexer = Lexer { text, at: 0, starts_line: true, list: Vec::new(), braces: Vec::new() };
        let mut documents = documents.iter().peekable();
        while let Some(c) = lexer.rest().chars().next() {
            // What looks like a comment in a document is the document's.
            match documents.next_if(|document| document.start() <= lexer.at) {
                Some(document) => {
                    lexer.at = document.end().max(lexer.at);
                    lexer.starts_line = false;
                }
                None => lexer.pass(c),
            }
        }
        Comments { text, list: lexer.list, braces: lexer.braces, next: 0 }
    }

    /// What is said by each of the comments that are not printed yet. Where doc comments stand is in it; their words are
    /// in the tree.
    pub(crate) fn words(&self) -> Vec<&'s str> {
        let words = |comment: &Comment<'s>| if comment.is_doc { "///" } else { comment.text };
        self.rest().iter().map(words).collect()
    }

    fn rest(&self) -> &[Comment<'s>] {
        self.list.get(self.next..).unwrap_or(&[])
    }

    pub(super) fn peek(&self) -> Option<&Comment<'s>> {
        self.rest().first()
    }

    pub(super) fn any_before(&self, end: usize) -> bool {
        self.peek().is_some_and(|comment| comment.span.start() < end)
    }

    /// The next one, where it stands before a place.
    pub(super) fn take_before(&mut self, end: usize) -> Option<Comment<'s>> {
        let comment = *self.peek().filter(|comment| comment.span.start() < end)?;
        self.next = self.next.saturating_add(1);
        Some(comment)
    }

    /// The next one, where nothing but blanks and semicolons is between a place and it.
    pub(super) fn take_at_line_end(&mut self, from: usize) -> Option<Comment<'s>> {
        let comment = *self.peek()?;
        let between = self.text.get(from..comment.span.start())?;
        if between.chars().any(|c| !matches!(c, ' ' | '\t' | '\u{3000}' | ';')) {
            return None;
        }
        self.next = self.next.saturating_add(1);
        Some(comment)
    }

    /// A mark to come back to with [`Comments::go_back`].
    pub(super) fn mark(&self) -> usize {
        self.next
    }

    pub(super) fn go_back(&mut self, mark: usize) {
        self.next = mark;
    }

    /// The first `{` of a block from a place on.
    pub(super) fn brace_after(&self, start: usize) -> Option<usize> {
        self.braces.get(self.braces.partition_point(|brace| *brace < start)).copied()
    }

    /// Whether there is a line with nothing on it between two places.
    pub(super) fn blank_line_between(&self, from: usize, to: usize) -> bool {
        let mut line_ends: usize = 0;
        let mut before = ' ';
        for c in self.text.get(from..to).unwrap_or("").chars() {
            if is_line_end(c) && !(before == '\r' && c == '\n') {
                line_ends = line_ends.saturating_add(1);
                if line_ends == 2 {
                    return true;
                }
            } else if !matches!(c, ' ' | '\t' | '\u{3000}' | '\n') {
                line_ends = 0;
            }
            before = c;
        }
        false
    }

    /// Whether a span was written on one line.
    pub(super) fn is_one_line(&self, span: Span) -> bool {
        !self.text.get(span.start()..span.end()).unwrap_or("").contains(is_line_end)
    }
}

/// Goes through a text that is known to be right.
struct Lexer<'s> {
    text: &'s str,
    at: usize,
    starts_line: bool,
    list: Vec<Comment<'s>>,
    braces: Vec<usize>,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Passes one comment, one text, one name in backticks, or one character.
    fn pass(&mut self, first: char) {
        let rest = self.rest();
        let length = match first {
            '/' if rest.starts_with("//") => self.comment(rest),
            '"' => quoted_length(rest, '"', Escapes::Read),
            '`' => quoted_length(rest, '`', Escapes::None),
            _ => {
                if first == '{' {
                    self.braces.push(self.at);
                }
                first.len_utf8()
            }
        };
        self.starts_line = match first {
            '\n' | '\r' => true,
            ' ' | '\t' | '\u{3000}' | '\u{FEFF}' => self.starts_line,
            _ => false,
        };
        self.at = self.at.saturating_add(length);
    }

    fn comment(&mut self, rest: &'s str) -> usize {
        let line = rest.find(is_line_end).and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.list.push(Comment {
            text: line.trim_end(),
            span: Span::new(self.at, self.at.saturating_add(line.len())),
            is_doc: line.starts_with("///") && !line.starts_with("////"),
            starts_line: self.starts_line,
        });
        line.len()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    Read,
    None,
}

/// Bytes up to the closing mark, or to the end of the line.
fn quoted_length(rest: &str, mark: char, escapes: Escapes) -> usize {
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == '\\' && escapes == Escapes::Read {
            characters.next();
        } else if c == mark {
            return at.saturating_add(c.len_utf8());
        } else if is_line_end(c) {
            return at;
        }
    }
    rest.len()
}

pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}
