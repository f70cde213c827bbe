//! What a letter about an alarm holds, made anew each time it leaves, so that the wait is that of now and nothing leaves that
//! holds no more.

use serde::{Deserialize, Serialize};

use super::Cause;
use crate::id::{Id, of};
use crate::playbook::Words;
use crate::respond::Room;
use crate::store::alarms::AlarmRow;
use crate::store::outbox::OutboxRow;
use crate::store::{Error, Result, Tx, alarms, cases, circles, incidents};
use crate::time::Timestamp;

/// Where an alarm is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    Raised,
    /// Somebody saw it and it still holds.
    Seen,
    Over,
}

/// What stands in the outbox.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AlarmLetter {
    pub alarm: Id<of::Alarm>,
    pub stage: Stage,
    /// How many it stands for.
    pub many: usize,
}

/// What leaves.
#[derive(Debug, Clone, Serialize)]
pub struct AlarmWords {
    pub id: Id<of::Alarm>,
    pub stage: Stage,
    pub cause: Cause,
    pub level: i64,
    pub many: usize,
    /// The reference of the case; of an incident that nobody reported the end of its id; the name of a source or target;
    /// empty for a closed case.
    pub reference: String,
    /// What kind of incident it is.
    #[serde(skip)]
    pub kind: Option<Words>,
    pub since: Timestamp,
    pub waited_minutes: i64,
    /// The page of the console.
    pub link: String,
}

/// What an alarm is called: the reference of the case, of an incident that nobody reported the end of its id, else the name
/// of the source or target.
pub async fn called(tx: &mut Tx, alarm: &AlarmRow) -> Result<String> {
    let Some(id) = alarm.incident else { return Ok(alarm.object.clone()) };
    let reported = cases::of_incident(tx, id).await?.into_iter().next();
    let tail = || id.to_string().rsplit('-').next().unwrap_or_default().to_owned();
    Ok(reported.map_or_else(tail, |case| case.reference))
}

/// The words of a letter; nothing when it is over by now and nobody has to be told any more.
pub async fn open(tx: &mut Tx, room: &Room, row: &OutboxRow) -> Result<Option<AlarmWords>> {
    let letter: AlarmLetter = row
        .body
        .as_deref()
        .and_then(|body| serde_json::from_str(body).ok())
        .ok_or(Error::Corrupt { table: "outbox", column: "body" })?;
    let Some(alarm) = alarms::get(tx, letter.alarm).await? else { return Ok(None) };
    if letter.stage == Stage::Raised && (alarm.ended.is_some() || alarm.seen.is_some()) {
        return Ok(None);
    }
    let cause = Cause::read(&alarm.cause)?;
    let (mut reference, mut kind, mut closed) = (called(tx, &alarm).await?, None, false);
    if let Some(id) = alarm.incident {
        let Some(incident) = incidents::get(tx, id).await? else { return Ok(None) };
        closed = circles::of(tx, id).await?.is_some();
        kind = room.playbooks.kind(&incident.kind).map(|kind| kind.title.clone());
    }
    // A channel has readers who are not of the circle: it rings, and its people see on the console for what.
    if closed {
        (reference, kind) = (String::new(), None);
    }
    let staff = format!("{}/staff", room.public_url);
    let link = match cause {
        Cause::Glass | Cause::Orphaned => format!("{staff}/alarms"),
        Cause::Waits | Cause::Approval | Cause::Late if closed => format!("{staff}/alarms"),
        Cause::Waits if letter.many > 1 => staff,
        Cause::Waits => format!("{staff}/incidents/{}", alarm.object),
        Cause::Approval => format!("{staff}/incidents/{}#orders", case(&alarm)),
        Cause::Late => format!("{staff}/incidents/{}", case(&alarm)),
        Cause::SourceSilent => format!("{staff}/sources/{}", alarm.object),
        Cause::DeadLetters => format!("{staff}/outbox"),
        Cause::AutomaticBraked | Cause::Unreviewed => format!("{staff}/review"),
    };
    let waited_minutes = room.now().since(alarm.since).minutes().max(0);
    let AlarmLetter { stage, many, .. } = letter;
    let (id, level, since) = (alarm.id, alarm.level, alarm.since);
    Ok(Some(AlarmWords { id, stage, cause, level, many, reference, kind, since, waited_minutes, link }))
}

fn case(alarm: &AlarmRow) -> String {
    alarm.incident.map(|id| id.to_string()).unwrap_or_default()
}
