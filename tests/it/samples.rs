//! Payloads that others published, sent over HTTP from where they lie: `$HOLDFAST_SAMPLES/webhooks/<source>/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;
use tiny_keccak::{Hasher, Keccak};

use crate::support::app::{App, EVENTS_SECRET, Plan, STATIC_SECRET, on_both, on_sqlite_with};
use holdfast::config::{Config, Endpoint};
use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use holdfast::time::{Clock, Timestamp};

#[expect(clippy::disallowed_methods, reason = "where the payloads lie, only the surroundings of a test know")]
fn named_folder() -> Option<PathBuf> {
    std::env::var("HOLDFAST_SAMPLES").ok().map(|samples| Path::new(&samples).join("webhooks"))
}

#[expect(clippy::print_stdout, reason = "a test that was left out says so")]
fn folder() -> Option<PathBuf> {
    let folder = named_folder();
    if folder.is_none() {
        println!("skipped: HOLDFAST_SAMPLES names no folder of published payloads");
    }
    folder
}

/// Connected sources: the folder, the endpoint.
const SOURCES: [(&str, &str); 10] = [
    ("alchemy", "alchemy"),
    ("aws-guardduty", "guardduty"),
    ("github", "github"),
    ("grafana", "grafana"),
    ("moralis", "moralis"),
    ("ocsf", "ocsf"),
    ("okta", "okta"),
    ("prometheus-alertmanager", "alertmanager"),
    ("standard-webhooks", "events"),
    ("svix", "svix"),
];

/// A file, how many of its elements are taken in, how many are left out on purpose, and whether it fits nothing.
type Expected = (&'static str, u64, u64, u64);

/// Two published events bear one number; whichever comes second is a copy to us.
const TWINS: [&str; 2] = ["okta/logevent-authentication", "okta/logevent-security-threat"];

const EXPECTED: [Expected; 41] = [
    ("alchemy/address-activity-usdc", 2, 0, 0),
    ("alchemy/capacity-limit-error", 0, 1, 0),
    ("alchemy/custom-graphql-large", 0, 0, 1),
    ("alchemy/mined-transaction-v1-legacy", 1, 0, 0),
    ("alchemy/mined-transaction-v2", 1, 0, 0),
    ("alchemy/nft-activity-erc721", 1, 0, 0),
    ("aws-guardduty/eventbridge-iamuser-networkpermissions", 0, 1, 0),
    ("aws-guardduty/finding-attack-sequence-critical", 1, 0, 0),
    ("aws-guardduty/finding-privilege-escalation-high", 1, 0, 0),
    ("github/hmac-vector-octokit", 0, 1, 0),
    ("github/organization-member-added", 1, 0, 0),
    ("github/ping", 0, 1, 0),
    ("github/secret-scanning-alert-reopened", 1, 0, 0),
    ("github/security-advisory-published", 1, 0, 0),
    ("grafana/oncall-alerting-example", 3, 0, 0),
    ("moralis/erc20-usdc-transfers", 22, 0, 0),
    ("moralis/erc721-approval-and-transfer", 1, 2, 0),
    ("moralis/internal-transactions", 20, 3, 0),
    ("moralis/native-transactions", 1, 2, 0),
    ("moralis/signature-vector-empty-test-ping", 0, 1, 0),
    ("ocsf/2004-detection-finding-guardduty", 1, 0, 0),
    ("ocsf/2004-detection-finding-okta", 1, 0, 0),
    ("ocsf/3001-account-change-cloudtrail", 1, 0, 0),
    ("ocsf/3001-account-change-okta", 1, 0, 0),
    ("ocsf/3002-authentication-cloudtrail", 1, 0, 0),
    ("ocsf/3002-authentication-okta", 1, 0, 0),
    ("okta/event-hook-session-start", 1, 0, 0),
    ("okta/logevent-account-change", 1, 0, 0),
    ("okta/logevent-authentication", 1, 0, 0),
    ("okta/logevent-security-threat", 1, 0, 0),
    ("okta/logevent-session-different-device", 1, 0, 0),
    ("okta/logevent-user-deactivate", 1, 0, 0),
    ("prometheus-alertmanager/high-memory-legacy", 1, 0, 0),
    ("prometheus-alertmanager/instance-down-two-firing", 2, 0, 0),
    ("standard-webhooks/spec-contact-created-full", 1, 0, 0),
    ("standard-webhooks/spec-contact-created-thin", 1, 0, 0),
    ("standard-webhooks/v1-hmac-vector", 1, 0, 0),
    ("standard-webhooks/v1a-ed25519-vector", 1, 0, 0),
    ("svix/endpoint-disabled", 1, 0, 0),
    ("svix/message-attempt-exhausted", 1, 0, 0),
    ("svix/sign-vector", 1, 0, 0),
];

/// The name that GitHub gives an event in a header, which its published files lack.
const EVENTS: [(&str, &str); 4] = [
    ("github/organization-member-added", "organization"),
    ("github/ping", "ping"),
    ("github/secret-scanning-alert-reopened", "secret_scanning_alert"),
    ("github/security-advisory-published", "security_advisory"),
];

fn companion(folder: &Path, file: &str) -> Option<Value> {
    let text = std::fs::read_to_string(folder.join(format!("{file}.headers.json"))).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// The headers that were published with a payload.
fn published(folder: &Path, file: &str) -> BTreeMap<String, String> {
    let companion = companion(folder, file);
    let headers = companion.iter().filter_map(|companion| companion["headers"].as_object()).flatten();
    headers.map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap().to_owned())).collect()
}

