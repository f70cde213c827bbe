//! Every source, over HTTP, signed as its sender signs. Published payloads are read where they lie,
//! `$HOLDFAST_SAMPLES/webhooks/<source>/`; none of them is in the tree.

mod directory;
mod fetched;
mod forged;
mod guide;
mod hostile;
mod imported;
mod known_bad;
mod lines;
mod people;
mod pinned;
mod published;
mod sender;
mod table;
mod watched;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use self::sender::{Parcel, secret_of};
use self::table::{EXPECTED, TWINS};
use crate::support::app::{App, Plan, on_both_with};
use holdfast::config::{Config, Endpoint};
use holdfast::intake::mapping::FILES;
use holdfast::time::Clock;

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

/// The name that GitHub gives an event in a header, which its published files lack.
const EVENTS: [(&str, &str); 4] = [
    ("github/organization-member-added", "organization"),
    ("github/ping", "ping"),
    ("github/secret-scanning-alert-reopened", "secret_scanning_alert"),
    ("github/security-advisory-published", "security_advisory"),
];

/// Payloads that come another way than the rest of their source: the endpoint and its scheme.
const OTHER_WAYS: [(&str, &str); 3] = [
    ("aws-sns/lambda-record", "relay"),
    ("quicknode/quickalerts-signed-body", "quickalerts"),
    ("sendgrid/inbound-parse-multipart", "inbound"),
];

fn source_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| name.trim_start_matches("sources/").trim_end_matches(".yaml"))
}

/// An endpoint for every source there is, and for the other ways.
pub fn connect(config: &mut Config) {
    let mut add = |name: &str, source: &str, (secret, expects): (String, Option<String>), auth: Option<Value>| {
        let file = config.data.join(format!("{name}.secret"));
        std::fs::write(&file, secret).unwrap();
        config.endpoint.push(Endpoint {
            name: name.to_owned(),
            source: source.to_owned(),
            secret_file: Some(file),
            expects,
            auth: auth.map(|auth| figment::value::Value::serialize(auth).unwrap()),
            ..Endpoint::default()
        });
    };
    for source in source_names() {
        add(&format!("all-{source}"), source, secret_of(source), None);
    }
    let (plain, _) = secret_of("splunk");
    add("relay", "aws-sns", (plain.clone(), None), Some(json!({"scheme": "bearer"})));
    add("inbound", "sendgrid", (format!("holdfast:{plain}"), None), Some(json!({"scheme": "basic"})));
    let quick = json!({"scheme": "hmac-sha256", "header": "x-qn-signature", "encoding": "base64", "key": "text",
        "content": ["id", {"body-digest": "x-qn-content-hash"}, "timestamp"],
        "id": "x-qn-nonce", "timestamp": {"header": "x-qn-timestamp"}});
    add("quickalerts", "quicknode", (plain, None), Some(quick));
}

