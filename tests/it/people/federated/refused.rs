//! Everything that keeps somebody out who comes back from an issuer. Outside there is one answer; the trail has the reason.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{
    FLOW, ISSUERS, STAFF, come_back, everybody, leave, onward, press, refusals, somebody, stub, through, vouched,
};
use crate::support::app::{App, Plan, on_both_with};
use crate::support::browser::{Browser, Page};
use crate::support::person::member;
use crate::support::rows::{counts, spoil};
use holdfast::access::digest_of;
use holdfast::respond::people::Change;
use holdfast::time::Span;

/// Stayed out, for this reason, and nobody has come.
async fn out(app: &App, browser: &Browser, (page, why): (&Page, &str)) {
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{why}");
    assert!(page.text.contains("That did not sign you in") && !browser.cookies.contains_key(STAFF), "{why}");
    let last = refusals(app).await.pop().unwrap_or_default();
    assert!(last.contains(&format!("\"why\":\"{why}\"")), "{why}: {last}");
    assert_eq!(counts(app).await["federated_identity"], 0, "{why}");
}

/// ID-17: each claim that is not right keeps somebody out, by the whole road.
#[test]
fn a_token_that_is_not_right_lets_nobody_in() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let now = app.clock_now().millis() / 1_000;
        let mut browser = Browser::new(&app);
        for (claims, why) in [
            (json!({"iss": stub::address("other")}), "issuer"),
            (json!({"aud": "another"}), "audience"),
            (json!({"aud": [stub::CLIENT, "another"]}), "party"),
            (json!({"azp": "another"}), "party"),
            (json!({"exp": now - 61}), "over"),
            (json!({"iat": now - 61}), "old"),
            (json!({"iat": now + 61}), "future"),
            (json!({"nonce": "0".repeat(64)}), "nonce"),
            (json!({"nonce": null}), "nonce"),
            (json!({"sub": ""}), "subject"),
        ] {
            let way = leave(&mut browser, "corp").await;
            let mut wrong = json!({"amr": ["mfa"]});
            wrong.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
            let page = vouched(&app, &mut browser, (&way, "eve", wrong)).await;
            out(&app, &browser, (&page, why)).await;
        }
        // A key that is not the issuer's, under its name and under one of its own.
        for (key, why) in [(9, "key"), (0, "signature")] {
            let way = leave(&mut browser, "corp").await;
            let claims = stub::claims(&way, ("eve", app.clock_now()));
            let mut token = stub::signed(&way, &claims, Some(key));
            if key == 0 {
                token = stub::signed(&way, &claims, Some(9));
                let (_, rest) = token.split_once('.').unwrap();
                let header = stub::signed(&way, &claims, None);
                token = format!("{}.{rest}", header.split('.').next().unwrap());
            }
            let code = stub::code(&way, token);
            let page = come_back(&mut browser, &[("code", &code), ("state", &stub::asked_for(&way, "state"))]).await;
            out(&app, &browser, (&page, why)).await;
        }
        assert_eq!(everybody(&app).await.len(), 1);
        assert_eq!(through(&app, &mut browser, ("corp", "ada")).await, "/staff/me", "what is right still does");
    });
}

