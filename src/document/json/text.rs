//! JSON text to values, each with its bytes, each number with its literal text.

use std::sync::Arc;

use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::document::value::{Array, Literal, Name, Object, Property, Spot, Value};
use crate::document::{DocumentError, DocumentErrorKind};
use crate::limits;
use crate::source::{Source, Span};

/// Plain JSON: what the parser would also take is refused.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The value that a text is. Offsets in `text` are those of the source, whose name an error bears.
pub(super) fn parse<'t>(source: &Arc<Source>, text: &'t str) -> Result<Value<'t>, DocumentError> {
    let fail = |kind, span| DocumentError::at(source, kind, span);
    if let Some(bracket) = too_deep(text) {
        return Err(fail(DocumentErrorKind::NestedTooDeep, bracket));
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT)
        .map_err(|error| fail(DocumentErrorKind::NotJson(error.kind().to_string()), span(error.range())))?;
    parsed.value.map(value).ok_or_else(|| fail(DocumentErrorKind::NotAnObject, Span::new(0, 0)))
}

/// The bracket that opens one level too many, found before anything recurses.
fn too_deep(text: &str) -> Option<Span> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth = depth.saturating_add(1);
                if depth > limits::JSON_NESTING {
                    return Some(Span::new(at, at.saturating_add(1)));
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn value(parsed: ast::Value<'_>) -> Value<'_> {
    let spot = spot(parsed.range());
    match parsed {
        ast::Value::StringLit(literal) => {
            let Range { start, end } = literal.range;
            let bare = Spot { span: Span::new(start.saturating_add(1), end.saturating_sub(1)), path: None };
            Value::Text(Literal { value: literal.value, spot, bare })
        }
        ast::Value::NumberLit(literal) => {
            Value::Number(Literal { value: literal.value.into(), bare: spot.clone(), spot })
        }
        ast::Value::BooleanLit(_) => Value::Bool(spot),
        ast::Value::NullKeyword(_) => Value::Null(spot),
        ast::Value::Object(object) => {
            Value::Object(Object { properties: object.properties.into_iter().map(property).collect(), spot })
        }
        ast::Value::Array(array) => {
            Value::Array(Array { elements: array.elements.into_iter().map(value).collect(), spot })
        }
    }
}

fn property(parsed: ast::ObjectProp<'_>) -> Property<'_> {
    let spot = spot(parsed.name.range());
    let text = match parsed.name {
        ObjectPropName::String(literal) => literal.value,
        ObjectPropName::Word(literal) => literal.value.into(),
    };
    Property { name: Name { text, spot }, value: value(parsed.value) }
}

fn spot(range: Range) -> Spot {
    Spot { span: span(range), path: None }
}

fn span(range: Range) -> Span {
    Span::new(range.start, range.end)
}
