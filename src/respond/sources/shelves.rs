//! What is kept of a source beside its signals: copies, deliveries that could not be read, alerts that were set aside. Each
//! can be opened.

use serde::Serialize;

use super::super::Respond;
use crate::audit::{Actor, Entry};
use crate::seal::{NotOpened, Place};
use crate::store::{Error, Result, copies, quiet, unmapped};
use crate::time::Timestamp;

/// Rows of a shelf that are listed.
const LISTED: i64 = 200;

/// Where something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Copies,
    Unmapped,
    SetAside,
}

impl Kept {
    pub const ALL: [Self; 3] = [Self::Unmapped, Self::SetAside, Self::Copies];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Copies => "copies",
            Self::Unmapped => "unmapped",
            Self::SetAside => "set-aside",
        }
    }
}

/// One thing that was kept, without its content unless it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shelved {
    pub id: String,
    pub received: Timestamp,
    /// Why it could not be read, which kind it is, or the how-manieth copy it is.
    pub about: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl Respond {
    /// The latest things that are kept of a source, the newest first.
    pub async fn shelf(&self, endpoint: &str, kept: Kept) -> Result<Vec<Shelved>> {
        let mut tx = self.db.read().await?;
        Ok(match kept {
            Kept::Copies => copies::latest(&mut tx, endpoint, LISTED).await?.iter().map(copy).collect(),
            Kept::Unmapped => unmapped::latest(&mut tx, endpoint, LISTED).await?.iter().map(unread).collect(),
            Kept::SetAside => quiet::kept(&mut tx, endpoint, LISTED).await?.iter().map(put_away).collect(),
        })
    }

    /// One of them, opened for `by`, which is an entry in the trail; nothing when it is not there.
    pub async fn unshelve(&self, by: &str, endpoint: &str, (kept, id): (Kept, &str)) -> Result<Option<Shelved>> {
        let Some(opened) = self.opened_shelved(endpoint, (kept, id)).await? else { return Ok(None) };
        let entry = Entry::done(
            self.room().now(),
            Actor::Staff(by.to_owned()),
            "source.open",
            format!("{}:{id}", kept.as_str()),
        );
        self.note(entry.with("endpoint", endpoint.to_owned())).await?;
        Ok(Some(opened))
    }

    async fn opened_shelved(&self, endpoint: &str, (kept, id): (Kept, &str)) -> Result<Option<Shelved>> {
        let mut tx = self.db.read().await?;
        let open = |table: &'static str, (data_key, body): (&[u8], &[u8])| -> std::result::Result<String, NotOpened> {
            let place = |column| Place { table, column, row: id };
            let keys = &self.room().keys;
            let plain = keys.open_data_key(place("data_key"), data_key)?.open(place("body"), body)?;
            Ok(String::from_utf8_lossy(&plain).into_owned())
        };
        let (found, table, opened) = match kept {
            Kept::Copies => {
                let Ok(id) = id.parse() else { return Ok(None) };
                let Some(row) = copies::one(&mut tx, id, endpoint).await? else { return Ok(None) };
                (copy(&row), "copy", open("copy", (&row.data_key, &row.body)))
            }
            Kept::Unmapped => {
                let Ok(id) = id.parse() else { return Ok(None) };
                let Some(row) = unmapped::one(&mut tx, id, endpoint).await? else { return Ok(None) };
                (unread(&row), "unmapped", open("unmapped", (&row.data_key, &row.body)))
            }
            Kept::SetAside => {
                let Ok(id) = id.parse() else { return Ok(None) };
                let Some(row) = quiet::one(&mut tx, id, endpoint).await? else { return Ok(None) };
                (put_away(&row), "set_aside", open("set_aside", (&row.data_key, &row.body)))
            }
        };
        let body = opened.map_err(|_| Error::Corrupt { table, column: "body" })?;
        Ok(Some(Shelved { body: Some(body), ..found }))
    }
}

fn copy(row: &copies::CopyRow) -> Shelved {
    Shelved { id: row.id.to_string(), received: row.received, about: row.number.to_string(), body: None }
}

fn unread(row: &unmapped::UnmappedRow) -> Shelved {
    Shelved { id: row.id.to_string(), received: row.received, about: row.reason.clone(), body: None }
}

fn put_away(row: &quiet::AsideRow) -> Shelved {
    Shelved { id: row.id.to_string(), received: row.received, about: row.kind.clone(), body: None }
}
