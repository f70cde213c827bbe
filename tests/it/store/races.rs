//! Many at once: nothing is taken twice, nothing is lost, numbers have no gaps.

use std::collections::BTreeSet;
use std::pin::pin;
use std::time::Duration;

use holdfast::id::{Id, of};
use holdfast::store::audit::{self, NewEntry};
use holdfast::store::incidents::{self, NewIncident};
use holdfast::store::queue::{self, Claimant, Turn};
use holdfast::store::{Db, Error, orders, setup};
use holdfast::time::Span;
use tokio::task::JoinSet;

use super::rows::{at, id, incident, opened, routine};
use crate::support::db::{on_both, read, write};

const CLAIMED: u64 = 2_000;
const CLAIMANTS: usize = 8;

/// Claims until nothing is left.
async fn claims(db: Db, by: String, turn: Turn) -> Vec<Id<of::Incident>> {
    let mut taken = Vec::new();
    loop {
        let claimant = Claimant { by: &by, now: at(5_000), lease: Span::from_minutes(5) };
        let next = write(&db, async |tx| queue::claim_next(tx, "all", turn, claimant).await.unwrap()).await;
        let Some(row) = next else { return taken };
        taken.push(row.id);
    }
}

#[test]
fn of_many_claimants_none_gets_what_another_has() {
    on_both(async |db| {
        let new: Vec<NewIncident> = (0..CLAIMED)
            .map(|number| if number.is_multiple_of(3) { routine(number) } else { incident(number) })
            .collect();
        opened(&db, &new).await;

        let mut claimants = JoinSet::new();
        for number in 0..CLAIMANTS {
            let turn = if number % 4 == 3 { Turn::LongestWaiter } else { Turn::MostUrgent };
            claimants.spawn(claims(db.clone(), format!("person-{number}"), turn));
        }
        let taken: Vec<_> = claimants.join_all().await.into_iter().flatten().collect();
        let different: BTreeSet<_> = taken.iter().copied().collect();
        assert_eq!(taken.len(), new.len());
        assert_eq!(different.len(), new.len(), "one was taken twice");
    });
}

#[test]
fn a_lease_that_many_sweep_is_given_back_once() {
    on_both(async |db| {
        let new: Vec<NewIncident> = (0..200).map(incident).collect();
        opened(&db, &new).await;
        write(&db, async |tx| {
            for number in 0..200 {
                let claimant = Claimant { by: "person-1", now: at(300), lease: Span::from_seconds(number % 7) };
                queue::claim_next(tx, "all", Turn::MostUrgent, claimant).await.unwrap().unwrap();
            }
        })
        .await;
        let mut sweeps = JoinSet::new();
        for _ in 0..6 {
            let db = db.clone();
            sweeps.spawn(async move { write(&db, async |tx| queue::expire_leases(tx, at(310)).await.unwrap()).await });
        }
        let given_back: Vec<_> = sweeps.join_all().await.into_iter().flatten().collect();
        assert_eq!(given_back.len(), 200);
        assert_eq!(given_back.into_iter().collect::<BTreeSet<_>>().len(), 200);
    });
}

#[test]
fn of_two_that_open_an_incident_for_one_subject_one_is_told() {
    on_both(async |db| {
        let mut writers = JoinSet::new();
        for number in 0..6 {
            let db = db.clone();
            writers.spawn(async move {
                let new = NewIncident { subject: Some("subject-1".to_owned()), ..incident(number) };
                let mut tx = db.begin().await.unwrap();
                match incidents::insert_many(&mut tx, &[new]).await {
                    Ok(()) => tx.commit().await.map(|()| true).unwrap(),
                    Err(Error::Conflict { .. }) => false,
                    Err(other) => panic!("{other:?}"),
                }
            });
        }
        let won = writers.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 1);
    });
}

#[test]
fn audit_numbers_have_no_gaps_though_writers_fail() {
    on_both(async |db| {
        let mut writers = JoinSet::new();
        for writer in 0..8 {
            let db = db.clone();
            writers.spawn(async move {
                for turn in 0..12 {
                    let entry = NewEntry {
                        at: at(turn),
                        actor: format!("person-{writer}"),
                        session: None,
                        action: "incident.claim".to_owned(),
                        object: id::<of::Incident>(1).to_string(),
                        outcome: "done".to_owned(),
                        detail: "{}".to_owned(),
                    };
                    let mut tx = db.begin().await.unwrap();
                    audit::append_many(&mut tx, &[entry.clone(), entry]).await.unwrap();
                    if turn % 3 != 2 {
                        tx.commit().await.unwrap();
                    }
                }
            });
        }
        writers.join_all().await;
        let entries = read(&db, async |tx| audit::page(tx, 0, 1_000).await.unwrap()).await;
        let numbers: Vec<i64> = entries.iter().map(|entry| entry.sequence).collect();
        assert_eq!(numbers, (1..=8 * 8 * 2).collect::<Vec<i64>>());
    });
}

#[test]
fn a_set_up_link_opens_for_one_of_many() {
    on_both(async |db| {
        write(&db, async |tx| setup::put(tx, "link", at(0), at(100)).await.unwrap()).await;
        let mut visitors = JoinSet::new();
        for _ in 0..6 {
            let db = db.clone();
            visitors.spawn(async move { write(&db, async |tx| setup::take(tx, "link", at(1)).await.unwrap()).await });
        }
        let opened = visitors.join_all().await.into_iter().filter(|opened| *opened).count();
        assert_eq!(opened, 1);
    });
}

#[test]
fn whoever_places_an_order_waits_for_the_one_before() {
    on_both(async |db| {
        let mut first = db.begin().await.unwrap();
        orders::one_at_a_time(&mut first).await.unwrap();
        let mut second = pin!(async {
            let mut tx = db.begin().await.unwrap();
            orders::one_at_a_time(&mut tx).await.unwrap();
        });
        let waited = tokio::time::timeout(Duration::from_millis(200), second.as_mut()).await;
        assert!(waited.is_err(), "two look at what is open at once");
        drop(first);
        second.await;
    });
}
