//! Whose names are whose, as the wallet backend tells it, and open incidents that are about nobody known.

use super::aliases::Alias;
use super::db::{Result, Row, Sql, Tx, args, in_sight, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[MOVE_MANY, FORGET_MANY, UNATTRIBUTED, ATTACH];

// What the backend says goes before what alerts let us guess. `where true` keeps SQLite from reading `on conflict` as a join.
const MOVE_MANY: Sql = Sql::forked(
    "insert into subject_alias (digest, subject, field, created)
     select value ->> 'digest', value ->> 'subject', value ->> 'field', value ->> 'created'
     from json_each($1) where true
     on conflict (digest) do update set subject = excluded.subject, field = excluded.field
     where subject_alias.subject <> excluded.subject",
    "insert into subject_alias (digest, subject, field, created)
     select digest, subject, field, created
     from json_to_recordset($1::json) as given (digest text, subject text, field text, created bigint)
     order by digest on conflict (digest) do update set subject = excluded.subject, field = excluded.field
     where subject_alias.subject <> excluded.subject",
);

const FORGET_MANY: Sql = Sql::forked(
    "delete from subject_alias where subject = $2 and digest in (select value from json_each($1))",
    "delete from subject_alias where subject = $2 and digest = any (array(select json_array_elements_text($1::json)))",
);

const UNATTRIBUTED: Sql = Sql::both(concat!(
    "select id, kind, level, created, version from incident
     where state <> 'closed' and subject is not null
       and not exists (select 1 from subject_alias where subject_alias.subject = incident.subject)
       and ",
    in_sight!("incident.id", "$2", "$3"),
    " order by id desc limit $1"
));

const ATTACH: Sql = Sql::both(
    "update incident set subject = $2, version = version + 1, updated = $3
     where id = $1 and state <> 'closed' and subject is not null
       and not exists (select 1 from subject_alias where subject_alias.subject = incident.subject)
       and not exists (select 1 from incident as other where other.subject = $2 and other.state <> 'closed')",
);

/// An open incident about nobody known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nobodys {
    pub id: Id<of::Incident>,
    pub kind: String,
    pub level: i64,
    pub created: Timestamp,
    pub version: i64,
}

/// Keeps names, in place of what they led to before, and says how many changed or are new.
pub async fn move_many(tx: &mut Tx, aliases: &[Alias]) -> Result<u64> {
    tx.run(MOVE_MANY, args![rows("subject_alias", aliases)?]).await
}

/// Forgets names of one subject, and says how many went.
pub async fn forget_many(tx: &mut Tx, subject: &str, digests: &[String]) -> Result<u64> {
    tx.run(FORGET_MANY, args![rows("subject_alias", digests)?, subject]).await
}

/// Open incidents about nobody known, the newest first.
pub async fn unattributed(tx: &mut Tx, limit: i64) -> Result<Vec<Nobodys>> {
    tx.all(UNATTRIBUTED, args![limit, tx.who(), tx.at()], |row: &Row| {
        Ok(Nobodys {
            id: row.get("id")?,
            kind: row.get("kind")?,
            level: row.get("level")?,
            created: row.get("created")?,
            version: row.get("version")?,
        })
    })
    .await
}

/// Says whom an incident about nobody known is about; false when it is closed, is somebody's already, or that subject has
/// an open incident of its own.
pub async fn attach(tx: &mut Tx, incident: Id<of::Incident>, (subject, now): (&str, Timestamp)) -> Result<bool> {
    Ok(tx.run(ATTACH, args![incident, subject, now]).await? == 1)
}
