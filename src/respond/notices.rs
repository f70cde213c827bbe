//! Mails to the holders of cases: put into the outbox with what they tell of, made anew when they leave. What is kept is what
//! a mail says; its address is read from the case each time, so the one that leaves goes to the contact that is in force.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::progress::What;
use super::{Respond, Room, file, marks, record};
use crate::access::Mark;
use crate::audit::{Actor, Entry};
use crate::guidance::mail::{self, Mail, Told};
use crate::id::{Id, of};
use crate::seal::{DataKey, Place, Purpose};
use crate::store::case_notices::{self, NoticeRow};
use crate::store::cases::{self, CaseRow};
use crate::store::incidents::{self, IncidentRow, State};
use crate::store::outbox::{self, Kind, NewRow, OutboxRow};
use crate::store::{Error, Result, Tx};
use crate::text::Language;
use crate::time::Span;

/// A claim or the like can be taken back for so long; what was taken back is told to nobody.
const SETTLES: Span = super::desk::ONE;
/// Many cases that were closed at once can be opened again for so long.
const CLOSING_SETTLES: Span = Span::from_minutes(5);
/// Told once within this: a case that goes from hand to hand is one piece of news.
const NEWS: Span = Span::from_days(1);

/// What stands in the outbox.
#[derive(Serialize, Deserialize)]
struct NoticeLetter {
    notice: Id<of::Told>,
}

/// A mail as it leaves. Not `Debug`: it holds an address.
#[derive(Clone, Serialize, Deserialize)]
pub struct NoticeWords {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Where its reader stops mails about the case, by one click of their mail program.
    pub stop: String,
}

/// A contact as it was given on a form; one that a message came from was never asked to be written to.
#[derive(Deserialize)]
struct Given {
    email: Option<String>,
}

/// What of the work on a case is told by mail.
pub(super) fn told(what: What) -> Option<Told> {
    match what {
        What::Taken => Some(Told::Taken),
        What::Answered => Some(Told::Answered),
        What::Closed => Some(Told::Closed),
        What::Reopened => Some(Told::Reopened),
        What::HandedBack | What::Raised | What::HoldAsked => None,
    }
}

/// Tells the holders of an incident's cases by mail, those that gave an address; in the transaction of what is told.
pub(super) async fn post(tx: &mut Tx, room: &Room, incident: Id<of::Incident>, about: Told) -> Result<()> {
    tell(tx, room, incident, about).await.map(drop)
}

/// The same, and how many mails it is told by. Whether the case is in the sight of whoever does what is told does not
/// count: the mail goes to its holder and to nobody else.
pub(super) async fn tell(tx: &mut Tx, room: &Room, incident: Id<of::Incident>, about: Told) -> Result<usize> {
    let Some(channel) = room.channels.iter().find(|channel| channel.notices) else { return Ok(0) };
    let cases = cases::of_incident(tx, incident).await?;
    if cases.iter().all(|case| case.contact.is_none()) {
        return Ok(0);
    }
    let Some(row) = incidents::whatever_in_sight(tx, incident).await? else { return Ok(0) };
    let key = file::data_key(room, &row)?;
    let mut mails = 0_usize;
    for case in cases {
        if address(&key, &case)?.is_some() {
            mails = mails.saturating_add(usize::from(put(tx, room, (&channel.name, &case), about).await?));
        }
    }
    Ok(mails)
}

