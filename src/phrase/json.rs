//! Removes wallet secrets from JSON values in place, also those spread over several members.

use std::{collections::BTreeMap, ops::Range};

use serde_json::{Map, Value};
use zeroize::{Zeroize, Zeroizing};

use super::{Secret, arrays, scrub, scrub_labelled};

/// Longest string, in bytes, that can be one word of a phrase spread over members.
const WORD: usize = 64;

/// Fewest words of a phrase.
const FEWEST: usize = 11;

/// Deepest nesting looked into; below it values are removed, as no parser of ours lets them through.
const DEEPEST: usize = 128;

/// Removes every secret from the strings, member names and byte arrays of a value; tells what was found.
pub fn scrub_json(value: &mut Value) -> Vec<Secret> {
    let mut found = Vec::new();
    spread(value, &mut found);
    walk(value, "", DEEPEST, &mut found);
    found
}

fn walk(value: &mut Value, label: &str, depth: usize, found: &mut Vec<Secret>) {
    if is_keystore(value) {
        replace(value, Secret::Keystore, found);
    } else if is_key_bytes(value, label) {
        replace(value, Secret::PrivateKey, found);
    }
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => strip(text, label, found),
        Value::Array(_) | Value::Object(_) if depth == 0 => *value = Value::Null,
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, label, depth - 1, found)),
        Value::Object(members) => {
            names(members, found);
            for (name, member) in members.iter_mut() {
                walk(member, name, depth - 1, found);
            }
        }
    }
}

fn replace(value: &mut Value, secret: Secret, found: &mut Vec<Secret>) {
    wipe(value);
    *value = Value::String(secret.mark().to_owned());
    found.push(secret);
}

fn wipe(value: &mut Value) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
    }
}

fn strip(text: &mut String, label: &str, found: &mut Vec<Secret>) {
    let scrubbed = scrub_labelled(text, label);
    if scrubbed.removed.is_empty() {
        return;
    }
    found.extend(scrubbed.removed.iter().map(|removed| removed.secret));
    text.zeroize();
    *text = scrubbed.text;
}

/// Member names can carry a secret too; two that become alike keep both values.
fn names(members: &mut Map<String, Value>, found: &mut Vec<Secret>) {
    let changed: Vec<(String, String)> = members
        .keys()
        .filter_map(|name| {
            let scrubbed = scrub(name);
            found.extend(scrubbed.removed.iter().map(|removed| removed.secret));
            (!scrubbed.removed.is_empty()).then(|| (name.clone(), scrubbed.text))
        })
        .collect();
    for (mut old, new) in changed {
        let Some(value) = members.remove(&old) else {
            continue;
        };
        old.zeroize();
        let free = (2..).map(|count| format!("{new} {count}"));
        let name = std::iter::once(new.clone()).chain(free).find(|name| !members.contains_key(name));
        members.insert(name.unwrap_or(new), value);
    }
}

fn is_keystore(value: &Value) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    let sealed = |members: &Map<String, Value>| {
        members.contains_key("ciphertext")
            && ["kdf", "kdfparams", "cipherparams", "mac"].iter().any(|name| members.contains_key(*name))
    };
    let inside = ["crypto", "Crypto", "CRYPTO"].iter().filter_map(|name| members.get(*name)?.as_object()).any(sealed);
    inside
        || sealed(members)
        || ["data", "iv", "salt"].iter().all(|name| members.get(*name).is_some_and(Value::is_string))
}

/// Arrays of 32 or 64 bytes, mixed as those of a key and not named as public.
fn is_key_bytes(value: &Value, label: &str) -> bool {
    let Value::Array(items) = value else {
        return false;
    };
    if !matches!(items.len(), arrays::SHORT | arrays::LONG) {
        return false;
    }
    let bytes: Option<Vec<u8>> = items.iter().map(|item| u8::try_from(item.as_u64()?).ok()).collect();
    let label = label.to_ascii_lowercase();
    let public = ["public", "pubkey", "hash", "signature", "address"].iter().any(|word| label.contains(word));
    bytes.map(Zeroizing::new).is_some_and(|bytes| arrays::is_varied(&bytes))
        && !(public && items.len() == arrays::SHORT)
}

