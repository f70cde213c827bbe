//! A report: an incident and a case of its own, answered with steps in the same breath.

use super::batch::Batch;
use super::{Candidate, Outcome, ReportArrival, Taken};
use crate::access::{CaseToken, Code, new_reference};
use crate::attention::Attention;
use crate::audit::{Actor, Entry};
use crate::guidance;
use crate::id::Id;
use crate::respond::Room;
use crate::respond::file::File;
use crate::respond::look;
use crate::respond::view::{CaseKeys, ReportAnswer};
use crate::seal::{self, Purpose};
use crate::signal::{Origin, Reading, Signal};
use crate::store::answers::{self, Answered};
use crate::store::cases::{self, CaseRow};
use crate::store::observables::Observable;
use crate::store::{Result, Tx, attention, idempotency};
use crate::text::Language;

/// Where a report's incident is in its group.
enum Place {
    /// Among the new incidents of nobody known.
    Loose(usize),
    /// That of a subject.
    Of(String),
}

/// A report whose incident is judged and whose answer is still to be made.
pub(super) struct Pending {
    file: Place,
    language: Language,
    case: CaseRow,
    keys: CaseKeys,
    notices: Vec<guidance::Notice>,
    repeat: Option<(String, String)>,
    asks_person: bool,
}

impl Batch {
    pub(super) async fn report(
        &mut self,
        tx: &mut Tx,
        room: &Room,
        (report, shown): (&ReportArrival, Option<Candidate>),
    ) -> Result<Taken> {
        if let Some((key, body)) = &report.repeat
            && let Some(outcome) = earlier(tx, room, (key, body)).await?
        {
            return Ok(Taken::Done(outcome));
        }
        let reading = &report.reading;
        let mut facts = reading.facts.clone();
        if let Some(shown) = &report.shown {
            facts.set("shown-by", shown.app.clone());
        }
        room.known_bad.look_at_found(&mut facts, &reading.observables);
        let mut file = File::new(room, None, reading.language.as_str());
        file.arrived = file.arrived.plus(report.set_back);
        let origin = Origin {
            endpoint: "report".to_owned(),
            verified: false,
            reliability: room.playbooks.policy.reliability.report,
        };
        let signal = File::signal(room, origin, facts);
        let place = self.place(room, (reading, signal), shown);
        let file = self.at(&place);
        let (case, keys) = new_case(room, file, reading);
        let incident = file.id;
        self.observe(room, incident, reading);
        Ok(Taken::Report(Box::new(Pending {
            file: place,
            language: reading.language,
            case,
            keys,
            notices: guidance::for_secrets(&reading.secrets, reading.language).into_iter().collect(),
            repeat: report.repeat.clone(),
            asks_person: reading.asks_person,
        })))
    }

    /// Puts a report where it belongs: a new incident of its own, or the open one of the account that it is shown to be
    /// about. The second only while nobody holds a case of that incident: a link says which account is signed in to an
    /// app, not whose hands the device is in, and who holds a case reads what staff write to its holder.
    fn place(&mut self, room: &Room, (reading, signal): (&Reading, Signal), shown: Option<Candidate>) -> Place {
        let subject = shown.map(|shown| self.known_as(room, &shown)).filter(|subject| !self.held.contains(subject));
        let Some(subject) = subject else {
            let mut file = File::new(room, None, reading.language.as_str());
            file.observe(signal);
            file.answers.clone_from(&reading.answers);
            self.loose.push(file);
            return Place::Loose(self.loose.len() - 1);
        };
        self.join(room, (&subject, Actor::CaseHolder), signal);
        if let Some(file) = self.files.get_mut(&subject) {
            file.answers.extend(reading.answers.clone());
        }
        self.held.insert(subject.clone());
        Place::Of(subject)
    }

    fn at(&self, place: &Place) -> &File {
        match place {
            Place::Loose(at) => &self.loose[*at],
            Place::Of(subject) => &self.files[subject],
        }
    }

    fn observe(&mut self, room: &Room, incident: Id<crate::id::of::Incident>, reading: &Reading) {
        let seen = reading.observables.iter().map(|observable| Observable {
            incident,
            kind: observable.kind.to_string(),
            digest: room.keys.digests.of(Purpose::Lookup, "observable", &observable.value),
            first_seen: room.now(),
        });
        self.observables.extend(seen);
    }

    /// Keeps the case and makes the answer; the incident is in the queue by now.
    pub(super) async fn answer(&mut self, tx: &mut Tx, room: &Room, pending: Pending) -> Result<ReportAnswer> {
        let file = self.at(&pending.file);
        cases::insert(tx, &pending.case).await?;
        let silence = room.playbooks.policy.silence;
        attention::put(tx, file.id, &Attention::new(room.now(), pending.asks_person, silence)).await?;
        for (question, choice) in &file.answers {
            answers::put(tx, file.id, &Answered { question: question.clone(), choice: choice.clone(), at: room.now() })
                .await?;
        }
        let entry = Entry::done(room.now(), Actor::CaseHolder, "report.accept", format!("incident:{}", file.id));
        self.entries.push(entry.with("case", pending.case.id.to_string()));
        let file = self.at(&pending.file);
        let seen = look::incident(tx, room, file, pending.language).await?;
        let answer = ReportAnswer {
            case: pending.keys,
            incident: seen.incident,
            guidance: seen.guidance,
            questions: seen.questions,
            notices: seen.danger.into_iter().chain(pending.notices).collect(),
            stop: None,
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
    // Who wrote a message is known by it; that they want to be written to is not.
    let contact = match reading.facts.first("source") {
        Some(_) => serde_json::to_vec(&serde_json::json!({ "sender": reading.contact.email })),
        None => serde_json::to_vec(&reading.contact),
    };
    let contact = contact.expect("contacts are plain data");
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
                seal::Place { table: "reporter_case", column: "contact", row: &id.to_string() },
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

fn place<'a>(column: &'a str, row: &'a str) -> seal::Place<'a> {
    seal::Place { table: "idempotency", column, row }
}
