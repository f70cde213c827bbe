//! The way of one delivery through a mapping.

use std::collections::BTreeSet;

use axum::http::HeaderMap;
use serde_json::Value;

use super::field::{Taken, Trouble};
use super::json::{Limits, Reader, Undecodable};
use super::place::{Scene, spread};
use super::subject::Subject;
use super::{Batch, Each, Event, Ignore, Mapping, form, unwrap};
use crate::time::Timestamp;

/// Why a second event with the key of a first one is left out of the same batch.
const REPEATED: &str = "repeated-in-delivery";

/// Why a batch without elements gives nothing.
const EMPTY: &str = "empty-batch";

/// The sender's own name of an event is kept in this field.
const EVENT: &str = "event";

/// What is kept of that name at most.
const EVENT_CHARACTERS: usize = 1_024;

type Element<'a> = (&'a Each, String, &'a Value);

impl Mapping {
    /// Says what a verified delivery means. One element that cannot be read does not lose the others.
    pub fn apply(&self, headers: &HeaderMap, body: &[u8], received: Timestamp) -> Result<Batch, Undecodable> {
        let mut reader = Reader::new(Limits { bytes: self.transport.max_bytes, ..Limits::DEFAULT });
        let mut troubles = Vec::new();
        let text = reader.text(body)?;
        let mut body = match form::kind(headers, &self.transport.content_types) {
            Some(kind) => unwrap::rest(&self.steps, form::read(kind, text, &mut reader)?, &mut reader, &mut troubles)?,
            None => unwrap::open(&self.steps, text, &mut reader, &mut troubles)?,
        };
        let whole = Scene { headers, body: &body, element: &body };
        let mut batch =
            Batch { events: Vec::new(), ignored: Vec::new(), troubles, redacted: Value::Null, lists: Vec::new() };
        if let Some(rule) = self.ignore.iter().find(|rule| !rule.when.of_element() && rule.when.fits(whole)) {
            batch.ignored.push(rule.reason.clone());
        } else {
            self.fill(&mut batch, whole, received);
        }
        batch.lists = self.each.iter().flat_map(|each| spread(&body, &each.at)).map(|(place, _)| place).collect();
        for redaction in &self.redact {
            redaction.apply(&mut body);
        }
        batch.redacted = body;
        Ok(batch)
    }

    fn fill(&self, batch: &mut Batch, whole: Scene<'_>, received: Timestamp) {
        let mut keys = BTreeSet::new();
        let is_empty_list = |each: &Each| {
            spread(whole.body, &each.at).iter().any(|(_, value)| value.as_array().is_some_and(Vec::is_empty))
        };
        for (each, place, element) in self.elements(whole, &mut batch.troubles) {
            let scene = Scene { element, ..whole };
            if let Some(Ignore { reason, .. }) =
                self.ignore.iter().find(|rule| rule.when.of_element() && rule.when.fits(scene))
            {
                batch.ignored.push(reason.clone());
                continue;
            }
            let event = self.event((each, place), scene, received, &mut batch.troubles);
            if keys.insert(event.key.clone()) {
                batch.events.push(event);
            } else {
                batch.ignored.push(REPEATED.to_owned());
            }
        }
        if batch.is_unmapped() && batch.troubles.is_empty() && self.each.iter().any(is_empty_list) {
            batch.ignored.push(EMPTY.to_owned());
        }
    }

    /// Elements with what reads them and the pointers to where they stand.
    fn elements<'a>(&'a self, whole: Scene<'a>, troubles: &mut Vec<Trouble>) -> Vec<Element<'a>> {
        let mut elements = Vec::new();
        for fallback in [false, true] {
            let mut found = false;
            for each in self.each.iter().filter(|each| each.fallback == fallback) {
                for (at, value) in spread(whole.body, &each.at) {
                    let (values, is_list) = match value {
                        Value::Array(values) => (values.as_slice(), true),
                        Value::Null => continue,
                        one => (std::slice::from_ref(one), false),
                    };
                    found = true;
                    for (number, element) in values.iter().enumerate() {
                        let place = if is_list { format!("{at}/{number}") } else { at.clone() };
                        if !element.is_object() {
                            troubles.push(Trouble { field: "each".to_owned(), place, converter: "object" });
                        } else if !fallback || each.kind.is_named(Scene { element, ..whole }) {
                            // What is no event at all would else come out as an unclassified one.
                            elements.push((each, place, element));
                        }
                    }
                }
            }
            if found {
                break;
            }
        }
        elements
    }

    fn event(
        &self,
        (each, place): (&Each, String),
        scene: Scene<'_>,
        received: Timestamp,
        troubles: &mut Vec<Trouble>,
    ) -> Event {
        let mut taken = Taken::default();
        for field in each.fields.values() {
            field.read(scene, received, &mut taken);
        }
        let (kind, word) = each.kind.choose(scene);
        let Taken { mut facts, troubles: of_fields } = taken;
        troubles.extend(of_fields);
        facts.set("source", self.source.clone());
        facts.set("kind", kind);
        let chosen = self.severity.choose(scene);
        facts.set("severity", chosen.severity);
        if !chosen.is_checked {
            facts.set("severity-unchecked", "true");
        }
        if let Some(word) = word.filter(|_| !facts.has(EVENT))
            && let Ok(word) = crate::text::clean_name(&word, EVENT_CHARACTERS)
        {
            facts.set(EVENT, word);
        }
        let subject: Vec<_> = self.subjects.iter().flat_map(|subject| subject.candidates(&facts)).collect();
        if subject.is_empty() && !self.subjects.iter().any(Subject::may_be_absent) && !self.subjects.is_empty() {
            troubles.push(Trouble { field: "subject".to_owned(), place: each.at.clone(), converter: "present" });
        }
        Event {
            key: self.key.of(&self.source, kind, scene),
            effect: self.effects.choose(scene),
            incident_key: self.effects.incident_key(&self.source, scene),
            facts,
            subject,
            place,
        }
    }
}
