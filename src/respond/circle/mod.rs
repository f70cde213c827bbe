//! Closed circles: a case that only named people of the staff see, and that for everybody else does not exist (RB-12).
//!
//! What hides it is a condition in every statement that staff look through ([`crate::store::Sight`]). Here a case is closed
//! and opened and its list kept; `glass` lets somebody in who has to be, in front of everybody; `watch` sees that no case is
//! left without people.

mod glass;
mod watch;

use std::sync::Arc;

pub(super) use watch::watch;

use super::people::Person;
use super::progress::{self, What};
use super::{Respond, Room, file, record, staff};
use crate::access::Permission;
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::seal::Place;
use crate::store::circles::{self, CircleRow, LASTING, SeatRow, THE_HOUSE};
use crate::store::incidents::{self, IncidentRow, State};
use crate::store::{Error, Result, Tx, people, privacy};
use crate::time::Timestamp;

/// A closed circle as its people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    pub since: Timestamp,
    /// Who closed the case, and why.
    pub by: String,
    pub reason: String,
    /// The keys of its members, in the order they came.
    pub members: Vec<String>,
    /// Who broke the glass and may still look, and until when.
    pub guests: Vec<(String, Timestamp)>,
    /// Since when it stands open to the approvers, because none of its members was left.
    pub orphaned: Option<Timestamp>,
    /// The keys of those who change the list: its members, and approvers as long as it stands open to them.
    pub keepers: Vec<String>,
    /// The keys of others who took a report of the case down, and know its link and code.
    pub link_known_to: Vec<String>,
}

/// Who sees a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    Everybody,
    Closed(Circle),
}

/// What is done about a circle. A reason is scrubbed and cleaned by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CircleDeed {
    /// Closes the case to these and whoever does it.
    Close {
        members: Vec<String>,
        reason: String,
    },
    Add {
        member: String,
    },
    Remove {
        member: String,
    },
    /// Opens the case to everybody again.
    Open {
        reason: String,
    },
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    #[error("there is no such case")]
    Unknown,
    /// Neither an approver nor whoever has it in hand, or no member.
    #[error("not yours to do")]
    NotYours,
    #[error("it is closed to a circle already, or to none")]
    Otherwise,
    #[error("nobody on the list may read cases, or somebody is not on the staff")]
    NobodyThere,
    #[error("the last member who can sign in stays")]
    Last,
}

type Done = std::result::Result<(), NotDone>;

impl Respond {
    /// Closes a case, changes its list, or opens it again; who approves orders closes also what another has in hand.
    pub async fn circle_does(
        &self,
        id: Id<of::Incident>,
        by: (Id<of::Person>, bool),
        deed: CircleDeed,
    ) -> Result<Done> {
        let (room, deed) = (self.room(), Arc::new(deed));
        self.writer
            .act(move |tx| {
                let (room, deed) = (Arc::clone(&room), Arc::clone(&deed));
                Box::pin(async move { act(tx, &room, id, (by, &deed)).await })
            })
            .await
    }

    /// To whom a case is closed; nothing when there is no such case. The look is an audit entry.
    pub async fn circle(&self, id: Id<of::Incident>, by: &str) -> Result<Option<Listing>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some(row) = incidents::get(&mut tx, id).await? else { return Ok(None) };
        let circle = of_row(&mut tx, &room, &row).await?;
        drop(tx);
        self.seen_by(id, by).await?;
        Ok(Some(circle.map_or(Listing::Everybody, Listing::Closed)))
    }

    /// Who can be of a circle: the keys and names of those who may read cases.
    pub async fn circle_candidates(&self) -> Result<Vec<(String, String)>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let all = candidates(&mut tx, &room).await?;
        Ok(all.into_iter().map(|person| (person.id.to_string(), person.name)).collect())
    }
}

