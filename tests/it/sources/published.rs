//! Published signatures, at the time they were made.

use reqwest::StatusCode;
use serde_json::Value;

use super::table::EXPECTED;
use super::{companion, counted, folder, named_folder, payload, published};
use crate::support::app::{App, Plan, on_sqlite_with};
use holdfast::config::{Config, Endpoint};
use holdfast::time::Timestamp;

/// Files that were published with a signature and what verifies it.
const SIGNED: [&str; 20] = [
    "alchemy/address-activity-usdc",
    "coinbase-commerce/charge-created",
    "github/hmac-vector-octokit",
    "grafana/oncall-alerting-example",
    "mailgun/delivered-event",
    "moralis/signature-vector-empty-test-ping",
    "okta/event-hook-session-start",
    "openzeppelin-defender/sentinel-block-event",
    "openzeppelin-monitor/usdt-transfer-raw-mode",
    "pagerduty/v3-incident-priority-updated",
    "quicknode/streams-empty-batch",
    "sendgrid/event-webhook-dropped",
    "sentry/issue-alert-triggered",
    "slack/slash-command-form",
    "standard-webhooks/v1-hmac-vector",
    "standard-webhooks/v1a-ed25519-vector",
    "stripe/event-fixture",
    "svix/sign-vector",
    "telegram/update-start-command",
    "tenderly/alert-erc721-mint",
];

fn name_of(file: &str) -> String {
    file.replace('/', "-")
}

/// Connects an endpoint for each signed file, with the secret that was published beside it.
fn connect(config: &mut Config) {
    let Some(folder) = named_folder() else { return };
    for file in SIGNED {
        let companion = companion(&folder, file).unwrap();
        let names = ["signing_secret", "public_key", "public_key_der_base64"];
        let secret = names.iter().find_map(|name| companion[*name].as_str()).unwrap().to_owned();
        let secret_file = config.data.join(format!("{}.secret", name_of(file)));
        std::fs::write(&secret_file, secret).unwrap();
        config.endpoint.push(Endpoint {
            name: name_of(file),
            source: file.split_once('/').unwrap().0.to_owned(),
            secret_file: Some(secret_file),
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
            let (body, content_type) = payload(&folder, file);
            let url = app.url(&format!("/api/v1/alerts/{}", name_of(file)));
            let send = |body: Vec<u8>| {
                let content_type = content_type.clone().map(|kind| ("content-type".to_owned(), kind));
                published(&folder, file)
                    .into_iter()
                    .chain(content_type)
                    .fold(app.visitor().post(&url).body(body), |request, (name, value)| request.header(name, value))
            };
            let signs_the_body = !["okta", "telegram", "mailgun"].iter().any(|source| file.starts_with(source));
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
