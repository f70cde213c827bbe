//! The audit trail: who did what, in order and without gaps. Sealing it is the `audit` room's matter.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, millis, rows};
use crate::audit::Line;
use crate::time::Timestamp;

/// The longest page.
const PAGE: i64 = 1_000;

pub(super) const STATEMENTS: &[Sql] = &[TAKE_NUMBERS, APPEND, PAGE_AFTER, LAST, OF_OBJECT];

// The row stays locked until the commit, so the next writer gets the next number or, after a rollback, the same one.
const TAKE_NUMBERS: Sql = Sql::both("update audit_head set last = last + $1 returning last");

const APPEND: Sql = Sql::forked(
    "insert into audit (sequence, at, actor, session, action, object, outcome, detail)
     select value ->> 'sequence', value ->> 'at', value ->> 'actor', value ->> 'session', value ->> 'action',
            value ->> 'object', value ->> 'outcome', value ->> 'detail'
     from json_each($1)",
    "insert into audit (sequence, at, actor, session, action, object, outcome, detail)
     select sequence, at, actor, session, action, object, outcome, detail
     from json_to_recordset($1::json) as given (
         sequence bigint, at bigint, actor text, session text, action text, object text, outcome text, detail text)",
);

const PAGE_AFTER: Sql = Sql::both(
    "select sequence, at, actor, session, action, object, outcome, detail
     from audit where sequence > $1 order by sequence limit $2",
);

const LAST: Sql = Sql::both("select last from audit_head");

const OF_OBJECT: Sql = Sql::both(
    "select sequence, at, actor, session, action, object, outcome, detail
     from audit where object = $1 and action <> $2 order by sequence desc limit $3",
);

/// An entry to be written. `detail` is JSON; nothing here is personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewEntry {
    #[serde(serialize_with = "millis")]
    pub at: Timestamp,
    pub actor: String,
    /// Digest of the session or token it was done with.
    pub session: Option<String>,
    pub action: String,
    pub object: String,
    pub outcome: String,
    pub detail: String,
}

/// A written entry and its number, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub sequence: i64,
    #[serde(flatten)]
    pub entry: NewEntry,
}

/// Appends entries in their order and says the last number given. On PostgreSQL other writers wait from here to the
/// commit, so this comes last in a transaction.
pub async fn append_many(tx: &mut Tx, entries: &[NewEntry]) -> Result<i64> {
    let last: i64 = tx.one(TAKE_NUMBERS, args![entries.len()], |row| row.get("last")).await?;
    let numbered: Vec<Entry> = (1..=last)
        .rev()
        .zip(entries.iter().rev())
        .map(|(sequence, entry)| Entry { sequence, entry: entry.clone() })
        .collect();
    tx.run_exactly(numbered.len(), APPEND, args![rows("audit", &numbered)?]).await?;
    Ok(last)
}

fn entry_row(row: &Row) -> Result<Entry> {
    Ok(Entry {
        sequence: row.get("sequence")?,
        entry: NewEntry {
            at: row.get("at")?,
            actor: row.get("actor")?,
            session: row.maybe("session")?,
            action: row.get("action")?,
            object: row.get("object")?,
            outcome: row.get("outcome")?,
            detail: row.get("detail")?,
        },
    })
}

/// Entries after a number, in order; 1,000 at most.
pub async fn page(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<Entry>> {
    tx.all(PAGE_AFTER, args![after, limit.clamp(0, PAGE)], entry_row).await
}

/// The latest entries about one object without those of one action, the latest first; 1,000 at most.
pub async fn of_object(tx: &mut Tx, object: &str, (without, limit): (&str, i64)) -> Result<Vec<Entry>> {
    tx.all(OF_OBJECT, args![object, without, limit.clamp(0, PAGE)], entry_row).await
}

/// The number of the last entry; 0 when there is none.
pub async fn last(tx: &mut Tx) -> Result<i64> {
    tx.one(LAST, args![], |row| row.get("last")).await
}

impl Entry {
    /// The entry in the form in which it is hashed and exported.
    pub fn line(&self) -> String {
        let NewEntry { at, actor, session, action, object, outcome, detail } = &self.entry;
        let line = Line {
            sequence: self.sequence,
            at: *at,
            actor,
            session: session.as_deref(),
            action,
            object,
            outcome,
            detail,
        };
        line.to_string()
    }
}
