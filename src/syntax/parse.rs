//! A whole rule file, one item at a time.

use std::ops::Range;

use pest::Parser as _;

use super::ast::{File, Item, Spanned};
use super::cursor::Cursor;
use super::error::{SyntaxError, SyntaxErrorKind as Kind};
use super::explain::{Refused, explain};
use super::grammar::{Grammar, Rule};
use super::lost::{self, Lost};
use super::meant::bracketed_name;
use super::outline::{Assertions, Outline, Start};
use super::place::{Block, BlockHead, Piece, Style};
use super::scan::{Token, TokenKind};
use super::{bounds, item};
use crate::limits;
use crate::source::{Source, Span};

/// A rule file as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// What was read, in the file's order; with errors, perhaps not all of it.
    pub(crate) file: File,
    /// Every mistake of the file in its order, one an item, at most [`limits::RULE_ERRORS`].
    pub(crate) errors: Vec<SyntaxError>,
    /// Whether a name may have been declared that `file` does not have: one that is looked up and not found is then
    /// perhaps no mistake.
    pub(crate) lost_declarations: bool,
}

impl Parsed {
    /// The file, where nothing is wrong with it.
    pub(crate) fn into_result(self) -> Result<File, Vec<SyntaxError>> {
        if self.errors.is_empty() { Ok(self.file) } else { Err(self.errors) }
    }
}

/// Reads a rule file.
pub(crate) fn parse(source: &Source) -> Parsed {
    let text = source.text();
    if text.len() > limits::RULE_FILE_BYTES {
        let over = Span::new(limits::RULE_FILE_BYTES, limits::RULE_FILE_BYTES.saturating_add(1));
        let errors = vec![SyntaxError::new(Kind::FileTooLong, over)];
        return Parsed { file: File::default(), errors, lost_declarations: true };
    }
    let mut reader = Reader {
        text,
        outline: Outline::new(text),
        at: 0,
        docs: Docs::default(),
        open: Vec::new(),
        style: None,
        has_ruleset: false,
        has_unit: false,
        items: Vec::new(),
        errors: Vec::new(),
        lost: Lost::Nothing,
    };
    reader.read();
    let lost_declarations = match reader.lost {
        Lost::Nothing => false,
        // A line of a file of assertions declares nothing.
        Lost::Line => reader.style != Some(Style::Bare),
        Lost::Declaration => true,
    };
    Parsed { file: File { items: reader.items }, errors: listed(reader.errors), lost_declarations }
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

/// Doc comments read, waiting for their item.
#[derive(Default)]
struct Docs {
    lines: Vec<String>,
    last: Option<Span>,
}

/// What is being read, and what has been.
pub(super) struct Reader<'s> {
    pub(super) text: &'s str,
    pub(super) outline: Outline<'s>,
    pub(super) at: usize,
    docs: Docs,
    pub(super) open: Vec<Block>,
    pub(super) style: Option<Style>,
    pub(super) has_ruleset: bool,
    pub(super) has_unit: bool,
    pub(super) items: Vec<Spanned<Item>>,
    errors: Vec<SyntaxError>,
    pub(super) lost: Lost,
}

