//! A failure of the grammar in the words of who wrote the rule.
//!
//! pest says at which byte it could not go on and which rules it tried there. The token at that byte, the ones beside it
//! and what the item looks like tell what the author meant.

use pest::error::{ErrorVariant, InputLocation};

use super::error::{Expected, SyntaxError, SyntaxErrorKind as Kind};
use super::grammar::Rule;
use super::json;
use super::outline::{Start, wants_more};
use super::scan::{RESERVED, Token, TokenKind};
use crate::source::Span;

/// An item that the grammar refuses.
pub(super) struct Refused<'t, 's> {
    pub(super) start: Start,
    /// At least one.
    pub(super) tokens: &'t [Token<'s>],
    /// What follows the item.
    pub(super) next: Option<&'t Token<'s>>,
}

/// What is wrong with the item.
pub(super) fn explain(item: &Refused<'_, '_>, error: &pest::error::Error<Rule>) -> SyntaxError {
    let base = item.tokens.first().map_or(0, |token| token.start);
    let (InputLocation::Pos(offset) | InputLocation::Span((offset, _))) = error.location;
    let offset = base.saturating_add(offset);
    let at = item.tokens.iter().position(|token| token.end() > offset);
    let mut failure = Failure {
        item,
        at: at.unwrap_or(item.tokens.len()),
        expected: match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => expected(positives),
            ErrorVariant::CustomError { .. } => Vec::new(),
        },
    };
    let found = at.and_then(|at| item.tokens.get(at));
    if let Some(document) = found.filter(|token| token.kind == TokenKind::Json && token.start < offset) {
        let expected = std::mem::take(&mut failure.expected);
        let at = offset.saturating_sub(document.start);
        let (kind, span) = json::refusal(document.text, at, document.start, in_document(expected));
        return SyntaxError::new(kind, span);
    }
    match found {
        Some(found) => failure.found(found),
        None => failure.ends_early(),
    }
}

/// What could stand at a place in a document: a value may be a text or another document, and need not say so.
fn in_document(mut expected: Vec<Expected>) -> Vec<Expected> {
    let is_value = expected.contains(&Expected::JsonValue);
    expected.retain(|what| *what != Expected::Document && !(is_value && *what == Expected::Text));
    expected
}

/// Where the grammar could not go on, with what it tried.
pub(super) struct Failure<'f, 't, 's> {
    pub(super) item: &'f Refused<'t, 's>,
    /// The token that could not be read; past the last one where the item ends too early.
    pub(super) at: usize,
    expected: Vec<Expected>,
}

