//! Finds encrypted key files (web3 keystores, browser wallet vaults) in text, whole or cut off.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{Found, Secret};

/// Members of a web3 keystore beside its `ciphertext`; one of them makes it one.
const KEYSTORE: [&str; 4] = ["\"kdf\"", "\"kdfparams\"", "\"cipherparams\"", "\"mac\""];

/// Members of a browser wallet's vault.
const VAULT: [&str; 3] = ["\"data\"", "\"iv\"", "\"salt\""];

/// Longest part looked at, in bytes; keystores have about 500.
const LONGEST: usize = 8192;

/// Adds the keystores of the text.
pub fn find(text: &str, found: &mut Vec<Found>) {
    let ciphertext = text.contains("\"ciphertext\"");
    let vault = text.contains("\"salt\"") && text.contains("\"iv\"");
    if !(ciphertext || vault) {
        return;
    }
    let objects = objects(text);
    let mut last = None;
    for (place, _) in text.match_indices(if ciphertext { "\"ciphertext\"" } else { "\"salt\"" }) {
        let opened = objects.partition_point(|object| object.range.start < place);
        let around = objects[..opened].iter().rposition(|object| object.range.end > place);
        let Some(at) = around.filter(|&at| last != Some(at)) else {
            continue;
        };
        last = Some(at);
        let own = own_members(text, &objects, at);
        let secret = (own.contains("\"ciphertext\"") && KEYSTORE.iter().any(|member| own.contains(member)))
            || VAULT.iter().all(|member| own.contains(member));
        if secret {
            found.push((owner(text, &objects, at), Secret::Keystore));
        }
    }
}

struct Object {
    range: Range<usize>,
    parent: Option<usize>,
}

/// All objects of the text by their braces, in order of their start; unclosed ones reach to their last quote.
fn objects(text: &str) -> Vec<Object> {
    let mut objects: Vec<Object> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => {
                let parent = open.last().copied();
                open.push(objects.len());
                objects.push(Object { range: at..text.len(), parent });
            }
            b'}' => {
                if let Some(closed) = open.pop() {
                    objects[closed].range.end = at + 1;
                }
            }
            _ => {}
        }
    }
    for cut_off in open {
        let object = &mut objects[cut_off].range;
        let most = text.floor_char_boundary(object.start + LONGEST);
        object.end = text[object.start..most].rfind(['"', '}']).map_or(most, |last| object.start + last + 1);
    }
    objects
}

/// The object's text without the objects in it.
fn own_members(text: &str, objects: &[Object], at: usize) -> Zeroizing<String> {
    let object = &objects[at].range;
    let mut own = Zeroizing::new(String::with_capacity(object.len()));
    let mut from = object.start;
    for inner in objects[at + 1..].iter().take_while(|inner| inner.range.start < object.end) {
        if inner.parent == Some(at) {
            own.push_str(&text[from..inner.range.start]);
            from = inner.range.end;
        }
    }
    own.push_str(&text[from.min(object.end)..object.end]);
    own
}

/// The whole file around its `crypto` part, if it shows: a parent that carries a version or an address.
fn owner(text: &str, objects: &[Object], at: usize) -> Range<usize> {
    let crypto = text[..objects[at].range.start].trim_end_matches([' ', '\n', '\r', '\t', ':', '"']);
    let named = crypto
        .len()
        .checked_sub(6)
        .and_then(|from| crypto.get(from..))
        .is_some_and(|name| name.eq_ignore_ascii_case("crypto"));
    if named && let Some(parent) = objects[at].parent {
        let members = own_members(text, objects, parent);
        if members.contains("\"version\"") || members.contains("\"address\"") || members.contains("\"id\"") {
            return objects[parent].range.clone();
        }
    }
    objects[at].range.clone()
}
