//! The second factor: codes of an authenticator app, recovery codes, and setting them up (ID-07, ID-08, ID-10, ID-13).

use std::sync::Arc;

use zeroize::Zeroizing;

use super::session::{self, Kind, Signed, StaffSession, Stage};
use super::{State, key_of, letters, open, person};
use crate::access::password::{self, Fit};
use crate::access::second::{Seed, read_recovery, recovery_codes};
use crate::audit::{Actor, Entry, Outcome};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::{Respond, Room, record};
use crate::seal::{DataKey, Place};
use crate::store::factors::{self, FactorRow};
use crate::store::{Error, Result, Tx, guesses, people, staff_sessions};
use crate::time::Span;

/// Guesses of one session, and of one person in a day (ID-13).
const OF_SESSION: i64 = 5;
const OF_DAY: i64 = 20;
const DAY: Span = Span::from_days(1);

/// What was typed for a second factor. Not `Debug`.
pub type Typed = Zeroizing<String>;

/// What became of a second factor.
pub enum Second {
    Wrong,
    /// Guessed too often: the session is over, or the day's guesses are.
    Over,
    /// Signed in whole; with a recovery code, a new factor should be set up.
    In {
        signed: Signed,
        by_recovery: bool,
    },
}

/// A seed that waits to be shown to work. Not `Debug`.
pub struct Enrolment {
    pub seed: Seed,
    /// What the picture holds.
    pub address: Zeroizing<String>,
}

pub(super) fn place(id: &str) -> Place<'_> {
    Place { table: "factor", column: "secret", row: id }
}

pub(super) fn unseal(key: &DataKey, factor: &FactorRow) -> Result<Vec<u8>> {
    key.open(place(&factor.id.to_string()), &factor.secret)
        .map_err(|_| Error::Corrupt { table: "factor", column: "secret" })
}

fn seed_of(key: &DataKey, factor: &FactorRow) -> Result<Seed> {
    Seed::from_bytes(&unseal(key, factor)?).ok_or(Error::Corrupt { table: "factor", column: "secret" })
}

/// Which factor the typed text is, and the step it uses up.
pub(super) enum Found {
    Step(Id<of::Factor>, i64),
    Recovery(Id<of::Factor>),
    /// With what is kept of it from now on.
    Passkey(Id<of::Factor>, Vec<u8>),
}

impl Respond {
    /// Whether a person has a second factor that was shown to work.
    pub async fn has_second_factor(&self, id: Id<of::Person>) -> Result<bool> {
        factors::has_second(&mut self.db.read().await?, id).await
    }

    /// Whether a session may set a factor up: half a one of somebody new, who has none, or a whole one; where there is a
    /// passkey, one that was begun with it (ID-21).
    pub async fn may_enrol(&self, session: &StaffSession) -> Result<bool> {
        may_enrol(&mut self.db.read().await?, session).await
    }

    /// Tries a second factor, at sign-in or to show one afresh. The session gets a new cookie when it fits (SES-03).
    pub async fn second_factor(&self, session: &StaffSession, typed: &Typed) -> Result<Second> {
        let room = self.room();
        let Some(factors) = self.count_second(&room, session).await? else { return Ok(Second::Over) };
        let Some(found) = self.find_second(&room, session, (factors, typed)).await? else {
            return self.second_wrong(session).await;
        };
        let by_recovery = matches!(found, Found::Recovery(_));
        let (found, asks) = (Arc::new(found), session.clone());
        let cookie = self
            .writer
            .act(move |tx| {
                let (room, session, found) = (Arc::clone(&room), asks.clone(), Arc::clone(&found));
                Box::pin(async move { let_in(tx, &room, (&session, &found)).await })
            })
            .await?;
        match cookie {
            Some(cookie) => Ok(Second::In { signed: Signed { cookie, person: session.person.clone() }, by_recovery }),
            // Somebody else was first with the same code, or the session ended meanwhile.
            None => self.second_wrong(session).await,
        }
    }

