//! Whoever comes by an issuer with two factors there is let in by nothing less, and whoever links one is told (ID-07, ID-18,
//! ID-21).

use reqwest::StatusCode;
use serde_json::json;
use url::Url;

use super::linked::link;
use super::{ISSUERS, STAFF, give_role, leave, onward, press, refusals, somebody, through, vouched};
use crate::letters::server::Mail;
use crate::people::mailed::{ADA, by_mail, choose, link as reset_link, mailed, quick, reachable};
use crate::support::app::on_both_with;
use crate::support::browser::Browser;
use crate::support::person::member;
use holdfast::respond::people::State;

/// ID-07, ID-18: neither the issuer's password alone, nor a deed of one admin, leads to a first factor here.
#[test]
fn somebody_with_two_factors_at_an_issuer_alone_comes_in_by_nothing_less() {
    on_both_with(ISSUERS, async |app| {
        let mut admin = member(&app, ("root", "admin")).await;
        through(&app, &mut Browser::new(&app), ("corp", "ada")).await;
        give_role(&mut admin, ("corp:ada", "responder"), &app).await;
        let id = somebody(&app, "corp:ada").await.unwrap().person.id;
        let mut thief = Browser::new(&app);
        for (round, deeds) in [&[][..], &["disable", "enable"]].into_iter().enumerate() {
            for deed in deeds {
                let csrf = admin.browser.get("/staff/people").await.csrf();
                let path = format!("/staff/people/{id}/{deed}");
                assert_eq!(admin.browser.post(&path, &[("csrf", &csrf)]).await.status, StatusCode::OK, "{deed}");
            }
            for errand in ["sign-in", "fresh"] {
                let way = onward(&press(&mut thief, "/staff/sign-in", ("corp", errand)).await);
                let page = vouched(&app, &mut thief, (&Url::parse(&way).unwrap(), "ada", json!({}))).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{round} {errand}");
                assert!(refusals(&app).await.pop().unwrap().contains("\"one-factor\""), "{round} {errand}");
                assert!(!thief.cookies.contains_key(STAFF));
            }
            for deed in ["new-password", "invite-again", "unlink"] {
                let csrf = admin.browser.get("/staff/people").await.csrf();
                let path = format!("/staff/people/{id}/{deed}");
                let page = admin.browser.post(&path, &[("csrf", &csrf)]).await;
                assert_eq!(page.status, StatusCode::CONFLICT, "{round} {deed}");
            }
            let listed = somebody(&app, "corp:ada").await.unwrap();
            assert!(listed.person.state == State::Active && listed.identities.len() == 1, "{round}");
        }
        assert_eq!(through(&app, &mut Browser::new(&app), ("corp", "ada")).await, "/staff", "with two factors");
        let csrf = admin.browser.get("/staff/people").await.csrf();
        let page = admin.browser.post(&format!("/staff/people/{id}/new-factor"), &[("csrf", &csrf)]).await;
        assert!(page.status == StatusCode::OK && page.text.contains("/staff/join/"), "the road is another");
    });
}

/// ID-21: a new way in is told, and a new password by mail takes it away, which is told as well.
#[test]
fn a_linked_issuer_is_told_and_does_not_outlive_a_reset() {
    fn settings(config: &mut holdfast::config::Config) {
        quick(config);
        config.issuer = vec![super::issuer(config, "corp")];
    }
    by_mail(settings, async |app| {
        let mut ada = reachable(&app, ("ada", "responder"), ADA).await;
        let subjects = |mails: &[Mail]| mails.iter().map(Mail::subject).collect::<Vec<_>>();
        let mails = mailed(&app, async || drop(link(&app, &mut ada, ("s-ada", 0)).await)).await;
        assert_eq!(subjects(&mails), ["Another way to sign in was added"]);
        let path = reset_link(&app, "ada").await;
        let mails = mailed(&app, async || {
            assert_eq!(choose(&app, &path, "nine brave herons carry lanterns").await.location, "/staff/sign-in");
        })
        .await;
        let mut told = subjects(&mails);
        told.sort();
        assert_eq!(told, ["A way to sign in was taken away", "Your password was changed"]);
        assert!(somebody(&app, "ada").await.unwrap().identities.is_empty());
        let mut late = Browser::new(&app);
        let way = leave(&mut late, "corp").await;
        let page = vouched(&app, &mut late, (&way, "s-ada", json!({"amr": ["mfa"]}))).await;
        assert_eq!(onward(&page), "/staff/me", "somebody new, without a role");
        assert_eq!(late.get("/staff").await.status, StatusCode::FORBIDDEN);
    });
}