/// Puts a mail into the outbox, and says whether one is on its way now.
async fn put(tx: &mut Tx, room: &Room, (target, case): (&str, &CaseRow), told: Told) -> Result<bool> {
    let now = room.now();
    if !told.comes_anyway() && case_notices::stopped(tx, case.id).await?.is_some() {
        return Ok(false);
    }
    let lane = format!("{target}:{}:{told}", case.id);
    // One that waits says the same; a second would say nothing more.
    if outbox::waits_in(tx, &lane).await? {
        return Ok(true);
    }
    // A closing that was taken back was told to nobody, so neither is this.
    if told == Told::Reopened && outbox::waits_in(tx, &format!("{target}:{}:{}", case.id, Told::Closed)).await? {
        return Ok(false);
    }
    let last = case_notices::last(tx, case.id, told.as_str()).await?;
    if matches!(told, Told::Taken | Told::Reopened) && last.is_some_and(|last| now.since(last) < NEWS) {
        return Ok(false);
    }
    let id = Id::new(now, &*room.random);
    let notice = NoticeRow {
        id,
        incident: case.incident,
        case: case.id,
        what: told.as_str().to_owned(),
        language: case.language.clone(),
        at: now,
        wording: own_words(room, told, case)?,
    };
    let digests = &room.keys.digests;
    let number = marks::key_of(digests, &mark(room, &notice, &words(&notice, &case.reference)?.text));
    case_notices::insert(tx, &notice, &number).await?;
    let settles = match told {
        Told::Closed => CLOSING_SETTLES,
        Told::Taken | Told::Reopened => SETTLES,
        Told::Answered
        | Told::Decided
        | Told::SecondTheft
        | Told::ContactAsked
        | Told::ContactAgreed
        | Told::Release => Span::ZERO,
    };
    let body = serde_json::to_string(&NoticeLetter { notice: id }).map_err(|_| corrupt())?;
    let posted: Id<of::Posted> = Id::new(now, &*room.random);
    case_notices::carry(tx, id, (posted, target)).await?;
    let new = NewRow {
        id: posted,
        target: target.to_owned(),
        lane,
        kind: Kind::Notice,
        object: case.incident.to_string(),
        key: format!("notice_{posted}"),
        body: Some(body),
        created: now,
        due: now.plus(settles),
        give_up: now.plus(super::alarms::GIVE_UP),
    };
    outbox::put(tx, &new).await.map(|_| true)
}

/// The mail of a row; nothing when what it tells is not so any more, or its reader wants none.
pub(super) async fn open(tx: &mut Tx, room: &Room, row: &OutboxRow) -> Result<Option<NoticeWords>> {
    let letter: Option<NoticeLetter> = row.body.as_deref().and_then(|body| serde_json::from_str(body).ok());
    let Some(notice) = case_notices::get(tx, letter.ok_or_else(corrupt)?.notice).await? else { return Ok(None) };
    let (Some(case), Some(incident)) =
        (cases::by_id(tx, notice.case).await?, incidents::get(tx, notice.incident).await?)
    else {
        return Ok(None);
    };
    let told = read(&notice)?;
    let stopped = !told.comes_anyway() && case_notices::stopped(tx, case.id).await?.is_some();
    let Some(to) = address(&file::data_key(room, &incident)?, &case)?.filter(|_| !stopped && holds(told, &incident))
    else {
        return Ok(None);
    };
    let Mail { subject, text } = words(&notice, &case.reference)?;
    let number = mark(room, &notice, &text).to_string();
    let text = mail::with_number(&text, &number, language(&notice));
    let stop = format!("{}/mail/{}/{}", room.public_url, case.reference, token(room, case.id));
    Ok(Some(NoticeWords { to, subject, text, stop }))
}

/// Whether it is still so: what was taken back is told to nobody.
fn holds(told: Told, incident: &IncidentRow) -> bool {
    match told {
        Told::Taken => incident.state == State::Held,
        Told::Closed => incident.state == State::Closed,
        Told::Reopened => incident.state != State::Closed,
        Told::Answered
        | Told::Decided
        | Told::SecondTheft
        | Told::ContactAsked
        | Told::ContactAgreed
        | Told::Release => true,
    }
}

fn read(notice: &NoticeRow) -> Result<Told> {
    notice.what.parse().map_err(|_| Error::Corrupt { table: "case_notice", column: "what" })
}

fn language(notice: &NoticeRow) -> Language {
    notice.language.parse().unwrap_or(Language::En)
}

/// The words of a mail, as `/check` knows them.
pub(super) fn words(notice: &NoticeRow, reference: &str) -> Result<Mail> {
    match &notice.wording {
        Some(wording) => {
            serde_json::from_str(wording).map_err(|_| Error::Corrupt { table: "case_notice", column: "wording" })
        }
        None => Ok(mail::mail(read(notice)?, reference, language(notice))),
    }
}

/// The operator's words for a mail, where there are any: kept, so that it can be checked whatever the files say by then.
fn own_words(room: &Room, told: Told, case: &CaseRow) -> Result<Option<String>> {
    let (mail, own) = room.templates.mail(told, &case.reference, case.language.parse().unwrap_or(Language::En));
    let json = own.then(|| serde_json::to_string(&mail)).transpose();
    json.map_err(|_| Error::Corrupt { table: "case_notice", column: "wording" })
}

