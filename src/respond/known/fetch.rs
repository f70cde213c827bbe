//! Lists that come from an address: whose turn it is to fetch, what of it is taken over, and what waits for a person.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{Entries, LONGEST_LIST, ListChanged, digest_of, list_of, values};
use crate::audit::Actor;
use crate::respond::Respond;
use crate::store::known_bad::{self, FetchRow};
use crate::store::{Error, Result, Tx};
use crate::time::{Span, Timestamp};

/// How fetching a list goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fetched {
    pub checked: Timestamp,
    /// When it was last known to be what the address has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub succeeded: Option<Timestamp>,
    /// Why the last fetch came to nothing; empty when it did not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub word: String,
    /// Entries that were there and would be there, while a person has to look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<(i64, i64)>,
}

/// A turn to fetch a list, with what the server named its content by the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetching {
    pub list: String,
    pub etag: String,
    pub modified: String,
    pub succeeded: Option<Timestamp>,
}

/// What became of what was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is what is there already.
    Same,
    Changed(ListChanged),
    /// So implausible that a person has to say yes: entries that were there and would be there.
    Held {
        was: i64,
        would: i64,
    },
}

pub(super) async fn told(tx: &mut Tx) -> Result<BTreeMap<String, Fetched>> {
    let told = |row: FetchRow| {
        let FetchRow { list, checked, succeeded, word, held, .. } = row;
        (list, Fetched { checked, succeeded, word, held })
    };
    Ok(known_bad::fetches(tx).await?.into_iter().map(told).collect())
}

/// Whether a list may become this without a person: not empty, not less than half of what it was, and for the most part
/// addresses and domains, which a page that says something else is not.
fn is_plausible(was: usize, entries: &Entries) -> bool {
    let would = entries.read.len();
    would > 0 && would * 2 >= was && entries.unreadable.len() <= would && would <= LONGEST_LIST
}

impl Respond {
    /// How fetching each list goes, also of those that never came.
    pub async fn fetched_lists(&self) -> Result<BTreeMap<String, Fetched>> {
        told(&mut self.db.read().await?).await
    }

    /// Takes the turn to fetch a list when nobody did so within `every`; on however many nodes, one does.
    pub async fn fetch_turn(&self, list: &str, every: Span) -> Result<Option<Fetching>> {
        let now = self.room().now();
        let known = known_bad::fetches(&mut self.db.read().await?).await?.into_iter().find(|row| row.list == list);
        if known.as_ref().is_some_and(|row| now.since(row.checked) < every) {
            return Ok(None);
        }
        let (name, since) = (list.to_owned(), now.minus(every));
        let mine = self
            .writer
            .act(move |tx| {
                let name = name.clone();
                Box::pin(async move { known_bad::claim(tx, &name, (now, since)).await })
            })
            .await?;
        Ok(mine.then(|| match known {
            Some(FetchRow { list, etag, modified, succeeded, .. }) => Fetching { list, etag, modified, succeeded },
            None => Fetching { list: list.to_owned(), etag: String::new(), modified: String::new(), succeeded: None },
        }))
    }

    /// A fetch that came to nothing: the list stays what it is.
    pub async fn fetch_failed(&self, turn: Fetching, word: &str) -> Result<()> {
        let Fetching { list, etag, modified, succeeded } = turn;
        self.note_fetch(FetchRow {
            list,
            etag,
            modified,
            checked: self.room().now(),
            succeeded,
            word: word.to_owned(),
            held: None,
        })
        .await
    }

    /// The server says that nothing changed.
    pub async fn fetch_unchanged(&self, turn: Fetching) -> Result<()> {
        let Fetching { list, etag, modified, .. } = turn;
        let now = self.room().now();
        self.note_fetch(FetchRow {
            list,
            etag,
            modified,
            checked: now,
            succeeded: Some(now),
            word: String::new(),
            held: None,
        })
        .await
    }

    /// Takes over what was fetched, unless it is implausible and no person said yes.
    pub async fn take_fetched(
        &self,
        turn: Fetching,
        (category, given): (&str, Vec<String>),
        (person, accepted): (Actor, bool),
    ) -> Result<Taken> {
        let now = self.room().now();
        let entries = Entries::read(given).await?;
        let before = list_of(&self.db, &turn.list).await?;
        let held = match &before {
            Some(row) => values(&mut self.db.read().await?, row).await?,
            None => std::collections::BTreeSet::new(),
        };
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let Fetching { list, etag, modified, succeeded } = turn;
        let mut row =
            FetchRow { list, etag, modified, checked: now, succeeded: Some(now), word: String::new(), held: None };
        if !accepted && !is_plausible(held.len(), &entries) {
            let (was, would) = (count(held.len()), count(entries.read.len()));
            // Without what it is named by, so that the next fetch gets it whole and a person can take it over.
            (row.etag, row.modified, row.succeeded) = (String::new(), String::new(), succeeded);
            row.held = Some((was, would));
            self.note_fetch(row).await?;
            return Ok(Taken::Held { was, would });
        }
        let is_same = before.as_ref().is_some_and(|row| row.category == category)
            && digest_of(category, &held) == digest_of(category, &entries.read);
        if is_same {
            self.note_fetch(row).await?;
            return Ok(Taken::Same);
        }
        let name = row.list.clone();
        let placed = self.put_in_place((&name, category), (before, held), entries.read, (&person, true)).await?;
        self.note_fetch(row).await?;
        self.know().await?;
        let first = entries.unreadable.iter().take(10).map(|entry| entry.chars().take(100).collect()).collect();
        Ok(Taken::Changed(ListChanged {
            version: placed.version,
            entries: placed.entries,
            unreadable: entries.unreadable.len(),
            unreadable_first: first,
        }))
    }

    async fn note_fetch(&self, row: FetchRow) -> Result<()> {
        let row = Arc::new(row);
        let written = self
            .writer
            .act(move |tx| {
                let row = Arc::clone(&row);
                Box::pin(async move { known_bad::fetched(tx, &row).await })
            })
            .await;
        match written {
            // The list was dropped meanwhile.
            Err(Error::Conflict { .. }) => Ok(()),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_shrinks_to_less_than_half_or_is_no_list_waits_for_a_person() {
        let domains = |count: usize| (0..count).map(|at| format!("evil-{at}.example.com")).collect::<Vec<_>>();
        let plausible = |was, given: Vec<String>| is_plausible(was, &Entries::of(given));
        assert!(plausible(0, domains(1)) && plausible(10, domains(5)) && plausible(10, domains(100)));
        assert!(!plausible(0, Vec::new()) && !plausible(10, domains(4)) && !plausible(3, Vec::new()));
        let page = ["<html>", "<title>Service", "unavailable</title>", "https://status.example.com/"];
        assert!(!plausible(0, page.map(str::to_owned).into()));
    }
}
