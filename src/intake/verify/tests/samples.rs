//! Real deliveries from the folder that `HOLDFAST_SAMPLES` names; without it nothing is checked here.
#![expect(clippy::print_stdout, reason = "a test that was left out says so, and tells what it read")]

use super::super::{Strength, Verifier};
use super::{Request, verifier};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The scheme of a source file for each sample that can be verified, by the name of its headers file.
const SCHEMES: [(&str, &str); 17] = [
    (
        "alchemy/address-activity-usdc",
        "{scheme: hmac-sha256, header: x-alchemy-signature, encoding: hex, content: [body], key: text}",
    ),
    (
        "coinbase-commerce/charge-created",
        "{scheme: hmac-sha256, header: x-cc-webhook-signature, encoding: hex, content: [body], key: text}",
    ),
    (
        "github/hmac-vector-octokit",
        "{scheme: hmac-sha256, header: x-hub-signature-256, encoding: hex, prefix: sha256=, content: [body], key: text}",
    ),
    (
        "grafana/oncall-alerting-example",
        "{scheme: hmac-sha256, header: x-grafana-alerting-signature, encoding: hex, key: text,
        content: [timestamp, {literal: ':'}, body], timestamp: {header: x-grafana-alerting-timestamp}}",
    ),
    ("moralis/signature-vector-empty-test-ping", "{scheme: keccak256-suffix, header: x-signature, encoding: 0x-hex}"),
    ("okta/event-hook-session-start", "{scheme: static-header, header: authorization}"),
    (
        "openzeppelin-monitor/usdt-transfer-raw-mode",
        "{scheme: hmac-sha256, header: x-signature, encoding: hex, key: text,
        content: [body, timestamp], timestamp: {header: x-timestamp, unit: milliseconds}}",
    ),
    (
        "pagerduty/v3-incident-priority-updated",
        "{scheme: hmac-sha256, header: x-pagerduty-signature, encoding: hex, prefix: v1=, list: true,
        content: [body], key: text}",
    ),
    (
        "quicknode/streams-empty-batch",
        "{scheme: hmac-sha256, header: x-qn-signature, encoding: hex, key: text, content: [id, timestamp, body],
        id: x-qn-nonce, timestamp: {header: x-qn-timestamp}}",
    ),
    (
        "sentry/issue-alert-triggered",
        "{scheme: hmac-sha256, header: sentry-hook-signature, encoding: hex, content: [body], key: text}",
    ),
    (
        "slack/slash-command-form",
        "{scheme: hmac-sha256, header: x-slack-signature, encoding: hex, prefix: v0=, key: text,
        content: [{literal: 'v0:'}, timestamp, {literal: ':'}, body], timestamp: {header: x-slack-request-timestamp}}",
    ),
    ("standard-webhooks/v1-hmac-vector", "{scheme: standard-webhooks}"),
    ("standard-webhooks/v1a-ed25519-vector", "{scheme: standard-webhooks}"),
    (
        "stripe/event-fixture",
        "{scheme: hmac-sha256, header: stripe-signature, encoding: hex, prefix: v1=, list: true, key: text,
        content: [timestamp, {literal: .}, body], timestamp: {header: stripe-signature, prefix: t=}}",
    ),
    ("svix/sign-vector", "{scheme: standard-webhooks, prefix: svix}"),
    ("telegram/update-start-command", "{scheme: static-header, header: x-telegram-bot-api-secret-token}"),
    (
        "tenderly/alert-erc721-mint",
        "{scheme: hmac-sha256, header: x-tenderly-signature, encoding: hex, key: text,
        content: [body, timestamp], timestamp: {header: date, unit: http-date}}",
    ),
];

struct Sample {
    name: String,
    about: Value,
    request: Request,
}

