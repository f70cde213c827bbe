//! What follows from a good token of an issuer: in, on to the second factor, linked, or out (ID-18).

use super::federated::{Arrived, Came, Errand, place, refusal};
use super::joining::{NewPerson, is_login, made};
use super::session::{self, Begins, Signed, Stage};
use super::{State, key_of, letters, open, person};
use crate::access::Roles;
use crate::audit::{Actor, Entry};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::{Room, record};
use crate::store::federated::{self, IdentityRow};
use crate::store::people::PersonRow;
use crate::store::staff_sessions::SessionRow;
use crate::store::{Result, Tx, factors, people, staff_sessions};
use crate::text::clean_name;

/// Characters of a name, and of how somebody is known at an issuer.
const NAME: usize = 60;
const CONTACT: usize = 120;

/// Uses the token up and does what its owner came for.
pub(super) async fn enter(tx: &mut Tx, room: &Room, (came, attempt): (&Came, u8)) -> Result<Arrived> {
    if !federated::spend(tx, &came.token.digest, came.token.expires).await? {
        return refuse(tx, room, (came, "replayed")).await;
    }
    match came.errand {
        Errand::SignIn | Errand::Fresh => sign_in(tx, room, (came, attempt)).await,
        Errand::StepUp => step_up(tx, room, came).await,
        Errand::Link => link(tx, room, came).await,
    }
}

