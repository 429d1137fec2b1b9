//! Where items start and end, told from tokens alone.
//!
//! An item is cut out before it is parsed: a mistake in it then costs one item and never the rest of the file, and the
//! parser never sees more text than one item has.

use std::ops::Range;

use super::scan::{Token, TokenKind};

/// What an item looks like from its first tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    RuleSet,
    Section,
    Each,
    Rule,
    Field,
    /// Whatever starts like nothing else.
    Assertion,
    /// A construct of the language that is not read yet.
    NotYet,
}

impl Start {
    fn is_block(self) -> bool {
        matches!(self, Start::Section | Start::Each)
    }
}

/// The tokens of a file.
pub(super) struct Outline<'s> {
    tokens: Vec<Token<'s>>,
}

impl<'s> Outline<'s> {
    pub(super) fn new(tokens: Vec<Token<'s>>) -> Outline<'s> {
        Outline { tokens }
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token<'s>> {
        self.tokens.get(at)
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &[Token<'s>] {
        self.tokens.get(range).unwrap_or(&[])
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.get(at).is_some_and(|token| token.is(word))
    }

    fn is_name(&self, at: usize) -> bool {
        self.get(at).is_some_and(Token::is_name)
    }

    /// A name, or a reserved word that was meant for one.
    fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted))
    }

    fn is_text(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == TokenKind::Text)
    }

    /// Whether what follows a keyword makes it one: a name or a text beside a name is no expression.
    ///
    /// On another line it may be an item of its own, unless more of a block's head follows.
    fn heads(&self, at: usize) -> bool {
        let next = at.saturating_add(1);
        let on_its_line = self.get(next).is_some_and(|token| !token.starts_line);
        let after = next.saturating_add(1);
        let head_follows = self.is_text(after) || self.is(after, "{");
        on_its_line && (self.is_name(next) || self.is_text(next))
            || self.is_word(next) && head_follows
            || self.is(next, "{")
    }

    fn heads_rule(&self, at: usize) -> bool {
        let next = at.saturating_add(1);
        self.is_name(next) || self.is_text(next) || self.is(next, ":") || self.is(next, "when")
    }

    /// How the item that starts here starts.
    pub(super) fn start(&self, at: usize) -> Start {
        self.declared_start(at).unwrap_or(Start::Assertion)
    }

    /// What starts here, where it cannot be the middle of an expression.
    fn declared_start(&self, at: usize) -> Option<Start> {
        let token = self.get(at)?;
        if token.is_one_of(&["must", "should"]) {
            return Some(Start::Rule);
        }
        let next = at.saturating_add(1);
        let is_name = token.is_name() || token.is_one_of(&["and", "or", "not", "in", "within", "implies"]);
        if is_name && self.is(next, ":") {
            return Some(Start::Field);
        }
        if token.kind != TokenKind::Word {
            return None;
        }
        match token.reads {
            "stock" if self.is(next, "section") && self.heads(next) => Some(Start::Section),
            "section" if self.heads(at) => Some(Start::Section),
            "each" if self.heads(at) => Some(Start::Each),
            "ruleset" if self.heads(at) => Some(Start::RuleSet),
            "use" | "table" | "waive" | "test" | "expect" if self.heads(at) => Some(Start::NotYet),
            _ => None,
        }
    }

    /// One past the last token of the item that starts here. The `{` of a head belongs to it.
    pub(super) fn end(&self, at: usize, start: Start) -> usize {
        let mut extent = Extent { start, depth: 0, past_colon: false };
        // The `section` of a `stock section` starts nothing of its own.
        let first = if start == Start::Section && self.is(at, "stock") { at.saturating_add(1) } else { at };
        let mut here = at;
        while let Some(token) = self.get(here) {
            if here > first && self.ends_before(here, token, &extent) {
                return here;
            }
            extent.pass(token);
            here = here.saturating_add(1);
            if start.is_block() && token.is("{") {
                return here;
            }
        }
        here
    }

    fn ends_before(&self, here: usize, token: &Token<'s>, extent: &Extent) -> bool {
        let goes_on = self.get(here.saturating_sub(1)).is_some_and(wants_more);
        let starts_rule = self.declared_start(here) == Some(Start::Rule)
            // `a == must` is a mistake about a name.
            && (token.starts_line || !goes_on || self.heads_rule(here));
        let stops = token.is_one_of(&[";", "}"]) || token.kind == TokenKind::Doc || starts_rule;
        if stops || token.is("{") && !extent.start.is_block() {
            return true;
        }
        let field_follows = self.declared_start(here) == Some(Start::Field);
        if !token.starts_line {
            return extent.past_colon && field_follows && !goes_on;
        }
        if goes_on {
            return false;
        }
        let in_expression = match extent.start {
            Start::Assertion => true,
            Start::Rule => extent.past_colon,
            Start::RuleSet => return token.kind != TokenKind::Text,
            Start::Field => {
                return !(token.is_one_of(&["|", "under"]) || token.kind == TokenKind::Text) || field_follows;
            }
            Start::Section | Start::Each | Start::NotYet => false,
        };
        self.declared_start(here).is_some() || in_expression && extent.depth == 0 && !continues(token)
    }

    /// Where to go on after a mistake in an item: at the next line that starts one.
    ///
    /// Assertions start like anything, so they are looked for only where a file may consist of them.
    pub(super) fn resume(&self, from: usize, assertions: Assertions) -> usize {
        let mut here = from;
        while let Some(token) = self.get(here) {
            let is_start = self.declared_start(here).is_some() && (here == from || token.starts_line);
            let is_assertion = assertions == Assertions::Possible && (here == from || token.starts_line);
            if is_start || is_assertion || token.is_one_of(&["}", "{", ";"]) || token.kind == TokenKind::Doc {
                break;
            }
            here = here.saturating_add(1);
        }
        here
    }

    /// Whether a doc comment stands here with an item below it that is surely one.
    pub(super) fn documents_item(&self, at: usize) -> bool {
        let item = self.past_docs(at);
        item > at && self.declared_start(item).is_some()
    }

    /// One past the doc comments that start here.
    pub(super) fn past_docs(&self, at: usize) -> usize {
        let is_doc = |here: &usize| self.get(*here).is_some_and(|token| token.kind == TokenKind::Doc);
        (at..).find(|here| !is_doc(here)).unwrap_or(at)
    }

    /// The line after the one that a token is on, where a new assertion may start; at most `end`.
    pub(super) fn next_line(&self, at: usize, end: usize) -> usize {
        let starts = |here: usize| {
            let goes_on = self.get(here.saturating_sub(1)).is_some_and(wants_more);
            self.get(here).is_some_and(|token| token.starts_line && !goes_on && !continues(token))
        };
        (at.saturating_add(1)..end).find(|here| starts(*here)).unwrap_or(end)
    }

    /// The `}` that closes the `{` at a place.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        let mut depth: usize = 0;
        let mut here = open;
        while let Some(token) = self.get(here) {
            if token.is("{") {
                depth = depth.saturating_add(1);
            } else if token.is("}") {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(here);
                }
            }
            here = here.saturating_add(1);
        }
        None
    }
}

