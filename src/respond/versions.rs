//! Versions of the playbooks as deeds: keeping a draft, publishing, rolling back, and what every process should run.

use serde::Serialize;

use super::{Respond, record};
use crate::audit::{Actor, Entry};
use crate::store::incidents;
use crate::store::versions::{self, VersionRow};
pub use crate::store::versions::{Content, Origin, State};
use crate::store::{Db, Result, Tx, instance};
use crate::time::Timestamp;

/// Where the wish to read the playbooks again is left for running processes.
const ASKED: &str = "playbooks-reload";

/// A version as it is listed.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    pub digest: String,
    /// `draft`, `published`, `retired`.
    pub state: &'static str,
    /// `command`, `folder`, `built-in`.
    pub origin: &'static str,
    pub note: Option<String>,
    pub kept: Timestamp,
    pub published: Option<Timestamp>,
    /// When a process last began to run it.
    pub ran: Option<Timestamp>,
    /// When its advice was taken back: steps that it gave are no longer shown.
    pub withdrawn: Option<Timestamp>,
    /// Whether it is what processes should run.
    pub in_force: bool,
    /// Incidents that are not closed and were judged by it.
    pub incidents: i64,
    /// Of these, in somebody's hands.
    pub held: i64,
}

/// Why a version was not changed, beside faults of the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotChanged {
    #[error("no version begins with {0:?}: `holdfast playbook versions` lists them")]
    Unknown(String),
    #[error("more than one version begins with {0:?}")]
    Ambiguous(String),
    #[error("{0} is published already")]
    Published(String),
    #[error("nothing is published, so there is nothing to roll back")]
    Nothing,
}

type Changed<T> = Result<std::result::Result<T, NotChanged>>;

/// What running processes look at every few seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The digest that is published.
    pub published: Option<String>,
    /// Changes when somebody asks for everything to be read again.
    asked: Option<String>,
}

/// What processes should run, and whether they were asked to read again.
pub async fn wanted(db: &Db) -> Result<Wanted> {
    let mut tx = db.read().await?;
    Ok(Wanted { published: versions::published(&mut tx).await?, asked: instance::get(&mut tx, ASKED).await? })
}

/// What a kept version was compiled from.
pub async fn content(db: &Db, digest: &str) -> Result<Option<Content>> {
    let mut tx = db.read().await?;
    versions::content(&mut tx, digest).await
}

/// What a rollback would publish again; nothing when the folder or the built-in set would take over.
pub async fn before(db: &Db) -> Result<Option<String>> {
    let mut tx = db.read().await?;
    versions::before(&mut tx).await
}

/// The one version whose digest begins so.
pub async fn find(db: &Db, prefix: &str) -> Changed<String> {
    let mut tx = db.read().await?;
    one(&mut tx, prefix).await
}

async fn one(tx: &mut Tx, prefix: &str) -> Changed<String> {
    let prefix = prefix.to_ascii_lowercase();
    let mut found = if prefix.is_empty() { Vec::new() } else { versions::by_prefix(tx, &prefix).await? };
    Ok(match (found.pop(), found.is_empty()) {
        (Some(version), true) => Ok(version.digest),
        (Some(_), false) => Err(NotChanged::Ambiguous(prefix)),
        (None, _) => Err(NotChanged::Unknown(prefix)),
    })
}

/// A set that was checked, on its way into the database.
#[derive(Clone)]
pub struct Kept {
    pub digest: String,
    pub content: Content,
    pub origin: Origin,
    pub note: Option<String>,
}

/// What becomes of the advice that versions gave which no longer run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Whoever was given it keeps it, in the words it was given in.
    Stands,
    /// It is no longer shown; a step that says something else now is marked as corrected.
    Withdrawn,
}

impl Respond {
    /// Keeps a checked set and says whether it was new.
    pub async fn keep_version(&self, kept: Kept) -> Result<bool> {
        let (room, packed) = (self.room(), versions::packed(&kept.content));
        self.writer
            .act(move |tx| {
                let (room, kept, packed) = (room.clone(), kept.clone(), packed.clone());
                Box::pin(async move {
                    let now = room.now();
                    let new = versions::keep(tx, &row(&kept, now), &packed).await?;
                    if new {
                        let entry = entry(now, "playbook.keep", &kept.digest).with("origin", kept.origin.as_str());
                        record(tx, &[entry]).await?;
                    }
                    Ok(new)
                })
            })
            .await
    }

    /// Notes that this process begins to run a version, which is kept from now on at the latest.
    pub async fn runs_version(&self, kept: Kept) -> Result<()> {
        let room = self.room();
        let ran = self
            .writer
            .act({
                let (room, digest) = (room.clone(), kept.digest.clone());
                move |tx| {
                    let (room, digest) = (room.clone(), digest.clone());
                    Box::pin(async move { versions::ran(tx, &digest, room.now()).await })
                }
            })
            .await?;
        if ran {
            return Ok(());
        }
        let digest = kept.digest.clone();
        self.keep_version(kept).await?;
        self.writer
            .act(move |tx| {
                let (room, digest) = (room.clone(), digest.clone());
                Box::pin(async move { versions::ran(tx, &digest, room.now()).await.map(drop) })
            })
            .await
    }

