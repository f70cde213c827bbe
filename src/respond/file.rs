//! An incident opened on the desk: its signals unsealed, ready to be judged again and put back.

use std::collections::{BTreeMap, BTreeSet};

use super::Room;
use super::given::{Earlier, Given, Giver};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::incident::{Ruling, Standing};
use crate::playbook::Class;
use crate::queue::tier::PRACTICE;
use crate::queue::{self, Tier};
use crate::scoring::{Assessment, Case, Line, assess_after};
use crate::seal::{DataKey, NotOpened, Place};
use crate::signal::{Facts, Origin, Signal};
use crate::store::incidents::{IncidentRow, NewIncident, Reassessed};
use crate::store::signals::SignalRow;
use crate::time::Timestamp;

/// An incident with everything a judgement needs.
pub struct File {
    pub id: Id<of::Incident>,
    pub subject: Option<String>,
    pub language: String,
    pub arrived: Timestamp,
    pub key: DataKey,
    pub signals: Vec<Signal>,
    /// What was seen of the subject in closed incidents; it counts in correlations alone.
    pub past: Vec<Signal>,
    pub answers: BTreeMap<String, String>,
    pub assessment: Option<Assessment>,
    /// Versions that gave steps before the one of the assessment.
    pub earlier: Earlier,
    /// Made up for practice: it never counts, and nothing of it leaves.
    pub practice: bool,
    /// A person's word on where it stands.
    pub ruling: Option<Ruling>,
    stored: Option<Stored>,
    sealed_key: Vec<u8>,
    /// Signals from this place on are not kept yet.
    fresh: usize,
}

/// What the database had.
struct Stored {
    version: i64,
    standing: Standing,
    claimable: bool,
    given: Given,
    answers: BTreeMap<String, String>,
}

/// A new or changed incident as the store takes it.
pub enum Kept {
    New(Box<NewIncident>),
    Changed(Box<Reassessed>),
}

impl File {
    /// A new file for something that arrives now.
    pub fn new(room: &Room, subject: Option<String>, language: &str) -> Self {
        let now = room.now();
        let id = Id::new(now, &*room.random);
        let (key, sealed_key) = room.keys.new_data_key(key_place(&id.to_string()), &*room.random);
        Self {
            id,
            subject,
            language: language.to_owned(),
            arrived: now,
            key,
            signals: Vec::new(),
            past: Vec::new(),
            answers: BTreeMap::new(),
            assessment: None,
            earlier: Earlier::default(),
            practice: false,
            ruling: None,
            stored: None,
            sealed_key,
            fresh: 0,
        }
    }

    /// Opens what the database holds of an incident.
    pub fn open(
        room: &Room,
        row: &IncidentRow,
        signals: &[SignalRow],
        answers: BTreeMap<String, String>,
    ) -> Result<Self, NotOpened> {
        let key = room.keys.open_data_key(key_place(&row.id.to_string()), &row.data_key)?;
        let signals = signals.iter().map(|signal| unseal(&key, signal)).collect::<Result<Vec<_>, _>>()?;
        let earlier: Earlier = row.earlier.parse().map_err(|_| NotOpened)?;
        let last = Giver { playbooks: row.playbooks.clone(), kind: row.kind.clone() };
        let standing = Standing {
            class: if row.lane == queue::lane(Class::Security) { Class::Security } else { Class::Routine },
            level: u8::try_from(row.level).unwrap_or(5),
            head_start: row.head_start,
            danger: row.danger,
        };
        Ok(Self {
            id: row.id,
            subject: row.subject.clone(),
            language: row.language.clone(),
            arrived: row.arrived,
            fresh: signals.len(),
            signals,
            past: Vec::new(),
            assessment: assessment(&key, row).ok(),
            practice: row.pool == PRACTICE,
            stored: Some(Stored {
                version: row.version,
                standing,
                claimable: row.claimable,
                given: Given { earlier: earlier.clone(), last },
                answers: answers.clone(),
            }),
            earlier,
            ruling: None,
            answers,
            sealed_key: row.data_key.clone(),
            key,
        })
    }

    /// The signals that the last assessment rests on and that are not here.
    pub fn cited(&self) -> Vec<String> {
        let here: BTreeSet<String> = self.signals.iter().map(|signal| signal.id.to_string()).collect();
        let lines = self.assessment.iter().flat_map(|assessment| &assessment.standings).flat_map(|one| &one.lines);
        let cited: BTreeSet<&String> = lines
            .filter_map(|line| match line {
                Line::Evidence { because, .. } => because.signal.as_ref(),
                Line::Prior { .. } | Line::GroupCap { .. } | Line::AnonymousCap { .. } => None,
            })
            .filter(|id| !here.contains(*id))
            .collect();
        cited.into_iter().cloned().collect()
    }