/// The circle of a case that was looked at; nothing when it has none.
pub(super) async fn of_row(tx: &mut Tx, room: &Room, row: &IncidentRow) -> Result<Option<Circle>> {
    let Some(kept) = circles::of(tx, row.id).await? else { return Ok(None) };
    let key = file::data_key(room, row)?;
    let reason = key.open(reason_at(&row.id.to_string()), &kept.reason).ok();
    let seats = circles::seats(tx, row.id).await?;
    let keepers = seats.iter().filter(|seat| keeps(&kept, seat, room.now())).map(|seat| seat.person.clone()).collect();
    let (members, guests): (Vec<_>, Vec<_>) = seats.into_iter().partition(|seat| seat.member);
    let mut knowing = circles::taken_down(tx, row.id).await?;
    knowing = knowing.iter().filter_map(|actor| actor.strip_prefix("staff:")).map(str::to_owned).collect();
    knowing.retain(|key| !members.iter().any(|seat| seat.person == *key));
    Ok(Some(Circle {
        since: kept.at,
        by: kept.person,
        reason: reason.and_then(|reason| String::from_utf8(reason).ok()).unwrap_or_default(),
        members: members.into_iter().map(|seat| seat.person).collect(),
        guests: guests
            .into_iter()
            .filter(|seat| seat.until > room.now())
            .map(|seat| (seat.person, seat.until))
            .collect(),
        orphaned: kept.orphaned,
        keepers,
        link_known_to: knowing,
    }))
}

/// Whether a seat is of somebody whose list it is: a member, or an approver who stands in as long as no member can sign in.
fn keeps(kept: &CircleRow, seat: &SeatRow, now: Timestamp) -> bool {
    seat.member || (kept.orphaned.is_some() && seat.given_by == THE_HOUSE && seat.until > now)
}

/// Whether somebody keeps the list of this case; of a case without one everybody does.
pub(super) async fn is_keeper(tx: &mut Tx, room: &Room, (id, key): (Id<of::Incident>, &str)) -> Result<bool> {
    let Some(kept) = circles::of(tx, id).await? else { return Ok(true) };
    let seats = circles::seats(tx, id).await?;
    Ok(seats.iter().any(|seat| seat.person == key && keeps(&kept, seat, room.now())))
}

fn reason_at(row: &str) -> Place<'_> {
    Place { table: "circle", column: "reason", row }
}

/// Everybody who can sign in and may read cases.
async fn candidates(tx: &mut Tx, room: &Room) -> Result<Vec<Person>> {
    let all = people::list(tx).await?;
    let all = all.iter().map(|row| super::people::open(room, row)).collect::<Result<Vec<Person>>>()?;
    let reads = |person: &Person| person.is_active() && person.roles.allow(Permission::ReadIncident);
    Ok(all.into_iter().filter(reads).collect())
}

async fn act(
    tx: &mut Tx,
    room: &Room,
    id: Id<of::Incident>,
    ((by, approves), deed): ((Id<of::Person>, bool), &CircleDeed),
) -> Result<Done> {
    if incidents::get(tx, id).await?.is_none() {
        return Ok(Err(NotDone::Unknown));
    }
    // Another node may be at the same list: everything is read once it cannot change any more.
    privacy::lock(tx, &[id]).await?;
    let Some(row) = incidents::get(tx, id).await? else { return Ok(Err(NotDone::Unknown)) };
    let (there, by_key) = (candidates(tx, room).await?, by.to_string());
    let kept = circles::of(tx, id).await?;
    let seats = circles::seats(tx, id).await?;
    let is_member = |key: &str| seats.iter().any(|seat| seat.member && seat.person == key);
    let its_keeper = kept
        .as_ref()
        .is_some_and(|kept| seats.iter().any(|seat| seat.person == by_key && keeps(kept, seat, room.now())));
    let can = |key: &str| there.iter().any(|person| person.id.to_string() == key);
    let mut entry = Entry::done(room.now(), Actor::Staff(by_key.clone()), action(deed), format!("incident:{id}"));
    match (deed, kept.is_some()) {
        (CircleDeed::Close { .. }, true) => return Ok(Err(NotDone::Otherwise)),
        (CircleDeed::Add { .. } | CircleDeed::Remove { .. } | CircleDeed::Open { .. }, false) => {
            return Ok(Err(NotDone::Otherwise));
        }
        // Whoever was let in works the case; the list is its members'.
        (_, true) if !its_keeper => return Ok(Err(NotDone::NotYours)),
        (CircleDeed::Close { members, reason }, false) => {
            let holds = row.state == State::Held
                && row.holder.as_deref() == Some(by_key.as_str())
                && row.lease_until.is_some_and(|until| until > room.now());
            if !approves && !holds {
                return Ok(Err(NotDone::NotYours));
            }
            let mut members = members.clone();
            members.push(by_key.clone());
            members.sort_unstable();
            members.dedup();
            if !members.iter().all(|member| can(member)) {
                return Ok(Err(NotDone::NobodyThere));
            }
            if !close(tx, room, &row, (&by_key, &members, reason)).await? {
                return Ok(Err(NotDone::Otherwise));
            }
            entry = entry.with("members", members.len());
        }
        (CircleDeed::Add { member }, true) => {
            if !can(member) || is_member(member) {
                return Ok(Err(NotDone::NobodyThere));
            }
            circles::sit(tx, &seat(room, id, (member, &by_key))).await?;
            entry = entry.with("member", member.as_str());
        }
        (CircleDeed::Remove { member }, true) => {
            // The hour of somebody who was let in ends in any case.
            let mut left = seats.iter().filter(|seat| seat.member && seat.person != *member);
            if is_member(member) && !left.any(|seat| can(&seat.person)) {
                return Ok(Err(NotDone::Last));
            }
            if !circles::leave(tx, id, member).await? {
                return Ok(Err(NotDone::NobodyThere));
            }
            free(tx, room, id).await?;
            entry = entry.with("member", member.as_str());
        }
        (CircleDeed::Open { reason }, true) => {
            circles::open(tx, id).await?;
            staff::note(tx, room, &row, (&by_key, reason)).await?;
        }
    }
    record(tx, &[entry]).await?;
    Ok(Ok(()))
}

