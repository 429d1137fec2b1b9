//! Where an item may stand, and the blocks that are open.

use std::ops::Range;

use super::ast::{
    Assertion, Each, Field, Head, Item, Member, Rule, Section, SectionKind, Spanned, Table, Test, Use, Waive,
};
use super::error::SyntaxErrorKind as Kind;
use super::lost::{self, Lost};
use super::outline::Start;
use super::parse::Reader;
use super::scan::Token;
use crate::quantity::Unit;
use crate::source::Span;

/// Which of the two kinds of file this is. The first item that can be read decides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Bare,
    Declared,
    /// Already reported to be both.
    Mixed,
}

/// A block whose `}` has not come yet.
pub(super) struct Block {
    /// `None` for a head that could not be read: its members are, so that their errors are found.
    pub(super) head: Option<BlockHead>,
    /// Its `{`, where it has one.
    open: Option<Span>,
    /// Whether it stands in another block, where it does not belong.
    is_nested: bool,
    /// Its head.
    span: Span,
    members: Vec<Spanned<Member>>,
}

impl Block {
    pub(super) fn is_table(&self) -> bool {
        matches!(self.head, Some(BlockHead::Table(_)))
    }
}

pub(super) enum BlockHead {
    Section(SectionKind, Head),
    Table(Table),
    Each(Each),
}

/// What one item was read as.
pub(super) enum Piece {
    RuleSet(Head),
    Use(Use),
    Unit(Spanned<Unit>),
    Block(BlockHead),
    Rule(Rule),
    Field(Field),
    Waive(Waive),
    Test(Test),
    Assertion(Assertion),
}

