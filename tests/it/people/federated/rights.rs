//! What a sign-in through an issuer is worth: two factors, no passkey unless the settings say so, and nothing before a role.

use reqwest::StatusCode;
use serde_json::{Value, json};
use url::Url;

use super::{ISSUERS, give_role, leave, onward, refusals, somebody, stub, through, vouched};
use crate::support::app::{App, Plan, on_both_with};
use crate::support::browser::Browser;
use crate::support::person::member;
use holdfast::app::Console;
use holdfast::time::Span;

async fn signed_in_by(app: &App, claims: Value) -> Browser {
    let mut browser = Browser::new(app);
    let way = leave(&mut browser, "corp").await;
    onward(&vouched(app, &mut browser, (&way, "ada", claims)).await);
    browser
}

/// ID-07, ID-18: admins have their rights after a passkey; what an issuer proves is one only by the values of the settings.
#[test]
fn two_factors_of_an_issuer_are_no_passkey_unless_the_settings_say_so() {
    fn strict(config: &mut holdfast::config::Config) {
        super::settings(config);
        config.people.codes_for_admins = false;
        "http://localhost:0".clone_into(&mut config.public_url);
    }
    on_both_with(Plan { settings: strict, ..ISSUERS }, async |app| {
        signed_in_by(&app, json!({"amr": ["mfa"]})).await;
        let id = somebody(&app, "corp:ada").await.unwrap().person.id;
        let roles = "admin responder".parse().unwrap();
        let change = holdfast::respond::people::Change::Roles(roles);
        app.house.respond.change_person(("root", id), change).await.unwrap().unwrap();
        for (claims, status) in [
            (json!({"amr": ["mfa"]}), StatusCode::FORBIDDEN),
            (json!({"amr": ["pwd", "mfa", "otp"]}), StatusCode::FORBIDDEN),
            (json!({"amr": ["mfa", "hwk"]}), StatusCode::OK),
            (json!({"acr": "hwk"}), StatusCode::OK),
        ] {
            let mut ada = signed_in_by(&app, claims.clone()).await;
            assert_eq!(ada.get("/staff").await.status, StatusCode::OK, "{claims}");
            assert_eq!(ada.get("/staff/people").await.status, status, "{claims}");
        }
    });
}

/// SES-07: a sign-in is as fresh as the issuer says, and can be shown afresh there by the same person alone.
#[test]
fn what_needs_a_fresh_factor_needs_a_sign_in_of_now() {
    on_both_with(ISSUERS, async |app| {
        let mut admin = member(&app, ("root", "admin")).await;
        through(&app, &mut Browser::new(&app), ("corp", "ada")).await;
        give_role(&mut admin, ("corp:ada", "admin"), &app).await;
        let invite = async |browser: &mut Browser, login: &str| {
            let csrf = browser.get("/staff/people").await.csrf();
            let fields = [("csrf", csrf.as_str()), ("login", login), ("name", login), ("role", "viewer")];
            browser.post("/staff/people", &fields).await
        };
        let hour_ago = app.clock_now().minus(Span::from_minutes(60)).millis() / 1_000;
        for stale in [json!({"amr": ["mfa"], "auth_time": hour_ago}), json!({"amr": ["mfa"], "auth_time": null})] {
            let mut ada = signed_in_by(&app, stale.clone()).await;
            let page = invite(&mut ada, "early").await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{stale}");
            assert!(page.text.contains("Show it at <bdi>corp ID</bdi>"), "{}", page.text);

            let fields = [("csrf", page.csrf()), ("for", "step-up".to_owned())];
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            let way = async |ada: &mut Browser| {
                Url::parse(&onward(&ada.post("/staff/federated/corp", &fields).await)).unwrap()
            };
            let asked = way(&mut ada).await;
            assert_eq!(stub::asked_for(&asked, "max_age"), "300");
            for (subject, claims, why) in [
                ("ada", stale.clone(), "stale"),
                ("ada", json!({"amr": ["pwd"]}), "one-factor"),
                ("eve", json!({"amr": ["mfa"]}), "another-person"),
            ] {
                let asked = way(&mut ada).await;
                let page = vouched(&app, &mut ada, (&asked, subject, claims)).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{why}");
                assert!(refusals(&app).await.pop().unwrap().contains(why), "{why}");
            }
            let before = ada.cookies[super::STAFF].clone();
            let asked = way(&mut ada).await;
            assert_eq!(onward(&vouched(&app, &mut ada, (&asked, "ada", json!({"amr": ["mfa"]}))).await), "/staff/me");
            assert_ne!(ada.cookies[super::STAFF], before, "a new session (SES-03)");
            let mut old = Browser::new(&app);
            old.cookies.insert(super::STAFF.to_owned(), before);
            assert_eq!(old.get("/staff/me").await.location, "/staff/sign-in");
            let login = format!("guest-{}", stale["auth_time"].is_null());
            assert_eq!(invite(&mut ada, &login).await.status, StatusCode::OK);
        }
    });
}

/// ID-16, ID-18: whoever has no role counts for nothing: the console of a demo stays open, and nobody is set up by them.
#[test]
fn somebody_without_a_role_closes_no_console_and_counts_for_nobody() {
    on_both_with(Plan { console: Console::TokensToo, ..ISSUERS }, async |app| {
        let mut early = Browser::new(&app);
        early.sign_in(&app.token).await;
        through(&app, &mut Browser::new(&app), ("corp", "ada")).await;
        assert_eq!(app.house.respond.head_count().await.unwrap(), (0, 0));
        assert!(!app.house.respond.has_people().await.unwrap());
        assert_eq!(early.get("/staff").await.status, StatusCode::OK, "the token's session goes on");
        let mut late = Browser::new(&app);
        late.sign_in(&app.token).await;
        member(&app, ("root", "admin")).await;
        assert_eq!(late.get("/staff").await.location, "/staff/sign-in", "somebody with a role does close it");
    });
}

/// ID-15: a person without a role opens no route of staff.
#[test]
fn somebody_without_a_role_opens_no_route() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut ada = Browser::new(&app);
        through(&app, &mut ada, ("corp", "ada")).await;
        let own = ["/staff/me", "/staff/me/end-others", "/staff/me/leave-chats", "/staff/me/unlink"];
        let mut seen = 0;
        let routes = holdfast::web::routes::declared(&app.house);
        let guarded =
            |path: &str| !own.contains(&path) && path != "/staff/step-up" && crate::people::joining::is_for_staff(path);
        for route in routes.into_iter().filter(|route| guarded(route.path)) {
            let request = ada.request(route.method.parse().unwrap(), &crate::door::filled(route));
            let is_form = route.path.starts_with("/staff") && route.method == "POST";
            let request = if is_form { request.form(&[("x", "1")]) } else { request };
            let page = ada.send(request).await;
            assert!([403, 401].contains(&page.status.as_u16()), "{route:?} {} {}", page.status, page.location);
            seen += 1;
        }
        assert!(seen > 50, "{seen}");
    });
}
