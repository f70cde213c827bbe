use super::super::sign::sign_standard;
use super::super::{Key, KeyForm, Refused, Strength, Verified, Verifier};
use super::{NOW, Request, secret, verifier};
use proptest::prelude::*;

// The vector of the official libraries, and the key pair and signature that Svix publishes for the same message.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const PUBLIC: &str = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const PUBLIC_SIGNATURE: &str =
    "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";
const WRONG: &str = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

fn standard(secrets: &[&str]) -> Verifier {
    verifier("scheme: standard-webhooks", secrets)
}

fn official() -> Request {
    let headers = [("webhook-id", ID), ("webhook-timestamp", "1614265330"), ("webhook-signature", SIGNATURE)];
    Request::new(&headers, BODY)
}

#[test]
fn the_official_vector_verifies() {
    let verified = Verified { id: Some(ID.to_owned()), signed_at: Some(1_614_265_330_000), strength: Strength::Signed };
    assert_eq!(official().given_to(&standard(&[SECRET]), NOW), Ok(verified));
}

#[test]
fn the_official_list_of_signatures_verifies() {
    let list = format!("{WRONG} {} {SIGNATURE} {WRONG}", WRONG.replace("v1,", "v2,"));
    let request = official().with("webhook-signature", &list);
    assert!(request.given_to(&standard(&[SECRET]), NOW).is_ok());
}

#[test]
fn the_published_ed25519_signature_verifies() {
    let request = official().with("webhook-signature", PUBLIC_SIGNATURE);
    assert!(request.given_to(&standard(&[PUBLIC]), NOW).is_ok());
}

#[test]
fn svix_names_verify_only_where_they_are_configured() {
    let headers = [("svix-id", ID), ("svix-timestamp", "1614265330"), ("svix-signature", SIGNATURE)];
    let request = Request::new(&headers, BODY);
    let svix = verifier("{scheme: standard-webhooks, prefix: svix}", &[SECRET]);
    assert!(request.given_to(&svix, NOW).is_ok());
    let refused = request.given_to(&standard(&[SECRET]), NOW);
    assert_eq!(refused, Err(Refused::MissingHeader));
}

#[test]
fn the_key_and_not_the_header_picks_the_algorithm() {
    let hmac = standard(&[SECRET]);
    let ed25519 = standard(&[PUBLIC]);
    let relabelled = [
        (&hmac, SIGNATURE.replace("v1,", "v1a,")),
        (&hmac, PUBLIC_SIGNATURE.to_owned()),
        (&ed25519, SIGNATURE.to_owned()),
        (&ed25519, PUBLIC_SIGNATURE.replace("v1a,", "v1,")),
        (&hmac, SIGNATURE.replace("v1,", "v2,")),
        (&hmac, SIGNATURE.replace("v1,", "")),
    ];
    for (verifier, signature) in relabelled {
        let refused = official().with("webhook-signature", &signature).given_to(verifier, NOW);
        assert_eq!(refused, Err(Refused::BadSignature), "{signature}");
    }
    // The classic confusion: the public key, known to all, used as the shared secret.
    let public_bytes = Key::decode(&secret(&PUBLIC[5..]), KeyForm::Base64).expect("32 bytes");
    let forged = sign_standard(&public_bytes, ID, NOW, BODY);
    let refused = official().with("webhook-signature", &forged).given_to(&ed25519, NOW);
    assert_eq!(refused, Err(Refused::BadSignature));
}

#[test]
fn one_changed_byte_anywhere_is_refused() {
    for (key, signature) in [(SECRET, SIGNATURE), (PUBLIC, PUBLIC_SIGNATURE)] {
        let verifier = standard(&[key]);
        let request = official().with("webhook-signature", signature);
        for at in 0..BODY.len() {
            let mut changed = request.clone();
            changed.body[at] ^= 1;
            let refused = changed.given_to(&verifier, NOW);
            assert_eq!(refused, Err(Refused::BadSignature), "byte {at}");
        }
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            let value = request.headers[name].to_str().expect("text").to_owned();
            for at in 0..value.len() {
                let mut changed = value.clone().into_bytes();
                changed[at] ^= 1;
                let changed = String::from_utf8(changed).expect("still ASCII");
                let outcome = request.clone().with(name, &changed).given_to(&verifier, NOW);
                assert!(outcome.is_err(), "{name}: {changed}");
            }
        }
    }
}

