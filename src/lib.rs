//! gouji
#![allow(dead_code, reason = "scaffold")]
pub mod document;
mod fold;
mod lang;
pub mod limits;
pub mod quantity;
mod ruleset;
mod source;
pub use document::{Document, DocumentError};
pub use lang::Lang;
pub use source::*;
