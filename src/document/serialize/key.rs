//! The keys of maps, which are the names of fields.

use serde::Serialize;
use serde::ser::{Impossible, Serializer};

use super::Refused;
use crate::document::DocumentErrorKind;

/// Takes what is a name: a text, a whole number in digits, a variant without more.
pub(super) struct Key;

/// The methods that take a number and write it out.
macro_rules! in_digits {
    ($($method:ident: $number:ty),*) => {
        $(fn $method(self, number: $number) -> Result<String, Refused> {
            Ok(number.to_string())
        })*
    };
}

/// The methods that take what is no name.
macro_rules! no_name {
    ($($method:ident($($argument:ty),*) -> $ok:ty),* $(,)?) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$ok, Refused> {
            Err(DocumentErrorKind::KeyNotText.into())
        })*
    };
}

type No = Impossible<String, Refused>;

impl Serializer for Key {
    type Ok = String;
    type Error = Refused;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStruct = No;
    type SerializeStructVariant = No;

    in_digits!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_char: char, serialize_str: &str
    );

    no_name!(
        serialize_bool(bool) -> String,
        serialize_f32(f32) -> String,
        serialize_f64(f64) -> String,
        serialize_bytes(&[u8]) -> String,
        serialize_none() -> String,
        serialize_unit() -> String,
        serialize_unit_struct(&'static str) -> String,
        serialize_seq(Option<usize>) -> No,
        serialize_tuple(usize) -> No,
        serialize_tuple_struct(&'static str, usize) -> No,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No,
        serialize_map(Option<usize>) -> No,
        serialize_struct(&'static str, usize) -> No,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No,
    );

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<String, Refused> {
        Err(DocumentErrorKind::KeyNotText.into())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<String, Refused> {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<String, Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<String, Refused> {
        Err(DocumentErrorKind::KeyNotText.into())
    }
}
