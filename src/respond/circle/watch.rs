//! Seats that end, and circles of which nobody is left.

use std::collections::{BTreeMap, BTreeSet};

use super::{candidates, free};
use crate::access::Role;
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::respond::Room;
use crate::respond::alarms::{self as bells, Cause};
use crate::store::alarms::{self, NewAlarm};
use crate::store::circles::{self, SeatRow, THE_HOUSE};
use crate::store::{Result, Tx, privacy};
use crate::time::Span;

/// Rings as loud as anything.
const LEVEL: i64 = 1;
/// How long an approver stands in, and how much of it is left when it is renewed.
const STAND_IN: Span = Span::from_minutes(60);
const RENEWED: Span = Span::from_minutes(30);

/// Lets out whoever was let in and whose hour is over; a case that no member can sign in to any more opens to the approvers
/// for as long as that is so, and rings.
pub(in crate::respond) async fn watch(tx: &mut Tx, room: &Room) -> Result<Vec<Entry>> {
    for incident in circles::let_out(tx, room.now()).await? {
        free(tx, room, incident).await?;
    }
    let mut of_case: BTreeMap<_, (bool, Vec<String>)> = BTreeMap::new();
    for row in circles::members(tx).await? {
        let (orphaned, members) = of_case.entry(row.incident).or_default();
        *orphaned = row.orphaned.is_some();
        members.extend(row.person);
    }
    if of_case.is_empty() {
        return Ok(Vec::new());
    }
    let there = candidates(tx, room).await?;
    let able: BTreeSet<String> = there.iter().map(|person| person.id.to_string()).collect();
    let approvers: Vec<String> =
        there.iter().filter(|person| person.roles.has(Role::Approver)).map(|person| person.id.to_string()).collect();
    let mut entries = Vec::new();
    for (incident, (orphaned, members)) in of_case {
        match (members.iter().any(|member| able.contains(member)), orphaned) {
            (true, false) => {}
            (true, true) => entries.extend(hand_back(tx, room, incident).await?),
            // Without an approver it waits for one.
            (false, _) if approvers.is_empty() => {}
            (false, _) => entries.extend(stand_in(tx, room, incident, (&approvers, &able)).await?),
        }
    }
    Ok(entries)
}

/// Seats the approvers for a while, again and again as long as no member can sign in; rings the first time.
async fn stand_in(
    tx: &mut Tx,
    room: &Room,
    incident: Id<of::Incident>,
    (approvers, able): (&[String], &BTreeSet<String>),
) -> Result<Option<Entry>> {
    let now = room.now();
    // Another node may have changed the list or opened the case.
    privacy::lock(tx, &[incident]).await?;
    let Some(kept) = circles::of(tx, incident).await? else { return Ok(None) };
    let seats = circles::seats(tx, incident).await?;
    if seats.iter().any(|seat| seat.member && able.contains(&seat.person)) {
        return Ok(None);
    }
    let is_seated = |key: &str| {
        seats.iter().any(|seat| seat.person == key && seat.given_by == THE_HOUSE && seat.until > now.plus(RENEWED))
    };
    for approver in approvers.iter().filter(|approver| !is_seated(approver)) {
        let (person, given_by) = (approver.clone(), THE_HOUSE.to_owned());
        let seat = SeatRow { incident, person, at: now, given_by, member: false, until: now.plus(STAND_IN) };
        circles::sit(tx, &seat).await?;
    }
    free(tx, room, incident).await?;
    if kept.orphaned.is_some() {
        return Ok(None);
    }
    circles::orphaned(tx, incident, Some(now)).await?;
    let new = NewAlarm {
        id: Id::new(now, &*room.random),
        cause: Cause::Orphaned.as_str(),
        object: &incident.to_string(),
        incident: Some(incident),
        level: LEVEL,
        since: now,
        raised: now,
    };
    alarms::insert(tx, &new).await?;
    Ok(Some(Entry::done(now, Actor::System, "circle.orphaned", format!("incident:{incident}"))))
}

/// Somebody of the list can sign in again, so whoever stood in leaves.
async fn hand_back(tx: &mut Tx, room: &Room, incident: Id<of::Incident>) -> Result<Option<Entry>> {
    privacy::lock(tx, &[incident]).await?;
    if circles::of(tx, incident).await?.is_none_or(|kept| kept.orphaned.is_none()) {
        return Ok(None);
    }
    circles::step_back(tx, incident).await?;
    circles::orphaned(tx, incident, None).await?;
    free(tx, room, incident).await?;
    bells::end_about(tx, room, (Cause::Orphaned, &incident.to_string())).await?;
    Ok(Some(Entry::done(room.now(), Actor::System, "circle.returned", format!("incident:{incident}"))))
}
