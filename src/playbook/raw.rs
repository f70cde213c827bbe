//! The places in a sender's body that signs look at beyond the vocabulary: fields `raw.…`, as Sigma's rules bring them.
//!
//! Which body, and what may be read of it, is the mapping's matter.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::matcher::Matcher;
use super::network::{Asks, Place};
use super::set::{Kind, Test};
use crate::signal::raw_path;

/// Every field `raw.…` that some sign of a set asks for.
pub struct RawPaths {
    fields: Vec<String>,
    places: Vec<Place>,
}

impl RawPaths {
    pub(super) fn of(kinds: &[Kind]) -> Self {
        let mut fields = BTreeSet::new();
        let mut add = |field: &str| {
            if raw_path(field).is_some() {
                fields.insert(field.to_owned());
            }
        };
        for sign in kinds.iter().flat_map(|kind| &kind.groups).flat_map(|group| &group.signs) {
            match &sign.test {
                Test::Match(condition) => condition.each_atom(&mut |atom| {
                    add(&atom.field);
                    if let Asks::Field(other, ..) = &atom.asks {
                        add(other);
                    }
                }),
                Test::Correlate(correlation) => {
                    let matchers = [&correlation.matches].into_iter();
                    let matchers = matchers.chain(&correlation.together).chain(&correlation.then);
                    matchers.flat_map(Matcher::fields).for_each(&mut add);
                    correlation.distinct.iter().for_each(|(field, _)| add(field));
                }
                Test::Phrases | Test::Frames | Test::Learned => {}
            }
        }
        let fields: Vec<String> = fields.into_iter().collect();
        let places = Place::tree(fields.iter().filter_map(|field| raw_path(field)).zip(0..));
        Self { fields, places }
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The fields by name, `raw.` included.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Hands over every text, number and flag that stands at a wanted place of the value, with the place of its field
    /// among [`Self::fields`]. `items` says which items of a list are looked at, and a
    /// member is asked for like a list of itself.
    pub fn read<'a>(
        &self,
        value: &'a Value,
        items: &dyn Fn(&'a [Value]) -> &'a [Value],
        take: &mut dyn FnMut(usize, Cow<'a, str>),
    ) {
        self.walk((value, &self.places[0]), items, take);
    }

    fn walk<'a>(
        &self,
        (value, place): (&'a Value, &Place),
        items: &dyn Fn(&'a [Value]) -> &'a [Value],
        take: &mut dyn FnMut(usize, Cow<'a, str>),
    ) {
        let text = match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if let Some(next) = place.member(name) {
                        let next = &self.places[next as usize];
                        for one in items(std::slice::from_ref(member)) {
                            self.walk((one, next), items, take);
                        }
                    }
                }
                return;
            }
            Value::Array(list) => {
                for item in items(list) {
                    self.walk((item, place), items, take);
                }
                return;
            }
            Value::Null => return,
            Value::String(text) => Cow::Borrowed(text.as_str()),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Bool(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        };
        if let Some(field) = place.field() {
            take(field as usize, text);
        }
    }
}
