//! Signing in through an issuer (ID-17, ID-18): a person is an issuer and a subject there, never an address. New people have
//! no role; what the issuer does not prove of two factors is asked for here.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use super::entering::enter;
use super::session::{Kind, Signed, StaffSession};
use super::{key_of, letters, person};
use crate::access::id_token::{IdToken, Proof};
use crate::access::{StaffToken, digest_of};
use crate::audit::{Actor, Entry, Outcome};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::{Respond, Room, record};
use crate::seal::{Place, Purpose};
use crate::store::federated::{self, FlowRow, IdentityRow};
use crate::store::people::PersonRow;
use crate::store::{Error, Result, Tx, factors, staff_sessions};
use crate::time::{Span, Timestamp};

/// From leaving for the issuer to coming back.
const AWAY: Span = Span::from_minutes(10);
/// How long ago somebody may have signed in at the issuer where it has to be them, now.
const FRESH: Span = Span::from_minutes(5);
/// Names that are tried for a new person, the last of which nobody else can have.
const NAMES: u8 = 3;

/// What somebody goes to an issuer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    SignIn,
    /// Signing in there anew, before the first factor here is set up.
    Fresh,
    /// Showing two factors afresh.
    StepUp,
    /// Being known here as who they are there.
    Link,
}

impl Errand {
    pub const ALL: [Self; 4] = [Self::SignIn, Self::Fresh, Self::StepUp, Self::Link];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Fresh => "fresh",
            Self::StepUp => "step-up",
            Self::Link => "link",
        }
    }

    /// How long ago the sign-in at the issuer may be.
    pub fn no_older(self) -> Option<Span> {
        match self {
            Self::SignIn => None,
            Self::Fresh | Self::StepUp | Self::Link => Some(FRESH),
        }
    }
}

/// A sign-in that was begun: what the browser keeps, and what the issuer is told. All of it follows from the cookie.
pub struct Begun {
    pub cookie: StaffToken,
    pub state: String,
    pub nonce: String,
    /// The S256 of the verifier (RFC 7636).
    pub challenge: String,
}

/// A sign-in from which somebody came back; there is no second time. Not `Debug`.
pub struct Flow {
    /// The issuer's address.
    pub issuer: String,
    pub errand: Errand,
    pub nonce: String,
    pub verifier: Zeroizing<String>,
    session: Option<String>,
}

/// What became of it.
pub enum Arrived {
    In(Signed),
    /// A second factor is asked for here, or the first one set up.
    Half {
        cookie: StaffToken,
        has_second: bool,
    },
    /// They have no second factor here, and may set one up only when they have just signed in there.
    Again,
    Linked,
    /// A word why, for the trail alone.
    Refused(&'static str),
}

/// Who a person is at one issuer.
#[derive(Clone)]
pub struct Identity {
    pub digest: String,
    /// The issuer's address.
    pub issuer: String,
    /// How they are known there, by the issuer's word alone; may be empty.
    pub contact: String,
    pub linked: Timestamp,
}

pub(super) struct Came {
    /// The name of the issuer in the settings.
    pub name: String,
    pub issuer: String,
    pub errand: Errand,
    pub session: Option<String>,
    /// Who it is at the issuer, as a digest.
    pub identity: String,
    pub token: IdToken,
}

impl Came {
    /// What the issuer proves beside the first factor.
    pub fn shown(&self) -> Option<Kind> {
        match self.token.proof {
            Proof::One => None,
            Proof::Two => Some(Kind::Issuer),
            Proof::Passkey => Some(Kind::IssuerPasskey),
        }
    }
}

pub(super) fn place(digest: &str) -> Place<'_> {
    Place { table: "federated_identity", column: "contact", row: digest }
}

fn verifier(room: &Room, cookie: &str) -> Zeroizing<String> {
    Zeroizing::new(room.keys.digests.of(Purpose::Federated, "verifier", cookie))
}

fn nonce(room: &Room, cookie: &str) -> String {
    room.keys.digests.of(Purpose::Federated, "nonce", cookie)
}

