//! What an operator knows to be bad is evidence at once, with the version of the list that said so.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both, on_sqlite};

const DRAINER: &str = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

async fn change(app: &App, list: &str, body: Value) -> Value {
    let response = app.staff_post(&format!("/api/v1/known-bad/{list}"), &body).await;
    assert_eq!(response.status(), StatusCode::OK, "{list}");
    response.json().await.unwrap()
}

fn approval(account: &str) -> Value {
    json!({
        "type": "chain.approval",
        "timestamp": "2026-03-02T08:59:00Z",
        "data": {"account": account, "chain": "ethereum", "spender": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "severity": "low"},
    })
}

/// The latest signal's facts of the only incident there is.
async fn facts(app: &App) -> Value {
    let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
    let incident = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
    incident["signals"].as_array().unwrap().last().unwrap()["facts"].clone()
}

#[test]
fn an_approval_to_a_listed_drainer_is_evidence_with_the_version_of_the_list() {
    on_both(async |app| {
        let body =
            json!({"category": "drainer", "add": [DRAINER.to_uppercase().replace("0X", "0x"), "not an address"]});
        let made = change(&app, "drainers", body).await;
        assert_eq!((&made["entries"], &made["unreadable"]), (&json!(1), &json!(1)));
        app.event("msg_1", &approval("account-1")).await;
        let row = app.queue().await[0].clone();
        assert_eq!(row["kind"], "token-approval-phishing", "{row}");
        let seen = facts(&app).await;
        assert_eq!((&seen["known-bad"], &seen["known-bad-value"]), (&json!("drainer"), &json!(DRAINER)));
        assert_eq!(seen["known-bad-list"], json!(format!("drainers@{}", made["version"].as_str().unwrap())));

        let gone = change(&app, "drainers", json!({"category": "drainer", "remove": [DRAINER]})).await;
        assert_ne!(gone["version"], made["version"]);
        assert_eq!(facts(&app).await["known-bad-list"], seen["known-bad-list"], "what was judged stays as it was");
        app.event("msg_2", &approval("account-2")).await;
        assert_eq!(app.queue().await.len(), 1, "it is off the list, so nobody need look");
    });
}

#[test]
fn a_lure_that_a_person_names_is_known_with_its_subdomains() {
    on_both(async |app| {
        change(&app, "lures", json!({"category": "lure", "add": ["claim-reward[.]top"]})).await;
        app.report("I connected my wallet at https://eth.claim-reward.top/go and now I worry").await;
        assert_eq!(facts(&app).await["known-bad"], "lure");
        let lists = app.staff_get("/api/v1/known-bad").await;
        assert_eq!((&lists["lists"][0]["name"], &lists["lists"][0]["entries"]), (&json!("lures"), &json!(1)));
    });
}

#[test]
fn a_list_is_replaced_and_taken_away_and_its_name_and_category_are_held_to_the_rules() {
    on_sqlite(async |app| {
        change(&app, "spenders", json!({"category": "spender", "add": [DRAINER, "evil.example.com"]})).await;
        let body = json!({"category": "spender", "replace": true, "add": ["TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"]});
        assert_eq!(change(&app, "spenders", body).await["entries"], 1);
        assert_eq!(app.house.respond.room().known_bad.len(), 1);
        for (list, category) in [("Spenders", "spender"), ("spenders", "friends")] {
            let refused = app.staff_post(&format!("/api/v1/known-bad/{list}"), &json!({"category": category})).await;
            assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{list} {category}");
        }
        let gone = app.staff_post("/api/v1/known-bad/spenders/drop", &json!({})).await;
        assert_eq!(gone.status(), StatusCode::OK);
        assert!(app.house.respond.room().known_bad.is_empty());
        let again = app.staff_post("/api/v1/known-bad/spenders/drop", &json!({})).await;
        assert_eq!(again.status(), StatusCode::CONFLICT);
    });
}

#[test]
fn a_value_is_frozen_with_the_signal_to_the_cent() {
    on_both(async |app| {
        let mut event = approval("account-1");
        event["type"] = json!("chain.permission-changed");
        event["data"]["severity"] = json!("high");
        event["data"]["usd"] = json!("4999.567");
        app.event("msg_1", &event).await;
        let seen = facts(&app).await;
        assert_eq!((&seen["usd"], &seen["usd-cents"]), (&json!("4999.567"), &json!("499956")), "{seen}");
    });
}
