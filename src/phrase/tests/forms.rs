//! The shapes results come in, and JSON values.

use serde_json::{Value, json};

use super::{
    super::{Secret, sample, scrub, scrub_json},
    phrases::remains,
};

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

fn words() -> Vec<&'static str> {
    PHRASE.split(' ').collect()
}

#[track_caller]
fn scrubbed(mut value: Value) -> (Value, Vec<Secret>) {
    let found = scrub_json(&mut value);
    let mut again = value.clone();
    assert!(scrub_json(&mut again).is_empty(), "{value}");
    assert_eq!(again, value);
    (value, found)
}

#[test]
fn the_mark_says_what_was_removed() {
    let scrubbed = scrub(&format!("My words: {PHRASE}. Help!"));
    assert_eq!(scrubbed.text, "My words: [removed: recovery phrase]. Help!");
    assert_eq!(scrubbed.removed.len(), 1);
    assert_eq!(scrubbed.removed[0].original, 10..10 + PHRASE.len());
    assert_eq!(serde_json::to_string(&scrubbed.removed[0].secret).unwrap(), "\"recovery-phrase\"");
    assert_eq!(scrubbed.removed[0].secret.to_string(), "recovery phrase");
}

#[test]
fn strings_and_member_names_of_json_are_scrubbed() {
    let (value, found) = scrubbed(json!({ "a": [{ "text": PHRASE }], PHRASE: 1, "n": 12 }));
    assert_eq!(
        value,
        json!({ "a": [{ "text": "[removed: recovery phrase]" }], "[removed: recovery phrase]": 1, "n": 12 })
    );
    assert_eq!(found, [Secret::RecoveryPhrase; 2]);
}

#[test]
fn phrases_with_a_word_per_string_are_found() {
    let listed = json!({ "list": words(), "kept": "winner" });
    let members: serde_json::Map<String, Value> =
        words().iter().enumerate().map(|(at, word)| (format!("word{}", at + 1), json!(word))).collect();
    let objects: Vec<Value> =
        words().iter().enumerate().map(|(at, word)| json!({ "index": at, "word": word, "lang": "en" })).collect();
    for value in [listed, Value::Object(members), json!(objects)] {
        let (value, found) = scrubbed(value);
        assert_eq!(found, [Secret::RecoveryPhrase]);
        assert_eq!(value.to_string().matches("[removed: recovery phrase]").count(), 12, "{value}");
        assert!(!value.to_string().contains("sausage"), "{value}");
    }
    let ordinary = json!({ "tags": ["wallet", "urgent", "mobile", "login"], "kept": "winner" });
    assert_eq!(scrubbed(ordinary.clone()), (ordinary, Vec::new()));
}

#[test]
fn planted_phrases_in_json_strings_are_removed() {
    for seed in 20_000..20_400 {
        let planted = sample::planted(seed);
        let (value, found) = scrubbed(json!({ "data": { "text": planted.text } }));
        assert!(found.contains(&Secret::RecoveryPhrase), "{}: {value}", planted.layout);
        assert!(!remains(&planted, value["data"]["text"].as_str().unwrap()), "{}: {value}", planted.layout);
    }
}

#[test]
fn the_member_name_tells_a_key_from_a_hash() {
    let hex = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    let (value, found) = scrubbed(json!({ "privateKey": hex, "transactionHash": hex, "data": hex, "keys": [hex] }));
    assert_eq!(
        value,
        json!({ "privateKey": "[removed: private key]", "transactionHash": hex, "data": hex, "keys": ["[removed: private key]"] })
    );
    assert_eq!(found, [Secret::PrivateKey; 2]);
}

#[test]
fn byte_arrays_of_keys_are_removed() {
    let bytes: Vec<u8> = (0..64_u8).map(|at| at.wrapping_mul(37)).collect();
    assert_eq!(scrubbed(json!({ "id": bytes })).1, [Secret::PrivateKey]);
    assert_eq!(scrubbed(json!({ "seed": bytes[..32] })).1, [Secret::PrivateKey]);
    assert_eq!(scrubbed(json!({ "publicKey": bytes[..32] })).1, []);
    assert_eq!(scrubbed(json!({ "counts": vec![1; 64] })).1, []);
}

#[test]
fn keystore_objects_are_removed() {
    let file = json!({ "version": 3, "address": "00", "Crypto": { "ciphertext": "aa", "kdf": "scrypt", "mac": "bb" } });
    let (value, found) = scrubbed(json!({ "files": [file] }));
    assert_eq!(value, json!({ "files": ["[removed: keystore]"] }));
    assert_eq!(found, [Secret::Keystore]);
}

#[test]
fn deep_json_ends() {
    let mut deep = json!(PHRASE);
    for _ in 0..200 {
        deep = json!([deep]);
    }
    scrub_json(&mut deep);
    assert!(!deep.to_string().contains("sausage"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the samples lie outside the tree and are named by the environment")]
fn sample_webhooks_keep_all_but_their_tokens() {
    let Ok(samples) = std::env::var("HOLDFAST_SAMPLES") else {
        return;
    };
    let mut folders = vec![std::path::PathBuf::from(format!("{samples}/webhooks"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else if let Ok(mut value) = serde_json::from_slice::<Value>(&std::fs::read(entry.path()).unwrap()) {
                let mut found = scrub_json(&mut value);
                found.retain(|secret| *secret != Secret::SessionToken);
                assert_eq!(found, [], "{}: {value}", entry.path().display());
            }
        }
    }
}
