//! Tokens of people and of programs (ID-20): whose they are, when they end, when they were used.

use holdfast::access::Scopes;
use holdfast::respond::people::Change;
use holdfast::time::Span;
use reqwest::StatusCode;

use super::QUICK;
use crate::support::app::on_both_with;
use crate::support::person::member;
use crate::support::process::Installation;
use crate::support::rows::spoil;

/// ID-14, SES-04: what is somebody's opens nothing while they are not active, and nothing they had before a reset.
#[test]
fn a_token_of_somebody_ends_with_their_account() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let respond = &app.house.respond;
        let id = respond.active_by_login(" ADA ").await.unwrap().unwrap();
        assert_eq!(id, ada.id);
        let token = app.token_of(&id.to_string(), Scopes::all()).await;
        let queue =
            async || app.visitor().get(app.url("/api/v1/queue")).bearer_auth(&token).send().await.unwrap().status();
        assert_eq!(queue().await, StatusCode::OK);
        respond.change_person(("an admin", id), Change::Disable).await.unwrap().unwrap();
        assert!(respond.active_by_login("ada").await.unwrap().is_none());
        assert_eq!(queue().await, StatusCode::UNAUTHORIZED);
        // Not only because it was revoked.
        spoil(&app, "update token set revoked = null").await;
        assert_eq!(queue().await, StatusCode::UNAUTHORIZED);
        respond.change_person(("an admin", id), Change::Enable).await.unwrap().unwrap();
        assert_eq!(queue().await, StatusCode::OK);
        respond.change_person(("an admin", id), Change::NewFactor).await.unwrap().unwrap();
        assert_eq!(queue().await, StatusCode::UNAUTHORIZED);
        let nobody = app.token_of("0195570e-0000-7000-8000-000000000000", Scopes::all()).await;
        let refused = app.visitor().get(app.url("/api/v1/queue")).bearer_auth(nobody).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED, "somebody who is not there");
    });
}

/// ID-20: when a token was used last is noted, once a minute at most.
#[test]
fn the_last_use_of_a_token_is_noted() {
    on_both_with(QUICK, async |app| {
        let used = async || app.house.respond.tokens().await.unwrap()[0].last_used;
        let first = app.clock_now();
        for (passes, noted) in [(0, first), (59, first), (1, first.plus(Span::from_seconds(60)))] {
            app.clock.pass(Span::from_seconds(passes));
            app.queue().await;
            assert_eq!(used().await, Some(noted), "{passes}");
        }
    });
}

/// ID-20: by the command line a token is a person's, by their login, or a program's; a year at most.
#[test]
fn a_token_is_given_to_somebody_who_is_there_or_to_a_program() {
    let house = Installation::new("", "error");
    let said = |arguments: &[&str]| {
        let output = house.command(arguments).output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.success(), text)
    };
    let create = |more: &[&str]| said(&[&["token", "create"], more].concat());
    assert!(said(&["staff", "invite", "--login", "ada", "--name", "Ada", "--roles", "viewer"]).0);
    for (login, why) in [("nobody", "nobody active"), ("ada", "nobody active"), ("responder", "nobody active")] {
        let (fine, text) = create(&["--person", login]);
        assert!(!fine && text.contains(why), "{login}: {text}");
    }
    for wrong in [
        &["--program", "0195570e-0000-7000-8000-000000000000"][..],
        &["--program", " "],
        &["--program", "x", "--person", "ada"],
        &["--program", "x", "--days", "366"],
        &[],
    ] {
        assert!(!create(wrong).0, "{wrong:?}");
    }
    assert!(create(&["--program", "nightly", "--days", "365"]).0);
    let (_, listed) = said(&["token", "list"]);
    assert!(listed.lines().any(|line| line.contains("  nightly  ") && line.contains("never used")), "{listed}");
}
