//! Passkeys as the second factor: what a browser is asked to sign, and what it signed (ID-09). A challenge is kept with the
//! session it was made for, for two minutes, and is answered once.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use webauthn_rs::prelude::{Passkey, Url, WebauthnError};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use zeroize::Zeroizing;

use super::factor::{Found, New, Proven, Second, let_in, place, take_into_use, unseal};
use super::session::{Signed, StaffSession};
use super::{key_of, person};
use crate::audit::{Actor, Entry, Outcome};
use crate::id::{Id, of};
use crate::respond::{Respond, Room};
use crate::seal::Place;
use crate::store::factors::{self, FactorRow};
use crate::store::{Error, Result, passkey_challenges as challenges};
use crate::time::Span;

/// How long an answer may take.
const ANSWER: Span = Span::from_seconds(120);
/// Passkeys of one person.
const MOST: usize = 10;
/// What a challenge is for.
const MAKE: &str = "make";
const SHOW: &str = "show";

/// The house as browsers know it; nothing while the console is reached by a number instead of a name.
fn relying_party(room: &Room) -> Option<Webauthn> {
    let origin = Url::parse(&room.public_url).ok()?;
    let name = origin.domain()?.to_owned();
    let house = WebauthnBuilder::new(&name, &origin).ok()?.rp_name(&room.staff_rules.brand);
    house.timeout(Duration::from_millis(ANSWER.millis().unsigned_abs())).build().ok()
}

fn challenge_place(session: &str) -> Place<'_> {
    Place { table: "passkey_challenge", column: "state", row: session }
}

const CORRUPT: Error = Error::Corrupt { table: "factor", column: "secret" };

fn written(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|_| CORRUPT)
}

impl Respond {
    /// What a browser is asked to make a passkey from, as JSON; nothing where there can be none.
    pub async fn passkey_to_make(&self, session: &StaffSession) -> Result<Option<String>> {
        let room = self.room();
        let Some(house) = relying_party(&room) else { return Ok(None) };
        let known = self.passkeys(&room, session.person.id).await?;
        if known.len() >= MOST {
            return Ok(None);
        }
        let (person, known) = (&session.person, known.iter().map(|(_, passkey)| passkey.cred_id().clone()).collect());
        let handle = Uuid::from_bytes(*person.id.as_bytes());
        let Ok((asked, state)) = house.start_passkey_registration(handle, &person.login, &person.name, Some(known))
        else {
            return Ok(None);
        };
        self.remember_asked(&room, (session, MAKE), written(&state)?).await?;
        Ok(serde_json::to_string(&asked).ok())
    }

    /// Takes a new passkey into use: every other session is over; with the first factor come recovery codes, shown this once.
    pub async fn make_passkey(
        &self,
        session: &StaffSession,
        answer: &str,
    ) -> Result<Option<(Signed, Vec<Zeroizing<String>>)>> {
        let room = self.room();
        let state = self.recall_asked(&room, (session, MAKE)).await?;
        let (Some(house), Some(state), Ok(answer)) = (relying_party(&room), state, serde_json::from_str(answer)) else {
            return Ok(None);
        };
        let Ok(passkey) = house.finish_passkey_registration(&answer, &state) else { return Ok(None) };
        let is_first = !self.has_second_factor(session.person.id).await?;
        let (codes, hashes) = if is_first { self.new_codes(&room).await? } else { (Vec::new(), Vec::new()) };
        let (person, session, secret) = (session.person.clone(), session.clone(), written(&passkey)?);
        let cookie = self
            .writer
            .act(move |tx| {
                let (room, session) = (Arc::clone(&room), session.clone());
                let (secret, hashes) = (secret.clone(), hashes.clone());
                Box::pin(async move {
                    let proven = Proven { factor: New::Passkey(&secret), hashes: &hashes };
                    take_into_use(tx, &room, (&session, &proven)).await
                })
            })
            .await?;
        Ok(cookie.map(|cookie| (Signed { cookie, person }, codes)))
    }

    /// What a browser is asked to sign with a passkey, as JSON; nothing for somebody who has none.
    pub async fn passkey_to_show(&self, session: &StaffSession) -> Result<Option<String>> {
        let room = self.room();
        let Some(house) = relying_party(&room) else { return Ok(None) };
        let known = self.passkeys(&room, session.person.id).await?;
        if known.is_empty() {
            return Ok(None);
        }
        let known: Vec<Passkey> = known.into_iter().map(|(_, passkey)| passkey).collect();
        let Ok((asked, state)) = house.start_passkey_authentication(&known) else { return Ok(None) };
        self.remember_asked(&room, (session, SHOW), written(&state)?).await?;
        Ok(serde_json::to_string(&asked).ok())
    }

