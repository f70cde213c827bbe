//! The operator's lists of what is known to be bad: written beside the list in force and put in its place with the audit entry,
//! compiled once a version. `fetch` decides what becomes of a list that comes from an address.

mod fetch;

use std::collections::BTreeSet;
use std::sync::Arc;

use ring::digest::{Context, SHA256};
use serde::Serialize;

pub use self::fetch::{Fetched, Fetching, Taken};
use super::{Respond, Room, record};
use crate::audit::{Actor, Entry};
use crate::signal::{KnownBad, KnownList, canonical_bad};
use crate::store::known_bad::{self, ListRow};
use crate::store::{Db, Error, Result, Tx};
use crate::time::{Span, Timestamp};

/// Entries read at once while lists are compiled.
const PAGE: i64 = 10_000;
/// Entries that one transaction writes: others write between two of them.
const BATCH: usize = 2_000;
/// Entries that one list holds at most.
pub const LONGEST_LIST: usize = 1_000_000;
/// A writing is named by its time and so many bits of chance.
const CHANCE_BITS: u32 = 20;
/// How often a change is made anew because somebody changed the list meanwhile.
const TRIES: usize = 5;

/// A list as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListShown {
    pub name: String,
    pub category: String,
    pub version: String,
    pub entries: i64,
    pub changed: Timestamp,
    pub person: String,
    /// How fetching it goes, when it is fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Fetched>,
}

/// What is to become of a list.
#[derive(Debug, Clone)]
pub struct ListChange {
    pub name: String,
    pub category: String,
    /// Whether what it holds goes first.
    pub replace: bool,
    pub add: Vec<String>,
    pub remove: Vec<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListChanged {
    pub version: String,
    pub entries: i64,
    /// How many that were given are neither an address nor a domain, and the first ten of them.
    pub unreadable: usize,
    pub unreadable_first: Vec<String>,
}

/// Every entry of a list, in order. Read page by page, outside of the writer.
async fn values(tx: &mut Tx, row: &ListRow) -> Result<BTreeSet<String>> {
    let (mut all, mut last) = (BTreeSet::new(), String::new());
    loop {
        let page = known_bad::entries(tx, (&row.name, row.generation), (&last, PAGE)).await?;
        let full = i64::try_from(page.len()).is_ok_and(|count| count == PAGE);
        if let Some(value) = page.last() {
            last.clone_from(value);
        }
        all.extend(page);
        if !full {
            return Ok(all);
        }
    }
}

/// What a list holds, as a digest, and since when.
fn version_of(category: &str, values: &BTreeSet<String>, now: Timestamp) -> String {
    format!("{}-{}", digest_of(category, values), now.to_string().get(..16).unwrap_or_default())
}

fn digest_of(category: &str, values: &BTreeSet<String>) -> String {
    let mut context = Context::new(&SHA256);
    context.update(category.as_bytes());
    for value in values {
        context.update(b"\n");
        context.update(value.as_bytes());
    }
    hex::encode(context.finish())[..12].to_owned()
}

/// Entries in canonical form, and those that have none.
#[derive(Clone, Default)]
struct Entries {
    read: BTreeSet<String>,
    unreadable: Vec<String>,
}

impl Entries {
    fn of(given: Vec<String>) -> Self {
        let mut entries = Self::default();
        for entry in given {
            match canonical_bad(&entry) {
                Some(value) => drop(entries.read.insert(value)),
                None => entries.unreadable.push(entry),
            }
        }
        entries
    }

