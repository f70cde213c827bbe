//! What a holder asks for changes nothing until staff agree (CA-09); a new link ends the old one (CA-10).

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::people::QUICK as PEOPLE;
use crate::support::app::{App, on_both, on_both_with, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::person::{asks, csrf, decides, fresh};
use crate::support::rows;
use holdfast::time::Span;

const LOST: &str = "someone drained my wallet";

async fn open(app: &App, holder: &Holder) -> Browser {
    let mut browser = Browser::new(app);
    let page = browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
    assert_eq!(page.location, "/case");
    browser
}

async fn incident(app: &App) -> Value {
    let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
    app.staff_get(&format!("/api/v1/incidents/{id}")).await
}

async fn decide(app: &App, grant: bool) {
    let seen = incident(app).await;
    let waiting = seen["requests"].as_array().unwrap().iter().find(|asked| asked["state"] == "waiting").unwrap();
    let body = json!({"request": waiting["id"], "grant": grant, "reason": "called back on the number of the contract"});
    let id = seen["id"].as_str().unwrap();
    assert_eq!(decides(app, id, &body).await.status(), StatusCode::OK);
    assert_eq!(decides(app, id, &body).await.status(), StatusCode::CONFLICT, "decided once");
}

/// Link and code as the page shows them.
fn keys(text: &str, reference: &str) -> Holder {
    let between = |from: &str| text.split_once(from).unwrap().1.split('<').next().unwrap().to_owned();
    let link = between(r#"<code id="link">"#);
    let code = between(r#"<code class="code">"#);
    Holder { reference: reference.to_owned(), token: link.rsplit_once("/c/").unwrap().1.to_owned(), code }
}

#[test]
fn a_new_link_is_given_only_when_staff_agree_and_ends_the_old_one_and_every_session() {
    on_both(async |app| {
        let old = Holder::of(&app.report(LOST).await);
        let (mut mine, mut stranger) = (open(&app, &old).await, open(&app, &old).await);
        let csrf = mine.get("/case").await.csrf();
        let early = mine.post("/case/new-link", &[("csrf", &csrf)]).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "not by the holder alone");
        let asked = mine.post("/case/requests", &[("csrf", &csrf), ("what", "new-link")]).await;
        assert_eq!(asked.location, "/case");
        assert_eq!(stranger.get("/case").await.status, StatusCode::UNAUTHORIZED, "other browsers are out at once");
        old.case(&app).await;

        decide(&app, true).await;
        old.case(&app).await;
        assert!(mine.get("/case").await.text.contains("Show my new link and code"));
        let sent = mine.post("/case/new-link", &[("csrf", &csrf)]).await;
        assert_eq!(old.get(&app).await.status(), StatusCode::UNAUTHORIZED, "dead in the same transaction");
        mine.get(&sent.location).await;
        let page = mine.get("/case/first").await;
        let new = keys(&page.text, &old.reference);
        assert!(new.token != old.token && new.code != old.code);
        new.case(&app).await;
        for mixed in [new.with_code(&old.code), new.with_token(&old.token)] {
            assert_eq!(mixed.get(&app).await.status(), StatusCode::UNAUTHORIZED);
        }
        mine.post("/case/first", &[("csrf", &page.csrf())]).await;
        let case = mine.get("/case").await;
        assert!(case.status == StatusCode::OK && !case.text.contains(&new.token), "shown once");
        let again = mine.post("/case/new-link", &[("csrf", &case.csrf())]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "one grant, one link");
        let seen = incident(&app).await.to_string();
        assert!(!seen.contains(&new.token) && !seen.contains(&new.code), "staff never see it");
    });
}

#[test]
fn a_grant_that_nobody_takes_within_a_day_is_void() {
    on_sqlite(async |app| {
        let old = Holder::of(&app.report(LOST).await);
        old.does(&app, "/requests", &json!({"what": "new-link"})).await;
        decide(&app, true).await;
        app.clock.pass(Span::from_minutes(24 * 60 + 1));
        let mut browser = open(&app, &old).await;
        let csrf = browser.get("/case").await.csrf();
        assert_eq!(browser.post("/case/new-link", &[("csrf", &csrf)]).await.status, StatusCode::CONFLICT);
        old.case(&app).await;
    });
}

#[test]
fn asking_to_withdraw_or_to_stop_protection_changes_nothing_by_itself() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let before = app.queue().await;
        for what in ["withdraw", "stop-protection"] {
            holder.does(&app, "/requests", &json!({"what": what})).await;
            let case = holder.does(&app, "/requests", &json!({"what": what})).await;
            assert_eq!(case["state"], "waiting");
            assert_eq!(case["guidance"], holder.case(&app).await["guidance"]);
        }
        assert_eq!(app.queue().await, before, "state, level, lane and place are as they were");
        let seen = incident(&app).await;
        assert_eq!(seen["requests"].as_array().unwrap().len(), 2, "asking twice asks once");
        decide(&app, false).await;
        let states: Vec<Value> = holder.case(&app).await["requests"]
            .as_array()
            .unwrap()
            .iter()
            .map(|asked| asked["state"].clone())
            .collect();
        assert_eq!(states, ["refused", "waiting"]);
        assert!(!holder.case(&app).await.to_string().contains("called back"), "the reason is inner");
    });
}

