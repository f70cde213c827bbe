//! History under another set: who would stand elsewhere, and which verdicts that would go against. Reads only.

use std::sync::Arc;

use serde::Serialize;

use super::Respond;
use super::history;
use crate::id::{Id, Random, of};
use crate::playbook::{Class, Set};
use crate::scoring::{Assessment, Case, assess_after};
use crate::store::incidents::{self, IncidentRow};
use crate::store::{Result, verdicts, versions};
use crate::time::Timestamp;

/// Incidents that are read and judged at a time.
const BATCH: i64 = 100;

/// What a set says of one incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    pub lane: Class,
    pub lead: String,
    pub level: u8,
    pub head_start_minutes: i64,
}

impl Side {
    fn of(assessment: &Assessment) -> Self {
        Self {
            lane: assessment.class,
            lead: assessment.lead.clone(),
            level: assessment.level,
            head_start_minutes: assessment.head_start.minutes(),
        }
    }

    /// The queue's own order: the lane, then the head start.
    fn urgency(&self) -> (bool, i64) {
        (self.lane == Class::Security, self.head_start_minutes)
    }
}

/// One incident that the two sets judge differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    pub incident: Id<of::Incident>,
    pub state: String,
    /// The last word of staff, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    pub running: Side,
    pub draft: Side,
    /// Head start under the draft less that under the running set.
    pub minutes: i64,
}

impl Move {
    /// Positive for up, negative for down, zero for the same place.
    pub fn direction(&self) -> i8 {
        self.draft.urgency().cmp(&self.running.urgency()) as i8
    }

    /// A change of lane counts most, then minutes, then the level.
    fn size(&self) -> (bool, i64, u8) {
        let lane = self.running.lane != self.draft.lane;
        (lane, self.minutes.abs(), self.running.level.abs_diff(self.draft.level))
    }
}

/// The result of a replay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Replay {
    /// Digest of the running set.
    pub running: String,
    /// Digest of the other set.
    pub draft: String,
    pub incidents: usize,
    pub up: usize,
    pub down: usize,
    /// Of these, from the routine into the security lane and back.
    pub into_security: usize,
    pub into_routine: usize,
    pub level_changes: usize,
    pub lead_changes: usize,
    /// Incidents found to be no incident that would stand higher.
    pub false_alarms_up: usize,
    /// Incidents found to be real that would stand lower.
    pub confirmed_down: usize,
    /// Stored assessments of the other set's own version that come out again byte for byte, and those that do not.
    pub repeated: usize,
    pub not_repeated: usize,
    /// Incidents that could not be opened.
    pub unreadable: usize,
    /// The largest moves first.
    pub moves: Vec<Move>,
}

/// The smallest id of a moment.
struct Lowest;

impl Random for Lowest {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

impl Respond {
    /// How many incidents arrived since a moment; all when there is none.
    pub async fn arrived_since(&self, since: Option<Timestamp>) -> Result<i64> {
        let mut tx = self.db.read().await?;
        incidents::arrived_since(&mut tx, &first_id(since)).await
    }

    /// The set that the house runs by the database's word: a command has its own settings, which may name another.
    async fn in_force(&self) -> Result<Arc<Set>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let set = match versions::in_force(&mut tx).await? {
            Some(digest) => room.set(&mut tx, &digest).await?,
            None => None,
        };
        Ok(set.unwrap_or_else(|| Arc::clone(&room.playbooks)))
    }

    /// Judges what arrived since a moment under the running set and another one. `tell` hears how many were done each time.
    pub async fn replay(&self, draft: &Set, since: Option<Timestamp>, tell: &dyn Fn(usize)) -> Result<Replay> {
        let room = self.room();
        let running = self.in_force().await?;
        let span = running.longest_span().max(draft.longest_span());
        let mut replay = Replay { running: running.digest.clone(), draft: draft.digest.clone(), ..Replay::default() };
        let mut after = first_id(since);
        loop {
            let mut tx = self.db.read().await?;
            let rows = incidents::after(&mut tx, &after, BATCH).await?;
            let Some(last) = rows.last() else { break };
            after = last.id.to_string();
            let files = history::open_over(&mut tx, &room, (&rows, span)).await?;
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            let verdicts = verdicts::last_of(&mut tx, &ids).await?;
            drop(tx);
            for (row, file) in rows.iter().zip(files) {
                let verdict = verdicts.get(&row.id).cloned();
                match file {
                    Ok(file) => {
                        let case = Case { signals: &file.signals, answers: &file.answers };
                        let judged = |set: &Set| assess_after(set, &case, &file.past);
                        let (now, then) = (judged(&running), judged(draft));
                        if row.playbooks == draft.digest {
                            let same = file.assessment.is_some_and(|kept| written(&kept) == written(&then));
                            *(if same { &mut replay.repeated } else { &mut replay.not_repeated }) += 1;
                        }
                        replay.count(row, (&now, &then), verdict);
                    }
                    Err(_) => replay.unreadable += 1,
                }
            }
            tell(rows.len());
        }
        replay
            .moves
            .sort_by(|one, other| other.size().cmp(&one.size()).then_with(|| one.incident.cmp(&other.incident)));
        Ok(replay)
    }

    /// What a set says of a stored incident, as it would be written; nothing when there is no such incident.
    pub async fn judged_by(&self, id: Id<of::Incident>, set: &Set) -> Result<Option<Assessment>> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let Some(row) = incidents::get(&mut tx, id).await? else { return Ok(None) };
        let span = room.playbooks.longest_span().max(set.longest_span());
        let mut files = history::open_over(&mut tx, &room, (std::slice::from_ref(&row), span)).await?;
        let Some(Ok(file)) = files.pop() else { return Err(history::unreadable()) };
        Ok(Some(assess_after(set, &Case { signals: &file.signals, answers: &file.answers }, &file.past)))
    }
}

/// The bytes that are sealed.
fn written(assessment: &Assessment) -> Vec<u8> {
    serde_json::to_vec(assessment).expect("an assessment is plain data")
}

fn first_id(since: Option<Timestamp>) -> String {
    since.map(|since| Id::<of::Incident>::new(since, &Lowest).to_string()).unwrap_or_default()
}

impl Replay {
    fn count(&mut self, row: &IncidentRow, (now, then): (&Assessment, &Assessment), verdict: Option<String>) {
        self.incidents += 1;
        let (running, draft) = (Side::of(now), Side::of(then));
        let minutes = draft.head_start_minutes - running.head_start_minutes;
        let moved = Move { incident: row.id, state: row.state.to_string(), verdict, running, draft, minutes };
        let (direction, verdict) = (moved.direction(), moved.verdict.as_deref());
        self.up += usize::from(direction > 0);
        self.down += usize::from(direction < 0);
        self.into_security += usize::from(moved.running.lane == Class::Routine && moved.draft.lane == Class::Security);
        self.into_routine += usize::from(moved.running.lane == Class::Security && moved.draft.lane == Class::Routine);
        self.level_changes += usize::from(moved.running.level != moved.draft.level);
        self.lead_changes += usize::from(moved.running.lead != moved.draft.lead);
        self.false_alarms_up += usize::from(direction > 0 && verdict == Some("false-alarm"));
        self.confirmed_down += usize::from(direction < 0 && verdict == Some("confirmed"));
        if moved.running != moved.draft {
            self.moves.push(moved);
        }
    }
}
