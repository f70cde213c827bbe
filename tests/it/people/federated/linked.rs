//! Linking: somebody who is here says who they are at an issuer, with a factor of now here and a sign-in of now there.

use reqwest::StatusCode;
use serde_json::json;
use url::Url;

use super::{ISSUERS, STAFF, everybody, leave, onward, press, refusals, somebody, stub, through, vouched};
use crate::support::app::{App, on_both_with};
use crate::support::browser::{Browser, Page};
use crate::support::person::{Member, member};
use crate::support::rows::audit;
use holdfast::respond::people::{Change, State};
use holdfast::time::Span;

/// Goes to link and comes back as somebody there who signed in so many minutes ago.
pub(super) async fn link(app: &App, who: &mut Member, (subject, minutes): (&str, i64)) -> Page {
    let page = press(&mut who.browser, "/staff/me", ("corp", "link")).await;
    let way = Url::parse(&onward(&page)).unwrap();
    assert_eq!(stub::asked_for(&way, "max_age"), "300");
    let then = app.clock_now().minus(Span::from_minutes(minutes)).millis() / 1_000;
    vouched(app, &mut who.browser, (&way, subject, json!({"auth_time": then}))).await
}

/// ID-18: a linked issuer opens the same account; the one here stays as it was.
#[test]
fn somebody_who_is_here_links_an_issuer_and_comes_through_it() {
    on_both_with(ISSUERS, async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        let mut elsewhere = Browser::new(&app);
        ada.sign_in(&app, &mut elsewhere).await;
        app.clock.pass(Span::from_minutes(6));
        let refused = press(&mut ada.browser, "/staff/me", ("corp", "link")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.text.contains("action=\"/staff/step-up\""), "a factor of now");
        ada.step_up(&app).await;
        assert_eq!(link(&app, &mut ada, ("s-ada", 7)).await.status, StatusCode::FORBIDDEN, "a sign-in of long ago");
        assert!(refusals(&app).await.pop().unwrap().contains("\"stale\""));
        assert_eq!(onward(&link(&app, &mut ada, ("s-ada", 1)).await), "/staff/me");
        let own = ada.browser.get("/staff/me").await;
        assert!(own.text.contains("s-ada@example.com") && own.text.contains("Signs in through"));
        assert_eq!(elsewhere.get("/staff/me").await.location, "/staff/sign-in", "other sessions are over (SES-04)");

        let mut through_it = Browser::new(&app);
        let way = leave(&mut through_it, "corp").await;
        let page = vouched(&app, &mut through_it, (&way, "s-ada", json!({}))).await;
        assert_eq!(onward(&page), "/staff/second", "the second factor here is asked for");
        assert_eq!(through(&app, &mut through_it, ("corp", "s-ada")).await, "/staff");
        assert_eq!(everybody(&app).await.len(), 1, "one person");
        let mut by_password = Browser::new(&app);
        ada.sign_in(&app, &mut by_password).await;
        let trail = audit(&app).await;
        let who = ada.id.to_string();
        assert!(trail.iter().any(|entry| entry.contains(&who) && entry.contains("person.link")), "{trail:?}");
    });
}

/// ID-18: who is somebody here at an issuer is not also somebody else.
#[test]
fn nobody_links_who_is_somebody_else_already() {
    on_both_with(ISSUERS, async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        let mut bob = member(&app, ("bob", "responder")).await;
        through(&app, &mut Browser::new(&app), ("corp", "s-new")).await;
        assert_eq!(onward(&link(&app, &mut ada, ("s-ada", 0)).await), "/staff/me");
        for subject in ["s-ada", "s-new"] {
            assert_eq!(link(&app, &mut bob, (subject, 0)).await.status, StatusCode::FORBIDDEN);
            assert!(refusals(&app).await.pop().unwrap().contains("\"taken\""), "{subject}");
        }
        assert!(somebody(&app, "bob").await.unwrap().identities.is_empty());
        // A session that ended on the way links nothing.
        let page = press(&mut bob.browser, "/staff/me", ("corp", "link")).await;
        let way = Url::parse(&onward(&page)).unwrap();
        app.house.respond.change_person(("root", bob.id), Change::EndSessions).await.unwrap().unwrap();
        let page = vouched(&app, &mut bob.browser, (&way, "s-bob", json!({}))).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(refusals(&app).await.pop().unwrap().contains("\"no-session\""));
    });
}

/// What is unlinked opens nothing any more; the last way in stays.
#[test]
fn unlinking_takes_a_fresh_factor_and_leaves_a_way_in() {
    on_both_with(ISSUERS, async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        link(&app, &mut ada, ("s-ada", 0)).await;
        let digest = somebody(&app, "ada").await.unwrap().identities[0].digest.clone();
        let unlink = async |browser: &mut Browser, digest: &str| {
            let csrf = browser.get("/staff/me").await.csrf();
            browser.post("/staff/me/unlink", &[("csrf", &csrf), ("identity", digest)]).await
        };
        app.clock.pass(Span::from_minutes(6));
        assert_eq!(unlink(&mut ada.browser, &digest).await.status, StatusCode::FORBIDDEN);
        ada.step_up(&app).await;
        let mut bob = member(&app, ("bob", "responder")).await;
        assert_eq!(unlink(&mut bob.browser, &digest).await.location, "/staff/me?kept=1", "not theirs");
        assert_eq!(unlink(&mut ada.browser, &digest).await.location, "/staff/me");
        assert!(somebody(&app, "ada").await.unwrap().identities.is_empty());

        let mut new = Browser::new(&app);
        assert_eq!(through(&app, &mut new, ("corp", "s-ada")).await, "/staff/me", "somebody new");
        let digest = somebody(&app, "corp:s-ada").await.unwrap().identities[0].digest.clone();
        assert_eq!(unlink(&mut new, &digest).await.location, "/staff/me?kept=1", "the only way in");
        assert!(new.get("/staff/me?kept=1").await.text.contains("Nothing was unlinked"));
    });
}

/// An admin unlinks, and a reset of the factor does: else whoever is them at the issuer would set up a factor in their place.
#[test]
fn an_admin_unlinks_and_a_reset_of_the_factor_does() {
    on_both_with(ISSUERS, async |app| {
        let mut admin = member(&app, ("root", "admin")).await;
        let mut ada = member(&app, ("ada", "responder")).await;
        link(&app, &mut ada, ("s-ada", 0)).await;
        let csrf = admin.browser.get("/staff/people").await.csrf();
        let path = format!("/staff/people/{}/unlink", ada.id);
        assert_eq!(admin.browser.post(&path, &[("csrf", &csrf)]).await.status, StatusCode::OK);
        assert_eq!(admin.browser.post(&path, &[("csrf", &csrf)]).await.status, StatusCode::CONFLICT, "none is left");
        assert!(!ada.is_in().await && somebody(&app, "ada").await.unwrap().identities.is_empty());

        let mut bob = member(&app, ("bob", "responder")).await;
        link(&app, &mut bob, ("s-bob", 0)).await;
        let respond = &app.house.respond;
        respond.change_person(("root", bob.id), Change::NewFactor).await.unwrap().unwrap();
        let listed = somebody(&app, "bob").await.unwrap();
        assert!(listed.identities.is_empty() && listed.person.state == State::Invited);
        let mut thief = Browser::new(&app);
        assert_eq!(through(&app, &mut thief, ("corp", "s-bob")).await, "/staff/me");
        assert_eq!(thief.get("/staff").await.status, StatusCode::FORBIDDEN, "somebody new, without a role");
        assert!(thief.cookies.contains_key(STAFF));
    });
}
