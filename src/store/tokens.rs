//! API tokens, by digest: the token itself is shown once and kept nowhere.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, BY_DIGEST, TOUCH, REVOKE, REVOKE_OF, LIST];

const INSERT: Sql =
    Sql::both("insert into token (id, digest, person, scopes, created, expires) values ($1, $2, $3, $4, $5, $6)");

const BY_DIGEST: Sql = Sql::both(
    "select id, digest, person, scopes, created, expires, last_used, revoked
     from token where digest = $1 and revoked is null and expires > $2",
);

const TOUCH: Sql = Sql::both("update token set last_used = $2 where id = $1");

const REVOKE: Sql = Sql::both("update token set revoked = $2 where id = $1 and revoked is null");

const REVOKE_OF: Sql = Sql::both("update token set revoked = $2 where person = $1 and revoked is null");

const LIST: Sql = Sql::both(
    "select id, digest, person, scopes, created, expires, last_used, revoked from token order by created, id",
);

/// A token as it is kept; `scopes` are names with spaces between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    pub id: Id<of::Token>,
    pub digest: String,
    pub person: String,
    pub scopes: String,
    pub created: Timestamp,
    pub expires: Timestamp,
    pub last_used: Option<Timestamp>,
    pub revoked: Option<Timestamp>,
}

fn token_row(row: &Row) -> Result<TokenRow> {
    Ok(TokenRow {
        id: row.get("id")?,
        digest: row.get("digest")?,
        person: row.get("person")?,
        scopes: row.get("scopes")?,
        created: row.get("created")?,
        expires: row.get("expires")?,
        last_used: row.maybe("last_used")?,
        revoked: row.maybe("revoked")?,
    })
}

/// Keeps a new token, never used and not revoked whatever the row says.
pub async fn insert(tx: &mut Tx, token: &TokenRow) -> Result<()> {
    let args = args![token.id, &token.digest, &token.person, &token.scopes, token.created, token.expires];
    tx.run_exactly(1, INSERT, args).await
}

/// The token with this digest, if it is good at this moment: neither revoked nor expired.
pub async fn by_digest(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<Option<TokenRow>> {
    tx.maybe(BY_DIGEST, args![digest, now], token_row).await
}

/// Notes that a token was used.
pub async fn touch(tx: &mut Tx, id: Id<of::Token>, now: Timestamp) -> Result<()> {
    tx.run_exactly(1, TOUCH, args![id, now]).await
}

/// Revokes a token for good. [`Conflict`](super::Error::Conflict) when there is none or it is revoked already.
pub async fn revoke(tx: &mut Tx, id: Id<of::Token>, now: Timestamp) -> Result<()> {
    tx.run_exactly(1, REVOKE, args![id, now]).await
}

/// Revokes every token of a person; how many there were.
pub async fn revoke_of(tx: &mut Tx, person: &str, now: Timestamp) -> Result<u64> {
    tx.run(REVOKE_OF, args![person, now]).await
}

/// All tokens, also those no longer good, oldest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<TokenRow>> {
    tx.all(LIST, args![], token_row).await
}
