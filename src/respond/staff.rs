//! What staff do: claim, renew, hand back, note, write, judge, raise, reopen. Each under its version and fence.

use super::desk;
use super::doing::{self, Answer};
use super::history;
use super::look::{self, IncidentDetail};
use super::progress::{self, What};
use super::rest::stir_if_reported;
use super::said;
use super::{Room, file, record, wishes};
use crate::attention::Stir;
use crate::audit::{Actor, Entry};
use crate::guidance::{Step, StepState, footer};
use crate::id::{Id, of};
use crate::incident::Verdict;
use crate::playbook::{Audience, Class};
use crate::queue;
use crate::seal::Place;
use crate::store::incidents::{self, Decision, IncidentRow, Raised, State};
use crate::store::messages::{self, Author, MessageRow};
use crate::store::notes::{self, NoteRow};
use crate::store::queue::{self as claims, Claimant, Hold};
use crate::store::steps;
use crate::store::verdicts::{self, VerdictRow};
use crate::store::{Result, Tx};
use crate::text::Language;
use crate::time::Timestamp;

/// Why something was not done, beside faults of the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("there is no such incident")]
    Unknown,
    /// Another version, another holder, or a lease that ended.
    #[error("the incident has changed since you saw it")]
    Stale,
    #[error("nothing waits")]
    Empty,
    /// As many claims in hand as the desk allows.
    #[error("too many open claims in hand")]
    Full,
    /// Required steps that are neither done nor waived.
    #[error("required steps are still open")]
    StepsOpen(Vec<Step>),
}

/// One act of a member of staff on an incident. Texts are scrubbed and cleaned by now.
#[derive(Clone)]
pub enum Deed {
    /// Takes this very incident.
    Claim,
    /// Lengthens the lease.
    Renew {
        fence: i64,
    },
    /// Hands it back; not a release of protection.
    Release {
        fence: i64,
    },
    Note {
        text: String,
    },
    Message {
        text: String,
    },
    /// Closes with what was found.
    Verdict {
        version: i64,
        verdict: Verdict,
        kind: Option<String>,
        reason: String,
    },
    /// Says how far a staff step is; waiving one needs a reason.
    Step {
        step: String,
        state: StepState,
        reason: Option<String>,
        seen: Seen,
    },
    /// Raises the level; never lowers it.
    Escalate {
        version: i64,
        level: u8,
        reason: String,
    },
    Reopen {
        version: i64,
        reason: String,
    },
    /// Grants or refuses what the holder asked for.
    Decide {
        request: Id<of::Request>,
        grant: bool,
        reason: String,
    },
}

/// What whoever speaks of a step goes by: the case in their hands, or one in nobody's as they saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Held { fence: i64 },
    Open { version: i64 },
}

impl Seen {
    /// Whether it is so still; of a closed incident nothing is.
    fn holds(self, row: &IncidentRow, (by, now): (&str, Timestamp)) -> bool {
        match self {
            Self::Held { fence } => {
                row.state == State::Held
                    && row.holder.as_deref() == Some(by)
                    && row.fence == fence
                    && row.lease_until.is_some_and(|until| until > now)
            }
            Self::Open { version } => row.state == State::Open && row.version == version,
        }
    }
}

impl Deed {
    fn action(&self) -> &'static str {
        match self {
            Self::Claim => "incident.claim",
            Self::Renew { .. } => "incident.renew",
            Self::Release { .. } => "incident.hand-back",
            Self::Note { .. } => "incident.note",
            Self::Message { .. } => "incident.message",
            Self::Verdict { .. } => "incident.verdict",
            Self::Step { .. } => "incident.step",
            Self::Escalate { .. } => "incident.escalate",
            Self::Reopen { .. } => "incident.reopen",
            Self::Decide { .. } => "incident.decide",
        }
    }

    /// What of it can be taken back at once.
    fn took(&self) -> Option<desk::Took> {
        match self {
            Self::Claim => Some(desk::Took::Claim),
            Self::Release { .. } => Some(desk::Took::Release),
            Self::Verdict { .. } => Some(desk::Took::Close),
            Self::Renew { .. }
            | Self::Note { .. }
            | Self::Message { .. }
            | Self::Step { .. }
            | Self::Escalate { .. }
            | Self::Reopen { .. }
            | Self::Decide { .. } => None,
        }
    }

    /// What of it the reporter is told.
    fn progress(&self) -> Option<What> {
        match self {
            Self::Claim => Some(What::Taken),
            Self::Release { .. } => Some(What::HandedBack),
            Self::Message { .. } => Some(What::Answered),
            Self::Verdict { .. } => Some(What::Closed),
            Self::Escalate { .. } => Some(What::Raised),
            Self::Reopen { .. } => Some(What::Reopened),
            Self::Renew { .. } | Self::Note { .. } | Self::Step { .. } | Self::Decide { .. } => None,
        }
    }
}

