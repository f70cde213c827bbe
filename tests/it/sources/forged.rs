//! A flood of forgeries beside honest traffic (HK-05, HK-09), and what a source may do at most (HK-10, HK-11).

use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::app::{App, EVENTS_SECRET, Plan, on_both, on_both_with, on_sqlite_with};
use crate::support::rows;
use holdfast::config::Config;
use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use holdfast::time::Clock;

const FORGED: usize = 10_000;
const SENDERS: usize = 8;
const HONEST: usize = 300;

fn event(kind: &str, account: &str, severity: &str) -> Value {
    json!({"type": kind, "timestamp": "2026-03-02T08:59:00Z", "data": {"account": account, "severity": severity}})
}

/// Sends honest events one after the other and gives how long each took.
#[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
async fn honest(app: &App, name: &str) -> Vec<Duration> {
    let mut took = Vec::with_capacity(HONEST);
    for number in 0..HONEST {
        let began = Instant::now();
        let sent = app.event(&format!("{name}_{number}"), &event("auth.login", "account-1", "info")).await;
        took.push(began.elapsed());
        assert_eq!(sent.status(), StatusCode::ACCEPTED);
    }
    took
}

fn percentile(took: &mut [Duration], per_mille: usize) -> Duration {
    took.sort();
    took[(took.len() * per_mille / 1_000).min(took.len() - 1)]
}

/// A share of the forgeries, over one connection: a signature of the right form under another secret.
#[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
async fn forge(client: Client, url: String, headers: HeaderMap) -> Vec<Duration> {
    let mut took = Vec::with_capacity(FORGED / SENDERS);
    for number in 0..FORGED / SENDERS {
        let body = format!("{{\"type\":\"withdrawal.requested\",\"data\":{{\"account\":\"victim-{number}\"}}}}");
        let began = Instant::now();
        let refused = client.post(&url).headers(headers.clone()).body(body).send().await.unwrap();
        took.push(began.elapsed());
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    }
    took
}

