//! Lists that have to keep up with the schema: the data inventory, what goes with an incident, which keys are sealed anew.

use std::collections::BTreeSet;

use holdfast::store::{Db, Row, Sql, data_keys, privacy};

use crate::support::db::{on_both, read};

const INVENTORY: &str = include_str!("../../../docs/data-inventory.tsv");

const COLUMNS: Sql = Sql::forked(
    "select kept.name as kept, held.name as held from sqlite_master as kept join pragma_table_info(kept.name) as held
     where kept.type = 'table' and kept.name <> '_sqlx_migrations' and kept.name not like 'sqlite_%'",
    "select table_name::text as kept, column_name::text as held from information_schema.columns
     where table_schema = current_schema() and table_name <> '_sqlx_migrations'",
);

async fn columns(db: &Db) -> BTreeSet<(String, String)> {
    let pair = |row: &Row| Ok((row.get("kept")?, row.get("held")?));
    read(db, async |tx| tx.all(COLUMNS, Vec::new(), pair).await.unwrap()).await.into_iter().collect()
}

/// PRIV-01: every column of the schema stands in the inventory with class, purpose, ground, retention and where it goes, and
/// nothing stands there that is no column.
#[test]
fn every_column_is_in_the_inventory() {
    let mut listed = BTreeSet::new();
    for line in INVENTORY.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        assert_eq!(fields.len(), 7, "{line}");
        assert!(fields.iter().all(|field| !field.trim().is_empty()), "{line}");
        assert!(["public", "inner", "personal", "sensitive"].contains(&fields[2]), "{line}");
        assert!(listed.insert((fields[0].to_owned(), fields[1].to_owned())), "twice: {line}");
    }
    on_both(async |db| {
        let there = columns(&db).await;
        let missing: Vec<_> = there.difference(&listed).collect();
        let gone: Vec<_> = listed.difference(&there).collect();
        assert!(missing.is_empty() && gone.is_empty(), "missing {missing:?}, no longer there {gone:?}");
    });
}

/// PRIV-04: every table that hangs on an incident or a case goes with it.
#[test]
fn whatever_hangs_on_an_incident_is_erased_with_it() {
    on_both(async |db| {
        let erased: BTreeSet<&str> = privacy::ERASE.iter().map(|statement| statement.table()).collect();
        for (table, column) in columns(&db).await {
            // Proof of what was granted: it names an incident that is gone.
            let hangs = matches!(column.as_str(), "incident" | "case_id") && table != "privacy_request";
            assert!(!hangs || erased.contains(table.as_str()), "{table}.{column} is not erased");
        }
    });
}

/// CRY-05: every sealed data key is sealed anew.
#[test]
fn every_data_key_is_sealed_anew() {
    on_both(async |db| {
        let keyed: BTreeSet<&str> = data_keys::KEYED.iter().map(|keyed| keyed.table).collect();
        let there = columns(&db).await;
        let there: BTreeSet<&str> =
            there.iter().filter(|(_, column)| column == "data_key").map(|(table, _)| table.as_str()).collect();
        assert_eq!(keyed, there);
    });
}
