//! A person is an issuer and a subject there, and nothing else makes two of them one (ID-18).

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::json;

use super::{ISSUERS, everybody, leave, onward, somebody, through, vouched};
use crate::support::app::on_both_with;
use crate::support::browser::Browser;
use crate::support::person::member;

/// ID-18: the same address, the same name and even the same subject at two issuers are two people; and whoever is here by
/// that address or name is a third.
#[test]
fn two_issuers_with_the_same_address_stay_two_people() {
    on_both_with(ISSUERS, async |app| {
        // Somebody who is here already, with everything, by the same login and name.
        let own = member(&app, ("ada@example.com", "admin approver responder")).await;
        let same = json!({"amr": ["mfa"], "email": "ada@example.com", "email_verified": true,
            "preferred_username": "ada@example.com", "name": "Name of ada@example.com"});
        for issuer in ["corp", "other"] {
            let mut browser = Browser::new(&app);
            let way = leave(&mut browser, issuer).await;
            assert_eq!(onward(&vouched(&app, &mut browser, (&way, "u-1", same.clone())).await), "/staff/me");
            for path in ["/staff", "/staff/people", "/api/v1/queue"] {
                assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{issuer} {path}");
            }
        }
        let all = everybody(&app).await;
        let ids: BTreeSet<_> = all.iter().map(|listed| listed.person.id).collect();
        let names: BTreeSet<_> = all.iter().map(|listed| listed.person.name.clone()).collect();
        assert_eq!((ids.len(), names.len()), (3, 3), "{names:?}");
        for listed in &all {
            let is_own = listed.person.id == own.id;
            assert_eq!((listed.identities.is_empty(), listed.person.roles.is_none()), (is_own, !is_own));
        }
        assert!(somebody(&app, "corp:u-1").await.is_some() && somebody(&app, "other:u-1").await.is_some());
    });
}

/// ID-18: another address or name at the issuer is the same person; another subject with the same address is not.
#[test]
fn somebody_stays_who_they_are_under_another_address() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut browser = Browser::new(&app);
        through(&app, &mut browser, ("corp", "u-1")).await;
        let first = somebody(&app, "corp:u-1").await.unwrap().person.id;
        browser.cookies.clear();
        let way = leave(&mut browser, "corp").await;
        let renamed = json!({"amr": ["mfa"], "name": "Married", "email": "new@example.com"});
        vouched(&app, &mut browser, (&way, "u-1", renamed.clone())).await;
        let listed = somebody(&app, "corp:u-1").await.unwrap();
        assert_eq!((listed.person.id, listed.person.name.as_str()), (first, "Called u-1"));
        assert_eq!(listed.identities[0].contact, "new@example.com", "admins see how they are known there now");
        browser.cookies.clear();
        let way = leave(&mut browser, "corp").await;
        vouched(&app, &mut browser, (&way, "U-1", renamed)).await;
        assert_eq!(everybody(&app).await.len(), 3, "another subject is somebody else");
    });
}

/// ID-18: what an issuer calls somebody is text, however strange, and no login opens by it.
#[test]
fn strange_names_and_subjects_are_text() {
    on_both_with(ISSUERS, async |app| {
        let mut admin = member(&app, ("root", "admin")).await;
        for (subject, name) in [
            ("a b", "<script>alert(1)</script>"),
            ("https://evil.example/?a=b&c=<i>", "\u{202e}nimda"),
            ("🙂", ""),
            (&"x".repeat(255), &"y".repeat(300)),
        ] {
            let mut browser = Browser::new(&app);
            let way = leave(&mut browser, "corp").await;
            let claims = json!({"amr": ["mfa"], "name": name, "email": name});
            assert_eq!(onward(&vouched(&app, &mut browser, (&way, subject, claims)).await), "/staff/me", "{subject}");
            assert_eq!(browser.get("/staff/me").await.status, StatusCode::OK);
        }
        assert_eq!(everybody(&app).await.len(), 5);
        let page = admin.browser.get("/staff/people").await.text;
        assert!(!page.contains("<script>alert") && !page.contains('\u{202e}'));
    });
}
