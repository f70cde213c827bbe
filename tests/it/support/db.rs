//! A fresh database per test, on every engine there is: SQLite always, PostgreSQL when its address is given.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use holdfast::store::{Config, Db, Tx};
use sqlx::{Connection, PgConnection};
use tokio::runtime::{Builder, Runtime};

/// Names the PostgreSQL database that tests may make schemas in.
const ADDRESS: &str = "HOLDFAST_TEST_POSTGRES";

const NAME_SCHEMA: &str = "select set_config('holdfast.schema', $1, false)";
const DROP_SCHEMA: &str =
    "do $$ begin execute format('drop schema if exists %I cascade', current_setting('holdfast.schema')); end $$";

/// Runs one test body on every engine, each time with an empty database of its own.
pub fn on_both(body: impl AsyncFn(Db)) {
    on_sqlite(&body);
    if let Some(address) = postgres_address() {
        on_postgres(&address, &body);
    }
}

/// Runs a test body on SQLite, for what only SQLite has.
pub fn on_sqlite(body: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = runtime();
    let config = Config::Sqlite { path: folder.path().join("holdfast.db"), readers: 4 };
    let db = runtime.block_on(Db::open(config)).unwrap();
    runtime.block_on(body(db.clone()));
    runtime.block_on(db.close());
}

fn on_postgres(address: &str, body: impl AsyncFn(Db)) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let schema = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let runtime = runtime();
    let config = Config::Postgres { address: address.to_owned(), schema: Some(schema.clone()), connections: 12 };
    let db = runtime.block_on(Db::open(config)).unwrap();
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(body(db.clone()))));
    runtime.block_on(async {
        db.close().await;
        drop_schema(address, &schema).await;
    });
    assert!(outcome.is_ok(), "the panic above happened on PostgreSQL");
}

pub async fn drop_schema(address: &str, schema: &str) {
    let mut connection = PgConnection::connect(address).await.unwrap();
    sqlx::query(NAME_SCHEMA).bind(schema).execute(&mut connection).await.unwrap();
    sqlx::raw_sql(DROP_SCHEMA).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[expect(clippy::disallowed_methods, reason = "where PostgreSQL is, only the surroundings of a test know")]
pub fn postgres_address() -> Option<String> {
    std::env::var(ADDRESS).ok()
}

/// The same for a story of its own on PostgreSQL, which says when it passes by.
#[expect(clippy::print_stdout, reason = "a story that was passed by says so")]
pub fn postgres_or_say(story: &str) -> Option<String> {
    let address = postgres_address();
    if address.is_none() {
        println!("skipped: {ADDRESS} is not set, so {story} is not told on PostgreSQL");
    }
    address
}

/// Does something in one transaction and commits it.
pub async fn write<T>(db: &Db, change: impl AsyncFnOnce(&mut Tx) -> T) -> T {
    let mut tx = db.begin().await.unwrap();
    let outcome = change(&mut tx).await;
    tx.commit().await.unwrap();
    outcome
}

/// Looks something up in a transaction that cannot write.
pub async fn read<T>(db: &Db, look: impl AsyncFnOnce(&mut Tx) -> T) -> T {
    let mut tx = db.read().await.unwrap();
    look(&mut tx).await
}
