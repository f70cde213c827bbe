use super::super::{Fault, KeyForm, Scheme, Secret, Verifier};
use super::{key, scheme, secret};

fn fault(yaml: &str, secrets: &[&str]) -> String {
    let secrets: Vec<_> = secrets.iter().map(|text| secret(text)).collect();
    let fault = Verifier::new(&scheme(yaml), &secrets).err();
    fault.expect("a fault").to_string()
}

const EVERY_SCHEME: [&str; 7] = [
    "scheme: standard-webhooks",
    "{scheme: hmac-sha256, header: x-sig, encoding: hex, content: [body], key: text}",
    "{scheme: hmac-sha256, header: x-sig, encoding: hex, content: [body], key: whsec}",
    "{scheme: keccak256-suffix, header: x-sig, encoding: 0x-hex}",
    "{scheme: static-header, header: x-token}",
    "scheme: bearer",
    "scheme: basic",
];

#[test]
fn no_scheme_works_without_a_secret() {
    assert_eq!(Secret::new(String::new()).err(), Some(Fault::EmptySecret));
    for yaml in EVERY_SCHEME {
        assert_eq!(fault(yaml, &[]), "no secret is set", "{yaml}");
    }
}

#[test]
fn a_secret_with_a_line_end_is_refused_rather_than_never_fitting() {
    for text in ["secret\n", " secret", "\t", "secret\r\n"] {
        let fault = Secret::new(text.to_owned()).err();
        assert_eq!(fault, Some(Fault::SpaceAroundSecret), "{text:?}");
    }
}

#[test]
fn a_third_live_secret_is_refused() {
    let text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    for yaml in EVERY_SCHEME {
        assert_eq!(fault(yaml, &[text; 3]), "3 secrets are live, at most 2 may be", "{yaml}");
    }
}

#[test]
fn a_whsec_secret_holds_24_to_64_bytes() {
    let of = |bytes: usize| {
        let text = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, vec![7; bytes]);
        let secret = secret(&format!("whsec_{text}"));
        Verifier::new(&scheme("scheme: standard-webhooks"), &[secret]).err()
    };
    let fault = Some(Fault::SecretForm("whsec_ and padded base64 of 24 to 64 bytes"));
    assert_eq!(of(0), fault);
    assert_eq!(of(23), fault);
    assert_eq!(of(24), None);
    assert_eq!(of(64), None);
    assert_eq!(of(65), fault);
}

#[test]
fn a_secret_in_another_form_than_its_scheme_asks_for_is_refused() {
    let hmac = |form: &str| EVERY_SCHEME[1].replace("text", form);
    let bare = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let unpadded = "whsec_bmV3IHNlY3JldCwgdGhpcnR5LXR3byBieXRlcyBsbyE";
    let whsec = "secret is not whsec_ and padded base64 of 24 to 64 bytes";
    assert_eq!(fault("scheme: standard-webhooks", &[bare]), whsec);
    assert_eq!(fault("scheme: standard-webhooks", &[unpadded]), whsec);
    assert_eq!(fault("scheme: standard-webhooks", &["whpk_AAAA"]), "secret is not whpk_ and padded base64 of 32 bytes");
    assert_eq!(fault(&hmac("whsec"), &[bare]), whsec);
    assert_eq!(fault(&hmac("hex"), &["0g"]), "secret is not hex");
    assert_eq!(fault(&hmac("base64"), &["AAA"]), "secret is not padded base64");
    assert_eq!(fault("scheme: bearer", &["fifteen letters"]), "secret is not text of at least 16 bytes");
    assert_eq!(
        fault("scheme: basic", &["no-colon-anywhere-in-it"]),
        "secret is not name:password of at least 16 bytes"
    );
}

#[test]
fn text_keys_keep_their_whsec_prefix() {
    assert_eq!(key("whsec_test").bytes(), b"whsec_test");
}

