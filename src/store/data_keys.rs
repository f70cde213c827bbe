//! Every sealed data key of the database, to be sealed anew under another key-encryption key.

use super::db::{Result, Row, Sql, Tx, args};

/// A table with data keys. The rows are walked by `id`; the seal is bound to `place`.
pub struct Keyed {
    pub table: &'static str,
    page: Sql,
    put: Sql,
}

macro_rules! keyed {
    ($table:literal, $id:literal, $place:literal) => {
        Keyed {
            table: $table,
            page: Sql::both(concat!(
                "select ",
                $id,
                " as id, ",
                $place,
                " as place, data_key from ",
                $table,
                " where ",
                $id,
                " > $1 and data_key is not null order by ",
                $id,
                " limit $2"
            )),
            // only what was read: it may have been replaced or erased since
            put: Sql::both(concat!("update ", $table, " set data_key = $3 where ", $id, " = $1 and data_key = $2")),
        }
    };
}

/// Every table with a column `data_key`; a test holds the list against the schema.
pub const KEYED: &[Keyed] = &[
    keyed!("incident", "id", "id"),
    keyed!("unmapped", "id", "id"),
    keyed!("conflict", "id", "id"),
    keyed!("copy", "id", "id"),
    keyed!("feedback", "id", "id"),
    keyed!("idempotency", "key", "key"),
    keyed!("first_view", "ticket", "case_id"),
    keyed!("quiet_rule", "id", "id"),
    keyed!("set_aside", "id", "id"),
    keyed!("hand_over", "id", "id"),
    keyed!("person", "id", "id"),
    keyed!("automatic_brake", "id", "id"),
];

pub(super) const STATEMENTS: &[Sql] = &[
    KEYED[0].page,
    KEYED[0].put,
    KEYED[1].page,
    KEYED[1].put,
    KEYED[2].page,
    KEYED[2].put,
    KEYED[3].page,
    KEYED[3].put,
    KEYED[4].page,
    KEYED[4].put,
    KEYED[5].page,
    KEYED[5].put,
    KEYED[6].page,
    KEYED[6].put,
    KEYED[7].page,
    KEYED[7].put,
    KEYED[8].page,
    KEYED[8].put,
    KEYED[9].page,
    KEYED[9].put,
    KEYED[10].page,
    KEYED[10].put,
    KEYED[11].page,
    KEYED[11].put,
];

/// A sealed data key and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub id: String,
    /// The row its seal is bound to.
    pub place: String,
    pub data_key: Vec<u8>,
}

/// Data keys of a table after a row, in the order of the rows.
pub async fn page(tx: &mut Tx, keyed: &Keyed, after: &str, limit: i64) -> Result<Vec<Sealed>> {
    tx.all(keyed.page, args![after, limit], |row: &Row| {
        Ok(Sealed { id: row.get("id")?, place: row.get("place")?, data_key: row.get("data_key")? })
    })
    .await
}

/// Puts a data key in place of the one that was read; whether it was still there.
pub async fn put(tx: &mut Tx, keyed: &Keyed, before: &Sealed, now: &[u8]) -> Result<bool> {
    Ok(tx.run(keyed.put, args![&before.id, &before.data_key, now]).await? > 0)
}
