//! Tokens that must not open anything, one lie each (ID-17).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use serde_json::{Value, json};

use super::{Expected, Keys, Proof, Proofs, Refused, read};
use crate::time::{Span, Timestamp};

const ISSUER: &str = "https://login.example/staff";
const NOW: i64 = 1_772_442_000;
/// The modulus of 1024 bits that no house may trust.
const SHORT: [u8; 128] = [0xc1; 128];

fn ed25519(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn p256() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &random).unwrap()
}

fn rsa() -> RsaKeyPair {
    RsaKeyPair::from_pkcs8(include_bytes!("../../../tests/it/sources/rsa.pk8")).unwrap()
}

fn published_ed25519(seed: u8, name: &str) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "kid": name, "x": BASE64.encode(ed25519(seed).public_key().as_ref())})
}

fn published_rsa(name: &str) -> Value {
    let parts: ring::signature::RsaPublicKeyComponents<Vec<u8>> = rsa().public_key().into();
    json!({"kty": "RSA", "use": "sig", "kid": name, "n": BASE64.encode(parts.n), "e": BASE64.encode(parts.e)})
}

fn keys(listed: &[Value]) -> Keys {
    Keys::read(json!({"keys": listed}).to_string().as_bytes()).unwrap()
}

fn claims() -> Value {
    json!({"iss": ISSUER, "sub": "00u1", "aud": "holdfast", "exp": NOW + 300, "iat": NOW, "nonce": "n-1",
        "auth_time": NOW - 1_000, "name": "Ada", "email": "ada@example.com"})
}

fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()))
}

fn signed(header: &Value, claims: &Value) -> String {
    let text = unsigned(header, claims);
    let signature = ed25519(1).sign(text.as_bytes());
    format!("{text}.{}", BASE64.encode(signature))
}

fn header() -> Value {
    json!({"alg": "EdDSA", "kid": "one", "typ": "JWT"})
}

fn read_as(token: &str, keys: &Keys, no_older: Option<Span>) -> Result<(String, Proof), Refused> {
    let proofs = Proofs { two_factors: vec!["mfa".to_owned()], passkey: vec!["hwk".to_owned()] };
    let expected = Expected {
        issuer: ISSUER,
        client: "holdfast",
        nonce: "n-1",
        dated_back: Span::ZERO,
        no_older,
        proofs: &proofs,
    };
    read(token, keys, (&expected, Timestamp::from_millis(NOW * 1_000))).map(|token| (token.subject, token.proof))
}

fn plain(token: &str) -> Result<(String, Proof), Refused> {
    read_as(token, &keys(&[published_ed25519(1, "one"), published_ed25519(2, "two")]), None)
}

fn with(name: &str, value: Value) -> String {
    let mut claims = claims();
    claims[name] = value;
    signed(&header(), &claims)
}

/// ID-17: the three algorithms, each with the key of its kind.
#[test]
fn what_the_issuer_signed_is_taken_in_each_of_the_three_ways() {
    let good = Ok(("00u1".to_owned(), Proof::One));
    assert_eq!(plain(&signed(&header(), &claims())), good);
    let pair = p256();
    let point = pair.public_key().as_ref();
    let (x, y) = (BASE64.encode(&point[1..33]), BASE64.encode(&point[33..]));
    let all = keys(&[
        published_ed25519(1, "one"),
        json!({"kty": "EC", "crv": "P-256", "kid": "ec", "x": x, "y": y}),
        published_rsa("rsa"),
    ]);
    let text = unsigned(&json!({"alg": "ES256", "kid": "ec"}), &claims());
    let signature = pair.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
    assert_eq!(read_as(&format!("{text}.{}", BASE64.encode(signature)), &all, None), good);
    let text = unsigned(&json!({"alg": "RS256"}), &claims());
    let mut signature = vec![0; rsa().public().modulus_len()];
    rsa().sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
    let token = format!("{text}.{}", BASE64.encode(signature));
    assert_eq!(read_as(&token, &all, None), good, "no name is needed where one key alone fits");
    assert_eq!(plain(&token), Err(Refused::Key));
}

