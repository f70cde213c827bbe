//! The way of JSON into the network while it is parsed: wanted places are walked to, all else is skipped, no tree is built.
//!
//! Lists give all their elements.
//! Numbers are kept as written (with `arbitrary_precision`, `serde_json` hands over what is no plain integer as an object
//! with one member of a private name); an object of that shape from outside is read as the number it spells.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::place::Place;
use super::{Network, Pass, Scratch};

/// The name under which `serde_json` hands over a number.
const NUMBER: &str = "$serde_json::private::Number";

impl Network {
    /// The rules that hold for a JSON text, in the order of their numbers. The error is that of a text which is not JSON.
    pub fn over_json<'a>(&'a self, json: &[u8], scratch: &'a mut Scratch) -> Result<&'a [u32], serde_json::Error> {
        let json = str::from_utf8(json).map_err(serde_json::Error::custom)?;
        let mut pass = self.pass(scratch);
        let mut reader = serde_json::Deserializer::from_str(json);
        Walk { pass: &mut pass, place: &self.places[0] }.deserialize(&mut reader)?;
        reader.end()?;
        Ok(pass.holding())
    }
}

struct Walk<'w, 'n> {
    pass: &'w mut Pass<'n>,
    place: &'n Place,
}

impl Walk<'_, '_> {
    fn text(self, text: &str) {
        if let Some(field) = self.place.field() {
            self.pass.value(field, text);
        }
    }

    fn number(self, number: impl fmt::Display) {
        if self.place.field().is_some() {
            self.text(&number.to_string());
        }
    }

    fn exists(&mut self) {
        if let Some(field) = self.place.field() {
            self.pass.exists(field);
        }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut first = true;
        while let Some(key) = members.next_key_seed(Key(self.place))? {
            match key {
                Found::Number if first => {
                    let number: String = members.next_value()?;
                    self.text(&number);
                    return while_skipping(members);
                }
                Found::Member(next) => {
                    let place = &self.pass.network.places[next as usize];
                    members.next_value_seed(Walk { pass: &mut *self.pass, place })?;
                }
                Found::Number | Found::Other => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
            first = false;
        }
        self.exists();
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        self.exists();
        while elements.next_element_seed(Walk { pass: &mut *self.pass, place: self.place })?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.text(text);
        Ok(())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.text(if flag { "true" } else { "false" });
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

fn while_skipping<'de, A: MapAccess<'de>>(mut members: A) -> Result<(), A::Error> {
    while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Looks a member's name up without keeping it.
struct Key<'n>(&'n Place);

enum Found {
    Member(u32),
    Number,
    Other,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Found, E> {
        Ok(match self.0.member(name) {
            Some(place) => Found::Member(place),
            None if name == NUMBER => Found::Number,
            None => Found::Other,
        })
    }
}
