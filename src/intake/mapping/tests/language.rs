//! Each part of the language by itself, on small mappings.

use axum::http::{HeaderMap, Method};
use serde_json::json;

use super::{mapping_of, small};
use crate::intake::mapping::{Asked, Batch, Effect, Mapping, Resolve, Undecodable};
use crate::time::Timestamp;

const RECEIVED: Timestamp = Timestamp::from_millis(1_767_225_600_000);

fn apply(mapping: &Mapping, body: &str) -> Batch {
    mapping.apply(&HeaderMap::new(), body.as_bytes(), RECEIVED).unwrap()
}

#[test]
fn a_batch_is_read_element_by_element_beside_its_parent() {
    let mapping = small("each: [/a, { at: /b, kind: auth.login }]\nkind: finding\nkey: ['@/id']\nfields: { user: { ptr: ['@/user', /user], as: word } }").unwrap();
    let batch = apply(&mapping, r#"{"user":"parent","a":[{"id":1},7,{"id":2,"user":"own"}],"b":{"id":3}}"#);
    let read: Vec<_> = batch
        .events
        .iter()
        .map(|event| (event.facts.first("kind").unwrap(), event.facts.first("user").unwrap()))
        .collect();
    assert_eq!(read, [("finding", "parent"), ("finding", "own"), ("auth.login", "parent")]);
    assert_eq!((batch.troubles[0].place.as_str(), batch.troubles[0].converter), ("/a/1", "object"));
}

#[test]
fn an_event_that_is_twice_in_a_delivery_counts_once() {
    let mapping = small("each: ['']\nkind: finding\nkey: ['@/id']").unwrap();
    let batch = apply(&mapping, r#"[{"id":1},{"id":2},{"id":1,"attempt":2}]"#);
    assert_eq!((batch.events.len(), batch.ignored), (2, vec!["repeated-in-delivery".to_owned()]));
}

#[test]
fn events_without_the_values_of_the_key_are_not_taken_for_one() {
    let mapping = small("each: ['']\nkind: finding\nkey: ['@/id', kind]").unwrap();
    let batch = apply(&mapping, r#"[{"a":1},{"a":2},{"a":1}]"#);
    assert_eq!(batch.events.len(), 2);
    let again = apply(&mapping, r#"[ {"a" : 2} ]"#);
    assert_eq!(again.events[0].key, batch.events[1].key);
}

#[test]
fn a_value_that_cannot_be_read_is_left_out_and_told_by_place() {
    let mapping = small(
        "kind: finding\nkey: [/id]\nfields: { ip: { ptr: [/ip, /other], as: ip }, user: { ptr: [/user], as: word } }",
    )
    .unwrap();
    let batch = apply(&mapping, r#"{"id":1,"ip":"not an address","other":"203.0.113.7","user":{"no":"word"}}"#);
    assert_eq!(batch.events[0].facts.first("ip"), Some("203.0.113.7"));
    assert!(!batch.events[0].facts.has("user"));
    let troubles: Vec<_> = batch
        .troubles
        .iter()
        .map(|trouble| (trouble.field.as_str(), trouble.place.as_str(), trouble.converter))
        .collect();
    assert_eq!(troubles, [("ip", "/ip", "ip"), ("user", "/user", "word")]);
}

#[test]
fn a_list_of_words_gives_several_values() {
    let mapping = small("kind: finding\nkey: [/id]\nfields: { domain: { ptr: [/hosts], as: lower } }").unwrap();
    let batch = apply(&mapping, r#"{"id":1,"hosts":["A.example",null,"b.example"]}"#);
    assert_eq!(batch.events[0].facts.get("domain"), ["a.example", "b.example"]);
}

#[test]
fn amounts_are_scaled_exactly_or_kept_in_base_units() {
    let mapping =
        small("kind: chain.transfer\nkey: [/id]\nfields: { amount: { ptr: [/raw], as: int256, scale: /decimals } }")
            .unwrap();
    for (body, amount, troubles) in [
        (json!({"raw": "0x8f0d1800", "decimals": 6}), Some("2400"), 0),
        (json!({"raw": "1", "decimals": "18"}), Some("0.000000000000000001"), 0),
        (json!({"raw": "1", "decimals": null}), None, 0),
        (json!({"raw": "1", "decimals": 1001}), None, 1),
        (json!({"raw": "1", "decimals": 255}), None, 0),
    ] {
        let batch = apply(&mapping, &body.to_string());
        assert_eq!(batch.events[0].facts.first("amount"), amount, "{body}");
        assert!(batch.events[0].facts.has("amount-raw"), "{body}");
        assert_eq!(batch.troubles.len(), troubles, "{body}");
    }
    let empty = apply(&mapping, r#"{"raw":"0x","decimals":6}"#);
    assert!(!empty.events[0].facts.has("amount-raw") && empty.troubles.is_empty());
}

#[test]
fn an_impossible_time_becomes_the_receipt() {
    let mapping = small("kind: finding\nkey: [/id]\nfields: { time: { ptr: [/t], as: epoch-ms, sanity: { after: 2015-01-01, before_minutes_ahead: 10, otherwise: receipt-time } } }").unwrap();
    let time = |body: &str| apply(&mapping, body).events[0].facts.first("time").map(str::to_owned);
    assert_eq!(time(r#"{"t":1767225900000}"#).as_deref(), Some("2026-01-01T00:05:00.000Z"));
    for wrong in [r#"{"t":1767225600}"#, r#"{"t":1767229200000}"#] {
        assert_eq!(time(wrong).as_deref(), Some("2026-01-01T00:00:00.000Z"), "{wrong}");
    }
    assert_eq!(time("{}"), None);
}

#[test]
fn layers_are_taken_off_and_a_broken_one_loses_nothing_else() {
    let mapping = small("unwrap: [{ base64: /m }, { json-string: /m }, { json-string: /n }]\nkind: { from: /m/type, table: { x: finding }, otherwise: unclassified }\nkey: [/m/id]").unwrap();
    let batch = apply(&mapping, r#"{"m":"eyJ0eXBlIjoieCIsImlkIjo1fQ==","n":"{broken"}"#);
    assert_eq!(batch.events[0].facts.first("kind"), Some("finding"));
    assert_eq!(batch.redacted["m"]["id"], json!(5));
    assert_eq!(batch.troubles.iter().map(|trouble| trouble.place.as_str()).collect::<Vec<_>>(), ["/n"]);
}

#[test]
fn lines_of_json_are_elements_and_a_broken_line_loses_no_other() {
    let mapping = small("unwrap: [{ json-lines: '' }]\neach: ['']\nkind: finding\nkey: ['@/id']").unwrap();
    let batch = apply(&mapping, "{\"id\":1}\r\n\n{\"id\":\n{\"id\":2}\n");
    assert_eq!((batch.events.len(), batch.troubles.len()), (2, 1));
}

#[test]
fn a_body_is_refused_when_it_is_too_large_or_reads_in_two_ways() {
    let mapping = small("transport: { max_bytes: 20 }\nkind: finding\nkey: [/id]").unwrap();
    let refused = |body: &str| mapping.apply(&HeaderMap::new(), body.as_bytes(), RECEIVED).unwrap_err();
    assert_eq!(refused(&" ".repeat(21)), Undecodable::TooLong { bytes: 21, limit: 20 });
    assert_eq!(refused(r#"{"id":1,"id":2}"#), Undecodable::RepeatedMember);
}

#[test]
fn a_body_with_nothing_known_in_it_is_unmapped() {
    for source in ["alchemy", "moralis", "okta", "aws-guardduty", "grafana"] {
        assert!(apply(&mapping_of(source), r#"{"made":"up"}"#).is_unmapped(), "{source}");
    }
    assert!(apply(&mapping_of("ocsf"), "5").is_unmapped());
}

#[test]
fn the_second_delivery_of_a_block_finds_the_first_in_either_order() {
    let block = |confirmed: bool| {
        json!({"streamId": "s", "chainId": "0x1", "confirmed": confirmed, "retries": u8::from(confirmed),
        "erc20Transfers": [{"transactionHash": "0x1", "logIndex": "1", "from": "0xa", "to": "0xb", "value": "5"}]})
        .to_string()
    };
    let (first, second) = (apply(&mapping_of("moralis"), &block(false)), apply(&mapping_of("moralis"), &block(true)));
    assert_eq!(first.events[0].key, second.events[0].key);
    assert_eq!((first.events[0].effect, second.events[0].effect), (Effect::Open, Effect::Update));
}

#[test]
fn what_is_taken_back_has_a_key_of_its_own_and_the_incident_of_the_first() {
    let transfer = |removed: bool| {
        json!({"id": "w", "type": "ADDRESS_ACTIVITY", "event": {"network": "ETH_MAINNET", "activity": [
        {"hash": "0x1", "category": "token", "log": {"logIndex": "0x1", "blockHash": "0x2", "removed": removed}}]}})
        .to_string()
    };
    let (made, taken_back) =
        (apply(&mapping_of("alchemy"), &transfer(false)), apply(&mapping_of("alchemy"), &transfer(true)));
    assert_ne!(made.events[0].key, taken_back.events[0].key);
    assert_eq!(made.events[0].incident_key, taken_back.events[0].incident_key);
    assert_eq!(taken_back.events[0].effect, Effect::Retract);
}

#[test]
fn a_recurring_finding_is_an_update_of_the_same_incident() {
    let finding = |count: u8| {
        json!({"id": format!("delivery-{count}"), "detail": {"id": "f", "type": "Recon:IAMUser/X", "severity": 5, "service": {"count": count}}}).to_string()
    };
    let (first, again) =
        (apply(&mapping_of("aws-guardduty"), &finding(1)), apply(&mapping_of("aws-guardduty"), &finding(2)));
    assert_ne!(first.events[0].key, again.events[0].key);
    assert_eq!(first.events[0].incident_key, again.events[0].incident_key);
    assert_eq!((first.events[0].effect, again.events[0].effect), (Effect::Open, Effect::Update));
}

#[test]
fn test_findings_are_seen_only_on_trial() {
    let finding = r#"{"detail":{"id":"f","type":"Recon:IAMUser/X","service":{"additionalInfo":{"sample":true}}}}"#;
    assert_eq!(apply(&mapping_of("aws-guardduty"), finding).ignored, ["sample-finding"]);
    assert_eq!(apply(&mapping_of("aws-guardduty").on_trial(), finding).events.len(), 1);
}

#[test]
fn both_ends_of_a_transfer_are_candidates_once_each() {
    let transfer = |to: &str| {
        json!({"event": {"network": "ETH_MAINNET", "activity": [{"category": "external", "fromAddress": format!("0x{}", "a".repeat(40)), "toAddress": to}]}}).to_string()
    };
    let subject = |to: &str| apply(&mapping_of("alchemy"), &transfer(to)).events.remove(0).subject;
    let both = subject(&format!("0x{}", "B".repeat(40)));
    assert_eq!(
        both.iter().map(|candidate| (candidate.resolve, candidate.field.as_str())).collect::<Vec<_>>(),
        [(Resolve::Wallet, "from"), (Resolve::Wallet, "to")]
    );
    assert_eq!(subject(&format!("0x{}", "A".repeat(40))).len(), 1);
}

#[test]
fn credentials_are_taken_out_of_what_is_kept() {
    let mut headers = HeaderMap::new();
    headers.insert("x-github-event", "secret_scanning_alert".parse().unwrap());
    let batch = mapping_of("github")
        .apply(&headers, br#"{"action":"created","alert":{"number":1,"secret":"made-up-secret"}}"#, RECEIVED)
        .unwrap();
    assert!(!format!("{batch:?}").contains("made-up-secret"));
    assert_eq!(batch.redacted["alert"]["secret"], json!("[removed]"));
}

#[test]
fn a_handshake_gives_back_the_one_value_and_nothing_that_could_be_markup() {
    let okta = mapping_of("okta");
    let asked = |method: Method, challenge: &str| {
        let mut headers = HeaderMap::new();
        headers.insert("x-okta-verification-challenge", challenge.parse().unwrap());
        okta.handshake(Asked { method: &method, headers: &headers, query: "", body: b"" })
    };
    let reply = asked(Method::GET, "made-up_Challenge.1").unwrap();
    assert_eq!(
        (reply.status, reply.content_type, reply.body.as_str()),
        (200, "application/json", r#"{"verification":"made-up_Challenge.1"}"#)
    );
    assert_eq!(asked(Method::POST, "made-up"), None);
    assert_eq!(asked(Method::GET, "<script>"), None);
    assert_eq!(asked(Method::GET, &"x".repeat(1_025)), None);
    assert_eq!(okta.handshake(Asked { method: &Method::GET, headers: &HeaderMap::new(), query: "", body: b"" }), None);
}

#[test]
fn a_handshake_can_stand_in_the_body_or_the_query() {
    let mapping = small("kind: finding\nkey: [/id]\nhandshake: [{ when: { method: POST }, reply: { text: { pointer: /challenge } } }, { when: { method: GET }, reply: { text: { query: token } } }]").unwrap();
    let headers = HeaderMap::new();
    let posted = mapping
        .handshake(Asked { method: &Method::POST, headers: &headers, query: "", body: br#"{"challenge":"abc"}"# })
        .unwrap();
    assert_eq!((posted.body.as_str(), posted.content_type), ("abc", "text/plain; charset=utf-8"));
    let got = mapping
        .handshake(Asked { method: &Method::GET, headers: &headers, query: "a=1&token=x%20y", body: b"" })
        .unwrap();
    assert_eq!(got.body, "x y");
    assert_eq!(
        mapping.handshake(Asked { method: &Method::POST, headers: &headers, query: "", body: br#"{"id":1}"# }),
        None
    );
}
