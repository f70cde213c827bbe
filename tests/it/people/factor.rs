//! The second factor: codes of an app (ID-08), recovery codes (ID-10), how often somebody may guess (ID-13).

use reqwest::StatusCode;

use super::QUICK;
use crate::support::app::{on_both, on_both_with};
use crate::support::browser::Browser;
use crate::support::person::{PASSWORD, member, password, second};
use holdfast::access::second::step_at;
use holdfast::time::Span;

/// ID-08: a code is good once, also when the clock goes back.
#[test]
fn a_code_opens_once_and_a_clock_set_back_replays_nothing() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let mut browser = Browser::new(&app);
        let code = ada.code(&app);
        password(&mut browser, (&ada.login, PASSWORD)).await;
        assert_eq!(second(&mut browser, &code).await.location, "/staff");
        for back in [0, 60] {
            app.clock.pass(Span::from_seconds(-back));
            let mut again = Browser::new(&app);
            password(&mut again, (&ada.login, PASSWORD)).await;
            assert_eq!(second(&mut again, &code).await.status, StatusCode::FORBIDDEN, "{back} s back");
            let of_then = ada.seed.code(step_at(app.clock_now()));
            assert_eq!(second(&mut again, &of_then).await.status, StatusCode::FORBIDDEN, "{back} s back");
        }
    });
}

/// ID-10: a recovery code works once in place of a code, leads to setting up anew, and stands in the trail.
#[test]
fn a_recovery_code_works_once_and_asks_for_another_app() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        assert_eq!(ada.recovery.len(), 10);
        let mut browser = Browser::new(&app);
        password(&mut browser, (&ada.login, PASSWORD)).await;
        let page = second(&mut browser, &ada.recovery[3].to_lowercase()).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff/enrol"));
        let mut again = Browser::new(&app);
        password(&mut again, (&ada.login, PASSWORD)).await;
        assert_eq!(second(&mut again, &ada.recovery[3]).await.status, StatusCode::FORBIDDEN, "used");
        assert_eq!(second(&mut again, &ada.recovery[4]).await.location, "/staff/enrol");
        let trail = crate::support::rows::audit(&app).await;
        assert_eq!(trail.iter().filter(|entry| entry.contains("recovery-code")).count(), 2);
        // The same where it is shown afresh.
        let csrf = again.get("/staff/me").await.csrf();
        let fields = [("csrf", csrf.as_str()), ("code", &ada.recovery[5]), ("then", "/staff/me")];
        assert_eq!(again.post("/staff/step-up", &fields).await.location, "/staff/enrol");
        assert_eq!(again.get("/staff/enrol").await.status, StatusCode::OK);
    });
}

/// AUD-01: every code that does not fit stands in the trail, refused.
#[test]
fn every_wrong_second_factor_stands_in_the_trail() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let mut browser = Browser::new(&app);
        password(&mut browser, (&ada.login, PASSWORD)).await;
        for (number, wrong) in
            ["0000000", "AAAA-AAAA-AAAA-AAAA-A", &ada.recovery[0].replace('-', "0")].into_iter().enumerate()
        {
            assert_eq!(second(&mut browser, wrong).await.status, StatusCode::FORBIDDEN, "{wrong}");
            let trail = crate::support::rows::audit(&app).await;
            let says = format!("{} staff.second-factor person:{} refused", ada.id, ada.id);
            assert_eq!(trail.iter().filter(|entry| entry.contains(&says)).count(), number + 1, "{trail:?}");
        }
    });
}

/// ID-13: five guesses at one sign-in, twenty in a day, whatever the number of sign-ins.
#[test]
fn of_a_thousand_guesses_at_the_second_factor_twenty_are_looked_at() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let mut looked_at = 0;
        for _ in 0..6 {
            let mut browser = Browser::new(&app);
            assert_eq!(password(&mut browser, (&ada.login, PASSWORD)).await.location, "/staff/second");
            for _ in 0..10 {
                let page = second(&mut browser, "0000000").await;
                looked_at += u32::from(page.status == StatusCode::FORBIDDEN);
            }
            assert_eq!(second(&mut browser, "0000000").await.location, "/staff/sign-in", "the half session is over");
        }
        assert_eq!(looked_at, 20);
        let mut browser = Browser::new(&app);
        password(&mut browser, (&ada.login, PASSWORD)).await;
        let right = ada.code(&app);
        assert_eq!(second(&mut browser, &right).await.location, "/staff/sign-in", "not looked at either");
        app.clock.pass(Span::from_days(1));
        let mut browser = Browser::new(&app);
        ada.sign_in(&app, &mut browser).await;
    });
}

/// ID-07: after one factor nothing is open but the way to the second.
#[test]
fn half_a_session_opens_nothing() {
    on_both(async |app| {
        let ada = member(&app, ("ada", "admin approver responder auditor viewer")).await;
        let mut browser = Browser::new(&app);
        password(&mut browser, (&ada.login, PASSWORD)).await;
        let routes = holdfast::web::routes::declared(&app.house);
        let mut seen = 0;
        for route in routes.into_iter().filter(|route| super::joining::is_for_staff(route.path)) {
            let request = browser.request(route.method.parse().unwrap(), &crate::door::filled(route));
            let request = if route.path.starts_with("/staff") && route.method == "POST" {
                request.form(&[("x", "1")])
            } else {
                request
            };
            let page = browser.send(request).await;
            let shut = page.status == StatusCode::UNAUTHORIZED || page.location == "/staff/sign-in";
            assert!(shut, "{route:?} {} {}", page.status, page.location);
            seen += 1;
        }
        assert!(seen > 25, "{seen}");
        assert_eq!(
            browser.get("/staff/enrol").await.location,
            "/staff/second",
            "no other factor in place of the first"
        );
    });
}

/// A token opens the console only until somebody has a second factor.
#[test]
fn a_token_opens_the_console_only_until_somebody_has_a_second_factor() {
    on_both(async |app| {
        let mut early = Browser::new(&app);
        early.sign_in(&app.token).await;
        assert_eq!(early.get("/staff").await.status, StatusCode::OK);
        member(&app, ("ada", "responder")).await;
        assert_eq!(early.get("/staff").await.location, "/staff/sign-in", "what was open is over");
        let mut late = Browser::new(&app);
        let csrf = late.get("/staff/sign-in").await.csrf();
        let page = late.post("/staff/sign-in", &[("csrf", &csrf), ("token", &app.token)]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert_eq!(app.queue().await.len(), 0, "programs go on");
    });
}