/// ID-17: nothing that a header says brings in another algorithm or another key.
#[test]
fn no_header_brings_its_own_algorithm_or_key() {
    let text = unsigned(&json!({"alg": "none"}), &claims());
    for token in [format!("{text}."), format!("{text}.{}", BASE64.encode("x"))] {
        assert_eq!(plain(&token), Err(Refused::Algorithm));
    }
    for name in ["None", "HS256", "RS1", "PS256", "ES384", "RS512", "eddsa", ""] {
        assert_eq!(plain(&signed(&json!({"alg": name, "kid": "one"}), &claims())), Err(Refused::Algorithm), "{name}");
    }
    // The public key as the secret of a shared one.
    let text = unsigned(&json!({"alg": "HS256", "kid": "one"}), &claims());
    let key = hmac::Key::new(hmac::HMAC_SHA256, ed25519(1).public_key().as_ref());
    let token = format!("{text}.{}", BASE64.encode(hmac::sign(&key, text.as_bytes())));
    assert_eq!(plain(&token), Err(Refused::Algorithm));
    // A key of one kind never serves the algorithm of another.
    assert_eq!(plain(&signed(&json!({"alg": "RS256", "kid": "one"}), &claims())), Err(Refused::Key));
    assert_eq!(plain(&signed(&json!({"alg": "EdDSA", "kid": "other"}), &claims())), Err(Refused::Key));
    assert_eq!(plain(&signed(&json!({"alg": "EdDSA"}), &claims())), Err(Refused::Key), "which of two?");
    assert_eq!(plain(&signed(&json!({"alg": "EdDSA", "kid": "two"}), &claims())), Err(Refused::Signature));
    let foreign = unsigned(
        &json!({"alg": "EdDSA", "kid": "one", "jku": "https://evil.example/keys", "x5u": "https://evil.example/c",
            "jwk": published_ed25519(9, "one")}),
        &claims(),
    );
    let signature = ed25519(9).sign(foreign.as_bytes());
    assert_eq!(plain(&format!("{foreign}.{}", BASE64.encode(signature))), Err(Refused::Signature));
    let ours = ed25519(1).sign(foreign.as_bytes());
    assert!(plain(&format!("{foreign}.{}", BASE64.encode(ours))).is_ok(), "such a header is not looked at");
    for header in [
        json!({"alg": "EdDSA", "kid": "one", "crit": ["exp"]}),
        json!({"alg": "EdDSA", "kid": "one", "crit": []}),
        json!({"alg": "EdDSA", "kid": "one", "typ": "at+jwt"}),
        json!({"alg": "EdDSA", "kid": "one", "typ": "logout+jwt"}),
    ] {
        assert_eq!(plain(&signed(&header, &claims())), Err(Refused::Kind), "{header}");
    }
}

/// ID-17: each claim that is checked, wrong once.
#[test]
fn each_claim_that_is_not_right_is_refused() {
    let many = || json!(["holdfast", "another"]);
    for (name, value, why) in [
        ("iss", json!("https://login.example/staff/"), Refused::Issuer),
        ("iss", json!("https://evil.example"), Refused::Issuer),
        ("aud", json!("another"), Refused::Audience),
        ("aud", json!([]), Refused::Audience),
        ("aud", json!(["another"]), Refused::Audience),
        ("aud", json!(["holdfast", 7]), Refused::Audience),
        ("aud", json!("Holdfast"), Refused::Audience),
        ("aud", many(), Refused::Party),
        ("azp", json!("another"), Refused::Party),
        ("exp", json!(NOW - 61), Refused::Over),
        ("exp", json!(NOW - 86_400), Refused::Over),
        ("exp", json!("1772442300"), Refused::Form),
        ("exp", json!(i64::MAX), Refused::Form),
        ("iat", json!(i64::MIN), Refused::Form),
        ("iat", json!(NOW + 61), Refused::Future),
        ("nbf", json!(NOW + 61), Refused::Future),
        ("auth_time", json!(NOW + 61), Refused::Future),
        ("iat", json!(NOW - 61), Refused::Old),
        ("nonce", json!("n-2"), Refused::Nonce),
        ("nonce", json!(""), Refused::Nonce),
        ("nonce", Value::Null, Refused::Nonce),
        ("sub", json!(""), Refused::Subject),
        ("sub", json!("x".repeat(256)), Refused::Subject),
        ("sub", json!("a\nb"), Refused::Subject),
        ("sub", json!(7), Refused::Form),
    ] {
        assert_eq!(plain(&with(name, value.clone())), Err(why), "{name}: {value}");
    }
    for (name, value) in [
        ("exp", json!(NOW - 60)),
        ("iat", json!(NOW - 60)),
        ("iat", json!(NOW + 60)),
        ("aud", json!(["holdfast"])),
        ("azp", json!("holdfast")),
    ] {
        assert!(plain(&with(name, value.clone())).is_ok(), "{name}: {value}");
    }
    let mut two = claims();
    two["aud"] = many();
    two["azp"] = json!("holdfast");
    assert!(plain(&signed(&header(), &two)).is_ok());
}

