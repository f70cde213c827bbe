//! What the reporter is told of the work on their case: what was done, how long it likely takes, what they asked for.

use super::view::{Done, DoneWhat, Likely, RequestState, RequestView, Wait};
use super::{Room, notices, shift};
use crate::id::{Id, of};
use crate::queue::{self, Served};
use crate::store::cases::{self, CaseRow};
use crate::store::incidents::Place;
pub(super) use crate::store::progress::What;
use crate::store::requests::{self, RequestRow, Wish};
use crate::store::{Result, Tx, progress, promises};
use crate::time::{Span, Timestamp};

/// How far back the rate of a lane is looked for, the nearest that tells enough first.
const WITHIN: [Span; 3] = [Span::from_minutes(60), Span::from_minutes(4 * 60), Span::from_minutes(24 * 60)];
/// Taken up within the span, so that its rate is believed without looking further back.
const ENOUGH: i64 = 6;
/// The latest deeds that are told.
const TOLD: i64 = 50;
/// The most that is counted of those before.
const COUNTED: i64 = 1_000;
/// A granted link waits this long for its holder.
pub(super) const LINK_WAITS: Span = Span::from_days(1);
const DAY: Span = Span::from_days(1);

/// Keeps that something was done, and tells by mail what of it is worth one.
pub(super) async fn note(tx: &mut Tx, room: &Room, incident: Id<of::Incident>, what: What) -> Result<()> {
    put(tx, room, (incident, None), what).await
}

/// Keeps that a member of staff did something.
pub(super) async fn note_by(
    tx: &mut Tx,
    room: &Room,
    (incident, by): (Id<of::Incident>, &str),
    what: What,
) -> Result<()> {
    put(tx, room, (incident, Some(by)), what).await
}

async fn put(tx: &mut Tx, room: &Room, (incident, person): (Id<of::Incident>, Option<&str>), what: What) -> Result<()> {
    let now = room.now();
    progress::insert(tx, progress::Done { id: Id::new(now, &*room.random), incident, at: now, what, person }).await?;
    promises::did(tx, incident, (what, now)).await?;
    match notices::told(what) {
        Some(told) => notices::post(tx, room, incident, told).await,
        None => Ok(()),
    }
}

/// What was done about a case, oldest first.
pub(super) async fn of(tx: &mut Tx, case: &CaseRow) -> Result<Vec<Done>> {
    let done = progress::of_incident(tx, case.incident, TOLD).await?;
    let received = Done { at: case.created, what: DoneWhat::Received };
    Ok(std::iter::once(received).chain(done.into_iter().map(|(at, what)| Done { at, what: told(what) })).collect())
}

fn told(what: What) -> DoneWhat {
    match what {
        What::Taken => DoneWhat::Taken,
        What::HandedBack => DoneWhat::HandedBack,
        What::Answered => DoneWhat::Answered,
        What::Raised => DoneWhat::Raised,
        What::Closed => DoneWhat::Closed,
        What::Reopened => DoneWhat::Reopened,
        What::HoldAsked => DoneWhat::HoldAsked,
    }
}

/// How long the case at a place likely waits, from the rate at which the lane of its pool was served.
pub(super) async fn wait(tx: &mut Tx, room: &Room, (pool, place): (&str, Place)) -> Result<Wait> {
    let now = room.now();
    let hours = shift::hours(tx, room).await?;
    let ahead = progress::waiting_before(tx, pool, place).await?.clamp(0, COUNTED);
    let mut served = Served { count: 0, over: Span::ZERO };
    let mut within = Span::ZERO;
    for span in WITHIN {
        let since = now.minus(span);
        let count = progress::served_since(tx, (pool, place.lane), since).await?;
        let over = hours.as_ref().map_or(span, |hours| hours.open_within(since, now));
        (served, within) = (Served { count: u32::try_from(count).unwrap_or(u32::MAX), over }, span);
        if count >= ENOUGH {
            break;
        }
    }
    let staff_back = hours.as_ref().and_then(|hours| hours.back_at(now));
    let likely = queue::likely(staff_back.unwrap_or(now), u32::try_from(ahead).unwrap_or(0), served);
    Ok(Wait {
        likely: likely.map(|likely| Likely { from: likely.from, until: likely.until }),
        served: served.count,
        within_minutes: u32::try_from(within.minutes()).unwrap_or(0),
        staff_back,
    })
}

/// What the holder of a case asked for, oldest first.
pub(super) async fn requests(tx: &mut Tx, (case, now): (&CaseRow, Timestamp)) -> Result<Vec<RequestView>> {
    let asked = requests::of_case(tx, case.id).await?;
    Ok(asked.iter().map(|row| RequestView { what: row.what, asked: row.asked, state: to_holder(row, now) }).collect())
}

/// A link that was granted and not taken for a day is over, and can be asked for again.
fn to_holder(row: &RequestRow, now: Timestamp) -> RequestState {
    let over = row.decided.is_some_and(|decided| now.since(decided) > LINK_WAITS);
    if state(row) == RequestState::Granted && row.what == Wish::NewLink && over {
        RequestState::Over
    } else {
        state(row)
    }
}

pub(super) fn state(row: &RequestRow) -> RequestState {
    match (row.decided, row.granted, row.taken) {
        (None, _, _) => RequestState::Waiting,
        (Some(_), false, _) => RequestState::Refused,
        (Some(_), true, None) => RequestState::Granted,
        (Some(_), true, Some(_)) => RequestState::Done,
    }
}

/// Wrong codes tried at a case within a day.
pub(super) async fn wrong_codes(tx: &mut Tx, case: Id<of::Case>, now: Timestamp) -> Result<u32> {
    Ok(u32::try_from(cases::guesses_since(tx, case, now.minus(DAY)).await?).unwrap_or(u32::MAX))
}