fn hmac(parts: &[&[u8]]) -> String {
    let key = Key::decode(&Secret::new(STATIC_SECRET.to_owned()).unwrap(), KeyForm::Text).unwrap();
    sign::sign_hex(&key, parts)
}

fn keccak(body: &[u8]) -> String {
    let mut digest = [0; 32];
    let mut hasher = Keccak::v256();
    hasher.update(body);
    hasher.update(STATIC_SECRET.as_bytes());
    hasher.finalize(&mut digest);
    format!("0x{}", hex::encode(digest))
}

/// The headers by which a source proves a body, under the secrets of the test's house.
fn proof(source: &str, number: usize, (body, seconds): (&[u8], i64)) -> Vec<(&'static str, String)> {
    let id = format!("msg_{number}");
    let time = seconds.to_string();
    let key = || Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
    match source {
        "okta" => vec![("authorization", STATIC_SECRET.to_owned())],
        "aws-guardduty" => vec![("x-api-key", STATIC_SECRET.to_owned())],
        "prometheus-alertmanager" | "ocsf" => vec![("authorization", format!("Bearer {STATIC_SECRET}"))],
        "alchemy" => vec![("x-alchemy-signature", hmac(&[body]))],
        "github" => vec![("x-hub-signature-256", format!("sha256={}", hmac(&[body])))],
        "moralis" => vec![("x-signature", keccak(body))],
        "grafana" => {
            let signature = hmac(&[time.as_bytes(), b":", body]);
            vec![("x-grafana-alerting-timestamp", time), ("x-grafana-alerting-signature", signature)]
        }
        "standard-webhooks" => {
            let signature = sign::sign_standard(&key(), &id, seconds, body);
            vec![("webhook-id", id), ("webhook-timestamp", time), ("webhook-signature", signature)]
        }
        "svix" => {
            let signature = sign::sign_standard(&key(), &id, seconds, body);
            vec![("svix-id", id), ("svix-timestamp", time), ("svix-signature", signature)]
        }
        other => panic!("no way to sign for {other}"),
    }
}

async fn counted(request: RequestBuilder, file: &str) -> (u64, u64, u64, u64) {
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::ACCEPTED, "{file}");
    let answer: Value = response.json().await.unwrap();
    let count = |name: &str| answer[name].as_u64().unwrap();
    assert!(answer["signals"].as_array().unwrap().len() as u64 >= count("accepted"), "{file}");
    (count("accepted"), count("duplicates"), count("ignored"), count("unmapped"))
}