#[test]
fn the_same_json_in_other_bytes_is_refused() {
    let verifier = standard(&[SECRET]);
    let others: [&[u8]; 4] = [
        br#"{"test":2432232314}"#,
        b"{\"test\": 2432232314}\n",
        b"\xef\xbb\xbf{\"test\": 2432232314}",
        br#"{"t\u0065st": 2432232314}"#,
    ];
    for body in others {
        let mut request = official();
        request.body = body.to_vec();
        assert_eq!(request.given_to(&verifier, NOW), Err(Refused::BadSignature));
    }
}

#[test]
fn a_cut_signature_is_refused_at_every_length() {
    for (key, whole) in [(SECRET, SIGNATURE), (PUBLIC, PUBLIC_SIGNATURE)] {
        let verifier = standard(&[key]);
        for length in 0..whole.len() {
            let refused = official().with("webhook-signature", &whole[..length]).given_to(&verifier, NOW);
            assert_eq!(refused, Err(Refused::BadSignature), "{}", &whole[..length]);
        }
    }
}

#[test]
fn an_empty_signature_with_its_version_is_refused() {
    // CVE-2024-21491: a comparison as long as the shorter side took this for a match.
    for signature in ["v1,", "v1, v1,", "v1", ",", "v1,=", "v1,AA==", "v1a,"] {
        let request = official().with("webhook-signature", signature);
        for key in [SECRET, PUBLIC] {
            let refused = request.given_to(&standard(&[key]), NOW);
            assert_eq!(refused, Err(Refused::BadSignature), "{signature}");
        }
    }
}

#[test]
fn a_signature_in_lax_base64_is_refused() {
    let unpadded = SIGNATURE.trim_end_matches('=').to_owned();
    let url_safe = SIGNATURE.replace('+', "-").replace('/', "_");
    // The last letter before the padding carries two bits that mean nothing; only zero is the standard form.
    let loose_bits = SIGNATURE.replace("OE=", "OF=");
    let longer = format!("{SIGNATURE}=");
    for signature in [unpadded, url_safe, loose_bits, longer] {
        let request = official().with("webhook-signature", &signature);
        let refused = request.given_to(&standard(&[SECRET]), NOW);
        assert_eq!(refused, Err(Refused::BadSignature), "{signature}");
    }
}

#[test]
fn the_ninth_signature_is_not_looked_at() {
    let verifier = standard(&[SECRET]);
    let after = |wrong: usize| {
        let list = format!("{}{SIGNATURE}", format!("{WRONG} ").repeat(wrong));
        official().with("webhook-signature", &list).given_to(&verifier, NOW)
    };
    assert!(after(7).is_ok());
    assert_eq!(after(8), Err(Refused::BadSignature));
}

#[test]
fn a_header_over_four_kibibytes_is_refused() {
    let verifier = standard(&[SECRET]);
    let padded = |length: usize| {
        let value = format!("{SIGNATURE} v9,{}", "x".repeat(length - SIGNATURE.len() - 4));
        assert_eq!(value.len(), length);
        official().with("webhook-signature", &value).given_to(&verifier, NOW)
    };
    assert!(padded(4096).is_ok());
    assert_eq!(padded(4097), Err(Refused::Malformed));
}