impl<'s> Failure<'_, '_, 's> {
    /// The failing token's neighbour so many places on.
    pub(super) fn token(&self, distance: isize) -> Option<&Token<'s>> {
        self.item.tokens.get(self.at.checked_add_signed(distance)?)
    }

    pub(super) fn expects(&self, what: Expected) -> bool {
        self.expected.contains(&what)
    }

    pub(super) fn has_colon_before(&self, at: usize) -> bool {
        self.item.tokens.iter().take(at).any(|token| token.is(":"))
    }

    /// A rule whose head never ends.
    fn lacks_colon(&self) -> bool {
        self.item.start == Start::Rule
            && self.expects(Expected::Colon)
            && !self.has_colon_before(self.item.tokens.len())
    }

    fn ends_early(&self) -> SyntaxError {
        let last = self.token(-1);
        let span = last.map_or(Span::new(0, 0), last_span);
        if let Some(error) = self.row() {
            return error;
        }
        let kind = match (self.item.next, last) {
            (Some(next), _) if next.kind == TokenKind::Doc && next.starts_line => {
                return SyntaxError::new(Kind::DocInside, next.span());
            }
            _ if self.lacks_colon() => Kind::MissingColon,
            _ if self.lacks_reason() => Kind::MissingReason,
            (_, Some(last)) if wants_more(last) => Kind::MissingOperand { after: last.text.to_owned() },
            _ => Kind::Unexpected { found: None, expected: self.expected.clone() },
        };
        SyntaxError::new(kind, span)
    }

    fn found(&self, found: &Token<'s>) -> SyntaxError {
        if let Some(error) = self.meant(found).or_else(|| self.row()).or_else(|| self.in_path(found)) {
            return error;
        }
        let before = self.token(-1);
        let is_reserved = found.kind == TokenKind::Word && RESERVED.contains(&found.reads);
        let kind = if self.lacks_colon() {
            Kind::MissingColon
        } else if found.is("when") && before.is_some_and(ends_operand) && self.is_past_head() {
            Kind::LateGuard
        } else if found.is("not") && self.token(1).is_some_and(|next| next.is("in")) {
            Kind::NotIn
        } else if is_reserved && (self.is_name_expected() || found.is_one_of(&["must", "should"])) {
            Kind::ReservedWord { word: found.text.to_owned() }
        } else if before.is_some_and(|before| before.is("within")) {
            Kind::ToleranceNotLiteral
        } else {
            let text = if found.kind == TokenKind::Json { "{" } else { found.text };
            let unexpected =
                Kind::Unexpected { found: Some(text.to_owned()), expected: self.expected.clone() };
            self.side_by_side(found).unwrap_or(unexpected)
        };
        SyntaxError::new(kind, first_span(found))
    }

    /// What is wrong with a path or with the number here.
    fn in_path(&self, found: &Token<'s>) -> Option<SyntaxError> {
        self.path_symbol(found).or_else(|| self.comma_in_number(found))
    }

    /// A waiver without `because`.
    fn lacks_reason(&self) -> bool {
        self.item.start == Start::Waive
            && self.expects(Expected::Because)
            && !self.item.tokens.iter().skip(2).any(|token| token.is("because"))
    }

    /// A name is tried last, so where a reserved word is refused for one, nothing else may be left to expect.
    fn is_name_expected(&self) -> bool {
        self.expects(Expected::Name) || self.expected.is_empty()
    }

    fn is_past_head(&self) -> bool {
        self.item.start == Start::Assertion || self.has_colon_before(self.at)
    }

    /// Two operands with no operator between, or a function and a bracket that does not touch it.
    fn side_by_side(&self, found: &Token<'s>) -> Option<Kind> {
        let before = self.token(-1).filter(|before| ends_operand(before))?;
        let (left, right) = (before.text.to_owned(), found.text.to_owned());
        let is_callee = before.kind == TokenKind::Word && found.is("(") && before.end() < found.start;
        if is_callee && (self.expects(Expected::Operator) || self.item.start == Start::Field) {
            return Some(Kind::BlankBeforeBracket { callee: left });
        }
        let is_operand = starts_operand(found) && self.expects(Expected::Operator);
        is_operand.then_some(Kind::MissingOperator { left, right })
    }

    /// A `.`, `@` or `[` with blanks around it, or after what is no name.
    fn path_symbol(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let is_list = |token: &Token<'s>| token.is("[") && self.expects(Expected::RangeOrList);
        let symbol = [self.token(-1), Some(found)]
            .into_iter()
            .flatten()
            .find(|token| token.is_one_of(&[".", "@", "["]) && !is_list(token))?;
        let index = self.item.tokens.iter().position(|token| token.start == symbol.start)?;
        let before = index.checked_sub(1).and_then(|before| self.item.tokens.get(before));
        let after = self.item.tokens.get(index.saturating_add(1));
        if symbol.is("[") && before.is_none_or(|before| before.is("in")) {
            return None;
        }
        let is_path = before.is_some_and(|before| before.is_name() || before.kind == TokenKind::Number);
        let is_apart = before.is_some_and(|before| before.end() != symbol.start)
            || after.is_some_and(|after| after.start != symbol.end());
        let text = symbol.text.to_owned();
        let kind = if is_path && is_apart {
            Kind::BlankInPath { symbol: text }
        } else if matches!(self.item.start, Start::Waive | Start::Test) && !symbol.is(".") {
            Kind::MoreThanName { symbol: text }
        } else if symbol.is("[") {
            Kind::MisplacedCode
        } else {
            Kind::MisplacedPathSymbol { symbol: text }
        };
        Some(SyntaxError::new(kind, symbol.span()))
    }

    /// A code in brackets that is no text, or that no column follows.
    fn row(&self) -> Option<SyntaxError> {
        let here = self.item.tokens.get(..self.at.saturating_add(1)).unwrap_or(self.item.tokens);
        let open = here.iter().rev().take(3).position(|token| token.is("["))?;
        let open = here.len().checked_sub(open)?.checked_sub(1)?;
        let (table, bracket) = (self.item.tokens.get(open.checked_sub(1)?)?, self.item.tokens.get(open)?);
        let is_first = open.checked_sub(2).and_then(|at| self.item.tokens.get(at));
        let is_row = table.is_name()
            && table.end() == bracket.start
            && !is_first.is_some_and(|before| before.is_one_of(&[".", "@"]));
        let code = self.item.tokens.get(open.saturating_add(1)).filter(|_| is_row)?;
        if code.kind != TokenKind::Text {
            let is_code = code.is_name() || code.kind == TokenKind::Number;
            let found = code.text.to_owned();
            return is_code.then(|| SyntaxError::new(Kind::CodeNotText { found }, code.span()));
        }
        let close = self.item.tokens.get(open.saturating_add(2)).filter(|close| close.is("]"))?;
        let is_apart = code.start != bracket.end() || close.start != code.end();
        if is_apart {
            let symbol = bracket.text.to_owned();
            return Some(SyntaxError::new(Kind::BlankInPath { symbol }, bracket.span()));
        }
        let next = self.item.tokens.get(open.saturating_add(3));
        if next.is_some_and(|next| next.is(".")) {
            return None;
        }
        let row = format!("{}[{}]", table.text, code.text);
        Some(SyntaxError::new(Kind::RowWithoutColumn { row }, table.span().to(close.span())))
    }

    /// `1,000`
    fn comma_in_number(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let (before, after) = (self.token(-1)?, self.token(1)?);
        let touches = before.end() == found.start && found.end() == after.start;
        let is_number = |token: &Token<'_>| token.kind == TokenKind::Number;
        (found.is(",") && touches && is_number(before) && is_number(after))
            .then(|| SyntaxError::new(Kind::CommaInNumber, before.span().to(after.span())))
    }
}

