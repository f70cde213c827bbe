//! Opening a PostgreSQL database: a pool, and warnings about settings that break a promise.

use std::io;
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Postgres, Row as _, Transaction};

use super::open::{PATIENCE, STATEMENTS_KEPT};
use super::{Error, Result, schema};

const SYNCHRONOUS_COMMIT: &str = "select current_setting('synchronous_commit') as value";
const DATA_CHECKSUMS: &str = "select current_setting('data_checksums') as value";

/// A pool whose connections find our tables in `schema`, or in the default one.
pub(super) async fn open(address: &str, schema: Option<String>, connections: u32) -> Result<PgPool> {
    let mut options = PgConnectOptions::from_str(address)
        .map_err(|cause| Error::classify("", cause))?
        .application_name("holdfast")
        .statement_cache_capacity(STATEMENTS_KEPT);
    if let Some(name) = &schema {
        if !is_plain(name) {
            return Err(Error::SchemaName(name.clone()));
        }
        options = options.options([("search_path", name)]);
    }

    let mut first = options.connect().await.map_err(|cause| Error::classify("", cause))?;
    warn_of_settings(&mut first).await.map_err(|cause| Error::classify("", cause))?;
    schema::migrate(first, (schema::Engine::Postgres, schema)).await?;

    // only now: a migration over many rows may take longer than a statement ever should
    let options = options.options([("lock_timeout", "5s"), ("statement_timeout", "30s")]);
    PgPoolOptions::new()
        .acquire_timeout(PATIENCE)
        .max_connections(connections.max(1))
        .connect_with(options)
        .await
        .map_err(|cause| Error::classify("", cause))
}

/// Begins a transaction on a task of its own, so that a caller who goes away cannot stop it between `begin` and its
/// answer: sqlx 0.9.0 gives such a connection back with the transaction open, and the next to write stands in it
/// (<https://github.com/transact-rs/sqlx/issues/4393>; mended after 0.9.0).
#[expect(clippy::disallowed_methods, reason = "closing the pool waits for it, and so does a stop")]
pub(super) async fn begin(pool: &PgPool, statement: &'static str) -> sqlx::Result<Transaction<'static, Postgres>> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    begun.await.unwrap_or_else(|cause| Err(sqlx::Error::Io(io::Error::other(cause))))
}

/// The name goes into `create schema` as it stands.
fn is_plain(name: &str) -> bool {
    let mut letters = name.bytes();
    name.len() <= 63
        && letters.next().is_some_and(|first| first.is_ascii_lowercase() || first == b'_')
        && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_')
}

async fn warn_of_settings(connection: &mut PgConnection) -> sqlx::Result<()> {
    let commit: String = sqlx::query(SYNCHRONOUS_COMMIT).fetch_one(&mut *connection).await?.try_get("value")?;
    if commit == "off" {
        tracing::warn!("synchronous_commit is off: a crash of the database server loses acknowledged signals");
    }
    let checksums: String = sqlx::query(DATA_CHECKSUMS).fetch_one(&mut *connection).await?.try_get("value")?;
    if checksums == "off" {
        tracing::warn!("data_checksums is off: the database server does not notice damaged pages");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_name_never_needs_quotes() {
        for plain in ["holdfast", "_a1", "t_018f"] {
            assert!(is_plain(plain), "{plain}");
        }
        for refused in ["", "1a", "Holdfast", "a-b", "a;drop table b", "a\"b", "é", &"a".repeat(64)] {
            assert!(!is_plain(refused), "{refused}");
        }
    }
}
