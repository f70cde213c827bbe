//! Steps of staff: what waits for what, and what an incident cannot be closed without.

use serde_json::{Value, json};

use super::{act, claim, detail, verdict};
use crate::support::app::on_both;
use crate::support::case::Holder;

/// A playbook with two required steps.
const LEAKED: &str = "我把助记词输到一个网站里了";

fn step<'a>(incident: &'a Value, id: &str) -> &'a Value {
    incident["steps"].as_array().unwrap().iter().find(|step| step["id"] == id).unwrap()
}

fn required(incident: &Value) -> Vec<String> {
    let steps = incident["steps"].as_array().unwrap().iter().filter(|step| step["required"] == true);
    steps.map(|step| step["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_incident_cannot_be_closed_before_its_required_steps_are_done_or_waived_with_a_reason() {
    on_both(async |app| {
        app.report(LEAKED).await;
        let claimed = claim(&app).await.unwrap();
        let required = required(&claimed);
        assert_eq!(required.len(), 2, "{required:?}");

        let (status, problem) = act(&app, &claimed, verdict(&claimed)).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:steps-open")));
        assert!(required.iter().all(|id| problem["detail"].as_str().unwrap().contains(id)), "{problem}");
        assert_eq!(detail(&app, &claimed).await["state"], "held");

        let done = ("step", json!({"step": required[0], "state": "done"}));
        let (status, after) = act(&app, &claimed, done).await;
        assert_eq!((status, step(&after, &required[0])["state"].as_str()), (200, Some("done")));
        let cannot = ("step", json!({"step": required[1], "state": "cannot"}));
        act(&app, &claimed, cannot).await;
        assert_eq!(act(&app, &after, verdict(&after)).await.0, 409, "that it cannot be done is no reason yet");

        let bare = ("step", json!({"step": required[1], "state": "waived"}));
        assert_eq!(act(&app, &claimed, bare).await.0, 422);
        let waived = ("step", json!({"step": required[1], "state": "waived", "reason": "already warned by telephone"}));
        let (status, after) = act(&app, &claimed, waived).await;
        assert_eq!(status, 200);
        let said = after["conversation"].as_array().unwrap().last().unwrap();
        assert_eq!((said["from"].as_str(), said["by"].as_str()), (Some("step"), Some("responder")));
        assert!(said["text"].as_str().unwrap().ends_with("already warned by telephone"));
        assert_eq!(act(&app, &after, verdict(&after)).await.0, 200);
    });
}

#[test]
fn a_step_waits_for_the_one_before_it() {
    on_both(async |app| {
        app.report(LEAKED).await;
        let claimed = claim(&app).await.unwrap();
        assert_eq!(step(&claimed, "send-move-list")["waits_for"], json!(["check-public-data"]));
        let (_, after) = act(&app, &claimed, ("step", json!({"step": "check-public-data", "state": "done"}))).await;
        assert!(step(&after, "send-move-list").get("waits_for").is_none());
        assert_eq!(step(&after, "send-move-list")["time_box"], "15m");
    });
}

#[test]
fn a_holder_cannot_tick_or_waive_the_steps_of_staff() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LEAKED).await);
        let claimed = claim(&app).await.unwrap();
        for id in required(&claimed) {
            assert_eq!(
                holder.post(&app, &format!("/steps/{id}"), &json!({"state": "done"})).await.status().as_u16(),
                422
            );
        }
        let own = claimed["person_steps"][0]["id"].as_str().unwrap();
        assert_eq!(
            holder.post(&app, &format!("/steps/{own}"), &json!({"state": "waived"})).await.status().as_u16(),
            422
        );
        assert_eq!(holder.post(&app, &format!("/steps/{own}"), &json!({"state": "done"})).await.status().as_u16(), 200);
    });
}

#[test]
fn an_unknown_step_is_refused() {
    on_both(async |app| {
        app.report(LEAKED).await;
        let claimed = claim(&app).await.unwrap();
        for (body, status) in [
            (json!({"step": "no-such-step", "state": "done"}), 404),
            (json!({"step": "first-reply", "state": "forgotten"}), 422),
            (json!({"step": "first-reply", "state": "done", "more": 1}), 422),
        ] {
            assert_eq!(act(&app, &claimed, ("step", body.clone())).await.0, status, "{body}");
        }
    });
}
