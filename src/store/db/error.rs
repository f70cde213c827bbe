//! What can go wrong in memory, told apart by error codes and never by wording.

use sqlx::migrate::MigrateError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

/// A fault of the store; the driver's own error stays inside for the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Someone else was first: a unique index, a version, a lease or a serialisation check refused. Read again and decide anew.
    #[error("table {table}: another writer was first")]
    Conflict { table: &'static str, source: Option<sqlx::Error> },
    /// The database cannot be reached, is locked too long or cannot write. Nothing was kept.
    #[error("table {table}: the database is not available")]
    Unavailable { table: &'static str, source: sqlx::Error },
    /// A stored value is not what the program wrote.
    #[error("table {table}: column {column} holds a value that cannot be read")]
    Corrupt { table: &'static str, column: &'static str },
    /// The database file itself is damaged.
    #[error("the database is damaged: {finding}")]
    Damaged { finding: String },
    /// A later program has changed the schema; this one would not understand it.
    #[error("the database has schema {found}, this program knows up to {known}: use a newer program")]
    NewerSchema { found: i64, known: i64 },
    /// Bringing the schema up to date failed.
    #[error("the schema cannot be brought up to date")]
    Migration(#[source] Box<MigrateError>),
    /// The name would need quoting; only lower-case letters, digits and `_` are taken, 63 at most.
    #[error("schema name {0:?} is not a plain lower-case word")]
    SchemaName(String),
    /// An earlier statement of this transaction failed or was cut off, so it can only be rolled back.
    #[error("the transaction failed earlier and cannot be committed")]
    Spoiled,
    /// The writer has stopped; nothing was kept.
    #[error("the writer has stopped")]
    Stopped,
    /// The database went away in the middle; whether it was kept is not known. The same key or id tells when it is sent again.
    #[error("the database did not answer; it may or may not have been kept")]
    Uncertain,
    /// Too much waits to be written already; nothing was kept.
    #[error("too much waits to be written")]
    Busy,
    /// The database is sealed with a newer key than this process has; nothing was kept. It needs the key file of now.
    #[error("the database names a newer key-encryption key than the key file of this process has")]
    OlderKey,
    /// The engine refused a statement: a fault of the program or of the address it was given.
    #[error("table {table}: the statement was refused")]
    Failed { table: &'static str, source: sqlx::Error },
}

/// What every function of the store gives back.
pub type Result<T> = std::result::Result<T, Error>;

enum Kind {
    Conflict,
    Unavailable,
    Damaged,
    Failed,
}

impl Error {
    /// Whether the same work may succeed when it is done again from the start.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Conflict { source: Some(_), .. })
    }

    /// Whether memory as such is out of order, rather than this piece of work.
    pub fn is_out_of_order(&self) -> bool {
        matches!(
            self,
            Self::Unavailable { .. }
                | Self::Uncertain
                | Self::Stopped
                | Self::Busy
                | Self::OlderKey
                | Self::Damaged { .. }
        )
    }

    /// Sorts a driver's error; `table` is empty when no table is involved.
    pub(super) fn classify(table: &'static str, source: sqlx::Error) -> Self {
        match kind(&source) {
            Kind::Conflict => Self::Conflict { table, source: Some(source) },
            Kind::Unavailable => Self::Unavailable { table, source },
            Kind::Damaged => Self::Damaged { finding: source.to_string() },
            Kind::Failed => Self::Failed { table, source },
        }
    }

    /// Sorts an error of the migrations; `known` is the newest schema this program has.
    pub(super) fn from_migration(known: i64, source: MigrateError) -> Self {
        match source {
            MigrateError::VersionMissing(found) if found > known => Self::NewerSchema { found, known },
            MigrateError::Execute(source) => Self::classify("_sqlx_migrations", source),
            other => Self::Migration(Box::new(other)),
        }
    }

    /// A check inside a statement (version, lease, single use) found that the row had changed.
    pub(super) fn lost(table: &'static str) -> Self {
        Self::Conflict { table, source: None }
    }
}

fn kind(error: &sqlx::Error) -> Kind {
    match error {
        sqlx::Error::Database(cause) => {
            if cause.is_unique_violation() {
                Kind::Conflict
            } else if let Some(cause) = cause.try_downcast_ref::<PgDatabaseError>() {
                postgres_kind(cause.code())
            } else if cause.try_downcast_ref::<SqliteError>().is_some() {
                cause.code().and_then(|code| code.parse().ok()).map_or(Kind::Failed, sqlite_kind)
            } else {
                Kind::Failed
            }
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => Kind::Unavailable,
        _ => Kind::Failed,
    }
}

/// Result codes of <https://www.sqlite.org/rescode.html>; the low byte of an extended code is the primary one.
fn sqlite_kind(code: i32) -> Kind {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const NO_MEMORY: i32 = 7;
    const READ_ONLY: i32 = 8;
    const IO: i32 = 10;
    const CORRUPT: i32 = 11;
    const FULL: i32 = 13;
    const CANNOT_OPEN: i32 = 14;
    const NOT_A_DATABASE: i32 = 26;
    match code & 0xff {
        BUSY | LOCKED | NO_MEMORY | READ_ONLY | IO | FULL | CANNOT_OPEN => Kind::Unavailable,
        CORRUPT | NOT_A_DATABASE => Kind::Damaged,
        _ => Kind::Failed,
    }
}

/// SQLSTATE of <https://www.postgresql.org/docs/15/errcodes-appendix.html>; the first two characters are the class.
fn postgres_kind(code: &str) -> Kind {
    match code {
        "XX001" | "XX002" => return Kind::Damaged,
        "55P03" | "25006" | "25P03" => return Kind::Unavailable,
        _ => {}
    }
    match code.get(..2) {
        // a transaction rolled back: serialisation failure, deadlock
        Some("40") => Kind::Conflict,
        // connection, resources and disk, operator (shutdown, statement timeout), system error
        Some("08" | "53" | "57" | "58") => Kind::Unavailable,
        _ => Kind::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_a_full_disk_from_a_lost_race() {
        assert!(matches!(sqlite_kind(13), Kind::Unavailable));
        assert!(matches!(sqlite_kind(1034), Kind::Unavailable), "fsync failed");
        assert!(matches!(sqlite_kind(267), Kind::Damaged), "corrupt virtual table");
        assert!(matches!(postgres_kind("53100"), Kind::Unavailable), "disk full");
        assert!(matches!(postgres_kind("57P01"), Kind::Unavailable), "shutting down");
        assert!(matches!(postgres_kind("40P01"), Kind::Conflict), "deadlock");
        assert!(matches!(postgres_kind("42601"), Kind::Failed), "syntax");
    }
}
