//! gouji
pub mod check;
pub mod document;
mod fold;
mod lang;
pub mod limits;
pub mod quantity;
mod read;
pub mod report;
pub mod ruleset;
mod source;
pub mod syntax;
pub use check::{Checker, Outcome, Report, Verdict};
pub use document::{Document, DocumentError};
pub use lang::Lang;
pub use read::Reader;
pub use ruleset::{RuleSet, RuleSetError, Severity};
pub use source::*;
