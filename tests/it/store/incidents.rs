//! Incidents are kept whole, listed in order and changed only by those who saw their newest version.

use holdfast::store::incidents::{self, Decision, NewIncident, Place, Raised, State};
use holdfast::store::queue::{self, Claimant};
use holdfast::store::{Db, Error};
use holdfast::time::Span;

use super::rows::{at, id, incident, opened, reassessed, routine};
use crate::support::db::{on_both, read, write};

fn of_subject(number: u64, subject: &str) -> NewIncident {
    NewIncident { subject: Some(subject.to_owned()), ..incident(number) }
}

fn decision(number: u64, version: i64) -> Decision<'static> {
    Decision { incident: id(number), version, by: "person-1", at: at(50) }
}

async fn row(db: &Db, number: u64) -> incidents::IncidentRow {
    read(db, async |tx| incidents::get(tx, id(number)).await.unwrap().unwrap()).await
}

#[test]
fn what_is_opened_is_found_as_it_was_given() {
    on_both(async |db| {
        let given = NewIncident {
            head_start: Span::from_minutes(30),
            language: "zh".to_owned(),
            danger: true,
            claimable: false,
            ..of_subject(40, "subject-1")
        };
        opened(&db, std::slice::from_ref(&given)).await;

        let found = row(&db, 40).await;
        assert_eq!(found.subject.as_deref(), Some("subject-1"));
        assert_eq!(found.arrived, at(40));
        assert_eq!(found.due, at(40).minus(Span::from_minutes(30)));
        assert_eq!((found.state, found.fence, found.version), (State::Open, 0, 1));
        assert_eq!((found.danger, found.claimable, found.confidence), (true, false, 970_000));
        assert_eq!((found.language.as_str(), found.pool.as_str()), ("zh", "all"));
        assert_eq!((found.data_key, found.assessment), (given.data_key, given.assessment));
        assert_eq!((found.created, found.updated, found.closed), (at(40), at(40), None));
        assert_eq!(read(&db, async |tx| incidents::get(tx, id(41)).await.unwrap()).await, None);
    });
}

#[test]
fn a_subject_has_one_open_incident() {
    on_both(async |db| {
        opened(&db, &[of_subject(1, "a"), of_subject(2, "b"), incident(3), incident(4)]).await;
        let asked = ["a", "b", "c"].map(str::to_owned);
        let found = read(&db, async |tx| incidents::open_for_subjects(tx, &asked).await.unwrap()).await;
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2)]);

        let mut tx = db.begin().await.unwrap();
        let refused = incidents::insert_many(&mut tx, &[of_subject(5, "c"), of_subject(6, "a")]).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
        drop(tx);

        write(&db, async |tx| incidents::set_state(tx, &decision(1, 1), State::Closed).await.unwrap()).await;
        opened(&db, &[of_subject(6, "a")]).await;
        let mut tx = db.begin().await.unwrap();
        let refused = incidents::set_state(&mut tx, &decision(1, 2), State::Open).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "the subject has a newer one: {refused:?}");
    });
}

#[test]
fn a_new_assessment_is_kept_and_counted() {
    on_both(async |db| {
        opened(&db, &[incident(1), incident(2), incident(3)]).await;
        let new = [reassessed(1, 1), reassessed(2, 1)];
        write(&db, async |tx| incidents::update_many(tx, &new).await.unwrap()).await;

        let found = row(&db, 1).await;
        assert_eq!((found.version, found.level, found.danger), (2, 1, true));
        assert_eq!((found.kind.as_str(), found.playbooks.as_str()), ("approval-drain", "a948904f"));
        assert_eq!((found.confidence, found.assessment), (999_000, vec![9; 60]));
        assert_eq!((found.due, found.updated), (at(1).minus(Span::from_minutes(45)), at(100)));
        assert_eq!(row(&db, 3).await.version, 1);
    });
}

#[test]
fn of_assessments_made_on_old_news_none_is_kept() {
    on_both(async |db| {
        opened(&db, &[incident(1), incident(2)]).await;
        let mut tx = db.begin().await.unwrap();
        let refused = incidents::update_many(&mut tx, &[reassessed(1, 1), reassessed(2, 7)]).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
        assert!(matches!(tx.commit().await, Err(Error::Spoiled)));
        assert_eq!(row(&db, 1).await.version, 1);
    });
}

