//! What a person of the staff corrects, always with a reason: a signal is false or belongs elsewhere, the level or the kind
//! is another. Only here does anything become lower, and what was computed stays beside it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::merge;
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::incident::Verdict;
use crate::playbook::Class;
use crate::queue::{self, tier::PRACTICE};
use crate::respond::file::{File, Kept};
use crate::respond::{Refused, Respond, Room, circle, file, history, numbers, record, staff};
use crate::scoring::Assessment;
use crate::seal::{DataKey, Place};
use crate::signal::Signal;
use crate::store::desk::asides::{self, AsideRow};
use crate::store::desk::rulings::{self, Ruled, RulingRow};
use crate::store::incidents::{self, IncidentRow, State};
use crate::store::{Error, Result, Tx, signals};
use crate::time::Span;

/// A correction. Texts are scrubbed and cleaned by now.
#[derive(Debug, Clone)]
pub enum Correction {
    /// The signal says nothing true about this case.
    False { signal: Id<of::Signal> },
    /// It does after all.
    True { signal: Id<of::Signal> },
    /// Signals belong to another case, or to one of their own.
    Move { signals: Vec<Id<of::Signal>>, into: Option<Id<of::Incident>> },
    /// Everything belongs to another case; this one is closed as the same.
    Merge { into: Id<of::Incident> },
    /// Level and kind are these.
    Rule { level: u8, kind: Option<String> },
}

impl Correction {
    fn action(&self) -> &'static str {
        match self {
            Self::False { .. } => "signal.false",
            Self::True { .. } => "signal.true",
            Self::Move { into: Some(_), .. } => "signal.move",
            Self::Move { into: None, .. } => "incident.split",
            Self::Merge { .. } => "incident.merge",
            Self::Rule { .. } => "incident.rule",
        }
    }
}

type Answer = std::result::Result<Option<Id<of::Incident>>, Refused>;

impl Respond {
    /// Corrects a case as it was seen at a version; says which other case took something in.
    pub async fn correct(
        &self,
        (id, version): (Id<of::Incident>, i64),
        by: &str,
        (correction, reason): (Correction, String),
    ) -> Result<Answer> {
        self.fetch_of(id).await?;
        if let Correction::Move { into: Some(into), .. } | Correction::Merge { into } = &correction {
            self.fetch_of(*into).await?;
        }
        let (room, work) = (self.room(), Arc::new((by.to_owned(), correction, reason)));
        let outcome = self
            .writer
            .act(move |tx| {
                let (room, work) = (Arc::clone(&room), Arc::clone(&work));
                Box::pin(async move {
                    let (by, correction, reason) = &*work;
                    correct(tx, &room, (id, version), (by, correction, reason)).await
                })
            })
            .await;
        match outcome {
            Err(Error::Conflict { .. }) => Ok(Err(Refused::Stale)),
            other => other,
        }
    }
}

type Said<'a> = (&'a str, &'a Correction, &'a str);

