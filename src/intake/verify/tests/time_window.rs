use super::super::sign::{sign_hex, sign_standard};
use super::super::{Delivery, Key, KeyForm, Refused, Strength, Verified};
use super::{NOW, Request, key, secret, verifier};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A rightly signed Standard Webhooks delivery whose timestamp header is the given text.
fn stamped(text: &str) -> Request {
    let key = Key::decode(&secret(SECRET), KeyForm::Whsec).expect("whsec");
    let parts: [&[u8]; 3] = [b"msg_1.", text.as_bytes(), b".{}"];
    let signature = hex::decode(sign_hex(&key, &parts)).expect("hex");
    let signature = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, signature);
    let headers =
        [("webhook-id", "msg_1"), ("webhook-timestamp", text), ("webhook-signature", &format!("v1,{signature}"))];
    Request::new(&headers, b"{}")
}

fn outcome(text: &str, now: i64) -> Result<Verified, Refused> {
    let verifier = verifier("scheme: standard-webhooks", &[SECRET]);
    stamped(text).given_to(&verifier, now)
}

#[test]
fn five_minutes_either_way_are_accepted_and_a_second_more_is_not() {
    let signed = "1614265330";
    assert_eq!(outcome(signed, NOW + 301), Err(Refused::Stale));
    assert!(outcome(signed, NOW + 300).is_ok());
    assert!(outcome(signed, NOW).is_ok());
    assert!(outcome(signed, NOW - 300).is_ok());
    assert_eq!(outcome(signed, NOW - 301), Err(Refused::Future));
}

#[test]
fn the_whole_three_hundredth_second_is_accepted() {
    let verifier = verifier("scheme: standard-webhooks", &[SECRET]);
    let request = stamped("1614265330");
    let at = |now_ms| {
        verifier.verify(&Delivery { url: "", client: None, headers: &request.headers, body: &request.body, now_ms })
    };
    assert!(at((NOW + 300) * 1000 + 999).is_ok());
    assert_eq!(at((NOW + 301) * 1000), Err(Refused::Stale));
    assert!(at((NOW - 300) * 1000).is_ok());
    assert_eq!(at((NOW - 300) * 1000 - 1), Err(Refused::Future));
}

#[test]
fn only_plain_whole_digits_are_a_time() {
    let not_plain = [
        "",
        "hello",
        "+1614265330",
        "-1614265330",
        " 1614265330",
        "1614265330 ",
        "01614265330",
        "1614265330.0",
        "1614265330.5",
        "1_614_265_330",
        "0x6037b932",
        "1e9",
        "\u{661}614265330",
        "9223372036854775808",
        "18446744075323816946",
        "16142653300000",
        "1614265330,1614265330",
    ];
    for text in not_plain {
        // Signed with the right key, so that only the reading of the time can refuse it.
        assert_eq!(outcome(text, NOW), Err(Refused::Malformed), "{text:?}");
    }
    assert_eq!(outcome("0", NOW), Err(Refused::Stale));
    assert_eq!(outcome("9999999999999", NOW), Err(Refused::Future));
}

#[test]
fn an_old_or_early_forgery_is_a_bad_signature_not_a_clock_fault() {
    let verifier = verifier("scheme: standard-webhooks", &[SECRET]);
    let forged = stamped("1614265330").with("webhook-id", "msg_2");
    for now in [NOW - 1000, NOW + 1000] {
        assert_eq!(forged.given_to(&verifier, now), Err(Refused::BadSignature));
    }
}

#[test]
fn no_clock_overflows() {
    let verifier = verifier("scheme: standard-webhooks", &[SECRET]);
    let request = stamped("1614265330");
    for (now_ms, refused) in [(i64::MIN, Refused::Future), (i64::MAX, Refused::Stale)] {
        let delivery = Delivery { url: "", client: None, headers: &request.headers, body: &request.body, now_ms };
        assert_eq!(verifier.verify(&delivery), Err(refused));
    }
}

