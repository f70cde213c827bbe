//! How people come: the set-up link makes the first one, an admin invites the others (ID-15, ID-16).

use std::sync::Arc;

use zeroize::Zeroizing;

use super::address::{self, Address};
use super::letters;
use super::session;
use super::{Person, Unfit, login_digest, name_digest, open, place};
use crate::access::{Roles, StaffToken, digest_of};
use crate::audit::{Actor, Entry};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::{Respond, Room, record};
use crate::store::people::PersonRow;
use crate::store::{
    self, Error, Tx, addresses, chats, factors, federated, guesses, invitations, people, setup, staff_links,
    staff_sessions, tokens,
};
use crate::time::Span;

/// How long an invitation is good (ID-15).
pub const INVITATION: Span = Span::from_days(3);
/// Characters of a login.
const LOGIN: usize = 80;

/// Who is to come.
#[derive(Clone)]
pub struct NewPerson {
    pub login: String,
    pub name: String,
    pub roles: Roles,
}

/// Why somebody did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotJoined {
    /// The link is unknown, used, taken back, or over.
    NoLink,
    Password(Unfit),
    /// A login of 1 to 80 characters without blanks, and a name.
    Shape,
    /// Somebody has this login or this name.
    Taken,
}

/// Somebody came and has the cookie of a half session; a second factor is next.
pub struct Joined {
    pub cookie: StaffToken,
}

pub(super) fn is_login(login: &str) -> bool {
    (1..=LOGIN).contains(&login.chars().count()) && !login.chars().any(|c| c.is_whitespace() || c.is_control())
}

impl Respond {
    /// Uses the set-up link up and makes the first person.
    pub async fn set_up(
        &self,
        link: &str,
        (new, password): (NewPerson, Zeroizing<String>),
    ) -> store::Result<Result<Joined, NotJoined>> {
        let room = self.room();
        if let Err(why) = Self::acceptable(&room, (&new.login, &new.name), &password) {
            return Ok(Err(why));
        }
        // Looked at before the slow sum, so that nobody without a link has one done.
        let digest = digest_of(link);
        if !self.is_set_up_link(&digest).await? {
            return Ok(Err(NotJoined::NoLink));
        }
        let hash = self.hash(password).await?;
        let row = made(&room, &new, Some(hash));
        self.writer
            .act(move |tx| {
                let (room, digest, row) = (Arc::clone(&room), digest.clone(), row.clone());
                Box::pin(async move {
                    let now = room.now();
                    let is_first = tokens::list(tx).await?.is_empty() && people::count(tx).await? == 0;
                    if !is_first || !setup::take(tx, &digest, now).await? {
                        return Ok(Err(NotJoined::NoLink));
                    }
                    people::insert(tx, &row).await?;
                    let (cookie, mut entries) = session::begin(tx, &room, (row.id, None)).await?;
                    let entry = Entry::done(now, Actor::System, "house.set-up", format!("person:{}", row.id));
                    entries.push(entry.with("roles", row.roles));
                    record(tx, &entries).await?;
                    Ok(Ok(Joined { cookie }))
                })
            })
            .await
    }

    async fn is_set_up_link(&self, digest: &str) -> store::Result<bool> {
        let mut tx = self.db.read().await?;
        setup::is_good(&mut tx, digest, self.room().now()).await
    }

    pub(super) fn acceptable(room: &Room, (login, name): (&str, &str), password: &str) -> Result<(), NotJoined> {
        if !is_login(login.trim()) || name.is_empty() {
            return Err(NotJoined::Shape);
        }
        room.staff_rules.check(password, [login, name]).map_err(NotJoined::Password)
    }

    /// Makes a person who has yet to come, and the link that lets them; shown once.
    pub async fn invite(
        &self,
        by: &str,
        new: NewPerson,
    ) -> store::Result<Result<(Id<of::Person>, StaffToken), NotJoined>> {
        if !is_login(new.login.trim()) || new.name.is_empty() {
            return Ok(Err(NotJoined::Shape));
        }
        let room = self.room();
        let link = StaffToken::new(&*room.random);
        let (digest, row, by) = (digest_of(link.reveal()), made(&room, &new, None), by.to_owned());
        let id = row.id;
        let made = self
            .writer
            .act(move |tx| {
                let (room, digest, row, by) = (Arc::clone(&room), digest.clone(), row.clone(), by.clone());
                Box::pin(async move {
                    let now = room.now();
                    people::insert(tx, &row).await?;
                    invitations::put(tx, (&digest, row.id), (now, now.plus(INVITATION))).await?;
                    let entry = Entry::done(now, Actor::Staff(by), "person.invite", format!("person:{}", row.id));
                    record(tx, &[entry.with("roles", row.roles)]).await
                })
            })
            .await;
        match made {
            Ok(()) => Ok(Ok((id, link))),
            Err(Error::Conflict { .. }) => Ok(Err(NotJoined::Taken)),
            Err(error) => Err(error),
        }
    }

