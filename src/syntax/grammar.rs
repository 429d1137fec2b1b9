//! The parser that pest generates from `grammar/rules.pest`.
//!
//! In a module of its own, because the generated code keeps none of this crate's lints. [`Rule`] never leaves
//! `syntax`.
#![allow(
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    reason = "written by pest_derive"
)]

/// Parses by `grammar/rules.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/rules.pest"]
pub(super) struct Grammar;
