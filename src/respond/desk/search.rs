//! What a search may look at: references, ids, observables and names by their keyed digests, and the titles of playbooks.
//! Texts are sealed and are not searched.

use std::collections::BTreeSet;

use super::lens::Lens;
use crate::id::{Id, of};
use crate::respond::Room;
use crate::seal::Purpose;
use crate::store::desk::list;
use crate::store::{Result, Tx, aliases, circles, observables};
use crate::text::{Language, observable};
use crate::time::Timestamp;

/// The most cases a search shows.
const MOST: usize = 200;

/// What a search comes to.
pub enum Found {
    /// Nothing was searched for.
    Everything,
    /// These cases, of any state.
    Cases(Vec<Id<of::Incident>>),
    /// Playbooks whose titles have the words.
    Kinds(Vec<String>),
}

pub(super) async fn ids(tx: &mut Tx, room: &Room, lens: &Lens) -> Result<Found> {
    let words = lens.search.trim();
    if words.is_empty() {
        return Ok(Found::Everything);
    }
    if let Ok(id) = words.parse() {
        return Ok(Found::Cases(vec![id]));
    }
    if let Some(incident) = circles::by_reference(tx, &words.to_uppercase()).await? {
        return Ok(Found::Cases(vec![incident]));
    }
    let found = by_name(tx, room, words).await?;
    if !found.is_empty() {
        return Ok(Found::Cases(found));
    }
    let kinds = titled(room, words);
    Ok(if kinds.is_empty() { Found::Cases(Vec::new()) } else { Found::Kinds(kinds) })
}

/// Cases in which this was seen, or whose subject goes by this name.
async fn by_name(tx: &mut Tx, room: &Room, words: &str) -> Result<Vec<Id<of::Incident>>> {
    let digest = |field: &str, value: &str| room.keys.digests.of(Purpose::Lookup, field, value);
    let mut found = BTreeSet::new();
    let mut names = vec![
        digest("identity", &words.to_lowercase()),
        digest("device", words),
        digest("wallet", words),
        digest("wallet", &words.to_lowercase()),
    ];
    for seen in observable::find(words) {
        let value = &seen.observable.value;
        names.push(digest("wallet", value));
        names.push(digest("identity", value));
        let (kind, digest) = (seen.observable.kind.to_string(), digest("observable", value));
        let seen_in = observables::incidents_with(tx, &kind, &digest, Timestamp::from_millis(0)).await?;
        found.extend(seen_in.into_iter().map(|(incident, _)| incident));
    }
    let subjects = aliases::resolve_many(tx, &names).await?.into_iter().map(|alias| alias.subject);
    let names: Vec<String> = names.iter().cloned().chain(subjects).collect();
    found.extend(list::of_subjects(tx, &names).await?);
    // The latest: ids grow with time.
    Ok(found.into_iter().rev().take(MOST).collect())
}

/// Playbooks with these words in their title in any language, or as their name.
fn titled(room: &Room, words: &str) -> Vec<String> {
    let words = words.to_lowercase();
    let kinds = room.playbooks.kinds.iter().filter(|kind| {
        kind.id.contains(&words)
            || Language::ALL.iter().any(|language| kind.title.get(*language).to_lowercase().contains(&words))
    });
    kinds.map(|kind| kind.id.clone()).collect()
}
