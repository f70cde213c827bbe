use super::super::sign::sign_hex;
use super::super::{Refused, Strength, Verified, Verifier};
use super::{NOW, Request, key, verifier};
use proptest::prelude::*;

const GITHUB: &str =
    "{scheme: hmac-sha256, header: X-Hub-Signature-256, encoding: hex, prefix: 'sha256=', content: [body], key: text}";
const SLACK: &str = "{scheme: hmac-sha256, header: x-slack-signature, encoding: hex, prefix: 'v0=', key: text,
    content: [{literal: 'v0:'}, timestamp, {literal: ':'}, body], timestamp: {header: x-slack-request-timestamp}}";
const STRIPE: &str =
    "{scheme: hmac-sha256, header: stripe-signature, encoding: hex, prefix: 'v1=', list: true, key: text,
    content: [timestamp, {literal: .}, body], timestamp: {header: stripe-signature, prefix: 't='}}";
const MORALIS: &str = "{scheme: keccak256-suffix, header: x-signature, encoding: 0x-hex}";

// The example of GitHub's page on validating webhook deliveries.
const GITHUB_SECRET: &str = "It's a Secret to Everybody";
const GITHUB_SIGNATURE: &str = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

fn github_request() -> Request {
    Request::new(&[("x-hub-signature-256", GITHUB_SIGNATURE)], b"Hello, World!")
}

fn slack_request() -> Request {
    let signature = sign_hex(&key("slack"), &[b"v0:1614265330:", b"command=%2Fhelp"]);
    let headers =
        [("x-slack-signature", format!("v0={signature}")), ("x-slack-request-timestamp", "1614265330".to_owned())];
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Request::new(&headers, b"command=%2Fhelp")
}

fn stripe_request(more: &str) -> Request {
    let signature = sign_hex(&key("whsec_stripe"), &[b"1614265330.", b"{}"]);
    let value = format!("t=1614265330,v1={signature}{more}");
    Request::new(&[("stripe-signature", &value)], b"{}")
}

/// Keccak-256 of "hello", the best known one: body "hel" and secret "lo".
fn moralis_request() -> Request {
    let hash = "0x1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8";
    Request::new(&[("x-signature", hash)], b"hel")
}