    /// What did not fit stands in the trail each time (AUD-01).
    pub(super) async fn second_wrong(&self, session: &StaffSession) -> Result<Second> {
        let (now, id) = (self.room().now(), session.person.id);
        let who = Actor::Staff(id.to_string());
        let entry = Entry::done(now, who, "staff.second-factor", format!("person:{id}"));
        self.note(Entry { outcome: Outcome::Refused, ..entry }).await?;
        Ok(Second::Wrong)
    }

    /// Counts a guess before it is looked at; the person's factors while there are guesses left.
    async fn count_second(&self, room: &Arc<Room>, session: &StaffSession) -> Result<Option<Vec<FactorRow>>> {
        let (room, session) = (Arc::clone(room), session.clone());
        self.writer
            .act(move |tx| {
                let (room, session) = (Arc::clone(&room), session.clone());
                Box::pin(async move {
                    let (now, id) = (room.now(), session.person.id);
                    let row = person(tx, id).await?;
                    let over = |why| {
                        let entry = Entry::done(now, Actor::Staff(id.to_string()), "staff.second-factor", why);
                        Entry { outcome: Outcome::Refused, ..entry }
                    };
                    if !staff_sessions::guessed(tx, &session.digest, OF_SESSION).await? {
                        staff_sessions::end(tx, &session.digest).await?;
                        record(tx, &[over("guesses:session".to_owned())]).await?;
                        return Ok(None);
                    }
                    let what = format!("second {id}");
                    let before = guesses::find(tx, &what).await?.filter(|count| count.begun >= now.minus(DAY));
                    if before.is_some_and(|count| count.failures >= OF_DAY) {
                        record(tx, &[over("guesses:day".to_owned())]).await?;
                        return Ok(None);
                    }
                    guesses::count(tx, (&what, &row.login_digest), (now, now.minus(DAY))).await?;
                    if before.is_some_and(|count| count.failures + 1 == OF_DAY) {
                        letters::tell(tx, &room, (id, Told::Guessed)).await?;
                        record(tx, &[over("guesses:day".to_owned())]).await?;
                    }
                    Ok(Some(factors::of_person(tx, id).await?))
                })
            })
            .await
    }

    async fn find_second(
        &self,
        room: &Arc<Room>,
        session: &StaffSession,
        (factors, typed): (Vec<FactorRow>, &Typed),
    ) -> Result<Option<Found>> {
        let mut tx = self.db.read().await?;
        let key = key_of(room, &person(&mut tx, session.person.id).await?)?;
        drop(tx);
        if let Some((slot, code)) = read_recovery(typed) {
            let unused =
                |factor: &&FactorRow| factor.kind == "recovery" && factor.slot == slot && factor.used.is_none();
            let Some(factor) = factors.iter().find(unused) else { return Ok(None) };
            let stored = String::from_utf8(unseal(&key, factor)?)
                .map_err(|_| Error::Corrupt { table: "factor", column: "secret" })?;
            let (room, id) = (Arc::clone(room), factor.id);
            let sum = move || password::fits(&code, &stored, (room.staff_rules.cost, &room.keys.peppers));
            let right = self.hashing.run(sum).await? != Fit::Wrong;
            return Ok(right.then_some(Found::Recovery(id)));
        }
        for factor in factors.iter().filter(|factor| factor.kind == "totp" && factor.confirmed.is_some()) {
            let seed = seed_of(&key, factor)?;
            if let Some(step) = seed.step_of(typed, (room.now(), factor.last_step)) {
                return Ok(Some(Found::Step(factor.id, step)));
            }
        }
        Ok(None)
    }

    /// A seed to put into an authenticator app; the same one in this session until it is shown to work, and never one that
    /// another session was shown.
    pub async fn enrolment(&self, session: &StaffSession, house: &str) -> Result<Enrolment> {
        let (room, id, digest) = (self.room(), session.person.id, session.digest.clone());
        let seed = self
            .writer
            .act(move |tx| {
                let (room, digest) = (Arc::clone(&room), digest.clone());
                Box::pin(async move {
                    let key = key_of(&room, &person(tx, id).await?)?;
                    factors::forget_left(tx, id).await?;
                    if let Some(waits) = factors::of_person(tx, id).await?.iter().find(|factor| waits(factor, &digest))
                    {
                        return seed_of(&key, waits);
                    }
                    let seed = Seed::new(&*room.random);
                    let mut factor = factor(&room, (id, "totp"), 0);
                    factor.session = Some(digest);
                    factor.secret = key.seal(place(&factor.id.to_string()), seed.as_bytes(), &*room.random);
                    factors::insert(tx, &factor).await?;
                    Ok(seed)
                })
            })
            .await?;
        let address = seed.address((house, &session.person.login));
        Ok(Enrolment { seed, address })
    }