    /// Puts kept signals beside those that are here.
    pub fn recall(&mut self, rows: &[SignalRow]) -> Result<(), NotOpened> {
        let recalled = rows.iter().map(|row| unseal(&self.key, row)).collect::<Result<Vec<_>, _>>()?;
        self.fresh += recalled.len();
        self.signals.splice(0..0, recalled);
        Ok(())
    }

    /// Adds what was observed; it is kept with the next [`File::keep`].
    pub fn observe(&mut self, signal: Signal) {
        self.signals.push(signal);
    }

    /// A signal made here and now.
    pub fn signal(room: &Room, origin: Origin, facts: Facts) -> Signal {
        let now = room.now();
        Signal { id: Id::new(now, &*room.random), origin, at: now, received: now, facts }
    }

    /// Judges all there is, and says what to write: the incident, its new signals, the entry for the trail.
    pub fn keep(&mut self, room: &Room, actor: &Actor) -> (Kept, Vec<SignalRow>, Entry) {
        let case = Case { signals: &self.signals, answers: &self.answers };
        let assessment = assess_after(&room.playbooks, &case, &self.past);
        let before = self.stored.as_ref().map(|stored| stored.standing);
        let standing =
            before.map_or_else(|| Standing::of(&assessment), |before| before.after(self.ruling.as_ref(), &assessment));
        if let Some(stored) = &self.stored {
            self.earlier = stored.given.after(room, &assessment, || {
                let known = Case { signals: &self.signals[..self.fresh], answers: &stored.answers };
                assess_after(&room.playbooks, &known, &self.past).lead
            });
        }
        let claimable = self.stored.as_ref().is_some_and(|stored| stored.claimable) || self.deserves_a_person(standing);
        let id = self.id.to_string();
        let text = serde_json::to_vec(&assessment).expect("an assessment is plain data");
        let sealed = self.key.seal(assessment_place(&id), &text, &*room.random);
        let now = room.now();
        let confidence = i64::from(assessment.chance.parts());
        let (class, lane, level) =
            (standing.class.as_str().to_owned(), queue::lane(standing.class), i64::from(standing.level));
        let action = if self.stored.is_some() { "incident.assess" } else { "incident.open" };
        let entry = Entry::done(now, actor.clone(), action, format!("incident:{id}"))
            .with("kind", assessment.lead.clone())
            .with("level", level)
            .with("lane", lane)
            .with("playbooks", assessment.playbooks.clone());
        let kept = match &self.stored {
            None => Kept::New(Box::new(NewIncident {
                id: self.id,
                subject: self.subject.clone(),
                pool: self.pool(standing).to_owned(),
                class,
                lane,
                kind: assessment.lead.clone(),
                level,
                arrived: self.arrived,
                head_start: standing.head_start,
                confidence,
                playbooks: assessment.playbooks.clone(),
                language: self.language.clone(),
                danger: standing.danger,
                claimable,
                data_key: self.sealed_key.clone(),
                assessment: sealed,
                created: now,
            })),
            Some(stored) => Kept::Changed(Box::new(Reassessed {
                id: self.id,
                version: stored.version,
                class,
                lane,
                kind: self.ruled_kind(&assessment).unwrap_or(&assessment.lead).to_owned(),
                level,
                head_start: standing.head_start,
                confidence,
                playbooks: assessment.playbooks.clone(),
                earlier: self.earlier.to_string(),
                danger: standing.danger,
                claimable,
                assessment: sealed,
                updated: now,
            })),
        };
        let signals = self.signals[self.fresh..].iter().map(|signal| self.seal(room, signal)).collect();
        self.assessment = Some(assessment);
        (kept, signals, entry)
    }

    /// Whether it waits for a person once it is kept.
    pub(super) fn is_for_people(&self) -> bool {
        self.stored.as_ref().is_some_and(|stored| stored.claimable) || self.deserves_a_person(self.standing())
    }

