//! Verdicts, escalations, reopening: on the version that was seen, and never downwards by themselves.

use serde_json::json;

use super::{LOST, ROUTINE, TRON, act, claim, claim_as, detail, verdict};
use crate::support::app::on_both;
use crate::support::case::Holder;
use crate::support::settle::settle;
use holdfast::access::Scopes;

#[test]
fn a_verdict_closes_and_is_kept_with_its_reason() {
    on_both(async |app| {
        app.report(TRON).await;
        let claimed = settle(&app, &claim(&app).await.unwrap()).await;
        let (status, closed) = act(&app, &claimed, verdict(&claimed)).await;
        assert_eq!((status, closed["state"].as_str()), (200, Some("closed")));
        let said = &closed["conversation"][0];
        assert_eq!(
            (said["from"].as_str(), said["by"].as_str(), said["text"].as_str()),
            (Some("verdict"), Some("responder"), Some("confirmed: as it looks"))
        );
        assert!(app.queue().await.is_empty());
        assert_eq!(act(&app, &closed, verdict(&closed)).await.0, 409, "closed already");
    });
}

#[test]
fn a_decision_on_an_old_version_is_refused() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        let seen = app.queue().await[0].clone();
        settle(&app, &seen).await;
        holder.does(&app, "/answers", &json!({"question": "own-multisig", "choice": "no"})).await;
        let old = seen["version"].clone();
        for action in [
            verdict(&seen),
            ("escalate", json!({"version": old, "level": 1, "reason": "seen before the answer"})),
            ("reopen", json!({"version": old, "reason": "seen before the answer"})),
        ] {
            let (status, problem) = act(&app, &seen, action.clone()).await;
            assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:stale")), "{action:?}");
        }
        let now = detail(&app, &seen).await;
        assert_eq!((now["state"].as_str(), now["conversation"].as_array().unwrap().len()), (Some("open"), 0));
    });
}

#[test]
fn who_does_not_hold_a_held_case_cannot_close_it() {
    on_both(async |app| {
        app.report(TRON).await;
        let other = app.token_of("somebody else", Scopes::all()).await;
        let held = claim_as(&app, &other).await.unwrap();
        assert_eq!(act(&app, &held, verdict(&held)).await.0, 409);
        assert_eq!(detail(&app, &held).await["state"], "held");
    });
}

#[test]
fn a_message_of_the_holder_opens_a_closed_case_again() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        let before = app.queue().await[0].clone();
        let claimed = settle(&app, &claim(&app).await.unwrap()).await;
        act(&app, &claimed, verdict(&claimed)).await;
        let case = holder.does(&app, "/messages", &json!({"text": "hello again"})).await;
        assert_eq!(case["state"], "waiting");
        let after = app.queue().await[0].clone();
        assert_eq!((&after["id"], &after["lane"]), (&before["id"], &before["lane"]));
        assert!(after["due"].as_str() <= before["due"].as_str(), "new words may raise it");
        assert_eq!(claim(&app).await.unwrap()["id"], before["id"]);
    });
}

#[test]
fn a_message_of_the_holder_does_not_take_a_case_out_of_somebodys_hands() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        let claimed = claim(&app).await.unwrap();
        assert_eq!(holder.does(&app, "/messages", &json!({"text": "are you there?"})).await["state"], "with-staff");
        let (status, _) = act(&app, &claimed, ("release", json!({"fence": claimed["fence"]}))).await;
        assert_eq!(status, 200, "the fence is still good");
    });
}

#[test]
fn an_escalation_raises_and_never_lowers() {
    on_both(async |app| {
        app.report(ROUTINE).await;
        let routine = app.queue().await[0].clone();
        assert_eq!(routine["lane"], "routine");
        let raise = |version: &serde_json::Value, level: u8| {
            ("escalate", json!({"version": version, "level": level, "reason": "the caller sounds under pressure"}))
        };
        let (status, raised) = act(&app, &routine, raise(&routine["version"], 1)).await;
        assert_eq!((status, raised["class"].as_str(), raised["level"].as_u64()), (200, Some("security"), Some(1)));
        assert_eq!(app.queue().await[0]["lane"], "security");
        for level in 2..=5 {
            let now = detail(&app, &routine).await;
            let (status, after) = act(&app, &routine, raise(&now["version"], level)).await;
            assert_eq!(
                (status, after["class"].as_str(), after["level"].as_u64()),
                (200, Some("security"), Some(1)),
                "{level}"
            );
        }
    });
}

#[test]
fn what_was_raised_stays_raised_when_new_evidence_is_harmless() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(ROUTINE).await);
        let routine = app.queue().await[0].clone();
        let body = json!({"version": routine["version"], "level": 1, "reason": "the caller sounds under pressure"});
        act(&app, &routine, ("escalate", body)).await;
        holder.does(&app, "/messages", &json!({"text": "all good, thank you"})).await;
        let row = app.queue().await[0].clone();
        assert_eq!((row["lane"].as_str(), row["level"].as_u64()), (Some("security"), Some(1)));
    });
}

#[test]
fn staff_open_a_closed_case_again_with_a_reason() {
    on_both(async |app| {
        app.report(LOST).await;
        let claimed = settle(&app, &claim(&app).await.unwrap()).await;
        let (_, closed) = act(&app, &claimed, verdict(&claimed)).await;
        let (status, open) =
            act(&app, &closed, ("reopen", json!({"version": closed["version"], "reason": "the bank called"}))).await;
        assert_eq!((status, open["state"].as_str()), (200, Some("open")));
        assert_eq!(app.queue().await.len(), 1);
    });
}

#[test]
fn what_breaks_a_rule_is_refused_by_name_and_changes_nothing() {
    on_both(async |app| {
        app.report(TRON).await;
        let row = app.queue().await[0].clone();
        let version = row["version"].clone();
        for (action, body, field) in [
            ("verdict", json!({"version": version, "verdict": "guilty", "reason": "x"}), "verdict"),
            ("verdict", json!({"version": version, "verdict": "confirmed", "kind": "made-up", "reason": "x"}), "kind"),
            ("verdict", json!({"version": version, "verdict": "confirmed", "reason": " "}), "reason"),
            ("verdict", json!({"version": version, "verdict": "confirmed"}), "reason"),
            ("escalate", json!({"version": version, "level": 0, "reason": "x"}), "level"),
            ("escalate", json!({"version": version, "level": 6, "reason": "x"}), "level"),
            ("note", json!({"text": ""}), "text"),
            ("note", json!({"text": "x".repeat(8_001)}), "text"),
            ("message", json!({"words": "x"}), "words"),
            ("release", json!({}), "fence"),
        ] {
            let (status, problem) = act(&app, &row, (action, body.clone())).await;
            assert_eq!((status, problem["errors"][0]["field"].as_str()), (422, Some(field)), "{action} {body}");
        }
        assert_eq!(detail(&app, &row).await["version"], version);
        let stranger = json!({"id": "0195570e-0000-7000-8000-000000000000"});
        assert_eq!(act(&app, &stranger, ("note", json!({"text": "x"}))).await.0, 404);
        assert_eq!(act(&app, &json!({"id": "not-an-id"}), ("note", json!({"text": "x"}))).await.0, 404);
        assert_eq!(act(&app, &row, ("merge", json!({}))).await.0, 404);
    });
}
