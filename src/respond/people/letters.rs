//! Mails to people on the staff about their own accounts. What is kept is what a mail tells and where it goes; the words, and
//! a link where it has one, are made when it leaves, so that no link is ever kept in clear or sealed.

use super::{address, key_of, reset};
use crate::access::{StaffToken, digest_of};
use crate::audit::Entry;
use crate::guidance::account::{self, Told};
use crate::id::{Id, of};
use crate::respond::{Room, alarms};
use crate::seal::Place;
use crate::store::account_letters::{self, Asked, LetterRow};
use crate::store::addresses::{self, AddressRow};
use crate::store::outbox::{self, Kind, NewRow, OutboxRow};
use crate::store::people::PersonRow;
use crate::store::staff_links::{self, NewLink, Opens};
use crate::store::{Error, Result, Tx, people};
use crate::text::Language;
use crate::time::Span;

/// A mail as it leaves. Not `Debug`: it holds an address, and perhaps a link.
#[derive(Clone)]
pub struct AccountWords {
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// The way out to people, where there is one.
pub(super) fn way(room: &Room) -> Option<&alarms::Channel> {
    room.channels.iter().find(|channel| channel.notices)
}

fn place(row: &str) -> Place<'_> {
    Place { table: "account_letter", column: "address", row }
}

/// Tells a person something at their proven address, in the transaction of what is told; nobody without one.
pub(in crate::respond) async fn tell(tx: &mut Tx, room: &Room, (id, told): (Id<of::Person>, Told)) -> Result<()> {
    match addresses::proven(tx, id).await? {
        Some(address) => tell_at(tx, room, (&address, told)).await,
        None => Ok(()),
    }
}

/// The same at an address of theirs that is named.
pub(super) async fn tell_at(tx: &mut Tx, room: &Room, (at, told): (&AddressRow, Told)) -> Result<()> {
    let row = super::person(tx, at.person).await?;
    let to = address::open(room, &row, at)?;
    let id: Id<of::Posted> = Id::new(room.now(), &*room.random);
    let sealed = key_of(room, &row)?.seal(place(&id.to_string()), to.as_bytes(), &*room.random);
    let letter = LetterRow {
        id,
        person: Some(row.id),
        what: told.as_str().to_owned(),
        language: at.language.clone(),
        address: Some(sealed),
        proves: (told == Told::Prove).then_some(at.id),
        asked: None,
        created: room.now(),
    };
    post(tx, room, (&letter, if told == Told::Prove { address::PROOF } else { alarms::GIVE_UP })).await
}

/// Puts what somebody typed who forgot a password into the outbox; who that is, is looked up when it leaves.
pub(super) async fn ask(tx: &mut Tx, room: &Room, (asked, language): (Asked, Language)) -> Result<()> {
    let letter = LetterRow {
        id: Id::new(room.now(), &*room.random),
        person: None,
        what: Told::Reset.as_str().to_owned(),
        language: language.as_str().to_owned(),
        address: None,
        proves: None,
        asked: Some(asked),
        created: room.now(),
    };
    post(tx, room, (&letter, reset::GOOD)).await
}

async fn post(tx: &mut Tx, room: &Room, (letter, lasts): (&LetterRow, Span)) -> Result<()> {
    let Some(way) = way(room) else { return Ok(()) };
    let (now, id) = (room.now(), letter.id);
    account_letters::insert(tx, letter).await?;
    let new = NewRow {
        id,
        target: way.name.clone(),
        // None waits for another.
        lane: format!("{}:{id}", way.name),
        kind: Kind::Account,
        object: letter.what.clone(),
        key: format!("account_{id}"),
        body: None,
        created: now,
        due: now,
        give_up: now.plus(lasts),
    };
    outbox::put(tx, &new).await.map(drop)
}

/// The mail of a row; nothing when nobody is to be written to, or not any more.
pub(in crate::respond) async fn open(
    tx: &mut Tx,
    room: &Room,
    (row, entries): (&OutboxRow, &mut Vec<Entry>),
) -> Result<Option<AccountWords>> {
    let Some(letter) = account_letters::get(tx, row.id).await? else { return Ok(None) };
    let told: Told = letter.what.parse().map_err(|_| Error::Corrupt { table: "account_letter", column: "what" })?;
    match told {
        Told::Reset => reset::letter(tx, room, (&letter, entries)).await,
        Told::Prove => proof(tx, room, &letter).await,
        Told::PasswordChanged
        | Told::FactorChanged
        | Told::RecoveryUsed
        | Told::Guessed
        | Told::SessionEnded
        | Told::RolesChanged
        | Told::IssuerLinked
        | Told::IssuerUnlinked
        | Told::ChatLinked
        | Told::AddressAsked
        | Told::AddressChanged
        | Told::AddressTaken => {
            let Some((_, to)) = receiver(tx, room, &letter).await? else { return Ok(None) };
            Ok(Some(words((told, to), None, &letter)))
        }
    }
}

async fn proof(tx: &mut Tx, room: &Room, letter: &LetterRow) -> Result<Option<AccountWords>> {
    let Some((person, to)) = receiver(tx, room, letter).await? else { return Ok(None) };
    let Some(proves) = letter.proves else { return Ok(None) };
    let waits = addresses::by_id(tx, proves).await?.is_some_and(|address| address.proven.is_none());
    if !waits || room.now().since(letter.created) >= address::PROOF {
        return Ok(None);
    }
    let link = link(tx, room, (person.id, Opens::Address, Some(proves))).await?;
    let link = format!("{}/staff/address/{}", room.public_url, link.reveal());
    Ok(Some(words((Told::Prove, to), Some(&link), letter)))
}

async fn receiver(tx: &mut Tx, room: &Room, letter: &LetterRow) -> Result<Option<(PersonRow, String)>> {
    let (Some(id), Some(sealed)) = (letter.person, &letter.address) else { return Ok(None) };
    let Some(row) = people::by_id(tx, id).await? else { return Ok(None) };
    let plain = key_of(room, &row)?.open(place(&letter.id.to_string()), sealed).ok();
    let to = plain.and_then(|plain| String::from_utf8(plain).ok());
    Ok(Some((row, to.ok_or(Error::Corrupt { table: "account_letter", column: "address" })?)))
}

pub(super) fn words((told, to): (Told, String), link: Option<&str>, letter: &LetterRow) -> AccountWords {
    let (subject, text) = account::mail(told, link, letter.language.parse().unwrap_or(Language::En));
    AccountWords { to, subject, text }
}

/// A new link; of its text only the digest is kept.
pub(super) async fn link(
    tx: &mut Tx,
    room: &Room,
    (person, opens, address): (Id<of::Person>, Opens, Option<Id<of::Address>>),
) -> Result<StaffToken> {
    let (link, now) = (StaffToken::new(&*room.random), room.now());
    let good = match opens {
        Opens::Password => reset::GOOD,
        Opens::Address => address::PROOF,
    };
    let digest = digest_of(link.reveal());
    staff_links::put(tx, &NewLink { digest, person, opens, address, created: now, expires: now.plus(good) }).await?;
    Ok(link)
}