    /// The pool of a new incident: practice, or the tier that takes such cases first.
    fn pool(&self, standing: Standing) -> &'static str {
        if self.practice { PRACTICE } else { Tier::of(standing.class, standing.level).as_str() }
    }

    /// The kind that a person ruled, while the ruling holds.
    pub fn ruled_kind(&self, assessment: &Assessment) -> Option<&str> {
        self.ruling.as_ref().filter(|ruling| ruling.covers(assessment))?.kind.as_deref()
    }

    /// Lets the next judgement place it afresh, lower too: a person corrected what it rests on, with a reason. Not below
    /// what another person raised it to. Whether a ruling stands no longer.
    pub fn place_afresh(&mut self) -> bool {
        let Some(stored) = &mut self.stored else { return false };
        if let Some(level) = self.ruling.as_ref().and_then(|ruling| ruling.raised) {
            stored.standing = Standing { class: stored.standing.class, level, ..Standing::LOWEST };
            return false;
        }
        stored.standing = Standing::LOWEST;
        self.ruling.take().is_some()
    }

    /// Leaves signals out of every judgement.
    pub fn leave_out(&mut self, aside: &BTreeSet<Id<of::Signal>>) {
        let before = self.signals.len();
        self.signals.retain(|signal| !aside.contains(&signal.id));
        self.fresh -= before - self.signals.len();
    }

    /// Whether anybody on the staff should see it. A person who writes always gets one; machine chatter that no playbook
    /// takes for an incident and no sender calls serious is only kept, so that later signals can be read with it.
    fn deserves_a_person(&self, standing: Standing) -> bool {
        let serious = |signal: &Signal| {
            !matches!(signal.facts.first("severity"), Some("info" | "low") | None) || signal.kind() == "unclassified"
        };
        standing.class == Class::Security
            || self.signals.iter().any(|signal| !signal.origin.verified || serious(signal))
    }

    fn seal(&self, room: &Room, signal: &Signal) -> SignalRow {
        let facts = serde_json::to_vec(&signal.facts).expect("facts are plain data");
        SignalRow {
            id: signal.id,
            incident: self.id,
            endpoint: signal.origin.endpoint.clone(),
            kind: signal.kind().to_owned(),
            at: signal.at,
            received: signal.received,
            reliability: i64::from(signal.origin.reliability),
            verified: signal.origin.verified,
            body: self.key.seal(signal_place(&signal.id.to_string()), &facts, &*room.random),
        }
    }

    /// Where the incident stands in the queue once it is kept.
    pub fn standing(&self) -> Standing {
        let fresh = self.assessment.as_ref().map(Standing::of);
        let stored = self.stored.as_ref().map(|stored| stored.standing);
        match (stored, &self.assessment, fresh) {
            (Some(stored), Some(assessment), _) => stored.after(self.ruling.as_ref(), assessment),
            (Some(stored), None, _) => stored,
            (None, _, Some(fresh)) => fresh,
            (None, _, None) => Standing::LOWEST,
        }
    }
}

/// Opens a kept signal.
pub fn unseal(key: &DataKey, row: &SignalRow) -> Result<Signal, NotOpened> {
    let facts = key.open(signal_place(&row.id.to_string()), &row.body)?;
    Ok(Signal {
        id: row.id,
        origin: Origin {
            endpoint: row.endpoint.clone(),
            verified: row.verified,
            reliability: u16::try_from(row.reliability).unwrap_or(0),
        },
        at: row.at,
        received: row.received,
        facts: serde_json::from_slice(&facts).map_err(|_| NotOpened)?,
    })
}

/// Opens the assessment an incident was last given.
pub fn assessment(key: &DataKey, row: &IncidentRow) -> Result<Assessment, NotOpened> {
    assessment_of(key, row.id, &row.assessment)
}

/// Opens an assessment from where it is sealed.
pub fn assessment_of(key: &DataKey, id: Id<of::Incident>, sealed: &[u8]) -> Result<Assessment, NotOpened> {
    let text = key.open(assessment_place(&id.to_string()), sealed)?;
    serde_json::from_slice(&text).map_err(|_| NotOpened)
}

/// The data key of a kept incident.
pub fn data_key(room: &Room, row: &IncidentRow) -> Result<DataKey, NotOpened> {
    data_key_of(room, row.id, &row.data_key)
}

/// The data key of an incident from where it is sealed.
pub fn data_key_of(room: &Room, id: Id<of::Incident>, sealed: &[u8]) -> Result<DataKey, NotOpened> {
    room.keys.open_data_key(key_place(&id.to_string()), sealed)
}

fn key_place(row: &str) -> Place<'_> {
    Place { table: "incident", column: "data_key", row }
}

fn assessment_place(row: &str) -> Place<'_> {
    Place { table: "incident", column: "assessment", row }
}

fn signal_place(row: &str) -> Place<'_> {
    Place { table: "signal", column: "body", row }
}