pub(super) fn entry(room: &Room, by: &str, action: &'static str, row: &IncidentRow) -> Entry {
    Entry::done(room.now(), Actor::Staff(by.to_owned()), action, format!("incident:{}", row.id))
}

pub(super) type Doing<'a> = ((&'a str, Language), (&'a Deed, Answer));

pub(super) async fn act(
    tx: &mut Tx,
    room: &Room,
    id: Id<of::Incident>,
    ((by, language), (deed, answer)): Doing<'_>,
) -> Result<std::result::Result<IncidentDetail, Refused>> {
    let Some(row) = incidents::get(tx, id).await? else { return Ok(Err(Refused::Unknown)) };
    let now = room.now();
    let mut entry = entry(room, by, deed.action(), &row);
    match deed {
        Deed::Claim => {
            let claimant = Claimant { by, now, lease: room.playbooks.policy.order.lease };
            let full = super::shift::person(tx, by).await?.is_full(tx, room.playbooks.policy.most_claims).await?;
            // A life and money that is leaving go before any cap.
            if full && row.level > 1 {
                return Ok(Err(Refused::Full));
            }
            if claims::claim_one(tx, id, claimant).await?.is_none() {
                return Ok(Err(Refused::Stale));
            }
        }
        Deed::Renew { fence } => drop(
            claims::renew(tx, Hold { incident: id, by, fence: *fence }, now, room.playbooks.policy.order.lease).await?,
        ),
        Deed::Release { fence } => claims::release(tx, Hold { incident: id, by, fence: *fence }, now).await?,
        Deed::Note { text } => {
            note(tx, room, &row, (by, text)).await?;
            desk::sent(tx, id, (by, desk::Field::Note)).await?;
        }
        Deed::Message { text } => {
            message(tx, room, &row, text).await?;
            desk::sent(tx, id, (by, desk::Field::Reply)).await?;
            stir_if_reported(tx, room, id, Stir::StaffWrite).await?;
        }
        Deed::Step { step, state, reason, seen } => {
            if !seen.holds(&row, (by, now)) {
                return Ok(Err(Refused::Stale));
            }
            let file = history::open(tx, room, &row).await?;
            let Some(kind) = look::kind_of_step(tx, room, &file, (step, Audience::Staff)).await? else {
                return Ok(Err(Refused::Unknown));
            };
            incidents::touch(tx, (id, row.version), now).await?;
            tick(tx, room, &row, (by, (step, kind), *state, reason.as_deref())).await?;
            entry = entry.with("step", step.as_str()).with("state", state.as_str());
        }
        Deed::Verdict { version, verdict, kind, reason } => {
            let open = look::still_required(tx, room, &row, language).await?;
            if !open.is_empty() {
                return Ok(Err(Refused::StepsOpen(open)));
            }
            judge(tx, room, &row, &Judgement { by, version: *version, verdict: *verdict, kind: kind.clone(), reason })
                .await?;
            stir_if_reported(tx, room, id, Stir::StaffClose).await?;
            entry = entry.with("verdict", verdict.as_str());
        }
        Deed::Escalate { version, level, reason } => {
            escalate(tx, &row, (by, *version, now), *level).await?;
            desk::keep_raised(tx, room, &row, (by, reason), *level).await?;
            desk::promise_anew(tx, room, id).await?;
            note(tx, room, &row, (by, reason)).await?;
            entry = entry.with("level", *level);
        }
        Deed::Reopen { version, reason } => {
            incidents::set_state(tx, &Decision { incident: id, version: *version, by, at: now }, State::Open).await?;
            stir_if_reported(tx, room, id, Stir::StaffReopen).await?;
            note(tx, room, &row, (by, reason)).await?;
        }
        Deed::Decide { request, grant, reason } => {
            if !wishes::decide(tx, room, &row, (by, *request, *grant, reason)).await? {
                return Ok(Err(Refused::Stale));
            }
            entry = entry.with("request", request.to_string()).with("granted", *grant);
        }
    }
    if let Some(what) = deed.progress() {
        progress::note_by(tx, room, (id, by), what).await?;
    }
    let Some(row) = incidents::get(tx, id).await? else { return Ok(Err(Refused::Unknown)) };
    if let Some(took) = deed.took() {
        desk::remember(tx, room, (by, took), (&[(id, row.version)], desk::ONE)).await?;
    }
    let detail = look::detail(tx, room, &row, language).await?;
    let mut entries = vec![entry];
    entries.extend(doing::seen(tx, (room, &row), (by, answer)).await?);
    record(tx, &entries).await?;
    Ok(Ok(detail))
}

pub(super) async fn note(tx: &mut Tx, room: &Room, row: &IncidentRow, (by, text): (&str, &str)) -> Result<()> {
    let id = Id::new(room.now(), &*room.random);
    let key = file::data_key(room, row)?;
    let body = key.seal(Place { table: "note", column: "body", row: &id.to_string() }, text.as_bytes(), &*room.random);
    notes::insert(tx, &NoteRow { id, incident: row.id, at: room.now(), person: by.to_owned(), body }).await
}

/// Keeps a message to the person; what we never ask for stands under every one.
pub(super) async fn message(tx: &mut Tx, room: &Room, row: &IncidentRow, text: &str) -> Result<()> {
    let text = &footer::under(text, row.language.parse().unwrap_or(Language::En));
    let id = Id::new(room.now(), &*room.random);
    let key = file::data_key(room, row)?;
    let body =
        key.seal(Place { table: "message", column: "body", row: &id.to_string() }, text.as_bytes(), &*room.random);
    let sent = MessageRow { id, incident: row.id, at: room.now(), author: Author::Staff, body, unproven: false };
    messages::insert(tx, &sent).await?;
    super::marks::number(tx, room, (id, text)).await
}

type Tick<'a> = (&'a str, (&'a str, String), StepState, Option<&'a str>);

/// Keeps a word on a staff step; a reason is sealed beside it.
async fn tick(tx: &mut Tx, room: &Room, row: &IncidentRow, (by, (step, kind), state, reason): Tick<'_>) -> Result<()> {
    let key = file::data_key(room, row)?;
    let place = said::reason_place(row.id, step);
    let seal = |reason: &str| key.seal(said::at(&place), reason.as_bytes(), &*room.random);
    let word = steps::Step {
        step: step.to_owned(),
        kind: Some(kind),
        state,
        at: room.now(),
        person: Some(by.to_owned()),
        reason: reason.map(seal),
    };
    steps::say(tx, row.id, &word).await
}

pub(super) struct Judgement<'a> {
    pub by: &'a str,
    pub version: i64,
    pub verdict: Verdict,
    pub kind: Option<String>,
    pub reason: &'a str,
}

