//! What opens doors: tokens, set-up links, and first answers kept for retries.

use holdfast::store::idempotency::{self, Answer};
use holdfast::store::tokens::{self, TokenRow};
use holdfast::store::{Error, instance, setup};

use super::rows::{at, id};
use crate::support::db::{on_both, read, write};

fn token(number: u64) -> TokenRow {
    TokenRow {
        id: id(number),
        digest: format!("digest-{number}"),
        person: "person-1".to_owned(),
        scopes: "queue.read queue.claim".to_owned(),
        created: at(10),
        expires: at(100),
        last_used: None,
        revoked: None,
    }
}

#[test]
fn a_token_is_good_until_it_expires_or_is_revoked() {
    on_both(async |db| {
        write(&db, async |tx| {
            tokens::insert(tx, &token(1)).await.unwrap();
            tokens::insert(tx, &token(2)).await.unwrap();
            tokens::touch(tx, id(1), at(50)).await.unwrap();
            tokens::revoke(tx, id(2), at(60)).await.unwrap();
        })
        .await;
        let used = TokenRow { last_used: Some(at(50)), ..token(1) };
        let revoked = TokenRow { revoked: Some(at(60)), ..token(2) };
        read(&db, async |tx| {
            assert_eq!(tokens::by_digest(tx, "digest-1", at(99)).await.unwrap(), Some(used.clone()));
            assert_eq!(tokens::by_digest(tx, "digest-1", at(100)).await.unwrap(), None, "expired");
            assert_eq!(tokens::by_digest(tx, "digest-2", at(61)).await.unwrap(), None, "revoked");
            assert_eq!(tokens::list(tx).await.unwrap(), [used, revoked]);
        })
        .await;
        let mut tx = db.begin().await.unwrap();
        let again = tokens::revoke(&mut tx, id(2), at(70)).await;
        assert!(matches!(again, Err(Error::Conflict { table: "token", .. })), "{again:?}");
    });
}

#[test]
fn a_set_up_link_is_used_up_and_expires() {
    on_both(async |db| {
        write(&db, async |tx| {
            assert!(!setup::pending(tx, at(1)).await.unwrap());
            setup::put(tx, "link", at(0), at(100)).await.unwrap();
            assert!(setup::pending(tx, at(1)).await.unwrap());
            assert!(!setup::pending(tx, at(100)).await.unwrap());
            assert!(!setup::take(tx, "link", at(100)).await.unwrap(), "expired");
            assert!(!setup::take(tx, "unknown", at(50)).await.unwrap());
            assert!(setup::take(tx, "link", at(50)).await.unwrap());
            assert!(!setup::take(tx, "link", at(51)).await.unwrap(), "used");
            assert!(!setup::pending(tx, at(52)).await.unwrap());
        })
        .await;
    });
}

#[test]
fn a_first_answer_is_kept_once_and_forgotten_in_time() {
    on_both(async |db| {
        let answer = |key: &str, seconds| Answer {
            key: key.to_owned(),
            body: "body-digest".to_owned(),
            data_key: vec![1; 44],
            answer: vec![0, 159, 146, 150],
            created: at(seconds),
        };
        write(&db, async |tx| {
            idempotency::put(tx, &answer("first", 10)).await.unwrap();
            idempotency::put(tx, &answer("second", 20)).await.unwrap();
        })
        .await;
        let found = read(&db, async |tx| idempotency::get(tx, "first").await.unwrap()).await;
        assert_eq!(found, Some(answer("first", 10)));

        let mut tx = db.begin().await.unwrap();
        let again = idempotency::put(&mut tx, &answer("first", 30)).await;
        assert!(matches!(again, Err(Error::Conflict { table: "idempotency", .. })), "{again:?}");
        drop(tx);

        assert_eq!(write(&db, async |tx| idempotency::forget_before(tx, at(20), 10).await.unwrap()).await, 1);
        assert_eq!(read(&db, async |tx| idempotency::get(tx, "first").await.unwrap()).await, None);
        assert!(read(&db, async |tx| idempotency::get(tx, "second").await.unwrap()).await.is_some());
    });
}

#[test]
fn the_installation_remembers_the_last_value_or_the_first() {
    on_both(async |db| {
        write(&db, async |tx| {
            instance::put(tx, "checkpoint", "1").await.unwrap();
            instance::put(tx, "checkpoint", "2").await.unwrap();
            assert_eq!(instance::get(tx, "checkpoint").await.unwrap().as_deref(), Some("2"));
            assert_eq!(instance::put_new(tx, "name", "first").await.unwrap(), "first");
            assert_eq!(instance::put_new(tx, "name", "second").await.unwrap(), "first");
        })
        .await;
    });
}
