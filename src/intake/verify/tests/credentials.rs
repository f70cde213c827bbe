use super::super::{Refused, Strength, Verified, Verifier};
use super::{NOW, Request, verifier};
use proptest::prelude::*;

const TOKEN: &str = "hook-token-of-32-bytes-in-a-test";
const LOGIN: &str = "alerts:correct horse battery";
const LOGIN_HEADER: &str = "Basic YWxlcnRzOmNvcnJlY3QgaG9yc2UgYmF0dGVyeQ==";

fn okta() -> Verifier {
    verifier("{scheme: static-header, header: authorization}", &[TOKEN])
}

fn bearer() -> Verifier {
    verifier("scheme: bearer", &[TOKEN])
}

fn basic() -> Verifier {
    verifier("scheme: basic", &[LOGIN])
}

fn shown(verifier: &Verifier, value: &str) -> Result<Verified, Refused> {
    Request::new(&[("authorization", value)], b"{}").given_to(verifier, NOW)
}

#[test]
fn the_whole_credential_is_accepted_as_static() {
    let verified = Verified { id: None, signed_at: None, strength: Strength::StaticSecret };
    assert_eq!(shown(&okta(), TOKEN), Ok(verified.clone()));
    assert_eq!(shown(&bearer(), &format!("Bearer {TOKEN}")), Ok(verified.clone()));
    assert_eq!(shown(&bearer(), &format!("bearer {TOKEN}")), Ok(verified.clone()));
    assert_eq!(shown(&basic(), LOGIN_HEADER), Ok(verified));
}

#[test]
fn every_prefix_of_a_credential_is_refused() {
    let whole = format!("Bearer {TOKEN}");
    let cases = [(okta(), TOKEN), (bearer(), &whole), (basic(), LOGIN_HEADER)];
    for (verifier, whole) in &cases {
        for length in 0..whole.len() {
            let outcome = shown(verifier, &whole[..length]);
            assert!(outcome.is_err(), "{}", &whole[..length]);
        }
        assert!(shown(verifier, &format!("{whole}x")).is_err());
        assert!(shown(verifier, &format!("{whole}{whole}")).is_err());
    }
}

#[test]
fn a_bearer_token_needs_its_word_and_one_space() {
    for value in [TOKEN.to_owned(), format!("Bearer{TOKEN}"), format!("Bearer  {TOKEN}"), format!("Token {TOKEN}")] {
        assert!(shown(&bearer(), &value).is_err(), "{value}");
    }
}

#[test]
fn a_missing_or_repeated_credential_is_refused() {
    let whole = format!("Bearer {TOKEN}");
    let cases = [(okta(), TOKEN), (bearer(), &whole), (basic(), LOGIN_HEADER)];
    for (verifier, whole) in &cases {
        let missing = Request::new(&[], b"{}").given_to(verifier, NOW);
        assert_eq!(missing, Err(Refused::MissingHeader));
        let twice = [("authorization", *whole), ("authorization", *whole)];
        let repeated = Request::new(&twice, b"{}").given_to(verifier, NOW);
        assert_eq!(repeated, Err(Refused::RepeatedHeader));
    }
}

#[test]
fn a_static_header_has_any_name() {
    let guard_duty = verifier("{scheme: static-header, header: X-Api-Key}", &[TOKEN]);
    let request = Request::new(&[("x-api-key", TOKEN)], b"{}");
    assert!(request.given_to(&guard_duty, NOW).is_ok());
    assert_eq!(shown(&guard_duty, TOKEN), Err(Refused::MissingHeader));
}

#[test]
fn both_credentials_count_during_rotation() {
    let next = "the-next-hook-token-of-this-test";
    let rotating = verifier("scheme: bearer", &[next, TOKEN]);
    assert!(shown(&rotating, &format!("Bearer {TOKEN}")).is_ok());
    assert!(shown(&rotating, &format!("Bearer {next}")).is_ok());
    assert_eq!(shown(&bearer(), &format!("Bearer {next}")), Err(Refused::BadSignature));
}

proptest! {
    #[test]
    fn only_the_credential_itself_is_accepted(guess in "[ -~]{0,60}") {
        prop_assert_eq!(shown(&okta(), guess.trim()).is_ok(), guess.trim() == TOKEN);
        prop_assert!(shown(&bearer(), guess.trim()).is_err());
        prop_assert!(shown(&basic(), guess.trim()).is_err());
    }
}
