//! Rule text to syntax tree.
//!
//! In: the text of one rule file. Out: an [`ast::File`] whose every node knows its bytes, or all the errors of the
//! file. This module knows nothing of documents, and does not look up a single name.

pub(crate) mod ast;
mod error;
mod parse;

pub use error::{SyntaxError, SyntaxErrorKind};
pub(crate) use parse::parse;
