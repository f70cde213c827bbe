//! Opening, closing, and what a transaction promises.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use holdfast::store::{self, Config, Db, Error, Sql, incidents, instance};

use super::rows::{id, incident, opened};
use crate::support::db::{on_both, on_sqlite, read, write};

const TABLES: Sql = Sql::forked(
    "select name from sqlite_schema where type = 'table'",
    "select table_name as name from information_schema.tables where table_schema = current_schema()",
);

#[test]
fn every_statement_is_understood() {
    on_both(async |db| {
        let tables: Vec<String> =
            read(&db, async |tx| tx.all(TABLES, vec![], |row| row.get("name")).await.unwrap()).await;
        for sql in store::statements() {
            db.check(sql).await.unwrap_or_else(|error| panic!("{error:?}\n{sql:?}"));
            assert!(tables.iter().any(|table| table == sql.table()), "an error would not name the table of {sql:?}");
        }
    });
}

#[test]
fn no_statement_is_forgotten_in_the_list() {
    let mut written = 0;
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let (code, _tests) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
            // Migrations run once and are no statements; a use of a macro is one or two, its definition none.
            if path.ends_with("schema.rs") {
                continue;
            }
            let code = without_macros(code);
            written += code.matches("Sql::both(").count() + code.matches("Sql::forked(").count();
            written += code.matches("of_incidents!(\"").count() + code.matches("of_cases!(\"").count();
            written += 2 * code.matches("keyed!(\"").count();
        }
    }
    assert_eq!(store::statements().count(), written);
    let different: BTreeSet<String> = store::statements().map(|sql| format!("{sql:?}")).collect();
    assert_eq!(different.len(), written, "a statement stands in the list twice");
}

/// Code without the definitions of its macros.
fn without_macros(code: &str) -> String {
    let mut parts = code.split("macro_rules!");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("\n}\n").map_or("", |(_, after)| after))
}

#[test]
fn sqlite_is_set_to_lose_nothing() {
    // https://www.sqlite.org/pragma.html; synchronous 2 is FULL
    const EXPECTED: [(Sql, &str); 7] = [
        (Sql::both("select journal_mode as value from pragma_journal_mode"), "wal"),
        (Sql::both("select cast(synchronous as text) as value from pragma_synchronous"), "2"),
        (Sql::both("select cast(timeout as text) as value from pragma_busy_timeout"), "5000"),
        (Sql::both("select cast(foreign_keys as text) as value from pragma_foreign_keys"), "1"),
        (Sql::both("select cast(trusted_schema as text) as value from pragma_trusted_schema"), "0"),
        (Sql::both("select cast(cell_size_check as text) as value from pragma_cell_size_check"), "1"),
        (Sql::both("select cast(secure_delete as text) as value from pragma_secure_delete"), "1"),
    ];
    on_sqlite(async |db| {
        for mut tx in [db.begin().await.unwrap(), db.read().await.unwrap()] {
            for (pragma, expected) in EXPECTED {
                let value: String = tx.one(pragma, vec![], |row| row.get("value")).await.unwrap();
                assert_eq!(value, expected, "{pragma:?}");
            }
        }
    });
}

#[test]
fn what_is_not_committed_leaves_nothing() {
    on_both(async |db| {
        let mut tx = db.begin().await.unwrap();
        instance::put(&mut tx, "name", "value").await.unwrap();
        drop(tx);
        assert_eq!(read(&db, async |tx| instance::get(tx, "name").await.unwrap()).await, None);
    });
}

#[test]
fn a_beginning_given_up_halfway_leaves_no_transaction_to_the_next() {
    // a page closed while the database is slow: https://github.com/transact-rs/sqlx/issues/4393
    on_both(async |db| {
        for turns in (1..8).cycle().take(70) {
            {
                let mut begun = pin!(db.read());
                for _ in 0..turns {
                    if begun.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
            tokio::time::sleep(Duration::from_millis(3)).await; // the connection goes back to the others
            write(&db, async |tx| instance::put(tx, "name", "value").await.unwrap()).await;
        }
    });
}

#[test]
fn a_failed_statement_cannot_be_committed() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        let mut tx = db.begin().await.unwrap();
        instance::put(&mut tx, "name", "value").await.unwrap();
        let refused = incidents::insert_many(&mut tx, &[incident(1)]).await;
        assert!(matches!(refused, Err(Error::Conflict { table: "incident", .. })), "{refused:?}");
        assert!(matches!(instance::get(&mut tx, "name").await, Err(Error::Spoiled)));
        assert!(matches!(tx.commit().await, Err(Error::Spoiled)));
        assert_eq!(read(&db, async |tx| instance::get(tx, "name").await.unwrap()).await, None);
    });
}