#[test]
fn a_signature_that_leaves_out_the_body_is_refused() {
    let rule = |content: &str| EVERY_SCHEME[1].replace("[body]", content);
    let secret = ["secret"];
    assert_eq!(fault(&rule("[]"), &secret), "content must hold the body once, not 0 times");
    assert_eq!(fault(&rule("[body, body]"), &secret), "content must hold the body once, not 2 times");
}

#[test]
fn a_time_or_id_that_is_not_signed_is_refused() {
    let rule = |content: &str, more: &str| {
        let yaml = EVERY_SCHEME[1].replace("[body]", content);
        fault(&yaml.replace('}', &format!(", {more}}}")), &["secret"])
    };
    let disagree = |what: &str| {
        format!("content and {what} do not agree: what is named must be signed once, what is signed must be named")
    };
    assert_eq!(rule("[body]", "timestamp: {header: x-time}"), disagree("timestamp"));
    assert_eq!(rule("[body, timestamp]", "list: false"), disagree("timestamp"));
    assert_eq!(rule("[body]", "id: x-id"), disagree("id"));
    assert_eq!(rule("[body, id]", "list: false"), disagree("id"));
}

#[test]
fn a_window_of_nothing_or_of_hours_is_refused() {
    for seconds in ["0", "901", "4294967295"] {
        let yaml = format!(
            "{{scheme: hmac-sha256, header: x-sig, encoding: hex, content: [timestamp, body], key: text,
              timestamp: {{header: x-time, tolerance_seconds: {seconds}}}}}"
        );
        assert_eq!(fault(&yaml, &["secret"]), format!("tolerance_seconds {seconds} is not within 1 to 900"));
    }
}

#[test]
fn a_source_without_a_verifier_or_with_its_secret_in_the_address_does_not_read() {
    let faulty = [
        "scheme: query-token",
        "{}",
        "{scheme: static-header}",
        "{scheme: static-header, header: 'x token'}",
        "{scheme: static-header, header: ''}",
        "{scheme: static-header, header: x-token, query: token}",
        "{scheme: bearer, header: x-token}",
        "{scheme: standard-webhooks, algorithm: none}",
        "{scheme: hmac-sha256, header: x-sig, encoding: hex, content: [body], key: text, verify: false}",
        "{scheme: hmac-sha256, header: x-sig, encoding: hex, content: [address], key: text}",
        "{scheme: hmac-sha256, header: x-sig, encoding: hex, content: [body], key: credential}",
        "{scheme: hmac-sha256, header: x-sig, encoding: hex, content: [body]}",
    ];
    for yaml in faulty {
        assert!(serde_saphyr::from_str::<Scheme>(yaml).is_err(), "{yaml}");
    }
}

#[test]
fn the_schemes_of_the_worked_sources_read_and_take_a_secret() {
    let sources = [
        "{scheme: hmac-sha256, header: x-alchemy-signature, encoding: hex, content: [body], key: text}",
        "{scheme: keccak256-suffix, header: x-signature, encoding: 0x-hex}",
        "{scheme: static-header, header: authorization}",
        "{scheme: static-header, header: x-api-key}",
        "{scheme: bearer}",
        "{scheme: hmac-sha256, header: x-pagerduty-signature, encoding: hex, prefix: v1=, list: true, content: [body], key: text}",
        "{scheme: hmac-sha256, header: x-grafana-alerting-signature, encoding: hex, content: [timestamp, literal: ':', body],
          key: text, timestamp: {header: x-grafana-alerting-timestamp}}",
    ];
    for yaml in sources {
        let read = scheme(yaml);
        assert_eq!(read.check(), Ok(()), "{yaml}");
        assert!(Verifier::new(&read, &[secret("a secret of the source")]).is_ok(), "{yaml}");
    }
}

#[test]
fn key_forms_read_by_their_names() {
    let forms =
        [("text", KeyForm::Text), ("base64", KeyForm::Base64), ("hex", KeyForm::Hex), ("whsec", KeyForm::Whsec)];
    for (name, form) in forms {
        assert_eq!(serde_saphyr::from_str::<KeyForm>(name).ok(), Some(form));
    }
}
