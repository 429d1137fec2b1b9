//! Exact quantities: what a printed figure says, and what it may stand for.
//!
//! In: the characters of a figure. Out: an [`Amount`] with its [`Unit`], the [`Rational`] it equals, and the
//! interval of unrounded values that print as it does. Nothing here rounds silently, and no float exists: an
//! operation that cannot be exact returns nothing and its caller says so.
#![deny(clippy::arithmetic_side_effects)]

mod amount;
mod figure;
mod interval;
mod rational;
mod unit;

pub use amount::{Amount, Quantity};
pub use figure::FigureError;
pub(crate) use figure::{PrintedNumber, number_prefix, parted_number_prefix};
pub(crate) use interval::Interval;
pub use interval::Precision;
pub use rational::{Printed, Rational};
pub use unit::Unit;
pub(crate) use unit::may_count;
