//! Payloads that others published, read where they lie: `$HOLDFAST_SAMPLES/webhooks/<source>/`. None of them is in the tree.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use axum::http::{HeaderMap, HeaderName};
use serde_json::Value;

use super::published::Row;
use super::{every_mapping, mapping_of};
use super::{published, published_more, published_rest};
use crate::intake::mapping::{Batch, Event};
use crate::intake::verify::{Delivery, Scheme, Secret, Verifier};
use crate::time::Timestamp;

#[expect(clippy::print_stdout, reason = "a test that was left out says so")]
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("HOLDFAST_SAMPLES").map(|samples| Path::new(&samples).join("webhooks"));
    if folder.is_none() {
        println!("skipped: HOLDFAST_SAMPLES names no folder of published payloads");
    }
    folder
}

fn rows() -> impl Iterator<Item = &'static Row> {
    published::ROWS.iter().chain(&published_more::ROWS).chain(&published_rest::ROWS)
}

/// A payload with its content type: what is no JSON lies in the folder as text within JSON, or as a list of pairs.
fn payload(folder: &Path, file: &str) -> (Vec<u8>, Option<String>) {
    let raw = std::fs::read(folder.join(file)).unwrap();
    let Ok(value) = serde_json::from_slice::<Value>(&raw) else { return (raw, None) };
    if let Some(text) = value["raw_body"].as_str() {
        return (text.as_bytes().to_vec(), value["content_type"].as_str().map(str::to_owned));
    }
    let pairs: Option<Vec<(String, String)>> = serde_json::from_value(value).ok();
    match pairs.filter(|pairs| !pairs.is_empty()) {
        Some(pairs) => {
            let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            (form.into_bytes(), Some("application/x-www-form-urlencoded".to_owned()))
        }
        None => (raw, None),
    }
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
        .filter_map(|(name, value)| Some((HeaderName::try_from(name).unwrap(), value.as_str()?.parse().unwrap())))
        .collect();
    if !row.event.is_empty() {
        headers.insert("x-github-event", row.event.parse().unwrap());
    }
    headers
}

fn apply(folder: &Path, row: &Row) -> Batch {
    let (source, _) = row.file.split_once('/').unwrap();
    let (body, content_type) = payload(folder, row.file);
    let mut headers = headers(folder, row);
    if let Some(content_type) = content_type {
        headers.insert("content-type", content_type.parse().unwrap());
    }
    mapping_of(source).apply(&headers, &body, received()).unwrap_or_else(|error| panic!("{}: {error}", row.file))
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
    for row in rows() {
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
    for row in rows() {
        let troubles: Vec<_> =
            apply(&folder, row).troubles.into_iter().map(|trouble| (trouble.field, trouble.converter)).collect();
        let expected: &[(&str, &str)] = match row.file {
            "okta/logevent-session-different-device.json" => &[("time", "rfc3339")],
            "microsoft-entra/graph-risk-detection.json" => &[("ip", "ip")],
            "openzeppelin-monitor/usdc-docs-example.json" => {
                &[("contract", "evm-address"), ("from", "evm-address"), ("tx", "hex32"), ("tx", "hex32")]
            }
            _ => &[],
        };
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
    assert_eq!(files, rows().map(|row| row.file.to_owned()).collect());
}

#[test]
fn published_signatures_hold_under_the_schemes_of_the_files() {
    let Some(folder) = folder() else { return };
    let mut held = Vec::new();
    for row in rows() {
        let Some(companion) = companion(&folder, row.file) else { continue };
        let secrets = ["signing_secret", "public_key", "public_key_der_base64"];
        let Some(secret) = secrets.iter().find_map(|name| companion[*name].as_str()) else { continue };
        let (source, _) = row.file.split_once('/').unwrap();
        let mapping = mapping_of(source);
        let own: Option<Scheme> =
            row.file.contains("quickalerts").then(|| serde_saphyr::from_str(QUICK_ALERTS).unwrap());
        let scheme = own.as_ref().unwrap_or(mapping.auth());
        let verifier = Verifier::new(scheme, &[Secret::new(secret.to_owned()).unwrap()]).unwrap();
        let (body, content_type) = payload(&folder, row.file);
        let mut headers = headers(&folder, row);
        if let Some(content_type) = content_type {
            headers.insert("content-type", content_type.parse().unwrap());
        }
        let url = companion["url"].as_str().unwrap_or_default();
        let now_ms = companion["verify_at_unix_time"].as_i64().unwrap_or_default() * 1_000;
        let delivery = Delivery { url, client: None, headers: &headers, body: &body, now_ms };
        verifier.verify(&delivery).unwrap_or_else(|refused| panic!("{}: {refused:?}", row.file));
        held.push(source);
    }
    held.dedup();
    assert_eq!(
        held,
        [
            "alchemy",
            "moralis",
            "okta",
            "grafana",
            "standard-webhooks",
            "svix",
            "github",
            "coinbase-commerce",
            "mailgun",
            "openzeppelin-defender",
            "openzeppelin-monitor",
            "pagerduty",
            "quicknode",
            "sendgrid",
            "sentry",
            "slack",
            "stripe",
            "telegram",
            "tenderly",
            "twilio"
        ]
    );
}

/// As the comment in `quicknode.yaml` gives it.
const QUICK_ALERTS: &str = "{scheme: hmac-sha256, header: x-qn-signature, encoding: base64, key: text,
    content: [id, {body-digest: x-qn-content-hash}, timestamp], id: x-qn-nonce, timestamp: {header: x-qn-timestamp}}";