#[test]
fn a_reader_cannot_write() {
    on_both(async |db| {
        let mut tx = db.read().await.unwrap();
        assert!(instance::put(&mut tx, "name", "value").await.is_err());
    });
}

#[test]
fn a_reader_sees_one_moment_while_others_write() {
    on_both(async |db| {
        let mut tx = db.read().await.unwrap();
        assert_eq!(instance::get(&mut tx, "name").await.unwrap(), None);
        write(&db, async |tx| instance::put(tx, "name", "value").await.unwrap()).await;
        assert_eq!(instance::get(&mut tx, "name").await.unwrap(), None);
    });
}

#[test]
fn a_value_out_of_shape_is_named_and_not_guessed() {
    const DAMAGE: Sql = Sql::both("update incident set data_key = data_key, id = 'no id' where kind = 'wallet-drain'");
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        write(&db, async |tx| tx.run(DAMAGE, vec![]).await.unwrap()).await;
        let found = read(&db, async |tx| incidents::page(tx, None, None, 10).await).await;
        assert!(matches!(found, Err(Error::Corrupt { table: "incident", column: "id" })), "{found:?}");
    });
}

#[test]
fn the_current_schema_is_known_and_a_newer_one_refused() {
    const LATER: Sql = Sql::both(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         select 99, 'later', true, checksum, 0 from _sqlx_migrations where version = 1",
    );
    const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let folder = tempfile::tempdir().unwrap();
    let config = || Config::Sqlite { path: folder.path().join("holdfast.db"), readers: 1 };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = Db::open(config()).await.unwrap();
        let names = std::fs::read_dir(MIGRATIONS).unwrap().map(|file| file.unwrap().file_name());
        let newest = names.map(|name| name.to_str().unwrap()[..4].parse::<i64>().unwrap()).max().unwrap();
        assert_eq!(db.schema_version().await.unwrap(), newest);
        opened(&db, &[incident(1)]).await;
        db.close().await;

        let db = Db::open(config()).await.unwrap();
        assert!(read(&db, async |tx| incidents::get(tx, id(1)).await.unwrap()).await.is_some());
        write(&db, async |tx| tx.run(LATER, vec![]).await.unwrap()).await;
        db.close().await;

        let refused = Db::open(config()).await.err();
        assert!(matches!(refused, Some(Error::NewerSchema { found: 99, .. })), "{refused:?}");
    });
}

#[test]
fn a_damaged_file_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("holdfast.db");
    let config = || Config::Sqlite { path: path.clone(), readers: 1 };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        Db::open(config()).await.unwrap().close().await;
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..].fill(0xa5);
        fs::write(&path, bytes).unwrap();
        let refused = Db::open(config()).await.err();
        assert!(matches!(refused, Some(Error::Damaged { .. })), "{refused:?}");
    });
}

#[test]
fn a_full_disk_refuses_the_write_and_reading_goes_on() {
    const NO_MORE_PAGES: Sql = Sql::both("pragma max_page_count = 1");
    on_sqlite(async |db| {
        write(&db, async |tx| instance::put(tx, "name", "value").await.unwrap()).await;
        let mut tx = db.begin().await.unwrap();
        tx.all(NO_MORE_PAGES, vec![], |_| Ok(())).await.unwrap();
        let refused = instance::put(&mut tx, "large", &"x".repeat(1 << 20)).await;
        assert!(matches!(refused, Err(Error::Unavailable { .. })), "{refused:?}");
        drop(tx);
        assert_eq!(read(&db, async |tx| instance::get(tx, "name").await.unwrap()).await.as_deref(), Some("value"));

        // the limit ends with its connection, as a full disk ends with space
        write(&db, async |tx| instance::put(tx, "large", &"x".repeat(1 << 20)).await.unwrap()).await;
    });
}
