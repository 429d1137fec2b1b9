//! What a mistake may have cost: a name that goes missing must not be reported as unknown wherever it is used.
//!
//! Told from the tokens and the error alone, and on the safe side: a broken rule that may have swallowed the field
//! below it counts as a declaration lost.

use super::ast::ExprKind;
use super::error::{SyntaxError, SyntaxErrorKind as Kind};
use super::outline::Start;
use super::place::Piece;
use super::scan::Token;

/// What a file may have lost to its mistakes, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lost {
    /// Rules at most.
    Nothing,
    /// A line that is surely no rule only in a file of bare assertions.
    Line,
    /// A field, a section, or another item that declares names.
    Declaration,
}

/// What is lost with an item that could not be read.
pub(super) fn with_item(start: Start, tokens: &[Token<'_>], errors: &[SyntaxError]) -> Lost {
    match start {
        Start::Section | Start::Table | Start::Use | Start::Unit => Lost::Declaration,
        Start::Field if errors.iter().any(is_of_rule) => swallowed(tokens, errors),
        Start::Field => Lost::Declaration,
        Start::Assertion if errors.iter().any(is_of_rule) => swallowed(tokens, errors),
        // `blank = 0` in the wrong place, and nothing with it.
        Start::Assertion if tokens.len() == 3 && errors.iter().all(is_of_blank) => Lost::Nothing,
        Start::Assertion => Lost::Line,
        Start::RuleSet | Start::Each | Start::Rule | Start::Waive | Start::Test | Start::Expect => {
            swallowed(tokens, errors)
        }
    }
}

/// Whether an item that was read and does not belong where it stands may have been meant for a declaration.
pub(super) fn unclear(piece: &Piece) -> bool {
    let Piece::Assertion(assertion) = piece else { return false };
    !matches!(
        assertion.body.node,
        ExprKind::Chain { .. }
            | ExprKind::InRange { .. }
            | ExprKind::InList { .. }
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Implies(..)
    )
}

/// Whether an error says that its item is a rule.
fn is_of_rule(error: &SyntaxError) -> bool {
    match error.kind() {
        Kind::MissingSeverity { .. } => true,
        Kind::WrongSymbol { instead, .. } => matches!(instead.as_str(), "must" | "should"),
        _ => false,
    }
}

fn is_of_blank(error: &SyntaxError) -> bool {
    *error.kind() == Kind::BlankNotInHead
}

/// What an item with a mistake took that may not have been its own: lines below it.
fn swallowed(tokens: &[Token<'_>], errors: &[SyntaxError]) -> Lost {
    let mut below = tokens.iter().skip(1).filter(|token| token.starts_line);
    let has_no_end = |error: &SyntaxError| {
        matches!(
            error.kind(),
            Kind::UnclosedBracket { .. } | Kind::MissingColon | Kind::Unexpected { found: None, .. }
        )
    };
    let starts_line = |token: &Token<'_>| errors.iter().any(|error| error.span().start() == token.start);
    let is_open = errors.iter().any(has_no_end);
    if below.any(|token| is_open || starts_line(token)) { Lost::Line } else { Lost::Nothing }
}
