//! Opening a SQLite file: one connection that writes, a few that read.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Row as _};

use super::open::{PATIENCE, STATEMENTS_KEPT};
use super::{Error, Result, schema};

/// Stops at the first finding; walks every page but not the order of indexes, which would take far longer.
const QUICK_CHECK: &str = "pragma quick_check(1)";

const EMPTY_LOG: &str = "pragma wal_checkpoint(truncate)";
/// How often emptying the log is tried, and what is waited in between: a page is read in less.
const TRIES: u32 = 50;
const BETWEEN: Duration = Duration::from_millis(100);

/// The writer and the readers. One writer only: SQLite has one write lock, and waiting for a connection is fair while
/// waiting for the lock is not.
pub(super) async fn open(path: &Path, readers: u32) -> Result<(SqlitePool, SqlitePool)> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .statement_cache_capacity(STATEMENTS_KEPT)
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("secure_delete", "ON");
    let writing = options.clone().create_if_missing(true).journal_mode(SqliteJournalMode::Wal);

    let mut first = writing.connect().await.map_err(|cause| Error::classify("", cause))?;
    quick_check(&mut first).await?;
    schema::migrate(first, (schema::Engine::Sqlite, None)).await?;

    // no connection ends on a timer: reopening costs a file and a parsed schema, and nothing grows
    let pool = SqlitePoolOptions::new()
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(is_clean(connection)));
    let writer = pool.clone().max_connections(1).connect_with(writing).await;
    let writer = writer.map_err(|cause| Error::classify("", cause))?;
    let reading = options.pragma("query_only", "ON");
    let readers = pool.max_connections(readers.max(1)).connect_with(reading).await;
    Ok((writer, readers.map_err(|cause| Error::classify("", cause))?))
}

async fn quick_check(connection: &mut SqliteConnection) -> Result<()> {
    let answer = sqlx::query(QUICK_CHECK).fetch_one(connection).await.and_then(|row| row.try_get(0));
    let finding: String = answer.map_err(|cause| Error::classify("", cause))?;
    if finding == "ok" { Ok(()) } else { Err(Error::Damaged { finding }) }
}

/// Whether a connection may go back to its pool. On a full disk SQLite rolls back by itself; the driver does not notice,
/// its own rollback fails and it counts itself inside a transaction for ever, so that no further one could begin.
async fn is_clean(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    // the rollback of a dropped transaction is only queued; this waits until it is done
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Carries the write-ahead log over into the database and empties it. Whoever reads keeps it, so it is tried for a while; what
/// is left then goes with the next checkpoint, and the log says so.
pub(super) async fn empty_log(writer: &SqlitePool) -> sqlx::Result<()> {
    for _ in 0..TRIES {
        let row = sqlx::query(EMPTY_LOG).fetch_one(writer).await?;
        if row.try_get::<i64, _>("busy")? == 0 {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN).await;
    }
    tracing::warn!("readers kept the write-ahead log from being emptied; it goes with the next checkpoint");
    Ok(())
}