#[test]
fn an_id_outside_its_alphabet_or_length_is_refused_though_signed() {
    let verifier = standard(&[SECRET]);
    let key = Key::decode(&secret(SECRET), KeyForm::Whsec).expect("whsec");
    let outcome = |id: &str| {
        official()
            .with("webhook-id", id)
            .with("webhook-signature", &sign_standard(&key, id, NOW, BODY))
            .given_to(&verifier, NOW)
    };
    for good in ["a", "-_-", "0", &"x".repeat(128)] {
        assert!(outcome(good).is_ok(), "{good}");
    }
    for bad in ["", "a.b", "a b", "a/b", "a\u{e9}", &"x".repeat(129)] {
        assert_eq!(outcome(bad), Err(Refused::Malformed), "{bad}");
    }
}

#[test]
fn a_missing_or_repeated_header_is_refused() {
    let verifier = standard(&[SECRET]);
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let value = official().headers[name].to_str().expect("text").to_owned();
        let missing = official().without(name).given_to(&verifier, NOW);
        assert_eq!(missing, Err(Refused::MissingHeader), "{name}");
        let repeated = official().and(name, &value).given_to(&verifier, NOW);
        assert_eq!(repeated, Err(Refused::RepeatedHeader), "{name}");
    }
}

#[test]
fn both_secrets_count_during_rotation() {
    let new = "whsec_bmV3IHNlY3JldCwgdGhpcnR5LXR3byBieXRlcyBsbyE=";
    let rotating = standard(&[new, SECRET]);
    let key = Key::decode(&secret(new), KeyForm::Whsec).expect("whsec");
    let by_new = official().with("webhook-signature", &sign_standard(&key, ID, NOW, BODY));

    assert!(official().given_to(&rotating, NOW).is_ok());
    assert!(by_new.given_to(&rotating, NOW).is_ok());
    assert_eq!(official().given_to(&standard(&[new]), NOW), Err(Refused::BadSignature));
    assert_eq!(by_new.given_to(&standard(&[SECRET]), NOW), Err(Refused::BadSignature));
}

#[test]
fn a_source_may_move_from_a_shared_secret_to_a_public_key() {
    let moving = standard(&[SECRET, PUBLIC]);
    assert!(official().given_to(&moving, NOW).is_ok());
    let later = official().with("webhook-signature", PUBLIC_SIGNATURE);
    assert!(later.given_to(&moving, NOW).is_ok());
}

#[test]
fn our_own_signature_is_the_official_one() {
    let key = Key::decode(&secret(SECRET), KeyForm::Whsec).expect("whsec");
    assert_eq!(sign_standard(&key, ID, NOW, BODY), SIGNATURE);
}

proptest! {
    #[test]
    fn what_we_sign_verifies_and_no_prefix_of_it_does(
        body in proptest::collection::vec(any::<u8>(), 0..200),
        id in "[A-Za-z0-9_-]{1,40}",
        cut in 0_usize..47,
    ) {
        let key = Key::decode(&secret(SECRET), KeyForm::Whsec).expect("whsec");
        let signature = sign_standard(&key, &id, NOW, &body);
        let headers = [("webhook-id", id.as_str()), ("webhook-timestamp", "1614265330"), ("webhook-signature", &signature)];
        let request = Request::new(&headers, &body);
        let verifier = standard(&[SECRET]);
        prop_assert!(request.given_to(&verifier, NOW).is_ok());
        let cut = request.with("webhook-signature", &signature[..cut]).given_to(&verifier, NOW);
        prop_assert_eq!(cut, Err(Refused::BadSignature));
    }

    #[test]
    fn no_header_makes_the_verifier_panic(id in "\\PC{0,12}", time in "\\PC{0,16}", signature in "\\PC{0,80}") {
        let value = |text: &str| axum::http::HeaderValue::from_bytes(text.as_bytes()).expect("printable");
        let mut request = official();
        request.headers.insert("webhook-id", value(&id));
        request.headers.insert("webhook-timestamp", value(&time));
        request.headers.insert("webhook-signature", value(&signature));
        prop_assert!(request.given_to(&standard(&[SECRET]), NOW).is_err());
    }
}