/// Where a token begins: a whole document is too much to underline.
fn first_span(token: &Token<'_>) -> Span {
    match token.kind {
        TokenKind::Json => Span::new(token.start, token.start.saturating_add(1)),
        _ => token.span(),
    }
}

/// Where a token ends.
fn last_span(token: &Token<'_>) -> Span {
    match token.kind {
        TokenKind::Json => Span::new(token.end().saturating_sub(1), token.end()),
        _ => token.span(),
    }
}

pub(super) fn ends_operand(token: &Token<'_>) -> bool {
    token.is_name()
        || matches!(token.kind, TokenKind::Number | TokenKind::Text)
        || token.is_one_of(&[")", "]"])
}

pub(super) fn starts_operand(token: &Token<'_>) -> bool {
    token.is_name() || matches!(token.kind, TokenKind::Number | TokenKind::Text) || token.is("(")
}

/// What the grammar tried, in the words of an error: each once, in a fixed order.
fn expected(tried: &[Rule]) -> Vec<Expected> {
    let mut expected: Vec<Expected> = tried.iter().copied().filter_map(expectation).collect();
    expected.sort_unstable();
    expected.dedup();
    // An operand may be a text or a number: saying so again would hide what matters.
    if expected.contains(&Expected::Operand) {
        expected.retain(|what| !matches!(what, Expected::Text | Expected::Number | Expected::Name));
    }
    // What may be left out is of no use to who has left out what may not.
    if expected.contains(&Expected::OpenBlock) {
        expected.retain(|what| !matches!(what, Expected::English | Expected::BlankZero));
    }
    expected
}

fn expectation(tried: Rule) -> Option<Expected> {
    Some(match tried {
        Rule::ident | Rule::quoted | Rule::dotted => Expected::Name,
        Rule::kind => Expected::Kind,
        Rule::title | Rule::label | Rule::string | Rule::json_text | Rule::json_pair => Expected::Text,
        Rule::english | Rule::en_word => Expected::English,
        Rule::blank_zero | Rule::blank_word => Expected::BlankZero,
        Rule::for_word => Expected::For,
        Rule::because_word => Expected::Because,
        Rule::json_object => Expected::Document,
        Rule::json_array | Rule::json_number | Rule::json_word => Expected::JsonValue,
        Rule::close_object => Expected::CloseObject,
        Rule::expect | Rule::expect_word => Expected::Expect,
        Rule::under_word => Expected::Under,
        Rule::guard | Rule::when_word => Expected::Guard,
        Rule::expr
        | Rule::path
        | Rule::call
        | Rule::callee
        | Rule::bracketed
        | Rule::not
        | Rule::negative => Expected::Operand,
        Rule::literal | Rule::number => Expected::Number,
        Rule::list | Rule::range | Rule::bound => Expected::RangeOrList,
        Rule::implies
        | Rule::or
        | Rule::and
        | Rule::comparison
        | Rule::coalesce
        | Rule::plus
        | Rule::minus
        | Rule::times
        | Rule::over
        | Rule::tolerance
        | Rule::membership
        | Rule::within_word
        | Rule::in_word => Expected::Operator,
        Rule::colon => Expected::Colon,
        Rule::comma => Expected::Comma,
        Rule::bar => Expected::Bar,
        Rule::dots => Expected::Dots,
        Rule::close => Expected::CloseBracket,
        Rule::close_list => Expected::CloseList,
        Rule::open_brace => Expected::OpenBlock,
        Rule::section_word => Expected::Section,
        _ => return None,
    })
}
