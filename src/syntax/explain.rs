//! A failure of the grammar in the words of who wrote the rule.
//!
//! pest says at which byte it could not go on and which rules it tried there. The token at that byte, the ones beside it
//! and what the item looks like tell what the author meant.

use pest::error::{ErrorVariant, InputLocation};

use super::error::{Expected, SyntaxError, SyntaxErrorKind as Kind};
use super::grammar::Rule;
use super::outline::{Start, wants_more};
use super::scan::{RESERVED, Token, TokenKind};
use super::symbols::operator_word;
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
    let failure = Failure {
        item,
        at: at.unwrap_or(item.tokens.len()),
        expected: match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => expected(positives),
            ErrorVariant::CustomError { .. } => Vec::new(),
        },
    };
    match failure.token(0) {
        Some(found) => failure.found(found),
        None => failure.ends_early(),
    }
}

struct Failure<'f, 't, 's> {
    item: &'f Refused<'t, 's>,
    /// The token that could not be read; past the last one where the item ends too early.
    at: usize,
    expected: Vec<Expected>,
}

impl<'s> Failure<'_, '_, 's> {
    /// The failing token's neighbour so many places on.
    fn token(&self, distance: isize) -> Option<&Token<'s>> {
        self.item.tokens.get(self.at.checked_add_signed(distance)?)
    }

    fn expects(&self, what: Expected) -> bool {
        self.expected.contains(&what)
    }

    fn has_colon_before(&self, at: usize) -> bool {
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
        let span = last.map_or(Span::new(0, 0), Token::span);
        let kind = match (self.item.next, last) {
            (Some(next), _) if next.kind == TokenKind::Doc && next.starts_line => {
                return SyntaxError::new(Kind::DocInside, next.span());
            }
            _ if self.lacks_colon() => Kind::MissingColon,
            (_, Some(last)) if wants_more(last) => Kind::MissingOperand { after: last.text.to_owned() },
            _ => Kind::Unexpected { found: None, expected: self.expected.clone() },
        };
        SyntaxError::new(kind, span)
    }

    fn found(&self, found: &Token<'s>) -> SyntaxError {
        let guesses = [
            self.chinese_operator(found),
            self.not_yet(found),
            self.unknown_item(found),
            self.missing_severity(found),
            self.path_symbol(found),
            self.comma_in_number(found),
        ];
        if let Some(error) = guesses.into_iter().flatten().next() {
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
            self.side_by_side(found).unwrap_or(Kind::Unexpected {
                found: Some(found.text.to_owned()),
                expected: self.expected.clone(),
            })
        };
        SyntaxError::new(kind, found.span())
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

    /// `且` for `and`, here or, as a prefix, right before.
    fn chinese_operator(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let meant = |token: &Token<'s>| {
            let instead = operator_word(token.text).filter(|_| token.kind == TokenKind::Word)?.to_owned();
            let found = token.text.to_owned();
            Some(SyntaxError::new(Kind::WrongSymbol { found, instead }, token.span()))
        };
        let before = self.token(-1).filter(|before| operator_word(before.text) == Some("not"));
        meant(found).filter(|_| self.at > 0).or_else(|| meant(before?))
    }

    /// `en "…"` behind a title.
    fn not_yet(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let text = self.token(1).filter(|next| next.kind == TokenKind::Text);
        let word = found.is("en").then_some(found.text.to_owned()).filter(|_| text.is_some())?;
        Some(SyntaxError::new(Kind::NotYet { word }, found.span()))
    }

    /// `msut split: a == b`, `secton s { … }`
    fn unknown_item(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let word = self.token(-1).filter(|word| word.kind == TokenKind::Word && self.at == 1)?;
        let heads = (found.is_name() || found.kind == TokenKind::Text) && !found.starts_line;
        let is_item =
            self.has_colon_before(self.item.tokens.len()) || self.item.next.is_some_and(|next| next.is("{"));
        let is_unknown = self.item.start == Start::Assertion && heads && is_item;
        is_unknown.then(|| SyntaxError::new(Kind::UnknownItem { word: word.text.to_owned() }, word.span()))
    }

    /// `split: a == b`
    fn missing_severity(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let name = self.item.tokens.first().filter(|_| self.item.start == Start::Field && self.at >= 2)?;
        let is_expression = wants_more(found) && !found.is_one_of(&["|", ":", ",", "("])
            || found.kind == TokenKind::Number
            || self.at == 2 && found.is("(");
        is_expression
            .then(|| SyntaxError::new(Kind::MissingSeverity { name: name.text.to_owned() }, name.span()))
    }

    /// A `.` or `@` with blanks around it, or after what is no name.
    fn path_symbol(&self, found: &Token<'s>) -> Option<SyntaxError> {
        let symbol =
            [self.token(-1), Some(found)].into_iter().flatten().find(|token| token.is_one_of(&[".", "@"]))?;
        let index = self.item.tokens.iter().position(|token| token.start == symbol.start)?;
        let before = index.checked_sub(1).and_then(|before| self.item.tokens.get(before));
        let after = self.item.tokens.get(index.saturating_add(1));
        let is_path = before.is_some_and(|before| before.is_name() || before.kind == TokenKind::Number);
        let is_apart = before.is_some_and(|before| before.end() != symbol.start)
            || after.is_some_and(|after| after.start != symbol.end());
        let is_apart = is_path && is_apart;
        let text = symbol.text.to_owned();
        let kind = if is_apart {
            Kind::BlankInPath { symbol: text }
        } else {
            Kind::MisplacedPathSymbol { symbol: text }
        };
        Some(SyntaxError::new(kind, symbol.span()))
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

fn ends_operand(token: &Token<'_>) -> bool {
    token.is_name()
        || matches!(token.kind, TokenKind::Number | TokenKind::Text)
        || token.is_one_of(&[")", "]"])
}

fn starts_operand(token: &Token<'_>) -> bool {
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
    expected
}

fn expectation(tried: Rule) -> Option<Expected> {
    Some(match tried {
        Rule::ident | Rule::quoted => Expected::Name,
        Rule::kind => Expected::Kind,
        Rule::title | Rule::label | Rule::string => Expected::Text,
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
