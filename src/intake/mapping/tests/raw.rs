//! What signs ask of a body beyond the mapping.

use std::sync::LazyLock;

use axum::http::HeaderMap;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::small;
use crate::intake::mapping::{Batch, Mapping};
use crate::playbook::{Set, builtin_files, compile};

/// A set with one sign, which asks for these fields.
fn set(fields: &[&str]) -> Set {
    let mut files = builtin_files();
    let tests: Vec<String> = fields.iter().map(|field| format!("\"{field}|exists\": true")).collect();
    let sign = format!(
        "signs:\n  odd:\n    cap: 10\n    signs:\n      - {{ id: own, weight: 5, match: {{ {} }}, because: {{ en: x, zh: y }} }}\n",
        tests.join(", ")
    );
    let text = files["routine-other.yaml"].replacen("signs:\n", &sign, 1);
    files.insert("routine-other.yaml".to_owned(), text);
    compile(&files, String::new()).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

/// Events stand under `/list`, and one may stand under `/one`; `/token` is taken out.
fn mapping() -> Mapping {
    small("each: [/list, /one]\nkind: unclassified\nkey: ['@/id']\nredact: [/token]")
        .unwrap_or_else(|fault| panic!("{fault}"))
}

fn read(body: &Value, fields: &[&str]) -> Batch {
    let mut batch = mapping()
        .apply(&HeaderMap::new(), body.to_string().as_bytes(), "2026-01-01T00:00:00Z".parse().unwrap())
        .unwrap();
    batch.scrub(set(fields).raw_paths());
    batch
}

fn values<'a>(batch: &'a Batch, event: usize, field: &str) -> Vec<&'a str> {
    batch.events[event].facts.get(field).iter().map(String::as_str).collect()
}

#[test]
fn a_path_is_read_from_the_own_element_and_else_from_the_body_but_never_from_another_element() {
    let body = json!({
        "actor": "everyone", "tenant": { "name": "t1" }, "client.os": "Linux",
        "list": [
            { "id": 1, "actor": "kim", "client": { "os": "Windows", "proxy": true }, "ports": [8443, 22.25, "x", null, [7]] },
            { "id": 2, "ports": [] },
        ],
        "one": { "id": 3, "client": { "proxy": false } },
    });
    let fields = [
        "raw.actor",
        "raw.tenant.name",
        "raw.client.os",
        "raw.client.proxy",
        "raw.ports",
        "raw.list.id",
        "raw.one.id",
        "raw.client",
    ];
    let batch = read(&body, &fields);
    assert_eq!(batch.events.len(), 3);
    assert_eq!(values(&batch, 0, "raw.actor"), ["kim"]);
    assert_eq!(values(&batch, 1, "raw.actor"), ["everyone"]);
    assert_eq!(values(&batch, 1, "raw.tenant.name"), ["t1"]);
    assert_eq!(values(&batch, 0, "raw.client.os"), ["Windows"]);
    assert_eq!(values(&batch, 1, "raw.client.os"), ["Linux"]);
    assert_eq!(values(&batch, 0, "raw.client.proxy"), ["true"]);
    assert_eq!(values(&batch, 1, "raw.client.proxy"), [] as [&str; 0], "what is said of another event is not its own");
    assert_eq!(values(&batch, 2, "raw.client.proxy"), ["false"]);
    assert_eq!(values(&batch, 0, "raw.ports"), ["8443", "22.25", "x", "7"]);
    assert_eq!(values(&batch, 1, "raw.list.id"), ["2"]);
    assert_eq!(values(&batch, 2, "raw.list.id"), [] as [&str; 0]);
    assert_eq!(values(&batch, 2, "raw.one.id"), ["3"]);
    assert_eq!(values(&batch, 0, "raw.one.id"), [] as [&str; 0]);
    assert_eq!(values(&batch, 0, "raw.client"), [] as [&str; 0], "an object has no text");
}

#[test]
fn secrets_and_credentials_are_out_before_a_path_is_read() {
    let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let body = json!({ "token": "credential", "list": [{ "id": 1, "note": format!("mine: {phrase}") }] });
    let batch = read(&body, &["raw.token", "raw.note"]);
    assert_eq!(values(&batch, 0, "raw.token"), ["[removed]"]);
    assert_eq!(values(&batch, 0, "raw.note"), ["mine: [removed: recovery phrase]"]);
}

#[test]
fn values_are_bounded_in_number_length_and_all_together() {
    let many: Vec<String> = (0..100).map(|number| format!("{number:03}{}", "長".repeat(2_000))).collect();
    let batch = read(
        &json!({ "list": [{ "id": 1, "many": many[..20], "small": (0..100).collect::<Vec<_>>() }] }),
        &["raw.many", "raw.small"],
    );
    assert_eq!(values(&batch, 0, "raw.small").len(), 64);
    assert!(values(&batch, 0, "raw.many").iter().all(|value| value.chars().count() == 1_024));
    let events: Vec<Value> = (0..500).map(|id| json!({ "id": id })).collect();
    let around: Vec<String> = (0..64).map(|number| format!("{number:0>1000}")).collect();
    let batch = read(&json!({ "around": around, "list": events }), &["raw.around"]);
    let bytes: usize = batch.events.iter().flat_map(|event| event.facts.get("raw.around")).map(String::len).sum();
    assert!((1_000_000..=1_048_576).contains(&bytes), "{bytes}");
    assert_eq!(batch.troubles.len(), 1);
}

#[test]
fn the_set_that_comes_with_holdfast_asks_for_no_such_field() {
    assert!(compile(&builtin_files(), String::new()).is_ok_and(|set| set.raw_paths().is_empty()));
    assert_eq!(set(&["raw.b.c", "raw.a"]).raw_paths().fields(), ["raw.a", "raw.b.c"]);
}

fn any_body() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), any::<i8>().prop_map(Value::from)];
    leaf.prop_recursive(4, 30, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("a|b|a\\.b|list|one", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

static ODD: LazyLock<Set> = LazyLock::new(|| set(&["raw.a", "raw.a.b", "raw.list.a", "raw.b.a.b"]));

proptest! {
    #[test]
    fn no_body_is_too_odd(list in prop::collection::vec(any_body(), 0..4), around in any_body()) {
        let body = json!({ "a": around, "list": list });
        let mut batch = mapping().apply(&HeaderMap::new(), body.to_string().as_bytes(), "2026-01-01T00:00:00Z".parse().unwrap()).unwrap();
        batch.scrub(ODD.raw_paths());
        // Every value is one that stands in the body.
        let text = body.to_string();
        for value in batch.events.iter().flat_map(|event| event.facts.iter()).filter(|(name, _)| name.starts_with("raw.")).flat_map(|(_, values)| values) {
            prop_assert!(text.contains(value.as_str()));
        }
    }
}
