//! What has been delivered before, so that a retry is answered rather than repeated.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, millis, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] =
    &[KNOWN, KNOWN_EVENTS, REMEMBER, REMEMBER_EVENTS, FORGET_DELIVERIES, FORGET_EVENTS];

const KNOWN: Sql = Sql::forked(
    "select delivery.endpoint, delivery.key, delivery.body, delivery.received, delivery.answer from json_each($1) as given
     join delivery on delivery.endpoint = given.value ->> 'endpoint' and delivery.key = given.value ->> 'key'",
    "select delivery.endpoint, delivery.key, delivery.body, delivery.received, delivery.answer
     from delivery join json_to_recordset($1::json) as given (endpoint text, key text) using (endpoint, key)",
);

const KNOWN_EVENTS: Sql = Sql::forked(
    "select event.endpoint, event.key, event.signal, event.received from json_each($1) as given
     join event on event.endpoint = given.value ->> 'endpoint' and event.key = given.value ->> 'key'",
    "select event.endpoint, event.key, event.signal, event.received
     from event join json_to_recordset($1::json) as given (endpoint text, key text) using (endpoint, key)",
);

const REMEMBER: Sql = Sql::forked(
    "insert into delivery (endpoint, key, body, received, answer)
     select value ->> 'endpoint', value ->> 'key', value ->> 'body', value ->> 'received', value ->> 'answer'
     from json_each($1)",
    "insert into delivery (endpoint, key, body, received, answer)
     select endpoint, key, body, received, answer
     from json_to_recordset($1::json) as given (endpoint text, key text, body text, received bigint, answer text)",
);

const REMEMBER_EVENTS: Sql = Sql::forked(
    "insert into event (endpoint, key, signal, received)
     select value ->> 'endpoint', value ->> 'key', value ->> 'signal', value ->> 'received' from json_each($1)",
    "insert into event (endpoint, key, signal, received)
     select endpoint, key, signal, received
     from json_to_recordset($1::json) as given (endpoint text, key text, signal text, received bigint)",
);

const FORGET_DELIVERIES: Sql = Sql::both(
    "delete from delivery where (endpoint, key) in (
         select endpoint, key from delivery where received < $1 order by received limit $2)",
);

const FORGET_EVENTS: Sql = Sql::both(
    "delete from event where (endpoint, key) in (
         select endpoint, key from event where received < $1 order by received limit $2)",
);

/// A request of a source that has been answered. `key` and `body` are digests; `answer` holds counts and ids only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    pub endpoint: String,
    pub key: String,
    pub body: String,
    #[serde(serialize_with = "millis")]
    pub received: Timestamp,
    pub answer: String,
}

/// An element of a request that has become a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    pub endpoint: String,
    pub key: String,
    pub signal: Id<of::Signal>,
    #[serde(serialize_with = "millis")]
    pub received: Timestamp,
}

/// The name of a request or an element to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    pub endpoint: String,
    pub key: String,
}

/// Those of the requests that have been answered before, in no order.
pub async fn known(tx: &mut Tx, asked: &[Asked]) -> Result<Vec<Delivery>> {
    tx.all(KNOWN, args![rows("delivery", asked)?], |row: &Row| {
        Ok(Delivery {
            endpoint: row.get("endpoint")?,
            key: row.get("key")?,
            body: row.get("body")?,
            received: row.get("received")?,
            answer: row.get("answer")?,
        })
    })
    .await
}

/// Those of the elements that have become signals before, in no order.
pub async fn known_events(tx: &mut Tx, asked: &[Asked]) -> Result<Vec<Event>> {
    tx.all(KNOWN_EVENTS, args![rows("event", asked)?], |row: &Row| {
        Ok(Event {
            endpoint: row.get("endpoint")?,
            key: row.get("key")?,
            signal: row.get("signal")?,
            received: row.get("received")?,
        })
    })
    .await
}

/// Remembers answered requests. [`Conflict`](super::Error::Conflict) when one has been answered by another writer.
pub async fn remember(tx: &mut Tx, deliveries: &[Delivery]) -> Result<()> {
    tx.run_exactly(deliveries.len(), REMEMBER, args![rows("delivery", deliveries)?]).await
}

/// Remembers elements. [`Conflict`](super::Error::Conflict) when one has become a signal through another writer.
pub async fn remember_events(tx: &mut Tx, events: &[Event]) -> Result<()> {
    tx.run_exactly(events.len(), REMEMBER_EVENTS, args![rows("event", events)?]).await
}

/// Forgets what came before a moment, the oldest first, at most `limit` requests and as many elements, and says how
/// many went.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    let deliveries = tx.run(FORGET_DELIVERIES, args![before, limit]).await?;
    let events = tx.run(FORGET_EVENTS, args![before, limit]).await?;
    Ok(deliveries + events)
}
