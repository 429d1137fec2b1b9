//! The values of a document before they mean anything.
//!
//! JSON text becomes these, and so does a Rust value; one reader turns them into a [`Document`](super::Document), so
//! the two cannot drift apart. A number is its literal text: there is no float.

use std::borrow::Cow;
use std::sync::Arc;

use crate::source::Span;

/// Where a value stands.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its bytes in the source.
    pub(super) span: Span,
    /// The way to it, where it is a Rust value: its bytes are then only of a listing.
    pub(super) path: Option<Arc<str>>,
}

/// A value.
#[derive(Debug)]
pub(super) enum Value<'t> {
    Text(Literal<'t>),
    Number(Literal<'t>),
    Bool(Spot),
    Null(Spot),
    Object(Object<'t>),
    Array(Array<'t>),
}

/// A text or a number.
#[derive(Debug)]
pub(super) struct Literal<'t> {
    pub(super) value: Cow<'t, str>,
    pub(super) spot: Spot,
    /// The same without quotation marks.
    pub(super) bare: Spot,
}

/// Named values, in their order. Names may still stand twice.
#[derive(Debug)]
pub(super) struct Object<'t> {
    pub(super) properties: Vec<Property<'t>>,
    pub(super) spot: Spot,
}

#[derive(Debug)]
pub(super) struct Property<'t> {
    pub(super) name: Name<'t>,
    pub(super) value: Value<'t>,
}

#[derive(Debug)]
pub(super) struct Name<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) spot: Spot,
}

#[derive(Debug)]
pub(super) struct Array<'t> {
    pub(super) elements: Vec<Value<'t>>,
    pub(super) spot: Spot,
}

impl Name<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

impl Value<'_> {
    pub(super) fn spot(&self) -> &Spot {
        match self {
            Value::Text(literal) | Value::Number(literal) => &literal.spot,
            Value::Bool(spot) | Value::Null(spot) => spot,
            Value::Object(object) => &object.spot,
            Value::Array(array) => &array.spot,
        }
    }
}
