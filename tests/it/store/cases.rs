//! A case is found by each of its names, guesses are counted, sessions end.

use holdfast::store::Error;
use holdfast::store::cases::{self, CaseRow, Session};

use super::rows::{at, id, incident, opened};
use crate::support::db::{on_both, read, write};

fn case(number: u64) -> CaseRow {
    CaseRow {
        id: id(number),
        incident: id(1),
        reference: format!("HF-{number:04}"),
        link: format!("link-digest-{number}"),
        code: format!("code-digest-{number}"),
        language: "zh".to_owned(),
        contact: number.is_multiple_of(2).then(|| vec![1, 2, 3]),
        created: at(10),
        guesses_refused: false,
    }
}

#[test]
fn a_case_is_found_by_each_of_its_names() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        write(&db, async |tx| {
            cases::insert(tx, &case(1)).await.unwrap();
            cases::insert(tx, &case(2)).await.unwrap();
        })
        .await;
        read(&db, async |tx| {
            assert_eq!(cases::by_id(tx, id(1)).await.unwrap(), Some(case(1)));
            assert_eq!(cases::by_reference(tx, "HF-0002").await.unwrap(), Some(case(2)));
            assert_eq!(cases::by_link(tx, "link-digest-1").await.unwrap(), Some(case(1)));
            assert_eq!(cases::by_link(tx, "HF-0001").await.unwrap(), None);
            assert_eq!(cases::of_incident(tx, id(1)).await.unwrap(), [case(1), case(2)]);
        })
        .await;
    });
}

#[test]
fn a_taken_reference_is_a_conflict() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        write(&db, async |tx| cases::insert(tx, &case(1)).await.unwrap()).await;
        let same = CaseRow { reference: case(1).reference, ..case(2) };
        let mut tx = db.begin().await.unwrap();
        let refused = cases::insert(&mut tx, &same).await;
        assert!(matches!(refused, Err(Error::Conflict { table: "reporter_case", .. })), "{refused:?}");
    });
}

#[test]
fn guesses_are_counted_by_case_and_can_be_refused() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        write(&db, async |tx| {
            cases::insert(tx, &case(1)).await.unwrap();
            cases::insert(tx, &case(2)).await.unwrap();
            for seconds in [10, 20, 30] {
                cases::record_guess(tx, id(1), at(seconds)).await.unwrap();
            }
            cases::refuse_guesses(tx, id(1)).await.unwrap();
        })
        .await;
        read(&db, async |tx| {
            assert_eq!(cases::guesses_since(tx, id(1), at(20)).await.unwrap(), 2);
            assert_eq!(cases::guesses_since(tx, id(2), at(0)).await.unwrap(), 0);
            assert!(cases::by_id(tx, id(1)).await.unwrap().unwrap().guesses_refused);
            assert!(!cases::by_id(tx, id(2)).await.unwrap().unwrap().guesses_refused);
        })
        .await;
    });
}

#[test]
fn a_session_lives_until_it_is_ended() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        write(&db, async |tx| {
            cases::insert(tx, &case(1)).await.unwrap();
            for digest in ["phone", "laptop", "library"] {
                cases::session_insert(tx, digest, id(1), at(10)).await.unwrap();
            }
            cases::session_touch(tx, "phone", at(40)).await.unwrap();
            cases::session_end(tx, "library").await.unwrap();
            cases::session_end(tx, "library").await.unwrap();
            cases::session_touch(tx, "library", at(41)).await.unwrap();
        })
        .await;
        let phone = Session { digest: "phone".to_owned(), case: id(1), created: at(10), last_used: at(40) };
        read(&db, async |tx| {
            assert_eq!(cases::session_by_digest(tx, "phone").await.unwrap(), Some(phone));
            assert_eq!(cases::session_by_digest(tx, "library").await.unwrap(), None);
        })
        .await;
        assert_eq!(write(&db, async |tx| cases::end_sessions(tx, id(1)).await.unwrap()).await, 2);
        assert_eq!(read(&db, async |tx| cases::session_by_digest(tx, "phone").await.unwrap()).await, None);
    });
}
