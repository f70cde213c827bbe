//! Schemes that are no plain HMAC over the body: what they take, and what a forger may try.

use super::{Request, scheme, secret};
use crate::intake::verify::{Allowed, Bounds, Delivery, Fault, Refused, Strength, Verified, Verifier};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::rsa;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

const NOW: i64 = 1_772_442_000;
const TOPIC: &str = "arn:aws:sns:eu-central-1:000000000000:made-up";
const CERTIFICATE: &str = include_str!("../../../../tests/it/sources/rsa.pem");

fn bound(yaml: &str, text: &str, expects: Option<&str>) -> Verifier {
    let secrets = [secret(text)];
    Verifier::bound(&scheme(yaml), Bounds { secrets: &secrets, expects, allowed: Allowed::default() }).unwrap()
}

fn at(verifier: &Verifier, request: &Request, url: &str) -> Result<Verified, Refused> {
    let (headers, body) = (&request.headers, request.body.as_slice());
    verifier.verify(&Delivery { url, client: None, headers, body, now_ms: NOW * 1000 })
}

fn rsa_sign(message: &[u8]) -> Vec<u8> {
    let pair = RsaKeyPair::from_pkcs8(include_bytes!("../../../../tests/it/sources/rsa.pk8")).unwrap();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
    signature
}

fn notification(changes: &[(&str, Value)]) -> Vec<u8> {
    let (message, time) = ("made up", "2026-03-02T09:00:00.000Z");
    let signed =
        format!("Message\n{message}\nMessageId\nid-1\nTimestamp\n{time}\nTopicArn\n{TOPIC}\nType\nNotification\n");
    let mut body = json!({"Type": "Notification", "MessageId": "id-1", "TopicArn": TOPIC, "Message": message,
        "Timestamp": time, "SignatureVersion": "2", "Signature": STANDARD.encode(rsa_sign(signed.as_bytes())),
        "SigningCertURL": "https://example.org/never-asked.pem"});
    for (name, value) in changes {
        body[*name] = value.clone();
    }
    serde_json::to_vec(&body).unwrap()
}

#[test]
fn a_notification_of_sns_holds_under_the_pinned_certificate_alone() {
    let verifier = bound("{scheme: aws-sns}", CERTIFICATE.trim(), Some(TOPIC));
    let given = |changes: &[(&str, Value)]| at(&verifier, &Request::new(&[], &notification(changes)), "");
    let proved = given(&[]).unwrap();
    assert_eq!((proved.id.as_deref(), proved.strength), (Some("id-1"), Strength::Signed));
    assert!(given(&[("SigningCertURL", json!("https://elsewhere.example.org"))]).is_ok(), "nobody asks there");
    for (name, wrong) in [
        ("Message", json!("other")),
        ("Subject", json!("added")),
        ("MessageId", json!("id-2")),
        ("Timestamp", json!("2026-03-02T09:00:01.000Z")),
        ("TopicArn", json!("arn:of-somebody-else")),
        ("Type", json!("SubscriptionConfirmation")),
        ("SignatureVersion", json!("1")),
        ("Signature", json!("")),
        ("Signature", Value::Null),
    ] {
        assert!(given(&[(name, wrong.clone())]).is_err(), "{name} {wrong}");
    }
    let late = Request::new(&[], &notification(&[]));
    let delivery =
        Delivery { url: "", client: None, headers: &late.headers, body: &late.body, now_ms: (NOW + 3_601) * 1000 };
    assert_eq!(verifier.verify(&delivery), Err(Refused::Stale));
}

fn token(claims: &Value, algorithm: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({"alg": algorithm, "typ": "JWT"})), part(claims));
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(rsa_sign(signed.as_bytes())))
}