impl Reader<'_> {
    fn read(&mut self) {
        loop {
            self.outline.reach(self.at);
            let Some(token) = self.outline.get(self.at) else { break };
            if self.errors.len() > limits::RULE_ERRORS {
                self.lost = Lost::Declaration;
                return;
            }
            if token.kind == TokenKind::Doc || token.is_one_of(&[";", "{", "}"]) {
                let token = token.clone();
                self.errors.extend(faults(std::slice::from_ref(&token), Start::Assertion));
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
                Some(block) => self.close(block, token.span()),
                None => self.misplaced_brace(Kind::UnopenedBlock, token.span()),
            }
        } else if token.is("{") {
            // A brace in a brace that opens nothing known is no second mistake.
            if self.open.last().is_some_and(|block| block.head.is_none()) {
                self.open_unknown(None);
            } else {
                self.misplaced_brace(Kind::UnexpectedBlock, token.span());
                self.open_unknown(Some(token.span()));
            }
        }
    }

    /// One item, from its first token to the start of the next.
    fn item(&mut self) {
        let (from, start) = (self.at, self.outline.start(self.at));
        if start == Start::Unit {
            // It explains nothing that a finding could quote.
            self.undocumented();
        }
        let docs = std::mem::take(&mut self.docs);
        let end = self.outline.end(from, start);
        match self.parse_item(start, from..end, docs.lines) {
            Ok(parsed) => {
                self.at = end;
                self.place(parsed, from..end);
            }
            Err(errors) => {
                let resumed = self.after(&errors, start, from..end);
                self.at = self.outline.resume(resumed, self.assertions(start));
                self.lost = self.lost.max(lost::with_item(start, self.outline.slice(from..end), &errors));
                if self.at > resumed {
                    self.lost = self.lost.max(Lost::Line);
                }
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
    ) -> Result<Piece, Vec<SyntaxError>> {
        // A doc comment above another item does not cut this one short.
        let next = self.outline.get(range.end).filter(|_| !self.outline.documents_item(range.end));
        let tokens = self.outline.slice(range.clone());
        if let Some(error) = self.misplaced(start, tokens) {
            return Err(vec![error]);
        }
        let bound = bounds::check(tokens).err();
        let end = bound
            .as_ref()
            .and_then(|error| self.end_despite(error, start, range.clone()))
            .unwrap_or(range.end);
        let mut errors = faults(self.outline.slice(range.start..end), start);
        // A string that is never closed hides brackets too.
        let hides = |error: &SyntaxError| {
            matches!(error.kind(), Kind::UnclosedString | Kind::UnclosedName | Kind::JsonTooDeep)
        };
        if !errors.last().is_some_and(hides) {
            errors.extend(bound);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        self.parse_tokens(&Refused { start, tokens, next }, docs).map_err(|error| vec![error])
    }

    /// What is plainly meant for another place.
    fn misplaced(&self, start: Start, tokens: &[Token<'_>]) -> Option<SyntaxError> {
        match tokens {
            [expect, ..] if start == Start::Expect => {
                Some(SyntaxError::new(Kind::LooseExpect, expect.span()))
            }
            [blank, sign, value, ..] if start == Start::Assertion && blank.is("blank") && sign.is("==") => {
                let in_table = self.open.last().is_some_and(Block::is_table);
                in_table.then(|| SyntaxError::new(Kind::BlankNotInHead, blank.span().to(value.span())))
            }
            _ => None,
        }
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

    fn parse_tokens(&self, item: &Refused<'_, '_>, docs: Vec<String>) -> Result<Piece, SyntaxError> {
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
            Start::RuleSet => Piece::RuleSet(item::ruleset(node, docs)?),
            Start::Use => Piece::Use(item::uses(node, docs)?),
            Start::Unit => Piece::Unit(item::money_unit(node)?),
            Start::Section => {
                let (kind, head) = item::section_head(node, docs)?;
                Piece::Block(BlockHead::Section(kind, head))
            }
            Start::Table => Piece::Block(BlockHead::Table(item::table_head(node, docs)?)),
            Start::Each => Piece::Block(BlockHead::Each(item::each_head(node, docs)?)),
            Start::Rule => Piece::Rule(item::rule(node, docs)?),
            Start::Field => Piece::Field(item::field(node, docs)?),
            Start::Waive => Piece::Waive(item::waive(node, docs)?),
            Start::Test | Start::Expect => Piece::Test(item::test(node, docs)?),
            Start::Assertion => Piece::Assertion(item::assertion(node, docs)?),
        })
    }

    /// Where an item with a mistake ends.
    fn after(&self, errors: &[SyntaxError], start: Start, range: Range<usize>) -> usize {
        let cut = errors.iter().find_map(|error| self.end_despite(error, start, range.clone()));
        let is_cut_by_doc = errors.iter().any(|error| *error.kind() == Kind::DocInside);
        match cut {
            Some(cut) => cut,
            // What follows the comment is the rest of the item it cuts in two.
            None if is_cut_by_doc => self.outline.past_docs(range.end),
            None => range.end,
        }
    }

    fn assertions(&self, start: Start) -> Assertions {
        if self.may_be_bare(start) { Assertions::Possible } else { Assertions::Excluded }
    }

    /// A doc comment that nothing follows is refused: a legal basis must not be lost in silence.
    fn undocumented(&mut self) {
        if let Some(span) = std::mem::take(&mut self.docs).last {
            self.error(Kind::DanglingDoc, span);
        }
    }

    pub(super) fn error(&mut self, kind: Kind, span: Span) {
        self.errors.push(SyntaxError::new(kind, span));
    }
}

/// The tokens of an item that are wrong in themselves. Behind a string that is never closed, all is guesswork.
fn faults(tokens: &[Token<'_>], start: Start) -> Vec<SyntaxError> {
    let mut faults = Vec::new();
    let mut before: Option<&Token<'_>> = None;
    let mut skip_to = 0;
    for (at, token) in tokens.iter().enumerate() {
        if at < skip_to {
            continue;
        }
        if let Some(count) = bracketed_name(tokens, at) {
            skip_to = at.saturating_add(count);
            let name: String = tokens.iter().take(skip_to).skip(at).map(|token| token.text).collect();
            let last = tokens.get(skip_to.saturating_sub(1)).unwrap_or(token);
            faults.push(SyntaxError::new(Kind::UnquotedName { name }, token.span().to(last.span())));
            continue;
        }
        let is_text = |token: Option<&Token<'_>>| token.is_some_and(|token| token.kind == TokenKind::Text);
        let separates = matches!(start, Start::Field | Start::Table)
            && is_text(before)
            && is_text(tokens.get(at.saturating_add(1)));
        let sets_blank = start == Start::Table && before.is_some_and(|before| before.is("blank"));
        before = Some(token);
        let Some((kind, span)) = token.fault.as_deref() else { continue };
        let kind = match kind {
            // `blank = 0` is the one place where `=` is right.
            Kind::WrongSymbol { found, instead } if sets_blank && instead == "==" => {
                if found == "=" {
                    continue;
                }
                Kind::WrongSymbol { found: found.clone(), instead: "=".to_owned() }
            }
            Kind::WrongSymbol { found, instead } if separates && instead == "," => {
                Kind::WrongSymbol { found: found.clone(), instead: "|".to_owned() }
            }
            kind => kind.clone(),
        };
        let is_open = matches!(kind, Kind::UnclosedString | Kind::UnclosedName);
        faults.push(SyntaxError::new(kind, *span));
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
        Start::Use => Rule::only_uses,
        Start::Unit => Rule::only_money_unit,
        Start::Section => Rule::only_section_head,
        Start::Table => Rule::only_table_head,
        Start::Each => Rule::only_each_head,
        Start::Rule => Rule::only_rule,
        Start::Field => Rule::only_field,
        Start::Waive => Rule::only_waive,
        Start::Test | Start::Expect => Rule::only_test,
        Start::Assertion => Rule::only_assertion,
    }
}