/// All that is under them, without the number itself: what somebody pastes.
pub(super) fn whole(notice: &NoticeRow, reference: &str) -> Result<String> {
    Ok(mail::with_number(&words(notice, reference)?.text, "", language(notice)))
}

fn mark(room: &Room, notice: &NoticeRow, text: &str) -> Mark {
    Mark::of_digest(&room.keys.digests.of(Purpose::MessageMark, &notice.id.to_string(), text))
}

fn corrupt() -> Error {
    Error::Corrupt { table: "outbox", column: "body" }
}

/// The mail address that the holder gave on a form, in a shape that fits a header.
fn address(key: &DataKey, case: &CaseRow) -> Result<Option<String>> {
    let Some(sealed) = &case.contact else { return Ok(None) };
    let place = Place { table: "reporter_case", column: "contact", row: &case.id.to_string() };
    let plain = key.open(place, sealed)?;
    let text = String::from_utf8_lossy(&plain);
    let given = match serde_json::from_str::<Given>(&text) {
        Ok(given) => given.email,
        // What a holder put in its place later is plain words.
        Err(_) => Some(text.into_owned()),
    };
    Ok(given.map(|given| given.trim().to_owned()).filter(|given| is_address(given)))
}

/// An address of plain letters without comments, quotes or literals: what people have, and nothing that ends a header.
pub(super) fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let atom = |letter: char| letter.is_ascii_alphanumeric() || "!#$&'*+-/=?^_`{|}~%".contains(letter);
    let local_fits =
        (1..=64).contains(&local.len()) && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom));
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let named = host.rsplit('.').next().is_some_and(|last| last.chars().any(|letter| letter.is_ascii_alphabetic()));
    local_fits && host.len() <= 253 && host.contains('.') && host.split('.').all(label) && named
}

/// What stands in the address by which mails about a case are stopped; it opens nothing.
fn token(room: &Room, case: Id<of::Case>) -> String {
    room.keys.digests.of(Purpose::MailStop, "case", &case.to_string())
}

impl Respond {
    /// Whether mails about a case are stopped; nothing when the token is not that of the case.
    pub async fn mail_stopped(&self, reference: &str, token: &str) -> Result<Option<bool>> {
        let mut tx = self.db.read().await?;
        let Some(case) = self.mail_case(&mut tx, reference, token).await? else { return Ok(None) };
        Ok(Some(case_notices::stopped(&mut tx, case).await?.is_some()))
    }

    /// Stops mails about a case, or lets them come again. False when the token is not that of the case.
    pub async fn stop_mail(&self, (reference, token): (&str, &str), stop: bool) -> Result<bool> {
        let mut tx = self.db.read().await?;
        let Some(case) = self.mail_case(&mut tx, reference, token).await? else { return Ok(false) };
        drop(tx);
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = Arc::clone(&room);
                Box::pin(async move {
                    let now = room.now();
                    if case_notices::stopped(tx, case).await?.is_some() == stop {
                        return Ok(true);
                    }
                    case_notices::stop(tx, case, stop.then_some(now)).await?;
                    let entry = Entry::done(now, Actor::CaseHolder, "case.mail", format!("case:{case}"));
                    record(tx, &[entry.with("stopped", stop)]).await?;
                    Ok(true)
                })
            })
            .await
    }

    async fn mail_case(&self, tx: &mut Tx, reference: &str, token: &str) -> Result<Option<Id<of::Case>>> {
        let case = cases::by_reference(tx, reference).await?;
        let digests = &self.room().keys.digests;
        // The work is the same for a reference that nobody has.
        let id = case.as_ref().map_or_else(String::new, |case| case.id.to_string());
        let fits = digests.fits(Purpose::MailStop, ("case", &id), token);
        Ok(case.filter(|_| fits).map(|case| case.id))
    }
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn only_an_address_that_fits_a_header_is_written_to() {
        for good in ["anna@example.org", "a.b+c@mail.example.co.uk", "x_1@xn--bcher-kva.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "anna",
            "@example.org",
            "anna@",
            "anna@localhost",
            "anna@[127.0.0.1]",
            "anna@1.2.3.4",
            "a@b@example.org",
            "anna@example.org\r\nBcc: all@example.org",
            "anna @example.org",
            "\"anna b\"@example.org",
            "anna@example.org,boss@example.org",
            "anna@exa_mple.org",
            "anna@-example.org",
            ".anna@example.org",
            "anna..b@example.org",
            "<anna@example.org>",
            "anna@example.org>",
            "ánna@example.org",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
