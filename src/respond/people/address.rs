//! Mail addresses of staff. A new one counts only once a link in a mail to it was used; until then the old one stays, and it
//! is told (ID-21).

use std::sync::Arc;

use super::letters::{tell_at, way};
use super::{key_of, person};
use crate::access::digest_of;
use crate::audit::{Actor, Entry};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::notices::is_address;
use crate::respond::{Respond, Room, record};
use crate::seal::{Place, Purpose};
use crate::store::addresses::{self, AddressRow};
use crate::store::people::PersonRow;
use crate::store::staff_links::{self, Opens};
use crate::store::{self, Error, Result, Tx};
use crate::text::Language;
use crate::time::Span;

/// How long the link that proves an address is good.
pub(super) const PROOF: Span = Span::from_days(1);

/// An address of a shape that can be written to, as it was typed.
#[derive(Clone)]
pub struct Address {
    text: String,
    /// What mails to it are written in.
    language: Language,
}

/// What the page of one's own account says of addresses.
#[derive(Clone, Default)]
pub struct Addresses {
    pub proven: Option<String>,
    /// Given, and not proven yet.
    pub waits: Option<String>,
}

impl Address {
    /// Nothing when it is no address that a mail could go to.
    pub fn read(typed: &str, language: Language) -> Option<Self> {
        let text = typed.trim();
        is_address(text).then(|| Self { text: text.to_owned(), language })
    }
}

/// The digest that an address is found by: case does not matter, nor blanks around it.
pub(super) fn digest(room: &Room, typed: &str) -> String {
    room.keys.digests.of(Purpose::Lookup, "staff-address", &typed.trim().to_lowercase())
}

fn place(row: &str) -> Place<'_> {
    Place { table: "person_address", column: "address", row }
}

pub(super) fn open(room: &Room, person: &PersonRow, row: &AddressRow) -> Result<String> {
    let plain = key_of(room, person)?.open(place(&row.id.to_string()), &row.address).ok();
    let text = plain.and_then(|plain| String::from_utf8(plain).ok());
    text.ok_or(Error::Corrupt { table: "person_address", column: "address" })
}

/// Keeps an address that is to be proven, in place of another that was, and writes to it and to the one in force.
pub(super) async fn give(tx: &mut Tx, room: &Room, (id, given): (Id<of::Person>, &Address)) -> Result<()> {
    let (now, row) = (room.now(), person(tx, id).await?);
    addresses::forget_unproven(tx, id).await?;
    staff_links::revoke_kind(tx, id, (Opens::Address, now)).await?;
    let address: Id<of::Address> = Id::new(now, &*room.random);
    let new = AddressRow {
        id: address,
        person: id,
        digest: digest(room, &given.text),
        address: key_of(room, &row)?.seal(place(&address.to_string()), given.text.as_bytes(), &*room.random),
        language: given.language.as_str().to_owned(),
        created: now,
        proven: None,
    };
    addresses::insert(tx, &new).await?;
    if let Some(old) = addresses::proven(tx, id).await? {
        tell_at(tx, room, (&old, Told::AddressAsked)).await?;
    }
    tell_at(tx, room, (&new, Told::Prove)).await
}

impl Respond {
    /// Whether mails reach people at all.
    pub fn writes_to_staff(&self) -> bool {
        way(&self.room()).is_some()
    }

    /// The addresses of a person.
    pub async fn addresses_of(&self, id: Id<of::Person>) -> Result<Addresses> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let row = person(&mut tx, id).await?;
        let mut known = Addresses::default();
        for address in addresses::of_person(&mut tx, id).await? {
            let text = open(&room, &row, &address)?;
            if address.proven.is_some() {
                known.proven = Some(text);
            } else {
                known.waits = Some(text);
            }
        }
        Ok(known)
    }

    /// Gives a person another address, or none; whoever asks has just shown their second factor.
    pub async fn change_address(&self, id: Id<of::Person>, given: Option<Address>) -> Result<()> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let (room, given) = (Arc::clone(&room), given.clone());
                Box::pin(async move {
                    let action = if let Some(given) = &given {
                        give(tx, &room, (id, given)).await?;
                        "person.address-asked"
                    } else {
                        if let Some(old) = addresses::proven(tx, id).await? {
                            tell_at(tx, &room, (&old, Told::AddressTaken)).await?;
                        }
                        staff_links::revoke(tx, id, room.now()).await?;
                        addresses::forget_all(tx, id).await?;
                        "person.address-taken"
                    };
                    let who = Actor::Staff(id.to_string());
                    record(tx, &[Entry::done(room.now(), who, action, format!("person:{id}"))]).await
                })
            })
            .await
    }

    /// Uses up a link that proves an address: it takes the place of the one before. False when the link is not good, or the
    /// address is somebody else's by now.
    pub async fn prove_address(&self, link: &str) -> store::Result<bool> {
        let (room, digest) = (self.room(), digest_of(link));
        let proved = self
            .writer
            .act(move |tx| {
                let (room, digest) = (Arc::clone(&room), digest.clone());
                Box::pin(async move { prove(tx, &room, &digest).await })
            })
            .await;
        match proved {
            Err(Error::Conflict { .. }) => Ok(false),
            other => other,
        }
    }
}

async fn prove(tx: &mut Tx, room: &Room, digest: &str) -> Result<bool> {
    let (now, link) = (room.now(), (digest, Opens::Address));
    let Some(found) = staff_links::find(tx, link, now).await? else { return Ok(false) };
    let Some(id) = found.address else { return Ok(false) };
    let Some(new) = addresses::by_id(tx, id).await? else { return Ok(false) };
    if !staff_links::take(tx, link, now).await? {
        return Ok(false);
    }
    let old = addresses::proven(tx, found.person).await?;
    if !addresses::prove(tx, id, now).await? {
        return Ok(false);
    }
    for told in old.iter().chain([&new]) {
        tell_at(tx, room, (told, Told::AddressChanged)).await?;
    }
    addresses::forget_others(tx, found.person, id).await?;
    // What was mailed to the address before opens nothing any more.
    staff_links::revoke(tx, found.person, now).await?;
    let who = Actor::Staff(found.person.to_string());
    record(tx, &[Entry::done(now, who, "person.address", format!("person:{}", found.person))]).await?;
    Ok(true)
}
