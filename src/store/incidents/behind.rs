//! Incidents by the version of the playbooks that judged them: those behind the running one, and all of a span for replays.

use super::{IncidentRow, columns, incident_row};
use crate::id::{Id, of};
use crate::store::db::{Result, Sql, Tx, args};

pub(super) const STATEMENTS: &[Sql] = &[BEHIND, COUNT_BEHIND, COUNTS, AFTER, ARRIVED_SINCE];

/// Sorts after every digest and id in every collation: both are made of `0` to `9`, `a` to `f` and `-`.
const LAST: &str = "zz";
/// The most that is counted.
const MOST: i64 = 100_000;

// A range on each side of the running version: `<>` would walk every incident that is up to date.
const BEHIND: Sql = Sql::both(
    "select playbooks, id from incident
     where state <> 'closed' and state = 'open' and (playbooks, id) > ($1, $2) and playbooks < $3
     order by playbooks, id limit $4",
);

const COUNT_BEHIND: Sql = Sql::both(
    "select count(*) as waiting from (
         select 1 from incident where state <> 'closed' and playbooks > $1 and playbooks < $2 limit $3
     ) as behind",
);

const COUNTS: Sql = Sql::both(
    "select playbooks, count(*) as incidents, sum(case when state = 'held' then 1 else 0 end) as held
     from incident where state <> 'closed' group by playbooks order by playbooks",
);

const AFTER: Sql = Sql::both(concat!("select ", columns!(), " from incident where id > $1 order by id limit $2"));

const ARRIVED_SINCE: Sql = Sql::both("select count(*) as incidents from incident where id > $1");

/// How far a walk over the incidents behind a version has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    playbooks: String,
    id: String,
}

/// Incidents that are not closed, by version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub playbooks: String,
    pub incidents: i64,
    /// Of these, in somebody's hands.
    pub held: i64,
}

/// The next waiting incidents that another version than `running` judged; the walk is over when there are none. Those in
/// somebody's hands are left out.
pub async fn behind(tx: &mut Tx, running: &str, (walk, limit): (&mut Behind, i64)) -> Result<Vec<Id<of::Incident>>> {
    loop {
        let end = if walk.playbooks.as_str() < running { running } else { LAST };
        let args = args![&walk.playbooks, &walk.id, end, limit];
        let found: Vec<(String, Id<of::Incident>)> =
            tx.all(BEHIND, args, |row| Ok((row.get("playbooks")?, row.get("id")?))).await?;
        if let Some((playbooks, id)) = found.last() {
            *walk = Behind { playbooks: playbooks.clone(), id: id.to_string() };
            return Ok(found.into_iter().map(|(_, id)| id).collect());
        }
        if end == LAST {
            return Ok(Vec::new());
        }
        *walk = Behind { playbooks: running.to_owned(), id: LAST.to_owned() };
    }
}

/// How many incidents that are not closed another version judged; stops counting at 200,000.
pub async fn count_behind(tx: &mut Tx, running: &str) -> Result<i64> {
    let below: i64 = tx.one(COUNT_BEHIND, args!["", running, MOST], |row| row.get("waiting")).await?;
    let above: i64 = tx.one(COUNT_BEHIND, args![running, LAST, MOST], |row| row.get("waiting")).await?;
    Ok(below + above)
}

/// Incidents that are not closed, by version. Walks the whole index: for figures, not for requests.
pub async fn counts(tx: &mut Tx) -> Result<Vec<Count>> {
    let read = |row: &crate::store::db::Row| {
        Ok(Count { playbooks: row.get("playbooks")?, incidents: row.get("incidents")?, held: row.get("held")? })
    };
    tx.all(COUNTS, args![], read).await
}

/// Incidents of any state by id, which is the order they came in.
pub async fn after(tx: &mut Tx, id: &str, limit: i64) -> Result<Vec<IncidentRow>> {
    tx.all(AFTER, args![id, limit], incident_row).await
}

/// How many incidents have a later id.
pub async fn arrived_since(tx: &mut Tx, id: &str) -> Result<i64> {
    tx.one(ARRIVED_SINCE, args![id], |row| row.get("incidents")).await
}
