//! Half-written replies and notes: kept on the server, scrubbed and sealed, also after the claim has come back by itself.

use std::sync::Arc;

use crate::id::{Id, of};
use crate::respond::file::File;
use crate::respond::{Respond, file};
use crate::seal::Place;
use crate::store::desk::drafts::{self, DraftRow};
use crate::store::{Result, Tx, incidents};
use crate::time::Timestamp;

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Reply,
    Note,
}

impl Field {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
        }
    }
}

/// The text is neither `reply` nor `note`.
#[derive(Debug)]
pub struct NotAField;

impl std::str::FromStr for Field {
    type Err = NotAField;

    fn from_str(text: &str) -> std::result::Result<Self, NotAField> {
        [Self::Reply, Self::Note].into_iter().find(|field| field.as_str() == text).ok_or(NotAField)
    }
}

/// Words that somebody began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub by: String,
    pub field: Field,
    pub at: Timestamp,
    pub text: String,
}

impl Respond {
    /// Keeps what somebody is writing, in place of what they had written before; nothing written lets it go. The text is
    /// scrubbed and cleaned by now. False when there is no such incident.
    pub async fn keep_draft(&self, id: Id<of::Incident>, by: &str, (field, text): (Field, &str)) -> Result<bool> {
        let (room, by, text) = (self.room(), by.to_owned(), text.trim().to_owned());
        self.writer
            .act(move |tx| {
                let (room, by, text) = (Arc::clone(&room), by.clone(), text.clone());
                Box::pin(async move {
                    let Some(row) = incidents::get(tx, id).await? else { return Ok(false) };
                    if text.is_empty() {
                        return drafts::drop(tx, id, (&by, field.as_str())).await.map(|()| true);
                    }
                    let key = file::data_key(&room, &row)?;
                    let place = place_of(id, (&by, field.as_str()));
                    let body = key.seal(at(&place), text.as_bytes(), &*room.random);
                    let draft = DraftRow { person: by, field: field.as_str().to_owned(), at: room.now(), body };
                    drafts::keep(tx, id, &draft).await.map(|()| true)
                })
            })
            .await
    }
}

/// Lets a draft go, because its words were sent.
pub(in crate::respond) async fn sent(tx: &mut Tx, id: Id<of::Incident>, (by, field): (&str, Field)) -> Result<()> {
    drafts::drop(tx, id, (by, field.as_str())).await
}

/// What people began to write about an incident; what does not open is left out.
pub(super) async fn of_file(tx: &mut Tx, file: &File) -> Result<Vec<Draft>> {
    let rows = drafts::of_incident(tx, file.id).await?;
    let opened = rows.into_iter().filter_map(|row| {
        let place = place_of(file.id, (&row.person, &row.field));
        let text = String::from_utf8(file.key.open(at(&place), &row.body).ok()?).ok()?;
        Some(Draft { field: row.field.parse().ok()?, by: row.person, at: row.at, text })
    });
    Ok(opened.collect())
}

fn place_of(id: Id<of::Incident>, (person, field): (&str, &str)) -> String {
    format!("{id}/{field}/{person}")
}

fn at(row: &str) -> Place<'_> {
    Place { table: "desk_draft", column: "body", row }
}
