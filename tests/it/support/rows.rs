//! What a house has written, looked at behind its back.

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::app::App;

/// Rows by table.
pub async fn counts(app: &App) -> BTreeMap<String, i64> {
    match app.database.split_once("#schema=") {
        None => counts_on_sqlite(&app.data.join("holdfast.db")).await,
        Some((address, schema)) => counts_on_postgres(address, schema).await,
    }
}

async fn counts_on_sqlite(file: &Path) -> BTreeMap<String, i64> {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}?mode=ro", file.display())).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar("select name from sqlite_master where type = 'table'")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    let mut counts = BTreeMap::new();
    for table in tables {
        let count = AssertSqlSafe(format!("select count(*) from \"{table}\""));
        let rows = sqlx::query_scalar(count).fetch_one(&mut connection).await.unwrap();
        counts.insert(table, rows);
    }
    counts
}

/// Changes what a house has written, as damage would.
pub async fn spoil(app: &App, sql: &str) {
    match app.database.split_once("#schema=") {
        None => {
            let file = app.data.join("holdfast.db");
            let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
            sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        }
        Some((address, schema)) => {
            let mut connection = PgConnection::connect(address).await.unwrap();
            let path = AssertSqlSafe(format!("set search_path to \"{schema}\""));
            sqlx::query(path).execute(&mut connection).await.unwrap();
            sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        }
    }
}

const TABLES: &str = "select table_name::text from information_schema.tables where table_schema = $1";

async fn counts_on_postgres(address: &str, schema: &str) -> BTreeMap<String, i64> {
    let mut connection = PgConnection::connect(address).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(TABLES).bind(schema).fetch_all(&mut connection).await.unwrap();
    let mut counts = BTreeMap::new();
    for table in tables {
        let count = AssertSqlSafe(format!("select count(*) from \"{schema}\".\"{table}\""));
        let rows = sqlx::query_scalar(count).fetch_one(&mut connection).await.unwrap();
        counts.insert(table, rows);
    }
    counts
}

/// The columns of every table.
pub async fn columns(app: &App) -> BTreeMap<String, Vec<String>> {
    let pairs: Vec<(String, String)> = match app.database.split_once("#schema=") {
        None => {
            let file = app.data.join("holdfast.db");
            let mut connection =
                SqliteConnection::connect(&format!("sqlite:{}?mode=ro", file.display())).await.unwrap();
            sqlx::query_as(SQLITE_COLUMNS).fetch_all(&mut connection).await.unwrap()
        }
        Some((address, schema)) => {
            let mut connection = PgConnection::connect(address).await.unwrap();
            sqlx::query_as(POSTGRES_COLUMNS).bind(schema).fetch_all(&mut connection).await.unwrap()
        }
    };
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in pairs {
        columns.entry(table).or_default().push(column);
    }
    columns
}

const SQLITE_COLUMNS: &str =
    "select kept.name, held.name from sqlite_master as kept join pragma_table_info(kept.name) as held
    where kept.type = 'table' and kept.name not like 'sqlite_%' and kept.name <> '_sqlx_migrations' order by 1, 2";
const POSTGRES_COLUMNS: &str = "select table_name::text, column_name::text from information_schema.columns
    where table_schema = $1 and table_name <> '_sqlx_migrations' order by 1, 2";

/// Every row of every table as text, but for columns that only say when somebody was last there.
pub async fn contents(app: &App) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for (table, mut columns) in columns(app).await {
        let passing = ["last_used", "used", "last_seen"];
        columns.retain(|column| !passing.contains(&column.as_str()));
        let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        let rows: Vec<String> = match app.database.split_once("#schema=") {
            None => {
                let file = app.data.join("holdfast.db");
                let mut connection =
                    SqliteConnection::connect(&format!("sqlite:{}?mode=ro", file.display())).await.unwrap();
                let cells: Vec<String> = quoted.iter().map(|column| format!("quote({column})")).collect();
                let text =
                    AssertSqlSafe(format!("select {} as row from \"{table}\" order by 1", cells.join(" || '|' || ")));
                sqlx::query_scalar(text).fetch_all(&mut connection).await.unwrap()
            }
            Some((address, schema)) => {
                let mut connection = PgConnection::connect(address).await.unwrap();
                let text = AssertSqlSafe(format!(
                    "select (row({}))::text as row from \"{schema}\".\"{table}\" order by 1",
                    quoted.join(", ")
                ));
                sqlx::query_scalar(text).fetch_all(&mut connection).await.unwrap()
            }
        };
        all.insert(table, rows);
    }
    all
}

/// Every byte of the data folder, or of every row when the database is elsewhere.
pub async fn bytes(app: &App) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&app.data).unwrap() {
        all.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    if let Some((address, schema)) = app.database.split_once("#schema=") {
        let mut connection = PgConnection::connect(address).await.unwrap();
        let tables: Vec<String> = sqlx::query_scalar(TABLES).bind(schema).fetch_all(&mut connection).await.unwrap();
        for table in tables {
            let text = AssertSqlSafe(format!("select row::text from \"{schema}\".\"{table}\" as row"));
            let rows: Vec<String> = sqlx::query_scalar(text).fetch_all(&mut connection).await.unwrap();
            all.extend(rows.concat().into_bytes());
        }
    }
    all
}

/// Whether the bytes hold this text, as it is or in hex.
pub fn hold(bytes: &[u8], text: &str) -> bool {
    let held = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
    held(text.as_bytes()) || held(hex::encode(text).as_bytes())
}

/// The trail, an entry a line: who did what to what, how it ended, and the detail.
pub async fn audit(app: &App) -> Vec<String> {
    let mut tx = app.house.respond.db.read().await.unwrap();
    let entries = holdfast::store::audit::page(&mut tx, 0, 100_000).await.unwrap();
    let line = |numbered: holdfast::store::audit::Entry| {
        let entry = numbered.entry;
        format!("{} {} {} {} {}", entry.actor, entry.action, entry.object, entry.outcome, entry.detail)
    };
    entries.into_iter().map(line).collect()
}
