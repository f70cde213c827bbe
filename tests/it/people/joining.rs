//! Invitations (ID-15), passwords that are taken (ID-04 to ID-06), and nobody by default (ID-16).

use std::time::Instant;

use reqwest::StatusCode;

use super::QUICK;
use crate::support::app::{on_both, on_both_with, on_sqlite};
use crate::support::browser::Browser;
use crate::support::person::{PASSWORD, invited, member, password};
use holdfast::respond::people::{Change, Unchanged};
use holdfast::time::Span;
use holdfast::web::routes;

/// ID-15: an invitation opens once and gives no right before a second factor is there.
#[test]
fn an_invitation_opens_once_and_gives_nothing_before_it_is_finished() {
    on_both(async |app| {
        let (_, link) = invited(&app, ("ada", "admin responder")).await;
        let mut browser = Browser::new(&app);
        let path = format!("/staff/join/{link}");
        let csrf = browser.get(&path).await.csrf();
        let joined = browser.post(&path, &[("csrf", &csrf), ("password", PASSWORD)]).await;
        assert_eq!((joined.status, joined.location.as_str()), (StatusCode::SEE_OTHER, "/staff/enrol"));
        for route in routes::declared(&app.house).into_iter().filter(|route| is_for_staff(route.path)) {
            let way = crate::door::filled(route);
            let request = browser.request(route.method.parse().unwrap(), &way);
            let request = if route.method == "POST" { request.form(&[("x", "1")]) } else { request };
            let page = browser.send(request).await;
            let shut = page.status.is_client_error() || page.location.starts_with("/staff/s");
            assert!(shut, "{route:?} {} {}", page.status, page.location);
        }
        let mut other = Browser::new(&app);
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "used");
        let csrf = other.get("/staff/sign-in").await.csrf();
        assert_eq!(other.post(&path, &[("csrf", &csrf), ("password", PASSWORD)]).await.status, StatusCode::NOT_FOUND);
    });
}

/// What only people on the staff, signed in whole, may ask for.
pub fn is_for_staff(path: &str) -> bool {
    let own = [
        "/staff/sign-in",
        "/staff/sign-out",
        "/staff/enrol",
        "/staff/second",
        "/staff/set-up/{link}",
        "/staff/join/{link}",
        "/staff/forgotten",
        "/staff/reset/{link}",
        "/staff/address/{link}",
        "/staff/federated/{issuer}",
        "/staff/federated/callback",
    ];
    let api = ["queue", "incidents", "playbooks", "stats", "feedback", "sources"];
    (path.starts_with("/staff") && !own.contains(&path))
        || api.iter().any(|room| path.starts_with(&format!("/api/v1/{room}")))
}

/// ID-15: three days, and an admin takes it back.
#[test]
fn an_invitation_ends_after_three_days_or_when_it_is_taken_back() {
    on_both(async |app| {
        let (late, link) = invited(&app, ("late", "viewer")).await;
        let mut browser = Browser::new(&app);
        app.clock.pass(Span::from_millis(72 * 3_600_000 - 1_000));
        assert_eq!(browser.get(&format!("/staff/join/{link}")).await.status, StatusCode::OK);
        app.clock.pass(Span::from_seconds(2));
        assert_eq!(browser.get(&format!("/staff/join/{link}")).await.status, StatusCode::NOT_FOUND);
        let respond = &app.house.respond;
        let again = respond.change_person(("an admin", late), Change::InviteAgain).await.unwrap().unwrap().unwrap();
        let path = format!("/staff/join/{}", again.reveal());
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        respond.change_person(("an admin", late), Change::TakeInvitationBack).await.unwrap().unwrap();
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
        let own = respond.change_person((&late.to_string(), late), Change::Enable).await.unwrap();
        assert!(own.is_err_and(|why| why == Unchanged::Own));
    });
}

/// ID-04 and ID-05: length in characters, compared as sent, and nothing that anybody would guess.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long a refusal really takes")]
fn a_password_is_long_and_not_one_that_is_tried_first() {
    on_sqlite(async |app| {
        let (_, link) = invited(&app, ("grace", "viewer")).await;
        let mut browser = Browser::new(&app);
        let path = format!("/staff/join/{link}");
        let mixed = |length: usize| PASSWORD.chars().cycle().take(length).collect::<String>();
        let long = format!("{}{}", mixed(200), "é".repeat(57));
        for (wrong, why) in [
            (&mixed(14), "15 characters"),
            (&long, "256 characters"),
            (&"passwordpassword".to_owned(), "guessed"),
            (&"qwertyuiopasdfgh".to_owned(), "guessed"),
            (&"aaaaaaaaaaaaaaaaaaaa".to_owned(), "guessed"),
            (&"P@ssw0rd123456789".to_owned(), "guessed"),
            (&"my Holdfast otters paint slowly".to_owned(), "name of this house"),
            (&"otters and GRACE paint slowly".to_owned(), "name of this house"),
            (&"x".repeat(20_000), "256 characters"),
        ] {
            let csrf = browser.get(&path).await.csrf();
            let page = browser.post(&path, &[("csrf", &csrf), ("password", wrong)]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
            assert!(page.text.contains(why), "{why}");
        }
        let csrf = browser.get(&path).await.csrf();
        let before = Instant::now();
        let huge = browser.post(&path, &[("csrf", csrf.as_str()), ("password", &"x".repeat(10_000_000))]).await;
        assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE, "{:?}", before.elapsed());
        let spaced = format!(" {PASSWORD} ");
        let taken = browser.post(&path, &[("csrf", &csrf), ("password", &spaced)]).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER);
        let mut again = Browser::new(&app);
        assert_eq!(password(&mut again, ("grace", PASSWORD)).await.status, StatusCode::FORBIDDEN, "not trimmed");
        assert_eq!(password(&mut again, ("Grace ", &spaced)).await.location, "/staff/enrol", "not enrolled yet");
    });
}

/// ID-06: nothing in the place of a password is refused on every way in.
#[test]
fn an_empty_password_is_refused_on_every_way_in() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "viewer")).await;
        let (_, link) = invited(&app, ("bea", "viewer")).await;
        let mut browser = Browser::new(&app);
        assert_eq!(password(&mut browser, (&ada.login, "")).await.status, StatusCode::FORBIDDEN);
        let csrf = browser.get("/staff/sign-in").await.csrf();
        let missing = browser.post("/staff/sign-in", &[("csrf", &csrf), ("login", &ada.login)]).await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let path = format!("/staff/join/{link}");
        let csrf = browser.get(&path).await.csrf();
        for fields in [vec![("csrf", csrf.as_str())], vec![("csrf", csrf.as_str()), ("password", "")]] {
            assert_eq!(browser.post(&path, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    });
}

/// Two people never share a login or a name: what is shown names one of them.
#[test]
fn nobody_takes_the_login_or_the_name_of_another() {
    on_both(async |app| {
        let mut admin = member(&app, ("ada", "admin")).await;
        invited(&app, ("bea", "viewer")).await;
        let csrf = admin.browser.get("/staff/people").await.csrf();
        for (login, name) in [("BEA", "Another"), ("other", "name of  bea")] {
            let fields = [("csrf", csrf.as_str()), ("login", login), ("name", name), ("role", "viewer")];
            assert_eq!(
                admin.browser.post("/staff/people", &fields).await.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{login}"
            );
        }
    });
}
