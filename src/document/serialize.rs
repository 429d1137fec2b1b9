//! Documents from Rust values.
//!
//! In: anything that serde can serialize. Out: the same values that JSON text becomes, for the same reader. A value has
//! no bytes, so its texts and numbers are listed, one a line, each after the way to it: the listing is the document's
//! source, and findings are shown in it. A float is refused where it stands, whatever it holds.

mod key;

use std::fmt::Display;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;
use serde::ser::{self, Serializer};

use super::value::{Array, Literal, Name, Object, Property, Spot, Value};
use super::{Document, DocumentError, DocumentErrorKind, json};
use crate::limits;
use crate::quantity::FigureError;
use crate::source::{Source, Span};

/// serde_json gives its numbers as a struct of this name, with one field of this name, where anything in the user's
/// build asks it for arbitrary precision.
const JSON_NUMBER: &str = "$serde_json::private::Number";

pub(super) fn read<T: Serialize + ?Sized>(name: String, value: &T) -> Result<Document, DocumentError> {
    let mut listing = Listing::default();
    match value.serialize(&mut listing) {
        Ok(value) => json::document(&Arc::new(Source::new(name, listing.text)), &value),
        Err(refused) => Err(DocumentError::on_path(&name, refused.kind, &refused.path.unwrap_or_default())),
    }
}

/// Why a value is no document, and the way to what is wrong.
#[derive(Debug)]
struct Refused {
    kind: DocumentErrorKind,
    path: Option<String>,
}

impl From<DocumentErrorKind> for Refused {
    fn from(kind: DocumentErrorKind) -> Refused {
        Refused { kind, path: None }
    }
}

impl Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Refused {}

/// What a type's own `Serialize` has to say.
impl ser::Error for Refused {
    fn custom<M: Display>(message: M) -> Refused {
        DocumentErrorKind::NotSerializable(message.to_string()).into()
    }
}

/// The texts and numbers of a value, one a line, and where the serializer is in it.
#[derive(Default)]
struct Listing {
    text: String,
    /// The way to the value at hand.
    path: String,
    depth: usize,
    /// Bytes of all the paths and literals so far: unlisted values take memory too.
    bytes: usize,
}

impl Listing {
    fn spot(&self, from: usize) -> Spot {
        Spot { span: Span::new(from, self.text.len()), path: Some(Arc::from(self.path.as_str())) }
    }

    /// Counts what a value takes, before it is taken.
    fn take(&mut self, literal: &str) -> Result<(), Refused> {
        // The colon, the space and the line feed.
        let line = self.path.len().saturating_add(literal.len()).saturating_add(3);
        self.bytes = self.bytes.saturating_add(line);
        if self.bytes > limits::DOCUMENT_BYTES { Err(DocumentErrorKind::TooLong.into()) } else { Ok(()) }
    }

