//! Maintenance windows and snooze rules: who made them, until when, and what they set aside.

use std::sync::Arc;

use serde::Serialize;

use super::super::{Respond, Room, record};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::phrase::scrub;
use crate::seal::Place;
use crate::signal::{Facts, may_wait};
use crate::store::quiet::{self, AsideRow, RuleRow};
use crate::store::{Error, Result};
use crate::time::{Span, Timestamp};

/// A window lasts this long at most; whoever needs more makes another, and is asked why again.
pub const LONGEST_WINDOW: Span = Span::from_days(7);
/// The same of a snooze rule.
pub const LONGEST_SNOOZE: Span = Span::from_days(30);
/// Rules that are listed.
const LISTED: i64 = 200;

/// A window or rule to be.
#[derive(Debug, Clone)]
pub struct NewQuiet {
    pub endpoint: String,
    /// The one kind of alert that is snoozed; nothing for a maintenance window.
    pub kind: Option<String>,
    pub begins: Timestamp,
    pub ends: Timestamp,
    pub reason: String,
}

/// A window or rule as staff see it.
#[derive(Debug, Clone, Serialize)]
pub struct Quiet {
    pub id: Id<of::Quiet>,
    pub endpoint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    pub begins: Timestamp,
    pub ends: Timestamp,
    pub person: String,
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// Who ended it before its time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
}

/// The rule under which an alert of a source is set aside now, if there is one and the alert may wait at all.
pub(in crate::respond) fn aside<'a>(
    rules: &'a [RuleRow],
    (endpoint, facts): (&str, &Facts),
    now: Timestamp,
) -> Option<&'a RuleRow> {
    let kind = facts.first("kind").unwrap_or_default();
    let covers = |rule: &&RuleRow| {
        rule.endpoint == endpoint
            && (rule.kind.is_empty() || rule.kind == kind)
            && rule.begins <= now
            && rule.ends > now
            && rule.ended.is_none()
    };
    rules.iter().find(covers).filter(|_| may_wait(facts))
}

/// An alert as it is kept when it is set aside.
pub(in crate::respond) fn row(room: &Room, rule: &RuleRow, facts: &Facts) -> AsideRow {
    let id = Id::new(room.now(), &*room.random);
    let named = id.to_string();
    let place = |column| Place { table: "set_aside", column, row: &named };
    let (key, data_key) = room.keys.new_data_key(place("data_key"), &*room.random);
    let plain = serde_json::to_vec(facts).expect("facts are plain data");
    AsideRow {
        id,
        endpoint: rule.endpoint.clone(),
        rule: rule.id,
        kind: facts.first("kind").unwrap_or_default().to_owned(),
        received: room.now(),
        data_key,
        body: key.seal(place("body"), &plain, &*room.random),
    }
}

impl Respond {
    /// Begins a window or rule; the caller has checked its length and kind.
    pub async fn keep_quiet(&self, person: &str, new: NewQuiet) -> Result<Id<of::Quiet>> {
        let (room, person) = (self.room(), person.to_owned());
        let id: Id<of::Quiet> = Id::new(room.now(), &*room.random);
        self.writer
            .act(move |tx| {
                let (room, new, person) = (Arc::clone(&room), new.clone(), person.clone());
                Box::pin(async move {
                    let now = room.now();
                    let named = id.to_string();
                    let place = |column| Place { table: "quiet_rule", column, row: &named };
                    let (key, data_key) = room.keys.new_data_key(place("data_key"), &*room.random);
                    let reason = scrub(&new.reason).text;
                    let row = RuleRow {
                        id,
                        endpoint: new.endpoint,
                        kind: new.kind.unwrap_or_default(),
                        begins: new.begins,
                        ends: new.ends,
                        person: person.clone(),
                        data_key,
                        reason: key.seal(place("reason"), reason.as_bytes(), &*room.random),
                        created: now,
                        ended: None,
                        ended_by: None,
                    };
                    quiet::insert(tx, &row).await?;
                    let entry = Entry::done(now, Actor::Staff(person), "source.quiet", format!("quiet:{id}"))
                        .with("endpoint", row.endpoint)
                        .with("kind", row.kind)
                        .with("begins", row.begins.to_string())
                        .with("ends", row.ends.to_string());
                    record(tx, &[entry]).await
                })
            })
            .await?;
        Ok(id)
    }

    /// Ends a window or rule before its time; `Conflict` when there is none or it is over.
    pub async fn end_quiet(&self, person: &str, id: Id<of::Quiet>) -> Result<()> {
        let (room, person) = (self.room(), person.to_owned());
        self.writer
            .act(move |tx| {
                let (room, person) = (Arc::clone(&room), person.clone());
                Box::pin(async move {
                    let now = room.now();
                    quiet::end(tx, id, (now, &person)).await?;
                    let entry = Entry::done(now, Actor::Staff(person), "source.quiet-end", format!("quiet:{id}"));
                    record(tx, &[entry]).await
                })
            })
            .await
    }

    /// The latest windows and rules of a source, or of all when it is empty, the newest first.
    pub async fn quiets(&self, endpoint: &str) -> Result<Vec<Quiet>> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let rows = quiet::latest(&mut tx, endpoint, LISTED).await?;
        let open = |row: RuleRow| {
            let named = row.id.to_string();
            let place = |column| Place { table: "quiet_rule", column, row: &named };
            let reason = room
                .keys
                .open_data_key(place("data_key"), &row.data_key)
                .and_then(|key| key.open(place("reason"), &row.reason))
                .map_err(|_| Error::Corrupt { table: "quiet_rule", column: "reason" })?;
            Ok(Quiet {
                id: row.id,
                endpoint: row.endpoint,
                kind: Some(row.kind).filter(|kind| !kind.is_empty()),
                begins: row.begins,
                ends: row.ends,
                person: row.person,
                reason: String::from_utf8_lossy(&reason).into_owned(),
                ended: row.ended,
                ended_by: row.ended_by,
            })
        };
        rows.into_iter().map(open).collect()
    }
}
