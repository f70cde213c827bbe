//! The open database: a way to write, a way to read.

use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use sqlx::{Executor, SqlStr};

use super::tx::Engine;
use super::{Error, Result, Sql, Tx, postgres, sqlite};

/// How long to wait for a connection or a lock before saying that the database is not available.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// More than the store has statements, so that each is parsed once a connection.
pub(super) const STATEMENTS_KEPT: usize = 256;

pub(in crate::store) const STATEMENTS: &[Sql] = &[SCHEMA_VERSION];

const SCHEMA_VERSION: Sql = Sql::both("select max(version) as version from _sqlx_migrations");

/// Where the database is.
pub enum Config {
    /// A file, made when missing; its folder must exist. `readers` is the number of connections that only read.
    Sqlite { path: PathBuf, readers: u32 },
    /// An address like `postgres://…`; `schema`, made when missing, keeps several databases of ours apart in one.
    Postgres { address: String, schema: Option<String>, connections: u32 },
}

/// An open database; clones share its connections.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
}

#[derive(Clone)]
enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

impl Db {
    /// Opens the database, checks it and brings its schema up to date. A schema that a later program has made is refused.
    pub async fn open(config: Config) -> Result<Self> {
        let pools = match config {
            Config::Sqlite { path, readers } => {
                let (writer, readers) = sqlite::open(&path, readers).await?;
                Pools::Sqlite { writer, readers }
            }
            Config::Postgres { address, schema, connections } => {
                Pools::Postgres(postgres::open(&address, schema, connections).await?)
            }
        };
        Ok(Self { pools })
    }

    /// Begins a transaction that writes. SQLite takes its one write lock here, so a later statement cannot fail for it.
    pub async fn begin(&self) -> Result<Tx> {
        let engine = match &self.pools {
            Pools::Sqlite { writer, .. } => writer.begin_with("begin immediate").await.map(Engine::Sqlite),
            Pools::Postgres(pool) => {
                postgres::begin(pool, "begin isolation level read committed").await.map(Engine::Postgres)
            }
        };
        engine.map(Tx::new).map_err(|cause| Error::classify("", cause))
    }

    /// Begins a transaction that only reads, all of it as of one moment.
    pub async fn read(&self) -> Result<Tx> {
        let engine = match &self.pools {
            Pools::Sqlite { readers, .. } => readers.begin_with("begin deferred").await.map(Engine::Sqlite),
            Pools::Postgres(pool) => {
                postgres::begin(pool, "begin isolation level repeatable read, read only").await.map(Engine::Postgres)
            }
        };
        engine.map(Tx::new).map_err(|cause| Error::classify("", cause))
    }

    /// The number of the newest migration the database has.
    pub async fn schema_version(&self) -> Result<i64> {
        self.read().await?.one(SCHEMA_VERSION, Vec::new(), |row| row.get("version")).await
    }

    /// Has the engine parse a statement against the schema, without running it.
    pub async fn check(&self, sql: Sql) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => readers.prepare(SqlStr::from_static(sql.sqlite)).await.map(drop),
            Pools::Postgres(pool) => pool.prepare(SqlStr::from_static(sql.postgres)).await.map(drop),
        }
        .map_err(|cause| Error::classify(sql.table(), cause))
    }

    /// Takes what deleted rows held out of the files. SQLite overwrites the pages as it frees them (`secure_delete`), so what
    /// is left is in the write-ahead log, and writers wait for no copy of the file; PostgreSQL frees the rows.
    pub async fn tidy(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => sqlite::empty_log(writer).await,
            Pools::Postgres(pool) => pool.execute(SqlStr::from_static("vacuum")).await.map(drop),
        }
        .map_err(|cause| Error::classify("", cause))
    }

    /// Waits for running transactions and closes all connections.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