    /// Takes the seed that waits into use when the code shows that the app has it: the person is active, every other session
    /// is over, and there are new recovery codes, shown this once.
    pub async fn enrol(
        &self,
        session: &StaffSession,
        typed: &Typed,
    ) -> Result<Option<(Signed, Vec<Zeroizing<String>>)>> {
        let room = self.room();
        let Some(factors) = self.count_second(&room, session).await? else { return Ok(None) };
        let mut tx = self.db.read().await?;
        let key = key_of(&room, &person(&mut tx, session.person.id).await?)?;
        drop(tx);
        let Some(waits) = factors.iter().find(|factor| waits(factor, &session.digest)) else { return Ok(None) };
        let Some(step) = seed_of(&key, waits)?.step_of(typed, (room.now(), 0)) else { return Ok(None) };
        let (codes, hashes) = self.new_codes(&room).await?;
        let (person, session, id) = (session.person.clone(), session.clone(), waits.id);
        let cookie = self
            .writer
            .act(move |tx| {
                let (room, session, hashes) = (Arc::clone(&room), session.clone(), hashes.clone());
                Box::pin(async move {
                    let proven = Proven { factor: New::Seed(id, step), hashes: &hashes };
                    take_into_use(tx, &room, (&session, &proven)).await
                })
            })
            .await?;
        Ok(cookie.map(|cookie| (Signed { cookie, person }, codes)))
    }

    /// Ten recovery codes, and what is kept of them.
    pub(super) async fn new_codes(&self, room: &Arc<Room>) -> Result<(Vec<Zeroizing<String>>, Vec<(i64, String)>)> {
        let codes = recovery_codes(&*room.random);
        let texts: Vec<_> = codes.iter().filter_map(|code| read_recovery(code)).collect();
        let made_in = Arc::clone(room);
        let hash_all = move || {
            let with = (made_in.staff_rules.cost, &made_in.keys.peppers);
            let hash = |(slot, text): &(i64, Zeroizing<String>)| (*slot, password::hash(text, with, &*made_in.random));
            texts.iter().map(hash).collect()
        };
        let hashes = self.hashing.run(hash_all).await?;
        Ok((codes, hashes))
    }
}

pub(super) fn factor(room: &Room, (person, kind): (Id<of::Person>, &str), slot: i64) -> FactorRow {
    let now = room.now();
    FactorRow {
        id: Id::new(now, &*room.random),
        person,
        kind: kind.to_owned(),
        slot,
        secret: Vec::new(),
        created: now,
        confirmed: None,
        last_step: 0,
        used: None,
        session: None,
    }
}

/// Whether a factor is the seed that waits in this session.
fn waits(factor: &FactorRow, session: &str) -> bool {
    factor.kind == "totp" && factor.confirmed.is_none() && factor.session.as_deref() == Some(session)
}

async fn may_enrol(tx: &mut Tx, session: &StaffSession) -> Result<bool> {
    let held = factors::of_person(tx, session.person.id).await?;
    Ok(match session.stage {
        Stage::Half => {
            let row = person(tx, session.person.id).await?;
            row.state == State::Invited.as_str() && !held.iter().any(FactorRow::is_second)
        }
        Stage::Full => session.by_passkey || !held.iter().any(FactorRow::is_passkey),
    })
}