impl Reader<'_> {
    /// Puts an item where it belongs, or says that it does not belong there.
    pub(super) fn place(&mut self, piece: Piece, range: Range<usize>) {
        let tokens = self.outline.slice(range.clone());
        let first = tokens.first().map_or(Span::new(0, 0), Token::span);
        let whole = tokens.last().map_or(first, |last| first.to(last.span()));
        let may_be_member = matches!(piece, Piece::Rule(_) | Piece::Field(_) | Piece::Assertion(_));
        if !may_be_member {
            self.close_forgotten();
        }
        let Some(block) = self.open.last_mut() else {
            return self.place_at_top(piece, range, whole);
        };
        if lost::unclear(&piece) {
            self.lost = self.lost.max(Lost::Line);
        }
        let in_each = matches!(block.head, Some(BlockHead::Each(_)));
        let in_unknown = block.head.is_none();
        match piece {
            Piece::Rule(rule) => {
                block.members.push(Spanned { node: Member::Rule(Box::new(rule)), span: whole });
            }
            Piece::Field(_) if in_each => {
                self.lost = Lost::Declaration;
                self.error(Kind::FieldInEach, whole);
            }
            Piece::Field(field) => {
                block.members.push(Spanned { node: Member::Field(Box::new(field)), span: whole });
            }
            // What a block without a known head may hold is anyone's guess.
            Piece::Assertion(_) if in_unknown => {}
            Piece::Assertion(_) => self.error(Kind::AssertionInBlock, whole),
            Piece::RuleSet(_) | Piece::Waive(_) | Piece::Test(_) => self.not_in_block(first),
            Piece::Use(_) | Piece::Unit(_) => {
                self.lost = Lost::Declaration;
                self.not_in_block(first);
            }
            Piece::Block(head) => {
                self.not_in_block(first);
                self.open_block(Some(head), self.last_of(&range), whole, true);
            }
        }
    }

    fn place_at_top(&mut self, piece: Piece, range: Range<usize>, whole: Span) {
        let first = self.outline.get(range.start).map_or(whole, Token::span);
        let is_assertion = matches!(piece, Piece::Assertion(_));
        let style = *self.style.get_or_insert(if is_assertion { Style::Bare } else { Style::Declared });
        match (style, is_assertion) {
            (Style::Declared, true) => {
                if lost::unclear(&piece) {
                    self.lost = self.lost.max(Lost::Line);
                }
                self.error(Kind::AssertionAmongItems, whole);
            }
            (Style::Bare, false) => {
                self.style = Some(Style::Mixed);
                self.error(Kind::ItemAmongAssertions, first);
            }
            _ => {}
        }
        let node = match piece {
            Piece::RuleSet(head) => {
                if std::mem::replace(&mut self.has_ruleset, true) {
                    self.error(Kind::RepeatedRuleSet, first);
                }
                Item::RuleSet(Box::new(head))
            }
            Piece::Use(uses) => Item::Use(uses),
            Piece::Unit(unit) => {
                if std::mem::replace(&mut self.has_unit, true) {
                    self.error(Kind::RepeatedUnit, whole);
                }
                Item::Unit(unit)
            }
            Piece::Block(head) => {
                return self.open_block(Some(head), self.last_of(&range), whole, false);
            }
            Piece::Rule(rule) => Item::Rule(Box::new(rule)),
            Piece::Field(field) => Item::Field(Box::new(field)),
            Piece::Waive(waive) => Item::Waive(Box::new(waive)),
            Piece::Test(test) => Item::Test(Box::new(test)),
            Piece::Assertion(assertion) => Item::Assertion(Box::new(assertion)),
        };
        self.items.push(Spanned { node, span: whole });
    }

    /// A block whose head is wrong is a block all the same.
    pub(super) fn open_after_mistake(&mut self, start: Start, range: Range<usize>) {
        let is_block = start.is_block();
        let is_open = range.end.checked_sub(1).is_some_and(|last| self.outline.is(last, "{"));
        if is_block {
            let last = self.last_of(&range).filter(|_| is_open);
            self.close_forgotten();
            self.open_unknown(last);
        } else if self.outline.is(self.at, "{") {
            self.open_unknown(self.outline.get(self.at).map(Token::span));
            self.at = self.at.saturating_add(1);
        }
    }

    /// The last token of an item.
    fn last_of(&self, range: &Range<usize>) -> Option<Span> {
        self.outline.get(range.end.checked_sub(1)?).map(Token::span)
    }

    pub(super) fn open_unknown(&mut self, open: Option<Span>) {
        self.open_block(None, open, Span::new(0, 0), !self.open.is_empty());
    }

    fn open_block(&mut self, head: Option<BlockHead>, open: Option<Span>, span: Span, is_nested: bool) {
        self.open.push(Block { head, open, is_nested, span, members: Vec::new() });
    }

    /// Before a new block: those that are still open and never closed were forgotten, not meant to hold it.
    fn close_forgotten(&mut self) {
        while let Some(block) = self.open.pop() {
            if block.open.is_some_and(|open| self.outline.is_closed(open.start())) {
                self.open.push(block);
                return;
            }
            self.unclosed(block);
        }
    }

    pub(super) fn unclosed(&mut self, block: Block) {
        if let Some(open) = block.open {
            self.misplaced_brace(Kind::UnclosedBlock, open);
        }
        let end = block.span;
        self.close(block, end);
    }

    /// A block is complete.
    pub(super) fn close(&mut self, block: Block, end: Span) {
        let (members, span) = (block.members, block.span.to(end));
        let node = match block.head.filter(|_| !block.is_nested) {
            Some(BlockHead::Section(kind, head)) => Item::Section(Box::new(Section { kind, head, members })),
            Some(BlockHead::Table(table)) => Item::Table(Box::new(Table { members, ..table })),
            Some(BlockHead::Each(each)) => Item::Each(Box::new(Each { members, ..each })),
            None => {
                if members.iter().any(|member| matches!(member.node, Member::Field(_))) {
                    self.lost = Lost::Declaration;
                }
                return;
            }
        };
        self.items.push(Spanned { node, span });
    }

    /// What a brace too many or too few would have held is anyone's guess.
    pub(super) fn misplaced_brace(&mut self, kind: Kind, span: Span) {
        self.lost = Lost::Declaration;
        self.error(kind, span);
    }

    fn not_in_block(&mut self, first: Span) {
        let word = self.text.get(first.start()..first.end()).unwrap_or("").to_owned();
        self.error(Kind::NotInBlock { word }, first);
    }
}
