//! People on the staff: how they come, what proves them, what changes about them. What a role may do is `access`'s matter.

mod address;
mod change;
mod entering;
mod factor;
mod federated;
mod hashing;
mod joining;
mod letters;
mod own_password;
mod passkey;
mod passwords;
mod reset;
mod session;
mod sign_in;
#[cfg(test)]
mod tests;

pub use address::{Address, Addresses};
pub use change::{Change, Unchanged};
pub use factor::{Enrolment, Second, Typed};
pub use federated::{Arrived, Begun, Errand, Flow, Identity};
pub use hashing::Hashing;
pub use joining::{Joined, NewPerson, NotJoined};
pub use letters::AccountWords;
pub use own_password::NotChanged;
pub use passwords::{Breached, Rules, Unfit};
pub use reset::Forgotten;
pub use session::{Kind, Signed, StaffSession, Stage};
pub use sign_in::{SignIn, Tried};

pub(super) use letters::{open as open_letter, tell};

use std::collections::BTreeMap;

use super::{Respond, Room};
use crate::access::{Permission, Roles};
use crate::id::{Id, of};
use crate::seal::{DataKey, Place, Purpose};
use crate::store::people::PersonRow;
use crate::store::{
    Error, Result, Tx, account_letters, federated as issuers, guesses, invitations, passkey_challenges, people,
    staff_links, staff_sessions,
};
use crate::text::fold;
use crate::time::{Span, Timestamp};

/// Whether a person can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Has no second factor yet, perhaps no password.
    Invited,
    Active,
    Disabled,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    fn read(text: &str) -> Result<Self> {
        [Self::Invited, Self::Active, Self::Disabled]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(Error::Corrupt { table: "person", column: "state" })
    }
}

/// A person, opened. Not `Debug`: it holds a login and a name.
#[derive(Clone)]
pub struct Person {
    pub id: Id<of::Person>,
    pub login: String,
    pub name: String,
    pub roles: Roles,
    pub state: State,
    pub has_password: bool,
    pub created: Timestamp,
    /// An admin asked that this admin's second factor be taken away, and no other has agreed yet.
    pub reset_asked: bool,
    /// An admin asked that this one be an admin no more, and no other has agreed yet.
    pub demotion_asked: bool,
}

/// Somebody as the list of people shows them.
#[derive(Clone)]
pub struct Listed {
    pub person: Person,
    pub sessions: usize,
    /// Whether an invitation of theirs can still be used.
    pub invited: bool,
    /// Who they are at issuers.
    pub identities: Vec<Identity>,
}

/// The names that people go by, by their keys.
#[derive(Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// The name behind a key; a key that is nobody's is shown as it is.
    pub fn call<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }
}

impl Person {
    /// Whether they can sign in whole.
    pub fn is_active(&self) -> bool {
        self.state == State::Active
    }
}

fn place<'a>(column: &'a str, row: &'a str) -> Place<'a> {
    Place { table: "person", column, row }
}

/// The key under which everything of a person is sealed.
fn key_of(room: &Room, row: &PersonRow) -> Result<DataKey> {
    let corrupt = |_| Error::Corrupt { table: "person", column: "data_key" };
    room.keys.open_data_key(place("data_key", &row.id.to_string()), &row.data_key).map_err(corrupt)
}

/// A person as they are kept, opened.
pub(super) fn open(room: &Room, row: &PersonRow) -> Result<Person> {
    let key = key_of(room, row)?;
    let id = row.id.to_string();
    let text = |column: &'static str, sealed: &[u8]| {
        let plain = key.open(place(column, &id), sealed).ok().and_then(|plain| String::from_utf8(plain).ok());
        plain.ok_or(Error::Corrupt { table: "person", column })
    };
    Ok(Person {
        id: row.id,
        login: text("login", &row.login)?,
        name: text("name", &row.name)?,
        roles: match row.roles.as_str() {
            "" => Roles::none(),
            roles => roles.parse().map_err(|_| Error::Corrupt { table: "person", column: "roles" })?,
        },
        state: State::read(&row.state)?,
        has_password: row.password.is_some(),
        created: row.created,
        reset_asked: change::still_asked(room, row.reset_asked.as_ref()).is_some(),
        demotion_asked: change::still_asked(room, row.demotion_asked.as_ref()).is_some(),
    })
}

