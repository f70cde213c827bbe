//! What an admin changes about others: roles, who may come in, resets. Each ends every session of that person (SES-04).

use std::sync::Arc;

use super::joining::{INVITATION, end_everything};
use super::{State, letters, open};
use crate::access::{Role, Roles, StaffToken, digest_of};
use crate::audit::{Actor, Entry};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::{Respond, Room, record};
use crate::store::people::{Asked, PersonRow};
use crate::store::{self, Tx, addresses, factors, federated, guesses, invitations, people, staff_sessions};
use crate::time::Span;

/// How long a link for a new password is good (ID-14).
const RESET: Span = Span::from_minutes(30);
/// How long the first of two admins waits for the second.
const VOICE: Span = Span::from_days(1);

/// A change of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Roles(Roles),
    Disable,
    Enable,
    /// Another invitation in place of those that were given.
    InviteAgain,
    TakeInvitationBack,
    /// A link for a new password; the second factor stays.
    NewPassword,
    /// Takes password and second factor away and gives a new invitation. For an admin two others must say so (ID-21).
    NewFactor,
    EndSessions,
    /// Forgets who they are at every issuer.
    Unlink,
}

/// Why nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchanged {
    Unknown,
    /// Nobody changes their own rights.
    Own,
    /// Nobody could look after people any more.
    LastAdmin,
    /// The first of two admins said that the second factor goes; another is waited for.
    AskedFirst,
    /// The same for the role of an admin.
    RolesAsked,
    /// Not in the state that this is for.
    Otherwise,
}

impl Respond {
    /// Changes a person; gives the link that the change made, if it makes one.
    pub async fn change_person(
        &self,
        (by, id): (&str, Id<of::Person>),
        change: Change,
    ) -> store::Result<Result<Option<StaffToken>, Unchanged>> {
        let (room, by) = (self.room(), by.to_owned());
        let link = StaffToken::new(&*room.random);
        let digest = digest_of(link.reveal());
        let outcome = self
            .writer
            .act(move |tx| {
                let (room, by, digest, change) = (Arc::clone(&room), by.clone(), digest.clone(), change.clone());
                Box::pin(async move {
                    let asks = Asks { by: &by, digest: &digest };
                    make(tx, &room, (id, &asks), &change).await
                })
            })
            .await?;
        Ok(outcome.map(|gives_link| gives_link.then_some(link)))
    }
}

struct Asks<'a> {
    by: &'a str,
    digest: &'a str,
}

