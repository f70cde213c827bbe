//! What people say of our work: kept beside the case or without one, free text sealed, counted for the operator.

use std::sync::Arc;

use serde::Serialize;

use super::said::Conversation;
use super::view::TrustView;
use super::{Respond, Room, file, record, words};
use crate::audit::{Actor, Entry};
use crate::guidance::feedback::{Rating, ask};
use crate::id::{Id, of};
use crate::seal::{DataKey, Place};
use crate::store::cases::{self, CaseRow};
use crate::store::feedback::{self, FeedbackRow, Tally};
use crate::store::incidents::{self, IncidentRow};
use crate::store::{Error, Result, Tx};
use crate::text::Language;
use crate::time::Timestamp;

/// Texts of people without a case that are shown at once.
const SHOWN: i64 = 100;

/// Days that feedback without a case is kept, as its page says; with a case it goes with the case.
pub const PUBLIC_FEEDBACK_DAYS: u32 = 180;

/// Feedback on its way in; the text is scrubbed and cleaned by now. Not `Debug`: it may hold what must not be logged.
#[derive(Clone)]
pub struct Feedback {
    pub rating: Rating,
    pub text: Option<String>,
    pub language: Language,
}

/// What somebody without a case wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    pub at: Timestamp,
    pub language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<i64>,
    pub text: String,
}

impl Respond {
    /// Keeps what the holder of a case says; later answers stand beside earlier ones, a later text in place of it. It is
    /// no message: it neither opens a closed case nor moves one. False when there is no such case.
    pub async fn take_feedback(&self, case: Id<of::Case>, given: Feedback) -> Result<bool> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let (room, given) = (Arc::clone(&room), given.clone());
                Box::pin(async move { keep(tx, &room, (case, &given)).await })
            })
            .await
    }

    /// Keeps what somebody without a case says.
    pub async fn take_public_feedback(&self, given: Feedback) -> Result<()> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let (room, given) = (Arc::clone(&room), given.clone());
                Box::pin(async move {
                    let id = Id::new(room.now(), &*room.random);
                    let row = match &given.text {
                        Some(text) => {
                            let place = id.to_string();
                            let (key, sealed_key) = room.keys.new_data_key(at("data_key", &place), &*room.random);
                            let body = key.seal(at("body", &place), text.as_bytes(), &*room.random);
                            FeedbackRow { body: Some(body), data_key: Some(sealed_key), ..row(&room, id, &given) }
                        }
                        None => row(&room, id, &given),
                    };
                    feedback::put(tx, &row).await?;
                    let entry = Entry::done(room.now(), Actor::CaseHolder, "feedback.give", format!("feedback:{id}"));
                    record(tx, &[entry]).await
                })
            })
            .await
    }

    /// The reference and the language of a case.
    pub async fn name_of_case(&self, case: Id<of::Case>) -> Result<Option<(String, Language)>> {
        let mut tx = self.db.read().await?;
        let case = cases::by_id(&mut tx, case).await?;
        Ok(case.map(|case| (case.reference, case.language.parse().unwrap_or(Language::En))))
    }

    /// The language that a case was reported in.
    pub async fn language_of_case(&self, case: Id<of::Case>) -> Result<Option<Language>> {
        let mut tx = self.db.read().await?;
        Ok(cases::by_id(&mut tx, case).await?.and_then(|case| case.language.parse().ok()))
    }

    /// Counts within a window, by lane, level and language.
    pub async fn feedback_counts(&self, window: (Timestamp, Timestamp)) -> Result<Vec<Tally>> {
        let mut tx = self.db.read().await?;
        feedback::tally(&mut tx, window).await
    }

    /// What people without a case wrote within a window, the newest hundred. Reading it is an audit entry.
    pub async fn feedback_texts(&self, by: &str, window: (Timestamp, Timestamp)) -> Result<Vec<Written>> {
        let mut tx = self.db.read().await?;
        let rows = feedback::page(&mut tx, window, SHOWN).await?;
        drop(tx);
        let room = self.room();
        let mut written = Vec::new();
        for row in rows {
            let (Some(body), Some(sealed)) = (&row.body, &row.data_key) else { continue };
            let place = row.id.to_string();
            let key = room.keys.open_data_key(at("data_key", &place), sealed)?;
            let text = opened(&key, &place, body)?;
            written.push(Written { at: row.at, language: row.language, satisfaction: row.satisfaction, text });
        }
        self.note(Entry::done(room.now(), Actor::Staff(by.to_owned()), "feedback.view", "feedback:public".to_owned()))
            .await?;
        Ok(written)
    }
}

