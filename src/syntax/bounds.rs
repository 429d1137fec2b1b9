//! What is refused before a parser sees it: too much, too deep, and brackets that do not pair.
//!
//! pest, the tree and everything that walks it recurse with the nesting of an expression, so its depth is counted on the
//! tokens, in one loop.

use super::error::{SyntaxError, SyntaxErrorKind as Kind};
use super::outline::wants_more;
use super::scan::{Token, TokenKind};
use crate::limits;

/// Checks the tokens of one item.
pub(super) fn check(tokens: &[Token<'_>]) -> Result<(), SyntaxError> {
    nesting(tokens)?;
    terms(tokens)?;
    bytes(tokens)?;
    brackets(tokens)
}

fn bytes(tokens: &[Token<'_>]) -> Result<(), SyntaxError> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) if last.end().saturating_sub(first.start) > limits::RULE_BYTES => {
            Err(SyntaxError::new(Kind::RuleTooLong, first.span()))
        }
        _ => Ok(()),
    }
}

/// Operands of each expression: what follows a rule's colon or its `when` is counted anew.
fn terms(tokens: &[Token<'_>]) -> Result<(), SyntaxError> {
    let mut terms: usize = 0;
    let mut before: Option<&Token<'_>> = None;
    let mut is_code = false;
    for token in tokens {
        let is_operand = match token.kind {
            TokenKind::Number | TokenKind::Text => true,
            TokenKind::Word | TokenKind::Quoted => token.is_name(),
            TokenKind::Doc | TokenKind::Json | TokenKind::Symbol => false,
        };
        let is_rest_of_path = before.is_some_and(|before| before.is_one_of(&[".", "@"]));
        if token.is_one_of(&[":", "when"]) {
            terms = 0;
        } else if is_operand && !is_rest_of_path && !is_code {
            terms = terms.saturating_add(1);
        }
        if terms > limits::EXPRESSION_TERMS {
            return Err(SyntaxError::new(Kind::TooManyTerms, token.span()));
        }
        // `t["2013201"].total` is one term.
        is_code = token.is("[") && before.is_some_and(Token::is_name);
        before = Some(token);
    }
    Ok(())
}

/// The unary operators that are open within one bracket.
#[derive(Default)]
struct Level {
    signs: usize,
    nots: usize,
}

fn nesting(tokens: &[Token<'_>]) -> Result<(), SyntaxError> {
    let mut outer: Vec<Level> = Vec::new();
    let mut level = Level::default();
    let mut depth: usize = 0;
    let mut before: Option<&Token<'_>> = None;
    for token in tokens {
        let is_first = before.is_none_or(wants_more);
        before = Some(token);
        if token.is_one_of(&["(", "["]) {
            outer.push(std::mem::take(&mut level));
            depth = depth.saturating_add(1);
        } else if token.is("not") {
            level.nots = level.nots.saturating_add(1);
            depth = depth.saturating_add(1);
        } else if token.is("-") && is_first {
            level.signs = level.signs.saturating_add(1);
            depth = depth.saturating_add(1);
        } else if token.is_one_of(&[")", "]"]) {
            depth = depth.saturating_sub(level.nots).saturating_sub(level.signs);
            level = outer.pop().unwrap_or_default();
            depth = outer_depth(depth, &mut level);
        } else if token.is_one_of(&["and", "or", "implies", ",", ":", "when"]) {
            depth = depth.saturating_sub(level.nots).saturating_sub(level.signs);
            level = Level::default();
        } else if !wants_more(token) {
            depth = depth.saturating_sub(std::mem::take(&mut level.signs));
        }
        if depth > limits::EXPRESSION_NESTING {
            return Err(SyntaxError::new(Kind::NestedTooDeep, token.span()));
        }
    }
    Ok(())
}

/// The depth after a bracket has closed: the bracket, and the signs that stood before it.
fn outer_depth(depth: usize, level: &mut Level) -> usize {
    depth.saturating_sub(1).saturating_sub(std::mem::take(&mut level.signs))
}

fn brackets(tokens: &[Token<'_>]) -> Result<(), SyntaxError> {
    let mut open: Vec<&Token<'_>> = Vec::new();
    for token in tokens {
        let opening = match token.reads {
            _ if token.kind != TokenKind::Symbol => continue,
            "(" | "[" => {
                open.push(token);
                continue;
            }
            ")" => "(",
            "]" => "[",
            _ => continue,
        };
        let closed = open.pop().ok_or_else(|| {
            SyntaxError::new(Kind::UnopenedBracket { bracket: token.reads.to_owned() }, token.span())
        })?;
        if !closed.is(opening) {
            return Err(unclosed(closed));
        }
    }
    open.first().map_or(Ok(()), |token| Err(unclosed(token)))
}

fn unclosed(token: &Token<'_>) -> SyntaxError {
    SyntaxError::new(Kind::UnclosedBracket { bracket: token.reads.to_owned() }, token.span())
}
