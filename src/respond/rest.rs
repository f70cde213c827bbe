//! Routine requests that are solved or silent close themselves; what bears on it is kept here. No security case ever does:
//! the judgement says so, and the statement that closes asks again.

use super::{Respond, Room, record};
use crate::attention::{Attention, Rest, Stand, Stir};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::playbook::Class;
use crate::queue;
use crate::store::incidents::{self, Decision, IncidentRow, State};
use crate::store::progress::What;
use crate::store::{Result, Tx, attention, promises};
use crate::time::Span;

/// Cases looked at in one transaction, so that the writer is never held for long.
const BATCH: i64 = 50;
/// When a case in somebody's hands is looked at again.
const LATER: Span = Span::from_minutes(15);

/// Keeps that a case stirred; a case from before there was such a thing begins with it.
pub(super) async fn stir(tx: &mut Tx, room: &Room, incident: Id<of::Incident>, stir: Stir) -> Result<Attention> {
    let (now, silence) = (room.now(), room.playbooks.policy.silence);
    let known = attention::get(tx, incident).await?.unwrap_or_else(|| Attention::new(now, false, silence));
    let stirred = known.stirred(stir, (now, silence));
    attention::put(tx, incident, &stirred).await?;
    Ok(stirred)
}

/// The same for what staff do, which concerns a reporter's case alone.
pub(super) async fn stir_if_reported(tx: &mut Tx, room: &Room, id: Id<of::Incident>, what: Stir) -> Result<()> {
    if attention::get(tx, id).await?.is_some() {
        stir(tx, room, id, what).await?;
    }
    Ok(())
}

/// Closes a case that may close itself now; the entry for the trail when it did.
pub(super) async fn rest(tx: &mut Tx, room: &Room, row: &IncidentRow) -> Result<Option<Entry>> {
    let Some(known) = attention::get(tx, row.id).await? else { return Ok(None) };
    let class = if row.lane == queue::lane(Class::Routine) { Class::Routine } else { Class::Security };
    let stand = Stand { class, danger: row.danger, waits: row.state == State::Open };
    let Some(why) = known.rests(room.now(), stand) else {
        let due = match (class, row.state) {
            (Class::Routine, State::Held) => Some(room.now().plus(LATER)),
            (Class::Routine, State::Open) => known.due.filter(|due| *due > room.now()),
            (Class::Routine, State::Closed) | (Class::Security, _) => None,
        };
        attention::put(tx, row.id, &Attention { due, ..known }).await?;
        return Ok(None);
    };
    incidents::close_routine(tx, (row.id, row.version), room.now()).await?;
    attention::put(tx, row.id, &known.at_rest(why)).await?;
    promises::did(tx, row.id, (What::Closed, room.now())).await?;
    Ok(Some(entry(room, row.id, why)))
}

fn entry(room: &Room, id: Id<of::Incident>, why: Rest) -> Entry {
    Entry::done(room.now(), Actor::System, "incident.close-itself", format!("incident:{id}"))
        .with("why", why.to_string())
}

impl Respond {
    /// Closes routine cases that are solved or silent; answers with how many.
    pub(super) async fn rest_cases(&self) -> Result<usize> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let due = attention::due(&mut tx, room.now(), BATCH).await?;
        drop(tx);
        let mut closed = 0;
        for id in due {
            let room = self.room();
            // One at a time: a case that somebody claims meanwhile is a conflict of its own.
            let done = self
                .writer
                .act(move |tx| {
                    let room = std::sync::Arc::clone(&room);
                    Box::pin(async move {
                        let Some(row) = incidents::get(tx, id).await? else { return Ok(false) };
                        let entry = rest(tx, &room, &row).await?;
                        record(tx, entry.as_slice()).await?;
                        Ok(entry.is_some())
                    })
                })
                .await;
            match done {
                Ok(done) => closed += usize::from(done),
                Err(error) => tracing::warn!(%error, incident.id = %id, "a quiet case could not be closed: {error}"),
            }
        }
        Ok(closed)
    }
}

/// What a holder wishes beside steps and words: a person, or an end. Nothing for an end of what is no routine request.
pub(super) async fn wish(tx: &mut Tx, room: &Room, row: &IncidentRow, what: Stir) -> Result<bool> {
    let ends = what == Stir::PersonSaysSolved;
    if ends && (row.lane != queue::lane(Class::Routine) || row.danger) {
        return Ok(false);
    }
    if row.state == State::Closed {
        if ends {
            return Ok(true);
        }
        let decision = Decision { incident: row.id, version: row.version, by: "system", at: room.now() };
        incidents::set_state(tx, &decision, State::Open).await?;
        promises::did(tx, row.id, (What::Reopened, room.now())).await?;
    }
    stir(tx, room, row.id, what).await?;
    let action = if ends { "case.solved" } else { "case.ask-person" };
    let said = Entry::done(room.now(), Actor::CaseHolder, action, format!("incident:{}", row.id));
    let closed = if ends { rest(tx, room, row).await? } else { None };
    record(tx, &[Some(said), closed].into_iter().flatten().collect::<Vec<_>>()).await?;
    Ok(true)
}
