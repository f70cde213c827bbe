//! Whose alert it is: the wallet backend tells whose names are whose, and what is nobody's waits to be attached.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both};
use crate::support::rows;

const WALLET: &str = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

fn approval(names: &Value) -> Value {
    let mut data = json!({"chain": "ethereum", "severity": "critical"});
    data.as_object_mut().unwrap().extend(names.as_object().unwrap().clone());
    json!({"type": "chain.approval", "timestamp": "2026-03-02T08:59:00Z", "data": data})
}

async fn learn(app: &App, account: Value) -> Value {
    let response = app.staff_post("/api/v1/directory", &json!({"accounts": [account]})).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.json().await.unwrap()
}

async fn nobodys(app: &App) -> Vec<Value> {
    app.staff_get("/api/v1/unattributed").await["incidents"].as_array().unwrap().clone()
}

#[test]
fn what_the_backend_tells_brings_alerts_of_wallet_and_account_together() {
    on_both(async |app| {
        let names = json!({"wallets": ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"], "emails": ["Kim@Example.org"]});
        let learned = learn(&app, json!({"account": "A-17", "names": names})).await;
        assert_eq!(learned["names"], 3, "the account itself too: {learned}");
        app.event("msg_1", &approval(&json!({"wallet": WALLET}))).await;
        app.event("msg_2", &approval(&json!({"email": "kim@example.org"}))).await;
        app.event("msg_3", &approval(&json!({"account": "a-17"}))).await;
        assert_eq!(rows::counts(&app).await["incident"], 1);
        assert!(nobodys(&app).await.is_empty());
        let again = learn(&app, json!({"account": "A-17", "names": {"emails": ["kim@example.org"]}})).await;
        assert_eq!(again["names"], 0, "told before");
        let bytes = rows::bytes(&app).await;
        for name in ["kim@example.org", "A-17", WALLET] {
            assert!(!rows::hold(&bytes, name), "{name} is kept as a keyed digest");
        }
    });
}

#[test]
fn an_alert_of_nobody_known_waits_in_sight_and_finds_its_account_when_it_is_told() {
    on_both(async |app| {
        app.event("msg_1", &approval(&json!({"wallet": WALLET}))).await;
        let waiting = nobodys(&app).await;
        assert_eq!((waiting.len(), app.queue().await.len()), (1, 1), "kept, and staff see it");
        let learned = learn(&app, json!({"account": "A-17", "names": {"wallets": [WALLET]}})).await;
        assert_eq!(learned["attached"], 1);
        assert!(nobodys(&app).await.is_empty());
        app.event("msg_2", &approval(&json!({"account": "A-17"}))).await;
        assert_eq!(rows::counts(&app).await["incident"], 1, "what comes now joins it");
    });
}

/// AUD-01, RB-12: what was refused is on record as what was done.
#[test]
fn staff_say_whose_an_alert_is_once_and_never_over_an_open_incident() {
    on_both(async |app| {
        app.event("msg_1", &approval(&json!({}))).await;
        let waiting = nobodys(&app).await;
        let path = format!("/api/v1/unattributed/{}/attach", waiting[0]["id"].as_str().unwrap());
        app.event("msg_2", &approval(&json!({"account": "A-18"}))).await;
        let beside = app.staff_post(&path, &json!({"account": "A-18"})).await;
        assert_eq!(beside.status(), StatusCode::CONFLICT);
        assert!(beside.json::<Value>().await.unwrap()["incident"].is_string(), "it says which");
        let done = app.staff_post(&path, &json!({"account": "A-17"})).await;
        assert_eq!(done.status(), StatusCode::OK);
        let twice = app.staff_post(&path, &json!({"account": "A-19"})).await;
        assert_eq!(twice.status(), StatusCode::CONFLICT, "it is somebody's now");
        app.event("msg_3", &approval(&json!({"account": "A-17"}))).await;
        assert_eq!(rows::counts(&app).await["incident"], 2);
        // Whoever tries account after account to learn which has a case is seen doing it.
        let id = waiting[0]["id"].as_str().unwrap();
        let trail = rows::audit(&app).await;
        let tries = |outcome: &str| {
            let line = format!("staff:responder incident.attach incident:{id} {outcome}");
            trail.iter().filter(|entry| entry.starts_with(&line)).count()
        };
        assert_eq!((tries("refused"), tries("done")), (2, 1), "{trail:#?}");
    });
}

#[test]
fn a_name_leads_to_one_account_and_can_be_given_up() {
    on_both(async |app| {
        learn(&app, json!({"account": "A-17", "names": {"wallets": [WALLET]}})).await;
        assert_eq!(learn(&app, json!({"account": "A-18", "names": {"wallets": [WALLET]}})).await["names"], 2);
        app.event("msg_1", &approval(&json!({"account": "A-18"}))).await;
        app.event("msg_2", &approval(&json!({"wallet": WALLET}))).await;
        assert_eq!(rows::counts(&app).await["incident"], 1, "the last that was told");
        let given_up = learn(&app, json!({"account": "A-18", "gone": {"wallets": [WALLET]}})).await;
        assert_eq!(given_up["gone"], 1);
        app.event("msg_3", &approval(&json!({"wallet": WALLET}))).await;
        assert_eq!(nobodys(&app).await.len(), 1);
        for bad in [
            json!({"accounts": [{"account": "", "names": {}}]}),
            json!({"accounts": [{"account": "A", "names": {"wallets": ["0x12"]}}]}),
        ] {
            let refused = app.staff_post("/api/v1/directory", &bad).await;
            assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        }
    });
}
