//! One transaction on either engine.

use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Postgres, Sqlite, Transaction};

use super::value::Cells;
use super::{Arg, Error, Result, Row, Sight, Sql};
use crate::time::Timestamp;

/// A transaction. Dropped without [`Tx::commit`] it leaves nothing behind.
pub struct Tx {
    pub(super) engine: Engine,
    spoiled: bool,
    sight: Sight,
}

pub(super) enum Engine {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub(super) fn new(engine: Engine) -> Self {
        Self { engine, spoiled: false, sight: Sight::current() }
    }

    /// Looks through other eyes from here on: a transaction of the writer does what many asked for.
    pub fn look_as(&mut self, sight: Sight) {
        self.sight = sight;
    }

    pub fn sight(&self) -> Sight {
        self.sight
    }

    /// Whose seats in circles count: the first argument of `in_sight!`.
    pub(in crate::store) fn who(&self) -> String {
        self.sight.who()
    }

    /// The second: when they have to count.
    pub(in crate::store) fn at(&self) -> Timestamp {
        self.sight.at()
    }

    /// Makes everything done so far durable. Refused after any statement that failed or was cut off: PostgreSQL
    /// answers such a commit with a silent rollback, and what was not kept must not be acknowledged.
    pub async fn commit(self) -> Result<()> {
        if self.spoiled {
            return Err(Error::Spoiled);
        }
        match self.engine {
            Engine::Sqlite(tx) => tx.commit().await,
            Engine::Postgres(tx) => tx.commit().await,
        }
        .map_err(|cause| Error::classify("", cause))
    }

    /// Runs a change and says how many rows it touched.
    pub async fn run(&mut self, sql: Sql, args: Vec<Arg>) -> Result<u64> {
        self.enter()?;
        let table = sql.table();
        let touched = match &mut self.engine {
            Engine::Sqlite(tx) => sqlx::query_with(sql.sqlite, Arg::bound::<SqliteArguments>(table, args)?)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            Engine::Postgres(tx) => sqlx::query_with(sql.postgres, Arg::bound::<PgArguments>(table, args)?)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
        }
        .map_err(|cause| Error::classify(table, cause))?;
        self.spoiled = false;
        Ok(touched)
    }

    /// Runs a change that must touch exactly so many rows; [`Error::Conflict`] otherwise, and no commit after it.
    pub async fn run_exactly(&mut self, rows: usize, sql: Sql, args: Vec<Arg>) -> Result<()> {
        let touched = self.run(sql, args).await?;
        if usize::try_from(touched) != Ok(rows) {
            self.spoiled = true;
            return Err(Error::lost(sql.table()));
        }
        Ok(())
    }

    /// All rows of an answer, in its order.
    pub async fn all<T>(&mut self, sql: Sql, args: Vec<Arg>, read: fn(&Row) -> Result<T>) -> Result<Vec<T>> {
        self.enter()?;
        let table = sql.table();
        let cells: Vec<Cells> = match &mut self.engine {
            Engine::Sqlite(tx) => sqlx::query_with(sql.sqlite, Arg::bound::<SqliteArguments>(table, args)?)
                .fetch_all(&mut **tx)
                .await
                .map(|rows| rows.into_iter().map(Cells::Sqlite).collect()),
            Engine::Postgres(tx) => sqlx::query_with(sql.postgres, Arg::bound::<PgArguments>(table, args)?)
                .fetch_all(&mut **tx)
                .await
                .map(|rows| rows.into_iter().map(Cells::Postgres).collect()),
        }
        .map_err(|cause| Error::classify(table, cause))?;
        self.spoiled = false;
        cells.into_iter().map(|cells| read(&Row { table, cells })).collect()
    }

    /// The row of an answer that has at most one.
    pub async fn maybe<T>(&mut self, sql: Sql, args: Vec<Arg>, read: fn(&Row) -> Result<T>) -> Result<Option<T>> {
        Ok(self.all(sql, args, read).await?.pop())
    }

    /// The row of an answer that always has one.
    pub async fn one<T>(&mut self, sql: Sql, args: Vec<Arg>, read: fn(&Row) -> Result<T>) -> Result<T> {
        let table = sql.table();
        self.maybe(sql, args, read).await?.ok_or(Error::Failed { table, source: sqlx::Error::RowNotFound })
    }

    /// Counts as spoiled until the statement has answered, so that one dropped half-way is not committed either.
    fn enter(&mut self) -> Result<()> {
        if self.spoiled {
            return Err(Error::Spoiled);
        }
        self.spoiled = true;
        Ok(())
    }
}