/// Every scheme here with a request it accepts and the header that holds the signature.
fn accepted() -> [(Verifier, Request, &'static str); 4] {
    [
        (verifier(GITHUB, &[GITHUB_SECRET]), github_request(), "x-hub-signature-256"),
        (verifier(SLACK, &["slack"]), slack_request(), "x-slack-signature"),
        (verifier(STRIPE, &["whsec_stripe"]), stripe_request(""), "stripe-signature"),
        (verifier(MORALIS, &["lo"]), moralis_request(), "x-signature"),
    ]
}

#[test]
fn the_published_github_example_verifies_without_a_time() {
    let verified = Verified { id: None, signed_at: None, strength: Strength::SignedWithoutTime };
    let github = verifier(GITHUB, &[GITHUB_SECRET]);
    assert_eq!(github_request().given_to(&github, NOW), Ok(verified));
    let signature = sign_hex(&key(GITHUB_SECRET), &[b"Hello, World!"]);
    assert_eq!(format!("sha256={signature}"), GITHUB_SIGNATURE);
}

#[test]
fn slack_signs_version_time_and_body() {
    let slack = verifier(SLACK, &["slack"]);
    let verified = slack_request().given_to(&slack, NOW).expect("verified");
    assert_eq!(verified.strength, Strength::Signed);
    assert_eq!(verified.signed_at, Some(1_614_265_330_000));
    assert_eq!(slack_request().given_to(&slack, NOW + 301), Err(Refused::Stale));
    let moved = slack_request().with("x-slack-request-timestamp", "1614265331");
    assert_eq!(moved.given_to(&slack, NOW), Err(Refused::BadSignature));
}

#[test]
fn stripe_carries_time_and_signatures_in_one_header() {
    let stripe = verifier(STRIPE, &["whsec_stripe"]);
    let rotating = stripe_request(&format!(",v1={0},v0={0}", "ab".repeat(32)));
    for request in [stripe_request(""), rotating] {
        assert!(request.given_to(&stripe, NOW).is_ok());
        assert_eq!(request.given_to(&stripe, NOW + 301), Err(Refused::Stale));
    }
    let two_times = stripe_request(",t=1614265631");
    assert_eq!(two_times.given_to(&stripe, NOW), Err(Refused::Malformed));
    let no_time = stripe_request("").with("stripe-signature", "v1=00");
    assert_eq!(no_time.given_to(&stripe, NOW), Err(Refused::Malformed));
}

#[test]
fn moralis_hashes_the_body_and_then_the_secret() {
    let moralis = verifier(MORALIS, &["lo"]);
    let verified = moralis_request().given_to(&moralis, NOW).expect("verified");
    assert_eq!(verified.strength, Strength::SignedWithoutTime);
    let other_secret = verifier(MORALIS, &["ol"]);
    assert_eq!(moralis_request().given_to(&other_secret, NOW), Err(Refused::BadSignature));
    assert!(moralis_request().given_to(&verifier(MORALIS, &["ol", "lo"]), NOW).is_ok());
}

#[test]
fn a_signed_nonce_becomes_the_id() {
    let quicknode = verifier(
        "{scheme: hmac-sha256, header: x-qn-signature, encoding: hex, content: [id, timestamp, body], key: text,
          id: x-qn-nonce, timestamp: {header: x-qn-timestamp}}",
        &["quicknode"],
    );
    let signature = sign_hex(&key("quicknode"), &[b"n-1", b"1614265330", b"[]"]);
    let headers = [("x-qn-nonce", "n-1"), ("x-qn-timestamp", "1614265330"), ("x-qn-signature", &signature)];
    let request = Request::new(&headers, b"[]");
    let verified = request.given_to(&quicknode, NOW).expect("verified");
    assert_eq!(verified.id.as_deref(), Some("n-1"));
    let replayed = request.with("x-qn-nonce", "n-2");
    assert_eq!(replayed.given_to(&quicknode, NOW), Err(Refused::BadSignature));
}

#[test]
fn any_other_header_may_be_signed_too() {
    let yaml = "{scheme: hmac-sha256, header: x-sig, encoding: base64, content: [{header: x-topic}, body], key: hex}";
    let verifier = verifier(yaml, &["6b6579"]);
    let signature = hex::decode(sign_hex(&key("key"), &[b"alerts", b"{}"])).expect("hex");
    let signature = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, signature);
    let request = Request::new(&[("x-sig", &signature), ("x-topic", "alerts")], b"{}");
    assert!(request.given_to(&verifier, NOW).is_ok());
    let moved = request.clone().with("x-topic", "other");
    assert_eq!(moved.given_to(&verifier, NOW), Err(Refused::BadSignature));
    let repeated = request.clone().and("x-topic", "alerts");
    assert_eq!(repeated.given_to(&verifier, NOW), Err(Refused::RepeatedHeader));
    let missing = request.without("x-topic");
    assert_eq!(missing.given_to(&verifier, NOW), Err(Refused::MissingHeader));
}

#[test]
fn one_changed_byte_of_the_body_is_refused_in_every_scheme() {
    for (verifier, request, header) in accepted() {
        assert!(request.given_to(&verifier, NOW).is_ok(), "{header}");
        for at in 0..request.body.len() {
            let mut changed = request.clone();
            changed.body[at] ^= 0x20;
            let refused = changed.given_to(&verifier, NOW);
            assert_eq!(refused, Err(Refused::BadSignature), "{header} at {at}");
        }
    }
}

