//! The pitfalls of alert webhooks, group by group.

use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::mapping_of;
use crate::intake::mapping::{Batch, Effect, Undecodable};
use crate::intake::verify::{Delivery, Refused, Scheme, Secret, Verifier};
use crate::signal::Strength;
use crate::time::Timestamp;

const RECEIVED: Timestamp = Timestamp::from_millis(1_767_225_600_000);

fn apply(source: &str, body: &Value) -> Batch {
    mapping_of(source).apply(&HeaderMap::new(), body.to_string().as_bytes(), RECEIVED).unwrap()
}

fn facts(batch: &Batch, field: &str) -> Vec<String> {
    batch.events.iter().map(|event| event.facts.first(field).unwrap_or("-").to_owned()).collect()
}

#[test]
fn verify_before_parsing_one_blank_decides() {
    let scheme: Scheme =
        serde_saphyr::from_str("{scheme: hmac-sha256, header: x-sig, encoding: hex, content: [body], key: text}")
            .unwrap();
    let secret = || [Secret::new("made-up-secret".to_owned()).unwrap()];
    let verifier = Verifier::new(&scheme, &secret()).unwrap();
    let key = crate::intake::verify::Key::decode(&secret()[0], crate::intake::verify::KeyForm::Text).unwrap();
    let signed = b"{\"a\": 1}\r\n";
    let mut headers = HeaderMap::new();
    headers.insert("x-sig", crate::intake::verify::sign::sign_hex(&key, &[signed]).parse().unwrap());
    let given =
        |body: &[u8]| verifier.verify(&Delivery { url: "", client: None, headers: &headers, body, now_ms: 0 }).is_ok();
    assert!(given(signed));
    for other in [&b"{\"a\":1}\r\n"[..], b"{\"a\": 1}\n", b"{\"a\": 1}", b"\xef\xbb\xbf{\"a\": 1}\r\n"] {
        assert!(!given(other));
    }
}

#[test]
fn partial_signatures_are_known_for_what_they_are() {
    for (source, strength) in [
        ("mailgun", Strength::SignedInPart),
        ("forta", Strength::StaticSecret),
        ("sentry", Strength::SignedWithoutTime),
        ("moralis", Strength::SignedWithoutTime),
        ("pagerduty", Strength::SignedWithoutTime),
        ("okta", Strength::StaticSecret),
        ("openzeppelin-defender", Strength::Signed),
    ] {
        assert_eq!(mapping_of(source).auth().strength(), strength, "{source}");
    }
}

#[test]
fn batches_lose_nothing_to_one_bad_element_and_may_be_empty_null_or_on_top() {
    let batch = apply(
        "cloudevents",
        &json!([{"id": "1", "source": "/a", "type": "finding"}, 5, null, {"id": "2", "source": "/a", "type": "finding"}]),
    );
    assert_eq!((batch.events.len(), batch.troubles.len()), (2, 2));
    assert_ne!(batch.events[0].key, batch.events[1].key, "each element has a key of its own");
    assert_eq!(apply("quicknode", &json!({"events": []})).ignored, ["empty-batch"]);
    assert!(apply("forta", &json!({"alerts": null})).is_unmapped());
}

#[test]
fn envelopes_are_taken_off_and_the_thing_is_the_key() {
    let event = json!({"detail-type": "GuardDuty Finding", "detail": {"id": "made-up", "type": "UnauthorizedAccess:IAMUser/MadeUp", "severity": 8}});
    let around = |number: &str| json!({"Type": "Notification", "MessageId": number, "TopicArn": "made-up", "Message": event.to_string()});
    let (first, second) = (apply("aws-sns", &around("1")), apply("aws-sns", &around("2")));
    assert_eq!(facts(&first, "kind"), ["auth.threat"]);
    assert_eq!(first.events[0].key, second.events[0].key, "the finding and not the delivery");
}

#[test]
fn ids_that_are_missing_or_name_something_else_do_not_merge_events() {
    let falco = |second: u32| json!({"rule": "Made up", "priority": "Notice", "time": format!("2025-06-01T10:00:0{second}.000000001Z")});
    assert_ne!(apply("falco", &falco(1)).events[0].key, apply("falco", &falco(2)).events[0].key);
    let key = |made: &str| apply("elastalert", &json!({"made": made})).events[0].key.clone();
    assert_eq!(key("up"), key("up"), "what came before is known again");
    assert_ne!(key("up"), key("otherwise"), "another body is another event");
    // A Telegram number is one bot's own, and two kinds of update may bear it.
    let update = |member: &str| json!({"update_id": 1, member: {"text": "made up", "from": {"id": 1}}});
    assert_ne!(apply("telegram", &update("message")).events[0].key, apply("telegram", &update("poll")).events[0].key);
    let event = |id: &str, source: &str| json!({"specversion": "1.0", "id": id, "source": source, "type": "finding"});
    assert_ne!(
        apply("cloudevents", &event("1", "/a")).events[0].key,
        apply("cloudevents", &event("1", "/b")).events[0].key
    );
}

#[test]
fn numbers_of_256_bits_and_of_one_cent_stay_exact() {
    let most = format!("0x{}", "f".repeat(64));
    let log = json!({"address": format!("0x{}", "c".repeat(40)), "data": most,
        "topics": ["0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"]});
    let batch =
        apply("tenderly", &json!({"id": "1", "event_type": "ALERT", "transaction": {"network": "1", "logs": [log]}}));
    assert_eq!(
        facts(&batch, "amount-raw"),
        ["115792089237316195423570985008687907853269984665640564039457584007913129639935"]
    );
    let body = r#"{"alerts":[{"alertLevel":"HIGH","externalId":"1","alertAmount":5000.00000000000000001}]}"#;
    let batch = mapping_of("chainalysis").apply(&HeaderMap::new(), body.as_bytes(), RECEIVED).unwrap();
    assert_eq!(facts(&batch, "usd"), ["5000.00000000000000001"]);
    let paid = json!({"id": "evt_1", "type": "charge.failed", "data": {"object": {"amount": 1, "currency": "usd"}}});
    assert_eq!(facts(&apply("stripe", &paid), "usd"), ["0.01"]);
}

