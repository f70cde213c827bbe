//! What leaves for a backend and what comes back. An order is marked as sent before its first byte leaves, so that after a
//! crash it is asked about and never simply sent again (NET-05).

use std::sync::Arc;

use serde_json::json;

use super::{leave, lift};
use crate::audit::{Actor, Entry};
use crate::containment::{Action, Event, Said, State};
use crate::id::Id;
use crate::respond::progress::{self, What};
use crate::respond::{Matter, Respond, Room, outgoing, record};
use crate::seal::Purpose;
use crate::store::case_notices;
use crate::store::orders::{self, OrderRow, Turn};
use crate::store::outbox::{self, Kind, Lease, NewRow, OutboxRow, Taken};
use crate::store::{Error, Result, Tx};
use crate::time::{Span, Timestamp};

/// How often rows are taken in one go while there is nothing to be sent among them.
const ROUNDS: usize = 16;
/// Longer than one letter may take, with a margin.
const LEASE: Span = Span::from_seconds(20);
/// What is not answered for so long is a dead letter (NET-04).
pub(super) const GIVE_UP: Span = Span::from_days(3);
/// How far the backend's clock may be off: so long after its end an order may still have been taken.
const CLOCKS: Span = Span::from_seconds(60);

/// What an order's word is when the backend knows nothing of it.
const NEVER_SEEN: &str = "never-seen";
/// The word of a letter that cannot be made any more.
const UNREADABLE: &str = "unreadable";
/// What a backend has never seen is sent again at once until so many attempts were made; then each waits.
const AT_ONCE: i64 = 10;

/// What a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    Order,
    /// Asks what became of an order.
    Question,
    /// To staff or to a person; what it says is its matter.
    Words,
}

