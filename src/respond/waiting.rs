//! The queue as staff see it: short rows in its order, what is in somebody's hands, how many wait.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Respond, Room};
use crate::id::{Id, of};
use crate::playbook::Class;
use crate::queue;
use crate::queue::tier::PRACTICE;
use crate::store::incidents;
use crate::store::{Result, attention};
use crate::time::Timestamp;

/// A row of the queue as staff see it.
#[derive(Debug, Clone, Serialize)]
pub struct QueueRow {
    pub id: Id<of::Incident>,
    pub lane: Class,
    pub kind: String,
    pub title: String,
    pub level: i64,
    pub confidence: f64,
    pub arrived: Timestamp,
    pub head_start_minutes: i64,
    pub due: Timestamp,
    pub language: String,
    pub danger: bool,
    pub version: i64,
    /// Whoever reported it asks for a person.
    pub asks_person: bool,
    /// Made up for practice.
    pub practice: bool,
}

impl Respond {
    /// A page of the queue, the most urgent first. `after` is the last row of the page before.
    pub async fn queue(
        &self,
        lane: Option<Class>,
        after: Option<incidents::Place>,
        limit: i64,
    ) -> Result<Vec<QueueRow>> {
        let mut tx = self.db.read().await?;
        let (room, rows) = (self.room(), incidents::page(&mut tx, lane.map(queue::lane), after, limit).await?);
        let ids: Vec<_> = rows.iter().map(|row| row.place.id).collect();
        let asking = attention::asking(&mut tx, &ids).await?;
        Ok(rows.into_iter().map(|row| queue_row(&room, row, &asking)).collect())
    }

    /// The cases in one person's hands, with the end of each lease and its fence.
    pub async fn held_by(&self, person: &str) -> Result<Vec<(QueueRow, Timestamp, i64)>> {
        let mut tx = self.db.read().await?;
        let (room, held) = (self.room(), incidents::held_by(&mut tx, person).await?);
        let ids: Vec<_> = held.iter().map(|(row, ..)| row.place.id).collect();
        let asking = attention::asking(&mut tx, &ids).await?;
        Ok(held.into_iter().map(|(row, until, fence)| (queue_row(&room, row, &asking), until, fence)).collect())
    }

    /// How many of a lane wait, counted to 1,000.
    pub async fn waiting(&self, lane: Class) -> Result<i64> {
        let mut tx = self.db.read().await?;
        incidents::count_waiting(&mut tx, queue::lane(lane)).await
    }
}

fn queue_row(room: &Room, row: incidents::Waiting, asking: &BTreeSet<Id<of::Incident>>) -> QueueRow {
    QueueRow {
        asks_person: asking.contains(&row.place.id),
        id: row.place.id,
        lane: if row.place.lane == 0 { Class::Security } else { Class::Routine },
        title: room.playbooks.kind(&row.kind).map_or_else(|| row.kind.clone(), |kind| kind.title.en.clone()),
        kind: row.kind,
        level: row.level,
        confidence: rounded_parts(row.confidence),
        arrived: row.arrived,
        head_start_minutes: row.head_start.minutes(),
        due: row.place.due,
        language: row.language,
        danger: row.danger,
        version: row.version,
        practice: row.pool == PRACTICE,
    }
}

fn rounded_parts(parts: i64) -> f64 {
    f64::from(i32::try_from(parts / 10_000).unwrap_or(0)) / 100.0
}
