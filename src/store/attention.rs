//! What cases ask of staff, beside their incidents; what follows from it is decided by [`crate::attention`].

use std::collections::BTreeSet;

use super::db::{Result, Row, Sql, Tx, args, rows};
use crate::attention::Attention;
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, GET, DUE, ASKING];

const PUT: Sql = Sql::both(
    "insert into attention (incident, unanswered, asks_person, solved, due, rested) values ($1, $2, $3, $4, $5, $6)
     on conflict (incident) do update set unanswered = excluded.unanswered, asks_person = excluded.asks_person,
         solved = excluded.solved, due = excluded.due, rested = excluded.rested",
);

const GET: Sql = Sql::both("select unanswered, asks_person, solved, due, rested from attention where incident = $1");

const DUE: Sql =
    Sql::both("select incident from attention where due is not null and due <= $1 order by due, incident limit $2");

const ASKING: Sql = Sql::forked(
    "select incident from attention
     where asks_person is not null and incident in (select value from json_each($1)) order by incident",
    "select incident from attention
     where asks_person is not null and incident = any (array(select json_array_elements_text($1::json)))
     order by incident",
);

/// Keeps what a case asks in place of what it asked before.
pub async fn put(tx: &mut Tx, incident: Id<of::Incident>, attention: &Attention) -> Result<()> {
    let rested = attention.rested.map(|why| why.to_string());
    let args = args![
        incident,
        attention.unanswered,
        attention.asks_person,
        attention.solved,
        attention.due,
        rested.as_deref()
    ];
    tx.run_exactly(1, PUT, args).await
}

/// What the case of an incident asks; nothing for an incident that no person reported.
pub async fn get(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Option<Attention>> {
    tx.maybe(GET, args![incident], |row: &Row| {
        let rested: Option<String> = row.maybe("rested")?;
        Ok(Attention {
            unanswered: row.get("unanswered")?,
            asks_person: row.maybe("asks_person")?,
            solved: row.maybe("solved")?,
            due: row.maybe("due")?,
            rested: rested.and_then(|why| why.parse().ok()),
        })
    })
    .await
}

/// Incidents that may close themselves at a moment, the longest due first.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Id<of::Incident>>> {
    tx.all(DUE, args![now, limit], |row: &Row| row.get("incident")).await
}

/// Those of the incidents whose person asks for a person.
pub async fn asking(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<BTreeSet<Id<of::Incident>>> {
    if incidents.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found = tx.all(ASKING, args![rows("attention", incidents)?], |row: &Row| row.get("incident")).await?;
    Ok(found.into_iter().collect())
}
