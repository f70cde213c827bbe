//! New passwords by mail (ID-14). What is done for an answer is the same whoever was named; who that is, is looked up only
//! when the letter leaves. A reset never shows a second factor and never signs anybody in.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::joining::{NotJoined, end_everything, forget_ways};
use super::letters::{self, AccountWords};
use super::{State, address, login_digest, open};
use crate::access::digest_of;
use crate::audit::{Actor, Entry};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::{Respond, Room, record};
use crate::seal::Purpose;
use crate::store::account_letters::{self, Asked, LetterRow};
use crate::store::people::PersonRow;
use crate::store::staff_links::{self, Opens};
use crate::store::{self, Result, Tx, addresses, factors, guesses, invitations, people};
use crate::text::Language;
use crate::time::Span;

/// How long a link for a new password is good.
pub(super) const GOOD: Span = Span::from_minutes(30);
/// Mails to one person, and for one client, within [`HOUR`].
const TO_ONE: i64 = 3;
const FOR_ONE: i64 = 10;
const HOUR: Span = Span::from_minutes(60);

/// Somebody forgot a password. Not `Debug`: it holds a login or an address.
pub struct Forgotten {
    pub typed: String,
    /// Whose request it is, as limits count it.
    pub client: String,
    pub language: Language,
}

impl Respond {
    /// Takes down that somebody forgot a password.
    pub async fn forgotten(&self, forgotten: Forgotten) -> Result<()> {
        let room = self.room();
        let asked = Asked {
            login: login_digest(&room, &forgotten.typed),
            address: address::digest(&room, &forgotten.typed),
            client: room.keys.digests.of(Purpose::Lookup, "forgotten-client", &forgotten.client),
        };
        let language = forgotten.language;
        self.writer
            .act(move |tx| {
                let (room, asked) = (Arc::clone(&room), asked.clone());
                Box::pin(async move {
                    letters::ask(tx, &room, (asked, language)).await?;
                    // It names nobody: what was typed may be a password in the wrong field.
                    record(tx, &[Entry::done(room.now(), Actor::System, "staff.forgotten", "console".to_owned())]).await
                })
            })
            .await
    }

    /// Uses a mailed link up: the password is the new one, and everything that was open is over.
    pub async fn reset_password(
        &self,
        link: &str,
        password: Zeroizing<String>,
    ) -> store::Result<std::result::Result<(), NotJoined>> {
        let (room, digest) = (self.room(), digest_of(link));
        // Looked at before the slow sum, so that nobody without a link has one done.
        let mut tx = self.db.read().await?;
        let found = whose(&mut tx, &room, &digest).await?;
        drop(tx);
        let Some(row) = found else { return Ok(Err(NotJoined::NoLink)) };
        let person = open(&room, &row)?;
        if let Err(why) = Self::acceptable(&room, (&person.login, &person.name), &password) {
            return Ok(Err(why));
        }
        let hash = self.hash(password).await?;
        self.writer
            .act(move |tx| {
                let (room, digest, hash) = (Arc::clone(&room), digest.clone(), hash.clone());
                Box::pin(async move {
                    let now = room.now();
                    let Some(row) = whose(tx, &room, &digest).await? else { return Ok(Err(NotJoined::NoLink)) };
                    if !staff_links::take(tx, (&digest, Opens::Password), now).await? {
                        return Ok(Err(NotJoined::NoLink));
                    }
                    people::set_password(tx, row.id, (&hash, now)).await?;
                    end_everything(tx, row.id, now).await?;
                    invitations::revoke(tx, row.id, now).await?;
                    forget_ways(tx, &room, row.id).await?;
                    // Guesses at the second factor still count: a mailbox buys nobody more of them.
                    guesses::clear_but(tx, &row.login_digest, &format!("second {}", row.id)).await?;
                    letters::tell(tx, &room, (row.id, Told::PasswordChanged)).await?;
                    let who = Actor::Staff(row.id.to_string());
                    let entry = Entry::done(now, who, "person.password", format!("person:{}", row.id));
                    record(tx, &[entry.with("by", "mail")]).await?;
                    Ok(Ok(()))
                })
            })
            .await
    }
}

/// The person behind a link that is good.
async fn whose(tx: &mut Tx, room: &Room, digest: &str) -> Result<Option<PersonRow>> {
    let Some(found) = staff_links::find(tx, (digest, Opens::Password), room.now()).await? else { return Ok(None) };
    let row = people::by_id(tx, found.person).await?;
    may_reset(tx, row).await
}

/// Somebody who is active, and of whom a second factor is asked afterwards: a mailbox alone opens nothing.
async fn may_reset(tx: &mut Tx, row: Option<PersonRow>) -> Result<Option<PersonRow>> {
    let Some(row) = row.filter(|row| row.state == State::Active.as_str()) else { return Ok(None) };
    Ok(factors::has_second(tx, row.id).await?.then_some(row))
}

/// The mail with a new link; nothing for somebody unknown, switched off or without an address, and beyond the limits.
pub(super) async fn letter(
    tx: &mut Tx,
    room: &Room,
    (letter, entries): (&LetterRow, &mut Vec<Entry>),
) -> Result<Option<AccountWords>> {
    let (now, Some(asked)) = (room.now(), &letter.asked) else { return Ok(None) };
    let named = match people::by_login(tx, &asked.login).await? {
        Some(row) => Some(row),
        None => of_address(tx, &asked.address).await?,
    };
    let Some(row) = may_reset(tx, named).await? else { return Ok(None) };
    let Some(at) = addresses::proven(tx, row.id).await? else { return Ok(None) };
    people::hold(tx, row.id).await?;
    let (since, what) = (now.minus(HOUR), Told::Reset.as_str());
    if now.since(letter.created) >= GOOD
        || account_letters::mailed_to(tx, (row.id, what), (since, letter.id)).await? >= TO_ONE
        || account_letters::mailed_for(tx, &asked.client, (since, letter.id)).await? >= FOR_ONE
    {
        return Ok(None);
    }
    account_letters::mailed(tx, letter.id, (row.id, now)).await?;
    let link = letters::link(tx, room, (row.id, Opens::Password, None)).await?;
    let link = format!("{}/staff/reset/{}", room.public_url, link.reveal());
    entries.push(Entry::done(now, Actor::System, "person.reset-mailed", format!("person:{}", row.id)));
    let to = address::open(room, &row, &at)?;
    Ok(Some(letters::words((Told::Reset, to), Some(&link), letter)))
}

async fn of_address(tx: &mut Tx, digest: &str) -> Result<Option<PersonRow>> {
    let id: Option<Id<of::Person>> = addresses::by_digest(tx, digest).await?;
    match id {
        Some(id) => people::by_id(tx, id).await,
        None => Ok(None),
    }
}
