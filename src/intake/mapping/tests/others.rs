//! Payloads that others published, read where they lie: `$HOLDFAST_SAMPLES/webhooks/<source>/`. None of them is in the tree.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use axum::http::{HeaderMap, HeaderName};
use serde_json::Value;

use super::published::{ROWS, Row};
use super::{every_mapping, mapping_of};
use crate::intake::mapping::{Batch, Event};
use crate::intake::verify::{Delivery, Secret, Verifier};
use crate::time::Timestamp;

#[expect(clippy::print_stdout, reason = "a test that was left out says so")]
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("HOLDFAST_SAMPLES").map(|samples| Path::new(&samples).join("webhooks"));
    if folder.is_none() {
        println!("skipped: HOLDFAST_SAMPLES names no folder of published payloads");
    }
    folder
}

fn received() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn companion(folder: &Path, file: &str) -> Option<Value> {
    let text = std::fs::read_to_string(folder.join(file.replace(".json", ".headers.json"))).ok()?;
    serde_json::from_str(&text).unwrap()
}

fn headers(folder: &Path, row: &Row) -> HeaderMap {
    let companion = companion(folder, row.file);
    let given = companion.iter().filter_map(|companion| companion["headers"].as_object()).flatten();
    let mut headers: HeaderMap = given
        .map(|(name, value)| (HeaderName::try_from(name).unwrap(), value.as_str().unwrap().parse().unwrap()))
        .collect();
    if !row.event.is_empty() {
        headers.insert("x-github-event", row.event.parse().unwrap());
    }
    headers
}

fn apply(folder: &Path, row: &Row) -> Batch {
    let (source, _) = row.file.split_once('/').unwrap();
    let body = std::fs::read(folder.join(row.file)).unwrap();
    mapping_of(source)
        .apply(&headers(folder, row), &body, received())
        .unwrap_or_else(|error| panic!("{}: {error}", row.file))
}

fn runs<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(usize, &'a str)> {
    let mut runs: Vec<(usize, &str)> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some((count, last)) if *last == word => *count += 1,
            _ => runs.push((1, word)),
        }
    }
    runs
}

fn fact(event: &Event, name: &str) -> String {
    match name {
        "effect" => format!("{:?}", event.effect),
        "subjects" => event.subject.len().to_string(),
        field => event.facts.first(field).unwrap_or("-").to_owned(),
    }
}

#[test]
fn published_payloads_give_what_the_table_says() {
    let Some(folder) = folder() else { return };
    for row in &ROWS {
        let batch = apply(&folder, row);
        let kinds = batch.events.iter().map(|event| event.facts.first("kind").unwrap());
        assert_eq!(runs(kinds), row.kinds, "{}", row.file);
        assert_eq!(runs(batch.ignored.iter().map(String::as_str)), row.ignored, "{}", row.file);
        for (name, value) in row.first {
            assert_eq!(fact(&batch.events[0], name), *value, "{} {name}", row.file);
        }
        let keys: BTreeSet<_> = batch.events.iter().map(|event| &event.key).collect();
        assert_eq!(keys.len(), batch.events.len(), "{}", row.file);
    }
}

#[test]
fn the_only_values_that_could_not_be_read_are_those_that_were_blotted_out() {
    let Some(folder) = folder() else { return };
    for row in &ROWS {
        let troubles: Vec<_> =
            apply(&folder, row).troubles.into_iter().map(|trouble| (trouble.field, trouble.converter)).collect();
        let expected: &[(&str, &str)] =
            if row.file.ends_with("different-device.json") { &[("time", "rfc3339")] } else { &[] };
        assert_eq!(
            troubles.iter().map(|(field, converter)| (field.as_str(), *converter)).collect::<Vec<_>>(),
            expected,
            "{}",
            row.file
        );
    }
}

#[test]
fn every_published_payload_is_in_the_table() {
    let Some(folder) = folder() else { return };
    let mut files = BTreeSet::new();
    for mapping in every_mapping() {
        for entry in std::fs::read_dir(folder.join(mapping.source())).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if !name.ends_with(".headers.json") {
                files.insert(format!("{}/{name}", mapping.source()));
            }
        }
    }
    assert_eq!(files, ROWS.iter().map(|row| row.file.to_owned()).collect());
}

#[test]
fn published_signatures_hold_under_the_schemes_of_the_files() {
    let Some(folder) = folder() else { return };
    let mut held = Vec::new();
    for row in &ROWS {
        let Some(companion) = companion(&folder, row.file) else { continue };
        let Some(secret) = companion["signing_secret"].as_str().or_else(|| companion["public_key"].as_str()) else {
            continue;
        };
        let (source, _) = row.file.split_once('/').unwrap();
        let verifier = Verifier::new(mapping_of(source).auth(), &[Secret::new(secret.to_owned()).unwrap()]).unwrap();
        let body = std::fs::read(folder.join(row.file)).unwrap();
        let now_ms = companion["verify_at_unix_time"].as_i64().unwrap_or_default() * 1_000;
        let delivery = Delivery { url: "", client: None, headers: &headers(&folder, row), body: &body, now_ms };
        verifier.verify(&delivery).unwrap_or_else(|refused| panic!("{}: {refused:?}", row.file));
        held.push(source);
    }
    assert_eq!(
        held,
        ["alchemy", "moralis", "okta", "grafana", "standard-webhooks", "standard-webhooks", "svix", "github"]
    );
}
