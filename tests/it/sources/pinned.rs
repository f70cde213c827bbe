//! What the configuration pins: schemes, networks, set-up requests, packed bodies; and what a signal keeps of its proof.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::connect;
use super::sender::Parcel;
use crate::support::app::{App, Plan, STATIC_SECRET, on_both_with, on_sqlite_with};
use crate::support::rows;
use holdfast::config::{Config, Endpoint};
use holdfast::time::Clock;

fn made(app: &App, source: &str, body: &Value) -> Parcel {
    Parcel {
        source: source.to_owned(),
        endpoint: format!("all-{source}"),
        body: serde_json::to_vec(body).unwrap(),
        content_type: None,
        seconds: app.clock.now().millis() / 1_000,
        number: 1,
        forged: false,
        swollen: false,
        house: app.url(""),
    }
}

async fn sent(app: &App, parcel: &Parcel) -> StatusCode {
    let sealed = parcel.seal();
    let request = app.visitor().post(&sealed.url).body(sealed.body);
    let request = sealed.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
    request.send().await.unwrap().status()
}

fn networks(config: &mut Config) {
    connect(config);
    for (name, network) in [("near", "127.0.0.0/8"), ("far", "203.0.113.0/24")] {
        config.endpoint.push(Endpoint {
            name: name.to_owned(),
            source: "splunk".to_owned(),
            allow: vec![network.to_owned()],
            auth: Some(figment::value::Value::serialize(json!({"scheme": "none"})).unwrap()),
            ..Endpoint::default()
        });
    }
    let connecting = ["all-slack", "all-cloudevents", "all-tenderly", "all-microsoft-entra", "all-quicknode"];
    for endpoint in &mut config.endpoint {
        endpoint.set_up = connecting.contains(&endpoint.name.as_str());
    }
}

/// The facts of the only incident's only signal.
async fn facts(app: &App) -> Value {
    let queue = app.queue().await;
    let id = queue[0]["id"].as_str().unwrap();
    app.staff_get(&format!("/api/v1/incidents/{id}")).await["signals"][0].clone()
}

#[test]
fn a_source_without_a_secret_is_known_by_its_network_and_its_word_is_not_verified() {
    on_both_with(Plan { settings: networks, ..Plan::default() }, async |app| {
        let body =
            json!({"sid": "1", "result": {"account": "account-1", "kind": "auth.threat", "severity": "critical"}});
        let before = rows::counts(&app).await;
        let send = async |name: &str| {
            app.visitor().post(app.url(&format!("/api/v1/alerts/{name}"))).json(&body).send().await.unwrap().status()
        };
        assert_eq!(send("far").await, StatusCode::UNAUTHORIZED);
        assert_eq!(rows::counts(&app).await, before, "no row was written");
        assert_eq!(send("near").await, StatusCode::ACCEPTED);
        let signal = facts(&app).await;
        assert_eq!(signal["facts"]["proof"], "network", "{signal}");
        assert_eq!(signal["verified"], false, "{signal}");
    });
}

#[test]
fn the_strength_of_the_proof_is_kept_with_the_signal() {
    on_both_with(Plan { settings: connect, ..Plan::default() }, async |app| {
        let event = json!({"uuid": "1", "eventType": "security.threat.detected", "severity": "ERROR", "actor": {"id": "account-1", "type": "User"}});
        assert_eq!(sent(&app, &made(&app, "okta", &event)).await, StatusCode::ACCEPTED);
        assert_eq!(facts(&app).await["facts"]["proof"], "static-secret");
    });
}

#[test]
fn no_sender_can_claim_a_proof_or_a_severity_that_nobody_gave() {
    on_both_with(Plan { settings: connect, ..Plan::default() }, async |app| {
        let event = json!({"type": "auth.threat", "timestamp": "2026-03-02T08:00:00Z",
            "data": {"account": "account-1", "proof": "network", "severity-unchecked": "false", "severity": "made up"}});
        assert_eq!(sent(&app, &made(&app, "standard-webhooks", &event)).await, StatusCode::ACCEPTED);
        let signal = facts(&app).await;
        let kept = [&signal["facts"]["proof"], &signal["facts"]["severity"], &signal["facts"]["severity-unchecked"]];
        assert_eq!(kept, ["signed", "medium", "true"], "{signal}");
    });
}

