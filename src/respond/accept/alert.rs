//! A verified delivery of a source: copies suppressed element by element, the rest joined to the incidents of their subjects.

use super::batch::{Batch, delivery_key, digest};
use super::{AlertAnswer, AlertArrival, Candidate, Incoming, Outcome, delivered};
use crate::audit::Actor;
use crate::id::{Id, of};
use crate::respond::{Room, sources};
use crate::seal::{Place, Purpose};
use crate::signal::Signal;
use crate::store::aliases::Alias;
use crate::store::conflicts::{self, ConflictRow};
use crate::store::deliveries::{Asked, Delivery, Event};
use crate::store::observables::Observable;
use crate::store::source_hours::Hour;
use crate::store::unmapped::{self, UnmappedRow};
use crate::store::{Result, Tx};

/// Fields whose values tie incidents of different subjects together.
const OBSERVED: [&str; 8] = ["to", "from", "spender", "contract", "tx", "domain", "ip", "device"];

/// What a value is looked up by: the kind that a report would give it, so that alerts and reports meet; else its field.
fn seen_in(field: &str, value: &str) -> Vec<(String, String)> {
    let found: Vec<_> = crate::text::find(value)
        .into_iter()
        .map(|seen| (seen.observable.kind.to_string(), seen.observable.value))
        .collect();
    if found.is_empty() { vec![(field.to_owned(), value.to_owned())] } else { found }
}

/// What an element of a delivery became.
enum Became {
    Signal(Id<of::Signal>),
    /// It came before.
    Copy,
    /// A maintenance window or a snooze rule covers it.
    SetAside,
}

impl Batch {
    /// Takes in a delivery and counts it for its source.
    pub(super) async fn alert(&mut self, tx: &mut Tx, room: &Room, alert: &AlertArrival) -> Result<Outcome> {
        let aside = self.aside.len();
        let outcome = self.take(tx, room, alert).await?;
        let aside = i64::try_from(self.aside.len() - aside).unwrap_or(i64::MAX);
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let hour = self.hours.entry(alert.endpoint.clone()).or_insert_with(|| Hour::new(&alert.endpoint, room.now()));
        hour.deliveries += 1;
        match &outcome {
            Outcome::Alerted(answer) => {
                hour.accepted += count(answer.accepted);
                hour.duplicates += count(answer.duplicates);
                hour.ignored += count(answer.ignored) - aside;
                hour.set_aside += aside;
                hour.unmapped += count(answer.unmapped);
            }
            Outcome::AlertConflicts | Outcome::Reported(_) | Outcome::ReportDiffers => hour.conflicts += 1,
        }
        hour.skew = hour.skew.into_iter().chain(alert.skew).max_by_key(|skew| skew.abs());
        Ok(outcome)
    }

    async fn take(&mut self, tx: &mut Tx, room: &Room, alert: &AlertArrival) -> Result<Outcome> {
        let key = delivery_key(room, alert);
        if let Some(key) = &key
            && let Some(earlier) = self.answered.get(&(alert.endpoint.clone(), key.clone())).cloned()
        {
            return self.repeated(tx, room, (alert, key), &earlier).await;
        }
        let mut answer = AlertAnswer { ignored: alert.ignored, ..AlertAnswer::default() };
        for event in &alert.events {
            match self.event(room, alert, event) {
                Became::Signal(signal) => {
                    answer.accepted += 1;
                    answer.signals.push(signal);
                }
                Became::Copy => answer.duplicates += 1,
                Became::SetAside => answer.ignored += 1,
            }
        }
        if let Some(unreadable) = &alert.unreadable {
            answer.unmapped = 1;
            self.set_aside(tx, room, (alert, unreadable)).await?;
        }
        if let Some(key) = key {
            let text = serde_json::to_string(&answer).expect("counts and ids are plain data");
            let delivery = Delivery {
                endpoint: alert.endpoint.clone(),
                key: key.clone(),
                body: alert.body.clone(),
                received: room.now(),
                answer: text,
            };
            self.answered.insert((alert.endpoint.clone(), key), delivery.clone());
            self.new_deliveries.push(delivery);
        }
        self.entries.push(delivered(room.now(), &alert.endpoint, &answer));
        Ok(Outcome::Alerted(answer))
    }