fn samples(folder: &Path) -> Vec<Sample> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).expect("a folder of samples");
        entries.map(|entry| entry.expect("an entry").path()).collect()
    };
    let mut samples = Vec::new();
    for source in entries(folder).into_iter().filter(|path| path.is_dir()) {
        for path in entries(&source) {
            let Some(stem) = path.to_str().and_then(|path| path.strip_suffix(".headers.json")) else {
                continue;
            };
            let about: Value = serde_json::from_slice(&std::fs::read(&path).expect("headers")).expect("JSON");
            let mut body = std::fs::read(format!("{stem}.json")).expect("the body beside its headers");
            if about["body_sha256_is_of"] == "raw_body" {
                let wrapped: Value = serde_json::from_slice(&body).expect("JSON");
                body = wrapped["raw_body"].as_str().expect("a raw body").as_bytes().to_vec();
            }
            let headers = about["headers"].as_object().expect("headers").iter();
            let headers: Vec<_> = headers.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect();
            let request = Request::new(&headers, &body);
            let name = stem.rsplit('/').take(2).collect::<Vec<_>>();
            samples.push(Sample { name: format!("{}/{}", name[1], name[0]), about, request });
        }
    }
    samples.sort_by(|one, other| one.name.cmp(&other.name));
    samples
}

#[test]
fn real_deliveries_verify_and_no_changed_one_does() {
    let Some(folder) = std::env::var_os("HOLDFAST_SAMPLES") else {
        println!("HOLDFAST_SAMPLES is not set: no real delivery checked");
        return;
    };
    let (mut verified, mut skipped) = (0, Vec::new());
    for sample in samples(&Path::new(&folder).join("webhooks")) {
        let Some((_, scheme)) = SCHEMES.iter().find(|(name, _)| *name == sample.name) else {
            skipped.push(format!("{} ({})", sample.name, sample.about["scheme"].as_str().unwrap_or_default()));
            continue;
        };
        holds(&sample, scheme);
        verified += 1;
    }
    println!("{verified} real deliveries verified; their schemes are not supported yet: {skipped:#?}");
    assert_eq!(verified, SCHEMES.len());
}

fn holds(sample: &Sample, scheme: &str) {
    let Sample { name, about, request } = sample;
    let secret = about["signing_secret"].as_str().or(about["public_key"].as_str()).expect("a secret");
    let verifier = verifier(scheme, &[secret]);
    let now = about["verify_at_unix_time"].as_i64().unwrap_or_default();
    let outcome = request.given_to(&verifier, now).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    let with_time = !about["verify_at_unix_time"].is_null() && outcome.strength != Strength::SignedWithoutTime;
    assert_eq!(outcome.signed_at.is_some(), with_time, "{name}");
    if with_time {
        assert!(request.given_to(&verifier, now + 302).is_err(), "{name} later");
        assert!(request.given_to(&verifier, now - 302).is_err(), "{name} earlier");
    }
    if outcome.strength != Strength::StaticSecret {
        no_changed_body_verifies(sample, &verifier, now);
    }
    for (signature, accepted) in [("must_also_accept", true), ("must_reject_signatures", false), ("must_reject", false)]
    {
        let values = match &about[signature] {
            Value::Array(values) => values.clone(),
            Value::String(_) => vec![about[signature].clone()],
            _ => Vec::new(),
        };
        for value in values.iter().filter_map(Value::as_str) {
            let header = request.headers.keys().find(|name| name.as_str().contains("signature")).expect("one");
            let outcome = request.clone().with(header.as_str(), value).given_to(&verifier, now);
            assert_eq!(outcome.is_ok(), accepted, "{name}: {value}");
        }
    }
}

fn no_changed_body_verifies(sample: &Sample, verifier: &Verifier, now: i64) {
    let mut changed = sample.request.clone();
    for at in 0..changed.body.len() {
        changed.body[at] ^= 1;
        assert!(changed.given_to(verifier, now).is_err(), "{} byte {at}", sample.name);
        changed.body[at] ^= 1;
    }
    changed.body.push(b' ');
    assert!(changed.given_to(verifier, now).is_err(), "{} longer", sample.name);
}
