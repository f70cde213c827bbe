//! Messages between a person and staff, sealed.

use std::fmt;
use std::str::FromStr;

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, OF_INCIDENT, UNPROVEN_SINCE];

const INSERT: Sql =
    Sql::both("insert into message (id, incident, at, author, body, unproven) values ($1, $2, $3, $4, $5, $6)");

const OF_INCIDENT: Sql =
    Sql::both("select id, incident, at, author, body, unproven from message where incident = $1 order by at, id");

const UNPROVEN_SINCE: Sql =
    Sql::both("select count(*) as letters from message where incident = $1 and at >= $2 and unproven");

/// Whose words a message holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    Person,
    Staff,
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Person => "person",
            Self::Staff => "staff",
        })
    }
}

/// The text is neither `person` nor `staff`.
#[derive(Debug)]
pub struct NotAnAuthor;

impl FromStr for Author {
    type Err = NotAnAuthor;

    fn from_str(text: &str) -> std::result::Result<Self, NotAnAuthor> {
        match text {
            "person" => Ok(Self::Person),
            "staff" => Ok(Self::Staff),
            _ => Err(NotAnAuthor),
        }
    }
}

/// A message as it is kept; `body` is sealed under its incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    pub id: Id<of::Message>,
    pub incident: Id<of::Incident>,
    pub at: Timestamp,
    pub author: Author,
    pub body: Vec<u8>,
    /// Came with the link alone, so it may be anybody's who has seen the link.
    pub unproven: bool,
}

/// Keeps a message.
pub async fn insert(tx: &mut Tx, message: &MessageRow) -> Result<()> {
    let args =
        args![message.id, message.incident, message.at, message.author.to_string(), &message.body, message.unproven];
    tx.run_exactly(1, INSERT, args).await
}

/// The messages of an incident, oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<MessageRow>> {
    tx.all(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(MessageRow {
            id: row.get("id")?,
            incident: row.get("incident")?,
            at: row.get("at")?,
            author: row.parse("author")?,
            body: row.get("body")?,
            unproven: row.get("unproven")?,
        })
    })
    .await
}

/// How many messages came with the link alone at or after a moment.
pub async fn unproven_since(tx: &mut Tx, incident: Id<of::Incident>, since: Timestamp) -> Result<i64> {
    tx.one(UNPROVEN_SINCE, args![incident, since], |row| row.get("letters")).await
}
