//! Letters that carry words rather than orders, and what becomes of letters that were given up.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::alarms::{self, AlarmWords, GIVE_UP};

use super::notices::{self, NoticeWords};
use super::people::{self, AccountWords};
use super::{Respond, Room, record};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::store::outbox::{self, Kind, OutboxRow};
use crate::store::{Error, Result, Tx};
use crate::time::Timestamp;

/// What a letter says, before a channel puts it into its form.
#[derive(Clone)]
pub enum Matter {
    Alarm(Box<AlarmWords>),
    Notice(Box<NoticeWords>),
    Account(Box<AccountWords>),
}

/// No words: they may hold an address.
impl fmt::Debug for Matter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Alarm(_) => "alarm",
            Self::Notice(_) => "notice",
            Self::Account(_) => "account",
        })
    }
}

/// What a row says now; nothing when there is nothing to be said any more.
pub(super) async fn open(
    tx: &mut Tx,
    room: &Room,
    (row, entries): (&OutboxRow, &mut Vec<Entry>),
) -> Result<Option<Matter>> {
    match row.kind {
        Kind::Order => Ok(None),
        Kind::Alarm => Ok(alarms::open(tx, room, row).await?.map(|words| Matter::Alarm(Box::new(words)))),
        Kind::Notice => Ok(notices::open(tx, room, row).await?.map(|words| Matter::Notice(Box::new(words)))),
        Kind::Account => {
            let words = people::open_letter(tx, room, (row, entries)).await?;
            Ok(words.map(|words| Matter::Account(Box::new(words))))
        }
    }
}

/// A letter that was given up, as staff see it; never what is in it.
#[derive(Debug, Clone, Serialize)]
pub struct DeadLetter {
    pub id: Id<of::Posted>,
    pub target: String,
    /// `order`, `alarm`, `notice` or `account`.
    pub kind: &'static str,
    pub created: Timestamp,
    pub attempts: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_up: Option<Timestamp>,
    /// Why the last attempt came to nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
}

impl Respond {
    /// Letters that were given up, the latest first; 200 at most.
    pub async fn dead_letters(&self) -> Result<Vec<DeadLetter>> {
        let rows = outbox::dead(&mut self.db.read().await?, 200).await?;
        let letter = |row: OutboxRow| {
            let OutboxRow { id, target, kind, created, attempts, settled, word, .. } = row;
            DeadLetter { id, target, kind: kind.as_str(), created, attempts, given_up: settled, word }
        };
        Ok(rows.into_iter().map(letter).collect())
    }

    /// Has a dead letter sent again, in its turn; `Conflict` when there is none of this id.
    pub async fn send_again(&self, by: &str, id: Id<of::Posted>) -> Result<()> {
        let (room, by) = (self.room(), by.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by) = (Arc::clone(&room), by.clone());
                Box::pin(async move {
                    let now = room.now();
                    if !outbox::revive(tx, id, (now, now.plus(GIVE_UP))).await? {
                        return Err(Error::Conflict { table: "outbox", source: None });
                    }
                    record(tx, &[Entry::done(now, Actor::Staff(by), "outbox.again", format!("letter:{id}"))]).await
                })
            })
            .await?;
        self.posted.notify_waiters();
        Ok(())
    }
}