fn jwks() -> String {
    let pair = RsaKeyPair::from_pkcs8(include_bytes!("../../../../tests/it/sources/rsa.pk8")).unwrap();
    let parts = rsa::PublicKeyComponents::<Vec<u8>>::from(pair.public());
    let text = |bytes: Vec<u8>| URL_SAFE_NO_PAD.encode(bytes);
    json!({"keys": [{"kty": "EC"}, {"kty": "RSA", "use": "sig", "n": text(parts.n), "e": text(parts.e)}]}).to_string()
}

#[test]
fn a_token_holds_for_its_body_its_audience_and_its_minutes() {
    let verifier = bound("{scheme: jwt-body-digest}", &jwks(), Some("holdfast"));
    let body = b"{\"type\":\"LOGIN\"}";
    let claims = json!({"aud": "holdfast", "exp": NOW + 300, "iat": NOW, "request_body_sha256": hex::encode(digest(&SHA256, body))});
    let given = |claims: &Value, algorithm: &str, body: &[u8]| {
        at(&verifier, &Request::new(&[("authorization", &format!("Bearer {}", token(claims, algorithm)))], body), "")
    };
    assert_eq!(given(&claims, "RS256", body).unwrap().strength, Strength::Signed);
    assert!(given(&claims, "RS256", b"{\"type\":\"LOGOUT\"}").is_err());
    for algorithm in ["none", "HS256", "rs256", ""] {
        assert!(given(&claims, algorithm, body).is_err(), "{algorithm}");
    }
    for (name, wrong) in [
        ("aud", json!("another")),
        ("aud", json!(["another"])),
        ("aud", Value::Null),
        ("exp", json!(NOW - 31)),
        ("exp", json!(NOW + 100_000)),
        ("exp", Value::Null),
        ("iat", json!(NOW + 60)),
        ("nbf", json!(NOW + 60)),
        ("request_body_sha256", Value::Null),
    ] {
        let mut spoiled = claims.clone();
        spoiled[name] = wrong.clone();
        assert!(given(&spoiled, "RS256", body).is_err(), "{name} {wrong}");
    }
}

#[test]
fn a_public_key_of_sendgrid_proves_time_and_body() {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
    let mut der = hex::decode("3059301306072a8648ce3d020106082a8648ce3d030107034200").unwrap();
    der.extend(pair.public_key().as_ref());
    let yaml = "{scheme: ecdsa-p256, header: x-sig, timestamp: {header: x-time}}";
    let verifier = bound(yaml, &STANDARD.encode(&der), None);
    let signature = pair.sign(&random, format!("{NOW}[]\r\n").as_bytes()).unwrap();
    let request =
        Request::new(&[("x-sig", &STANDARD.encode(signature.as_ref())), ("x-time", &NOW.to_string())], b"[]\r\n");
    assert_eq!(at(&verifier, &request, "").unwrap().strength, Strength::Signed);
    let mut trimmed = request.clone();
    trimmed.body = b"[]\n".to_vec();
    assert_eq!(at(&verifier, &trimmed, ""), Err(Refused::BadSignature));
    assert_eq!(at(&verifier, &request.with("x-time", &(NOW + 1).to_string()), ""), Err(Refused::BadSignature));
}

#[test]
fn twilio_signs_the_address_that_the_outside_sees() {
    let verifier = bound("{scheme: twilio}", "made-up-token", None);
    let key = super::key("made-up-token");
    let url = "https://help.example.org/api/v1/alerts/calls";
    let signed = |url: &str, members: &str| STANDARD.encode(key.tag_sha1(&[url.as_bytes(), members.as_bytes()]));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let given = |signature: &str, body: &[u8], url: &str| {
        at(&verifier, &Request::new(&form, body).and("x-twilio-signature", signature), url)
    };
    let members = "From+1SidCA1";
    assert_eq!(given(&signed(url, members), b"Sid=CA1&From=%2B1", url).unwrap().strength, Strength::SignedWithoutTime);
    let with_port = url.replace("example.org", "example.org:443");
    assert!(given(&signed(&with_port, members), b"Sid=CA1&From=%2B1", url).is_ok(), "the port may be named");
    assert!(given(&signed(url, members), b"Sid=CA1&From=%2B2", url).is_err());
    assert!(
        given(&signed(url, members), b"Sid=CA1&From=%2B1", "https://other.example.org/api/v1/alerts/calls").is_err()
    );
    let json = Request::new(&[("content-type", "application/json"), ("x-twilio-signature", &signed(url, ""))], b"{}");
    assert!(at(&verifier, &json, url).is_err(), "a body that nothing ties to the address");
}