/// The digest that a login is found by: case does not matter, nor blanks around it.
fn login_digest(room: &Room, login: &str) -> String {
    room.keys.digests.of(Purpose::Lookup, "staff-login", &login.trim().to_lowercase())
}

fn name_digest(room: &Room, name: &str) -> String {
    room.keys.digests.of(Purpose::Lookup, "staff-name", fold(name).as_str())
}

/// Guesses at logins that nobody has are remembered this long.
const GUESSES: Span = Span::from_days(1);
/// Links that ended, and what letters were made from.
const LINKS: Span = Span::from_days(1);
const LETTERS: Span = Span::from_days(30);

/// Forgets sessions and links that are over and guesses at nobody.
pub(super) async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<()> {
    staff_sessions::sweep(tx, now.minus(session::LONGEST)).await?;
    passkey_challenges::sweep(tx, now).await?;
    staff_links::sweep(tx, now.minus(LINKS)).await?;
    account_letters::sweep(tx, now.minus(LETTERS)).await?;
    issuers::sweep(tx, now).await?;
    guesses::sweep(tx, now.minus(GUESSES)).await.map(drop)
}

async fn person(tx: &mut Tx, id: Id<of::Person>) -> Result<PersonRow> {
    people::by_id(tx, id).await?.ok_or(Error::Corrupt { table: "staff_session", column: "person" })
}

impl Respond {
    /// Whether anybody can sign in with a second factor, so that tokens open the console no more.
    pub async fn has_people(&self) -> Result<bool> {
        let mut tx = self.db.read().await?;
        Ok(people::active(&mut tx).await? > 0)
    }

    /// How many people there are, and how many of them can sign in whole.
    pub async fn head_count(&self) -> Result<(i64, i64)> {
        let mut tx = self.db.read().await?;
        Ok((people::count(&mut tx).await?, people::active(&mut tx).await?))
    }

    /// The keys of those who can take a case, in the order they came.
    pub(super) async fn who_take_cases(tx: &mut Tx) -> Result<Vec<String>> {
        let rows = people::list(tx).await?;
        let takes = |row: &PersonRow| {
            let roles = row.roles.parse::<Roles>().is_ok_and(|roles| roles.allow(Permission::ClaimIncident));
            roles && row.state == State::Active.as_str()
        };
        Ok(rows.iter().filter(|row| takes(row)).map(|row| row.id.to_string()).collect())
    }

    /// The id of somebody active, by their login.
    pub async fn active_by_login(&self, login: &str) -> Result<Option<Id<of::Person>>> {
        let digest = login_digest(&self.room(), login);
        let row = people::by_login(&mut self.db.read().await?, &digest).await?;
        Ok(row.filter(|row| row.state == State::Active.as_str()).map(|row| row.id))
    }

    /// The names that people go by, for those who read what others did.
    pub async fn names(&self) -> Result<Names> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let rows = people::list(&mut tx).await?;
        let named = rows.iter().map(|row| open(&room, row).map(|person| (person.id.to_string(), person.name)));
        named.collect::<Result<_>>().map(Names)
    }

    /// Everybody, in the order they came.
    pub async fn people(&self) -> Result<Vec<Listed>> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let invited = invitations::open(&mut tx, room.now()).await?;
        let mut listed = Vec::new();
        for row in people::list(&mut tx).await? {
            let person = open(&room, &row)?;
            let sessions = staff_sessions::of_person(&mut tx, row.id).await?;
            let full = sessions.iter().filter(|session| session::is_good(session, &person.roles, room.now()));
            let identities = federated::identities(&mut tx, &room, &row).await?;
            listed.push(Listed { sessions: full.count(), invited: invited.contains(&row.id), identities, person });
        }
        Ok(listed)
    }
}