#[test]
fn every_published_payload_goes_in_signed_and_gives_what_the_table_says() {
    let Some(folder) = folder() else { return };
    on_both(async |app| {
        for (number, (file, accepted, ignored, unmapped)) in EXPECTED.into_iter().enumerate() {
            let (source, _) = file.split_once('/').unwrap();
            let (_, endpoint) = SOURCES.into_iter().find(|(folder, _)| *folder == source).unwrap();
            let body = std::fs::read(folder.join(format!("{file}.json"))).unwrap();
            let mut headers = published(&folder, file);
            headers.extend(
                EVENTS
                    .iter()
                    .filter(|(named, _)| *named == file)
                    .map(|(_, event)| ("x-github-event".to_owned(), (*event).to_owned())),
            );
            let proof = proof(source, number, (&body, app.clock.now().millis() / 1_000));
            headers.extend(proof.into_iter().map(|(name, value)| (name.to_owned(), value)));
            let url = app.url(&format!("/api/v1/alerts/{endpoint}"));
            let send = || {
                headers.iter().fold(app.visitor().post(&url).body(body.clone()), |request, (name, value)| {
                    request.header(name, value)
                })
            };
            let twin = u64::from(file == TWINS[1]);
            assert_eq!(counted(send(), file).await, (accepted - twin, twin, ignored, unmapped), "{file}");
            let again = counted(send(), file).await;
            assert_eq!((again.0, again.1), (0, accepted), "{file} once more");
        }
    });
}

#[test]
fn every_payload_of_a_connected_source_is_in_the_table() {
    let Some(folder) = folder() else { return };
    let mut files = BTreeSet::new();
    for (source, _) in SOURCES {
        for entry in std::fs::read_dir(folder.join(source)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if !name.ends_with(".headers.json") {
                files.insert(format!("{source}/{}", name.strip_suffix(".json").unwrap()));
            }
        }
    }
    assert_eq!(files, EXPECTED.iter().map(|(file, ..)| (*file).to_owned()).collect());
}

/// Files that were published with a signature and what verifies it.
const SIGNED: [&str; 8] = [
    "alchemy/address-activity-usdc",
    "github/hmac-vector-octokit",
    "grafana/oncall-alerting-example",
    "moralis/signature-vector-empty-test-ping",
    "okta/event-hook-session-start",
    "standard-webhooks/v1-hmac-vector",
    "standard-webhooks/v1a-ed25519-vector",
    "svix/sign-vector",
];

fn name_of(file: &str) -> String {
    file.replace('/', "-")
}

/// Connects an endpoint for each signed file, with the secret that was published beside it.
fn connect(config: &mut Config) {
    let Some(folder) = named_folder() else { return };
    for file in SIGNED {
        let companion = companion(&folder, file).unwrap();
        let secret =
            companion["signing_secret"].as_str().or_else(|| companion["public_key"].as_str()).unwrap().to_owned();
        let secret_file = config.data.join(format!("{}.secret", name_of(file)));
        std::fs::write(&secret_file, secret).unwrap();
        config.endpoint.push(Endpoint {
            name: name_of(file),
            source: file.split_once('/').unwrap().0.to_owned(),
            secret_file: Some(secret_file),
            secret_env: None,
            previous_secret_file: None,
            ..Endpoint::default()
        });
    }
}

#[test]
fn published_signatures_hold_at_the_time_they_were_made_and_not_with_one_byte_changed() {
    let Some(folder) = folder() else { return };
    on_sqlite_with(Plan { settings: connect, ..Plan::default() }, async |app| {
        for file in SIGNED {
            at_its_time(&app, &companion(&folder, file).unwrap());
            let body = std::fs::read(folder.join(format!("{file}.json"))).unwrap();
            let url = app.url(&format!("/api/v1/alerts/{}", name_of(file)));
            let send = |body: Vec<u8>| {
                published(&folder, file)
                    .into_iter()
                    .fold(app.visitor().post(&url).body(body), |request, (name, value)| request.header(name, value))
            };
            let signs_the_body = !file.starts_with("okta/");
            if signs_the_body {
                let mut changed = body.clone();
                changed[0] ^= 1;
                assert_eq!(send(changed).send().await.unwrap().status(), StatusCode::UNAUTHORIZED, "{file}");
            }
            let (_, accepted, ignored, unmapped) = EXPECTED.into_iter().find(|(name, ..)| *name == file).unwrap();
            assert_eq!(counted(send(body), file).await, (accepted, 0, ignored, unmapped), "{file}");
        }
    });
}

fn at_its_time(app: &App, companion: &Value) {
    if let Some(seconds) = companion["verify_at_unix_time"].as_i64() {
        app.clock.set(Timestamp::from_millis(seconds * 1_000));
    }
}
