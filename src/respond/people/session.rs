//! Sessions of people: begun after the password, whole after the second factor, over by rest, by age, by any change.

use std::sync::Arc;

use super::{Person, Rules, State, letters, open, person};
use crate::access::{Role, Roles, StaffToken, digest_of};
use crate::audit::{Actor, Entry};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::{Respond, Room, Used, record};
use crate::store::staff_sessions::{self, SessionRow};
use crate::store::{Result, Tx, people};
use crate::time::{Span, Timestamp};

/// From the password to the second factor.
const HALF: Span = Span::from_minutes(10);
/// Sessions of one person (SES-06).
const MOST: usize = 5;
/// A use is written down again only after this long: a page is many requests.
const WRITTEN: Span = Span::from_minutes(1);
/// The longest that any session lasts.
pub const LONGEST: Span = Span::from_minutes(24 * 60);

/// How far somebody has signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Half,
    Full,
}

impl Stage {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Half => "half",
            Self::Full => "full",
        }
    }
}

/// What somebody showed beside the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A code of an authenticator app.
    Code,
    RecoveryCode,
    Passkey,
    /// Two factors at an issuer, by its own word.
    Issuer,
    /// The same with a passkey, by the values of the settings.
    IssuerPasskey,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::RecoveryCode => "recovery-code",
            Self::Passkey => "passkey",
            Self::Issuer => "issuer",
            Self::IssuerPasskey => "issuer-passkey",
        }
    }
}

/// A session that is good now. Not `Debug`: it holds a login and a name.
#[derive(Clone)]
pub struct StaffSession {
    pub digest: String,
    pub person: Person,
    pub stage: Stage,
    /// When a second factor was shown last.
    pub factor_at: Option<Timestamp>,
    /// Whether it was a passkey, which no page of somebody else can ask for.
    pub by_passkey: bool,
    pub created: Timestamp,
    pub used: Timestamp,
}

impl StaffSession {
    /// The roles that count in this session: those of admins and approvers need a passkey, unless the operator has said
    /// otherwise (ID-07).
    pub fn roles(&self, rules: &Rules) -> Roles {
        let counts = |role: &Role| match role {
            Role::Admin | Role::Approver => self.by_passkey || rules.codes_for_admins,
            Role::Viewer | Role::Responder | Role::Auditor => true,
        };
        self.person.roles.iter().filter(counts).collect()
    }
}

/// Somebody signed in, with the text of their new cookie.
pub struct Signed {
    pub cookie: StaffToken,
    pub person: Person,
}

/// Whether a passkey was shown for a session, here or at an issuer.
pub fn is_by_passkey(row: &SessionRow) -> bool {
    let passkeys = [Kind::Passkey, Kind::IssuerPasskey].map(Kind::as_str);
    row.factor.as_deref().is_some_and(|factor| passkeys.contains(&factor))
}

/// Whether a session is good for a person of these roles (SES-02).
pub fn is_good(row: &SessionRow, roles: &Roles, now: Timestamp) -> bool {
    let (idle, absolute) = if row.stage == Stage::Full.as_str() { roles.session_limits() } else { (HALF, HALF) };
    now.since(row.used) <= idle && now.since(row.created) <= absolute
}

/// What a new session begins with.
pub struct Begins {
    /// The second factor that was shown; without, it is half a session.
    pub shown: Option<Kind>,
    /// When, if that is known: without, it counts as fresh for nothing.
    pub factor_at: Option<Timestamp>,
    /// When the whole session began whose place it takes: it lasts no longer than that one would have (SES-02).
    pub since: Option<Timestamp>,
}

/// Begins a session, whole with the second factor that was shown now and half without, and gives the text of its cookie; ends
/// the oldest beyond the most there may be.
pub async fn begin(
    tx: &mut Tx,
    room: &Room,
    (person, shown): (Id<of::Person>, Option<Kind>),
) -> Result<(StaffToken, Vec<Entry>)> {
    let factor_at = shown.map(|_| room.now());
    begin_with(tx, room, (person, &Begins { shown, factor_at, since: None })).await
}

/// The same in place of one that somebody was signed in with: a whole one hands on when it began.
pub(super) async fn go_on(
    tx: &mut Tx,
    room: &Room,
    (before, shown): (&StaffSession, Kind),
) -> Result<(StaffToken, Vec<Entry>)> {
    let since = (before.stage == Stage::Full).then_some(before.created);
    let begins = Begins { shown: Some(shown), factor_at: Some(room.now()), since };
    begin_with(tx, room, (before.person.id, &begins)).await
}

