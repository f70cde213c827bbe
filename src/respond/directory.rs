//! The directory: which account owns which addresses, logins, devices, as keyed digests; and alerts about nobody known, which
//! wait until somebody, or the directory, says whose they are.

use std::sync::Arc;

use serde::Serialize;

use super::{Respond, Room, record};
use crate::audit::{Actor, Entry, Outcome};
use crate::id::{Id, of};
use crate::seal::Purpose;
use crate::store::aliases::{self, Alias};
use crate::store::{Result, Tx, directory, incidents};
use crate::time::Timestamp;

/// Rows that are listed.
const LISTED: i64 = 200;

/// A name of an account, in the space that alerts name it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// `identity`, `wallet`, `device`.
    pub space: &'static str,
    /// The vocabulary field.
    pub field: &'static str,
    /// Normal form.
    pub value: String,
}

/// What is to be known of one account.
#[derive(Debug, Clone)]
pub struct AccountNames {
    pub account: String,
    pub names: Vec<Name>,
    /// Names that are not the account's any more.
    pub gone: Vec<Name>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Learned {
    pub accounts: usize,
    /// Names that are new or lead elsewhere now.
    pub names: u64,
    pub gone: u64,
    /// Incidents about nobody known that have found their account.
    pub attached: u64,
    /// Those that did not, because the account has an open incident of its own.
    pub beside: u64,
}

/// An open incident about nobody known.
#[derive(Debug, Clone, Serialize)]
pub struct Unattributed {
    pub id: Id<of::Incident>,
    pub kind: String,
    pub level: i64,
    pub since: Timestamp,
}

/// What became of saying whom an incident is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attached {
    Done,
    /// It is closed, somebody's already, or there is none.
    NotNobodys,
    /// The account has this open incident.
    Beside(Id<of::Incident>),
}

fn digest(room: &Room, name: &Name) -> String {
    room.keys.digests.of(Purpose::Lookup, name.space, &name.value)
}

fn account_name(account: &str) -> Name {
    Name { space: "identity", field: "account", value: account.to_lowercase() }
}

async fn subject_of(tx: &mut Tx, room: &Room, account: &str) -> Result<(String, String)> {
    let own = digest(room, &account_name(account));
    let known = aliases::resolve_many(tx, std::slice::from_ref(&own)).await?;
    let subject = known.into_iter().next().map_or_else(|| own.clone(), |alias| alias.subject);
    Ok((own, subject))
}

async fn learn(tx: &mut Tx, room: &Room, entries: &[AccountNames]) -> Result<Learned> {
    let now = room.now();
    let mut learned = Learned { accounts: entries.len(), ..Learned::default() };
    for entry in entries {
        let (own, subject) = subject_of(tx, room, &entry.account).await?;
        let alias = |digest: String, field: &str| Alias {
            digest,
            subject: subject.clone(),
            field: field.to_owned(),
            created: now,
        };
        let mut names: Vec<Alias> = vec![alias(own, "account")];
        names.extend(entry.names.iter().map(|name| alias(digest(room, name), name.field)));
        // One name twice in one statement cannot be kept on PostgreSQL.
        names.sort_by(|one, other| one.digest.cmp(&other.digest));
        names.dedup_by(|one, other| one.digest == other.digest);
        let orphans: Vec<String> =
            names.iter().map(|name| name.digest.clone()).filter(|name| *name != subject).collect();
        // Before the names are known: an incident of nobody is one whose subject no name leads to.
        for orphan in incidents::open_for_subjects(tx, &orphans).await? {
            if directory::attach(tx, orphan.id, (&subject, now)).await? {
                learned.attached += 1;
            } else {
                learned.beside += 1;
            }
        }
        learned.names += directory::move_many(tx, &names).await?;
        if !entry.gone.is_empty() {
            let gone: Vec<String> = entry.gone.iter().map(|name| digest(room, name)).collect();
            learned.gone += directory::forget_many(tx, &subject, &gone).await?;
        }
    }
    Ok(learned)
}

/// Why an incident was not attached: the account has another open one, which is named when it is in sight.
async fn beside(tx: &mut Tx, (incident, subject): (Id<of::Incident>, &String)) -> Result<Attached> {
    if incidents::get(tx, incident).await?.is_none() {
        return Ok(Attached::NotNobodys);
    }
    for open in incidents::open_for_subjects(tx, std::slice::from_ref(subject)).await? {
        if open.id != incident && incidents::get(tx, open.id).await?.is_some() {
            return Ok(Attached::Beside(open.id));
        }
    }
    Ok(Attached::NotNobodys)
}

impl Respond {
    /// Learns whose names are whose; everything or nothing.
    pub async fn learn_names(&self, person: &str, entries: Vec<AccountNames>) -> Result<Learned> {
        let (room, person, entries) = (self.room(), person.to_owned(), Arc::new(entries));
        self.writer
            .act(move |tx| {
                let (room, person, entries) = (Arc::clone(&room), person.clone(), Arc::clone(&entries));
                Box::pin(async move {
                    let learned = learn(tx, &room, &entries).await?;
                    let entry =
                        Entry::done(room.now(), Actor::Staff(person), "directory.learn", "directory".to_owned())
                            .with("accounts", learned.accounts)
                            .with("names", learned.names)
                            .with("gone", learned.gone)
                            .with("attached", learned.attached);
                    record(tx, &[entry]).await?;
                    Ok(learned)
                })
            })
            .await
    }

    /// Open incidents about nobody known, the newest first.
    pub async fn unattributed(&self) -> Result<Vec<Unattributed>> {
        let mut tx = self.db.read().await?;
        let rows = directory::unattributed(&mut tx, LISTED).await?;
        let shown =
            |row: directory::Nobodys| Unattributed { id: row.id, kind: row.kind, level: row.level, since: row.created };
        Ok(rows.into_iter().map(shown).collect())
    }

    /// Says whom an incident about nobody known is about. A try that comes to nothing is on record too: its answer may tell
    /// that there is more than is in sight.
    pub async fn attach(&self, person: &str, incident: Id<of::Incident>, account: &str) -> Result<Attached> {
        let (room, person, account) = (self.room(), person.to_owned(), account.to_owned());
        self.writer
            .act(move |tx| {
                let (room, person, account) = (Arc::clone(&room), person.clone(), account.clone());
                Box::pin(async move {
                    let now = room.now();
                    let (own, subject) = subject_of(tx, &room, &account).await?;
                    let entry =
                        Entry::done(now, Actor::Staff(person), "incident.attach", format!("incident:{incident}"));
                    let found = incidents::get(tx, incident).await?;
                    let is_done = found.is_some() && directory::attach(tx, incident, (&subject, now)).await?;
                    let Some(before) = found.filter(|_| is_done).map(|row| row.subject) else {
                        let refused = beside(tx, (incident, &subject)).await?;
                        record(tx, &[Entry { outcome: Outcome::Refused, ..entry }]).await?;
                        return Ok(refused);
                    };
                    // What it was known by, such as a wallet, is the account's from now on.
                    let alias = |digest: String, field: &str| Alias {
                        digest,
                        subject: subject.clone(),
                        field: field.to_owned(),
                        created: now,
                    };
                    let names: Vec<Alias> = before
                        .into_iter()
                        .filter(|before| *before != own)
                        .map(|before| alias(before, "attached"))
                        .chain([alias(own.clone(), "account")])
                        .collect();
                    aliases::put_many(tx, &names).await?;
                    record(tx, &[entry]).await?;
                    Ok(Attached::Done)
                })
            })
            .await
    }
}