/// ID-17: what is cut off, changed, too long or said twice is no token.
#[test]
fn what_is_cut_off_changed_or_said_twice_is_no_token() {
    let whole = signed(&header(), &claims());
    for length in 0..whole.len() {
        assert!(plain(&whole[..length]).is_err(), "{length}");
    }
    assert!(plain(&format!("{whole}A")).is_err() && plain(&format!("{whole}.x")).is_err());
    assert!(plain(&format!("{whole}=")).is_err(), "padded");
    assert_eq!(plain(&"e".repeat(20_000)), Err(Refused::Long));
    let other = signed(&header(), &{
        let mut claims = claims();
        claims["sub"] = json!("00u2");
        claims
    });
    let (one, two): (Vec<&str>, Vec<&str>) = (whole.split('.').collect(), other.split('.').collect());
    assert_eq!(plain(&format!("{}.{}.{}", one[0], two[1], one[2])), Err(Refused::Signature));
    let twice = claims().to_string().replacen('{', "{\"sub\":\"00u2\",", 1);
    let text = format!("{}.{}", BASE64.encode(header().to_string()), BASE64.encode(twice));
    let signature = ed25519(1).sign(text.as_bytes());
    assert_eq!(plain(&format!("{text}.{}", BASE64.encode(signature))), Err(Refused::Form));
}

/// ID-18: two factors are proved by the values of the settings and by nothing else.
#[test]
fn two_factors_are_proved_by_named_values_alone() {
    let proof = |name: &str, value: Value| plain(&with(name, value)).map(|(_, proof)| proof);
    assert_eq!(proof("amr", json!(["pwd", "otp"])), Ok(Proof::One));
    assert_eq!(proof("amr", json!(["pwd", "mfa"])), Ok(Proof::Two));
    assert_eq!(proof("amr", json!("mfa")), Ok(Proof::Two));
    assert_eq!(proof("acr", json!("mfa")), Ok(Proof::Two));
    assert_eq!(proof("amr", json!(["mfa", "hwk"])), Ok(Proof::Passkey));
    assert_eq!(proof("amr", json!(["MFA", "mfa2", ["mfa"], {"mfa": true}])), Ok(Proof::One));
}

/// ID-18: a sign-in that had to be of now is of now.
#[test]
fn a_sign_in_of_long_ago_does_not_pass_for_one_of_now() {
    let keys = keys(&[published_ed25519(1, "one")]);
    let fresh = |value: Value| read_as(&with("auth_time", value), &keys, Some(Span::from_minutes(5))).map(drop);
    assert_eq!(fresh(json!(NOW - 299)), Ok(()));
    assert_eq!(fresh(json!(NOW - 361)), Err(Refused::Stale));
    assert_eq!(fresh(Value::Null), Err(Refused::Stale));
}

/// ID-17: an RSA key has 2048 bits at least; what is for something else is left out.
#[test]
fn keys_that_are_short_or_for_something_else_are_left_out() {
    let read = |listed: Value| Keys::read(json!({"keys": [listed]}).to_string().as_bytes()).map(drop);
    let whole = published_rsa("one");
    assert!(read(whole.clone()).is_ok());
    let but = |name: &str, value: Value| {
        let mut key = whole.clone();
        key[name] = value;
        read(key)
    };
    assert!(but("n", json!(BASE64.encode(SHORT))).is_err());
    let padded = [vec![0; 200], SHORT.to_vec()].concat();
    assert!(but("n", json!(BASE64.encode(padded))).is_err(), "zeros are no bits");
    assert!(but("use", json!("enc")).is_err() && but("alg", json!("RS512")).is_err());
    assert!(but("kty", json!("oct")).is_err() && but("n", json!(7)).is_err());
    assert!(read(json!({"kty": "oct", "k": "c2VjcmV0"})).is_err());
    assert!(Keys::read(b"[]").is_err() && Keys::read(b"{\"keys\": []}").is_err() && Keys::read(b"<html>").is_err());
}
