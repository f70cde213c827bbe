//! Before and during the set-up: the staff side is shut, and one link opens it once (ID-16).

use reqwest::StatusCode;

use crate::support::app::{App, Plan, on_both_with, on_sqlite};
use crate::support::browser::Browser;
use crate::support::person::PASSWORD;
use holdfast::access::second::{Seed, step_at};
use holdfast::app::{Console, Rounds};
use holdfast::time::{Span, Timestamp};
use holdfast::web::routes;

const BARE: Plan = Plan { settings: |_| {}, set_up: false, rounds: Rounds::Own, console: Console::People };

fn link(app: &App) -> String {
    app.set_up.as_ref().unwrap().strip_prefix(&app.url("")).unwrap().to_owned()
}

#[test]
fn before_the_set_up_the_staff_side_is_shut_and_people_are_served() {
    on_both_with(BARE, async |app| {
        let scopes = holdfast::access::Permission::SCOPES;
        for route in routes::declared(&app.house)
            .into_iter()
            .filter(|route| !route.console && scopes.contains(&route.permission))
        {
            let request =
                app.visitor().request(route.method.parse().unwrap(), app.url(&route.path.replace("{id}", "x")));
            let status = request.bearer_auth("hfk_anything").send().await.unwrap().status();
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{route:?}");
        }
        app.report("someone drained my wallet").await;
    });
}

/// What the form of the set-up link is filled with.
fn filled<'a>(csrf: &'a str, name: &'a str) -> [(&'a str, &'a str); 4] {
    [("csrf", csrf), ("name", name), ("login", "first"), ("password", PASSWORD)]
}

#[test]
fn the_link_can_be_looked_at_often_and_makes_one_admin() {
    on_both_with(BARE, async |app| {
        let link = link(&app);
        let mut browser = Browser::new(&app);
        for _ in 0..3 {
            assert_eq!(browser.get(&link).await.status, StatusCode::OK);
        }
        let csrf = browser.get(&link).await.csrf();
        let done = browser.post(&link, &filled(&csrf, "first of the house")).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/staff/enrol"));
        assert_eq!(browser.get("/staff").await.location, "/staff/sign-in", "one factor is not enough (ID-07)");
        let page = browser.get("/staff/enrol").await;
        let seed = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
        let code = app_code(&app, &seed);
        let codes = browser.post("/staff/enrol", &[("csrf", &page.csrf()), ("code", &code)]).await;
        assert_eq!((codes.status, codes.text.matches("<li><code>").count()), (StatusCode::OK, 10));
        assert_eq!(browser.get("/staff").await.status, StatusCode::OK);
        assert_eq!(browser.get("/staff/people").await.status, StatusCode::OK);

        assert_eq!(browser.get(&link).await.status, StatusCode::NOT_FOUND);
        let again = browser.post(&link, &filled(&csrf, "second")).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        let people = app.house.respond.people().await.unwrap();
        let names: Vec<_> = people.iter().map(|listed| listed.person.name.as_str()).collect();
        assert_eq!(names, ["first of the house"]);
        let trail = crate::support::rows::audit(&app).await;
        assert!(
            !trail.iter().any(|entry| entry.contains("first")),
            "people stand in the trail by their ids: {trail:?}"
        );
    });
}

/// The code that an authenticator app shows for a key that was typed into it.
pub fn app_code(app: &App, base32: &str) -> String {
    code_at(base32, app.clock_now())
}

/// The same at a time.
pub fn code_at(base32: &str, now: Timestamp) -> String {
    let symbol = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap();
    let five = |value: usize| (0..5).rev().map(move |bit| if value >> bit & 1 == 1 { '1' } else { '0' });
    let bits: String = base32.chars().flat_map(|c| five(symbol(c))).collect();
    let bytes: Vec<u8> = bits
        .as_bytes()
        .chunks(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect();
    Seed::from_bytes(&bytes).unwrap().code(step_at(now))
}

#[test]
fn the_link_needs_its_own_form_a_name_and_the_right_words() {
    on_both_with(BARE, async |app| {
        let link = link(&app);
        let mut browser = Browser::new(&app);
        browser.get(&link).await;
        for csrf in ["", "x"] {
            assert_eq!(browser.post(&link, &filled(csrf, "someone")).await.status, StatusCode::FORBIDDEN);
        }
        for name in ["", " ", &"n".repeat(81)] {
            let csrf = browser.get(&link).await.csrf();
            assert_eq!(
                browser.post(&link, &filled(&csrf, name)).await.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{name}"
            );
        }
        let csrf = browser.get(&link).await.csrf();
        let wrong = browser.post("/staff/set-up/hfk_0000", &filled(&csrf, "someone")).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        assert!(app.house.respond.people().await.unwrap().is_empty());
        assert!(!app.house.is_set_up());
        let done = browser.post(&link, &filled(&csrf, "someone")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "none of that used the link up");
    });
}

#[test]
fn the_link_is_good_for_an_hour() {
    on_both_with(BARE, async |app| {
        let link = link(&app);
        let mut browser = Browser::new(&app);
        let csrf = browser.get(&link).await.csrf();
        app.clock.pass(Span::from_minutes(61));
        let late = browser.post(&link, &filled(&csrf, "someone")).await;
        assert_eq!(late.status, StatusCode::NOT_FOUND);
        assert!(!app.house.is_set_up());
    });
}

#[test]
fn once_the_house_is_set_up_no_link_shows_anything() {
    on_sqlite(async |app| {
        let link = link(&app);
        let mut browser = Browser::new(&app);
        assert_eq!(browser.get(&link).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get("/staff/set-up/x").await.status, StatusCode::NOT_FOUND);
    });
}