    /// Whom a link invites, while it is good.
    pub async fn invited(&self, link: &str) -> store::Result<Option<Person>> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let Some(id) = invitations::find(&mut tx, &digest_of(link), room.now()).await? else { return Ok(None) };
        people::by_id(&mut tx, id).await?.map(|row| open(&room, &row)).transpose()
    }

    /// Uses an invitation or a reset up: the password is the new one, everything that was open is over (ID-14). It gives half a
    /// session to somebody new and none to others, who sign in with their second factor.
    pub async fn accept(
        &self,
        link: &str,
        password: Zeroizing<String>,
    ) -> store::Result<Result<Option<Joined>, NotJoined>> {
        self.join(link, (password, None)).await
    }

    /// The same; somebody new may give a mail address with it, which is to be proven.
    pub async fn join(
        &self,
        link: &str,
        (password, given): (Zeroizing<String>, Option<Address>),
    ) -> store::Result<Result<Option<Joined>, NotJoined>> {
        let room = self.room();
        let Some(person) = self.invited(link).await? else { return Ok(Err(NotJoined::NoLink)) };
        if let Err(why) = Self::acceptable(&room, (&person.login, &person.name), &password) {
            return Ok(Err(why));
        }
        let hash = self.hash(password).await?;
        let (digest, id) = (digest_of(link), person.id);
        let login = login_digest(&room, &person.login);
        self.writer
            .act(move |tx| {
                let (room, digest, hash, login) = (Arc::clone(&room), digest.clone(), hash.clone(), login.clone());
                let given = given.clone();
                Box::pin(async move {
                    let now = room.now();
                    let is_new = super::person(tx, id).await?.state == super::State::Invited.as_str();
                    // For whoever is here, the second factor is asked for next.
                    let fits = is_new || factors::has_second(tx, id).await?;
                    if !fits || !invitations::take(tx, &digest, now).await? {
                        return Ok(Err(NotJoined::NoLink));
                    }
                    people::set_password(tx, id, (&hash, now)).await?;
                    end_everything(tx, id, now).await?;
                    invitations::revoke(tx, id, now).await?;
                    // Guesses at the second factor still count: a link buys nobody more of them.
                    guesses::clear_but(tx, &login, &format!("second {id}")).await?;
                    let who = Actor::Staff(id.to_string());
                    let entry = Entry::done(now, who, "person.password", format!("person:{id}"));
                    if !is_new {
                        forget_ways(tx, &room, id).await?;
                        letters::tell(tx, &room, (id, Told::PasswordChanged)).await?;
                    } else if let Some(given) = &given {
                        address::give(tx, &room, (id, given)).await?;
                    }
                    let joined = if is_new {
                        let (cookie, mut entries) = session::begin(tx, &room, (id, None)).await?;
                        entries.push(entry);
                        record(tx, &entries).await?;
                        Some(Joined { cookie })
                    } else {
                        record(tx, &[entry]).await?;
                        None
                    };
                    Ok(Ok(joined))
                })
            })
            .await
    }
}

/// Forgets what somebody else may have added to an account before its password was made anew: an address that waits, and
/// issuers.
pub(super) async fn forget_ways(tx: &mut Tx, room: &Room, id: Id<of::Person>) -> store::Result<()> {
    addresses::forget_unproven(tx, id).await?;
    if federated::unlink_all(tx, id).await? > 0 {
        letters::tell(tx, room, (id, Told::IssuerUnlinked)).await?;
    }
    Ok(())
}

/// Ends sessions, tokens, chats and mailed links of a person, and what waits to be set up.
pub(super) async fn end_everything(tx: &mut Tx, id: Id<of::Person>, now: crate::time::Timestamp) -> store::Result<()> {
    factors::forget_waiting(tx, id).await?;
    staff_sessions::end_others(tx, id, "").await?;
    chats::unlink(tx, id).await?;
    tokens::revoke_of(tx, &id.to_string(), now).await?;
    staff_links::revoke(tx, id, now).await.map(drop)
}

pub(super) fn made(room: &Room, new: &NewPerson, password: Option<String>) -> PersonRow {
    let now = room.now();
    let id = Id::new(now, &*room.random);
    let row = id.to_string();
    let (key, data_key) = room.keys.new_data_key(place("data_key", &row), &*room.random);
    let seal = |column, text: &str| key.seal(place(column, &row), text.as_bytes(), &*room.random);
    let login = new.login.trim();
    PersonRow {
        id,
        login_digest: login_digest(room, login),
        name_digest: name_digest(room, &new.name),
        login: seal("login", login),
        name: seal("name", &new.name),
        data_key,
        roles: new.roles.to_string(),
        state: super::State::Invited.as_str().to_owned(),
        password,
        reset_asked: None,
        demotion_asked: None,
        created: now,
    }
}
