//! The rest of the pitfalls: order, repeats, set-up requests, and what only looks like an alert.

use axum::http::{HeaderMap, Method};
use serde_json::json;

use super::mapping_of;
use crate::intake::mapping::{Asked, Batch, Effect};
use crate::time::Timestamp;

fn apply(source: &str, body: &serde_json::Value) -> Batch {
    let now = Timestamp::from_millis(1_748_800_000_000);
    mapping_of(source).apply(&HeaderMap::new(), body.to_string().as_bytes(), now).unwrap()
}

#[test]
fn retries_and_order_an_end_before_its_begin_is_two_events_of_one_thing() {
    let incident = |kind: &str, id: &str| json!({"event": {"id": id, "event_type": kind, "occurred_at": "2025-06-01T10:00:00Z", "data": {"id": "A", "title": "made up"}}});
    let (end, begin) = (
        apply("pagerduty", &incident("incident.resolved", "2")),
        apply("pagerduty", &incident("incident.triggered", "1")),
    );
    assert_ne!(end.events[0].key, begin.events[0].key);
    assert_eq!(end.events[0].incident_key, begin.events[0].incident_key);
    let again = apply("pagerduty", &incident("incident.triggered", "1"));
    assert_eq!(begin.events[0].key, again.events[0].key, "a retry is known");
}

#[test]
fn repeats_that_are_not_retries_bring_news_of_the_same_thing() {
    let finding = |count: u8| json!({"id": "d", "detail": {"id": "f", "type": "Recon:IAMUser/X", "severity": 5, "service": {"count": count}}});
    let (first, second) = (apply("aws-guardduty", &finding(1)), apply("aws-guardduty", &finding(2)));
    assert_ne!(first.events[0].key, second.events[0].key);
    assert_eq!(first.events[0].incident_key, second.events[0].incident_key);
    assert_eq!(second.events[0].effect, Effect::Update);
    // A group that keeps firing says nothing new.
    let firing = json!({"alerts": [{"status": "firing", "labels": {"alertname": "made up"}, "fingerprint": "f", "startsAt": "2025-06-01T10:00:00Z"}]});
    let (first, again) = (apply("prometheus-alertmanager", &firing), apply("prometheus-alertmanager", &firing));
    assert_eq!(first.events[0].key, again.events[0].key);
}

#[test]
fn handshakes_reveal_nothing_but_the_value_that_was_sent() {
    let slack = mapping_of("slack");
    let asked = |challenge: &str| {
        let body = json!({"type": "url_verification", "token": "credential", "challenge": challenge}).to_string();
        slack.handshake(Asked { method: &Method::POST, headers: &HeaderMap::new(), query: "", body: body.as_bytes() })
    };
    let reply = asked("made-up").unwrap();
    assert!(reply.body.contains("made-up") && !reply.body.contains("credential"), "{}", reply.body);
    assert_eq!(asked("<img src=x>"), None);
    assert_eq!(asked(&"x".repeat(5_000)), None);
}

#[test]
fn tests_and_noise_that_look_like_alerts_are_left_out_by_name() {
    for (source, body) in [
        ("tenderly", json!({"id": "1", "event_type": "TEST"})),
        (
            "moralis",
            json!({"streamId": "", "chainId": "", "confirmed": true, "erc20Transfers": [], "txs": [], "logs": []}),
        ),
        ("alchemy", json!({"id": "1", "type": "ADDRESS_ACTIVITY", "event": {"error": "over quota"}})),
    ] {
        let batch = apply(source, &body);
        assert!(batch.events.is_empty(), "{source}: {:?}", batch.events);
        assert!(!batch.ignored.is_empty(), "{source} says why");
    }
}
