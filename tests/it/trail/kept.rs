//! Entries stay as they were written.

use holdfast::store::audit::{self, NewEntry};
use holdfast::store::{Error, Sql};
use holdfast::time::Timestamp;

use crate::support::db::{on_both, read, write};

const UPDATE: Sql = Sql::both("update audit set actor = 'staff:nobody' where sequence = 1");
const DELETE: Sql = Sql::both("delete from audit where sequence = 1");
const TRUNCATE: Sql = Sql::forked("delete from audit", "truncate audit");

/// AUD-07: no statement changes or deletes an entry, whoever sends it; the trail goes on afterwards.
#[test]
fn no_statement_changes_or_deletes_an_entry() {
    on_both(async |db| {
        let entry = NewEntry {
            at: Timestamp::from_millis(1),
            actor: "staff:ada".to_owned(),
            session: None,
            action: "incident.view".to_owned(),
            object: "incident:1".to_owned(),
            outcome: "done".to_owned(),
            detail: "{}".to_owned(),
        };
        write(&db, async |tx| audit::append_many(tx, &[entry.clone(), entry.clone()]).await.unwrap()).await;
        for forbidden in [UPDATE, DELETE, TRUNCATE] {
            let mut tx = db.begin().await.unwrap();
            let refused = tx.run(forbidden, Vec::new()).await;
            assert!(matches!(refused, Err(Error::Failed { .. })), "{refused:?}");
            assert!(tx.commit().await.is_err());
        }
        let all = read(&db, async |tx| audit::page(tx, 0, 10).await.unwrap()).await;
        assert_eq!(all.iter().map(|found| &found.entry).collect::<Vec<_>>(), [&entry, &entry]);
        assert_eq!(write(&db, async |tx| audit::append_many(tx, &[entry]).await.unwrap()).await, 3);
    });
}
