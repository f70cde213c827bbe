//! What staff can do from a chat: see what waits, say that they saw an alarm, ask how a case stands. Nothing else.
//!
//! Whoever writes in a chat has shown no second factor, so no case is taken, judged, ordered about or shown from there, and
//! the roles of approvers and admins do not count. `link` is how somebody in a chat comes to be known as a person.

mod link;

use std::sync::Arc;

pub use self::link::LinkCode;
use super::people::Person;
use super::{Respond, Room, alarms as bells, record};
use crate::access::{Code, Permission, Role, Roles};
use crate::audit::{Actor, Entry, Outcome};
use crate::id::{Id, of};
use crate::playbook::{Class, Words};
use crate::queue;
use crate::seal::Purpose;
use crate::store::alarms::{self, AlarmRow};
use crate::store::incidents::{self, State};
use crate::store::{Result, Sight, Tx, chats, circles, people};
use crate::time::Timestamp;

/// Alarms that are looked at, and those that are named in one answer.
const BELLS: i64 = 200;
const NAMED: usize = 5;

/// What somebody asks for.
#[derive(Clone)]
pub enum Ask {
    Help,
    /// What waits.
    Next,
    /// An alarm was seen: the one of this name, or the only one there is.
    Seen(Option<String>),
    /// How a case stands, by its reference.
    Case(String),
    /// This is me, by the code that the page of my account shows.
    Link(Code),
}

impl Ask {
    fn action(&self) -> &'static str {
        match self {
            Self::Help => "chat.help",
            Self::Next => "chat.next",
            Self::Seen(_) => "chat.seen",
            Self::Case(_) => "chat.case",
            Self::Link(_) => "chat.link",
        }
    }

    fn needs(&self) -> Option<Permission> {
        match self {
            Self::Help | Self::Link(_) => None,
            Self::Next => Some(Permission::ReadQueue),
            Self::Seen(_) => Some(Permission::ClaimIncident),
            Self::Case(_) => Some(Permission::ReadIncident),
        }
    }
}

/// One call from a chat, proved to be its bot's.
#[derive(Clone)]
pub struct Call {
    /// The chat's name in the settings.
    pub chat: String,
    /// Who it is there: organisation and user, as the chat names them.
    pub member: String,
    /// What makes it the same call: its signature, and its id where it has one.
    pub marks: Vec<String>,
    pub ask: Ask,
}

/// What is answered; nothing of a person but the name of a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Who asks is nobody that is known here.
    NotLinked,
    Linked,
    /// The code is not good, or not any more.
    NotThisCode,
    /// The roles that count in a chat do not allow it.
    NotYours,
    Help,
    Next {
        security: i64,
        routine: i64,
        first: Option<First>,
        /// Alarms that nobody has seen.
        unseen: usize,
    },
    Seen(String),
    /// Several ring; these are some of them, with their levels.
    Several(Vec<(String, i64)>),
    /// Nothing rings, or nothing of this name.
    Quiet,
    Case(Box<Standing>),
    NoCase,
}

/// The most urgent that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    pub level: i64,
    pub kind: Option<Words>,
    pub arrived: Timestamp,
}

/// How a case stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub reference: String,
    pub state: State,
    pub level: i64,
    pub kind: Option<Words>,
    pub arrived: Timestamp,
    /// The name of the colleague who has it in hand.
    pub holder: Option<String>,
    pub incident: Id<of::Incident>,
}

/// The roles that count where no second factor was shown (ID-07).
fn roles_in_chats(person: &Person) -> Roles {
    let counts = |role: &Role| match role {
        Role::Viewer | Role::Responder | Role::Auditor => true,
        Role::Approver | Role::Admin => false,
    };
    person.roles.iter().filter(counts).collect()
}

impl Respond {
    /// Does what a call asks for and says what to answer; nothing when the call came before. Whatever is done, and whatever
    /// somebody known was refused, is an audit entry.
    pub async fn chat(&self, call: Call) -> Result<Option<Told>> {
        let room = self.room();
        let told = self
            .writer
            .act(move |tx| {
                let (room, call) = (Arc::clone(&room), call.clone());
                Box::pin(async move { answer(tx, &room, &call).await })
            })
            .await?;
        if matches!(told, Some(Told::Seen(_))) {
            self.posted.notify_waiters();
        }
        Ok(told)
    }
}

