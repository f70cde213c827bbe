//! The trail keeps its order.

use holdfast::store::audit::{self, NewEntry};

use super::rows::at;
use crate::support::db::{on_both, read, write};

fn entry(action: &str) -> NewEntry {
    NewEntry {
        at: at(1),
        actor: "person-1".to_owned(),
        session: Some("a1b2".to_owned()),
        action: action.to_owned(),
        object: "incident".to_owned(),
        outcome: "done".to_owned(),
        detail: r#"{"from":2,"to":1}"#.to_owned(),
    }
}

#[test]
fn entries_are_numbered_as_they_were_given() {
    on_both(async |db| {
        let first =
            write(&db, async |tx| audit::append_many(tx, &[entry("claim"), entry("note")]).await.unwrap()).await;
        assert_eq!(first, 2);
        assert_eq!(write(&db, async |tx| audit::append_many(tx, &[]).await.unwrap()).await, 2);
        assert_eq!(write(&db, async |tx| audit::append_many(tx, &[entry("close")]).await.unwrap()).await, 3);

        let all = read(&db, async |tx| audit::page(tx, 0, 10).await.unwrap()).await;
        let found: Vec<_> = all.iter().map(|found| (found.sequence, found.entry.action.as_str())).collect();
        assert_eq!(found, [(1, "claim"), (2, "note"), (3, "close")]);
        assert_eq!(all[1].entry, entry("note"));
        let rest = read(&db, async |tx| audit::page(tx, 1, 1).await.unwrap()).await;
        assert_eq!(rest, all[1..2]);
    });
}