fn forged_headers(app: &App) -> HeaderMap {
    let other = EVENTS_SECRET.replace("Mf", "Nf");
    let key = Key::decode(&Secret::new(other).unwrap(), KeyForm::Whsec).unwrap();
    let now = app.clock.now().millis() / 1_000;
    let signature = sign::sign_standard(&key, "msg_forged", now, b"{}");
    let mut headers = HeaderMap::new();
    for (name, value) in [("id", "msg_forged"), ("timestamp", &now.to_string()), ("signature", &signature)] {
        let name: reqwest::header::HeaderName = format!("webhook-{name}").parse().unwrap();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    headers
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the story is about")]
#[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
fn ten_thousand_forgeries_are_refused_write_nothing_and_leave_honest_senders_their_time() {
    let wide = Plan { settings: |config| config.limits.alerts_burst = 100_000, ..Plan::default() };
    on_sqlite_with(wide, async |app| {
        let mut quiet = honest(&app, "quiet").await;
        let before = rows::counts(&app).await;
        let began = Instant::now();
        let mut senders = JoinSet::new();
        for _ in 0..SENDERS {
            senders.spawn(forge(app.visitor(), app.url("/api/v1/alerts/events"), forged_headers(&app)));
        }
        let mut beside = honest(&app, "beside").await;
        let mut refused: Vec<Duration> = senders.join_all().await.into_iter().flatten().collect();
        let took = began.elapsed();
        let after = rows::counts(&app).await;
        assert_eq!(refused.len(), FORGED);
        for (table, count) in before {
            let honest = i64::try_from(HONEST).unwrap();
            let wrote = after[&table] - count;
            assert!(wrote == 0 || wrote <= 2 * honest, "{table}: {wrote} rows for {honest} honest deliveries");
        }
        let recent = app.house.refusals.recent(app.clock.now());
        assert_eq!(recent["events"].values().sum::<u64>(), u64::try_from(FORGED).unwrap());
        println!(
            "forged: {FORGED} refused in {took:.2?} ({:.0} a second, client and server on one machine), p99 {:.2?}; honest: p99 {:.2?} alone, {:.2?} beside them",
            f64::from(u32::try_from(FORGED).unwrap()) / took.as_secs_f64(),
            percentile(&mut refused, 990),
            percentile(&mut quiet, 990),
            percentile(&mut beside, 990),
        );
    });
}

fn bounded(config: &mut Config) {
    for endpoint in config.endpoint.iter_mut().filter(|endpoint| endpoint.name == "events") {
        endpoint.severity_ceiling = Some("high".to_owned());
        endpoint.kinds = vec!["auth.".to_owned(), "monitoring.alert".to_owned()];
        endpoint.apart = true;
    }
}

/// The facts of the latest signal of the incident at a place in the queue.
async fn facts(app: &App, id: &Value) -> Value {
    let incident = app.staff_get(&format!("/api/v1/incidents/{}", id.as_str().unwrap())).await;
    incident["signals"].as_array().unwrap().last().unwrap()["facts"].clone()
}

#[test]
fn a_source_says_no_more_than_its_ceiling_and_only_what_it_may() {
    on_both_with(Plan { settings: bounded, ..Plan::default() }, async |app| {
        app.event("msg_1", &event("auth.threat", "account-1", "critical")).await;
        let row = app.queue().await[0].clone();
        let seen = facts(&app, &row["id"]).await;
        assert_eq!((&seen["severity"], &seen["kind"]), (&json!("high"), &json!("auth.threat")));
        let mut later = event("withdrawal.requested", "account-1", "low");
        later["timestamp"] = json!("2026-03-02T08:59:30Z");
        app.event("msg_2", &later).await;
        let seen = facts(&app, &row["id"]).await;
        assert_eq!((&seen["severity"], &seen["kind"]), (&json!("low"), &json!("unclassified")), "{seen}");
    });
}

#[test]
fn a_source_that_stands_apart_never_touches_the_incidents_of_another() {
    on_both_with(Plan { settings: bounded, ..Plan::default() }, async |app| {
        let okta = json!({"eventId": "1", "eventTime": "2026-03-02T08:59:00Z", "data": {"events": [{
            "uuid": "u-1", "published": "2026-03-02T08:59:00Z", "eventType": "user.mfa.factor.deactivate", "severity": "WARN",
            "actor": {"alternateId": "account-1", "id": "a"},
            "target": [{"type": "User", "id": "a", "alternateId": "account-1"}]}]}});
        let url = app.url("/api/v1/alerts/okta");
        let request = app.visitor().post(url).header("authorization", crate::support::app::STATIC_SECRET).json(&okta);
        assert!(request.send().await.unwrap().status().is_success());
        let open = app.house.respond.queue(None, None, 50).await.unwrap().len();
        app.event("msg_1", &event("auth.threat", "account-1", "medium")).await;
        let incidents = rows::counts(&app).await["incident"];
        assert_eq!(incidents, 2, "one each, though both name the same account; {open} of them waits");
    });
}

#[test]
fn nothing_is_acknowledged_that_was_not_kept() {
    on_both(async |app| {
        app.house.respond.db.close().await;
        let sent = app.event("msg_1", &event("auth.threat", "account-1", "high")).await;
        assert_eq!(sent.status(), StatusCode::SERVICE_UNAVAILABLE, "never 2xx (HK-11)");
        assert!(sent.headers().contains_key("retry-after"));
    });
}

#[test]
fn a_source_over_its_quota_learns_what_the_quota_is() {
    let narrow = Plan { settings: |config| config.limits.alerts_burst = 1, ..Plan::default() };
    on_sqlite_with(narrow, async |app| {
        app.event("msg_1", &event("auth.threat", "account-1", "high")).await;
        let over = app.event("msg_2", &event("auth.threat", "account-1", "high")).await;
        assert_eq!(over.status(), StatusCode::TOO_MANY_REQUESTS);
        let header = |name: &str| over.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("ratelimit-policy"), "\"alerts\";q=1;w=1");
        let wait: u64 = header("retry-after").parse().unwrap();
        assert_eq!(header("ratelimit"), format!("\"alerts\";r=0;t={wait}"));
    });
}
