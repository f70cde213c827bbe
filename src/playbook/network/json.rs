//! The way of JSON into the network while it is parsed: wanted places are walked to, all else is skipped, no tree is built.
//!
//! A field `a.b` stands for member `b` of the object `a`, and for a member called `a.b`. Lists give all their elements.
//! Numbers are kept as written (with `arbitrary_precision`, `serde_json` hands over what is no plain integer as an object
//! with one member of a private name); an object of that shape from outside is read as the number it spells.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Map, Network, Pass, Scratch};

/// The name under which `serde_json` hands over a number.
const NUMBER: &str = "$serde_json::private::Number";

/// A place in JSON that some rule wants, or that is on the way to one.
#[derive(Default)]
pub(super) struct Place {
    field: Option<u32>,
    members: Map<Box<str>, u32>,
}

impl Place {
    /// All places on the way to these fields; the first is that of the whole.
    pub fn tree(fields: &Map<Box<str>, u32>) -> Vec<Self> {
        let mut places = vec![Self::default()];
        for (name, field) in fields {
            let (mut at, mut rest) = (0, &**name);
            loop {
                // The rest of a name may also be one member that has points in its own name.
                let end = step(&mut places, at, rest);
                places[end].field = Some(*field);
                let Some((head, tail)) = rest.split_once('.') else { break };
                at = step(&mut places, at, head);
                rest = tail;
            }
        }
        places
    }
}

fn step(places: &mut Vec<Place>, from: usize, member: &str) -> usize {
    let next = u32::try_from(places.len()).expect("fewer places than bytes of memory");
    let to = *places[from].members.entry(member.into()).or_insert(next);
    if to == next {
        places.push(Place::default());
    }
    to as usize
}

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
        if let Some(field) = self.place.field {
            self.pass.value(field, text);
        }
    }

    fn number(self, number: impl fmt::Display) {
        if self.place.field.is_some() {
            self.text(&number.to_string());
        }
    }

    fn exists(&mut self) {
        if let Some(field) = self.place.field {
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
        while let Some(key) = members.next_key_seed(Key(&self.place.members))? {
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
struct Key<'n>(&'n Map<Box<str>, u32>);

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
        Ok(match self.0.get(name) {
            Some(place) => Found::Member(*place),
            None if name == NUMBER => Found::Number,
            None => Found::Other,
        })
    }
}