    /// Takes in one element, unless it came before.
    fn event(&mut self, room: &Room, alert: &AlertArrival, event: &Incoming) -> Became {
        let name = (alert.endpoint.clone(), event.key.clone());
        if let Some(first) = self.known.get(&name).copied() {
            let facts = serde_json::to_vec(&event.facts).expect("facts are plain data");
            self.copy(room, &Asked { endpoint: name.0, key: name.1 }, (Some(first.to_string()), &facts));
            return Became::Copy;
        }
        let now = room.now();
        let (subject, decided) = self.subject(room, &alert.endpoint, event);
        let mut signal = Signal {
            id: Id::new(now, &*room.random),
            origin: alert.origin.clone(),
            at: event.at,
            received: now,
            facts: event.facts.clone(),
        };
        signal.facts.set("source", alert.endpoint.clone());
        room.known_bad.look_at(&mut signal.facts);
        if let Some(candidate) = decided {
            self.settle_direction(room, &mut signal, candidate);
        }
        // Evidence for an incident that is open never waits: quiet keeps new ones from being opened.
        if !self.files.contains_key(&subject)
            && let Some(rule) = sources::aside(&self.quiet, (&alert.endpoint, &signal.facts), now)
        {
            let row = sources::aside_row(room, rule, &signal.facts);
            self.aside.push(row);
            return Became::SetAside;
        }
        if decided.is_some() {
            self.remember_names(room, &subject, event);
        }
        let id = signal.id;
        self.known.insert(name, id);
        self.new_events.push(Event {
            endpoint: alert.endpoint.clone(),
            key: event.key.clone(),
            signal: id,
            received: now,
        });
        let observed: Vec<(String, String)> = OBSERVED
            .iter()
            .flat_map(|field| signal.facts.get(field).iter().flat_map(|value| seen_in(field, value)))
            .collect();
        self.join(room, (&subject, Actor::Endpoint(alert.endpoint.clone())), signal);
        if alert.orders {
            self.prompts.push((subject.clone(), id));
        }
        let incident = self.files[&subject].id;
        self.observables.extend(observed.into_iter().map(|(field, value)| Observable {
            incident,
            digest: room.keys.digests.of(Purpose::Lookup, "observable", &value),
            kind: field,
            first_seen: now,
        }));
        Became::Signal(id)
    }

    /// A transfer is "out" when the sender's address is the one known to be the subject's, "in" when the receiver's is.
    /// With no address known the direction stays open.
    fn settle_direction(&self, room: &Room, signal: &mut Signal, candidate: &Candidate) {
        if signal.kind() != "chain.transfer" || !self.subjects.contains_key(&digest(room, candidate)) {
            return;
        }
        match candidate.field.as_str() {
            "from" => {
                signal.facts.set("kind", "chain.transfer-out");
                signal.facts.set("direction", "out");
            }
            "to" => {
                signal.facts.set("kind", "chain.transfer-in");
                signal.facts.set("direction", "in");
            }
            _ => {}
        }
    }

    /// One account is known by several names: those that a sender gives together belong together. Addresses do not: of
    /// the two ends of a transfer only one is the subject's.
    fn remember_names(&mut self, room: &Room, subject: &str, event: &Incoming) {
        for candidate in event.candidates.iter().filter(|candidate| candidate.space == "identity") {
            let name = digest(room, candidate);
            if self.subjects.insert(name.clone(), subject.to_owned()).is_none() {
                self.new_aliases.push(Alias {
                    digest: name,
                    subject: subject.to_owned(),
                    field: candidate.field.clone(),
                    created: room.now(),
                });
            }
        }
    }

    async fn set_aside(
        &mut self,
        tx: &mut Tx,
        room: &Room,
        (alert, unreadable): (&AlertArrival, &super::Unreadable),
    ) -> Result<()> {
        let id = Id::new(room.now(), &*room.random);
        let row = id.to_string();
        let (key, data_key) =
            room.keys.new_data_key(Place { table: "unmapped", column: "data_key", row: &row }, &*room.random);
        let body = key.seal(Place { table: "unmapped", column: "body", row: &row }, &unreadable.body, &*room.random);
        unmapped::insert(
            tx,
            &UnmappedRow {
                id,
                endpoint: alert.endpoint.clone(),
                received: room.now(),
                reason: unreadable.reason.clone(),
                data_key,
                body,
            },
        )
        .await
    }

    /// A delivery id that came before: the first answer again for the same body; another body is kept as a conflict.
    async fn repeated(
        &mut self,
        tx: &mut Tx,
        room: &Room,
        (alert, delivery): (&AlertArrival, &str),
        earlier: &Delivery,
    ) -> Result<Outcome> {
        if earlier.body == alert.body {
            let first: AlertAnswer = serde_json::from_str(&earlier.answer).unwrap_or_default();
            let of = Asked { endpoint: alert.endpoint.clone(), key: delivery.to_owned() };
            self.copy(room, &of, (first.signals.first().map(ToString::to_string), &alert.scrubbed));
            return Ok(Outcome::Alerted(AlertAnswer {
                accepted: 0,
                duplicates: first.accepted + first.duplicates,
                ..first
            }));
        }
        let row_id = Id::new(room.now(), &*room.random);
        let row = row_id.to_string();
        let (key, data_key) =
            room.keys.new_data_key(Place { table: "conflict", column: "data_key", row: &row }, &*room.random);
        let body = key.seal(Place { table: "conflict", column: "body", row: &row }, &alert.scrubbed, &*room.random);
        conflicts::insert(
            tx,
            &ConflictRow {
                id: row_id,
                endpoint: alert.endpoint.clone(),
                key: delivery.to_owned(),
                received: room.now(),
                data_key,
                body,
            },
        )
        .await?;
        Ok(Outcome::AlertConflicts)
    }
}
