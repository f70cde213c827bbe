//! The operator's lists of what is known to be bad: changed in one transaction with their audit entry, compiled once a version.

use std::collections::BTreeSet;
use std::sync::Arc;

use ring::digest::{Context, SHA256};
use serde::Serialize;

use super::{Respond, Room, record};
use crate::audit::{Actor, Entry};
use crate::signal::{KnownBad, KnownList, canonical_bad};
use crate::store::known_bad::{self, ListRow};
use crate::store::{Result, Tx};
use crate::time::Timestamp;

/// Entries read at once while lists are compiled.
const PAGE: i64 = 10_000;
/// Entries that one list holds at most.
pub const LONGEST_LIST: usize = 1_000_000;

/// A list as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListShown {
    pub name: String,
    pub category: String,
    pub version: String,
    pub entries: i64,
    pub changed: Timestamp,
    pub person: String,
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
#[derive(Debug, Clone, Serialize)]
pub struct ListChanged {
    pub version: String,
    pub entries: i64,
    /// How many that were given are neither an address nor a domain, and the first ten of them.
    pub unreadable: usize,
    pub unreadable_first: Vec<String>,
}

fn shown(row: ListRow) -> ListShown {
    let ListRow { name, category, version, entries, changed, person } = row;
    ListShown { name, category, version, entries, changed, person }
}

async fn values(tx: &mut Tx, name: Option<&str>) -> Result<Vec<(String, String)>> {
    let mut all: Vec<(String, String)> = Vec::new();
    let (mut list, mut value) = (name.unwrap_or_default().to_owned(), String::new());
    loop {
        let page = known_bad::entries(tx, (&list, &value), PAGE).await?;
        let full = i64::try_from(page.len()).is_ok_and(|count| count == PAGE);
        if let Some((last_list, last_value)) = page.last() {
            (list, value) = (last_list.clone(), last_value.clone());
        }
        all.extend(page.into_iter().filter(|(list, _)| name.is_none_or(|name| name == list)));
        if !full || name.is_some_and(|name| name != list) {
            return Ok(all);
        }
    }
}

fn version_of(category: &str, values: &[(String, String)]) -> String {
    let mut context = Context::new(&SHA256);
    context.update(category.as_bytes());
    for (_, value) in values {
        context.update(b"\n");
        context.update(value.as_bytes());
    }
    hex::encode(context.finish())[..12].to_owned()
}

async fn change(tx: &mut Tx, room: &Room, (wanted, person): (&Canonical, &Actor)) -> Result<ListRow> {
    let Canonical { name, category, replace, add, remove } = wanted;
    let now = room.now();
    let row = |version: String, entries: usize| ListRow {
        name: name.clone(),
        category: category.clone(),
        version,
        entries: i64::try_from(entries).unwrap_or(i64::MAX),
        changed: now,
        person: person.text(),
    };
    // First, because entries hang on it; its version follows once they are there.
    known_bad::put_list(tx, &row(String::new(), 0)).await?;
    if *replace {
        known_bad::clear(tx, name).await?;
    }
    known_bad::add(tx, name, add).await?;
    known_bad::remove(tx, name, remove).await?;
    let held = values(tx, Some(name)).await?;
    let made = row(version_of(category, &held), held.len());
    known_bad::put_list(tx, &made).await?;
    let entry = Entry::done(now, person.clone(), "known-bad.change", format!("known-bad:{name}"))
        .with("category", category.clone())
        .with("version", made.version.clone())
        .with("entries", made.entries)
        .with("replaced", *replace);
    record(tx, &[entry]).await?;
    Ok(made)
}

/// A change in canonical form.
#[derive(Clone)]
struct Canonical {
    name: String,
    category: String,
    replace: bool,
    add: Vec<String>,
    remove: Vec<String>,
}

impl Respond {
    /// Changes a list, or makes it; the caller has checked name and category. What is no address and no domain is left out
    /// and said.
    pub async fn change_list(&self, person: Actor, wanted: ListChange) -> Result<ListChanged> {
        let mut unreadable = Vec::new();
        let mut read = |entries: Vec<String>| -> Vec<String> {
            let mut read = BTreeSet::new();
            for entry in entries {
                match canonical_bad(&entry) {
                    Some(value) => drop(read.insert(value)),
                    None => unreadable.push(entry),
                }
            }
            read.into_iter().collect()
        };
        let canonical = Arc::new(Canonical {
            add: read(wanted.add),
            remove: read(wanted.remove),
            name: wanted.name,
            category: wanted.category,
            replace: wanted.replace,
        });
        let room = self.room();
        let row = self
            .writer
            .act(move |tx| {
                let (room, canonical, person) = (Arc::clone(&room), Arc::clone(&canonical), person.clone());
                Box::pin(async move { change(tx, &room, (&canonical, &person)).await })
            })
            .await?;
        self.know().await?;
        let first = unreadable.iter().take(10).map(|entry| entry.chars().take(100).collect()).collect();
        Ok(ListChanged {
            version: row.version,
            entries: row.entries,
            unreadable: unreadable.len(),
            unreadable_first: first,
        })
    }

    /// Takes a list away; `Conflict` when there is none.
    pub async fn drop_list(&self, person: Actor, name: &str) -> Result<()> {
        let (room, name) = (self.room(), name.to_owned());
        self.writer
            .act(move |tx| {
                let (room, name, person) = (Arc::clone(&room), name.clone(), person.clone());
                Box::pin(async move {
                    known_bad::clear(tx, &name).await?;
                    known_bad::drop(tx, &name).await?;
                    let object = format!("known-bad:{name}");
                    record(tx, &[Entry::done(room.now(), person, "known-bad.drop", object)]).await
                })
            })
            .await?;
        self.know().await.map(drop)
    }

    /// Every list, by name.
    pub async fn known_lists(&self) -> Result<Vec<ListShown>> {
        let mut tx = self.db.read().await?;
        Ok(known_bad::lists(&mut tx).await?.into_iter().map(shown).collect())
    }

    /// Compiles the lists again when another version of one is kept; whether it did.
    pub async fn know(&self) -> Result<bool> {
        let mut tx = self.db.read().await?;
        let rows = known_bad::lists(&mut tx).await?;
        let lists: Vec<KnownList> = rows
            .into_iter()
            .map(|row| KnownList { name: row.name, category: row.category, version: row.version })
            .collect();
        if self.room().known_bad.lists() == lists {
            return Ok(false);
        }
        let entries = values(&mut tx, None).await?;
        let known = KnownBad::new(lists, entries);
        tracing::info!(name: "known-bad.compiled", entries = known.len(), "{} known-bad entries are looked for", known.len());
        self.running.know(Arc::new(known));
        Ok(true)
    }
}
