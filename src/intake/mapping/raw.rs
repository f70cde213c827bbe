//! Fields `raw.…`: what signs ask of a body beyond the mapping, from what is left of it once credentials and wallet secrets
//! are out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::place::walk;
use super::{Batch, Trouble};
use crate::phrase::scrub_json;
use crate::playbook::RawPaths;

/// Values that one field takes.
const MOST_VALUES: usize = 64;

/// Characters of a value; the rest is cut off.
const MOST_CHARACTERS: usize = 1_024;

/// Bytes of all such fields of one delivery: what stands once in a body may belong to each of a thousand events.
const MOST_BYTES: usize = 1024 * 1024;

/// Values by the place of their field in [`RawPaths::fields`].
type Values = BTreeMap<usize, Vec<String>>;

impl Batch {
    /// Takes wallet secrets out of what is kept of the body and then gives each event the fields that are asked for: from
    /// its own element, or else from the whole body without the elements of other events.
    pub fn scrub(&mut self, asked: &RawPaths) {
        scrub_json(&mut self.redacted);
        if asked.is_empty() {
            return;
        }
        let body = &self.redacted;
        let elements = |at: &String| match walk(body, at)? {
            Value::Array(items) => Some(items.as_slice()),
            one => Some(std::slice::from_ref(one)),
        };
        let lists: Vec<&[Value]> = self.lists.iter().filter_map(elements).collect();
        let mut room = MOST_BYTES;
        for event in &mut self.events {
            let own = walk(body, &event.place);
            let mut values = Values::new();
            if let Some(own) = own {
                asked.read(own, &|items| items, &mut |field, text| keep(&mut values, field, &text));
            }
            if !own.is_some_and(|own| std::ptr::eq(own, body)) {
                let mut around = Values::new();
                let items = |items| only_own(items, &lists, own);
                asked.read(body, &items, &mut |field, text| keep(&mut around, field, &text));
                around.append(&mut values);
                values = around;
            }
            for (field, value) in values.into_iter().flat_map(|(field, list)| list.into_iter().map(move |v| (field, v)))
            {
                let Some(left) = room.checked_sub(value.len()) else {
                    self.troubles.push(Trouble { field: "raw".to_owned(), place: String::new(), converter: "room" });
                    return;
                };
                room = left;
                event.facts.add(&asked.fields()[field], value);
            }
        }
    }
}

fn keep(values: &mut Values, field: usize, text: &str) {
    let list = values.entry(field).or_default();
    if list.len() < MOST_VALUES {
        list.push(text.chars().take(MOST_CHARACTERS).collect());
    }
}

/// Of a list of elements the event's own one: the others may be about somebody else.
fn only_own<'a>(items: &'a [Value], lists: &[&[Value]], own: Option<&Value>) -> &'a [Value] {
    if !lists.iter().any(|list| std::ptr::eq(*list, items)) {
        return items;
    }
    let place = own.and_then(|own| items.iter().position(|item| std::ptr::eq(item, own)));
    place.map_or(&[], |place| &items[place..=place])
}
