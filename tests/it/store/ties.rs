//! What ties incidents and subjects together, and what no mapping understood.

use holdfast::store::aliases::{self, Alias};
use holdfast::store::conflicts::{self, ConflictRow};
use holdfast::store::observables::{self, Observable};
use holdfast::store::unmapped::{self, UnmappedRow};

use super::rows::{at, id, incident, opened};
use crate::support::db::{on_both, read, write};

#[test]
fn a_name_leads_to_the_subject_it_led_to_first() {
    on_both(async |db| {
        let alias = |digest: &str, subject: &str| Alias {
            digest: digest.to_owned(),
            subject: subject.to_owned(),
            field: "email".to_owned(),
            created: at(1),
        };
        let first = [alias("b", "subject-1"), alias("a", "subject-1")];
        assert_eq!(write(&db, async |tx| aliases::put_many(tx, &first).await.unwrap()).await, 2);
        let second = [alias("b", "subject-2"), alias("c", "subject-2")];
        assert_eq!(write(&db, async |tx| aliases::put_many(tx, &second).await.unwrap()).await, 1);

        let asked = ["c", "b", "x"].map(str::to_owned);
        let found = read(&db, async |tx| aliases::resolve_many(tx, &asked).await.unwrap()).await;
        assert_eq!(found, [alias("b", "subject-1"), alias("c", "subject-2")]);
    });
}

#[test]
fn incidents_are_tied_by_what_was_seen_in_both() {
    on_both(async |db| {
        opened(&db, &[incident(1), incident(2), incident(3)]).await;
        let seen = |number, kind: &str, digest: &str, seconds| Observable {
            incident: id(number),
            kind: kind.to_owned(),
            digest: digest.to_owned(),
            first_seen: at(seconds),
        };
        let given = [seen(2, "address", "x", 20), seen(1, "address", "x", 10), seen(3, "domain", "x", 5)];
        assert_eq!(write(&db, async |tx| observables::put_many(tx, &given).await.unwrap()).await, 3);
        let again = [seen(1, "address", "x", 30)];
        assert_eq!(write(&db, async |tx| observables::put_many(tx, &again).await.unwrap()).await, 0);

        read(&db, async |tx| {
            let all = observables::incidents_with(tx, "address", "x", at(0)).await.unwrap();
            assert_eq!(all, [(id(1), at(10)), (id(2), at(20))]);
            let late = observables::incidents_with(tx, "address", "x", at(11)).await.unwrap();
            assert_eq!(late, [(id(2), at(20))]);
        })
        .await;
    });
}

#[test]
fn alerts_nobody_understood_are_kept_and_paged() {
    on_both(async |db| {
        let alert = |number| UnmappedRow {
            id: id(number),
            endpoint: "canary".to_owned(),
            received: at(1),
            reason: "no-mapping".to_owned(),
            data_key: vec![1; 44],
            body: vec![2; 90],
        };
        write(&db, async |tx| {
            for number in [3, 1, 2] {
                unmapped::insert(tx, &alert(number)).await.unwrap();
            }
        })
        .await;
        read(&db, async |tx| {
            assert_eq!(unmapped::count(tx).await.unwrap(), 3);
            assert_eq!(unmapped::page(tx, None, 2).await.unwrap(), [alert(1), alert(2)]);
            assert_eq!(unmapped::page(tx, Some(id(2)), 2).await.unwrap(), [alert(3)]);
        })
        .await;
    });
}

#[test]
fn alerts_under_a_taken_key_are_kept() {
    on_both(async |db| {
        let alert = |number| ConflictRow {
            id: id(number),
            endpoint: "canary".to_owned(),
            key: "evt-1".to_owned(),
            received: at(1),
            data_key: vec![1; 44],
            body: vec![2; 90],
        };
        write(&db, async |tx| {
            conflicts::insert(tx, &alert(1)).await.unwrap();
            conflicts::insert(tx, &alert(2)).await.unwrap();
        })
        .await;
        let found = read(&db, async |tx| conflicts::page(tx, Some(id(1)), 10).await.unwrap()).await;
        assert_eq!(found, [alert(2)]);
    });
}
