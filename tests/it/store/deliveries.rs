//! Signals are kept as they came, and what came before is known again.

use holdfast::store::Error;
use holdfast::store::deliveries::{self, Asked, Delivery, Event};
use holdfast::store::signals;

use super::rows::{at, id, incident, opened, signal};
use crate::support::db::{on_both, read, write};

fn delivery(key: &str, seconds: i64) -> Delivery {
    Delivery {
        endpoint: "canary".to_owned(),
        key: key.to_owned(),
        body: "b94d27b9".to_owned(),
        received: at(seconds),
        answer: r#"{"accepted":2,"quote":"\"深\" "}"#.to_owned(),
    }
}

fn event(key: &str, number: u64) -> Event {
    Event { endpoint: "canary".to_owned(), key: key.to_owned(), signal: id(number), received: at(1) }
}

fn asked(endpoint: &str, key: &str) -> Asked {
    Asked { endpoint: endpoint.to_owned(), key: key.to_owned() }
}

#[test]
fn signals_come_back_as_they_happened() {
    on_both(async |db| {
        opened(&db, &[incident(1), incident(2), incident(3)]).await;
        let given = [signal(12, id(1)), signal(11, id(1)), signal(13, id(2)), signal(14, id(3))];
        write(&db, async |tx| signals::insert_many(tx, &given).await.unwrap()).await;

        let of_one = read(&db, async |tx| signals::of_incident(tx, id(1)).await.unwrap()).await;
        assert_eq!(of_one, [signal(11, id(1)), signal(12, id(1))]);
        let asked = [id(2), id(1), id(9)];
        let of_two = read(&db, async |tx| signals::recent(tx, &asked, (9, 9)).await.unwrap()).await;
        assert_eq!(of_two, [signal(11, id(1)), signal(12, id(1)), signal(13, id(2))]);
        let last = read(&db, async |tx| signals::recent(tx, &asked, (1, 0)).await.unwrap()).await;
        assert_eq!(last, [signal(12, id(1)), signal(13, id(2))]);
        let first = read(&db, async |tx| signals::recent(tx, &asked, (0, 1)).await.unwrap()).await;
        assert_eq!(first, [signal(11, id(1)), signal(13, id(2))]);
        let ids = [signal(14, id(3)).id.to_string(), "none".to_owned()];
        assert_eq!(read(&db, async |tx| signals::with_ids(tx, &ids).await.unwrap()).await, [signal(14, id(3))]);
    });
}

#[test]
fn a_signal_without_an_incident_is_refused() {
    on_both(async |db| {
        let mut tx = db.begin().await.unwrap();
        let refused = signals::insert_many(&mut tx, &[signal(1, id(1))]).await;
        assert!(matches!(refused, Err(Error::Failed { table: "signal", .. })), "{refused:?}");
    });
}

#[test]
fn an_answered_request_is_known_until_forgotten() {
    on_both(async |db| {
        let given = [delivery("first", 10), delivery("second", 20)];
        write(&db, async |tx| deliveries::remember(tx, &given).await.unwrap()).await;
        let known = read(&db, async |tx| deliveries::known(tx, &[asked("canary", "first")]).await.unwrap().pop()).await;
        assert_eq!(known, Some(delivery("first", 10)));
        assert_eq!(
            read(&db, async |tx| deliveries::known(tx, &[asked("okta", "first")]).await.unwrap().pop()).await,
            None
        );

        let mut tx = db.begin().await.unwrap();
        let again = deliveries::remember(&mut tx, &[delivery("second", 30)]).await;
        assert!(matches!(again, Err(Error::Conflict { table: "delivery", .. })), "{again:?}");
        drop(tx);

        write(&db, async |tx| deliveries::remember_events(tx, &[event("one", 1)]).await.unwrap()).await;
        let gone = write(&db, async |tx| deliveries::forget_before(tx, at(20), 100).await.unwrap()).await;
        assert_eq!(gone, 2, "the first request and the element");
        assert_eq!(
            read(&db, async |tx| deliveries::known(tx, &[asked("canary", "first")]).await.unwrap().pop()).await,
            None
        );
        assert!(
            read(&db, async |tx| deliveries::known(tx, &[asked("canary", "second")]).await.unwrap().pop())
                .await
                .is_some()
        );
    });
}

#[test]
fn forgetting_goes_in_small_batches_oldest_first() {
    on_both(async |db| {
        let given = [delivery("c", 3), delivery("a", 1), delivery("b", 2)];
        write(&db, async |tx| deliveries::remember(tx, &given).await.unwrap()).await;
        assert_eq!(write(&db, async |tx| deliveries::forget_before(tx, at(9), 2).await.unwrap()).await, 2);
        assert!(
            read(&db, async |tx| deliveries::known(tx, &[asked("canary", "c")]).await.unwrap().pop()).await.is_some()
        );
    });
}

#[test]
fn elements_are_known_one_by_one() {
    on_both(async |db| {
        let given = [event("one", 1), event("two's \"深\"", 2)];
        write(&db, async |tx| deliveries::remember_events(tx, &given).await.unwrap()).await;
        let questions = [asked("canary", "two's \"深\""), asked("canary", "three"), asked("okta", "one")];
        let known = read(&db, async |tx| deliveries::known_events(tx, &questions).await.unwrap()).await;
        assert_eq!(known, [event("two's \"深\"", 2)]);

        let mut tx = db.begin().await.unwrap();
        let again = deliveries::remember_events(&mut tx, &[event("three", 3), event("one", 4)]).await;
        assert!(matches!(again, Err(Error::Conflict { table: "event", .. })), "{again:?}");
    });
}

#[test]
fn nothing_given_is_nothing_done() {
    on_both(async |db| {
        write(&db, async |tx| {
            signals::insert_many(tx, &[]).await.unwrap();
            deliveries::remember(tx, &[]).await.unwrap();
            deliveries::remember_events(tx, &[]).await.unwrap();
            assert!(deliveries::known_events(tx, &[]).await.unwrap().is_empty());
        })
        .await;
    });
}