    fn literal(&mut self, value: &str) -> Result<Literal<'static>, Refused> {
        self.take(value)?;
        self.text.push_str(&self.path);
        self.text.push_str(": ");
        let spot = {
            let from = self.text.len();
            self.text.push_str(value);
            self.spot(from)
        };
        self.text.push('\n');
        Ok(Literal { value: value.to_owned().into(), bare: spot.clone(), spot })
    }

    fn number(&mut self, number: impl Display) -> Result<Value<'static>, Refused> {
        self.literal(&number.to_string()).map(Value::Number)
    }

    fn nothing(&mut self) -> Result<Value<'static>, Refused> {
        self.literal("").map(|literal| Value::Null(literal.spot))
    }

    /// One level down; whatever wraps a value is a level, for each is a call on the stack.
    fn open(&mut self) -> Result<usize, Refused> {
        self.take("")?;
        self.depth = self.depth.saturating_add(1);
        if self.depth > limits::JSON_NESTING {
            return Err(DocumentErrorKind::NestedTooDeep.into());
        }
        Ok(self.text.len())
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    fn wrapped<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<Value<'static>, Refused> {
        self.open()?;
        let value = value.serialize(&mut *self)?;
        self.close();
        Ok(value)
    }

    /// A value one step further on; what is wrong in it, and does not yet say where, is wrong there.
    fn step<T: Serialize + ?Sized>(&mut self, step: Step<'_>, value: &T) -> Result<Value<'static>, Refused> {
        let (length, depth) = (self.path.len(), self.depth);
        self.go(step);
        let result = value.serialize(&mut *self).map_err(|refused| {
            let path = refused.path.unwrap_or_else(|| self.path.clone());
            Refused { path: Some(path), ..refused }
        });
        // A type's own `Serialize` may go on after an error.
        self.path.truncate(length);
        self.depth = depth;
        result
    }

    fn go(&mut self, step: Step<'_>) {
        match step {
            Step::Name(name) if self.path.is_empty() => self.path.push_str(name),
            Step::Name(name) => self.path.extend([".", name]),
            Step::Element(position) => {
                let _ = write!(self.path, "[{position}]");
            }
        }
    }

    /// A named value.
    fn property<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<Property<'static>, Refused> {
        let value = self.step(Step::Name(name), value)?;
        Ok(Property { name: Name { text: name.to_owned().into(), spot: value.spot().clone() }, value })
    }

    /// Into the variant of an enum, which is an object of one name.
    fn enter(&mut self, name: &'static str) -> Result<Variant, Refused> {
        let (from, length) = (self.open()?, self.path.len());
        self.go(Step::Name(name));
        Ok(Variant { name, from, length })
    }

    fn leave(&mut self, variant: Option<Variant>, value: Value<'static>) -> Value<'static> {
        self.close();
        let Some(variant) = variant else { return value };
        self.close();
        self.path.truncate(variant.length);
        let name = Name { text: variant.name.into(), spot: value.spot().clone() };
        Value::Object(Object { properties: vec![Property { name, value }], spot: self.spot(variant.from) })
    }

    fn list(&mut self, variant: Option<Variant>) -> Result<List<'_>, Refused> {
        Ok(List { from: self.open()?, listing: self, elements: Vec::new(), variant })
    }

    fn fields(&mut self, variant: Option<Variant>) -> Result<Fields<'_>, Refused> {
        Ok(Fields {
            from: self.open()?,
            listing: self,
            properties: Vec::new(),
            key: None,
            number: None,
            variant,
        })
    }
}

#[derive(Clone, Copy)]
enum Step<'n> {
    Name(&'n str),
    Element(usize),
}

/// A variant that holds more than its name, and how to come back from it.
struct Variant {
    name: &'static str,
    /// Where the listing was.
    from: usize,
    /// How long the path was.
    length: usize,
}

/// A sequence or a tuple at hand.
struct List<'l> {
    listing: &'l mut Listing,
    from: usize,
    elements: Vec<Value<'static>>,
    variant: Option<Variant>,
}

impl List<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Refused> {
        let position = Step::Element(self.elements.len());
        self.elements.push(self.listing.step(position, element)?);
        Ok(())
    }

    fn done(self) -> Value<'static> {
        let array = Array { elements: self.elements, spot: self.listing.spot(self.from) };
        self.listing.leave(self.variant, Value::Array(array))
    }
}

/// A map or a struct at hand.
struct Fields<'l> {
    listing: &'l mut Listing,
    from: usize,
    properties: Vec<Property<'static>>,
    /// The key of a map whose value is still to come.
    key: Option<String>,
    /// The number that it is after all: see [`JSON_NUMBER`].
    number: Option<Literal<'static>>,
    variant: Option<Variant>,
}

