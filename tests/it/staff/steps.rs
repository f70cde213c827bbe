//! Steps of staff: what waits for what, and what an incident cannot be closed without.

use serde_json::{Value, json};

use super::{act, claim, claim_as, detail, verdict};
use crate::support::app::on_both;
use crate::support::case::Holder;
use crate::support::settle::{settle, step_body};
use holdfast::access::Scopes;

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

        let said = |body: Value| ("step", step_body(&claimed, body));
        let done = said(json!({"step": required[0], "state": "done"}));
        let (status, after) = act(&app, &claimed, done).await;
        assert_eq!((status, step(&after, &required[0])["state"].as_str()), (200, Some("done")));
        let cannot = said(json!({"step": required[1], "state": "cannot"}));
        let (_, after) = act(&app, &after, cannot).await;
        assert_eq!(act(&app, &after, verdict(&after)).await.0, 409, "that it cannot be done is no reason yet");

        let bare = said(json!({"step": required[1], "state": "waived"}));
        assert_eq!(act(&app, &claimed, bare).await.0, 422);
        let waived = said(json!({"step": required[1], "state": "waived", "reason": "already warned by telephone"}));
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
        let (_, after) =
            act(&app, &claimed, ("step", step_body(&claimed, json!({"step": "check-public-data", "state": "done"}))))
                .await;
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
            // A step of another playbook.
            (json!({"step": "read-signature", "state": "done"}), 404),
            (json!({"step": "first-reply", "state": "forgotten"}), 422),
            (json!({"step": "first-reply", "state": "done", "more": 1}), 422),
        ] {
            let body = step_body(&claimed, body);
            assert_eq!(act(&app, &claimed, ("step", body.clone())).await.0, status, "{body}");
        }
    });
}

#[test]
fn only_who_holds_a_case_or_saw_an_open_one_as_it_is_speaks_of_its_steps() {
    on_both(async |app| {
        app.report(LEAKED).await;
        let open = app.queue().await[0].clone();
        let done = |seen: Value| {
            let mut body = json!({"step": "check-public-data", "state": "done"});
            seen.as_object().unwrap().iter().for_each(|(name, value)| body[name] = value.clone());
            ("step", body)
        };
        assert_eq!(act(&app, &open, done(json!({}))).await.0, 422, "neither fence nor version");
        let (status, after) = act(&app, &open, done(json!({"version": open["version"]}))).await;
        assert_eq!((status, after["version"].as_i64()), (200, open["version"].as_i64().map(|version| version + 1)));
        assert_eq!(act(&app, &open, done(json!({"version": open["version"]}))).await.0, 409, "seen before");

        let other = app.token_of("somebody else", Scopes::all()).await;
        let held = claim_as(&app, &other).await.unwrap();
        for seen in [json!({"version": held["version"]}), json!({"fence": held["fence"]})] {
            assert_eq!(act(&app, &held, done(seen.clone())).await.0, 409, "in another's hands: {seen}");
        }
    });
}

#[test]
fn nothing_is_said_of_the_steps_of_a_closed_case() {
    on_both(async |app| {
        app.report(LEAKED).await;
        let claimed = settle(&app, &claim(&app).await.unwrap()).await;
        let (_, closed) = act(&app, &claimed, verdict(&claimed)).await;
        for seen in ["version", "fence"] {
            let mut body = json!({"step": "check-public-data", "state": "done"});
            body[seen] = closed[seen].clone();
            assert_eq!(act(&app, &closed, ("step", body)).await.0, 409, "{seen}");
        }
    });
}

#[test]
fn every_reason_for_leaving_a_step_out_stays() {
    on_both(async |app| {
        app.report(LEAKED).await;
        let claimed = claim(&app).await.unwrap();
        let id = required(&claimed)[0].clone();
        for (state, reason) in [("waived", "nobody answers"), ("open", ""), ("waived", "told by telephone")] {
            let body = step_body(&claimed, json!({"step": id, "state": state, "reason": reason}));
            assert_eq!(act(&app, &claimed, ("step", body)).await.0, 200, "{state}");
        }
        let now = detail(&app, &claimed).await;
        let said: Vec<&str> =
            now["conversation"].as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap()).collect();
        assert_eq!(said, [format!("{id} waived: nobody answers"), format!("{id} waived: told by telephone")]);
        assert_eq!(step(&now, &id)["state"], "waived");
    });
}