/// Short strings that may be words of one phrase, joined as a list; wiped when dropped.
#[derive(Default)]
struct Row {
    text: Zeroizing<String>,
    places: Vec<(usize, Range<usize>)>,
}

impl Row {
    fn push(&mut self, leaf: usize, word: &str) {
        if word.len() > WORD {
            return self.gap();
        }
        let start = self.text.len();
        let mut grown = Zeroizing::new(String::with_capacity((start + word.len() + 2).next_power_of_two()));
        if grown.capacity() > self.text.capacity() {
            grown.push_str(&self.text);
            self.text = grown;
        }
        self.text.push_str(word);
        self.places.push((leaf, start..self.text.len()));
        self.text.push_str(",\n");
    }

    /// Something that is no word: phrases do not reach across.
    fn gap(&mut self) {
        if !self.text.ends_with('\u{0}') {
            self.text.push_str(&"\u{0}".repeat(100));
        }
    }

    /// The leaves that hold words of a phrase.
    fn leaves(&self) -> Vec<usize> {
        if self.places.len() < FEWEST {
            return Vec::new();
        }
        let removed = scrub(&self.text).removed;
        let phrases =
            removed.iter().filter(|removed| removed.secret == Secret::RecoveryPhrase).map(|removed| &removed.original);
        let touched =
            |place: &Range<usize>| phrases.clone().any(|phrase| phrase.start < place.end && place.start < phrase.end);
        self.places.iter().filter(|(_, place)| touched(place)).map(|&(leaf, _)| leaf).collect()
    }
}

/// Phrases with a word per string: first by the name their members share, then in document order.
fn spread(value: &mut Value, found: &mut Vec<Secret>) {
    let by_name = |rows: &Rows| rows.named.values().flat_map(Row::leaves).collect();
    let in_order = |rows: &Rows| rows.all.leaves();
    spread_over(value, by_name, found);
    spread_over(value, in_order, found);
}

fn spread_over(value: &mut Value, leaves: impl Fn(&Rows) -> Vec<usize>, found: &mut Vec<Secret>) {
    let mut rows = Rows::default();
    rows.read(value, "", DEEPEST);
    let mut leaves = leaves(&rows);
    leaves.sort_unstable();
    if !leaves.is_empty() {
        found.push(Secret::RecoveryPhrase);
        mark(value, &leaves, &mut 0, DEEPEST);
    }
}

#[derive(Default)]
struct Rows {
    all: Row,
    named: BTreeMap<String, Row>,
    leaves: usize,
}

impl Rows {
    fn read(&mut self, value: &Value, name: &str, depth: usize) {
        if depth == 0 {
            return;
        }
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
            Value::String(text) => {
                self.all.push(self.leaves, text);
                let stem = name.trim_end_matches(|last: char| last.is_ascii_digit() || last == '_' || last == '-');
                self.named.entry(stem.to_owned()).or_default().push(self.leaves, text);
                self.leaves += 1;
            }
            Value::Array(items) => items.iter().for_each(|item| self.read(item, name, depth - 1)),
            Value::Object(members) => members.iter().for_each(|(name, member)| self.read(member, name, depth - 1)),
        }
    }
}

/// Replaces the numbered strings, counted as [`Rows::read`] counts them.
fn mark(value: &mut Value, leaves: &[usize], next: &mut usize, depth: usize) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => {
            if leaves.binary_search(next).is_ok() {
                text.zeroize();
                text.push_str(Secret::RecoveryPhrase.mark());
            }
            *next += 1;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, leaves, next, depth - 1)),
        Value::Object(members) => members.values_mut().for_each(|member| mark(member, leaves, next, depth - 1)),
    }
}
