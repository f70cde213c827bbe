//! One subject under several names: keyed digests of identifiers, each leading to the subject it belongs to.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, millis, rows};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[RESOLVE_MANY, PUT_MANY];

const RESOLVE_MANY: Sql = Sql::forked(
    "select digest, subject, field, created from subject_alias
     where digest in (select value from json_each($1)) order by digest",
    "select digest, subject, field, created from subject_alias
     where digest = any (array(select json_array_elements_text($1::json))) order by digest",
);

// `where true` keeps SQLite from reading `on conflict` as a join
const PUT_MANY: Sql = Sql::forked(
    "insert into subject_alias (digest, subject, field, created)
     select value ->> 'digest', value ->> 'subject', value ->> 'field', value ->> 'created'
     from json_each($1) where true on conflict (digest) do nothing",
    "insert into subject_alias (digest, subject, field, created)
     select digest, subject, field, created
     from json_to_recordset($1::json) as given (digest text, subject text, field text, created bigint)
     order by digest on conflict (digest) do nothing",
);

/// A name of a subject; `field` says what sort of name it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alias {
    pub digest: String,
    pub subject: String,
    pub field: String,
    #[serde(serialize_with = "millis")]
    pub created: Timestamp,
}

/// Those of the digests that are known, in the digests' order.
pub async fn resolve_many(tx: &mut Tx, digests: &[String]) -> Result<Vec<Alias>> {
    tx.all(RESOLVE_MANY, args![rows("subject_alias", digests)?], |row: &Row| {
        Ok(Alias {
            digest: row.get("digest")?,
            subject: row.get("subject")?,
            field: row.get("field")?,
            created: row.get("created")?,
        })
    })
    .await
}

/// Keeps new names and says how many were new; a name that leads somewhere already keeps leading there.
pub async fn put_many(tx: &mut Tx, aliases: &[Alias]) -> Result<u64> {
    tx.run(PUT_MANY, args![rows("subject_alias", aliases)?]).await
}
