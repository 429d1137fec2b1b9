//! A whole rule file, one item at a time.

use std::ops::Range;

use pest::Parser as _;

use super::ast::{Assertion, Each, Field, File, Head, Item, Member, Rule as RuleNode, Section, SectionKind};
use super::cursor::Cursor;
use super::error::{SyntaxError, SyntaxErrorKind as Kind};
use super::explain::{Refused, explain};
use super::grammar::{Grammar, Rule};
use super::outline::{Assertions, Outline, Start};
use super::scan::{Token, TokenKind, scan};
use super::{bounds, item};
use crate::limits;
use crate::source::{Source, Span};

/// Reads a rule file.
///
/// # Errors
/// Every mistake of the file in its order, one an item, at most [`limits::RULE_ERRORS`].
pub(crate) fn parse(source: &Source) -> Result<File, Vec<SyntaxError>> {
    let text = source.text();
    if text.len() > limits::RULE_FILE_BYTES {
        let over = Span::new(limits::RULE_FILE_BYTES, limits::RULE_FILE_BYTES.saturating_add(1));
        return Err(vec![SyntaxError::new(Kind::FileTooLong, over)]);
    }
    let mut reader = Reader {
        text,
        outline: Outline::new(scan(text)),
        at: 0,
        docs: Docs::default(),
        open: Vec::new(),
        style: None,
        has_ruleset: false,
        items: Vec::new(),
        errors: Vec::new(),
    };
    reader.read();
    if reader.errors.is_empty() { Ok(File { items: reader.items }) } else { Err(listed(reader.errors)) }
}

/// The errors in the order of the file, cut at the limit.
fn listed(mut errors: Vec<SyntaxError>) -> Vec<SyntaxError> {
    errors.sort_by_key(|error| error.span().start());
    if errors.len() > limits::RULE_ERRORS {
        errors.truncate(limits::RULE_ERRORS);
        if let Some(last) = errors.last_mut() {
            *last = SyntaxError::new(Kind::TooManyErrors, last.span());
        }
    }
    errors
}

/// Which of the two kinds of file this is. The first item that can be read decides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Bare,
    Declared,
    /// Already reported to be both.
    Mixed,
}

/// Doc comments read, waiting for their item.
#[derive(Default)]
struct Docs {
    lines: Vec<String>,
    last: Option<Span>,
}

/// A block whose `}` has not come yet.
struct Block {
    /// `None` for a head that could not be read: its members are, so that their errors are found.
    head: Option<BlockHead>,
    /// Its `{`, where it has one.
    open: Option<usize>,
    /// Whether it stands in another block, where it does not belong.
    is_nested: bool,
    members: Vec<Member>,
}

enum BlockHead {
    Section(SectionKind, Head),
    Each(Each),
}

/// What one item was read as.
enum Parsed {
    RuleSet(Head),
    Block(BlockHead),
    Rule(RuleNode),
    Field(Field),
    Assertion(Assertion),
}