    /// Reading a million of them takes a while, which is nobody else's.
    async fn read(given: Vec<String>) -> Result<Self> {
        tokio::task::spawn_blocking(|| Self::of(given)).await.map_err(|_| Error::Stopped)
    }
}

/// A list as it was and as it will be.
#[derive(Clone)]
struct Step {
    before: Option<ListRow>,
    after: ListRow,
    /// What comes and goes, for a few entries; else they are a writing of their own.
    few: Option<(Vec<String>, Vec<String>)>,
    replaced: bool,
}

async fn take_step(tx: &mut Tx, room: &Room, (step, person): (&Step, &Actor)) -> Result<()> {
    let after = &step.after;
    let put = known_bad::put_list(tx, after, step.before.as_ref().map(|before| before.version.as_str())).await?;
    if !put {
        return Err(Error::Conflict { table: "known_list", source: None });
    }
    if let Some((add, remove)) = &step.few {
        let writing = (after.name.as_str(), after.generation);
        known_bad::add(tx, writing, add).await?;
        known_bad::remove(tx, writing, remove).await?;
    }
    let entry = Entry::done(room.now(), person.clone(), "known-bad.change", format!("known-bad:{}", after.name))
        .with("category", after.category.clone())
        .with("version", after.version.clone())
        .with("entries", after.entries)
        .with("replaced", step.replaced);
    record(tx, &[entry]).await
}

async fn list_of(db: &Db, name: &str) -> Result<Option<ListRow>> {
    Ok(known_bad::lists(&mut db.read().await?).await?.into_iter().find(|row| row.name == name))
}

impl Respond {
    /// Changes a list, or makes it; the caller has checked name and category. What is no address and no domain is left out
    /// and said.
    pub async fn change_list(&self, person: Actor, wanted: ListChange) -> Result<ListChanged> {
        let ListChange { name, category, replace, add, remove } = wanted;
        let (add, remove) = (Entries::read(add).await?, Entries::read(remove).await?);
        let mut tries = 0;
        let row = loop {
            tries += 1;
            let before = list_of(&self.db, &name).await?;
            let held = match &before {
                Some(row) => values(&mut self.db.read().await?, row).await?,
                None => BTreeSet::new(),
            };
            let mut wanted = if replace { BTreeSet::new() } else { held.clone() };
            wanted.extend(add.read.iter().cloned());
            wanted.retain(|value| !remove.read.contains(value));
            let outcome = self.put_in_place((&name, &category), (before, held), wanted, (&person, replace)).await;
            match outcome {
                Err(Error::Conflict { .. }) if tries < TRIES => {}
                outcome => break outcome?,
            }
        };
        self.know().await?;
        let unreadable: Vec<String> = add.unreadable.into_iter().chain(remove.unreadable).collect();
        let first = unreadable.iter().take(10).map(|entry| entry.chars().take(100).collect()).collect();
        Ok(ListChanged {
            version: row.version,
            entries: row.entries,
            unreadable: unreadable.len(),
            unreadable_first: first,
        })
    }

    /// Puts what is wanted in the place of what is held; `Conflict` when somebody changed it meanwhile.
    async fn put_in_place(
        &self,
        (name, category): (&str, &str),
        (before, held): (Option<ListRow>, BTreeSet<String>),
        wanted: BTreeSet<String>,
        (person, replaced): (&Actor, bool),
    ) -> Result<ListRow> {
        let room = self.room();
        let now = room.now();
        let come: Vec<String> = wanted.difference(&held).cloned().collect();
        let go: Vec<String> = held.difference(&wanted).cloned().collect();
        let are_few = come.len() + go.len() <= BATCH;
        let mut seed = [0; 4];
        room.random.fill(&mut seed);
        let fresh = now.millis() << CHANCE_BITS | i64::from(u32::from_le_bytes(seed)) & ((1 << CHANCE_BITS) - 1);
        let last = before.as_ref().map(|row| row.generation);
        let mut after = ListRow {
            name: name.to_owned(),
            category: category.to_owned(),
            version: version_of(category, &wanted, now),
            entries: i64::try_from(wanted.len()).unwrap_or(i64::MAX),
            changed: now,
            person: person.text(),
            generation: fresh,
        };
        if are_few {
            after.generation = last.unwrap_or(fresh);
        } else {
            let all: Vec<String> = wanted.into_iter().collect();
            for batch in all.chunks(BATCH) {
                let (name, batch) = (name.to_owned(), Arc::new(batch.to_vec()));
                self.writer
                    .act(move |tx| {
                        let (name, batch) = (name.clone(), Arc::clone(&batch));
                        Box::pin(async move { known_bad::add(tx, (&name, fresh), &batch).await.map(drop) })
                    })
                    .await?;
            }
        }
        let step = Arc::new(Step { before, after, few: are_few.then_some((come, go)), replaced });
        let (given, person) = (Arc::clone(&step), person.clone());
        let put = self
            .writer
            .act(move |tx| {
                let (room, step, person) = (Arc::clone(&room), Arc::clone(&given), person.clone());
                Box::pin(async move { take_step(tx, &room, (&step, &person)).await })
            })
            .await;
        let gone = if put.is_ok() { last.filter(|last| *last != step.after.generation) } else { Some(fresh) };
        self.clear_strays(name, gone).await?;
        put.map(|()| step.after.clone())
    }

