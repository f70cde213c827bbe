//! What the first page shows of the next case, and how a made-up case is told from a real one.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::id;
use crate::support::app::{App, on_both};
use crate::support::browser::Browser;
use holdfast::access::Scopes;
use holdfast::store::audit;
use holdfast::time::Span;

const TEXT: &str = "someone drained my wallet, everything is gone, write to ada.lovelace@example.org";

async fn views(app: &App) -> Vec<String> {
    let page = audit::page(&mut app.house.respond.db.read().await.unwrap(), 0, 1_000).await.unwrap();
    let views = page.into_iter().filter(|entry| entry.entry.action == "incident.view");
    views.map(|entry| entry.entry.object).collect()
}

async fn desk_of(app: &App, (person, scopes): (&str, Scopes)) -> Browser {
    let token = app.token_of(person, scopes).await;
    let mut browser = Browser::new(app);
    browser.sign_in(&token).await;
    browser
}

/// AUD-01: the first page shows the next case in outline to whoever may read it, and each such view is an entry.
#[test]
fn the_next_case_is_shown_in_outline_to_whoever_may_read_and_that_is_a_view() {
    on_both(async |app| {
        app.report(TEXT).await;
        let next = app.queue().await[0].clone();
        let detail = app.staff_get(&format!("/api/v1/incidents/{}", id(&next))).await;
        let before = views(&app).await.len();
        let mut ada = desk_of(&app, ("Ada", Scopes::all())).await;
        let page = ada.get("/staff?lang=en").await.text;
        let card = page.split_once("id=\"next-case\"").unwrap().1.split("</section>").next().unwrap();
        let order = ["class=\"take\"", "What to do first", "What happened last", "All of it"];
        let places: Vec<usize> = order.iter().map(|part| card.find(part).unwrap_or_else(|| panic!("{part}"))).collect();
        assert!(places.is_sorted(), "the button stands above: {places:?}");
        let steps = detail["steps"].as_array().unwrap();
        let told = card.split_once("<ol class=\"told\">").unwrap().1.split("</ol>").next().unwrap();
        assert_eq!(told.matches("<li").count(), steps.len().min(3));
        let line = card.split_once("<ol class=\"timeline\">").unwrap().1.split("</ol>").next().unwrap();
        assert!((1..=3).contains(&line.matches("<li").count()), "{line}");
        assert!(card.contains(&format!("class=\"all-of-it\" href=\"/staff/incidents/{}\"", id(&next))));
        assert!(!card.contains("ada.lovelace"), "what is personal stays masked");
        let seen = views(&app).await;
        assert_eq!((seen.len(), seen.last().unwrap().as_str()), (before + 1, &*format!("incident:{}", id(&next))));

        let mut reader = desk_of(&app, ("Bob", "queue:read".parse().unwrap())).await;
        let page = reader.get("/staff?lang=en").await.text;
        assert!(page.contains("id=\"next-case\"") && !page.contains("What to do first"), "{page}");
        let quiet = ada.request(Method::GET, "/staff?lang=en").header("x-refresh", "1");
        let page = ada.send(quiet).await;
        assert!(page.status == StatusCode::OK && !page.text.contains("What to do first"), "nobody looks");
        assert_eq!(views(&app).await.len(), before + 1, "of what was not shown there is no view");
    });
}

#[test]
fn a_made_up_case_says_so_wherever_it_stands() {
    on_both(async |app| {
        let made = app.staff(Method::POST, "/api/v1/shift/practice").send().await.unwrap();
        let made: Value = made.json().await.unwrap();
        assert_eq!(made["practice"], true);
        app.report(TEXT).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let page = browser.get(&format!("/staff/incidents/{}?lang=en", id(&made))).await.text;
        assert!(page.contains("class=\"practice\"") && page.contains("Made up, for practice. Nothing leaves."));
        assert!(!page.contains("only machines reported") && !page.contains("First reply"), "{page}");
        let home = browser.get("/staff?lang=en").await.text;
        let held = home.split_once("class=\"held\"").unwrap().1.split("</section>").next().unwrap();
        assert!(held.contains("<b class=\"mark-word\">Practice</b>"), "{held}");
        let real = browser.get(&format!("/staff/incidents/{}?lang=en", id(&app.queue().await[0]))).await.text;
        assert!(!real.contains("Made up, for practice"), "{real}");
    });
}

#[test]
fn what_is_due_soon_stands_open_on_the_first_page() {
    on_both(async |app| {
        app.report(super::ROUTINE).await;
        app.clock.pass(Span::from_minutes(19 * 60));
        let mut ada = desk_of(&app, ("Ada", Scopes::all())).await;
        let page = ada.get("/staff?lang=en").await.text;
        let (before, _) = page.split_once("First reply is due soon").expect("it is told");
        assert!(before.ends_with("<details open><summary>"), "{before}");
    });
}
