//! From the tree to a type of ours. The error is a place and a rule, never a value: `serde_json`'s own error is a
//! sentence that repeats what was sent (OUT-09).

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StringDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::json::Tree;
use crate::web::problem::Problem;

/// A rule of ours and where it is broken, like `wallets[0].chain`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    place: String,
    rule: &'static str,
}

/// A name from outside is only repeated when it looks like a name, so that a secret put in its place is not.
fn looks_like_a_name(place: &str) -> bool {
    place.len() <= 40 && place.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.[]".contains(&byte))
}

impl Fault {
    pub(super) fn new(rule: &'static str) -> Self {
        Self { place: String::new(), rule }
    }

    pub(super) fn under(mut self, place: &str) -> Self {
        let place = if looks_like_a_name(place) { place } else { "?" };
        let join = if self.place.is_empty() || self.place.starts_with('[') { "" } else { "." };
        self.place = format!("{place}{join}{}", self.place);
        self
    }

    pub(super) fn into_problem(self, problem: Problem) -> Problem {
        let place = if self.place.is_empty() { "body".to_owned() } else { self.place };
        problem.field(place, self.rule)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} breaks the rule {}", self.place, self.rule)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("invalid")
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::new("type")
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::new("value")
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self::new("length")
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("choice")
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::new("unknown").under(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("required").under(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new("repeated").under(field)
    }
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Truth(truth) => visitor.visit_bool(truth),
            Self::Number(number) => {
                if let Some(whole) = number.as_u64() {
                    visitor.visit_u64(whole)
                } else if let Some(whole) = number.as_i64() {
                    visitor.visit_i64(whole)
                } else {
                    visitor.visit_f64(number.as_f64().ok_or(Fault::new("number"))?)
                }
            }
            Self::Text(text) => visitor.visit_string(text),
            Self::List(items) => {
                let mut items = Items { items: items.into_iter(), at: 0 };
                let value = visitor.visit_seq(&mut items)?;
                if items.items.next().is_some() { Err(Fault::new("length")) } else { Ok(value) }
            }
            Self::Object(entries) => visitor.visit_map(Entries { entries: entries.into_iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    /// A list in place of an object would name its fields by their order only.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if matches!(self, Self::List(_)) { Err(Fault::new("type")) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Self::Text(text) => visitor.visit_enum::<StringDeserializer<Fault>>(text.into_deserializer()),
            Self::Object(entries) if entries.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(Entries { entries: entries.into_iter(), value: None }))
            }
            _ => Err(Fault::new("type")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

impl IntoDeserializer<'_, Fault> for Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Items {
    items: std::vec::IntoIter<Tree>,
    at: usize,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let place = format!("[{}]", self.at);
        self.at += 1;
        seed.deserialize(item).map(Some).map_err(|fault| fault.under(&place))
    }
}

struct Entries {
    entries: std::vec::IntoIter<(String, Tree)>,
    value: Option<(String, Tree)>,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some((key.clone(), value));
        let key: StringDeserializer<Fault> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let (key, value) = self.value.take().ok_or(Fault::new("type"))?;
        seed.deserialize(value).map_err(|fault| fault.under(&key))
    }
}