pub(super) fn refusal(room: &Room, (issuer, why): (&str, &'static str)) -> Entry {
    let entry = Entry::done(room.now(), Actor::System, "staff.federated", format!("issuer:{issuer}"));
    Entry { outcome: Outcome::Refused, ..entry }.with("why", why)
}

impl Respond {
    /// Begins a sign-in at an issuer; its session is the one that it is begun in, where somebody is signed in.
    pub async fn begin_federated(
        &self,
        (name, issuer): (&str, &str),
        errand: Errand,
        session: Option<&StaffSession>,
    ) -> Result<Begun> {
        let room = self.room();
        let cookie = StaffToken::new(&*room.random);
        let text = cookie.reveal();
        let begun = Begun {
            state: room.keys.digests.of(Purpose::Federated, "state", text),
            nonce: nonce(&room, text),
            challenge: BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier(&room, text).as_bytes())),
            cookie,
        };
        let digest = digest_of(begun.cookie.reveal());
        let who = session.map_or(Actor::System, |session| Actor::Staff(session.person.id.to_string()));
        let entry = Entry::done(room.now(), who, "staff.federated-begin", format!("issuer:{name}"));
        let entry = entry.with("for", errand.as_str());
        let flow = Arc::new(FlowRow {
            issuer: issuer.to_owned(),
            purpose: errand.as_str().to_owned(),
            session: session.map(|session| session.digest.clone()),
        });
        self.writer
            .act(move |tx| {
                let (room, digest, flow, entry) = (Arc::clone(&room), digest.clone(), Arc::clone(&flow), entry.clone());
                Box::pin(async move {
                    federated::begin(tx, (&digest, &flow), room.now().plus(AWAY)).await?;
                    record(tx, &[entry]).await
                })
            })
            .await?;
        Ok(begun)
    }

    /// The sign-in of a browser that came back with this state, once. One with another state uses nothing up: a page of
    /// somebody else could have sent it.
    pub async fn federated_flow(&self, cookie: &str, state: &str) -> Result<Option<Flow>> {
        let room = self.room();
        if !room.keys.digests.fits(Purpose::Federated, ("state", cookie), state) {
            return Ok(None);
        }
        let (digest, now) = (digest_of(cookie), room.now());
        let row = self
            .writer
            .act(move |tx| {
                let digest = digest.clone();
                Box::pin(async move { federated::take(tx, &digest, now).await })
            })
            .await?;
        let Some(row) = row else { return Ok(None) };
        let errand = Errand::ALL.into_iter().find(|errand| errand.as_str() == row.purpose);
        Ok(Some(Flow {
            errand: errand.ok_or(Error::Corrupt { table: "federated_flow", column: "purpose" })?,
            issuer: row.issuer,
            session: row.session,
            nonce: nonce(&room, cookie),
            verifier: verifier(&room, cookie),
        }))
    }

    /// Notes that somebody who came back from an issuer was refused; it names nobody.
    pub async fn federated_refused(&self, issuer: &str, why: &'static str) -> Result<()> {
        self.note(refusal(&self.room(), (issuer, why))).await
    }

    /// Lets somebody in, or on, who came back with a good token of an issuer of this name.
    pub async fn arrive(&self, name: &str, flow: Flow, token: IdToken) -> Result<Arrived> {
        let room = self.room();
        let who = format!("{}\n{}", flow.issuer, token.subject);
        let came = Arc::new(Came {
            name: name.to_owned(),
            identity: room.keys.digests.of(Purpose::Federated, "subject", &who),
            issuer: flow.issuer,
            errand: flow.errand,
            session: flow.session,
            token,
        });
        let mut attempt = 0;
        loop {
            let (room, came) = (Arc::clone(&room), Arc::clone(&came));
            let arrived = self
                .writer
                .act(move |tx| {
                    let (room, came) = (Arc::clone(&room), Arc::clone(&came));
                    Box::pin(async move { enter(tx, &room, (&came, attempt)).await })
                })
                .await;
            attempt += 1;
            match arrived {
                // Somebody has the name already, or came by the same identity at the same time.
                Err(Error::Conflict { .. }) if attempt < NAMES => {}
                arrived => return arrived,
            }
        }
    }

    /// Who a person is at issuers.
    pub async fn identities_of(&self, id: Id<of::Person>) -> Result<Vec<Identity>> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let row = person(&mut tx, id).await?;
        identities(&mut tx, &room, &row).await
    }

    /// Forgets who a person is at one issuer, by their own wish; not the last way in of somebody without a password and a
    /// second factor here.
    pub async fn unlink_own(&self, session: &StaffSession, identity: &str) -> Result<bool> {
        let (room, session, identity) = (self.room(), session.clone(), identity.to_owned());
        self.writer
            .act(move |tx| {
                let (room, session, identity) = (Arc::clone(&room), session.clone(), identity.clone());
                Box::pin(async move {
                    let id = session.person.id;
                    let row = person(tx, id).await?;
                    let comes_alone = row.password.is_some() && factors::has_second(tx, id).await?;
                    let is_last = !comes_alone && federated::of_person(tx, id).await?.len() < 2;
                    if is_last || !federated::unlink(tx, id, &identity).await? {
                        return Ok(false);
                    }
                    staff_sessions::end_others(tx, id, &session.digest).await?;
                    letters::tell(tx, &room, (id, Told::IssuerUnlinked)).await?;
                    let who = Actor::Staff(id.to_string());
                    record(tx, &[Entry::done(room.now(), who, "person.unlink", format!("person:{id}"))]).await?;
                    Ok(true)
                })
            })
            .await
    }
}

pub(super) async fn identities(tx: &mut Tx, room: &Room, row: &PersonRow) -> Result<Vec<Identity>> {
    let key = key_of(room, row)?;
    let opened = |identity: IdentityRow| {
        let plain = key.open(place(&identity.digest), &identity.contact).ok();
        let contact = plain.and_then(|plain| String::from_utf8(plain).ok());
        Ok(Identity {
            contact: contact.ok_or(Error::Corrupt { table: "federated_identity", column: "contact" })?,
            digest: identity.digest,
            issuer: identity.issuer,
            linked: identity.linked,
        })
    };
    federated::of_person(tx, row.id).await?.into_iter().map(opened).collect()
}