#[test]
fn every_prefix_of_a_signature_is_refused_in_every_scheme() {
    for (verifier, request, header) in accepted() {
        let whole = request.headers[header].to_str().expect("text").to_owned();
        for length in 0..whole.len() {
            let cut = request.clone().with(header, &whole[..length]);
            assert!(cut.given_to(&verifier, NOW).is_err(), "{}", &whole[..length]);
        }
        let longer = request.clone().with(header, &format!("{whole}00"));
        assert!(longer.given_to(&verifier, NOW).is_err(), "{header} longer");
    }
}

#[test]
fn a_repeated_or_missing_signature_header_is_refused_in_every_scheme() {
    for (verifier, request, header) in accepted() {
        let whole = request.headers[header].to_str().expect("text").to_owned();
        let repeated = request.clone().and(header, &whole);
        assert_eq!(repeated.given_to(&verifier, NOW), Err(Refused::RepeatedHeader), "{header}");
        let missing = request.without(header);
        assert_eq!(missing.given_to(&verifier, NOW), Err(Refused::MissingHeader), "{header}");
    }
}

#[test]
fn a_signature_needs_its_configured_prefix() {
    let github = verifier(GITHUB, &[GITHUB_SECRET]);
    let hex = GITHUB_SIGNATURE.trim_start_matches("sha256=");
    for value in [hex.to_owned(), format!("sha1={hex}"), format!("SHA256={hex}"), format!("sha256=0x{hex}")] {
        let request = github_request().with("x-hub-signature-256", &value);
        assert_eq!(request.given_to(&github, NOW), Err(Refused::BadSignature), "{value}");
    }
}

#[test]
fn a_list_is_read_where_configured_and_only_eight_entries_of_it() {
    let yaml = GITHUB.replace("content:", "list: true, content:");
    let [list, single] = [verifier(&yaml, &[GITHUB_SECRET]), verifier(GITHUB, &[GITHUB_SECRET])];
    let after = |wrong: usize| {
        let wrong = format!("sha256={}, ", "00".repeat(32)).repeat(wrong);
        github_request().with("x-hub-signature-256", &format!("{wrong}{GITHUB_SIGNATURE}"))
    };
    assert!(after(7).given_to(&list, NOW).is_ok());
    assert_eq!(after(8).given_to(&list, NOW), Err(Refused::BadSignature));
    assert_eq!(after(1).given_to(&single, NOW), Err(Refused::BadSignature));
}

#[test]
fn both_secrets_count_during_rotation() {
    let rotating = verifier(GITHUB, &["the next one", GITHUB_SECRET]);
    assert!(github_request().given_to(&rotating, NOW).is_ok());
    let signature = format!("sha256={}", sign_hex(&key("the next one"), &[b"Hello, World!"]));
    let by_next = github_request().with("x-hub-signature-256", &signature);
    assert!(by_next.given_to(&rotating, NOW).is_ok());
    let after = verifier(GITHUB, &["the next one"]);
    assert_eq!(github_request().given_to(&after, NOW), Err(Refused::BadSignature));
}

proptest! {
    #[test]
    fn only_the_same_bytes_under_the_same_secret_verify(
        body in proptest::collection::vec(any::<u8>(), 0..100),
        other in proptest::collection::vec(any::<u8>(), 0..100),
        secret in "[!-~]{1,80}",
        guess in "[!-~]{1,80}",
    ) {
        let signature = format!("sha256={}", sign_hex(&key(&secret), &[&body]));
        let headers = [("x-hub-signature-256", signature.as_str())];
        let by_secret = verifier(GITHUB, &[&secret]);
        prop_assert!(Request::new(&headers, &body).given_to(&by_secret, NOW).is_ok());
        prop_assert_eq!(Request::new(&headers, &other).given_to(&by_secret, NOW).is_ok(), body == other);
        prop_assert_eq!(Request::new(&headers, &body).given_to(&verifier(GITHUB, &[&guess]), NOW).is_ok(), secret == guess);
    }
}