fn at<'a>(column: &'a str, row: &'a str) -> Place<'a> {
    Place { table: "feedback", column, row }
}

fn opened(key: &DataKey, place: &str, body: &[u8]) -> Result<String> {
    let plain = key.open(at("body", place), body).ok().and_then(|plain| String::from_utf8(plain).ok());
    plain.ok_or(Error::Corrupt { table: "feedback", column: "body" })
}

/// What somebody without a case wrote.
pub(super) fn open_public(room: &Room, (id, sealed, body): (Id<of::Feedback>, &[u8], &[u8])) -> Result<String> {
    let place = id.to_string();
    opened(&room.keys.open_data_key(at("data_key", &place), sealed)?, &place, body)
}

fn row(room: &Room, id: Id<of::Feedback>, given: &Feedback) -> FeedbackRow {
    FeedbackRow {
        id,
        case: None,
        at: room.now(),
        lane: "none".to_owned(),
        level: 0,
        language: given.language.as_str().to_owned(),
        satisfaction: given.rating.satisfaction.map(i64::from),
        solved: given.rating.solved.map(|solved| solved.as_str().to_owned()),
        speed: given.rating.speed.map(|speed| speed.as_str().to_owned()),
        body: None,
        data_key: None,
    }
}

async fn keep(tx: &mut Tx, room: &Room, (id, given): (Id<of::Case>, &Feedback)) -> Result<bool> {
    let Some(case) = cases::by_id(tx, id).await? else { return Ok(false) };
    let Some(incident) = incidents::get(tx, case.incident).await? else { return Ok(false) };
    let key = file::data_key(room, &incident)?;
    let place = id.to_string();
    let seal = |text: &String| key.seal(at("body", &place), text.as_bytes(), &*room.random);
    let row = FeedbackRow {
        case: Some(id),
        lane: incident.class.clone(),
        level: incident.level,
        body: given.text.as_ref().map(seal),
        ..row(room, Id::new(room.now(), &*room.random), given)
    };
    feedback::put(tx, &row).await?;
    record(tx, &[Entry::done(room.now(), Actor::CaseHolder, "feedback.give", format!("case:{id}"))]).await?;
    Ok(true)
}

/// What reporters wrote of an incident, for the conversation that staff read.
pub(super) async fn said(tx: &mut Tx, file: &file::File) -> Result<Vec<Conversation>> {
    let mut said = Vec::new();
    for row in feedback::of_incident(tx, file.id).await? {
        let (Some(case), Some(body)) = (row.case, &row.body) else { continue };
        let text = opened(&file.key, &case.to_string(), body)?;
        said.push(Conversation { at: row.at, from: "feedback", by: None, text });
    }
    Ok(said)
}

/// What a case page shows beside the case itself: its words, and what was said of us.
pub(super) async fn view(
    tx: &mut Tx,
    room: &Room,
    (case, row, file): (&CaseRow, &IncidentRow, &file::File),
) -> Result<TrustView> {
    let given = feedback::of_case(tx, case.id).await?;
    let rating = given.map(|given| Rating {
        satisfaction: given.satisfaction.and_then(|stars| u8::try_from(stars).ok()),
        solved: given.solved.and_then(|solved| solved.parse().ok()),
        speed: given.speed.and_then(|speed| speed.parse().ok()),
    });
    let rating = rating.unwrap_or_default();
    let words = words::of_case(tx, file, case.id).await?;
    Ok(TrustView { words, ask: ask(row.closed, room.now(), &rating), rating })
}