async fn answer(tx: &mut Tx, room: &Room, call: &Call) -> Result<Option<Told>> {
    let now = room.now();
    let digest = |what, text: &str| room.keys.digests.of(Purpose::Lookup, what, text);
    for mark in &call.marks {
        if !chats::mark(tx, &digest("chat-call", &format!("{}\n{mark}", call.chat)), now).await? {
            return Ok(None);
        }
    }
    let member = digest("chat-member", &format!("{}\n{}", call.chat, call.member));
    if let Ask::Link(code) = &call.ask {
        return link::link(tx, room, (&call.chat, &member), code).await.map(Some);
    }
    let Some(id) = chats::person(tx, &call.chat, &member).await? else { return Ok(Some(Told::NotLinked)) };
    let entry = |outcome| {
        let done = Entry::done(now, Actor::Staff(id.to_string()), call.ask.action(), format!("chat:{}", call.chat));
        Entry { outcome, ..done }
    };
    let row = people::by_id(tx, id).await?;
    let person = row.map(|row| super::people::open(room, &row)).transpose()?;
    let Some(person) = person.filter(Person::is_active) else {
        record(tx, &[entry(Outcome::Refused)]).await?;
        return Ok(Some(Told::NotLinked));
    };
    if call.ask.needs().is_some_and(|needed| !roles_in_chats(&person).allow(needed)) {
        record(tx, &[entry(Outcome::Refused)]).await?;
        return Ok(Some(Told::NotYours));
    }
    // From here on the colleague looks, and not the house.
    tx.look_as(Sight::Person(id, now));
    let (told, done) = match &call.ask {
        Ask::Help | Ask::Link(_) => (Told::Help, None),
        Ask::Next => (next(tx, room).await?, None),
        Ask::Seen(name) => seen(tx, room, (name.as_deref(), &id.to_string())).await?,
        Ask::Case(reference) => case(tx, room, reference).await?,
    };
    let entries = match done {
        Some(Done::Entry(done)) => vec![done.with("chat", call.chat.as_str())],
        Some(Done::Looked(object)) => vec![Entry { object, ..entry(Outcome::Done) }.with("chat", call.chat.as_str())],
        None => vec![entry(Outcome::Done)],
    };
    record(tx, &entries).await?;
    Ok(Some(told))
}

/// What the trail is told beside who and where.
enum Done {
    Entry(Entry),
    /// What was looked at.
    Looked(String),
}

async fn next(tx: &mut Tx, room: &Room) -> Result<Told> {
    let first = incidents::page(tx, None, None, 1).await?.into_iter().next().map(|row| First {
        level: row.level,
        kind: title(room, &row.kind),
        arrived: row.arrived,
    });
    Ok(Told::Next {
        security: incidents::count_waiting(tx, queue::lane(Class::Security)).await?,
        routine: incidents::count_waiting(tx, queue::lane(Class::Routine)).await?,
        first,
        unseen: ringing(tx).await?.len(),
    })
}

fn title(room: &Room, kind: &str) -> Option<Words> {
    room.playbooks.kind(kind).map(|kind| kind.title.clone())
}

async fn ringing(tx: &mut Tx) -> Result<Vec<AlarmRow>> {
    let open = alarms::open(tx, BELLS).await?;
    Ok(open.into_iter().filter(|row| row.seen.is_none()).collect())
}

async fn seen(tx: &mut Tx, room: &Room, (name, by): (Option<&str>, &str)) -> Result<(Told, Option<Done>)> {
    let mut named = Vec::new();
    for row in ringing(tx).await? {
        let called = bells::called(tx, &row).await?;
        if name.is_none_or(|name| name.eq_ignore_ascii_case(&called)) {
            named.push((called, row));
        }
    }
    if named.len() > 1 && name.is_none() {
        let some = named.into_iter().take(NAMED).map(|(called, row)| (called, row.level));
        return Ok((Told::Several(some.collect()), None));
    }
    let Some((called, row)) = named.into_iter().next() else { return Ok((Told::Quiet, None)) };
    match bells::see(tx, room, (&row, by)).await? {
        Some(entry) => Ok((Told::Seen(called), Some(Done::Entry(entry)))),
        None => Ok((Told::Quiet, None)),
    }
}

async fn case(tx: &mut Tx, room: &Room, reference: &str) -> Result<(Told, Option<Done>)> {
    let reference = reference.to_uppercase();
    let Some(id) = circles::by_reference(tx, &reference).await? else { return Ok((Told::NoCase, None)) };
    let Some(row) = incidents::get(tx, id).await? else { return Ok((Told::NoCase, None)) };
    let holder = match (&row.holder, row.state) {
        (Some(holder), State::Held) => Some(name_of(tx, room, holder).await?),
        (_, State::Open | State::Held | State::Closed) => None,
    };
    let standing = Standing {
        reference,
        state: row.state,
        level: row.level,
        kind: title(room, &row.kind),
        arrived: row.arrived,
        holder,
        incident: row.id,
    };
    Ok((Told::Case(Box::new(standing)), Some(Done::Looked(format!("incident:{}", row.id)))))
}

/// The name behind a key; whose a token is, is shown as it is.
async fn name_of(tx: &mut Tx, room: &Room, holder: &str) -> Result<String> {
    let Ok(id) = holder.parse() else { return Ok(holder.to_owned()) };
    let row = people::by_id(tx, id).await?;
    let name = row.map(|row| super::people::open(room, &row)).transpose()?.map(|person| person.name);
    Ok(name.unwrap_or_else(|| holder.to_owned()))
}
