//! A signal that was moved to a case that is closed by now: that it was moved is told, and not where to.

use holdfast::time::Span;
use serde_json::{Value, json};

use super::{HOUSE, Known, somebody};
use crate::support::app::on_both_with;

/// RB-02, RB-12.
#[test]
fn where_a_signal_went_is_told_to_the_people_of_that_case_alone() {
    on_both_with(HOUSE, async |app| {
        let boss = somebody(&app, "boss", "responder approver").await;
        let cat = somebody(&app, "cat", "responder approver").await;
        let known = Known::report(&app, "otterwing").await;
        app.clock.pass(Span::from_seconds(1));
        known.holder.does(&app, "/messages", &json!({"text": "my wallet is being drained again"})).await;
        let page = format!("/staff/incidents/{}", known.incident);
        let seen = boss.get(&app, &page.replace("/staff/", "/api/v1/")).await.text;
        let seen: Value = serde_json::from_str(&seen).unwrap();
        let signal = seen["signals"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        let version = seen["version"].to_string();
        let split = [("what", "split"), ("version", &*version), ("reason", "Another matter."), ("signal", &*signal)];
        assert_eq!(boss.post(&app, &format!("{page}/correct"), &split).await.leads, page);
        let shown = cat.get(&app, &page).await.text;
        let arrow = shown.split("\">→</a>").next().unwrap().rsplit('/').next().unwrap().to_owned();
        assert_eq!(arrow.len(), 36, "as long as it is open, it is told: {shown}");

        boss.closes(&app, &arrow, &[]).await;
        let shown = cat.get(&app, &page).await.text;
        assert!(!shown.contains(&arrow), "{shown}");
        assert!(shown.contains("moved") && !shown.contains("called false by"), "{shown}");
        assert!(boss.get(&app, &page).await.text.contains(&arrow));
        let told = cat.get(&app, &page.replace("/staff/", "/api/v1/")).await.text;
        assert!(!told.contains(&arrow), "{told}");
    });
}
