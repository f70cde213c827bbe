//! Before and during the set-up: the staff side is shut, and one link opens it once (ID-16).

use reqwest::StatusCode;

use crate::support::app::{App, Plan, on_both_with, on_sqlite};
use crate::support::browser::Browser;
use holdfast::app::Rounds;
use holdfast::time::Span;
use holdfast::web::routes;

const BARE: Plan = Plan { settings: |_| {}, set_up: false, rounds: Rounds::Own };

fn link(app: &App) -> String {
    app.set_up.as_ref().unwrap().strip_prefix(&app.url("")).unwrap().to_owned()
}

async fn queue(app: &App, token: &str) -> StatusCode {
    app.visitor().get(app.url("/api/v1/queue")).bearer_auth(token).send().await.unwrap().status()
}

#[test]
fn before_the_set_up_the_staff_side_is_shut_and_people_are_served() {
    on_both_with(BARE, async |app| {
        let scopes = holdfast::access::Permission::SCOPES;
        for route in routes::declared(&app.house).into_iter().filter(|route| scopes.contains(&route.permission)) {
            let request =
                app.visitor().request(route.method.parse().unwrap(), app.url(&route.path.replace("{id}", "x")));
            let status = request.bearer_auth("hfk_anything").send().await.unwrap().status();
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{route:?}");
        }
        app.report("someone drained my wallet").await;
    });
}

#[test]
fn the_link_can_be_looked_at_often_and_used_once() {
    on_both_with(BARE, async |app| {
        let link = link(&app);
        let mut browser = Browser::new(&app);
        for _ in 0..3 {
            assert_eq!(browser.get(&link).await.status, StatusCode::OK);
        }
        let csrf = browser.get(&link).await.csrf();
        let done = browser.post(&link, &[("csrf", &csrf), ("name", "first of the house")]).await;
        assert_eq!(done.status, StatusCode::OK);
        let (_, rest) = done.text.split_once("<code>hfk_").unwrap();
        let token = format!("hfk_{}", &rest[..64]);
        assert_eq!(queue(&app, &token).await, StatusCode::OK);

        assert_eq!(browser.get(&link).await.status, StatusCode::NOT_FOUND);
        let again = browser.post(&link, &[("csrf", &csrf), ("name", "second")]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        let tokens = app.house.respond.tokens().await.unwrap();
        assert_eq!(tokens.iter().map(|token| token.person.as_str()).collect::<Vec<_>>(), ["first of the house"]);
    });
}

#[test]
fn the_link_needs_its_own_form_a_name_and_the_right_words() {
    on_both_with(BARE, async |app| {
        let link = link(&app);
        let mut browser = Browser::new(&app);
        let csrf = browser.get(&link).await.csrf();
        for csrf in ["", "x"] {
            let page = browser.post(&link, &[("csrf", csrf), ("name", "someone")]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN);
        }
        for name in ["", " ", &"n".repeat(81)] {
            let page = browser.post(&link, &[("csrf", &csrf), ("name", name)]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        let wrong = browser.post("/staff/set-up/hfk_0000", &[("csrf", &csrf), ("name", "someone")]).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        assert!(app.house.respond.tokens().await.unwrap().is_empty());
        assert!(!app.house.is_set_up());
        let done = browser.post(&link, &[("csrf", &csrf), ("name", "someone")]).await;
        assert_eq!(done.status, StatusCode::OK, "none of that used the link up");
    });
}

#[test]
fn the_link_is_good_for_an_hour() {
    on_both_with(BARE, async |app| {
        let link = link(&app);
        let mut browser = Browser::new(&app);
        let csrf = browser.get(&link).await.csrf();
        app.clock.pass(Span::from_minutes(61));
        let late = browser.post(&link, &[("csrf", &csrf), ("name", "someone")]).await;
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