#[test]
fn pages_follow_the_order_without_gap_or_repeat() {
    on_both(async |db| {
        let early = NewIncident { head_start: Span::from_minutes(10), ..incident(5) };
        opened(&db, &[routine(1), incident(2), incident(3), routine(4), early]).await;
        let order = [5, 2, 3, 1, 4].map(id);

        let mut after = None;
        let mut seen = Vec::new();
        loop {
            let page = read(&db, async |tx| incidents::page(tx, None, after, 2).await.unwrap()).await;
            let Some(last) = page.last() else { break };
            after = Some(last.place);
            seen.extend(page.iter().map(|waiting| waiting.place.id));
        }
        assert_eq!(seen, order);

        let lane = |lane, after| {
            let db = &db;
            async move {
                let page = read(db, async |tx| incidents::page(tx, Some(lane), after, 10).await.unwrap()).await;
                page.into_iter().map(|waiting| waiting.place.id).collect::<Vec<_>>()
            }
        };
        let third = Place { lane: 0, due: at(3), id: id(3) };
        assert_eq!(lane(0, None).await, [5, 2, 3].map(id));
        assert_eq!(lane(1, None).await, [1, 4].map(id));
        assert_eq!(lane(1, Some(third)).await, [1, 4].map(id), "all of a later lane come after");
        assert_eq!(lane(1, Some(Place { lane: 1, due: at(1), id: id(1) })).await, [4].map(id));
        assert!(lane(0, Some(Place { lane: 1, ..third })).await.is_empty(), "all of an earlier lane come before");

        let ahead = read(&db, async |tx| incidents::ahead_of(tx, "all", third).await.unwrap()).await;
        assert_eq!(ahead, 2);
        let elsewhere = read(&db, async |tx| incidents::ahead_of(tx, "vip", third).await.unwrap()).await;
        assert_eq!(elsewhere, 0);
        let counts = read(&db, async |tx| incidents::count_open_by_lane(tx).await.unwrap()).await;
        assert_eq!(counts, [(0, 3), (1, 2)]);
    });
}

#[test]
fn a_page_shows_what_the_row_holds() {
    on_both(async |db| {
        opened(&db, &[routine(7)]).await;
        let page = read(&db, async |tx| incidents::page(tx, None, None, 1_000).await.unwrap()).await;
        let [waiting] = page.as_slice() else { panic!("one row: {page:?}") };
        assert_eq!(waiting.place, Place { lane: 1, due: at(7), id: id(7) });
        assert_eq!((waiting.class.as_str(), waiting.kind.as_str()), ("routine", "fee-question"));
        assert_eq!((waiting.level, waiting.version, waiting.claimable), (5, 1, true));
    });
}

#[test]
fn closing_and_reopening_need_the_newest_version() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        let mut tx = db.begin().await.unwrap();
        assert!(incidents::set_state(&mut tx, &decision(1, 3), State::Closed).await.is_err(), "not this version");
        drop(tx);

        write(&db, async |tx| incidents::set_state(tx, &decision(1, 1), State::Closed).await.unwrap()).await;
        let closed = row(&db, 1).await;
        assert_eq!((closed.state, closed.closed, closed.version), (State::Closed, Some(at(50)), 2));

        write(&db, async |tx| incidents::set_state(tx, &decision(1, 2), State::Open).await.unwrap()).await;
        let open = row(&db, 1).await;
        assert_eq!((open.state, open.closed, open.version), (State::Open, None, 3));

        let mut tx = db.begin().await.unwrap();
        let refused = incidents::set_state(&mut tx, &decision(1, 3), State::Held).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "held is reached by a claim: {refused:?}");
    });
}

#[test]
fn only_the_holder_within_the_lease_closes_a_held_incident() {
    on_both(async |db| {
        opened(&db, &[incident(1), incident(2)]).await;
        let claimant = |lease| Claimant { by: "person-1", now: at(20), lease: Span::from_seconds(lease) };
        write(&db, async |tx| {
            queue::claim_one(tx, id(1), claimant(60)).await.unwrap().unwrap();
            queue::claim_one(tx, id(2), claimant(10)).await.unwrap().unwrap();
        })
        .await;
        let other = Decision { by: "person-2", ..decision(1, 2) };
        for (refused, why) in [(other, "another person"), (decision(2, 2), "the lease has ended")] {
            let mut tx = db.begin().await.unwrap();
            let outcome = incidents::set_state(&mut tx, &refused, State::Closed).await;
            assert!(matches!(outcome, Err(Error::Conflict { .. })), "{why}: {outcome:?}");
        }
        write(&db, async |tx| incidents::set_state(tx, &decision(1, 2), State::Closed).await.unwrap()).await;
        assert_eq!(row(&db, 1).await.holder, None);
    });
}

#[test]
fn escalation_moves_the_place_and_keeps_the_hold() {
    on_both(async |db| {
        opened(&db, &[routine(1)]).await;
        let claimant = Claimant { by: "person-2", now: at(20), lease: Span::from_minutes(5) };
        write(&db, async |tx| queue::claim_one(tx, id(1), claimant).await.unwrap().unwrap()).await;
        let raised = Raised { class: "security".to_owned(), lane: 0, level: 1, head_start: Span::from_minutes(30) };
        write(&db, async |tx| incidents::escalate(tx, &decision(1, 2), &raised).await.unwrap()).await;

        let found = row(&db, 1).await;
        assert_eq!((found.class.as_str(), found.lane, found.level, found.version), ("security", 0, 1, 3));
        assert_eq!(found.due, at(1).minus(Span::from_minutes(30)));
        assert_eq!((found.state, found.holder.as_deref()), (State::Held, Some("person-2")));

        let mut tx = db.begin().await.unwrap();
        assert!(incidents::escalate(&mut tx, &decision(1, 2), &raised).await.is_err(), "old news");
    });
}