pub(super) async fn judge(tx: &mut Tx, room: &Room, row: &IncidentRow, judgement: &Judgement<'_>) -> Result<()> {
    let id = Id::new(room.now(), &*room.random);
    let key = file::data_key(room, row)?;
    let reason = key.seal(
        Place { table: "verdict", column: "reason", row: &id.to_string() },
        judgement.reason.as_bytes(),
        &*room.random,
    );
    incidents::set_state(
        tx,
        &Decision { incident: row.id, version: judgement.version, by: judgement.by, at: room.now() },
        State::Closed,
    )
    .await?;
    verdicts::insert(
        tx,
        &VerdictRow {
            id,
            incident: row.id,
            at: room.now(),
            person: judgement.by.to_owned(),
            verdict: judgement.verdict.as_str().to_owned(),
            kind: judgement.kind.clone(),
            reason,
        },
    )
    .await?;
    super::numbers::keep_signs(tx, room, (id, row)).await
}

/// Moves into the security lane at the level asked for, never down.
async fn escalate(tx: &mut Tx, row: &IncidentRow, (by, version, now): (&str, i64, Timestamp), level: u8) -> Result<()> {
    let raised = Raised {
        class: Class::Security.as_str().to_owned(),
        lane: queue::lane(Class::Security),
        level: row.level.min(i64::from(level)),
        head_start: row.head_start,
    };
    incidents::escalate(tx, &Decision { incident: row.id, version, by, at: now }, &raised).await
}
