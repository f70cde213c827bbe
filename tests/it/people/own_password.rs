//! A new password by somebody who is signed in (ID-21, SES-04).

use holdfast::time::Span;
use reqwest::StatusCode;

use super::QUICK;
use super::mailed::{ADA, by_mail, mailed, quick, reachable};
use crate::letters::server::Mail;
use crate::support::app::{App, on_both_with};
use crate::support::browser::{Browser, Page};
use crate::support::person::{Member, PASSWORD, member, password};

const NEXT: &str = "four slow herons mend a ladder";

async fn change(of: &mut Member, (before, new): (&str, &str)) -> Page {
    let csrf = of.browser.get("/staff/me").await.csrf();
    of.browser.post("/staff/me/password", &[("csrf", &csrf), ("before", before), ("password", new)]).await
}

async fn opens(app: &App, login: &str, with: &str) -> bool {
    password(&mut Browser::new(app), (login, with)).await.location == "/staff/second"
}

/// ID-21, SES-04: it needs a fresh second factor and the password before, is told by mail, and ends every session.
#[test]
fn a_password_is_changed_with_the_one_before_and_signs_out_everywhere() {
    by_mail(quick, async |app| {
        let mut ada = reachable(&app, ("ada", "responder"), ADA).await;
        let mut other = Browser::new(&app);
        ada.sign_in(&app, &mut other).await;
        app.clock.pass(Span::from_minutes(6));
        for page in [ada.browser.get("/staff/me/password").await, change(&mut ada, (PASSWORD, NEXT)).await] {
            assert_eq!(page.status, StatusCode::FORBIDDEN);
            assert!(page.text.contains("/staff/step-up"));
        }
        ada.step_up(&app).await;
        assert!(ada.browser.get("/staff/me").await.text.contains("/staff/me/password"));
        assert_eq!(ada.browser.get("/staff/me/password").await.status, StatusCode::OK);
        for (before, new, says) in [
            (NEXT, NEXT, "The password before is another"),
            (PASSWORD, "too short", "At least 15"),
            (PASSWORD, "Name of ada is my password", "name"),
        ] {
            let page = change(&mut ada, (before, new)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
            assert!(page.text.contains(says), "{says}: {}", page.text);
        }
        assert!(opens(&app, "ada", PASSWORD).await, "nothing was changed");
        let mails = mailed(&app, async || {
            let page = change(&mut ada, (PASSWORD, NEXT)).await;
            assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff/sign-in"));
        })
        .await;
        assert_eq!(mails.iter().map(Mail::subject).collect::<Vec<_>>(), ["Your password was changed"]);
        assert!(!ada.is_in().await);
        assert_eq!(other.get("/staff/me").await.location, "/staff/sign-in");
        assert!(!opens(&app, "ada", PASSWORD).await);
        assert!(opens(&app, "ada", NEXT).await);
    });
}

/// ID-12: whoever sits at an open session guesses at the password before no faster than at the sign-in.
#[test]
fn guesses_at_the_password_before_have_to_wait() {
    on_both_with(QUICK, async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        for _ in 0..5 {
            assert_eq!(change(&mut ada, (NEXT, NEXT)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let page = change(&mut ada, (PASSWORD, NEXT)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "not looked at");
        app.clock.pass(Span::from_seconds(60));
        assert_eq!(change(&mut ada, (PASSWORD, NEXT)).await.status, StatusCode::SEE_OTHER);
    });
}