/// ID-17: state, cookie and code belong together, to one browser, for ten minutes.
#[test]
fn state_cookie_and_code_belong_to_one_browser_and_one_time() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut mine = Browser::new(&app);
        let mut theirs = Browser::new(&app);
        let way = leave(&mut mine, "corp").await;
        let foreign = leave(&mut theirs, "corp").await;
        let state = stub::asked_for(&way, "state");
        let code = |way: &url::Url| {
            let mut claims = stub::claims(way, ("ada", app.clock_now()));
            claims["amr"] = json!(["mfa"]);
            stub::code(way, stub::signed(way, &claims, None))
        };
        let good = code(&way);
        let foreign_state = stub::asked_for(&foreign, "state");
        for wrong in ["", "0", &"0".repeat(64), &foreign_state] {
            let page = come_back(&mut mine, &[("code", &good), ("state", wrong)]).await;
            out(&app, &mine, (&page, "state")).await;
        }
        let page = come_back(&mut mine, &[("code", &good)]).await;
        out(&app, &mine, (&page, "state")).await;
        let mut nobody = Browser::new(&app);
        let page = come_back(&mut nobody, &[("code", &good), ("state", &state)]).await;
        out(&app, &nobody, (&page, "state")).await;
        let page = come_back(&mut theirs, &[("code", &good), ("state", &state)]).await;
        out(&app, &theirs, (&page, "state")).await;
        // None of that used the sign-in up.
        let page = come_back(&mut mine, &[("code", &good), ("state", &state)]).await;
        assert_eq!(onward(&page), "/staff/me");

        // A code that was made for another browser: its challenge is another's.
        let page = come_back(&mut theirs, &[("code", &code(&way)), ("state", &foreign_state)]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(refusals(&app).await.pop().unwrap().contains("not-let-in"));

        let late = leave(&mut theirs, "corp").await;
        app.clock.pass(Span::from_minutes(10));
        let page = come_back(&mut theirs, &[("code", &code(&late)), ("state", &stub::asked_for(&late, "state"))]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(refusals(&app).await.pop().unwrap().contains("\"state\""));
    });
}

/// ID-17: the same way back leads nowhere a second time, and neither does the same token.
#[test]
fn neither_a_way_back_nor_a_token_is_good_twice() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut browser = Browser::new(&app);
        let way = leave(&mut browser, "corp").await;
        let cookie = browser.cookies[FLOW].clone();
        let mut claims = stub::claims(&way, ("ada", app.clock_now()));
        claims["amr"] = json!(["mfa"]);
        let token = stub::signed(&way, &claims, None);
        let state = stub::asked_for(&way, "state");
        let code = stub::code(&way, token.clone());
        assert_eq!(onward(&come_back(&mut browser, &[("code", &code), ("state", &state)]).await), "/staff/me");

        let mut thief = Browser::new(&app);
        let again = async |thief: &mut Browser| {
            thief.cookies.insert(FLOW.to_owned(), cookie.clone());
            let code = stub::code(&way, token.clone());
            let page = come_back(thief, &[("code", &code), ("state", &state)]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN);
            assert!(!thief.cookies.contains_key(STAFF));
            refusals(&app).await.pop().unwrap()
        };
        assert!(again(&mut thief).await.contains("\"state\""));
        // Even if the sign-in could be had back, with its nonce: the token is spent.
        let (digest, address, expires) =
            (digest_of(&cookie), stub::address("corp"), app.clock_now().plus(Span::from_minutes(1)).millis());
        let sql = format!(
            "insert into federated_flow (digest, issuer, purpose, expires) values ('{digest}', '{address}', 'sign-in', {expires})"
        );
        spoil(&app, &sql).await;
        assert!(again(&mut thief).await.contains("\"replayed\""));
    });
}

/// ID-17: an issuer that says no, that names another, or that brings no code.
#[test]
fn an_answer_that_is_none_lets_nobody_in() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut browser = Browser::new(&app);
        let long = "x".repeat(3_000);
        for (query, why) in [
            (&[("error", "access_denied")][..], "denied"),
            (&[("code", "x"), ("error", "access_denied")], "denied"),
            (&[("code", "x"), ("iss", "https://evil.example")], "another-issuer"),
            (&[], "no-code"),
            (&[("code", "")], "no-code"),
            (&[("code", "unknown")], "not-let-in"),
            (&[("code", &long)], "not-let-in"),
        ] {
            let way = leave(&mut browser, "corp").await;
            let state = stub::asked_for(&way, "state");
            let query: Vec<_> = query.iter().copied().chain([("state", state.as_str())]).collect();
            let page = come_back(&mut browser, &query).await;
            out(&app, &browser, (&page, why)).await;
            assert!(!browser.cookies.contains_key(FLOW), "{why}");
        }
    });
}

