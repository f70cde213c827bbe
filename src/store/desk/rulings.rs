//! A person's word on the level or kind of an incident, with what was computed then.

use crate::id::{Id, of};
use crate::store::db::{Result, Row, Sql, Tx, args, rows};
use crate::time::{Span, Timestamp};

pub(in crate::store) const STATEMENTS: &[Sql] = &[PUT, OF_INCIDENTS, PLACE, END];

const END: Sql = Sql::both("delete from ruling where incident = $1");

const PUT: Sql = Sql::both(
    "insert into ruling (incident, kind, level, computed_class, computed_kind, computed_level, computed_danger, at, person,
                         reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (incident) do update set kind = excluded.kind, level = excluded.level,
         computed_class = excluded.computed_class, computed_kind = excluded.computed_kind,
         computed_level = excluded.computed_level, computed_danger = excluded.computed_danger, at = excluded.at,
         person = excluded.person, reason = excluded.reason",
);

const OF_INCIDENTS: Sql = Sql::forked(
    "select incident, kind, level, computed_class, computed_kind, computed_level, computed_danger, at, person, reason
     from ruling where incident in (select value from json_each($1))",
    "select incident, kind, level, computed_class, computed_kind, computed_level, computed_danger, at, person, reason
     from ruling where incident = any (array(select json_array_elements_text($1::json)))",
);

const PLACE: Sql = Sql::both(
    "update incident set class = $3, lane = $4, kind = $5, level = $6, head_start = $7, due = arrived - $7,
         pool = case when pool = 'practice' then pool
                     when cast($4 as bigint) = 0 and cast($6 as bigint) <= 3 then 'second' else 'first' end,
         claimable = true, updated = $8, version = version + 1
     where id = $1 and version = $2 and state <> 'closed'",
);

/// A ruling; `reason` is sealed under the incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulingRow {
    pub incident: Id<of::Incident>,
    /// The kind that a person said it is; nothing when they left it as computed.
    pub kind: Option<String>,
    pub level: i64,
    pub computed_class: String,
    pub computed_kind: String,
    pub computed_level: i64,
    pub computed_danger: bool,
    pub at: Timestamp,
    pub person: String,
    pub reason: Vec<u8>,
}

/// The place that a ruling gives.
#[derive(Clone, Debug)]
pub struct Ruled {
    pub class: String,
    pub lane: i64,
    pub kind: String,
    pub level: i64,
    pub head_start: Span,
}

/// A ruling stands no longer: what it was about was corrected.
pub async fn end(tx: &mut Tx, incident: Id<of::Incident>) -> Result<()> {
    tx.run(END, args![incident]).await.map(drop)
}

/// Keeps a ruling in place of the one before.
pub async fn put(tx: &mut Tx, row: &RulingRow) -> Result<()> {
    let args = args![
        row.incident,
        row.kind.as_deref(),
        row.level,
        &row.computed_class,
        &row.computed_kind,
        row.computed_level,
        row.computed_danger,
        row.at,
        &row.person,
        &row.reason
    ];
    tx.run_exactly(1, PUT, args).await
}

/// The rulings on these incidents.
pub async fn of_incidents(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<Vec<RulingRow>> {
    tx.all(OF_INCIDENTS, args![rows("ruling", incidents)?], |row: &Row| {
        Ok(RulingRow {
            incident: row.get("incident")?,
            kind: row.maybe("kind")?,
            level: row.get("level")?,
            computed_class: row.get("computed_class")?,
            computed_kind: row.get("computed_kind")?,
            computed_level: row.get("computed_level")?,
            computed_danger: row.get("computed_danger")?,
            at: row.get("at")?,
            person: row.get("person")?,
            reason: row.get("reason")?,
        })
    })
    .await
}

/// Puts an incident where a person said. [`Conflict`](crate::store::Error::Conflict) when the version has changed or it is
/// closed.
pub async fn place(tx: &mut Tx, (id, version, at): (Id<of::Incident>, i64, Timestamp), ruled: &Ruled) -> Result<()> {
    let args = args![id, version, &ruled.class, ruled.lane, &ruled.kind, ruled.level, ruled.head_start, at];
    tx.run_exactly(1, PLACE, args).await
}
