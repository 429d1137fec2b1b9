//! Rule text to syntax tree.
//!
//! In: the text of one rule file. Out: an [`ast::File`] whose every node knows its bytes, or all the errors of the
//! file. This module knows nothing of documents, and does not look up a single name.
//!
//! ```text
//! text ── scan ──> tokens ── outline ──> one item ── bounds ──> pest (grammar/rules.pest) ── item, expression ──> AST
//!                                                       │            │
//!                                                  too deep …     explain: the failure in the author's words
//! ```
#![deny(clippy::arithmetic_side_effects)]

pub(crate) mod ast;
mod bounds;
mod cursor;
mod error;
mod explain;
mod expression;
mod grammar;
mod hint;
mod item;
mod json;
mod lost;
mod meant;
mod message;
mod outline;
mod parse;
mod place;
pub(crate) mod print;
mod scan;
mod symbols;
#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests;

pub use error::{Expected, SyntaxError, SyntaxErrorKind};
pub(crate) use parse::{Parsed, parse};
