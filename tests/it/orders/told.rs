//! The console: what an order would do first, then the order, the second person, and every state in plain words.

use reqwest::StatusCode;

use super::backend::{Mood, backend};
use super::{account, approver, becomes, incident, look, plan, responder};
use crate::support::app::on_sqlite_with;
use crate::support::browser::Browser;
use crate::support::person::fresh;
use serde_json::json;

#[test]
fn an_order_is_previewed_asked_for_and_agreed_to_without_a_script() {
    on_sqlite_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let (page, form) = (format!("/staff/incidents/{id}"), format!("/staff/incidents/{id}/orders"));
        let mut first = Browser::new(&app);
        first.come_in(&responder(&app).await);
        let csrf = first.get(&page).await.csrf();
        let fields = [("csrf", csrf.as_str()), ("deed", "preview"), ("action", "lock-account"), ("account", &account)];
        let preview = first.post(&form, &fields).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
        for words in ["Lock the account", "It takes a second person", "Sessions: 2", "Withdrawals that wait: 1"] {
            assert!(preview.text.contains(words), "{words}: {}", preview.text);
        }
        assert!(!preview.text.contains("<script>\""), "what the backend says is never shown as it is");
        let fields = [
            ("csrf", csrf.as_str()),
            ("deed", "ask"),
            ("action", "lock-account"),
            ("account", &account),
            ("reason", "the thief is in"),
        ];
        let asked = first.post(&form, &fields).await;
        assert_eq!((asked.status, asked.location.as_str()), (StatusCode::SEE_OTHER, format!("{page}#orders").as_str()));
        let shown = first.get(&page).await.text;
        assert!(shown.contains("Waits for a second person") && shown.contains("You asked for it"), "{shown}");
        assert!(!shown.contains("Agree to exactly this"));

        let orders = app.staff_get(&format!("/api/v1/incidents/{id}/orders")).await;
        let order = orders["placed"][0].clone();
        let mut second = Browser::new(&app);
        second.come_in(&approver(&app).await);
        let shown = second.get(&page).await;
        assert!(shown.text.contains("Agree to exactly this"));
        backend().moods(&account, &[Mood::Cut]);
        let (csrf, order_id) = (shown.csrf(), order["id"].as_str().unwrap());
        let without = [("csrf", "x"), ("deed", "approve"), ("order", order_id), ("digest", "x")];
        assert_eq!(second.post(&form, &without).await.status, StatusCode::FORBIDDEN);
        let fields = [
            ("csrf", csrf.as_str()),
            ("deed", "approve"),
            ("order", order_id),
            ("digest", order["digest"].as_str().unwrap()),
        ];
        assert_eq!(second.post(&form, &fields).await.status, StatusCode::SEE_OTHER);
        becomes(&app, &id, (&order, &["unknown"])).await;
        let shown = second.get(&page).await.text;
        assert!(shown.contains("Not known") && shown.contains("do not count on either"), "{shown}");
        assert_eq!(
            look(&app, &id, &json!({"id": order_id})).await["approvals"][0]["by"],
            fresh(&app, ("second", "")).await.0
        );
    });
}