fn companion(folder: &Path, file: &str) -> Option<Value> {
    let text = std::fs::read_to_string(folder.join(format!("{file}.headers.json"))).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// The headers that were published with a payload.
fn published(folder: &Path, file: &str) -> BTreeMap<String, String> {
    let companion = companion(folder, file);
    let headers = companion.iter().filter_map(|companion| companion["headers"].as_object()).flatten();
    headers.filter_map(|(name, value)| Some((name.to_lowercase(), value.as_str()?.to_owned()))).collect()
}

/// A payload with its content type: what is no JSON lies in the folder as text within JSON, or as a list of pairs.
fn payload(folder: &Path, file: &str) -> (Vec<u8>, Option<String>) {
    let raw = std::fs::read(folder.join(format!("{file}.json"))).unwrap();
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

/// A payload ready to be signed now.
fn parcel(app: &App, folder: &Path, (number, file): (usize, &str)) -> Parcel {
    let (source, _) = file.split_once('/').unwrap();
    let other = OTHER_WAYS.iter().find(|(named, _)| *named == file).map(|(_, endpoint)| *endpoint);
    let (body, content_type) = payload(folder, file);
    Parcel {
        source: if other == Some("relay") { "aws-sns-relay".to_owned() } else { source.to_owned() },
        endpoint: other.map_or_else(|| format!("all-{source}"), str::to_owned),
        body,
        content_type,
        seconds: app.clock.now().millis() / 1_000,
        number,
        forged: false,
        swollen: false,
        house: app.url(""),
    }
}

/// The request of a parcel, with what else was published beside its payload.
fn request(app: &App, folder: &Path, (parcel, file): (&Parcel, &str)) -> RequestBuilder {
    let sealed = parcel.seal();
    let mut headers = published(folder, file);
    headers.extend(
        EVENTS
            .iter()
            .filter(|(named, _)| *named == file)
            .map(|(_, event)| ("x-github-event".to_owned(), (*event).to_owned())),
    );
    headers.extend(sealed.headers.into_iter().map(|(name, value)| (name.to_owned(), value)));
    let request = app.visitor().post(&sealed.url).body(sealed.body);
    headers.iter().fold(request, |request, (name, value)| request.header(name, value))
}

async fn counted(request: RequestBuilder, file: &str) -> (u64, u64, u64, u64) {
    let response = request.send().await.unwrap();
    assert!(response.status().is_success(), "{file}: {}", response.status());
    let answer: Value = response.json().await.unwrap();
    let count = |name: &str| answer[name].as_u64().unwrap();
    assert!(answer["signals"].as_array().unwrap().len() as u64 >= count("accepted"), "{file}");
    (count("accepted"), count("duplicates"), count("ignored"), count("unmapped"))
}

#[test]
#[expect(clippy::print_stdout, reason = "the count of each source is what the story is for")]
fn every_published_payload_goes_in_signed_and_gives_what_the_table_says() {
    let Some(folder) = folder() else { return };
    on_both_with(Plan { settings: connect, ..Plan::default() }, async |app| {
        let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        let mut twins = BTreeSet::new();
        for (number, (file, accepted, ignored, unmapped)) in EXPECTED.into_iter().enumerate() {
            let parcel = parcel(&app, &folder, (number, file));
            let send = || request(&app, &folder, (&parcel, file));
            let (taken, copies, left_out, aside) = counted(send(), file).await;
            assert_eq!((taken + copies, left_out, aside), (accepted, ignored, unmapped), "{file}");
            if copies > 0 {
                twins.insert(file);
            }
            let again = counted(send(), file).await;
            assert_eq!((again.0, again.1), (0, accepted), "{file} once more");
            let count = counts.entry(file.split_once('/').unwrap().0).or_default();
            *count = (count.0 + 1, count.1 + taken);
        }
        assert_eq!(twins, TWINS.into());
        let (mut payloads, mut signals) = (0, 0);
        for (source, (files, taken)) in &counts {
            println!("{source}: {files} payloads, {taken} signals");
            (payloads, signals) = (payloads + files, signals + taken);
        }
        println!("{} sources, {payloads} payloads, {signals} signals", counts.len());
        assert_eq!((counts.len(), payloads), (42, 116));

        let listed = app.staff_get("/api/v1/sources").await;
        let okta = listed["sources"].as_array().unwrap().iter().find(|one| one["endpoint"] == "all-okta").unwrap();
        assert!(okta["copies"].as_i64().unwrap() >= 6, "{okta}");
        let copies = app.staff_get("/api/v1/sources/copies?endpoint=all-okta&limit=100").await;
        let copies = copies["copies"].as_array().unwrap();
        assert!(copies.len() >= 6);
        for copy in copies {
            assert!(copy["signal"].is_string() && copy["body"].as_str().unwrap().contains("\"kind\""), "{copy}");
        }
    });
}

#[test]
fn every_published_payload_and_every_source_is_in_the_table() {
    let Some(folder) = folder() else { return };
    let mut files = BTreeSet::new();
    for source in source_names() {
        for entry in std::fs::read_dir(folder.join(source)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if !name.ends_with(".headers.json") {
                files.insert(format!("{source}/{}", name.strip_suffix(".json").unwrap()));
            }
        }
    }
    assert_eq!(files, EXPECTED.iter().map(|(file, ..)| (*file).to_owned()).collect());
}
