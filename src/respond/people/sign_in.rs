//! The first factor: login and password, with equal answers and equal work for every reason to refuse (ID-11, ID-12).

use std::sync::Arc;

use zeroize::Zeroizing;

use super::session;
use super::{Person, State, login_digest, open};
use crate::access::StaffToken;
use crate::access::password::{self, Fit, LONGEST_BYTES};
use crate::audit::{Actor, Entry, Outcome};
use crate::respond::{Respond, Room, record};
use crate::seal::Purpose;
use crate::store::guesses::{self, Guesses};
use crate::store::people::PersonRow;
use crate::store::{Result, Tx, people};
use crate::time::{Span, Timestamp};

/// Failures in a row before each costs a wait.
const FREE: i64 = 5;
/// The longest wait.
const LONGEST_WAIT: Span = Span::from_minutes(15);
/// Failures in a row after which the password is worth nothing until it is made anew.
const LOCKED: i64 = 100;
/// A count that is this old begins again; none of a person's does.
const EVER: Timestamp = Timestamp::from_millis(0);

/// A try to sign in. Not `Debug`.
#[derive(Clone)]
pub struct Tried {
    pub login: String,
    pub password: Zeroizing<String>,
    /// The device whose signed cookie came along; it has a bucket of its own.
    pub device: Option<String>,
}

/// What became of it.
pub enum SignIn {
    /// Whatever the reason.
    Refused,
    /// The password was right: the cookie of a half session, and whether there is a second factor to ask for.
    Half { cookie: StaffToken, person: Box<Person> },
}

/// Whether a guess is looked at now.
fn open_at(guesses: Option<Guesses>, now: Timestamp) -> bool {
    let Some(guesses) = guesses else { return true };
    if guesses.failures >= LOCKED {
        return false;
    }
    let doublings = u32::try_from(guesses.failures - FREE).unwrap_or(0).min(20);
    let wait = if guesses.failures < FREE { Span::ZERO } else { Span::from_seconds(1 << doublings).min(LONGEST_WAIT) };
    now.since(guesses.last) >= wait
}

/// What guesses at a password count against.
pub(super) struct Bucket {
    pub what: String,
    /// The digest of the login.
    pub login: String,
}

impl Respond {
    /// Tries a login with a password. A guess is counted before it is looked at, so that many at once count as many.
    pub async fn sign_in(&self, tried: Tried) -> Result<SignIn> {
        if tried.password.is_empty() || tried.password.len() > LONGEST_BYTES {
            return Ok(SignIn::Refused);
        }
        let room = self.room();
        let login = login_digest(&room, &tried.login);
        let of = format!("{login} {}", tried.device.as_deref().unwrap_or_default());
        let bucket = Arc::new(Bucket { what: room.keys.digests.of(Purpose::Lookup, "sign-in", &of), login });
        let (person, may) = self.count_guess(&room, &bucket).await?;
        let person = person.filter(is_on);
        let stored = person.as_ref().and_then(|person| person.password.clone());
        let known = stored.is_some();
        let stored = match stored {
            Some(stored) => stored,
            None => self.decoy().await?,
        };
        let (keys, cost) = (Arc::clone(&room.keys), room.staff_rules.cost);
        let given = tried.password.clone();
        let fit = self.hashing.run(move || password::fits(&given, &stored, (cost, &keys.peppers))).await?;
        let right = match fit {
            Fit::Wrong => false,
            Fit::Right | Fit::RightAndOld => known && may,
        };
        let Some(person) = person.filter(|_| right) else {
            self.refuse_sign_in(&room).await?;
            return Ok(SignIn::Refused);
        };
        let anew = if fit == Fit::RightAndOld { Some(self.hash(tried.password).await?) } else { None };
        self.let_half_in(&room, (bucket, person), anew).await
    }

    /// The hash of a password, made in its turn.
    pub(super) async fn hash(&self, password: Zeroizing<String>) -> Result<String> {
        let room = self.room();
        let sum = move || password::hash(&password, (room.staff_rules.cost, &room.keys.peppers), &*room.random);
        self.hashing.run(sum).await
    }