    /// Publishes the version whose digest begins so; every process runs it within seconds. Answers with its digest.
    /// `earlier` says what becomes of the advice of all versions before it.
    pub async fn publish(&self, prefix: &str, earlier: Advice) -> Changed<String> {
        let (room, prefix) = (self.room(), prefix.to_owned());
        self.writer
            .act(move |tx| {
                let (room, prefix) = (room.clone(), prefix.clone());
                Box::pin(async move {
                    let digest = match one(tx, &prefix).await? {
                        Ok(digest) => digest,
                        Err(refused) => return Ok(Err(refused)),
                    };
                    let before = versions::published(tx).await?;
                    if before.as_ref() == Some(&digest) {
                        return Ok(Err(NotChanged::Published(digest)));
                    }
                    versions::publish(tx, &digest, room.now()).await?;
                    let mut entry = entry(room.now(), "playbook.publish", &digest).with("before", before);
                    if earlier == Advice::Withdrawn {
                        let count = versions::withdraw_earlier(tx, &digest, room.now()).await?;
                        entry = entry.with("withdrawn", count);
                    }
                    record(tx, &[entry]).await?;
                    Ok(Ok(digest))
                })
            })
            .await
    }

    /// Takes the last publication back. Answers with what is published then; nothing when the folder or the built-in set
    /// takes over again. `given` says what becomes of the advice of the version that goes.
    pub async fn roll_back(&self, given: Advice) -> Changed<Option<String>> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = room.clone();
                Box::pin(async move {
                    let Some(published) = versions::published(tx).await? else { return Ok(Err(NotChanged::Nothing)) };
                    let before = versions::roll_back(tx, room.now()).await?;
                    let mut entry = entry(room.now(), "playbook.rollback", &published).with("to", before.clone());
                    if given == Advice::Withdrawn {
                        versions::withdraw(tx, &published, room.now()).await?;
                        entry = entry.with("withdrawn", 1);
                    }
                    if before.is_none() {
                        // Processes that never came to run it say again what they run.
                        ask(tx, &room).await?;
                    }
                    record(tx, &[entry]).await?;
                    Ok(Ok(before))
                })
            })
            .await
    }

    /// Asks every running process to read its playbooks again.
    pub async fn ask_to_reload(&self) -> Result<()> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = room.clone();
                Box::pin(async move {
                    ask(tx, &room).await?;
                    let entry = Entry::done(room.now(), Actor::System, "playbook.reload", "playbooks".to_owned());
                    record(tx, &[entry]).await
                })
            })
            .await
    }

    /// Every kept version, the newest first, with how many open incidents go by it. Versions that judged open incidents
    /// and were never kept, from before versions were, are left out.
    pub async fn versions(&self) -> Result<Vec<Version>> {
        let mut tx = self.db.read().await?;
        let in_force = versions::in_force(&mut tx).await?;
        let published = versions::publications(&mut tx).await?;
        let counts = incidents::counts(&mut tx).await?;
        let listed = versions::list(&mut tx).await?.into_iter().map(|version| {
            let count = counts.iter().find(|count| count.playbooks == version.digest);
            Version {
                state: version.state.as_str(),
                origin: version.origin.as_str(),
                published: published.iter().find(|(digest, _)| *digest == version.digest).map(|(_, at)| *at),
                in_force: in_force.as_ref() == Some(&version.digest),
                incidents: count.map_or(0, |count| count.incidents),
                held: count.map_or(0, |count| count.held),
                digest: version.digest,
                note: version.note,
                kept: version.kept,
                ran: version.ran,
                withdrawn: version.withdrawn,
            }
        });
        Ok(listed.collect())
    }

    /// How many incidents that are not closed were judged by another version than the one in force; counted to 200,000.
    pub async fn behind(&self) -> Result<i64> {
        let mut tx = self.db.read().await?;
        match versions::in_force(&mut tx).await? {
            Some(digest) => incidents::count_behind(&mut tx, &digest).await,
            None => Ok(0),
        }
    }
}

async fn ask(tx: &mut Tx, room: &super::Room) -> Result<()> {
    let mark = crate::id::Id::<crate::id::of::Note>::new(room.now(), &*room.random);
    instance::put(tx, ASKED, &mark.to_string()).await
}

fn row(kept: &Kept, now: Timestamp) -> VersionRow {
    VersionRow {
        digest: kept.digest.clone(),
        state: State::Draft,
        origin: kept.origin,
        note: kept.note.clone(),
        kept: now,
        ran: None,
        withdrawn: None,
    }
}

fn entry(now: Timestamp, action: &'static str, digest: &str) -> Entry {
    Entry::done(now, Actor::System, action, format!("playbooks:{digest}"))
}
