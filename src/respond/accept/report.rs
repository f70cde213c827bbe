//! A report: an incident and a case of its own, answered with steps in the same breath.

use super::batch::Batch;
use super::{Outcome, ReportArrival, Taken};
use crate::access::{CaseToken, Code, new_reference};
use crate::audit::{Actor, Entry};
use crate::guidance;
use crate::id::Id;
use crate::respond::Room;
use crate::respond::file::File;
use crate::respond::look;
use crate::respond::view::{CaseKeys, ReportAnswer};
use crate::seal::{Place, Purpose};
use crate::signal::{Origin, Reading};
use crate::store::answers::{self, Answered};
use crate::store::cases::{self, CaseRow};
use crate::store::observables::Observable;
use crate::store::{Result, Tx, idempotency};
use crate::text::Language;

/// A report whose incident is judged and whose answer is still to be made.
pub(super) struct Pending {
    /// Its place among the group's new incidents.
    file: usize,
    language: Language,
    case: CaseRow,
    keys: CaseKeys,
    notices: Vec<guidance::Notice>,
    repeat: Option<(String, String)>,
}

impl Batch {
    pub(super) async fn report(&mut self, tx: &mut Tx, room: &Room, report: &ReportArrival) -> Result<Taken> {
        if let Some((key, body)) = &report.repeat
            && let Some(outcome) = earlier(tx, room, (key, body)).await?
        {
            return Ok(Taken::Done(outcome));
        }
        let reading = &report.reading;
        let mut file = File::new(room, None, reading.language.as_str());
        let origin = Origin {
            endpoint: "report".to_owned(),
            verified: false,
            reliability: room.playbooks.policy.reliability.report,
        };
        file.observe(File::signal(room, origin, reading.facts.clone()));
        file.answers.clone_from(&reading.answers);
        self.observe(room, &file, reading);
        let (case, keys) = new_case(room, &file, reading);
        self.loose.push(file);
        Ok(Taken::Report(Box::new(Pending {
            file: self.loose.len() - 1,
            language: reading.language,
            case,
            keys,
            notices: guidance::for_secrets(&reading.secrets, reading.language).into_iter().collect(),
            repeat: report.repeat.clone(),
        })))
    }

    fn observe(&mut self, room: &Room, file: &File, reading: &Reading) {
        let seen = reading.observables.iter().map(|observable| Observable {
            incident: file.id,
            kind: observable.kind.to_string(),
            digest: room.keys.digests.of(Purpose::Lookup, "observable", &observable.value),
            first_seen: room.now(),
        });
        self.observables.extend(seen);
    }

    /// Keeps the case and makes the answer; the incident is in the queue by now.
    pub(super) async fn answer(&mut self, tx: &mut Tx, room: &Room, pending: Pending) -> Result<ReportAnswer> {
        let file = &self.loose[pending.file];
        cases::insert(tx, &pending.case).await?;
        for (question, choice) in &file.answers {
            answers::put(tx, file.id, &Answered { question: question.clone(), choice: choice.clone(), at: room.now() })
                .await?;
        }
        self.entries.push(
            Entry::done(room.now(), Actor::CaseHolder, "report.accept", format!("incident:{}", file.id))
                .with("case", pending.case.id.to_string()),
        );
        let seen = look::incident(tx, room, file, pending.language).await?;
        let answer = ReportAnswer {
            case: pending.keys,
            incident: seen.incident,
            guidance: seen.guidance,
            questions: seen.questions,
            notices: seen.danger.into_iter().chain(pending.notices).collect(),
        };
        if let Some((key, body)) = pending.repeat {
            keep_answer(tx, room, (key, body), &answer).await?;
        }
        Ok(answer)
    }
}

fn new_case(room: &Room, file: &File, reading: &Reading) -> (CaseRow, CaseKeys) {
    let (token, code) = (CaseToken::new(&*room.random), Code::new(&*room.random));
    let digests = &room.keys.digests;
    let id = Id::new(room.now(), &*room.random);
    let contact = serde_json::to_vec(&reading.contact).expect("contacts are plain data");
    let named =
        reading.contact.email.is_some() || reading.contact.phone.is_some() || reading.contact.telegram.is_some();
    let row = CaseRow {
        id,
        incident: file.id,
        reference: new_reference(&*room.random),
        link: digests.of(Purpose::CaseLink, "token", token.reveal()),
        code: digests.of(Purpose::CaseCode, &id.to_string(), code.reveal()),
        language: reading.language.as_str().to_owned(),
        contact: named.then(|| {
            file.key.seal(
                Place { table: "reporter_case", column: "contact", row: &id.to_string() },
                &contact,
                &*room.random,
            )
        }),
        created: room.now(),
        guesses_refused: false,
    };
    let keys = CaseKeys {
        reference: row.reference.clone(),
        link: format!("{}/c/{}", room.public_url, token.reveal()),
        code: code.grouped(),
    };
    (row, keys)
}

/// The answer that a key was given before: again for the same body, refused for another.
async fn earlier(tx: &mut Tx, room: &Room, (key, body): (&str, &str)) -> Result<Option<Outcome>> {
    let Some(kept) = idempotency::get(tx, key).await? else { return Ok(None) };
    if kept.body != body {
        return Ok(Some(Outcome::ReportDiffers));
    }
    let opened = room
        .keys
        .open_data_key(place("data_key", key), &kept.data_key)
        .and_then(|opened| opened.open(place("answer", key), &kept.answer));
    let answer = opened.ok().and_then(|text| serde_json::from_slice(&text).ok());
    let answer = answer.ok_or(crate::store::Error::Corrupt { table: "idempotency", column: "answer" })?;
    Ok(Some(Outcome::Reported(Box::new(answer))))
}

async fn keep_answer(tx: &mut Tx, room: &Room, (key, body): (String, String), answer: &ReportAnswer) -> Result<()> {
    let (data_key, sealed_key) = room.keys.new_data_key(place("data_key", &key), &*room.random);
    let text = zeroize::Zeroizing::new(serde_json::to_vec(answer).expect("an answer is plain data"));
    let sealed = data_key.seal(place("answer", &key), &text, &*room.random);
    idempotency::put(tx, &idempotency::Answer { body, data_key: sealed_key, answer: sealed, created: room.now(), key })
        .await
}

/// Puts another answer in place of the one kept under a key.
pub async fn replace_answer(tx: &mut Tx, room: &Room, (key, answer): (&str, &ReportAnswer)) -> Result<()> {
    let (data_key, sealed_key) = room.keys.new_data_key(place("data_key", key), &*room.random);
    let text = serde_json::to_vec(answer).expect("an answer is plain data");
    idempotency::replace(tx, key, (&sealed_key, &data_key.seal(place("answer", key), &text, &*room.random))).await
}

fn place<'a>(column: &'a str, row: &'a str) -> Place<'a> {
    Place { table: "idempotency", column, row }
}
