//! Mail addresses of staff (ID-21), and what is told there (ID-10), through a real mail server.

use std::collections::BTreeMap;

use holdfast::access::second::{Seed, step_at};
use holdfast::respond::people::Change;
use holdfast::time::Span;
use reqwest::StatusCode;

use super::mailed::{ADA, by_mail, forgot, give, mailed, path, prove, quick, reachable};
use crate::letters::server::Mail;
use crate::support::browser::Browser;
use crate::support::person::{PASSWORD, invited, password, second};

/// ID-21: an address needs a fresh second factor, counts once it was proven, and the one before is told each time.
#[test]
fn a_new_address_counts_once_it_was_proven_and_the_old_one_is_told() {
    by_mail(quick, async |app| {
        let mut ada = reachable(&app, ("ada", "responder"), ADA).await;
        app.clock.pass(Span::from_minutes(6));
        let page = give(&mut ada, "new@staff.example").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text.contains("/staff/step-up") && page.text.contains(r#"value="/staff/me""#));
        ada.step_up(&app).await;
        for wrong in ["ada", "ada@localhost", "ada@x.example\r\nBcc: thief@x.example"] {
            assert_eq!(give(&mut ada, wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        let mails = mailed(&app, async || drop(give(&mut ada, "new@staff.example").await)).await;
        let told =
            |mails: &[Mail]| mails.iter().map(|mail| (mail.to[0].clone(), mail.subject())).collect::<BTreeMap<_, _>>();
        let asked = told(&mails);
        assert_eq!(asked[ADA], "Another mail address was given for your account");
        assert_eq!(asked["new@staff.example"], "Is this your address?");
        assert!(ada.browser.get("/staff/me").await.text.contains("new@staff.example"));
        let before = mailed(&app, async || {
            forgot(&app, "new@staff.example").await;
            forgot(&app, "ada").await;
        })
        .await;
        assert_eq!(told(&before).into_keys().collect::<Vec<_>>(), [ADA], "the old one is in force");
        let proof = path(mails.iter().find(|mail| mail.to == ["new@staff.example"]).unwrap());
        let changed = mailed(&app, async || {
            assert_eq!(prove(&app, &proof).await.status, StatusCode::OK);
            assert_eq!(prove(&app, &proof).await.status, StatusCode::NOT_FOUND, "once");
        })
        .await;
        let changed = told(&changed);
        assert_eq!(changed.len(), 2);
        assert!(changed.values().all(|subject| subject == "The mail address of your account was changed"));
        let after = mailed(&app, async || {
            forgot(&app, ADA).await;
            forgot(&app, "ada").await;
        })
        .await;
        assert_eq!(told(&after).into_keys().collect::<Vec<_>>(), ["new@staff.example"]);
        let gone = mailed(&app, async || drop(give(&mut ada, "").await)).await;
        assert_eq!(told(&gone)["new@staff.example"], "The mail address of your account was taken out");
        assert_eq!(mailed(&app, async || drop(forgot(&app, "ada").await)).await.len(), 0);
    });
}

/// Somebody may give an address with their first password; what somebody else has proven is nobody's.
#[test]
fn an_address_may_be_given_at_joining_and_belongs_to_one_person() {
    by_mail(quick, async |app| {
        reachable(&app, ("ada", "responder"), ADA).await;
        let (_, link) = invited(&app, ("bea", "responder")).await;
        let at = format!("/staff/join/{link}");
        let mut browser = Browser::new(&app);
        let csrf = browser.get(&at).await.csrf();
        let fields = [("csrf", csrf.as_str()), ("password", PASSWORD), ("address", "bea")];
        let wrong = browser.post(&at, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        browser.cookies.clear();
        let csrf = browser.get(&at).await.csrf();
        let mails = mailed(&app, async || {
            let fields = [("csrf", csrf.as_str()), ("password", PASSWORD), ("address", " ADA@staff.example ")];
            assert_eq!(browser.post(&at, &fields).await.location, "/staff/enrol");
        })
        .await;
        assert_eq!((mails.len(), mails[0].subject().as_str()), (1, "Is this your address?"));
        assert_eq!(prove(&app, &path(&mails[0])).await.status, StatusCode::NOT_FOUND, "it is ada's");
    });
}

/// ID-10, ID-21: whatever proves a person is used up or changed, their address is told.
#[test]
fn a_used_recovery_code_and_another_factor_are_told_by_mail() {
    by_mail(quick, async |app| {
        let ada = reachable(&app, ("ada", "responder"), ADA).await;
        let mut browser = Browser::new(&app);
        let mails = mailed(&app, async || {
            password(&mut browser, ("ada", PASSWORD)).await;
            assert_eq!(second(&mut browser, &ada.recovery[3]).await.location, "/staff/enrol");
        })
        .await;
        assert_eq!(mails.iter().map(Mail::subject).collect::<Vec<_>>(), ["One of your recovery codes was used"]);
        let page = browser.get("/staff/enrol").await;
        let seed = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
        let secret = totp_of(&seed, app.clock_now());
        let mails = mailed(&app, async || {
            let page = browser.post("/staff/enrol", &[("csrf", &page.csrf()), ("code", &secret)]).await;
            assert_eq!(page.status, StatusCode::OK);
        })
        .await;
        assert_eq!(mails.iter().map(Mail::subject).collect::<Vec<_>>(), ["Your second factor was changed"]);
        let mails = mailed(&app, async || {
            app.house.respond.change_person(("an admin", ada.id), Change::NewFactor).await.unwrap().unwrap();
        })
        .await;
        assert_eq!(mails.iter().map(Mail::subject).collect::<Vec<_>>(), ["Your second factor was changed"]);
    });
}

/// SES-06: the sixth session ends the oldest with a notice, and the fifth says nothing.
#[test]
fn a_session_that_another_one_ends_is_told_by_mail() {
    by_mail(quick, async |app| {
        let mut ada = reachable(&app, ("ada", "responder"), ADA).await;
        let mails = mailed(&app, async || {
            for _ in 0..4 {
                ada.sign_in(&app, &mut Browser::new(&app)).await;
            }
        })
        .await;
        assert_eq!(mails.len(), 0, "{mails:?}");
        let mails = mailed(&app, async || ada.sign_in(&app, &mut Browser::new(&app)).await).await;
        let told: Vec<_> = mails.iter().map(|mail| (mail.to[0].as_str(), mail.subject())).collect();
        assert_eq!(told, [(ADA, "Your oldest sign-in was ended".to_owned())]);
        assert!(!ada.is_in().await);
    });
}

/// The code of an app that was given this key in base 32.
fn totp_of(base32: &str, now: holdfast::time::Timestamp) -> String {
    seed_of(base32).code(step_at(now))
}

pub fn seed_of(base32: &str) -> Seed {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for symbol in base32.chars() {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(symbol).unwrap();
        (held, bits) = ((held << 5) | u32::try_from(value).unwrap(), bits + 5);
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap());
        }
    }
    Seed::from_bytes(&bytes).unwrap()
}