impl Fields<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused> {
        if name == JSON_NUMBER {
            if let Value::Text(literal) = value.serialize(&mut *self.listing)? {
                self.number = Some(literal);
            }
            return Ok(());
        }
        self.properties.push(self.listing.property(name, value)?);
        Ok(())
    }

    fn done(self) -> Value<'static> {
        let spot = self.listing.spot(self.from);
        let value = match self.number {
            Some(literal) => Value::Number(literal),
            None => Value::Object(Object { properties: self.properties, spot }),
        };
        self.listing.leave(self.variant, value)
    }
}

/// The methods that take a number and write it out.
macro_rules! whole_numbers {
    ($($method:ident: $number:ty),*) => {
        $(fn $method(self, number: $number) -> Result<Value<'static>, Refused> {
            self.number(number)
        })*
    };
}

impl<'l> Serializer for &'l mut Listing {
    type Ok = Value<'static>;
    type Error = Refused;
    type SerializeSeq = List<'l>;
    type SerializeTuple = List<'l>;
    type SerializeTupleStruct = List<'l>;
    type SerializeTupleVariant = List<'l>;
    type SerializeMap = Fields<'l>;
    type SerializeStruct = Fields<'l>;
    type SerializeStructVariant = Fields<'l>;

    whole_numbers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
    );

    fn serialize_f32(self, _: f32) -> Result<Value<'static>, Refused> {
        Err(DocumentErrorKind::Float.into())
    }

    fn serialize_f64(self, _: f64) -> Result<Value<'static>, Refused> {
        Err(DocumentErrorKind::Float.into())
    }

    fn serialize_bool(self, _: bool) -> Result<Value<'static>, Refused> {
        // The reader refuses it, as it does in JSON.
        self.take("")?;
        Ok(Value::Bool(self.spot(self.text.len())))
    }

    fn serialize_char(self, character: char) -> Result<Value<'static>, Refused> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<Value<'static>, Refused> {
        self.literal(text).map(Value::Text)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value<'static>, Refused> {
        Err(DocumentErrorKind::Figure(FigureError::NotAFigure).into())
    }

    fn serialize_none(self) -> Result<Value<'static>, Refused> {
        self.nothing()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value<'static>, Refused> {
        self.wrapped(value)
    }

    fn serialize_unit(self) -> Result<Value<'static>, Refused> {
        self.nothing()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value<'static>, Refused> {
        self.nothing()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value<'static>, Refused> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value<'static>, Refused> {
        self.wrapped(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value<'static>, Refused> {
        let mut fields = self.fields(None)?;
        fields.add(variant, value)?;
        Ok(fields.done())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'l>, Refused> {
        self.list(None)
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'l>, Refused> {
        self.list(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'l>, Refused> {
        self.list(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'l>, Refused> {
        let variant = self.enter(variant)?;
        self.list(Some(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'l>, Refused> {
        self.fields(None)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'l>, Refused> {
        self.fields(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'l>, Refused> {
        let variant = self.enter(variant)?;
        self.fields(Some(variant))
    }
}

/// serde has one trait for each kind of list and for each kind of object; here they are all the same.
macro_rules! lists {
    ($($kind:ident: $add:ident),*) => {
        $(impl ser::$kind for List<'_> {
            type Ok = Value<'static>;
            type Error = Refused;

            fn $add<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Refused> {
                self.add(element)
            }

            fn end(self) -> Result<Value<'static>, Refused> {
                Ok(self.done())
            }
        })*
    };
}

macro_rules! structs {
    ($($kind:ident),*) => {
        $(impl ser::$kind for Fields<'_> {
            type Ok = Value<'static>;
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Refused> {
                self.add(name, value)
            }

            fn end(self) -> Result<Value<'static>, Refused> {
                Ok(self.done())
            }
        })*
    };
}

lists!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);
structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Fields<'_> {
    type Ok = Value<'static>;
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.key = Some(key.serialize(key::Key)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        match self.key.take() {
            Some(key) => self.add(&key, value),
            None => Err(DocumentErrorKind::KeyNotText.into()),
        }
    }

    fn end(self) -> Result<Value<'static>, Refused> {
        Ok(self.done())
    }
}
