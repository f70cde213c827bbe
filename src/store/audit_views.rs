//! Who looked at which incidents, as the trail tells it, and the alarms it holds.

use super::db::{Result, Sql, Tx, args};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[READERS, HOURS, ALARMS];

// The lists of actions are those of the indexes `audit_views` and `audit_alarms`, word for word: an index over fewer entries
// than are asked for is of no use.

const READERS: Sql = Sql::both(
    "select actor, count(distinct object) as incidents from audit
     where action in ('incident.view', 'incident.claim', 'incident.reveal', 'attachment.view', 'chat.case')
       and at > $1 and actor like 'staff:%'
     group by actor having count(distinct object) > $2 order by actor",
);

const HOURS: Sql = Sql::both(
    "select count(distinct object) as incidents from audit
     where action in ('incident.view', 'incident.claim', 'incident.reveal', 'attachment.view', 'chat.case')
       and at > $1 and at <= $2 and actor = $3
     group by at / 3600000",
);

const ALARMS: Sql = Sql::both(
    "select sequence, at, action, object, detail from audit
     where action in ('insider.alarm', 'retention.braked', 'circle.glass', 'circle.orphaned')
       and outcome = 'done' and at > $1 order by at desc, sequence desc limit 100",
);

/// Members of staff who read more than `few` different incidents since a moment, as the trail names them.
pub async fn readers(tx: &mut Tx, since: Timestamp, few: i64) -> Result<Vec<(String, i64)>> {
    tx.all(READERS, args![since, few], |row| Ok((row.get("actor")?, row.get("incidents")?))).await
}

/// Different incidents of one reader in each hour with any, after one moment and up to another.
pub async fn hours(tx: &mut Tx, actor: &str, (after, until): (Timestamp, Timestamp)) -> Result<Vec<i64>> {
    tx.all(HOURS, args![after, until, actor], |row| row.get("incidents")).await
}

/// An alarm as it stands in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmRow {
    pub sequence: i64,
    pub at: Timestamp,
    pub action: String,
    pub object: String,
    pub detail: String,
}

/// Alarms since a moment, the newest first; 100 at most.
pub async fn alarms(tx: &mut Tx, since: Timestamp) -> Result<Vec<AlarmRow>> {
    tx.all(ALARMS, args![since], |row| {
        Ok(AlarmRow {
            sequence: row.get("sequence")?,
            at: row.get("at")?,
            action: row.get("action")?,
            object: row.get("object")?,
            detail: row.get("detail")?,
        })
    })
    .await
}
