//! Mail addresses of people on the staff: sealed, found by a keyed digest, one proven and one not yet at most.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] =
    &[INSERT, OF_PERSON, BY_ID, BY_DIGEST, PROVE, FORGET_OTHERS, FORGET_UNPROVEN, FORGET_ALL];

const INSERT: Sql = Sql::both(
    "insert into person_address (id, person, digest, address, language, created) values ($1, $2, $3, $4, $5, $6)",
);

const OF_PERSON: Sql = Sql::both(
    "select id, person, digest, address, language, created, proven from person_address where person = $1
     order by created, id",
);

const BY_ID: Sql =
    Sql::both("select id, person, digest, address, language, created, proven from person_address where id = $1");

const BY_DIGEST: Sql = Sql::both("select person from person_address where digest = $1 and proven is not null");

const PROVE: Sql = Sql::both("update person_address set proven = $2 where id = $1 and proven is null");

const FORGET_OTHERS: Sql = Sql::both("delete from person_address where person = $1 and id <> $2");

const FORGET_UNPROVEN: Sql = Sql::both("delete from person_address where person = $1 and proven is null");

const FORGET_ALL: Sql = Sql::both("delete from person_address where person = $1");

/// An address as it is kept.
#[derive(Clone)]
pub struct AddressRow {
    pub id: Id<of::Address>,
    pub person: Id<of::Person>,
    pub digest: String,
    pub address: Vec<u8>,
    /// The language that mails to it are in.
    pub language: String,
    pub created: Timestamp,
    pub proven: Option<Timestamp>,
}

fn address_row(row: &Row) -> Result<AddressRow> {
    Ok(AddressRow {
        id: row.get("id")?,
        person: row.get("person")?,
        digest: row.get("digest")?,
        address: row.get("address")?,
        language: row.get("language")?,
        created: row.get("created")?,
        proven: row.maybe("proven")?,
    })
}

/// Keeps a new address, unproven whatever the row says.
pub async fn insert(tx: &mut Tx, row: &AddressRow) -> Result<()> {
    let args = args![row.id, row.person, &row.digest, &row.address, &row.language, row.created];
    tx.run_exactly(1, INSERT, args).await
}

/// The addresses of a person, the oldest first.
pub async fn of_person(tx: &mut Tx, person: Id<of::Person>) -> Result<Vec<AddressRow>> {
    tx.all(OF_PERSON, args![person], address_row).await
}

/// The address that a person is written to.
pub async fn proven(tx: &mut Tx, person: Id<of::Person>) -> Result<Option<AddressRow>> {
    Ok(of_person(tx, person).await?.into_iter().find(|row| row.proven.is_some()))
}

pub async fn by_id(tx: &mut Tx, id: Id<of::Address>) -> Result<Option<AddressRow>> {
    tx.maybe(BY_ID, args![id], address_row).await
}

/// Whose proven address it is.
pub async fn by_digest(tx: &mut Tx, digest: &str) -> Result<Option<Id<of::Person>>> {
    tx.maybe(BY_DIGEST, args![digest], |row| row.get("person")).await
}

/// An address was proven; no when it had been before. [`Conflict`](super::Error::Conflict) when it is another's.
pub async fn prove(tx: &mut Tx, id: Id<of::Address>, now: Timestamp) -> Result<bool> {
    Ok(tx.run(PROVE, args![id, now]).await? == 1)
}

/// Forgets every address of a person but one.
pub async fn forget_others(tx: &mut Tx, person: Id<of::Person>, but: Id<of::Address>) -> Result<()> {
    tx.run(FORGET_OTHERS, args![person, but]).await.map(drop)
}

/// Forgets the address that waits to be proven.
pub async fn forget_unproven(tx: &mut Tx, person: Id<of::Person>) -> Result<()> {
    tx.run(FORGET_UNPROVEN, args![person]).await.map(drop)
}

/// Forgets every address of a person; how many there were.
pub async fn forget_all(tx: &mut Tx, person: Id<of::Person>) -> Result<u64> {
    tx.run(FORGET_ALL, args![person]).await
}