async fn refuse(tx: &mut Tx, room: &Room, (came, why): (&Came, &'static str)) -> Result<Arrived> {
    record(tx, &[refusal(room, (&came.name, why))]).await?;
    Ok(Arrived::Refused(why))
}

fn done(room: &Room, came: &Came, (id, action): (Id<of::Person>, &'static str)) -> Entry {
    let entry = Entry::done(room.now(), Actor::Staff(id.to_string()), action, format!("person:{id}"));
    let entry = entry.with("issuer", came.name.as_str());
    match came.shown() {
        Some(kind) => entry.with("by", kind.as_str()),
        None => entry,
    }
}

async fn sign_in(tx: &mut Tx, room: &Room, (came, attempt): (&Came, u8)) -> Result<Arrived> {
    let known = match federated::find(tx, &came.identity).await? {
        Some(id) => Some(person(tx, id).await?),
        None => None,
    };
    if known.as_ref().is_some_and(|row| row.state == State::Disabled.as_str()) {
        return refuse(tx, room, (came, "disabled")).await;
    }
    let has_second = match &known {
        Some(row) => factors::has_second(tx, row.id).await?,
        None => false,
    };
    let shown = came.shown();
    // Whoever came with two factors there and has none here is not let in, nor near a first one here, by less.
    let is_active = known.as_ref().is_some_and(|row| row.state == State::Active.as_str());
    if is_active && shown.is_none() && !has_second {
        return refuse(tx, room, (came, "one-factor")).await;
    }
    if shown.is_none() && !has_second && came.errand == Errand::SignIn {
        return Ok(Arrived::Again);
    }
    let row = match known {
        Some(row) => {
            let contact = sealed_contact(room, &row, came)?;
            federated::used(tx, &came.identity, (&contact, room.now())).await?;
            row
        }
        None => welcome(tx, room, (came, attempt)).await?,
    };
    let id = row.id;
    if shown.is_some() && row.state == State::Invited.as_str() {
        people::set_state(tx, id, (State::Active.as_str(), room.now())).await?;
    }
    // When it was shown is the issuer's to say; what it does not say is no fresh factor.
    let begins = Begins { shown, factor_at: shown.and(came.token.signed_at), since: None };
    let (cookie, mut entries) = session::begin_with(tx, room, (id, &begins)).await?;
    entries.push(done(room, came, (id, if shown.is_some() { "staff.sign-in" } else { "staff.federated" })));
    record(tx, &entries).await?;
    if shown.is_some() {
        Ok(Arrived::In(Signed { cookie, person: open(room, &row)? }))
    } else {
        Ok(Arrived::Half { cookie, has_second })
    }
}

fn sealed_contact(room: &Room, row: &PersonRow, came: &Came) -> Result<Vec<u8>> {
    let contact = clean_name(&came.token.contact, CONTACT).unwrap_or_default();
    Ok(key_of(room, row)?.seal(place(&came.identity), contact.as_bytes(), &*room.random))
}

async fn keep(tx: &mut Tx, room: &Room, (row, came): (&PersonRow, &Came)) -> Result<()> {
    let contact = sealed_contact(room, row, came)?;
    let (digest, issuer) = (came.identity.clone(), came.issuer.clone());
    federated::put(tx, (&IdentityRow { digest, issuer, contact, linked: room.now() }, row.id)).await
}

/// Makes somebody who was never here: without a role, and known to nobody by what the issuer calls them.
async fn welcome(tx: &mut Tx, room: &Room, (came, attempt): (&Came, u8)) -> Result<PersonRow> {
    let (issuer, mark) = (&came.name, &came.identity[..8]);
    let mut login = format!("{issuer}:{}", came.token.subject);
    if !is_login(&login) {
        login = format!("{issuer}:{}", &came.identity[..12]);
    }
    let name = clean_name(&came.token.name, NAME).ok().filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| issuer.clone());
    let (login, name) = match attempt {
        0 => (login, name),
        1 => (login, format!("{name} ({issuer})")),
        _ => (format!("{login}-{mark}"), format!("{name} ({mark})")),
    };
    let row = made(room, &NewPerson { login, name, roles: Roles::none() }, None);
    people::insert(tx, &row).await?;
    keep(tx, room, (&row, came)).await?;
    record(tx, &[done(room, came, (row.id, "person.federated"))]).await?;
    Ok(row)
}

/// The person of the whole session that this was begun in, while it is good.
async fn begun_by(tx: &mut Tx, room: &Room, came: &Came) -> Result<Option<(PersonRow, SessionRow)>> {
    let Some(digest) = &came.session else { return Ok(None) };
    let Some(session) = staff_sessions::find(tx, digest).await? else { return Ok(None) };
    let row = person(tx, session.person).await?;
    let opened = open(room, &row)?;
    let whole = session.stage == Stage::Full.as_str() && session::is_good(&session, &opened.roles, room.now());
    Ok((whole && opened.is_active()).then_some((row, session)))
}

async fn step_up(tx: &mut Tx, room: &Room, came: &Came) -> Result<Arrived> {
    let Some((row, before)) = begun_by(tx, room, came).await? else {
        return refuse(tx, room, (came, "no-session")).await;
    };
    if federated::find(tx, &came.identity).await? != Some(row.id) {
        return refuse(tx, room, (came, "another-person")).await;
    }
    let Some(kind) = came.shown() else { return refuse(tx, room, (came, "one-factor")).await };
    if !staff_sessions::end(tx, &before.digest).await? {
        return refuse(tx, room, (came, "no-session")).await;
    }
    let begins = Begins { shown: Some(kind), factor_at: came.token.signed_at, since: Some(before.created) };
    let (cookie, mut entries) = session::begin_with(tx, room, (row.id, &begins)).await?;
    entries.push(done(room, came, (row.id, "staff.step-up")));
    record(tx, &entries).await?;
    Ok(Arrived::In(Signed { cookie, person: open(room, &row)? }))
}

async fn link(tx: &mut Tx, room: &Room, came: &Came) -> Result<Arrived> {
    let Some((row, before)) = begun_by(tx, room, came).await? else {
        return refuse(tx, room, (came, "no-session")).await;
    };
    // An issuer opens as much as a factor does: where there is a passkey, it takes that one to add it (ID-21).
    if !session::is_by_passkey(&before) && factors::has_passkey(tx, row.id).await? {
        return refuse(tx, room, (came, "no-passkey")).await;
    }
    match federated::find(tx, &came.identity).await? {
        Some(id) if id == row.id => return Ok(Arrived::Linked),
        Some(_) => return refuse(tx, room, (came, "taken")).await,
        None => keep(tx, room, (&row, came)).await?,
    }
    staff_sessions::end_others(tx, row.id, &before.digest).await?;
    letters::tell(tx, room, (row.id, Told::IssuerLinked)).await?;
    record(tx, &[done(room, came, (row.id, "person.link"))]).await?;
    Ok(Arrived::Linked)
}