#[test]
fn set_up_requests_are_answered_only_while_an_operator_connects_the_source() {
    on_sqlite_with(Plan { settings: networks, ..Plan::default() }, async |app| {
        let url = |source: &str| app.url(&format!("/api/v1/alerts/all-{source}"));
        let challenge = json!({"type": "url_verification", "challenge": "a-challenge"});
        let slack = app.visitor().post(url("slack")).json(&challenge).send().await.unwrap();
        assert_eq!(slack.json::<Value>().await.unwrap(), json!({"challenge": "a-challenge"}));
        let hostile = json!({"type": "url_verification", "challenge": "<script>"});
        let refused = app.visitor().post(url("slack")).json(&hostile).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);

        let asking = app.visitor().request(Method::OPTIONS, url("cloudevents"));
        let asked = asking.header("webhook-request-origin", "events.example.org").send().await.unwrap();
        assert_eq!(asked.status(), StatusCode::OK);
        assert_eq!(asked.headers()["webhook-allowed-origin"], "events.example.org");
        assert_eq!(asked.headers()["webhook-allowed-rate"], "120");

        assert_eq!(app.visitor().get(url("tenderly")).send().await.unwrap().status(), StatusCode::OK);
        let graph = app.visitor().post(format!("{}?validationToken=a-token", url("microsoft-entra")));
        assert_eq!(graph.send().await.unwrap().text().await.unwrap(), "a-token");
        assert_eq!(app.visitor().post(url("quicknode")).send().await.unwrap().status(), StatusCode::OK);

        let okta = app.visitor().get(url("okta")).header("x-okta-verification-challenge", "a-challenge");
        assert_eq!(okta.send().await.unwrap().status(), StatusCode::UNAUTHORIZED, "nobody is connecting it");
        assert!(app.queue().await.is_empty(), "nothing was kept");
    });
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_packed_body_is_verified_as_it_was_before_and_a_bomb_is_refused() {
    on_sqlite_with(Plan { settings: connect, ..Plan::default() }, async |app| {
        let send = async |parcel: &Parcel, body: Vec<u8>| {
            let sealed = parcel.seal();
            let request = app.visitor().post(&sealed.url).header("content-encoding", "gzip").body(body);
            let request = sealed.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
            request.send().await.unwrap().status()
        };
        let body = json!({"events": [{"type": "made up", "account": "account-1"}]});
        let streams = made(&app, "quicknode", &body);
        assert_eq!(send(&streams, packed(&streams.body)).await, StatusCode::ACCEPTED);
        assert_eq!(send(&streams, streams.body.clone()).await, StatusCode::UNAUTHORIZED, "it is not packed");
        let bomb = Parcel { body: vec![b' '; 50 * 1024 * 1024], ..streams };
        assert_eq!(send(&bomb, packed(&bomb.body)).await, StatusCode::PAYLOAD_TOO_LARGE);
        let other = made(&app, "splunk", &json!({"sid": "1", "result": {}}));
        assert_eq!(send(&other, packed(&other.body)).await, StatusCode::UNAUTHORIZED, "only sources that may pack");
    });
}

#[test]
fn both_secrets_hold_while_one_takes_the_place_of_the_other_and_no_signal_is_lost() {
    fn rotating(config: &mut Config) {
        let file = |name: &str, secret: &str| {
            let file = config.data.join(name);
            std::fs::write(&file, secret).unwrap();
            Some(file)
        };
        let (secret_file, previous_secret_file) =
            (file("new.secret", "a-new-long-secret-0123456789"), file("old.secret", STATIC_SECRET));
        config.endpoint.push(Endpoint {
            name: "rotating".to_owned(),
            source: "splunk".to_owned(),
            secret_file,
            previous_secret_file,
            ..Endpoint::default()
        });
    }
    on_sqlite_with(Plan { settings: rotating, ..Plan::default() }, async |app| {
        for (number, (secret, status)) in
            [(STATIC_SECRET, 202), ("a-new-long-secret-0123456789", 202), ("a-third-long-secret-01234567", 401)]
                .into_iter()
                .enumerate()
        {
            let body = json!({"sid": number.to_string(), "result": {"account": "account-1"}});
            let url = app.url("/api/v1/alerts/rotating");
            let response = app.visitor().post(url).bearer_auth(secret).json(&body).send().await.unwrap();
            assert_eq!(response.status().as_u16(), status, "{secret}");
        }
    });
}
