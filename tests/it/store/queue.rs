//! Claims take the right incident, for a while, and are fenced.

use holdfast::store::incidents::{self, NewIncident, State};
use holdfast::store::queue::{self, Claimant, Hold, Turn};
use holdfast::store::{Db, Error};
use holdfast::time::{Span, Timestamp};

use super::rows::{at, id, incident, opened, routine};
use crate::support::db::{on_both, read, write};

const LEASE: Span = Span::from_minutes(5);

fn by(person: &str, now: Timestamp) -> Claimant<'_> {
    Claimant { by: person, now, lease: LEASE }
}

async fn claim(db: &Db, pool: &str, turn: Turn) -> Option<incidents::IncidentRow> {
    write(db, async |tx| queue::claim_next(tx, pool, turn, by("person-1", at(100))).await.unwrap()).await
}

#[test]
fn security_comes_first_then_the_most_urgent() {
    on_both(async |db| {
        let urgent = NewIncident { head_start: Span::from_minutes(20), ..incident(9) };
        opened(&db, &[routine(1), incident(2), incident(3), urgent]).await;
        let mut order = Vec::new();
        while let Some(row) = claim(&db, "all", Turn::MostUrgent).await {
            order.push(row.id);
        }
        assert_eq!(order, [9, 2, 3, 1].map(id));
    });
}

#[test]
fn the_longest_waiter_is_taken_from_any_lane() {
    on_both(async |db| {
        let urgent = NewIncident { head_start: Span::from_minutes(20), ..incident(9) };
        opened(&db, &[routine(1), incident(2), urgent]).await;
        assert_eq!(claim(&db, "all", Turn::LongestWaiter).await.unwrap().id, id(1));
        assert_eq!(claim(&db, "all", Turn::LongestWaiter).await.unwrap().id, id(2));
    });
}

#[test]
fn a_claim_takes_only_what_its_pool_may_claim() {
    on_both(async |db| {
        let vip = NewIncident { pool: "vip".to_owned(), ..incident(1) };
        let set_aside = NewIncident { claimable: false, ..incident(2) };
        opened(&db, &[vip, set_aside]).await;
        assert_eq!(claim(&db, "all", Turn::MostUrgent).await, None);
        assert_eq!(claim(&db, "vip", Turn::MostUrgent).await.unwrap().id, id(1));
        let named = write(&db, async |tx| queue::claim_one(tx, id(2), by("person-1", at(100))).await.unwrap()).await;
        assert_eq!(named.unwrap().id, id(2), "by name it can be taken");
    });
}

#[test]
fn a_claim_says_who_holds_until_when_under_which_fence() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        let held = claim(&db, "all", Turn::MostUrgent).await.unwrap();
        assert_eq!((held.state, held.holder.as_deref()), (State::Held, Some("person-1")));
        assert_eq!(held.lease_until, Some(at(100).plus(LEASE)));
        assert_eq!((held.fence, held.version, held.updated), (1, 2, at(100)));
        assert_eq!(read(&db, async |tx| incidents::get(tx, id(1)).await.unwrap()).await, Some(held));
        let again = write(&db, async |tx| queue::claim_one(tx, id(1), by("person-2", at(101))).await.unwrap()).await;
        assert_eq!(again, None);
    });
}

#[test]
fn a_lease_ends_once_and_its_holder_can_no_longer_write() {
    on_both(async |db| {
        opened(&db, &[incident(1), incident(2)]).await;
        claim(&db, "all", Turn::MostUrgent).await.unwrap();
        let old = Hold { incident: id(1), by: "person-1", fence: 1 };
        let end = at(100).plus(LEASE);

        let early = end.minus(Span::from_millis(1));
        let none = write(&db, async |tx| queue::expire_leases(tx, early).await.unwrap()).await;
        assert!(none.is_empty());
        let mut tx = db.begin().await.unwrap();
        let late = queue::renew(&mut tx, old, end, LEASE).await;
        assert!(matches!(late, Err(Error::Conflict { .. })), "ended, though nobody swept yet: {late:?}");
        drop(tx);

        let ended = write(&db, async |tx| queue::expire_leases(tx, end).await.unwrap()).await;
        assert_eq!(ended, [id(1)]);
        let again = write(&db, async |tx| queue::expire_leases(tx, end).await.unwrap()).await;
        assert!(again.is_empty(), "given back once");

        let now = end.plus(Span::from_seconds(1));
        let next =
            write(&db, async |tx| queue::claim_one(tx, id(1), by("person-1", now)).await.unwrap()).await.unwrap();
        assert_eq!((next.fence, next.version), (2, 4));
        let mut tx = db.begin().await.unwrap();
        let fenced = queue::release(&mut tx, old, now).await;
        assert!(matches!(fenced, Err(Error::Conflict { .. })), "the same person's older claim: {fenced:?}");
    });
}

#[test]
fn a_renewed_lease_lasts_and_a_released_one_frees_the_old_place() {
    on_both(async |db| {
        opened(&db, &[incident(1), incident(2)]).await;
        claim(&db, "all", Turn::MostUrgent).await.unwrap();
        let hold = Hold { incident: id(1), by: "person-1", fence: 1 };
        let until = write(&db, async |tx| queue::renew(tx, hold, at(200), LEASE).await.unwrap()).await;
        assert_eq!(until, at(200).plus(LEASE));
        let swept = write(&db, async |tx| queue::expire_leases(tx, at(100).plus(LEASE)).await.unwrap()).await;
        assert!(swept.is_empty());

        let stranger = Hold { by: "person-2", ..hold };
        let mut tx = db.begin().await.unwrap();
        assert!(queue::release(&mut tx, stranger, at(210)).await.is_err());
        drop(tx);
        write(&db, async |tx| queue::release(tx, hold, at(210)).await.unwrap()).await;
        let first = claim(&db, "all", Turn::MostUrgent).await.unwrap();
        assert_eq!((first.id, first.fence), (id(1), 2));
    });
}

#[test]
fn claims_are_counted_by_pool() {
    on_both(async |db| {
        for expected in 1..=3 {
            let count = write(&db, async |tx| queue::bump_claims(tx, "all").await.unwrap()).await;
            assert_eq!(count, expected);
        }
        assert_eq!(write(&db, async |tx| queue::bump_claims(tx, "vip").await.unwrap()).await, 1);
    });
}
