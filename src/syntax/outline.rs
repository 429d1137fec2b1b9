//! Where items start and end, told from tokens alone.
//!
//! An item is cut out before it is parsed: a mistake in it then costs one item and never the rest of the file, and the
//! parser never sees more text than one item has.

use std::ops::Range;

use super::scan::{Scanner, Token, TokenKind};

/// What an item looks like from its first tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    RuleSet,
    Use,
    Unit,
    Section,
    Table,
    Each,
    Rule,
    Field,
    Waive,
    Test,
    /// An `expect` that belongs to no test.
    Expect,
    /// Whatever starts like nothing else.
    Assertion,
}

impl Start {
    pub(super) fn is_block(self) -> bool {
        matches!(self, Start::Section | Start::Table | Start::Each)
    }
}

/// How many tokens are kept at hand. Those of a whole file would take several times the memory of what is made of them.
const WINDOW: usize = 64;

/// Tokens at hand behind the place up to which items are cut: what an item is, is told from its first few.
const LOOKAHEAD: usize = 8;

/// The tokens of a file, by their number; at any time those around the item being read.
pub(super) struct Outline<'s> {
    scanner: Scanner<'s>,
    tokens: Vec<Token<'s>>,
    /// The number of the first one at hand.
    first: usize,
    /// Items that start before this token are at hand whole: it ends whatever comes before it.
    whole_before: usize,
    /// Where the `{` stand that are never closed.
    unclosed: Vec<usize>,
}

impl<'s> Outline<'s> {
    pub(super) fn new(text: &'s str) -> Outline<'s> {
        let (scanner, tokens) = (Scanner::new(text), Vec::new());
        Outline { scanner, tokens, first: 0, whole_before: 0, unclosed: unclosed(text) }
    }

    /// Sees to it that the item that starts at a token is at hand whole, and forgets those before it.
    pub(super) fn reach(&mut self, at: usize) {
        if at < self.whole_before {
            return;
        }
        self.tokens.drain(..at.saturating_sub(self.first).min(self.tokens.len()));
        self.first = at;
        let ends_item =
            |token: &Token<'_>| token.is("}") || token.starts_line && token.is_one_of(&["must", "should"]);
        let mut seen: usize = 0;
        loop {
            if self.tokens.len() <= seen && self.scanner.push_next(&mut self.tokens).is_none() {
                self.whole_before = usize::MAX;
                return;
            }
            if seen >= WINDOW && self.tokens.get(seen).is_some_and(ends_item) {
                break;
            }
            seen = seen.saturating_add(1);
        }
        self.whole_before = at.saturating_add(seen);
        while self.tokens.len() <= seen.saturating_add(LOOKAHEAD) {
            if self.scanner.push_next(&mut self.tokens).is_none() {
                break;
            }
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token<'s>> {
        self.tokens.get(at.checked_sub(self.first)?)
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &[Token<'s>] {
        let from = range.start.checked_sub(self.first).zip(range.end.checked_sub(self.first));
        from.and_then(|(from, to)| self.tokens.get(from..to)).unwrap_or(&[])
    }

    /// Whether the `{` at an offset is closed.
    pub(super) fn is_closed(&self, open: usize) -> bool {
        self.unclosed.binary_search(&open).is_err()
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

    fn is_json(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == TokenKind::Json)
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

    /// Whether what follows `use` or `unit` on its line makes it an item: no operator does.
    fn heads_line(&self, at: usize) -> bool {
        self.get(at.saturating_add(1)).is_some_and(|next| {
            let is_operand = next.is_name() || matches!(next.kind, TokenKind::Text | TokenKind::Number);
            !next.starts_line && is_operand
        })
    }

    /// Whether a document follows `test`, or the title that comes before it.
    fn heads_test(&self, at: usize) -> bool {
        let next = at.saturating_add(1);
        self.heads(at) || self.is_text(next) || self.is_json(next) || self.is_json(next.saturating_add(1))
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
            "table" if self.heads(at) => Some(Start::Table),
            "ruleset" if self.heads(at) => Some(Start::RuleSet),
            "use" if self.heads_line(at) => Some(Start::Use),
            "unit" if self.heads_line(at) => Some(Start::Unit),
            "waive" if self.heads(at) => Some(Start::Waive),
            "test" if self.heads_test(at) => Some(Start::Test),
            "expect" if self.heads(at) => Some(Start::Expect),
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
            Start::Section | Start::Table | Start::Each => false,
            start => return field_follows || !self.belongs(here, start),
        };
        self.declared_start(here).is_some() || in_expression && extent.depth == 0 && !continues(token)
    }

    /// Whether a token on a new line is more of an item that is neither a block nor an expression.
    fn belongs(&self, here: usize, start: Start) -> bool {
        let is_english = self.is(here, "en") && self.is_text(here.saturating_add(1));
        let before = |distance: usize, words: &[&str]| {
            here.checked_sub(distance).and_then(|at| self.get(at)).is_some_and(|token| token.is_one_of(words))
        };
        // What has to follow a word may stand on the next line, unless it starts an item.
        let is_due = |words: &[&str]| before(1, words) && self.declared_start(here).is_none();
        match start {
            Start::RuleSet => self.is_text(here) || is_english,
            Start::Field => {
                self.get(here).is_some_and(|token| token.is_one_of(&["|", "under"]))
                    || self.is_text(here)
                    || is_english
            }
            Start::Waive => {
                self.get(here).is_some_and(|token| token.is_one_of(&["for", "because"]))
                    || self.is_text(here)
                    || is_due(&["waive", "for"])
            }
            Start::Test => {
                self.is(here, "expect")
                    || self.get(here).is_some_and(|token| token.is(","))
                    || self.is_text(here)
                    || self.is_json(here)
                    || is_due(&["expect"])
                    || before(2, &["expect"]) && self.declared_start(here).is_none()
            }
            _ => false,
        }
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
}

/// Where the `{` of a text stand that no `}` closes, in order.
fn unclosed(text: &str) -> Vec<usize> {
    let (mut scanner, mut recent, mut open) = (Scanner::new(text), Vec::new(), Vec::new());
    while scanner.push_next(&mut recent).is_some() {
        match recent.last() {
            Some(token) if token.is("{") => open.push(token.start),
            Some(token) if token.is("}") => {
                open.pop();
            }
            _ => {}
        }
        if recent.len() > WINDOW {
            recent.drain(..WINDOW.saturating_sub(LOOKAHEAD));
        }
    }
    open
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