    /// Takes away a writing that is not in force any more, some at a time, and what a process that ended left behind long ago.
    async fn clear_strays(&self, name: &str, gone: Option<i64>) -> Result<()> {
        let most = i64::try_from(BATCH).unwrap_or(i64::MAX);
        // A younger one may be somebody else's on its way in.
        let old = self.room().now().minus(Span::from_days(1)).millis() << CHANCE_BITS;
        let mut strays = known_bad::stray(&mut self.db.read().await?, name).await?;
        strays.retain(|generation| Some(*generation) == gone || *generation < old);
        for generation in strays {
            loop {
                let name = name.to_owned();
                let gone = self
                    .writer
                    .act(move |tx| {
                        let name = name.clone();
                        Box::pin(async move { known_bad::clear(tx, (&name, generation), most).await })
                    })
                    .await?;
                if gone < u64::try_from(BATCH).unwrap_or(u64::MAX) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Takes a list away; `Conflict` when there is none.
    pub async fn drop_list(&self, person: Actor, name: &str) -> Result<()> {
        let (room, named) = (self.room(), name.to_owned());
        let held = list_of(&self.db, name).await?;
        self.writer
            .act(move |tx| {
                let (room, name, person) = (Arc::clone(&room), named.clone(), person.clone());
                Box::pin(async move {
                    known_bad::drop(tx, &name).await?;
                    let object = format!("known-bad:{name}");
                    record(tx, &[Entry::done(room.now(), person, "known-bad.drop", object)]).await
                })
            })
            .await?;
        self.clear_strays(name, held.map(|row| row.generation)).await?;
        self.know().await.map(drop)
    }

    /// Every list, by name.
    pub async fn known_lists(&self) -> Result<Vec<ListShown>> {
        let mut tx = self.db.read().await?;
        let mut states = fetch::told(&mut tx).await?;
        let shown = |row: ListRow| {
            let ListRow { name, category, version, entries, changed, person, .. } = row;
            let fetched = states.remove(&name);
            ListShown { name, category, version, entries, changed, person, fetched }
        };
        Ok(known_bad::lists(&mut tx).await?.into_iter().map(shown).collect())
    }

    /// Compiles the lists again when another version of one is kept; whether it did.
    pub async fn know(&self) -> Result<bool> {
        let mut tx = self.db.read().await?;
        let rows = known_bad::lists(&mut tx).await?;
        let list = |row: &ListRow| KnownList {
            name: row.name.clone(),
            category: row.category.clone(),
            version: row.version.clone(),
        };
        let lists: Vec<KnownList> = rows.iter().map(list).collect();
        if self.room().known_bad.lists() == lists {
            return Ok(false);
        }
        let mut entries = Vec::new();
        for row in &rows {
            entries.extend(values(&mut tx, row).await?.into_iter().map(|value| (row.name.clone(), value)));
        }
        drop(tx);
        let made = tokio::task::spawn_blocking(move || KnownBad::new(lists, entries)).await;
        let known = made.map_err(|_| Error::Stopped)?;
        tracing::info!(name: "known-bad.compiled", entries = known.len(), "{} known-bad entries are looked for", known.len());
        self.running.know(Arc::new(known));
        Ok(true)
    }
}