/// Whether the change gives a link.
async fn make(
    tx: &mut Tx,
    room: &Room,
    (id, asks): (Id<of::Person>, &Asks<'_>),
    change: &Change,
) -> store::Result<Result<bool, Unchanged>> {
    let Some(row) = people::by_id(tx, id).await? else { return Ok(Err(Unchanged::Unknown)) };
    if asks.by == id.to_string() {
        return Ok(Err(Unchanged::Own));
    }
    let now = room.now();
    let person = open(room, &row)?;
    let loses_admin = match change {
        Change::Roles(roles) => !roles.has(Role::Admin),
        Change::Disable | Change::NewFactor => true,
        Change::Enable
        | Change::InviteAgain
        | Change::TakeInvitationBack
        | Change::NewPassword
        | Change::EndSessions
        | Change::Unlink => false,
    };
    if loses_admin
        && person.roles.has(Role::Admin)
        && person.state == State::Active
        && !has_other_admin(tx, room, id).await?
    {
        return Ok(Err(Unchanged::LastAdmin));
    }
    let has_second = factors::has_second(tx, id).await?;
    let (action, gives_link) = match change {
        Change::Roles(roles) => {
            if let Err(why) = set_roles(tx, room, (&row, asks, has_second), roles).await? {
                return Ok(Err(why));
            }
            ("person.roles", false)
        }
        Change::Disable => {
            people::set_state(tx, id, (State::Disabled.as_str(), now)).await?;
            invitations::revoke(tx, id, now).await?;
            ("person.disable", false)
        }
        Change::Enable => {
            // Whoever has an issuer comes by two factors there, or by one there and the one here; nobody makes them
            // somebody new by switching them off and on.
            let comes = (has_second && person.has_password) || !federated::of_person(tx, id).await?.is_empty();
            let state = if comes { State::Active } else { State::Invited };
            people::set_state(tx, id, (state.as_str(), now)).await?;
            ("person.enable", false)
        }
        Change::InviteAgain if person.state == State::Invited => {
            invite(tx, room, (id, asks.digest), INVITATION).await?;
            ("person.invite", true)
        }
        // A password alone would be all there is of somebody without a factor here: for them there is `NewFactor`.
        Change::NewPassword if person.state == State::Active && has_second => {
            invite(tx, room, (id, asks.digest), RESET).await?;
            ("person.reset-password", true)
        }
        Change::TakeInvitationBack => {
            invitations::revoke(tx, id, now).await?;
            ("person.uninvite", false)
        }
        Change::NewFactor => match reset_factor(tx, room, (&row, asks)).await? {
            Ok(()) => ("person.reset-factor", true),
            Err(why) => return Ok(Err(why)),
        },
        Change::EndSessions => ("person.end-sessions", false),
        Change::Unlink
            if (has_second || person.state == State::Invited) && federated::unlink_all(tx, id).await? > 0 =>
        {
            letters::tell(tx, room, (id, Told::IssuerUnlinked)).await?;
            ("person.unlink", false)
        }
        Change::InviteAgain | Change::NewPassword | Change::Unlink => return Ok(Err(Unchanged::Otherwise)),
    };
    // A link for a new password ends what is open when it is used, not when it is asked for.
    match change {
        Change::NewPassword | Change::InviteAgain | Change::TakeInvitationBack | Change::Enable => {}
        Change::Roles(_) | Change::EndSessions | Change::Unlink => {
            staff_sessions::end_others(tx, id, "").await?;
        }
        Change::Disable | Change::NewFactor => {
            end_everything(tx, id, now).await?;
            guesses::clear_login(tx, &row.login_digest).await?;
        }
    }
    if *change == Change::NewFactor {
        letters::tell(tx, room, (id, Told::FactorChanged)).await?;
        // It may be somebody else's by now, and would be told of all that follows.
        addresses::forget_all(tx, id).await?;
    }
    let entry = Entry::done(now, Actor::Staff(asks.by.to_owned()), action, format!("person:{id}"));
    let entry = match change {
        Change::Roles(roles) => entry.with("roles", roles.to_string()).with("before", row.roles),
        Change::Disable
        | Change::Enable
        | Change::InviteAgain
        | Change::TakeInvitationBack
        | Change::NewPassword
        | Change::NewFactor
        | Change::EndSessions
        | Change::Unlink => entry,
    };
    record(tx, &[entry]).await?;
    Ok(Ok(gives_link))
}

/// Gives a person other roles; the role of an admin is taken by two others, each for themselves.
async fn set_roles(
    tx: &mut Tx,
    room: &Room,
    (row, asks, has_second): (&PersonRow, &Asks<'_>, bool),
    roles: &Roles,
) -> store::Result<Result<(), Unchanged>> {
    let (id, now, person) = (row.id, room.now(), open(room, row)?);
    // Else one admin alone would take the role, and then the second factor of somebody who is no admin.
    let is_settled = person.state != State::Invited || has_second;
    let loses = person.roles.has(Role::Admin) && !roles.has(Role::Admin) && is_settled;
    if loses && !is_seconded(tx, room, (row.demotion_asked.as_ref(), asks.by)).await? {
        people::ask_demotion(tx, id, (asks.by, now)).await?;
        asked(tx, room, (id, asks, "person.roles-asked")).await?;
        return Ok(Err(Unchanged::RolesAsked));
    }
    if people::set_roles(tx, id, (&roles.to_string(), now)).await? {
        letters::tell(tx, room, (id, Told::RolesChanged)).await?;
    }
    Ok(Ok(()))
}

async fn invite(tx: &mut Tx, room: &Room, (id, digest): (Id<of::Person>, &str), span: Span) -> store::Result<()> {
    let now = room.now();
    invitations::revoke(tx, id, now).await?;
    invitations::put(tx, (digest, id), (now, now.plus(span))).await
}

async fn reset_factor(
    tx: &mut Tx,
    room: &Room,
    (row, asks): (&PersonRow, &Asks<'_>),
) -> store::Result<Result<(), Unchanged>> {
    let (now, person) = (room.now(), open(room, row)?);
    if person.roles.has(Role::Admin) && !is_seconded(tx, room, (row.reset_asked.as_ref(), asks.by)).await? {
        people::ask_reset(tx, row.id, (asks.by, now)).await?;
        asked(tx, room, (row.id, asks, "person.reset-factor-asked")).await?;
        return Ok(Err(Unchanged::AskedFirst));
    }
    factors::forget_all(tx, row.id).await?;
    // Else whoever is them at an issuer would set a factor up in their place.
    federated::unlink_all(tx, row.id).await?;
    people::forget_password(tx, row.id, now).await?;
    people::set_state(tx, row.id, (State::Invited.as_str(), now)).await?;
    invite(tx, room, (row.id, asks.digest), INVITATION).await?;
    Ok(Ok(()))
}

async fn asked(
    tx: &mut Tx,
    room: &Room,
    (id, asks, action): (Id<of::Person>, &Asks<'_>, &'static str),
) -> store::Result<()> {
    let who = Actor::Staff(asks.by.to_owned());
    record(tx, &[Entry::done(room.now(), who, action, format!("person:{id}"))]).await
}

/// When the first of two admins asked, while that counts.
pub(super) fn still_asked<'a>(room: &Room, asked: Option<&'a Asked>) -> Option<&'a Asked> {
    asked.filter(|asked| room.now().since(asked.at) <= VOICE)
}

/// Whether another asked for the same within a day, and is an admin still.
async fn is_seconded(tx: &mut Tx, room: &Room, (first, by): (Option<&Asked>, &str)) -> store::Result<bool> {
    let first = still_asked(room, first).filter(|first| first.by != by);
    let Some(Ok(id)) = first.map(|first| first.by.parse()) else { return Ok(false) };
    let Some(row) = people::by_id(tx, id).await? else { return Ok(false) };
    let first = open(room, &row)?;
    Ok(first.is_active() && first.roles.has(Role::Admin))
}

async fn has_other_admin(tx: &mut Tx, room: &Room, but: Id<of::Person>) -> store::Result<bool> {
    for row in people::list(tx).await? {
        let person = open(room, &row)?;
        if person.id != but && person.state == State::Active && person.roles.has(Role::Admin) {
            return Ok(true);
        }
    }
    Ok(false)
}