async fn correct(
    tx: &mut Tx,
    room: &Room,
    (id, version): (Id<of::Incident>, i64),
    (by, correction, reason): Said<'_>,
) -> Result<Answer> {
    let Some(row) = incidents::get(tx, id).await? else { return Ok(Err(Refused::Unknown)) };
    if row.version != version || row.state == State::Closed || in_other_hands(&row, (by, room)) {
        return Ok(Err(Refused::Stale));
    }
    let mut entry = Entry::done(room.now(), Actor::Staff(by.to_owned()), correction.action(), format!("incident:{id}"));
    let mut into = None;
    match correction {
        Correction::False { signal } => {
            let file = history::open(tx, room, &row).await?;
            // A case without any signal says nothing: it is closed instead.
            if !has(&file, &[*signal]) || file.signals.len() < 2 {
                return Ok(Err(Refused::Unknown));
            }
            set_aside(tx, room, (&file, by, reason), (*signal, None)).await?;
            judge_afresh(tx, room, (&row, by)).await?;
            entry = entry.with("signal", signal.to_string());
        }
        Correction::True { signal } => {
            if !asides::back(tx, *signal, id).await? {
                return Ok(Err(Refused::Unknown));
            }
            let file = history::open(tx, room, &row).await?;
            judge(tx, room, (file, by)).await?;
            entry = entry.with("signal", signal.to_string());
        }
        Correction::Move { signals, into: target } => {
            let file = history::open(tx, room, &row).await?;
            if !has(&file, signals) || file.signals.len() <= signals.len() {
                return Ok(Err(Refused::Unknown));
            }
            let moved = pick(&file, signals);
            let Some(target) = bring(tx, room, (by, &row), (moved, *target)).await? else {
                return Ok(Err(Refused::Unknown));
            };
            for signal in signals {
                set_aside(tx, room, (&file, by, reason), (*signal, Some(target))).await?;
            }
            judge_afresh(tx, room, (&row, by)).await?;
            entry = entry.with("into", target.to_string()).with("signals", signals.len());
            into = Some(target);
        }
        Correction::Merge { into: target } => {
            let file = history::open(tx, room, &row).await?;
            let Some(target) = bring(tx, room, (by, &row), (file.signals.clone(), Some(*target))).await? else {
                return Ok(Err(Refused::Unknown));
            };
            let judgement = staff::Judgement { by, version, verdict: Verdict::Duplicate, kind: None, reason };
            staff::judge(tx, room, &row, &judgement).await?;
            merge::carry(tx, room, (&row, target), by).await?;
            entry = entry.with("into", target.to_string());
            into = Some(target);
        }
        Correction::Rule { level, kind } => {
            let class = kind.as_ref().map(|kind| room.playbooks.kind(kind).map(|kind| kind.class));
            if class == Some(None) {
                return Ok(Err(Refused::Unknown));
            }
            entry = entry.with("before", row.level).with("level", *level).with("kind", kind.clone());
            rule(tx, room, &row, (by, reason), (*level, kind.clone(), class.flatten())).await?;
            promise_anew(tx, room, id).await?;
        }
    }
    if !matches!(correction, Correction::Merge { .. }) {
        staff::note(tx, room, &row, (by, reason)).await?;
    }
    record(tx, &[entry]).await?;
    Ok(Ok(into))
}

/// What is at stake and what was promised follow where a person put a case.
pub(in crate::respond) async fn promise_anew(tx: &mut Tx, room: &Room, id: Id<of::Incident>) -> Result<()> {
    let Some(row) = incidents::get(tx, id).await? else { return Ok(()) };
    let file = history::open(tx, room, &row).await?;
    numbers::keep_measure(tx, room, &file).await
}

fn in_other_hands(row: &IncidentRow, (by, room): (&str, &Room)) -> bool {
    row.state == State::Held
        && row.holder.as_deref() != Some(by)
        && row.lease_until.is_some_and(|until| until > room.now())
}

fn has(file: &File, wanted: &[Id<of::Signal>]) -> bool {
    let here: BTreeSet<_> = file.signals.iter().map(|signal| signal.id).collect();
    !wanted.is_empty() && wanted.iter().all(|signal| here.contains(signal))
}

fn pick(file: &File, wanted: &[Id<of::Signal>]) -> Vec<Signal> {
    file.signals.iter().filter(|signal| wanted.contains(&signal.id)).cloned().collect()
}

type Aside<'a> = (&'a File, &'a str, &'a str);

async fn set_aside(
    tx: &mut Tx,
    room: &Room,
    (file, by, reason): Aside<'_>,
    (signal, into): (Id<of::Signal>, Option<Id<of::Incident>>),
) -> Result<()> {
    let place = signal.to_string();
    let row = AsideRow {
        signal,
        incident: file.id,
        what: if into.is_some() { "moved" } else { "false" }.to_owned(),
        into,
        at: room.now(),
        person: by.to_owned(),
        reason: file.key.seal(reason_at("signal_aside", &place), reason.as_bytes(), &*room.random),
    };
    asides::set(tx, &row).await
}

pub(super) fn reason_at<'a>(table: &'static str, row: &'a str) -> Place<'a> {
    Place { table, column: "reason", row }
}

/// Judges what is left, and places it where that belongs, lower too.
async fn judge_afresh(tx: &mut Tx, room: &Room, (row, by): (&IncidentRow, &str)) -> Result<()> {
    let mut file = history::open(tx, room, row).await?;
    if file.place_afresh() {
        rulings::end(tx, row.id).await?;
    }
    judge(tx, room, (file, by)).await
}

async fn judge(tx: &mut Tx, room: &Room, (mut file, by): (File, &str)) -> Result<()> {
    let (kept, _, entry) = file.keep(room, &Actor::Staff(by.to_owned()));
    if let Kept::Changed(changed) = kept {
        incidents::update_many(tx, &[*changed]).await?;
    }
    numbers::keep_measure(tx, room, &file).await?;
    record(tx, &[entry]).await
}