/// ID-18: who is switched off stays out, whatever the issuer says.
#[test]
fn somebody_who_is_switched_off_stays_out() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut ada = Browser::new(&app);
        through(&app, &mut ada, ("corp", "ada")).await;
        let id = somebody(&app, "corp:ada").await.unwrap().person.id;
        let respond = &app.house.respond;
        respond.change_person(("root", id), Change::Disable).await.unwrap().unwrap();
        assert_eq!(ada.get("/staff/me").await.location, "/staff/sign-in");
        ada.cookies.clear();
        let way = leave(&mut ada, "corp").await;
        let page = vouched(&app, &mut ada, (&way, "ada", json!({"amr": ["mfa"]}))).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(!ada.cookies.contains_key(STAFF));
        assert!(refusals(&app).await.pop().unwrap().contains("\"disabled\""));
        respond.change_person(("root", id), Change::Enable).await.unwrap().unwrap();
        assert_eq!(through(&app, &mut ada, ("corp", "ada")).await, "/staff/me");
        assert_eq!(somebody(&app, "corp:ada").await.unwrap().person.id, id);
    });
}

/// ID-12: ways there and back count as tries to sign in; those that end well do not.
#[test]
fn failing_at_an_issuer_counts_as_trying_to_sign_in() {
    fn few(config: &mut holdfast::config::Config) {
        super::settings(config);
        config.people.sign_in_burst = 5;
    }
    on_both_with(Plan { settings: few, ..ISSUERS }, async |app| {
        member(&app, ("root", "admin")).await;
        let mut guesser = Browser::new(&app);
        let mut statuses = Vec::new();
        for _ in 0..6 {
            statuses.push(come_back(&mut guesser, &[("code", "x"), ("state", "y")]).await.status.as_u16());
        }
        assert_eq!(statuses, [403, 403, 403, 403, 403, 429]);
        let page = press(&mut guesser, "/staff/sign-in", ("corp", "sign-in")).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        app.clock.pass(Span::from_seconds(100));
        for _ in 0..4 {
            let mut browser = Browser::new(&app);
            assert_eq!(through(&app, &mut browser, ("corp", "ada")).await, "/staff/me");
        }
    });
}

/// ID-17: an issuer is believed only when it is the one of the settings, and sends to no host that is not listed.
#[test]
fn an_issuer_that_is_another_or_sends_elsewhere_is_not_asked() {
    fn lying(config: &mut holdfast::config::Config) {
        super::settings(config);
        let one = super::issuer(config, "lying");
        config.issuer.push(one);
    }
    on_both_with(Plan { settings: lying, ..ISSUERS }, async |app| {
        member(&app, ("root", "admin")).await;
        let mut browser = Browser::new(&app);
        let elsewhere = [
            json!({"issuer": "https://evil.example"}),
            json!({"issuer": stub::address("lying") + "/"}),
            json!({"authorization_endpoint": "https://evil.example/authorize"}),
            json!({"authorization_endpoint": "javascript:alert(1)"}),
            json!({"token_endpoint": "http://localhost:1/token"}),
            json!({"jwks_uri": "http://127.0.0.2/keys"}),
            json!({"jwks_uri": stub::address("lying").replace("http://", "http://evil.example@")}),
            json!({"redirect": stub::address("corp") + "/.well-known/openid-configuration"}),
            json!({"token_endpoint": Value::Null}),
        ];
        for lies in elsewhere {
            stub::lie("lying", Some(lies.clone()));
            let page = press(&mut browser, "/staff/sign-in", ("lying", "sign-in")).await;
            assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{lies}");
            assert!(page.text.contains("lying ID") && !page.text.contains("evil"), "{lies}");
            assert!(!browser.cookies.contains_key(FLOW), "{lies}");
        }
        stub::lie("lying", None);
        assert_eq!(through(&app, &mut browser, ("lying", "ada")).await, "/staff/me");
    });
}