struct Reader<'s> {
    text: &'s str,
    outline: Outline<'s>,
    at: usize,
    docs: Docs,
    open: Vec<Block>,
    style: Option<Style>,
    has_ruleset: bool,
    items: Vec<Item>,
    errors: Vec<SyntaxError>,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(token) = self.outline.get(self.at) {
            if self.errors.len() > limits::RULE_ERRORS {
                return;
            }
            if token.kind == TokenKind::Doc || token.is_one_of(&[";", "{", "}"]) {
                let token = token.clone();
                self.errors.extend(faults(std::slice::from_ref(&token)));
                self.mark(&token);
                self.at = self.at.saturating_add(1);
            } else {
                self.item();
            }
        }
        self.undocumented();
        while let Some(block) = self.open.pop() {
            self.unclosed(block);
        }
    }

    /// A token that stands between items.
    fn mark(&mut self, token: &Token<'_>) {
        if token.kind == TokenKind::Doc {
            // One behind something on its line explains neither that nor what follows; the error is already out.
            if token.fault.is_none() {
                let line = token.text.trim_start_matches('/');
                self.docs
                    .lines
                    .push(line.strip_prefix([' ', '\t', '\u{3000}']).unwrap_or(line).trim_end().to_owned());
                self.docs.last = Some(token.span());
            }
        } else if token.is(";") {
            self.undocumented();
        } else if token.is("}") {
            self.undocumented();
            match self.open.pop() {
                Some(block) => self.close(block),
                None => self.error(Kind::UnopenedBlock, token.span()),
            }
        } else if token.is("{") {
            // A brace in a brace that opens nothing known is no second mistake.
            if self.open.last().is_some_and(|block| block.head.is_none()) {
                self.open_unknown(None);
            } else {
                self.error(Kind::UnexpectedBlock, token.span());
                self.open_unknown(Some(self.at));
            }
        }
    }

    /// One item, from its first token to the start of the next.
    fn item(&mut self) {
        let (from, start) = (self.at, self.outline.start(self.at));
        let docs = std::mem::take(&mut self.docs);
        if start == Start::NotYet {
            return self.not_yet();
        }
        let end = self.outline.end(from, start);
        match self.parse_item(start, from..end, docs.lines) {
            Ok(parsed) => {
                self.at = end;
                self.place(parsed, from..end);
            }
            Err(errors) => {
                self.at = self.after(&errors, start, from..end);
                self.errors.extend(errors);
                self.open_after_mistake(start, from..end);
            }
        }
    }

    fn parse_item(
        &self,
        start: Start,
        range: Range<usize>,
        docs: Vec<String>,
    ) -> Result<Parsed, Vec<SyntaxError>> {
        // A doc comment above another item does not cut this one short.
        let next = self.outline.get(range.end).filter(|_| !self.outline.documents_item(range.end));
        let tokens = self.outline.slice(range.clone());
        let bound = bounds::check(tokens).err();
        let end = bound
            .as_ref()
            .and_then(|error| self.end_despite(error, start, range.clone()))
            .unwrap_or(range.end);
        let mut errors = faults(self.outline.slice(range.start..end));
        // A string that is never closed hides brackets too.
        let hides = |error: &SyntaxError| matches!(error.kind(), Kind::UnclosedString | Kind::UnclosedName);
        if !errors.last().is_some_and(hides) {
            errors.extend(bound);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        self.parse_tokens(&Refused { start, tokens, next }, docs).map_err(|error| vec![error])
    }

    /// Whether what starts here may be one of many assertions, rather than a rule that has lost its `must`.
    fn may_be_bare(&self, start: Start) -> bool {
        start == Start::Assertion && self.open.is_empty() && self.style != Some(Style::Declared)
    }

    /// Where an assertion ends whose bracket is never closed, and so took every line below it: with its own line.
    fn end_despite(&self, error: &SyntaxError, start: Start, range: Range<usize>) -> Option<usize> {
        if !matches!(error.kind(), Kind::UnclosedBracket { .. }) || !self.may_be_bare(start) {
            return None;
        }
        let bracket = error.span().start();
        let at = self.outline.slice(range.clone()).iter().position(|token| token.start == bracket)?;
        Some(self.outline.next_line(range.start.saturating_add(at), range.end))
    }

    fn parse_tokens(&self, item: &Refused<'_, '_>, docs: Vec<String>) -> Result<Parsed, SyntaxError> {
        let (Some(first), Some(last)) = (item.tokens.first(), item.tokens.last()) else {
            return Err(SyntaxError::new(Kind::Internal, Span::new(0, 0)));
        };
        let whole = first.span().to(last.span());
        if item.start == Start::Assertion && first.is_one_of(&["-", "+"]) {
            return Err(SyntaxError::new(Kind::SignFirst { sign: first.text.to_owned() }, first.span()));
        }
        let text = self.text.get(first.start..last.end()).unwrap_or("");
        let pairs = Grammar::parse(entry(item.start), text).map_err(|error| explain(item, &error))?;
        let node = Cursor::new(pairs, first.start, whole).next()?;
        Ok(match item.start {
            Start::RuleSet => Parsed::RuleSet(item::ruleset(node, docs)?),
            Start::Section => {
                let (kind, head) = item::section_head(node, docs)?;
                Parsed::Block(BlockHead::Section(kind, head))
            }
            Start::Each => Parsed::Block(BlockHead::Each(item::each_head(node, docs)?)),
            Start::Rule => Parsed::Rule(item::rule(node, docs)?),
            Start::Field => Parsed::Field(item::field(node, docs)?),
            Start::Assertion | Start::NotYet => Parsed::Assertion(item::assertion(node, docs)?),
        })
    }

    /// Puts an item where it belongs, or says that it does not belong there.
    fn place(&mut self, parsed: Parsed, range: Range<usize>) {
        let tokens = self.outline.slice(range.clone());
        let first = tokens.first().map_or(Span::new(0, 0), Token::span);
        let whole = tokens.last().map_or(first, |last| first.to(last.span()));
        if matches!(parsed, Parsed::Block(_) | Parsed::RuleSet(_)) {
            self.close_forgotten();
        }
        let Some(block) = self.open.last_mut() else {
            return self.place_at_top(parsed, range, whole);
        };
        let in_each = matches!(block.head, Some(BlockHead::Each(_)));
        let in_unknown = block.head.is_none();
        match parsed {
            Parsed::Rule(rule) => block.members.push(Member::Rule(rule)),
            Parsed::Field(_) if in_each => self.error(Kind::FieldInEach, whole),
            Parsed::Field(field) => block.members.push(Member::Field(field)),
            // What a block without a known head may hold is anyone's guess.
            Parsed::Assertion(_) if in_unknown => {}
            Parsed::Assertion(_) => self.error(Kind::AssertionInBlock, whole),
            Parsed::RuleSet(_) => self.not_in_block(first),
            Parsed::Block(head) => {
                self.not_in_block(first);
                self.open_block(Some(head), range.end.checked_sub(1), true);
            }
        }
    }

    fn place_at_top(&mut self, parsed: Parsed, range: Range<usize>, whole: Span) {
        let first = self.outline.get(range.start).map_or(whole, Token::span);
        let is_assertion = matches!(parsed, Parsed::Assertion(_));
        let style = *self.style.get_or_insert(if is_assertion { Style::Bare } else { Style::Declared });
        match (style, is_assertion) {
            (Style::Declared, true) => self.error(Kind::AssertionAmongItems, whole),
            (Style::Bare, false) => {
                self.style = Some(Style::Mixed);
                self.error(Kind::ItemAmongAssertions, first);
            }
            _ => {}
        }
        match parsed {
            Parsed::RuleSet(head) => {
                if std::mem::replace(&mut self.has_ruleset, true) {
                    self.error(Kind::RepeatedRuleSet, first);
                }
                self.items.push(Item::RuleSet(head));
            }
            Parsed::Block(head) => self.open_block(Some(head), range.end.checked_sub(1), false),
            Parsed::Rule(rule) => self.items.push(Item::Rule(rule)),
            Parsed::Field(field) => self.items.push(Item::Field(field)),
            Parsed::Assertion(assertion) => self.items.push(Item::Assertion(assertion)),
        }
    }

    /// A construct to come: one error, and nothing of what belongs to it.
    fn not_yet(&mut self) {
        if let Some(token) = self.outline.get(self.at) {
            self.error(Kind::NotYet { word: token.text.to_owned() }, token.span());
        }
        self.at = self.outline.resume(self.at.saturating_add(1), Assertions::Excluded);
        while self.outline.is(self.at, "{") || self.outline.is(self.at, "expect") {
            let from = match self.outline.closing(self.at) {
                Some(close) if self.outline.is(self.at, "{") => close,
                _ => self.at,
            };
            self.at = self.outline.resume(from.saturating_add(1), Assertions::Excluded);
        }
    }

    /// Where to go on after a mistake in an item.
    fn after(&self, errors: &[SyntaxError], start: Start, range: Range<usize>) -> usize {
        let assertions = if self.may_be_bare(start) { Assertions::Possible } else { Assertions::Excluded };
        let cut = errors.iter().find_map(|error| self.end_despite(error, start, range.clone()));
        let is_cut_by_doc = errors.iter().any(|error| *error.kind() == Kind::DocInside);
        let from = match cut {
            Some(cut) => cut,
            // What follows the comment is the rest of the item it cuts in two.
            None if is_cut_by_doc => self.outline.past_docs(range.end),
            None => range.end,
        };
        self.outline.resume(from, assertions)
    }

    /// A block whose head is wrong is a block all the same.
    fn open_after_mistake(&mut self, start: Start, range: Range<usize>) {
        let is_block = matches!(start, Start::Section | Start::Each);
        let last = range.end.checked_sub(1).filter(|last| self.outline.is(*last, "{"));
        if is_block {
            self.close_forgotten();
            self.open_unknown(last);
        } else if self.outline.is(self.at, "{") {
            self.open_unknown(Some(self.at));
            self.at = self.at.saturating_add(1);
        }
    }

    fn open_unknown(&mut self, open: Option<usize>) {
        self.open_block(None, open, !self.open.is_empty());
    }

    fn open_block(&mut self, head: Option<BlockHead>, open: Option<usize>, is_nested: bool) {
        self.open.push(Block { head, open, is_nested, members: Vec::new() });
    }

    /// Before a new block: those that are still open and never closed were forgotten, not meant to hold it.
    fn close_forgotten(&mut self) {
        while let Some(block) = self.open.pop() {
            if block.open.is_some_and(|open| self.outline.closing(open).is_some()) {
                self.open.push(block);
                return;
            }
            self.unclosed(block);
        }
    }

    fn unclosed(&mut self, block: Block) {
        let open = block.open.and_then(|open| self.outline.get(open)).map(Token::span);
        if let Some(open) = open {
            self.error(Kind::UnclosedBlock, open);
        }
        self.close(block);
    }

    /// A block is complete.
    fn close(&mut self, block: Block) {
        let members = block.members;
        match block.head.filter(|_| !block.is_nested) {
            Some(BlockHead::Section(kind, head)) => {
                self.items.push(Item::Section(Section { kind, head, members }));
            }
            Some(BlockHead::Each(each)) => self.items.push(Item::Each(Each { members, ..each })),
            None => {}
        }
    }

    /// A doc comment that nothing follows is refused: a legal basis must not be lost in silence.
    fn undocumented(&mut self) {
        if let Some(span) = std::mem::take(&mut self.docs).last {
            self.error(Kind::DanglingDoc, span);
        }
    }

    fn not_in_block(&mut self, first: Span) {
        let word = self.text.get(first.start()..first.end()).unwrap_or("").to_owned();
        self.error(Kind::NotInBlock { word }, first);
    }

    fn error(&mut self, kind: Kind, span: Span) {
        self.errors.push(SyntaxError::new(kind, span));
    }
}

/// The tokens of an item that are wrong in themselves. Behind a string that is never closed, all is guesswork.
fn faults(tokens: &[Token<'_>]) -> Vec<SyntaxError> {
    let mut faults = Vec::new();
    for (kind, span) in tokens.iter().filter_map(|token| token.fault.as_deref()) {
        faults.push(SyntaxError::new(kind.clone(), *span));
        let is_open = matches!(kind, Kind::UnclosedString | Kind::UnclosedName);
        if is_open || faults.len() > limits::RULE_ERRORS {
            break;
        }
    }
    faults
}

/// What the grammar is asked for.
fn entry(start: Start) -> Rule {
    match start {
        Start::RuleSet => Rule::only_ruleset,
        Start::Section => Rule::only_section_head,
        Start::Each => Rule::only_each_head,
        Start::Rule => Rule::only_rule,
        Start::Field => Rule::only_field,
        Start::Assertion | Start::NotYet => Rule::only_assertion,
    }
}