    /// Looks at what a browser signed, at sign-in or to show the factor afresh. The session gets a new cookie (SES-03).
    pub async fn passkey_shown(&self, session: &StaffSession, answer: &str) -> Result<Second> {
        let room = self.room();
        let state = self.recall_asked(&room, (session, SHOW)).await?;
        let (Some(house), Some(state), Ok(answer)) = (relying_party(&room), state, serde_json::from_str(answer)) else {
            return self.second_wrong(session).await;
        };
        let shown = match house.finish_passkey_authentication(&answer, &state) {
            Ok(shown) => shown,
            Err(error) => {
                self.passkey_refused(&room, (session, &error)).await?;
                return Ok(Second::Wrong);
            }
        };
        let known = self.passkeys(&room, session.person.id).await?;
        let Some((row, mut passkey)) = known.into_iter().find(|(_, passkey)| passkey.cred_id() == shown.cred_id())
        else {
            return self.second_wrong(session).await;
        };
        passkey.update_credential(&shown);
        let (asks, secret) = (session.clone(), written(&passkey)?);
        let cookie = self
            .writer
            .act(move |tx| {
                let (room, session, secret, id) = (Arc::clone(&room), asks.clone(), secret.clone(), row.id);
                Box::pin(async move {
                    let key = key_of(&room, &super::person(tx, session.person.id).await?)?;
                    let secret = key.seal(place(&id.to_string()), &secret, &*room.random);
                    let_in(tx, &room, (&session, &Found::Passkey(id, secret))).await
                })
            })
            .await?;
        match cookie {
            Some(cookie) => {
                let signed = Signed { cookie, person: session.person.clone() };
                Ok(Second::In { signed, by_recovery: false })
            }
            None => self.second_wrong(session).await,
        }
    }

    /// A counter that went back means that somebody may have a copy: it stands in the trail by that name.
    async fn passkey_refused(&self, room: &Room, (session, error): (&StaffSession, &WebauthnError)) -> Result<()> {
        let action = match error {
            WebauthnError::CredentialPossibleCompromise => "staff.passkey-copied",
            _ => "staff.passkey",
        };
        if action == "staff.passkey-copied" {
            tracing::warn!(person = %session.person.id, "the counter of a passkey went back: there may be a copy");
        }
        let id = session.person.id;
        let entry = Entry::done(room.now(), Actor::Staff(id.to_string()), action, format!("person:{id}"));
        self.note(Entry { outcome: Outcome::Refused, ..entry }).await
    }

    async fn passkeys(&self, room: &Room, id: Id<of::Person>) -> Result<Vec<(FactorRow, Passkey)>> {
        let mut tx = self.db.read().await?;
        let key = key_of(room, &person(&mut tx, id).await?)?;
        let rows = factors::of_person(&mut tx, id).await?;
        drop(tx);
        let mut known = Vec::new();
        for row in rows.into_iter().filter(|row| row.kind == "passkey") {
            let passkey = serde_json::from_slice(&unseal(&key, &row)?).map_err(|_| CORRUPT)?;
            known.push((row, passkey));
        }
        Ok(known)
    }

    async fn remember_asked(
        &self,
        room: &Arc<Room>,
        (of, what): (&StaffSession, &'static str),
        state: Vec<u8>,
    ) -> Result<()> {
        let (room, digest, id) = (Arc::clone(room), of.digest.clone(), of.person.id);
        self.writer
            .act(move |tx| {
                let (room, digest, state) = (Arc::clone(&room), digest.clone(), state.clone());
                Box::pin(async move {
                    let key = key_of(&room, &person(tx, id).await?)?;
                    let sealed = key.seal(challenge_place(&digest), &state, &*room.random);
                    challenges::put(tx, (&digest, what), (&sealed, room.now().plus(ANSWER))).await
                })
            })
            .await
    }

    /// What this session was asked, once.
    async fn recall_asked<T: DeserializeOwned>(
        &self,
        room: &Arc<Room>,
        (of, what): (&StaffSession, &'static str),
    ) -> Result<Option<T>> {
        let (room, digest, id) = (Arc::clone(room), of.digest.clone(), of.person.id);
        let state = self
            .writer
            .act(move |tx| {
                let (room, digest) = (Arc::clone(&room), digest.clone());
                Box::pin(async move {
                    let Some(sealed) = challenges::take(tx, (&digest, what), room.now()).await? else {
                        return Ok(None);
                    };
                    let key = key_of(&room, &person(tx, id).await?)?;
                    key.open(challenge_place(&digest), &sealed).map(Some).map_err(|_| CORRUPT)
                })
            })
            .await?;
        Ok(state.and_then(|state| serde_json::from_slice(&state).ok()))
    }
}
