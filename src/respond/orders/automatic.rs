//! What the house orders by itself: on a signed alert alone, the easiest thing that ends by itself, and under a brake that
//! people let go (RB-10).

use std::collections::BTreeMap;

use super::HOUSE;
use super::ask::{self, Said};
use crate::audit::{Actor, Entry};
use crate::containment::{Action, Automatic, Brake, Danger, LONGEST_ALONE, Order, People, automatic_may};
use crate::id::{Id, of};
use crate::playbook::Class;
use crate::respond::Room;
use crate::respond::file::File;
use crate::scoring::{Assessment, Case, Line, assess_after};
use crate::signal::{Signal, Strength};
use crate::store::{Result, Tx, automatic};
use crate::time::{Span, Timestamp};

/// The worst levels: only they are worth acting before anybody has looked.
const WORST: u8 = 2;
/// An alert about what happened longer ago is history, and history is for people.
const FRESH: Span = Span::from_minutes(60);
const TOGETHER: Span = Span::from_minutes(10);
pub(super) const A_DAY: Span = Span::from_days(1);

/// What is to be ordered, and why.
struct Wanted<'a> {
    action: Action,
    /// How long its effect lasts.
    lasting: Option<Span>,
    target: String,
    account: &'a str,
    endpoint: &'a str,
    kind: String,
    level: u8,
}

/// Orders what the house may by itself once a signal was judged; the entries are to be recorded. The incident is kept by now,
/// and nobody else places an order before the commit.
pub(in crate::respond) async fn by_itself(
    tx: &mut Tx,
    room: &Room,
    (file, signal): (&File, Id<of::Signal>),
) -> Result<Vec<Entry>> {
    let Some(wanted) = wanted(room, file, signal) else { return Ok(Vec::new()) };
    let (now, account) = (room.now(), room.account_digest(wanted.account));
    let in_force = ((account.as_str(), wanted.action), (now, now.minus(LONGEST_ALONE)));
    if automatic::is_in_force(tx, in_force.0, in_force.1).await? {
        return Ok(Vec::new());
    }
    if automatic::is_ruled(tx, (file.id, file.subject.as_deref()), (&account, now.minus(A_DAY))).await? {
        return Ok(Vec::new());
    }
    let standing = automatic::standing(tx, now.minus(A_DAY)).await?;
    if standing.iter().any(|brake| brake.account.is_empty() || brake.account == account) {
        return Ok(Vec::new());
    }
    if let Err(brake) = automatic_may(before(tx, (&account, now)).await?) {
        return stop(tx, room, (brake, &account), file.id).await;
    }
    let order = Order {
        id: Id::new(now, &*room.random),
        incident: file.id,
        account,
        action: wanted.action,
        target: wanted.target,
        until: wanted.lasting.map(|lasting| now.plus(lasting)),
        undoes: None,
        requester: HOUSE.to_owned(),
        requested: now,
        expires: now.plus(Order::open_for(wanted.action)),
        people: People::One,
    };
    let reason = format!("{}: {}, {}", wanted.endpoint, wanted.kind, wanted.level);
    let said = Said { account: wanted.account, reason: &reason, automatic: true };
    let (_, entry) = ask::keep(tx, room, (&order, &file.key), said).await?;
    metrics::counter!("holdfast_automatic_orders_total").increment(1);
    Ok(vec![
        entry
            .with("automatic", true)
            .with("signal", signal.to_string())
            .with("endpoint", wanted.endpoint.to_owned())
            .with("kind", wanted.kind)
            .with("level", wanted.level),
    ])
}

/// What the alert alone is enough for: it is recent, it names one account, and by what is signed alone, without anything a
/// person wrote, the case is one of the worst, of this kind, because of this alert.
fn wanted<'a>(room: &Room, file: &'a File, signal: Id<of::Signal>) -> Option<Wanted<'a>> {
    let standing = file.standing();
    if file.practice || file.ruling.is_some() || standing.class != Class::Security || standing.level > WORST {
        return None;
    }
    let signal = file.signals.iter().find(|known| known.id == signal).filter(|signal| signal.may_order())?;
    let [account] = signal.facts.get("account") else { return None };
    // What signs no time of sending could be an old delivery sent again, unless it says itself when it happened.
    let dated = signal.strength() == Some(Strength::Signed) || signal.facts.has("time");
    if !dated || room.now().since(signal.at) > FRESH {
        return None;
    }
    let signed: Vec<Signal> = file.signals.iter().filter(|signal| signal.may_order()).cloned().collect();
    let judged = assess_after(&room.playbooks, &Case { signals: &signed, answers: &BTreeMap::new() }, &[]);
    let led = file.assessment.as_ref().is_some_and(|whole| whole.lead == judged.lead);
    if !led || judged.class != Class::Security || judged.level > WORST || !rests_on(&judged, signal) {
        return None;
    }
    let kind = room.playbooks.kind(&judged.lead)?;
    kind.orders.iter().filter(|order| order.automatic).find_map(|order| {
        let action: Action = order.action.parse().ok()?;
        let lasting = if action.lasts() { Some(order.expires.parse::<Span>().ok()?.min(LONGEST_ALONE)) } else { None };
        let alone = action.danger() == Danger::Hold;
        let backend = room.backend(action).filter(|_| alone)?;
        Some(Wanted {
            action,
            lasting,
            target: backend.name.clone(),
            account,
            endpoint: &signal.origin.endpoint,
            kind: kind.id.clone(),
            level: judged.level,
        })
    })
}

/// Whether a judgement leans towards its lead because of a signal.
fn rests_on(judged: &Assessment, signal: &Signal) -> bool {
    let id = signal.id.to_string();
    judged.lead_standing().is_some_and(|lead| {
        lead.lines.iter().any(|line| match line {
            Line::Evidence { points, because, .. } => *points > 0 && because.signal.as_ref() == Some(&id),
            Line::Prior { .. } | Line::GroupCap { .. } | Line::AnonymousCap { .. } => false,
        })
    })
}

/// What was ordered before, since people last let it go on.
async fn before(tx: &mut Tx, (account, now): (&str, Timestamp)) -> Result<Automatic> {
    let counted = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let begin = now.minus(TOGETHER);
    let since = automatic::last_release(tx, "").await?.map_or(begin, |released| released.max(begin));
    let together = counted(automatic::together_since(tx, since).await?);
    let begin = now.minus(A_DAY);
    let since = automatic::last_release(tx, account).await?.map_or(begin, |released| released.max(begin));
    let account = counted(automatic::on_account_since(tx, account, since).await?);
    Ok(Automatic { together, account })
}

/// The brake goes in: nothing more by itself until people let it.
async fn stop(
    tx: &mut Tx,
    room: &Room,
    (brake, account): (Brake, &str),
    incident: Id<of::Incident>,
) -> Result<Vec<Entry>> {
    let (now, whole) = (room.now(), brake == Brake::Together);
    let account = if whole { "" } else { account };
    if !automatic::brake(tx, Id::new(now, &*room.random), account, (now, now.minus(A_DAY))).await? {
        return Ok(Vec::new());
    }
    metrics::counter!("holdfast_automatic_brakes_total").increment(1);
    tracing::error!(
        incident.id = %incident,
        "{brake}; it orders nothing more until somebody lets it go on at /staff/review"
    );
    let entry = Entry::done(now, Actor::System, "order.brake", format!("incident:{incident}"));
    Ok(vec![entry.with("whole_house", whole)])
}