fn action(deed: &CircleDeed) -> &'static str {
    match deed {
        CircleDeed::Close { .. } => "circle.close",
        CircleDeed::Add { .. } => "circle.add",
        CircleDeed::Remove { .. } => "circle.remove",
        CircleDeed::Open { .. } => "circle.open",
    }
}

fn seat(room: &Room, incident: Id<of::Incident>, (person, by): (&str, &str)) -> SeatRow {
    let (person, given_by) = (person.to_owned(), by.to_owned());
    SeatRow { incident, person, at: room.now(), given_by, member: true, until: LASTING }
}

/// Closes a case to a list; false when it is closed already.
async fn close(
    tx: &mut Tx,
    room: &Room,
    row: &IncidentRow,
    (by, members, reason): (&str, &[String], &str),
) -> Result<bool> {
    let key = file::data_key(room, row)?;
    let reason = key.seal(reason_at(&row.id.to_string()), reason.as_bytes(), &*room.random);
    let kept = CircleRow { incident: row.id, at: room.now(), person: by.to_owned(), reason, orphaned: None };
    if !circles::close(tx, &kept).await? {
        return Ok(false);
    }
    for member in members {
        circles::sit(tx, &seat(room, row.id, (member, by))).await?;
    }
    free(tx, room, row.id).await?;
    Ok(true)
}

/// Out of the hands of somebody who has no seat.
async fn free(tx: &mut Tx, room: &Room, incident: Id<of::Incident>) -> Result<()> {
    if circles::free(tx, incident, room.now()).await? {
        progress::note(tx, room, incident, What::HandedBack).await?;
    }
    Ok(())
}

/// Whether what is known of one case may be carried into another without anybody learning of it who is not of its circle.
pub(super) async fn may_carry(tx: &mut Tx, from: Id<of::Incident>, into: Id<of::Incident>) -> Result<bool> {
    if circles::of(tx, from).await?.is_none() {
        return Ok(true);
    }
    if circles::of(tx, into).await?.is_none() {
        return Ok(false);
    }
    let known = circles::seats(tx, from).await?;
    let learn = circles::seats(tx, into).await?;
    Ok(learn.iter().all(|seat| known.iter().any(|known| known.member && known.person == seat.person)))
}

/// A case that is split off a closed one is closed to the same people.
pub(super) async fn inherit(
    tx: &mut Tx,
    room: &Room,
    (from, into): (&IncidentRow, Id<of::Incident>),
    by: &str,
) -> Result<()> {
    // On another node the case may be closed just now.
    privacy::lock(tx, &[from.id]).await?;
    let Some(circle) = of_row(tx, room, from).await? else { return Ok(()) };
    let Some(new) = incidents::whatever_in_sight(tx, into).await? else { return Ok(()) };
    if !close(tx, room, &new, (by, &circle.members, &circle.reason)).await? {
        return Err(Error::Conflict { table: "circle", source: None });
    }
    Ok(())
}