/// Whether a file may hold bare assertions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assertions {
    Possible,
    Excluded,
}

/// What has been passed of an item.
struct Extent {
    start: Start,
    depth: usize,
    /// Past the colon of the rule or field itself.
    past_colon: bool,
}

impl Extent {
    fn pass(&mut self, token: &Token<'_>) {
        if token.is_one_of(&["(", "["]) {
            self.depth = self.depth.saturating_add(1);
        } else if token.is_one_of(&[")", "]"]) {
            self.depth = self.depth.saturating_sub(1);
        } else if token.is(":") && matches!(self.start, Start::Rule | Start::Field) {
            self.past_colon = true;
        }
    }
}

const INFIX: [&str; 21] = [
    "==", "!=", "<=", ">=", "<", ">", "??", "+", "-", "*", "/", "and", "or", "implies", "in", "within", ",",
    ".", "@", "..", "|",
];

/// Whether a token cannot be the last of its item.
pub(super) fn wants_more(token: &Token<'_>) -> bool {
    token.is_one_of(&INFIX) || token.is_one_of(&["(", "[", ":", "not", "when", "must", "should"])
}

/// Whether a token cannot be the first of its item.
fn continues(token: &Token<'_>) -> bool {
    token.is_one_of(&INFIX) || token.is_one_of(&[")", "]", ":", "when"])
}
