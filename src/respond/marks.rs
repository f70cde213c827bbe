//! Whether a message is ours: every message of staff has a number that binds its id and its words, and [`Respond::check`]
//! confirms it to whoever holds the case. Without that proof nothing about any case is told.

use std::sync::Arc;

use super::holder::GUESSES;
use super::{Respond, Room, notices, record, said};
use crate::access::{Code, Likeness, Mark, likeness, words};
use crate::audit::{Actor, Entry, Outcome};
use crate::guidance::footer;
use crate::id::{Id, of};
use crate::seal::{Digests, Place, Purpose};
use crate::store::case_notices::{self, NoticeRow};
use crate::store::cases::{self, CaseRow};
use crate::store::marks::{self, Chosen, Ours};
use crate::store::messages::{Author, MessageRow};
use crate::store::{Error, Result, Tx, incidents};
use crate::time::Timestamp;

/// Messages numbered at once by the sweep.
const BATCH: i64 = 100;

/// What the person shows beside the number. Not `Debug`: it opens things.
pub enum Proof {
    /// A case page that is open in the same browser.
    Session(Id<of::Case>),
    /// The words of the case, or its code, as typed.
    Typed(String),
}

/// A message that is ours and stands in the case of whoever asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    pub reference: String,
    pub at: Timestamp,
    /// When that case was opened.
    pub opened: Timestamp,
    pub phrase: Option<String>,
    pub likeness: Likeness,
}

/// The number under a message of ours.
fn mark_of(digests: &Digests, message: Id<of::Message>, text: &str) -> Mark {
    Mark::of_digest(&digests.of(Purpose::MessageMark, &message.to_string(), text))
}

/// The number as it is shown under a message; nothing under the person's own.
pub(super) fn shown(room: &Room, message: &MessageRow, text: &str) -> Option<String> {
    match message.author {
        Author::Person => None,
        Author::Staff => Some(mark_of(&room.keys.digests, message.id, text).to_string()),
    }
}

pub(super) fn key_of(digests: &Digests, mark: &Mark) -> String {
    digests.of(Purpose::MessageMark, "number", mark.reveal())
}

/// Gives a message that was just kept its number.
pub(super) async fn number(tx: &mut Tx, room: &Room, (message, text): (Id<of::Message>, &str)) -> Result<()> {
    let digests = &room.keys.digests;
    marks::number(tx, message, &key_of(digests, &mark_of(digests, message, text))).await
}

/// Numbers messages that came into being elsewhere. Says how many there were.
pub(super) async fn number_the_rest(tx: &mut Tx, room: &Room) -> Result<usize> {
    let waiting = marks::unnumbered(tx, BATCH).await?;
    for message in &waiting {
        let text = text_of(room, message)?;
        number(tx, room, (message.id, &text)).await?;
    }
    Ok(waiting.len())
}

fn text_of(room: &Room, message: &Ours) -> Result<String> {
    let incident = message.incident.to_string();
    let key =
        room.keys.open_data_key(Place { table: "incident", column: "data_key", row: &incident }, &message.data_key)?;
    said::opened(&key, ("message", message.id.to_string()), &message.body)
}

fn phrase_place(case: &str) -> Place<'_> {
    Place { table: "case_phrase", column: "phrase", row: case }
}

/// The words that a holder chose, unsealed.
pub(super) fn phrase_of(key: &crate::seal::DataKey, chosen: &Chosen) -> Result<String> {
    let plain = key.open(phrase_place(&chosen.case.to_string()), &chosen.phrase)?;
    String::from_utf8(plain).map_err(|_| Error::Corrupt { table: "case_phrase", column: "phrase" })
}

/// Seals the words of a case.
pub(super) fn sealed_phrase(room: &Room, key: &crate::seal::DataKey, (case, phrase): (Id<of::Case>, &str)) -> Chosen {
    let sealed = key.seal(phrase_place(&case.to_string()), phrase.as_bytes(), &*room.random);
    Chosen { case, phrase: sealed }
}

impl Respond {
    /// Confirms that a message is ours and stands in the case that the proof belongs to. Nothing for an unknown number, a
    /// wrong proof, another case or too many tries, which are not told apart and cost the same write.
    pub async fn check(&self, mark: Mark, proof: Proof, pasted: String) -> Result<Option<Confirmed>> {
        let room = self.room();
        let proof = Arc::new(proof);
        self.writer
            .act(move |tx| {
                let (room, proof, mark, pasted) = (Arc::clone(&room), Arc::clone(&proof), mark.clone(), pasted.clone());
                Box::pin(async move { check(tx, &room, &mark, (&proof, &pasted)).await })
            })
            .await
    }
}