pub(super) async fn let_in(
    tx: &mut Tx,
    room: &Room,
    (session, found): (&StaffSession, &Found),
) -> Result<Option<crate::access::StaffToken>> {
    let (now, id) = (room.now(), session.person.id);
    // Slow sums lie between: whatever ended the session meanwhile comes first, and nothing is used up.
    if staff_sessions::find(tx, &session.digest).await?.is_none() {
        return Ok(None);
    }
    let (is_first, by) = match found {
        Found::Step(factor, step) => (factors::advance(tx, *factor, (*step, now)).await?, Kind::Code),
        Found::Recovery(factor) => (factors::use_up(tx, *factor, now).await?, Kind::RecoveryCode),
        Found::Passkey(factor, secret) => {
            factors::change(tx, *factor, (secret, now)).await?;
            (true, Kind::Passkey)
        }
    };
    if !is_first || !staff_sessions::end(tx, &session.digest).await? {
        return Ok(None);
    }
    // Only what was guessed wrong counts for the day.
    guesses::uncount(tx, &format!("second {id}")).await?;
    let (cookie, mut entries) = session::go_on(tx, room, (session, by)).await?;
    if by == Kind::RecoveryCode {
        letters::tell(tx, room, (id, Told::RecoveryUsed)).await?;
    }
    let action = match session.stage {
        Stage::Half => "staff.sign-in",
        Stage::Full => "staff.step-up",
    };
    let who = Actor::Staff(id.to_string());
    entries.push(Entry::done(now, who, action, "console".to_owned()).with("by", by.as_str()));
    record(tx, &entries).await?;
    Ok(Some(cookie))
}

/// A factor that was shown to work, with the hashes of new recovery codes; without, those there are stay.
pub(super) struct Proven<'a> {
    pub factor: New<'a>,
    pub hashes: &'a [(i64, String)],
}

/// What is taken into use.
pub(super) enum New<'a> {
    /// The seed that waits, in place of every other, and the step its code used up.
    Seed(Id<of::Factor>, i64),
    /// A passkey beside the others.
    Passkey(&'a [u8]),
}

pub(super) async fn take_into_use(
    tx: &mut Tx,
    room: &Room,
    (session, proven): (&StaffSession, &Proven<'_>),
) -> Result<Option<crate::access::StaffToken>> {
    let (now, of) = (room.now(), &session.person);
    // Slow sums lie between: whatever ended the session or set another factor up meanwhile comes first.
    if !may_enrol(tx, session).await? || !staff_sessions::end(tx, &session.digest).await? {
        return Ok(None);
    }
    let row = person(tx, of.id).await?;
    let key = key_of(room, &row)?;
    let (id, kind) = match proven.factor {
        New::Seed(id, step) => {
            if !factors::confirm(tx, id, (step, now)).await? {
                return Ok(None);
            }
            factors::forget_others(tx, of.id, ("totp", id)).await?;
            (id, Kind::Code)
        }
        New::Passkey(secret) => {
            let mut passkey = factor(room, (of.id, "passkey"), 0);
            passkey.secret = key.seal(place(&passkey.id.to_string()), secret, &*room.random);
            passkey.confirmed = Some(now);
            factors::insert(tx, &passkey).await?;
            // What another session was shown is of no use to anybody.
            factors::forget_waiting(tx, of.id).await?;
            (passkey.id, Kind::Passkey)
        }
    };
    if !proven.hashes.is_empty() {
        factors::forget_others(tx, of.id, ("recovery", id)).await?;
    }
    for (slot, hash) in proven.hashes {
        let mut code = factor(room, (of.id, "recovery"), *slot);
        code.secret = key.seal(place(&code.id.to_string()), hash.as_bytes(), &*room.random);
        code.confirmed = Some(now);
        factors::insert(tx, &code).await?;
    }
    if open(room, &row)?.state == State::Invited {
        people::set_state(tx, of.id, (State::Active.as_str(), now)).await?;
    } else {
        letters::tell(tx, room, (of.id, Told::FactorChanged)).await?;
    }
    guesses::uncount(tx, &format!("second {}", of.id)).await?;
    staff_sessions::end_others(tx, of.id, "").await?;
    let (cookie, mut entries) = session::go_on(tx, room, (session, kind)).await?;
    let who = Actor::Staff(of.id.to_string());
    entries.push(Entry::done(now, who, "person.factor", format!("person:{}", of.id)).with("kind", kind.as_str()));
    record(tx, &entries).await?;
    Ok(Some(cookie))
}
