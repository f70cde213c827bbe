//! No body sets what is not its own (RB-04): every column of every table is sent with every change.

use std::collections::BTreeSet;

use crate::support::app::on_sqlite_with;
use crate::support::deeds::{Scene, plan};
use crate::support::rows::{columns, contents};

/// RB-04: with every change, every name of a column that is no field of it: refused, and no row is another than before. The
/// change without it succeeds, so it was for the column alone.
#[test]
fn no_column_of_any_table_can_be_set_through_a_body() {
    on_sqlite_with(plan(), async |app| {
        let mut scene = Scene::set(&app).await;
        let names: BTreeSet<String> = columns(&app).await.into_values().flatten().collect();
        assert!(names.len() >= 200, "{}", names.len());
        let (mut number, mut sent) = (0, 0);
        while let Some(deed) = scene.deed(&app, number).await {
            let before = contents(&app).await;
            for name in names.iter().filter(|name| !deed.takes(name)) {
                if deed.method == reqwest::Method::GET {
                    continue;
                }
                let refused = deed.request(&app, &[(name, "1")]).send().await.unwrap();
                let status = refused.status().as_u16();
                // What takes no body at all may pass over one; then nothing of it is kept.
                assert!([400, 415, 422].contains(&status), "{} with {name}: {status}", deed.what);
                sent += 1;
            }
            let after = contents(&app).await;
            for (table, rows) in &before {
                assert_eq!(rows, &after[table], "{} changed {table}", deed.what);
            }
            let done = deed.request(&app, &[]).send().await.unwrap();
            assert!(done.status().is_success(), "{}: {}", deed.what, done.status());
            number += 1;
        }
        assert!(number >= 25 && sent >= 5_000, "{number} changes, {sent} bodies");
    });
}
