//! A recovery phrase that somebody pastes is gone before anything is kept (CRY-09).

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::rows;

/// The published example of the standard for recovery phrases; nobody's wallet.
const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

async fn nothing_is_left(app: &App) {
    let bytes = rows::bytes(app).await;
    for part in [PHRASE, "sausage worth useful", "winner thank yellow", "wave sausage"] {
        assert!(!rows::hold(&bytes, part), "{part} was written");
    }
}

fn notices(answer: &Value) -> Vec<&str> {
    answer["notices"].as_array().unwrap().iter().map(|notice| notice["id"].as_str().unwrap()).collect()
}

/// The evidence of the one waiting incident.
async fn evidence(app: &App) -> String {
    let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
    app.staff_get(&format!("/api/v1/incidents/{id}")).await["signals"].to_string()
}

#[test]
fn a_phrase_in_a_report_is_removed_told_and_never_written() {
    on_both(async |app| {
        let text = format!("someone drained my wallet, my words are {PHRASE} please get it back");
        let answer = app.report(&text).await;
        assert_eq!(notices(&answer), ["secret-removed"]);
        assert!(!answer.to_string().contains("sausage"), "{answer}");
        let evidence = evidence(&app).await;
        assert!(evidence.contains(r#""secret":"recovery-phrase""#), "{evidence}");
        assert!(evidence.contains("someone drained my wallet") && !evidence.contains("sausage"), "{evidence}");
        nothing_is_left(&app).await;
    });
}

#[test]
fn a_phrase_in_any_other_field_is_removed_as_well() {
    on_both(async |app| {
        let body = json!({
            "text": "my coins are leaving",
            "account": PHRASE,
            "tried": [PHRASE],
            "contact": {"telegram": PHRASE},
            "assets": [{"chain": PHRASE, "asset": PHRASE}],
        });
        let response = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        assert!(response.status() == StatusCode::CREATED || response.status() == StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!response.text().await.unwrap().contains("sausage"));
        nothing_is_left(&app).await;
    });
}

#[test]
fn a_phrase_in_a_message_note_or_reason_is_removed_as_well() {
    on_both(async |app| {
        let holder = Holder::of(&app.report("someone drained my wallet").await);
        let words = json!({"text": format!("here: {PHRASE}")});
        let case = holder.does(&app, "/messages", &words).await;
        assert_eq!(notices(&case), ["secret-removed"]);
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        for action in ["note", "message"] {
            let response = app.staff_post(&format!("/api/v1/incidents/{id}/{action}"), &words).await;
            assert_eq!(response.status(), StatusCode::OK, "{action}");
        }
        let version = app.staff_get(&format!("/api/v1/incidents/{id}")).await["version"].clone();
        let body = json!({"version": version, "level": 1, "reason": PHRASE});
        let raised = app.staff_post(&format!("/api/v1/incidents/{id}/escalate"), &body).await;
        assert!(!raised.text().await.unwrap().contains("sausage"));
        assert!(!holder.case(&app).await.to_string().contains("sausage"));
        nothing_is_left(&app).await;
    });
}

#[test]
fn a_form_that_is_shown_again_shows_no_phrase() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.post("/report", &[("lang", "en"), ("text", " "), ("account", PHRASE)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!page.text.contains("sausage"));
        nothing_is_left(&app).await;
    });
}