    /// The hash of a password that nobody has, made once.
    async fn decoy(&self) -> Result<String> {
        let made = self.decoy.get_or_try_init(|| self.hash(Zeroizing::new("nobody has this".to_owned()))).await?;
        Ok(made.clone())
    }

    /// Counts a guess at a password before it is looked at; whose it is, and whether it is looked at at all.
    pub(super) async fn count_guess(
        &self,
        room: &Arc<Room>,
        bucket: &Arc<Bucket>,
    ) -> Result<(Option<PersonRow>, bool)> {
        let (room, bucket) = (Arc::clone(room), Arc::clone(bucket));
        self.writer
            .act(move |tx| {
                let (room, bucket) = (Arc::clone(&room), Arc::clone(&bucket));
                Box::pin(async move {
                    let now = room.now();
                    let before = guesses::find(tx, &bucket.what).await?;
                    let may = open_at(before, now);
                    if may {
                        guesses::count(tx, (&bucket.what, &bucket.login), (now, EVER)).await?;
                    } else {
                        // The same write, to a bucket that nothing is asked of.
                        guesses::count(tx, ("waiting", ""), (now, EVER)).await?;
                    }
                    Ok((people::by_login(tx, &bucket.login).await?, may))
                })
            })
            .await
    }

    /// A refused sign-in names nobody: what was typed may be a password in the wrong field.
    async fn refuse_sign_in(&self, room: &Arc<Room>) -> Result<()> {
        let entry = Entry::done(room.now(), Actor::System, "staff.sign-in", "console".to_owned());
        self.note(Entry { outcome: Outcome::Refused, ..entry }).await
    }

    async fn let_half_in(
        &self,
        room: &Arc<Room>,
        (bucket, person): (Arc<Bucket>, PersonRow),
        anew: Option<String>,
    ) -> Result<SignIn> {
        let opened = open(room, &person)?;
        let (made_in, checked) = (Arc::clone(room), Arc::new(person));
        let cookie = self
            .writer
            .act(move |tx| {
                let (room, bucket) = (Arc::clone(&made_in), Arc::clone(&bucket));
                let (checked, anew) = (Arc::clone(&checked), anew.clone());
                Box::pin(async move { half(tx, &room, (&bucket, &checked, anew)).await })
            })
            .await?;
        let Some(cookie) = cookie else {
            self.refuse_sign_in(room).await?;
            return Ok(SignIn::Refused);
        };
        Ok(SignIn::Half { cookie, person: Box::new(opened) })
    }
}

fn is_on(row: &PersonRow) -> bool {
    row.state != State::Disabled.as_str()
}

async fn half(
    tx: &mut Tx,
    room: &Room,
    (bucket, checked, anew): (&Bucket, &PersonRow, Option<String>),
) -> Result<Option<StaffToken>> {
    let (now, id) = (room.now(), checked.id);
    // A slow sum lies between: somebody may have been switched off, or have another password by now.
    let still = super::person(tx, id).await?;
    if !is_on(&still) || still.password != checked.password {
        return Ok(None);
    }
    guesses::clear(tx, &bucket.what).await?;
    if let Some(anew) = anew {
        people::set_password(tx, id, (&anew, now)).await?;
    }
    let (cookie, mut entries) = session::begin(tx, room, (id, None)).await?;
    entries.push(Entry::done(now, Actor::Staff(id.to_string()), "staff.password", format!("person:{id}")));
    record(tx, &entries).await?;
    Ok(Some(cookie))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ID-12: five free, then 1, 2, 4 … seconds, at most a quarter of an hour; a hundred end it.
    #[test]
    fn waits_double_until_the_password_is_worth_nothing() {
        let last = Timestamp::from_millis(1_000_000);
        let wait = |failures| {
            let guesses = Guesses { failures, begun: last, last };
            (0..=1_000).find(|seconds| open_at(Some(guesses), last.plus(Span::from_seconds(*seconds))))
        };
        let waits: Vec<_> = [0, 4, 5, 6, 7, 8, 14, 15, 60, 99, 100].map(wait).into();
        assert_eq!(
            waits,
            [Some(0), Some(0), Some(1), Some(2), Some(4), Some(8), Some(512), Some(900), Some(900), Some(900), None]
        );
    }
}
