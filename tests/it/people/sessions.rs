//! Sessions: their cookie (SES-01), limits (SES-02), new texts (SES-03), what ends them (SES-04 to SES-06), a fresh factor
//! (SES-07), forms (SES-08, SES-09).

use reqwest::{Method, StatusCode};

use super::QUICK;
use crate::support::app::{on_both, on_both_with};
use crate::support::browser::Browser;
use crate::support::person::{Member, PASSWORD, member, password, second};
use holdfast::access::digest_of;
use holdfast::respond::people::Change;
use holdfast::time::Span;

/// SES-01: 256 bits in a cookie of this host, and only its digest anywhere else.
#[test]
fn the_text_of_a_session_is_in_its_cookie_and_nowhere_else() {
    on_both(async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let cookie = ada.browser.cookies["__Host-hf_staff"].clone();
        assert_eq!(cookie.len(), "hfk_".len() + 64);
        let kept = app.house.respond.sessions_of(ada.id).await.unwrap();
        assert_eq!(kept.iter().map(|row| row.digest.as_str()).collect::<Vec<_>>(), [digest_of(&cookie)]);
    });
}

/// SES-02: half an hour of rest for responders, a quarter for admins; twelve hours and eight in all.
#[test]
fn a_session_ends_by_rest_and_by_age_sooner_for_admins() {
    for (roles, idle, hours) in
        [("responder", 30, 12), ("viewer auditor", 30, 12), ("admin", 15, 8), ("approver", 15, 8)]
    {
        on_both_with(QUICK, async |app| {
            let mut ada = member(&app, ("ada", roles)).await;
            app.clock.pass(Span::from_seconds(idle * 60 - 1));
            assert!(ada.is_in().await, "{roles}");
            app.clock.pass(Span::from_seconds(idle * 60 + 1));
            assert!(!ada.is_in().await, "{roles}");

            let mut busy = Browser::new(&app);
            ada.sign_in(&app, &mut busy).await;
            for _ in 0..hours * 6 {
                app.clock.pass(Span::from_minutes(10));
                assert_eq!(busy.get("/staff/me").await.status, StatusCode::OK, "{roles}");
            }
            app.clock.pass(Span::from_seconds(1));
            assert_ne!(busy.get("/staff/me").await.status, StatusCode::OK, "{roles}");
        });
    }
}

/// SES-02: showing the second factor again makes no session last longer than it would have.
#[test]
fn a_fresh_factor_begins_no_limit_anew() {
    on_both_with(QUICK, async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        let busy = async |ada: &mut Member, times: u32| {
            for _ in 0..times {
                app.clock.pass(Span::from_minutes(10));
                assert!(ada.is_in().await);
            }
        };
        busy(&mut ada, 60).await;
        ada.step_up(&app).await;
        busy(&mut ada, 11).await;
        app.clock.pass(Span::from_minutes(10));
        assert!(!ada.is_in().await, "twelve hours and half a minute after it began");
    });
}

/// SES-03: signing in where somebody is signed in ends that session.
#[test]
fn signing_in_over_a_session_ends_it() {
    on_both_with(QUICK, async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        let before = ada.browser.cookies["__Host-hf_staff"].clone();
        let mut old = Browser::new(&app);
        old.cookies.insert("__Host-hf_staff".to_owned(), before);
        password(&mut ada.browser, ("ada", &PASSWORD.replace("otters", "beavers"))).await;
        assert_eq!(old.get("/staff/me").await.status, StatusCode::OK, "a wrong password ends nothing");
        assert_eq!(password(&mut ada.browser, ("ada", PASSWORD)).await.location, "/staff/second");
        assert_eq!(old.get("/staff/me").await.location, "/staff/sign-in");
    });
}

/// SES-03 and SES-09: each step has a text of its own, and the one before is dead.
#[test]
fn every_step_of_signing_in_has_a_new_cookie_and_ends_the_one_before() {
    on_both_with(QUICK, async |app| {
        let mut ada = member(&app, ("ada", "admin")).await;
        let mut browser = Browser::new(&app);
        browser.cookies.insert("__Host-hf_staff".to_owned(), format!("hfk_{}", "7".repeat(64)));
        password(&mut browser, (&ada.login, PASSWORD)).await;
        assert!(!browser.cookies.contains_key("__Host-hf_before"), "the form's own cookie is gone");
        let half = browser.cookies["__Host-hf_staff"].clone();
        assert_ne!(half, format!("hfk_{}", "7".repeat(64)), "no cookie that somebody planted");
        let code = ada.code(&app);
        second(&mut browser, &code).await;
        let whole = browser.cookies["__Host-hf_staff"].clone();
        let before = ada.browser.cookies["__Host-hf_staff"].clone();
        ada.step_up(&app).await;
        let mut old = Browser::new(&app);
        for dead in [&half, &before] {
            assert_ne!(*dead, whole);
            old.cookies.insert("__Host-hf_staff".to_owned(), dead.clone());
            assert_eq!(old.get("/staff/me").await.location, "/staff/sign-in");
            assert_eq!(old.get("/staff/second").await.location, "/staff/sign-in");
        }
    });
}

/// SES-04: whatever is changed about somebody ends their sessions at once.
#[test]
fn every_change_of_a_person_ends_their_sessions() {
    on_both_with(QUICK, async |app| {
        member(&app, ("root", "admin")).await;
        let changes =
            [Change::Roles("viewer".parse().unwrap()), Change::Disable, Change::NewFactor, Change::EndSessions];
        for (number, change) in changes.into_iter().enumerate() {
            let mut ada = member(&app, (&format!("ada{number}"), "responder")).await;
            assert!(ada.is_in().await);
            app.house.respond.change_person(("an admin", ada.id), change.clone()).await.unwrap().unwrap();
            assert!(!ada.is_in().await, "{change:?}");
            assert_eq!(ada.browser.get("/api/v1/queue").await.status, StatusCode::UNAUTHORIZED, "{change:?}");
        }
    });
}