#[test]
fn a_new_contact_waits_a_day_after_staff_agreed() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let state = async || holder.case(&app).await["requests"][0]["state"].clone();
        holder.does(&app, "/requests", &json!({"what": "contact", "detail": "new@person.example"})).await;
        assert_eq!(incident(&app).await["requests"][0]["detail"], "new@person.example");
        decide(&app, true).await;
        app.clock.pass(Span::from_minutes(23 * 60));
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert_eq!(state().await, "granted");
        app.clock.pass(Span::from_minutes(61));
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert_eq!(state().await, "done");
        assert!(!rows::hold(&rows::bytes(&app).await, "new@person.example"), "sealed");
    });
}

/// CA-10, SES-07: no token decides, nor does whoever showed their second factor six minutes ago; what they typed is kept.
#[test]
fn deciding_takes_a_person_who_has_just_shown_a_second_factor() {
    on_both_with(PEOPLE, async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        holder.does(&app, "/requests", &json!({"what": "new-link"})).await;
        let seen = incident(&app).await;
        let (id, asked) = (seen["id"].as_str().unwrap(), seen["requests"][0]["id"].as_str().unwrap());
        let body = json!({"request": asked, "grant": true, "reason": "called back"});
        let path = format!("/api/v1/incidents/{id}/decide");
        assert_eq!(app.staff_post(&path, &body).await.status(), StatusCode::FORBIDDEN, "a token with every scope");
        let (_, ada) = fresh(&app, ("ada", "responder")).await;
        app.clock.pass(Span::from_minutes(6));
        let by_program = asks(&app, (Method::POST, &path), &ada).json(&body).send().await.unwrap();
        assert_eq!(by_program.status(), StatusCode::FORBIDDEN);
        assert!(by_program.text().await.unwrap().contains("urn:holdfast:problem:step-up"));
        let decide = async |session: &str| {
            let csrf = csrf(&app, session);
            let form = [("csrf", &*csrf), ("request", asked), ("grant", "yes"), ("reason", "called on the old number")];
            let page = format!("/staff/incidents/{id}/decide");
            let response = asks(&app, (Method::POST, &page), session).form(&form).send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        };
        let (status, page) = decide(&ada).await;
        assert_eq!(status, 403);
        assert!(page.contains("action=\"/staff/step-up\"") && page.contains("called on the old number"), "{page}");
        let state = async || incident(&app).await["requests"][0]["state"].clone();
        assert_eq!(state().await, "waiting");
        let (_, ada) = fresh(&app, ("ada", "responder")).await;
        assert_eq!(decide(&ada).await.0, 303);
        assert_eq!(state().await, "granted");
    });
}

#[test]
fn only_staff_who_judge_decide_and_only_what_was_asked_of_this_incident() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        holder.does(&app, "/requests", &json!({"what": "withdraw"})).await;
        let seen = incident(&app).await;
        let other = app.report("my withdrawal is late").await;
        drop(other);
        let ids: Vec<String> = app.queue().await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        let stranger = ids.iter().find(|id| *id != seen["id"].as_str().unwrap()).unwrap();
        let body = json!({"request": seen["requests"][0]["id"], "grant": true, "reason": "x"});
        assert_eq!(decides(&app, stranger, &body).await.status(), StatusCode::CONFLICT);
        let path = format!("/api/v1/incidents/{}/decide", seen["id"].as_str().unwrap());
        let (_, viewer) = fresh(&app, ("viewer", "viewer")).await;
        let refused = asks(&app, (Method::POST, &path), &viewer).json(&body).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        for body in [json!({"what": "money"}), json!({"what": "contact"}), json!({"what": "withdraw", "detail": "x"})] {
            assert_eq!(
                holder.post(&app, "/requests", &body).await.status(),
                StatusCode::UNPROCESSABLE_ENTITY,
                "{body}"
            );
        }
    });
}