async fn check(tx: &mut Tx, room: &Room, mark: &Mark, (proof, pasted): (&Proof, &str)) -> Result<Option<Confirmed>> {
    let (digests, now) = (&room.keys.digests, room.now());
    let found = found(tx, &key_of(digests, mark)).await?;
    // The same questions are put for a number that nobody gave out.
    let incident = found.as_ref().map_or_else(|| Id::new(now, &*room.random), Found::incident);
    let (cases, phrases) = (cases::of_incident(tx, incident).await?, marks::phrases(tx, incident).await?);
    let mut guessed = false;
    for (most, span) in GUESSES {
        guessed |= marks::guesses_since(tx, incident, now.minus(span)).await? >= most;
    }
    let entry = Entry::done(now, Actor::CaseHolder, "message.check", format!("incident:{incident}"));
    if let Some(ours) = &found {
        let place = incident.to_string();
        let key =
            room.keys.open_data_key(Place { table: "incident", column: "data_key", row: &place }, ours.data_key())?;
        let mut held = Vec::new();
        for case in cases.into_iter().filter(|case| ours.is_for(case.id)) {
            let chosen = phrases.iter().find(|chosen| chosen.case == case.id);
            let phrase = chosen.map(|chosen| phrase_of(&key, chosen)).transpose()?;
            if fits(digests, (&case, phrase.as_deref()), proof) {
                held.push((case, phrase));
            }
        }
        if let Some((case, phrase)) = held.into_iter().next().filter(|_| !guessed) {
            let (text, pasted) = (ours.text(room, &case)?, without(pasted, phrase.as_deref()));
            let likeness = likeness(&footer::without(&text), &footer::without(&pasted));
            record(tx, &[entry.with("case", case.id.to_string())]).await?;
            let (reference, opened, at) = (case.reference, case.created, ours.at());
            return Ok(Some(Confirmed { reference, at, opened, phrase, likeness }));
        }
        if !guessed {
            marks::record_guess(tx, incident, now).await?;
        }
    } else {
        fits(digests, (&nobody(incident, now), Some("nobody")), proof);
    }
    let object = if found.is_some() { entry.object.clone() } else { "incident:unknown".to_owned() };
    record(tx, &[Entry { outcome: Outcome::Refused, object, ..entry }]).await?;
    Ok(None)
}

/// What a number stands under: a message in a case, or a mail about one with what opens its incident.
enum Found {
    Message(Ours),
    Mail(NoticeRow, Vec<u8>),
}

/// What a number stands under. Both are looked for, whatever is found.
async fn found(tx: &mut Tx, digest: &str) -> Result<Option<Found>> {
    let (message, mail) = (marks::by_mark(tx, digest).await?, case_notices::by_mark(tx, digest).await?);
    if let Some(message) = message {
        return Ok(Some(Found::Message(message)));
    }
    let Some(mail) = mail else { return Ok(None) };
    let row = incidents::get(tx, mail.incident).await?;
    Ok(row.map(|row| Found::Mail(mail, row.data_key)))
}

impl Found {
    fn incident(&self) -> Id<of::Incident> {
        match self {
            Self::Message(ours) => ours.incident,
            Self::Mail(notice, _) => notice.incident,
        }
    }

    fn data_key(&self) -> &[u8] {
        match self {
            Self::Message(ours) => &ours.data_key,
            Self::Mail(_, key) => key,
        }
    }

    fn at(&self) -> Timestamp {
        match self {
            Self::Message(ours) => ours.at,
            Self::Mail(notice, _) => notice.at,
        }
    }

    /// Whether it was written to the holder of this case of the incident.
    fn is_for(&self, case: Id<of::Case>) -> bool {
        match self {
            Self::Message(_) => true,
            Self::Mail(notice, _) => notice.case == case,
        }
    }

    fn text(&self, room: &Room, case: &CaseRow) -> Result<String> {
        match self {
            Self::Message(ours) => text_of(room, ours),
            Self::Mail(notice, _) => notices::whole(notice, &case.reference),
        }
    }
}

/// Whether the proof is that of a case; both digests are made whatever fits.
fn fits(digests: &Digests, (case, phrase): (&CaseRow, Option<&str>), proof: &Proof) -> bool {
    let id = case.id.to_string();
    match proof {
        Proof::Session(open) => *open == case.id,
        Proof::Typed(typed) => {
            let code = typed.parse::<Code>().ok();
            let code = code.as_ref().map_or("", Code::reveal);
            let by_code = digests.fits(Purpose::CaseCode, (&id, code), &case.code);
            let typed = words::comparable(typed);
            let kept = digests.of(Purpose::CasePhrase, &id, &words::comparable(phrase.unwrap_or_default()));
            let by_words = digests.fits(Purpose::CasePhrase, (&id, &typed), &kept);
            by_code || by_words && !typed.is_empty() && phrase.is_some()
        }
    }
}

/// What was pasted, without the words of the case that stand under each message.
fn without(pasted: &str, phrase: Option<&str>) -> String {
    phrase.map_or_else(|| pasted.to_owned(), |phrase| pasted.replace(phrase, " "))
}

fn nobody(incident: Id<of::Incident>, now: Timestamp) -> CaseRow {
    CaseRow {
        id: Id::new(now, &Zeroes),
        incident,
        reference: String::new(),
        link: String::new(),
        code: "00".repeat(32),
        language: String::new(),
        contact: None,
        created: now,
        guesses_refused: false,
    }
}

/// For an id that stands for nothing.
struct Zeroes;

impl crate::id::Random for Zeroes {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}