#[test]
fn a_digest_of_the_body_in_a_header_is_worked_out_again() {
    let yaml = "{scheme: hmac-sha256, header: x-sig, encoding: base64, key: text,
        content: [id, {body-digest: x-hash}, timestamp], id: x-id, timestamp: {header: x-time}}";
    let verifier = bound(yaml, "made-up-token", None);
    let (body, time) = (b"{}", NOW.to_string());
    let hash = hex::encode(digest(&SHA256, body));
    let signature = STANDARD.encode(super::key("made-up-token").tag(&[b"id-1", hash.as_bytes(), time.as_bytes()]));
    let request = Request::new(&[("x-id", "id-1"), ("x-hash", &hash), ("x-time", &time), ("x-sig", &signature)], body);
    assert_eq!(at(&verifier, &request, "").unwrap().id.as_deref(), Some("id-1"));
    let mut other = request.clone();
    other.body = b"{\"a\":1}".to_vec();
    assert_eq!(at(&verifier, &other, ""), Err(Refused::BadSignature));
}

#[test]
fn a_source_without_a_secret_needs_a_network_and_is_refused_from_elsewhere() {
    let none = scheme("{scheme: none}");
    let with = |networks: &[&str], secrets: &[_]| {
        let allowed = Allowed::new(networks)?;
        Verifier::bound(&none, Bounds { secrets, expects: None, allowed })
    };
    assert_eq!(with(&[], &[]).err(), Some(Fault::NoNetwork));
    assert_eq!(with(&["203.0.113.0/24"], &[secret("made-up-secret")]).err(), Some(Fault::UnusedSecret));
    for wide in ["0.0.0.0/0", "::/0", "0.0.0.0/7", "everywhere"] {
        assert!(matches!(with(&[wide], &[]).err(), Some(Fault::Network(_))), "{wide}");
    }
    let verifier = with(&["203.0.113.0/24", "2001:db8::/32"], &[]).unwrap();
    let request = Request::new(&[], b"{}");
    let from = |client: Option<&str>| {
        let client = client.map(|client| client.parse().unwrap());
        verifier.verify(&Delivery { url: "", client, headers: &request.headers, body: &request.body, now_ms: 0 })
    };
    for inside in ["203.0.113.7", "2001:db8::1", "::ffff:203.0.113.7"] {
        assert_eq!(from(Some(inside)).unwrap().strength, Strength::Network, "{inside}");
    }
    for outside in [None, Some("203.0.114.1"), Some("::1")] {
        assert_eq!(from(outside), Err(Refused::WrongNetwork), "{outside:?}");
    }
}

#[test]
fn a_scheme_that_names_a_topic_or_audience_is_not_switched_on_without_it() {
    let secrets = [secret(CERTIFICATE.trim())];
    let made = |yaml: &str, expects| {
        Verifier::bound(&scheme(yaml), Bounds { secrets: &secrets, expects, allowed: Allowed::default() }).err()
    };
    for yaml in ["{scheme: aws-sns}", "{scheme: jwt-body-digest}"] {
        assert!(
            matches!(made(yaml, None), Some(Fault::Expects(_)))
                && matches!(made(yaml, Some("")), Some(Fault::Expects(_)))
        );
        assert_eq!(made(yaml, Some("named")), None, "{yaml}");
    }
    assert_eq!(made("{scheme: bearer}", Some("named")), Some(Fault::ExpectsNothing));
}