/// SES-04: an open stream ends with its session: it is asked every 800 ms, so within a second here and five elsewhere; the
/// bounds leave room for a busy machine.
#[test]
#[expect(clippy::disallowed_methods, reason = "how soon it ends is measured in real time")]
fn an_open_stream_ends_with_its_session_here_and_on_every_node() {
    on_both_with(QUICK, async |app| {
        for (ended_by, within) in [("this node", 2_500), ("another node", 5_000)] {
            let mut ada = member(&app, (&ended_by.replace(' ', "-"), "responder")).await;
            let mut stream = ada.browser.request(Method::GET, "/staff/events").send().await.unwrap();
            assert_eq!(stream.status(), StatusCode::OK);
            assert!(stream.chunk().await.unwrap().is_some(), "it is open");
            let before = std::time::Instant::now();
            if ended_by == "this node" {
                app.house.respond.change_person(("an admin", ada.id), Change::EndSessions).await.unwrap().unwrap();
            } else {
                let sql = format!("delete from staff_session where person = '{}'", ada.id);
                crate::support::rows::spoil(&app, &sql).await;
            }
            while stream.chunk().await.unwrap().is_some() {}
            assert!(before.elapsed().as_millis() < within, "{ended_by}: {:?}", before.elapsed());
            assert!(!ada.is_in().await);
        }
    });
}

/// SES-05: leaving ends the session on the server and has the browser forget.
#[test]
fn signing_out_ends_the_session_of_a_person() {
    on_both(async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        let csrf = ada.browser.get("/staff/me").await.csrf();
        let out = ada.browser.request(Method::POST, "/staff/sign-out").form(&[("csrf", csrf)]).send().await.unwrap();
        assert_eq!(out.headers()["clear-site-data"], "\"cache\", \"cookies\", \"storage\"");
        assert!(!ada.is_in().await);
    });
}

/// SES-06: five at most; people see theirs and end the others.
#[test]
fn a_sixth_session_ends_the_oldest_and_people_end_their_others() {
    on_both_with(QUICK, async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        let mut browsers = Vec::new();
        for _ in 0..5 {
            let mut browser = Browser::new(&app);
            ada.sign_in(&app, &mut browser).await;
            browsers.push(browser);
        }
        assert!(!ada.is_in().await, "the first of six");
        let mut last = browsers.pop().unwrap();
        let page = last.get("/staff/me").await;
        assert_eq!(page.text.matches("Since ").count(), 5);
        last.post("/staff/me/end-others", &[("csrf", &page.csrf())]).await;
        assert_eq!(last.get("/staff/me").await.status, StatusCode::OK);
        for mut other in browsers {
            assert_eq!(other.get("/staff/me").await.location, "/staff/sign-in");
        }
    });
}

/// SES-07: what only an admin does needs a code of the last five minutes, and the way there is shown.
#[test]
fn looking_after_people_needs_a_fresh_second_factor() {
    on_both_with(QUICK, async |app| {
        let mut ada = member(&app, ("ada", "admin")).await;
        let bea = member(&app, ("bea", "viewer")).await;
        let csrf = ada.browser.get("/staff/people").await.csrf();
        app.clock.pass(Span::from_minutes(6));
        let routes = ["/staff/people".to_owned(), format!("/staff/people/{}/disable", bea.id)];
        for path in &routes {
            let page = ada.browser.post(path, &[("csrf", csrf.as_str()), ("name", "x"), ("login", "x")]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
            assert!(page.text.contains("/staff/step-up"), "{path}");
        }
        assert_eq!(ada.browser.get("/staff/enrol").await.status, StatusCode::FORBIDDEN, "nor another factor (ID-21)");
        ada.step_up(&app).await;
        let csrf = ada.browser.get("/staff/people").await.csrf();
        assert_eq!(ada.browser.post(&routes[1], &[("csrf", &csrf)]).await.status, StatusCode::OK);
        assert_eq!(ada.browser.get("/staff/enrol").await.status, StatusCode::OK);
    });
}

/// SES-08: every form of people, without its token, with another's, and from another site.
#[test]
fn no_form_of_people_is_taken_that_was_made_elsewhere() {
    on_both_with(QUICK, async |app| {
        let mut ada = member(&app, ("ada", "admin")).await;
        let mut other = member(&app, ("bea", "admin")).await;
        let own = ada.browser.get("/staff/people").await.csrf();
        let foreign = other.browser.get("/staff/people").await.csrf();
        let paths = [
            "/staff/people".to_owned(),
            format!("/staff/people/{}/disable", other.id),
            "/staff/me/end-others".to_owned(),
            "/staff/step-up".to_owned(),
            "/staff/enrol".to_owned(),
            "/staff/sign-out".to_owned(),
        ];
        for path in &paths {
            for csrf in ["", "x", foreign.as_str()] {
                let page = ada.browser.post(path, &[("csrf", csrf), ("code", "000000")]).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {csrf}");
            }
            for (name, value) in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://elsewhere.example"),
            ] {
                let request =
                    ada.browser.request(Method::POST, path).header(name, value).form(&[("csrf", own.as_str())]);
                assert_eq!(ada.browser.send(request).await.status, StatusCode::FORBIDDEN, "{path} {value}");
            }
            let plain = ada
                .browser
                .request(Method::POST, path)
                .header("content-type", "text/plain")
                .body(format!("csrf={own}"));
            assert_eq!(ada.browser.send(plain).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path}");
        }
        assert!(ada.is_in().await && other.is_in().await);
    });
}