/// A letter that was taken out of the outbox to be sent once.
#[derive(Debug, Clone)]
pub struct Dispatch {
    pub taken: Taken,
    pub what: Sending,
    pub target: String,
    pub object: String,
    pub key: String,
    pub attempts: i64,
    pub give_up: Timestamp,
    pub body: String,
    pub matter: Option<Matter>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returned {
    /// Not one byte left.
    Unreached(&'static str),
    /// It may have arrived; no answer that can be believed.
    Silence(&'static str),
    Said(Said),
    /// Words were taken.
    Taken,
    /// They never will be: sending them again would change nothing.
    Unwanted(&'static str),
}

/// Puts an order that may leave into the outbox, in the transaction that made it so.
pub(super) async fn put(tx: &mut Tx, room: &Room, row: &OrderRow) -> Result<()> {
    let now = room.now();
    // The first attempt epoch; another one would mean another effect.
    let bound = format!("{}\0{}\0{}\01", row.incident, row.id, row.target);
    let new = NewRow {
        id: Id::new(now, &*room.random),
        target: row.target.clone(),
        lane: format!("{}:{}:{}", row.target, row.account_digest, row.action.part()),
        kind: Kind::Order,
        object: row.id.to_string(),
        key: room.keys.digests.of(Purpose::OrderKey, "order", &bound),
        body: None,
        created: now,
        due: now,
        give_up: now.plus(GIVE_UP),
    };
    lift::hush(tx, room, row).await?;
    outbox::put(tx, &new).await?;
    if row.action == Action::HoldWithdrawals {
        if row.automatic {
            progress::note(tx, room, row.incident, What::HoldAsked).await?;
        } else {
            progress::note_by(tx, room, (row.incident, &row.requester), What::HoldAsked).await?;
        }
    }
    Ok(())
}

impl Respond {
    /// Takes letters for a target that are due, `most` at most; each is to be sent once and told of.
    pub async fn take_letters(&self, target: &str, most: i64) -> Result<Vec<Dispatch>> {
        let mut tx = self.db.read().await?;
        if outbox::waiting(&mut tx, target).await? == 0 {
            return Ok(Vec::new());
        }
        drop(tx);
        let (room, target) = (self.room(), target.to_owned());
        self.writer
            .act(move |tx| {
                let (room, target) = (Arc::clone(&room), target.clone());
                Box::pin(async move {
                    let now = room.now();
                    let lease = Lease { now, until: now.plus(LEASE), most };
                    let (mut letters, mut entries) = (Vec::new(), Vec::new());
                    // Those that nobody is to be sent any more keep no other waiting.
                    for _ in 0..ROUNDS {
                        let rows = outbox::take(tx, &target, lease).await?;
                        let is_last = rows.is_empty();
                        for row in rows {
                            letters.extend(open(tx, &room, row, &mut entries).await?);
                        }
                        if is_last || !letters.is_empty() {
                            break;
                        }
                    }
                    record(tx, &entries).await?;
                    Ok(letters)
                })
            })
            .await
    }

    /// Takes in what came of a letter; `wait` is how long until the next attempt, should there be one.
    pub async fn letter_returned(&self, letter: Dispatch, returned: Returned, wait: Span) -> Result<()> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let (room, letter, returned) = (Arc::clone(&room), letter.clone(), returned.clone());
                Box::pin(async move {
                    let entries = close(tx, &room, (&letter, &returned), wait).await?;
                    record(tx, &entries).await
                })
            })
            .await
    }

    /// Ends the leases of a process that is gone; at the start.
    pub async fn free_letters(&self) -> Result<()> {
        self.writer.act(move |tx| Box::pin(async move { outbox::free(tx).await.map(drop) })).await
    }
}

fn taken(row: &OutboxRow) -> Taken {
    Taken { id: row.id, turn: row.turn }
}

/// The letter of a row; nothing when there is nothing to be sent any more.
async fn open(tx: &mut Tx, room: &Room, row: OutboxRow, entries: &mut Vec<Entry>) -> Result<Option<Dispatch>> {
    let letter = |what, body| Dispatch {
        taken: taken(&row),
        what,
        target: row.target.clone(),
        object: row.object.clone(),
        key: row.key.clone(),
        attempts: row.attempts,
        give_up: row.give_up,
        body,
        matter: None,
    };
    if row.kind != Kind::Order {
        let matter = match outgoing::open(tx, room, (&row, entries)).await {
            Ok(matter) => matter,
            // One letter that cannot be read stops no other.
            Err(Error::Corrupt { .. }) => {
                tracing::error!(letter.id = %row.id, "the letter {} cannot be read and is not sent", row.id);
                outbox::settle(tx, taken(&row), (true, room.now(), UNREADABLE)).await?;
                entries.push(given_up(room, (&row.target, &row.object), UNREADABLE));
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        if matter.is_none() {
            outbox::settle(tx, taken(&row), (false, room.now(), "over")).await?;
        }
        return Ok(matter.map(|matter| Dispatch { matter: Some(matter), ..letter(Sending::Words, String::new()) }));
    }
    let found = match row.object.parse() {
        Ok(id) => orders::get(tx, id).await?,
        Err(_) => None,
    };
    let Some(kept) = found.filter(|kept| !kept.state.is_settled()) else {
        outbox::settle(tx, taken(&row), (false, room.now(), "settled")).await?;
        return Ok(None);
    };
    let (order, account) = match leave::restored(tx, room, &kept).await {
        Ok(Some(restored)) => restored,
        Ok(None) => return Ok(None),
        // One letter that cannot be read stops no other.
        Err(Error::Corrupt { .. }) => {
            tracing::error!(order.id = %kept.id, "the order {} cannot be read and is not sent", kept.id);
            outbox::settle(tx, taken(&row), (true, room.now(), UNREADABLE)).await?;
            entries.push(given_up(room, (&row.target, &row.object), UNREADABLE));
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let question = json!({"type": "question", "key": row.key, "order": row.object, "fence": row.fence});
    if matches!(kept.state, State::Sent | State::Unknown) {
        if kept.state == State::Sent {
            entries.extend(step(tx, room, (&kept, Event::Silence), "interrupted").await?);
        }
        return Ok(Some(letter(Sending::Question, question.to_string())));
    }
    let not_after = match leave::may_leave(tx, room, (&kept, &order)).await? {
        Ok(not_after) => not_after,
        // It left before: whether a late copy was taken is asked until none can be.
        Err((Event::Doubt, word)) => {
            entries.extend(step(tx, room, (&kept, Event::Doubt), word).await?);
            return Ok(Some(letter(Sending::Question, question.to_string())));
        }
        Err((event, word)) => {
            entries.extend(step(tx, room, (&kept, event), word).await?);
            outbox::settle(tx, taken(&row), (false, room.now(), word)).await?;
            return Ok(None);
        }
    };
    entries.extend(step(tx, room, (&kept, Event::Send), "sent").await?);
    let until = held_until(tx, (&kept, room.now())).await?;
    let body = json!({
        "type": "order",
        "key": row.key,
        "fence": row.fence,
        "order": row.object,
        "case": kept.incident,
        "account": account,
        "action": kept.action,
        "until": until,
        "undoes": kept.undoes,
        "not_after": not_after,
    });
    Ok(Some(letter(Sending::Order, body.to_string())))
}

/// Until when the effect lasts: as long as was approved, and no less than the same holds already. Whoever asked need not see
/// the case that holds it, and shortens it by no accident.
async fn held_until(tx: &mut Tx, (kept, now): (&OrderRow, Timestamp)) -> Result<Option<Timestamp>> {
    let Some(until) = kept.until else { return Ok(None) };
    let held = orders::in_force(tx, &kept.account_digest, now).await?;
    let same = held.iter().filter(|held| held.action == kept.action);
    Ok(same.filter_map(|held| held.until).chain([until]).max())
}

/// Moves an order on by an event; nothing when the event is none for it.
pub(super) async fn step(
    tx: &mut Tx,
    room: &Room,
    (kept, event): (&OrderRow, Event),
    word: &str,
) -> Result<Option<Entry>> {
    let Some(to) = kept.state.after(event) else { return Ok(None) };
    let turn = Turn { from: kept.state, to, at: room.now(), word: Some(word) };
    orders::set_state(tx, kept.id, turn).await?;
    if matches!(event, Event::Silence | Event::NeverSeen) && !kept.may_have_left {
        orders::left(tx, kept.id).await?;
    }
    if matches!(to, State::Failed | State::Expired | State::Withdrawn) {
        lift::resume(tx, room, (kept, GIVE_UP)).await?;
    }
    let entry = Entry::done(room.now(), Actor::System, "order.state", format!("incident:{}", kept.incident))
        .with("order", kept.id.to_string())
        .with("from", kept.state.as_str())
        .with("to", to.as_str())
        .with("word", word);
    Ok((kept.state != to).then_some(entry))
}

async fn close(tx: &mut Tx, room: &Room, (letter, returned): (&Dispatch, &Returned), wait: Span) -> Result<Vec<Entry>> {
    let found = match (letter.what, letter.object.parse()) {
        (Sending::Order | Sending::Question, Ok(id)) => orders::get(tx, id).await?,
        (Sending::Order | Sending::Question, Err(_)) | (Sending::Words, _) => None,
    };
    let now = room.now();
    let Some(kept) = found else {
        let word = match returned {
            Returned::Unreached(word) | Returned::Silence(word) => *word,
            Returned::Said(_) | Returned::Taken => {
                if outbox::settle(tx, letter.taken, (false, now, "taken")).await? {
                    case_notices::sent(tx, letter.taken.id, now).await?;
                }
                return Ok(Vec::new());
            }
            Returned::Unwanted(word) => {
                outbox::settle(tx, letter.taken, (true, now, word)).await?;
                return Ok(vec![given_up(room, (&letter.target, &letter.object), word)]);
            }
        };
        return put_back(tx, room, letter, (now.plus(wait), word)).await;
    };
    let (event, word, next) = match returned {
        Returned::Unreached(word) => (Event::Unreached, (*word).to_owned(), Some(now.plus(wait))),
        Returned::Silence(word) => (Event::Silence, (*word).to_owned(), Some(now.plus(wait))),
        Returned::Said(Said::Done) => (Event::Confirm, "done".to_owned(), None),
        Returned::Said(Said::Refused(word)) => (Event::Refuse, word.clone(), None),
        Returned::Said(Said::NeverSeen) => match leave::until(tx, room, &kept).await? {
            Some(end) if now < end => {
                let at_once = letter.what == Sending::Question && letter.attempts < AT_ONCE;
                let due = if at_once { now } else { now.plus(wait) };
                (Event::NeverSeen, NEVER_SEEN.to_owned(), Some(due))
            }
            // A copy that is still on its way is refused by then, whatever the backend's clock says.
            Some(end) if now < end.plus(CLOCKS) => (Event::Silence, NEVER_SEEN.to_owned(), Some(end.plus(CLOCKS))),
            _ => (Event::Lapse, "expired".to_owned(), None),
        },
        Returned::Said(Said::Working) => (Event::Silence, "working".to_owned(), Some(now.plus(wait))),
        Returned::Said(Said::WouldTouch(_)) | Returned::Taken | Returned::Unwanted(_) => {
            (Event::Silence, "answer".to_owned(), Some(now.plus(wait)))
        }
    };
    // Somebody else may have taken it since: then what they hear counts.
    let ours = if let Some(due) = next {
        outbox::again(tx, letter.taken, (due, &word)).await?
    } else {
        outbox::settle(tx, letter.taken, (false, now, &word)).await?
    };
    if !ours {
        return Ok(Vec::new());
    }
    let entry = step(tx, room, (&kept, event), &word).await?;
    let mut entries: Vec<Entry> = entry.into_iter().collect();
    if event == Event::Confirm
        && let Some(undone) = kept.undoes
        && let Some(undone) = orders::get(tx, undone).await?
    {
        entries.extend(step(tx, room, (&undone, Event::Reverse), "reversed").await?);
        // Whatever else held the same part of the account when it was asked for does so no longer.
        for held in orders::in_force(tx, &kept.account_digest, now).await? {
            if held.id != undone.id && held.action == undone.action && held.requested <= kept.requested {
                entries.extend(step(tx, room, (&held, Event::Reverse), "reversed").await?);
            }
        }
    }
    if next.is_some_and(|due| due > letter.give_up) {
        outbox::settle(tx, letter.taken, (true, now, &word)).await?;
        entries.push(given_up(room, (&letter.target, &letter.object), &word));
    }
    Ok(entries)
}

async fn put_back(tx: &mut Tx, room: &Room, letter: &Dispatch, (due, word): (Timestamp, &str)) -> Result<Vec<Entry>> {
    if due <= letter.give_up {
        outbox::again(tx, letter.taken, (due, word)).await?;
        return Ok(Vec::new());
    }
    outbox::settle(tx, letter.taken, (true, room.now(), word)).await?;
    Ok(vec![given_up(room, (&letter.target, &letter.object), word)])
}

fn given_up(room: &Room, (target, object): (&str, &str), word: &str) -> Entry {
    Entry::done(room.now(), Actor::System, "outbox.given-up", format!("target:{target}"))
        .with("object", object.to_owned())
        .with("word", word)
}

/// Lets orders lapse that waited for a second person in vain.
pub(in crate::respond) async fn sweep(tx: &mut Tx, room: &Room) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for kept in orders::lapsed(tx, room.now()).await? {
        entries.extend(step(tx, room, (&kept, Event::Lapse), "nobody-approved").await?);
    }
    Ok(entries)
}
