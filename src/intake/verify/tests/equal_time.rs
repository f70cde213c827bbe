use super::super::refuse_in_the_same_time;
use super::super::sign::sign_hex;
use super::{NOW, Request, key, verifier};
use std::time::{Duration, Instant};

const GITHUB: &str =
    "{scheme: hmac-sha256, header: x-hub-signature-256, encoding: hex, prefix: 'sha256=', content: [body], key: text}";
const SLACK: &str = "{scheme: hmac-sha256, header: x-sig, encoding: hex, key: text,
    content: [timestamp, body], timestamp: {header: x-time}}";

/// The shortest of several runs, taken in turns, so that a busy machine slows all of them alike.
#[expect(clippy::disallowed_methods, reason = "how long a refusal takes is what is measured")]
fn shortest<const N: usize>(refusals: [&dyn Fn(); N]) -> [Duration; N] {
    let mut shortest = [Duration::MAX; N];
    for _ in 0..40 {
        for (refuse, best) in refusals.iter().zip(&mut shortest) {
            let begun = Instant::now();
            refuse();
            *best = begun.elapsed().min(*best);
        }
    }
    shortest
}

#[test]
fn every_refusal_takes_the_time_of_an_unknown_endpoint() {
    // A large body, so that hashing outweighs all else: without the dummy work the differences are a hundredfold.
    let body = vec![b'x'; 256 * 1024];
    let one = verifier(GITHUB, &["secret"]);
    let two = verifier(GITHUB, &["secret", "the next"]);
    let bearer = verifier("scheme: bearer", &["a token of sixteen bytes or more"]);
    let slack = verifier(SLACK, &["secret"]);

    let no_header = Request::new(&[], &body);
    let zeros = format!("sha256={}", "00".repeat(32));
    let forged = Request::new(&[("x-hub-signature-256", &zeros)], &body);
    let wrong_token = Request::new(&[("authorization", "Bearer wrong")], &body);
    let signature = sign_hex(&key("secret"), &[b"1614265330", &body]);
    let old = Request::new(&[("x-sig", &signature), ("x-time", "1614265330")], &body);

    let took = shortest([
        &|| refuse_in_the_same_time(&body),
        &|| assert!(no_header.given_to(&one, NOW).is_err()),
        &|| assert!(forged.given_to(&one, NOW).is_err()),
        &|| assert!(forged.given_to(&two, NOW).is_err()),
        &|| assert!(wrong_token.given_to(&bearer, NOW).is_err()),
        &|| assert!(old.given_to(&slack, NOW + 301).is_err()),
    ]);
    let (least, most) = (took.iter().min().expect("six"), took.iter().max().expect("six"));
    assert!(*most < *least * 3 / 2, "{took:?}");
}

#[test]
fn a_header_full_of_signatures_costs_no_more_passes_over_the_body() {
    let body = vec![b'x'; 256 * 1024];
    let list = verifier(&GITHUB.replace("content:", "list: true, content:"), &["secret"]);
    let zeros = format!("sha256={}", "00".repeat(32));
    let single = Request::new(&[("x-hub-signature-256", &zeros)], &body);
    let eight = Request::new(&[("x-hub-signature-256", &[zeros.as_str(); 8].join(","))], &body);
    let [single, eight] = shortest([&|| assert!(single.given_to(&list, NOW).is_err()), &|| {
        assert!(eight.given_to(&list, NOW).is_err());
    }]);
    assert!(eight < single * 3 / 2, "{eight:?} against {single:?}");
}
