//! Open incidents after a change of version: they may rise, nothing sinks, and nobody's case moves in their hands.

use holdfast::respond::Rescore;
use serde_json::Value;

use super::{TEAPOT, incident, louder, on_both, publish, quieter, rescore, watch};

const TRON: &str = "我的波场钱包转不出去了，提示没有权限";

fn place(incident: &Value) -> (&str, i64, i64) {
    let number = |field: &str| incident[field].as_i64().unwrap();
    (incident["class"].as_str().unwrap(), number("level"), number("head_start_minutes"))
}

#[test]
fn an_open_incident_rises_and_names_the_version_that_raised_it() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        app.report(TEAPOT).await;
        app.report(TRON).await;
        let before = app.queue().await;
        assert_eq!((before[0]["lane"].as_str(), before[1]["lane"].as_str()), (Some("security"), Some("routine")));
        let loud = publish(&app, &mut watch, &louder()).await;
        assert_eq!(app.house.respond.behind().await.unwrap(), 2);

        let done = rescore(&app).await;
        assert_eq!((done.rescored, done.risen, done.behind), (2, 1, 0));
        let raised = incident(&app, &before[1]["id"]).await;
        assert_eq!(
            (raised["class"].as_str(), raised["kind"].as_str()),
            (Some("security"), Some("unauthorized-transfer-unknown"))
        );
        assert_eq!(raised["assessment"]["playbooks"], loud.as_str());
        assert!(app.queue().await.iter().all(|row| row["lane"] == "security"));
        assert_eq!(rescore(&app).await.rescored, 0, "once is enough");
    });
}

#[test]
fn an_open_incident_never_sinks_while_its_odds_follow() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        app.report(TRON).await;
        let id = app.queue().await[0]["id"].clone();
        let before = incident(&app, &id).await;
        publish(&app, &mut watch, &quieter()).await;
        assert_eq!(rescore(&app).await.rescored, 1);
        let after = incident(&app, &id).await;
        assert_ne!(after["assessment"]["chance"], before["assessment"]["chance"]);
        assert_ne!(after["kind"], "tron-permission-hijack");
        assert_eq!(place(&after), place(&before), "lane, level and head start are the highest that were reached");
    });
}

#[test]
fn a_claimed_case_stays_as_it_is_until_it_is_handed_back() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        app.report(TEAPOT).await;
        let response = app.staff_post("/api/v1/queue/claim", &serde_json::json!({})).await;
        let held: Value = response.json().await.unwrap();
        publish(&app, &mut watch, &louder()).await;
        let done = rescore(&app).await;
        assert_eq!((done.rescored, done.behind), (0, 1), "it still counts as behind");
        let now = incident(&app, &held["id"]).await;
        assert_eq!((&now["version"], place(&now)), (&held["version"], place(&held)));

        let path = format!("/api/v1/incidents/{}/release", held["id"].as_str().unwrap());
        app.staff_post(&path, &serde_json::json!({"fence": held["fence"]})).await;
        assert_eq!(rescore(&app).await.rescored, 1);
        assert_eq!(incident(&app, &held["id"]).await["class"], "security");
    });
}

#[test]
fn it_goes_on_where_it_was_when_whoever_did_it_is_gone() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        for _ in 0..45 {
            app.report(TEAPOT).await;
        }
        publish(&app, &mut watch, &louder()).await;
        let first = Rescore::default().batch(&app.house.respond).await.unwrap();
        assert_eq!((first.rescored, first.behind, first.ended), (20, 25, false));
        // A new walk, as after a crash: it knows nothing of the first.
        let rest = rescore(&app).await;
        assert_eq!((rest.rescored, rest.behind), (25, 0));
        assert!(app.queue().await.iter().all(|row| row["lane"] == "security"));
    });
}

#[test]
fn a_process_that_is_behind_the_others_judges_nothing_again() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        app.report(TEAPOT).await;
        publish(&app, &mut watch, &louder()).await;
        let quiet = super::keep(&app, &quieter()).await;
        // Another process follows at once, this one has not looked yet.
        app.house.respond.publish(&quiet, holdfast::respond::versions::Advice::Stands).await.unwrap().unwrap();
        assert_eq!(rescore(&app).await.rescored, 0);
        watch.look().await.unwrap();
        assert_eq!(rescore(&app).await.rescored, 1);
    });
}
