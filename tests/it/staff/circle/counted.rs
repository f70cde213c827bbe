//! What is counted beside the cases leaves a closed one out too.

use serde_json::{Value, json};

use super::{HOUSE, Somebody, somebody};
use crate::support::app::on_both_with;

/// RB-12: copies of what a closed case was told are counted for its people alone.
#[test]
fn copies_of_what_a_closed_case_was_told_are_counted_for_its_people() {
    on_both_with(HOUSE, async |app| {
        let boss = somebody(&app, "boss", "responder approver auditor").await;
        let aud = somebody(&app, "aud", "auditor").await;
        let told = json!({"type": "auth.threat", "data": {"account": "account-otterwing", "severity": "high"}});
        for _ in 0..3 {
            assert!(app.event("msg_1", &told).await.status().is_success());
        }
        let copies = async |who: &Somebody| {
            let listed: Value = serde_json::from_str(&who.get(&app, "/api/v1/sources").await.text).unwrap();
            let mut sources = listed["sources"].as_array().unwrap().iter();
            sources.find(|source| source["endpoint"] == "events").unwrap()["copies"].clone()
        };
        assert_eq!((copies(&boss).await, copies(&aud).await), (json!(2), json!(2)));
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        boss.closes(&app, &incident, &[]).await;
        assert_eq!((copies(&boss).await, copies(&aud).await), (json!(2), json!(0)));
    });
}
