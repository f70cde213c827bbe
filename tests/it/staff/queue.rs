//! The list of who waits.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::{LOST, ROUTINE, TRON};
use crate::support::app::{App, on_both};
use holdfast::time::Span;

async fn page(app: &App, query: &str) -> (Vec<String>, Option<String>) {
    let page = app.staff_get(&format!("/api/v1/queue?{query}")).await;
    let ids = page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned());
    (ids.collect(), page["next"].as_str().map(str::to_owned))
}

async fn fill(app: &App) {
    for text in [ROUTINE, LOST, TRON, ROUTINE, LOST, LOST, ROUTINE] {
        app.report(text).await;
        app.clock.pass(Span::from_seconds(1));
    }
}

/// Walks all pages of a size.
async fn walk(app: &App, query: &str, size: usize) -> Vec<String> {
    let (mut all, mut next) = page(app, &format!("{query}&limit={size}")).await;
    while let Some(cursor) = next {
        let (rows, after) = page(app, &format!("{query}&limit={size}&cursor={cursor}")).await;
        assert!(rows.len() <= size);
        all.extend(rows);
        next = after;
    }
    all
}

#[test]
fn pages_of_any_size_make_up_the_whole_list_in_order() {
    on_both(async |app| {
        fill(&app).await;
        let whole: Vec<Value> = app.queue().await;
        let ids: Vec<String> = whole.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), 7);
        for size in [1, 2, 3, 7, 200] {
            assert_eq!(walk(&app, "", size).await, ids, "{size}");
        }
        for lane in ["security", "routine"] {
            let of_lane: Vec<String> = whole
                .iter()
                .filter(|row| row["lane"] == lane)
                .map(|row| row["id"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(walk(&app, &format!("lane={lane}"), 2).await, of_lane, "{lane}");
        }
        let due: Vec<(&str, &str)> = whole
            .iter()
            .map(|row| (if row["lane"] == "security" { "0" } else { "1" }, row["due"].as_str().unwrap()))
            .collect();
        assert!(due.is_sorted(), "{due:?}");
    });
}

#[test]
fn who_comes_between_two_pages_is_not_shown_twice_and_hides_nobody() {
    on_both(async |app| {
        fill(&app).await;
        let (first, cursor) = page(&app, "limit=4").await;
        app.report(TRON).await;
        app.report(ROUTINE).await;
        let (rest, _) = page(&app, &format!("limit=50&cursor={}", cursor.unwrap())).await;
        assert!(first.iter().all(|id| !rest.contains(id)));
        assert!(rest.len() >= 4, "the three that were left, and the routine one that came");
    });
}

#[test]
fn what_does_not_name_a_page_is_refused() {
    on_both(async |app| {
        for (query, field) in [
            ("limit=0", "limit"),
            ("limit=201", "limit"),
            ("limit=-1", "limit"),
            ("limit=many", "limit"),
            ("lane=fast", "lane"),
            ("cursor=x", "cursor"),
            ("cursor=MCAwIHg", "cursor"),
        ] {
            let response = app.staff(Method::GET, &format!("/api/v1/queue?{query}")).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            assert_eq!(response.json::<Value>().await.unwrap()["errors"][0]["field"], field, "{query}");
        }
        for query in ["limit=1&limit=2", "limits=1", "lane=security&lane=routine"] {
            let status = app.staff(Method::GET, &format!("/api/v1/queue?{query}")).send().await.unwrap().status();
            assert!(
                status == StatusCode::BAD_REQUEST || status == StatusCode::UNPROCESSABLE_ENTITY,
                "{query} {status}"
            );
        }
    });
}