/// The same with a second factor that may have been shown somewhere else.
pub async fn begin_with(
    tx: &mut Tx,
    room: &Room,
    (person, begins): (Id<of::Person>, &Begins),
) -> Result<(StaffToken, Vec<Entry>)> {
    let (cookie, now) = (StaffToken::new(&*room.random), room.now());
    let stage = if begins.shown.is_some() { Stage::Full } else { Stage::Half };
    let row = SessionRow {
        digest: digest_of(cookie.reveal()),
        person,
        stage: stage.as_str().to_owned(),
        created: begins.since.unwrap_or(now),
        used: now,
        factor_at: begins.factor_at,
        factor: begins.shown.map(|kind| kind.as_str().to_owned()),
        guesses: 0,
    };
    staff_sessions::insert(tx, &row).await?;
    let sessions = staff_sessions::of_person(tx, person).await?;
    let full: Vec<&SessionRow> = sessions.iter().filter(|session| session.stage == Stage::Full.as_str()).collect();
    let too_many = full.len().saturating_sub(MOST);
    if too_many > 0 {
        letters::tell(tx, room, (person, Told::SessionEnded)).await?;
    }
    let mut entries = Vec::new();
    for oldest in full.iter().take(too_many) {
        staff_sessions::end(tx, &oldest.digest).await?;
        entries.push(Entry::done(
            now,
            Actor::Staff(person.to_string()),
            "session.end-oldest",
            format!("person:{person}"),
        ));
    }
    Ok((cookie, entries))
}

impl Respond {
    /// The session of a cookie, while it is good and its person is not disabled; notes that a person uses it.
    pub async fn staff_session(&self, cookie: &str, by: Used) -> Result<Option<StaffSession>> {
        let (digest, room) = (digest_of(cookie), self.room());
        let now = room.now();
        let mut tx = self.db.read().await?;
        let Some(row) = staff_sessions::find(&mut tx, &digest).await? else { return Ok(None) };
        let Some(person) = people::by_id(&mut tx, row.person).await? else { return Ok(None) };
        drop(tx);
        let person = open(&room, &person)?;
        let stage = if row.stage == Stage::Full.as_str() { Stage::Full } else { Stage::Half };
        let fits = match (person.state, stage) {
            (State::Disabled, _) | (State::Invited, Stage::Full) => false,
            (State::Invited, Stage::Half) | (State::Active, _) => true,
        };
        if !fits || !is_good(&row, &person.roles, now) {
            return Ok(None);
        }
        let fine = person.roles.session_limits().0.millis() / 30;
        let by_person = by == Used::ByPerson;
        if by_person && (now.since(row.used) >= WRITTEN || now.since(row.used).millis() >= fine) {
            let digest = digest.clone();
            self.writer
                .act(move |tx| {
                    let digest = digest.clone();
                    Box::pin(async move { staff_sessions::touch(tx, &digest, now).await })
                })
                .await?;
        }
        let by_passkey = is_by_passkey(&row);
        let (factor_at, created, used) = (row.factor_at, row.created, row.used);
        Ok(Some(StaffSession { digest, person, stage, factor_at, by_passkey, created, used }))
    }

    /// Ends one session by the person's own wish.
    pub async fn end_staff_session(&self, session: &StaffSession) -> Result<()> {
        let (digest, id, now) = (session.digest.clone(), session.person.id, self.room().now());
        self.writer
            .act(move |tx| {
                let digest = digest.clone();
                Box::pin(async move {
                    staff_sessions::end(tx, &digest).await?;
                    let who = Actor::Staff(id.to_string());
                    record(tx, &[Entry::done(now, who, "staff.sign-out", format!("person:{id}"))]).await
                })
            })
            .await
    }

    /// Ends every session of a person but this one; how many there were.
    pub async fn end_other_sessions(&self, session: &StaffSession) -> Result<u64> {
        let (digest, id, room) = (session.digest.clone(), session.person.id, self.room());
        self.writer
            .act(move |tx| {
                let (digest, room) = (digest.clone(), Arc::clone(&room));
                Box::pin(async move {
                    let ended = staff_sessions::end_others(tx, id, &digest).await?;
                    let who = Actor::Staff(id.to_string());
                    let entry = Entry::done(room.now(), who, "session.end-others", format!("person:{id}"));
                    record(tx, &[entry.with("count", ended)]).await?;
                    Ok(ended)
                })
            })
            .await
    }

    /// The full sessions of a person that are good, the oldest first.
    pub async fn sessions_of(&self, id: Id<of::Person>) -> Result<Vec<SessionRow>> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let person = open(&room, &person(&mut tx, id).await?)?;
        let rows = staff_sessions::of_person(&mut tx, id).await?;
        let full = rows.into_iter().filter(|row| row.stage == Stage::Full.as_str());
        Ok(full.filter(|row| is_good(row, &person.roles, room.now())).collect())
    }
}
