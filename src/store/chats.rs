//! Who somebody in a chat is on the staff, the codes that link them, and which calls came already.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] =
    &[MARK, FORGET_MARKS, LINK, PERSON, OF_PERSON, UNLINK, PUT_CODE, TAKE_CODE, FORGET_CODES, DROP_CODE];

const MARK: Sql = Sql::both("insert into chat_call (mark, at) values ($1, $2) on conflict do nothing");

const FORGET_MARKS: Sql =
    Sql::both("delete from chat_call where mark in (select mark from chat_call where at < $1 order by at limit $2)");

const LINK: Sql = Sql::both(
    "insert into chat_link (chat, member, person, linked) values ($1, $2, $3, $4)
     on conflict (chat, member) do update set person = excluded.person, linked = excluded.linked",
);

const PERSON: Sql = Sql::both("select person from chat_link where chat = $1 and member = $2");

const OF_PERSON: Sql = Sql::both("select chat, linked from chat_link where person = $1 order by linked, chat, member");

const UNLINK: Sql = Sql::both("delete from chat_link where person = $1");

const PUT_CODE: Sql = Sql::both(
    "insert into chat_code (person, digest, expires) values ($1, $2, $3)
     on conflict (person) do update set digest = excluded.digest, expires = excluded.expires",
);

const TAKE_CODE: Sql = Sql::both("delete from chat_code where digest = $1 and expires > $2 returning person");

const FORGET_CODES: Sql = Sql::both("delete from chat_code where expires <= $1");

const DROP_CODE: Sql = Sql::both("delete from chat_code where person = $1");

/// Notes that a call came; false when it came before.
pub async fn mark(tx: &mut Tx, mark: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.run(MARK, args![mark, now]).await? == 1)
}

/// Forgets calls before a moment, `limit` at most, and codes that are over; how many calls went.
pub async fn forget(tx: &mut Tx, (before, now): (Timestamp, Timestamp), limit: i64) -> Result<u64> {
    tx.run(FORGET_CODES, args![now]).await?;
    tx.run(FORGET_MARKS, args![before, limit]).await
}

/// Keeps who somebody in a chat is.
pub async fn link(tx: &mut Tx, (chat, member): (&str, &str), (person, now): (Id<of::Person>, Timestamp)) -> Result<()> {
    tx.run_exactly(1, LINK, args![chat, member, person, now]).await
}

/// Who somebody in a chat is.
pub async fn person(tx: &mut Tx, chat: &str, member: &str) -> Result<Option<Id<of::Person>>> {
    tx.maybe(PERSON, args![chat, member], |row: &Row| row.get("person")).await
}

/// The chats in which a person is known, and since when.
pub async fn of_person(tx: &mut Tx, person: Id<of::Person>) -> Result<Vec<(String, Timestamp)>> {
    tx.all(OF_PERSON, args![person], |row: &Row| Ok((row.get("chat")?, row.get("linked")?))).await
}

/// Forgets a person in every chat, and their code; how many chats knew them.
pub async fn unlink(tx: &mut Tx, person: Id<of::Person>) -> Result<u64> {
    tx.run(DROP_CODE, args![person]).await?;
    tx.run(UNLINK, args![person]).await
}

/// Keeps a person's one code.
pub async fn put_code(tx: &mut Tx, person: Id<of::Person>, (digest, expires): (&str, Timestamp)) -> Result<()> {
    tx.run_exactly(1, PUT_CODE, args![person, digest, expires]).await
}

/// Uses a code up and says whose it was. Of several at once only one is told.
pub async fn take_code(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<Option<Id<of::Person>>> {
    tx.maybe(TAKE_CODE, args![digest, now], |row: &Row| row.get("person")).await
}