#[test]
fn milliseconds_are_held_against_milliseconds() {
    let monitor = verifier(
        "{scheme: hmac-sha256, header: x-signature, encoding: hex, content: [body, timestamp], key: text,
          timestamp: {header: x-timestamp, unit: milliseconds}}",
        &["monitor"],
    );
    let signature = sign_hex(&key("monitor"), &[b"{}", b"1614265330500"]);
    let headers = [("x-signature", signature.as_str()), ("x-timestamp", "1614265330500")];
    let request = Request::new(&headers, b"{}");
    let at = |now_ms| {
        monitor.verify(&Delivery { url: "", client: None, headers: &request.headers, body: &request.body, now_ms })
    };
    let verified = Verified { id: None, signed_at: Some(1_614_265_330_500), strength: Strength::Signed };
    assert_eq!(at(1_614_265_630_500), Ok(verified));
    assert_eq!(at(1_614_265_630_501), Err(Refused::Stale));
    assert!(at(1_614_265_030_500).is_ok());
    assert_eq!(at(1_614_265_030_499), Err(Refused::Future));
}

#[test]
fn a_signed_date_header_counts_in_its_one_form_only() {
    let tenderly = verifier(
        "{scheme: hmac-sha256, header: x-tenderly-signature, encoding: hex, content: [body, timestamp], key: text,
          timestamp: {header: date, unit: http-date}}",
        &["tenderly"],
    );
    let at = |date: &str, now: i64| {
        let signature = sign_hex(&key("tenderly"), &[b"{}", date.as_bytes()]);
        let headers = [("x-tenderly-signature", signature.as_str()), ("date", date)];
        Request::new(&headers, b"{}").given_to(&tenderly, now)
    };
    let date = "Thu, 25 Feb 2021 15:02:10 GMT";
    assert!(at(date, NOW + 300).is_ok());
    assert_eq!(at(date, NOW + 301), Err(Refused::Stale));
    assert_eq!(at(date, NOW - 301), Err(Refused::Future));
    let other_forms = [
        "",
        "Fri, 25 Feb 2021 15:02:10 GMT",
        "thu, 25 feb 2021 15:02:10 GMT",
        "Thu, 25 Feb 2021 15:02:10 +0000",
        "25 Feb 2021 15:02:10 GMT",
        "Thursday, 25-Feb-21 15:02:10 GMT",
        "Thu,  25 Feb 2021 15:02:10 GMT",
        "Thu, 30 Feb 2021 15:02:10 GMT",
        "1614265330",
    ];
    for text in other_forms {
        assert_eq!(at(text, NOW), Err(Refused::Malformed), "{text:?}");
    }
}

#[test]
fn a_source_file_may_narrow_the_window() {
    let narrow = verifier(
        "{scheme: hmac-sha256, header: x-signature, encoding: hex, content: [timestamp, body], key: text,
          timestamp: {header: x-timestamp, tolerance_seconds: 30}}",
        &["narrow"],
    );
    let signature = sign_hex(&key("narrow"), &[b"1614265330", b"{}"]);
    let headers = [("x-signature", signature.as_str()), ("x-timestamp", "1614265330")];
    let request = Request::new(&headers, b"{}");
    assert!(request.given_to(&narrow, NOW + 30).is_ok());
    assert_eq!(request.given_to(&narrow, NOW + 31), Err(Refused::Stale));
}

#[test]
fn our_own_signature_of_now_is_inside_the_window() {
    let key = Key::decode(&secret(SECRET), KeyForm::Whsec).expect("whsec");
    let signature = sign_standard(&key, "msg_1", NOW, b"{}");
    let request = stamped("1614265330").with("webhook-signature", &signature);
    let verifier = verifier("scheme: standard-webhooks", &[SECRET]);
    assert!(request.given_to(&verifier, NOW).is_ok());
}
