//! What was said about an incident on one line of time: messages, notes, words on steps, verdicts.

use serde::Serialize;

use super::Room;
use super::file::File;
use super::view::{Author, MessageView};
use crate::id::{Id, of};
use crate::seal;
use crate::store::messages::MessageRow;
use crate::store::{Error, Result, Tx, messages, notes, steps, verdicts};
use crate::time::Timestamp;

/// One entry of the conversation and the notes.
#[derive(Debug, Clone, Serialize)]
pub struct Conversation {
    pub at: Timestamp,
    /// `person`, `letter` (the person or anybody else with the link, no code), `staff`, `note`, `step`, `verdict`,
    /// `feedback`.
    pub from: &'static str,
    /// The member of staff, for notes and verdicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    pub text: String,
}

/// The row that a reason for waiving a step is sealed to.
pub(super) fn reason_place(incident: Id<of::Incident>, step: &str) -> String {
    format!("{incident}/{step}")
}

/// Where the reason lies.
pub(super) fn at(row: &str) -> seal::Place<'_> {
    seal::Place { table: "step_word", column: "reason", row }
}

pub(super) fn opened(key: &seal::DataKey, (table, row): (&'static str, String), body: &[u8]) -> Result<String> {
    let plain = key.open(seal::Place { table, column: "body", row: &row }, body);
    plain.ok().and_then(|plain| String::from_utf8(plain).ok()).ok_or(Error::Corrupt { table, column: "body" })
}

/// Everything that was said, oldest first.
pub(super) async fn conversation(tx: &mut Tx, file: &File) -> Result<Vec<Conversation>> {
    let mut said = Vec::new();
    for message in messages::of_incident(tx, file.id).await? {
        let from = match (message.author, message.unproven) {
            (messages::Author::Person, false) => "person",
            (messages::Author::Person, true) => "letter",
            (messages::Author::Staff, _) => "staff",
        };
        said.push(Conversation {
            at: message.at,
            from,
            by: None,
            text: opened(&file.key, ("message", message.id.to_string()), &message.body)?,
        });
    }
    for note in notes::of_incident(tx, file.id).await? {
        said.push(Conversation {
            at: note.at,
            from: "note",
            by: Some(note.person),
            text: opened(&file.key, ("note", note.id.to_string()), &note.body)?,
        });
    }
    for word in steps::of_incident(tx, file.id).await? {
        let Some(reason) = &word.reason else { continue };
        let reason = file.key.open(at(&reason_place(file.id, &word.step)), reason).ok();
        let reason = reason
            .and_then(|reason| String::from_utf8(reason).ok())
            .ok_or(Error::Corrupt { table: "step_word", column: "reason" })?;
        said.push(Conversation {
            at: word.at,
            from: "step",
            by: word.person,
            text: format!("{} {}: {reason}", word.step, word.state.as_str()),
        });
    }
    for verdict in verdicts::of_incident(tx, file.id).await? {
        let reason = file
            .key
            .open(seal::Place { table: "verdict", column: "reason", row: &verdict.id.to_string() }, &verdict.reason);
        let reason = reason
            .ok()
            .and_then(|reason| String::from_utf8(reason).ok())
            .ok_or(Error::Corrupt { table: "verdict", column: "reason" })?;
        said.push(Conversation {
            at: verdict.at,
            from: "verdict",
            by: Some(verdict.person),
            text: format!("{}: {reason}", verdict.verdict),
        });
    }
    said.extend(super::feedback::said(tx, file).await?);
    said.sort_by_key(|entry| entry.at);
    Ok(said)
}

/// A message as the holder of the case sees it.
pub(super) fn to_person(room: &Room, key: &seal::DataKey, row: &MessageRow) -> Result<MessageView> {
    let text = opened(key, ("message", row.id.to_string()), &row.body)?;
    let from = match row.author {
        messages::Author::Person => Author::You,
        messages::Author::Staff => Author::Staff,
    };
    let check = super::marks::shown(room, row, &text);
    Ok(MessageView { at: row.at, from, text, unproven: row.unproven, check })
}