/// Made-up cases stay among themselves.
fn is_practice(row: &IncidentRow) -> bool {
    row.pool == PRACTICE
}

/// Puts copies of signals into another case, or one of their own, which is judged with them and only rises.
async fn bring(
    tx: &mut Tx,
    room: &Room,
    (by, from): (&str, &IncidentRow),
    (moved, target): (Vec<Signal>, Option<Id<of::Incident>>),
) -> Result<Option<Id<of::Incident>>> {
    let mut file = match target {
        Some(target) if target == from.id => return Ok(None),
        Some(target) => match incidents::get(tx, target).await? {
            Some(row)
                if row.state != State::Closed
                    && is_practice(&row) == is_practice(from)
                    && circle::may_carry(tx, from.id, row.id).await? =>
            {
                history::open(tx, room, &row).await?
            }
            Some(_) | None => return Ok(None),
        },
        None => {
            let mut file = File::new(room, None, &from.language);
            file.practice = is_practice(from);
            file
        }
    };
    for signal in moved {
        file.observe(Signal { id: Id::new(room.now(), &*room.random), ..signal });
    }
    let (kept, rows, entry) = file.keep(room, &Actor::Staff(by.to_owned()));
    match kept {
        Kept::New(new) => {
            incidents::insert_many(tx, &[*new]).await?;
            circle::inherit(tx, room, (from, file.id), by).await?;
        }
        Kept::Changed(changed) => incidents::update_many(tx, &[*changed]).await?,
    }
    signals::insert_many(tx, &rows).await?;
    numbers::keep_measure(tx, room, &file).await?;
    record(tx, &[entry.with("from", from.id.to_string())]).await?;
    Ok(Some(file.id))
}

/// Keeps beside what was computed that a person raised it, so that no later correction by another takes it back unseen.
pub(in crate::respond) async fn keep_raised(
    tx: &mut Tx,
    room: &Room,
    row: &IncidentRow,
    (by, reason): (&str, &str),
    level: u8,
) -> Result<()> {
    let key = file::data_key(room, row)?;
    let assessment = file::assessment(&key, row)?;
    if level >= assessment.level {
        return Ok(());
    }
    let before = rulings::of_incidents(tx, &[row.id]).await?.into_iter().next();
    let ruling =
        ruling(room, (row.id, &key, &assessment), (by, reason), (level, before.and_then(|before| before.kind)));
    rulings::put(tx, &ruling).await
}

type Computed<'a> = (Id<of::Incident>, &'a DataKey, &'a Assessment);

fn ruling(
    room: &Room,
    (incident, key, assessment): Computed<'_>,
    (by, reason): (&str, &str),
    (level, kind): (u8, Option<String>),
) -> RulingRow {
    RulingRow {
        incident,
        kind,
        level: i64::from(level),
        computed_class: assessment.class.as_str().to_owned(),
        computed_kind: assessment.lead.clone(),
        computed_level: i64::from(assessment.level),
        computed_danger: assessment.situation.danger.is_some(),
        at: room.now(),
        person: by.to_owned(),
        reason: key.seal(reason_at("ruling", &incident.to_string()), reason.as_bytes(), &*room.random),
    }
}

/// Keeps a person's word on level and kind beside what was computed.
async fn rule(
    tx: &mut Tx,
    room: &Room,
    row: &IncidentRow,
    (by, reason): (&str, &str),
    (level, kind, class): (u8, Option<String>, Option<Class>),
) -> Result<()> {
    let key = file::data_key(room, row)?;
    let assessment = file::assessment(&key, row)?;
    let ruling = ruling(room, (row.id, &key, &assessment), (by, reason), (level, kind.clone()));
    rulings::put(tx, &ruling).await?;
    let class = class.unwrap_or(if row.lane == 0 { Class::Security } else { Class::Routine });
    // A lower level has no claim to the head start of the higher one.
    let head_start = if i64::from(level) > row.level { Span::ZERO } else { row.head_start };
    let ruled = Ruled {
        class: class.as_str().to_owned(),
        lane: queue::lane(class),
        kind: kind.unwrap_or_else(|| row.kind.clone()),
        level: i64::from(level),
        head_start,
    };
    rulings::place(tx, (row.id, row.version, room.now()), &ruled).await
}