#[test]
fn times_of_every_form_are_one_moment_or_none() {
    let thinkst =
        |time: &str| facts(&apply("thinkst-canary", &json!({"token": "1", "token_type": "x", "time": time})), "time");
    assert_eq!(thinkst("2025-06-01 10:00:00 (UTC)"), ["2025-06-01T10:00:00.000Z"]);
    assert_eq!(thinkst("0001-01-01T00:00:00Z"), ["-"]);
    let defender = |time: i64| {
        facts(
            &apply("openzeppelin-defender", &json!({"events": [{"type": "BLOCK", "hash": "1", "timestamp": time}]})),
            "time",
        )
    };
    assert_eq!(defender(0), ["-"], "unknown");
    assert_eq!(defender(1_748_772_000), ["2025-06-01T10:00:00.000Z"]);
    assert_eq!(defender(1_748_772_000_000), ["2025-06-01T10:00:00.000Z"]);
}

#[test]
fn what_is_resolved_is_told_and_closes_nothing_by_itself() {
    let batch = apply(
        "pagerduty",
        &json!({"event": {"id": "1", "event_type": "incident.resolved", "data": {"id": "A", "title": "made up"}}}),
    );
    assert_eq!(
        (facts(&batch, "kind"), batch.events[0].effect),
        (vec!["monitoring.resolved".to_owned()], Effect::Close)
    );
}

#[test]
fn null_empty_and_the_word_null_say_nothing() {
    let batch =
        apply("auth0", &json!({"log_id": "1", "data": {"type": "fu", "user_id": "", "user_name": "null", "ip": null}}));
    for field in ["user", "login", "ip"] {
        assert_eq!(facts(&batch, field), ["-"], "{field}");
    }
    assert!(batch.troubles.is_empty());
}

#[test]
fn hostile_words_are_kept_as_data_and_secrets_are_taken_out_of_bodies() {
    let batch = apply(
        "pagerduty",
        &json!({"routing_key": "made-up-credential", "event_action": "trigger", "payload": {"summary": "<script>{{7*7}}\u{202e}\nlevel=ERROR"}}),
    );
    let kept = batch.redacted.to_string();
    assert!(!kept.contains("made-up-credential"), "{kept}");
    assert!(!facts(&batch, "title")[0].contains('\u{202e}'));
    let batch = apply(
        "thinkst-canary",
        &json!({"token": "1", "token_type": "x", "manage_url": "https://example.org/credential"}),
    );
    assert!(!batch.redacted.to_string().contains("credential"));
    let batch = apply("slack", &json!({"token": "credential", "event_id": "1", "event": {"type": "message"}}));
    assert!(!batch.redacted.to_string().contains("credential"));
}

#[test]
fn repeated_members_are_refused_in_every_layer_and_after_names_are_made_one() {
    let read = |source: &str, body: &str| mapping_of(source).apply(&HeaderMap::new(), body.as_bytes(), RECEIVED);
    assert_eq!(read("okta", r#"{"uuid":"1","uuid":"2"}"#), Err(Undecodable::RepeatedMember));
    assert_eq!(read("microsoft-entra", r#"{"Category":"A","category":"B"}"#), Err(Undecodable::RepeatedMember));
    let inside = read("aws-sns", r#"{"Type":"Notification","MessageId":"1","Message":"{\"a\":1,\"a\":2}"}"#).unwrap();
    assert_eq!(inside.troubles.len(), 1, "what stands inside is left as words");
}

#[test]
fn addresses_of_every_form_are_one_and_the_number_of_a_chain_decides() {
    let forms = [
        "0xAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "0x000000000000000000000000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];
    for form in forms {
        let body = json!({"events": [{"type": "BLOCK", "hash": "1", "sentinel": {"network": "polygon", "chainId": 1}, "transaction": {"from": form}}]});
        let batch = apply("openzeppelin-defender", &body);
        assert_eq!(facts(&batch, "from"), ["0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], "{form}");
        assert_eq!(facts(&batch, "chain"), ["ethereum"]);
    }
}

#[test]
fn clocks_may_differ_by_minutes_both_ways_and_no_more() {
    let scheme: Scheme = serde_saphyr::from_str("{scheme: standard-webhooks}").unwrap();
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
    let made = Secret::new(secret.to_owned()).unwrap();
    let key = crate::intake::verify::Key::decode(&made, crate::intake::verify::KeyForm::Whsec).unwrap();
    let verifier = Verifier::new(&scheme, &[made]).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("webhook-id", "1".parse().unwrap());
    headers.insert("webhook-timestamp", "1000".parse().unwrap());
    headers.insert(
        "webhook-signature",
        crate::intake::verify::sign::sign_standard(&key, "1", 1000, b"{}").parse().unwrap(),
    );
    let at = |seconds: i64| {
        let delivery = Delivery { url: "", client: None, headers: &headers, body: b"{}", now_ms: seconds * 1000 };
        verifier.verify(&delivery).map(|verified| verified.strength)
    };
    assert_eq!(at(1300), Ok(Strength::Signed));
    assert_eq!(at(700), Ok(Strength::Signed));
    assert_eq!(at(1301), Err(Refused::Stale));
    assert_eq!(at(699), Err(Refused::Future));
}
