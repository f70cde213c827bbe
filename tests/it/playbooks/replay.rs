//! History under other playbooks: what would move, and that the old version still says what it said.

use serde_json::{Value, json};

use super::{TEAPOT, compiled, incident, louder, on_both, publish, quieter, watch};
use crate::support::app::App;
use crate::support::settle::settle;

const TRON: &str = "我的波场钱包转不出去了，提示没有权限";

async fn close(app: &App, verdict: &str) -> Value {
    let held: Value = app.staff_post("/api/v1/queue/claim", &json!({})).await.json().await.unwrap();
    let held = settle(app, &held).await;
    let path = |action: &str| format!("/api/v1/incidents/{}/{action}", held["id"].as_str().unwrap());
    let body = json!({"version": held["version"], "verdict": verdict, "reason": "looked into it"});
    let response = app.staff_post(&path("verdict"), &body).await;
    assert_eq!(response.status().as_u16(), 200);
    held["id"].clone()
}

#[test]
fn a_replay_says_who_would_move_and_which_verdicts_that_goes_against() {
    on_both(async |app| {
        app.report(TRON).await;
        let confirmed = close(&app, "confirmed").await;
        app.report(TEAPOT).await;
        let false_alarm = close(&app, "false-alarm").await;
        app.report("my withdrawal is pending since monday").await;
        let respond = &app.house.respond;

        let loud = respond.replay(&compiled(&louder()), None, &|_| {}).await.unwrap();
        assert_eq!((loud.incidents, loud.up, loud.down, loud.into_security), (3, 1, 0, 1));
        assert_eq!((loud.false_alarms_up, loud.confirmed_down, loud.lead_changes), (1, 0, 1));
        assert_eq!(json!(loud.moves[0].incident), false_alarm);
        assert_eq!(loud.moves[0].verdict.as_deref(), Some("false-alarm"));

        let quiet = respond.replay(&compiled(&quieter()), None, &|_| {}).await.unwrap();
        assert_eq!((quiet.up, quiet.down, quiet.confirmed_down, quiet.false_alarms_up), (0, 1, 1, 0));
        assert_eq!(json!(quiet.moves[0].incident), confirmed);

        let later = app.house.respond.room().now().plus(holdfast::time::Span::from_minutes(1));
        assert_eq!(respond.replay(&compiled(&louder()), Some(later), &|_| {}).await.unwrap().incidents, 0);
        assert_eq!(incident(&app, &confirmed).await["kind"], "tron-permission-hijack", "nothing was written");
    });
}

#[test]
fn replay_under_the_old_version_gives_the_old_result_byte_for_byte() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let old = app.house.respond.room().playbooks.clone();
        for text in [TRON, TEAPOT, "someone drained my wallet, everything is gone", "钱包被盗了，授权给了假网站"]
        {
            app.report(text).await;
        }
        let before: Vec<String> = stored(&app).await;
        publish(&app, &mut watch, &louder()).await;
        assert_eq!(stored(&app).await, before, "publishing changes no stored decision");
        for row in app.queue().await {
            let id = row["id"].as_str().unwrap().parse().unwrap();
            let again = app.house.respond.judged_by(id, &old).await.unwrap().unwrap();
            assert_eq!(json!(again).to_string(), incident(&app, &row["id"]).await["assessment"].to_string());
        }
        let replay = app.house.respond.replay(&old, None, &|_| {}).await.unwrap();
        assert_eq!((replay.repeated, replay.not_repeated), (4, 0));
    });
}

async fn stored(app: &App) -> Vec<String> {
    let mut stored = Vec::new();
    for row in app.queue().await {
        stored.push(incident(app, &row["id"]).await["assessment"].to_string());
    }
    stored
}

/// A refused sign-in, a number of seconds after nine.
async fn refused(app: &App, second: u32) {
    let event = json!({
        "type": "auth.login-failed",
        "timestamp": format!("2026-03-02T08:50:{second:02}Z"),
        "data": {"account": "account-1", "ip": "203.0.113.7", "severity": "medium"},
    });
    assert_eq!(app.event(&format!("msg_{second}"), &event).await.status().as_u16(), 202);
}

#[test]
fn a_replay_counts_the_signals_of_a_closed_incident_once() {
    on_both(async |app| {
        for second in 0..5 {
            refused(&app, second).await;
        }
        close(&app, "false-alarm").await;
        let running = app.house.respond.room().playbooks.clone();
        let replay = app.house.respond.replay(&running, None, &|_| {}).await.unwrap();
        assert_eq!((replay.repeated, replay.not_repeated, replay.up), (1, 0, 0), "five are not ten");

        for second in 10..14 {
            refused(&app, second).await;
        }
        let replay = app.house.respond.replay(&running, None, &|_| {}).await.unwrap();
        assert_eq!((replay.repeated, replay.not_repeated), (2, 0), "what came later was not there yet");
    });
}

#[test]
fn a_replay_compares_with_what_the_database_says_is_in_force() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        app.report(TEAPOT).await;
        let loud = publish(&app, &mut watch, &louder()).await;
        // A command that opens the same database by settings of its own runs something else.
        app.house.respond.running.run(holdfast::app::reload::builtin().clone());
        let replay = app.house.respond.replay(&compiled(&louder()), None, &|_| {}).await.unwrap();
        assert_eq!((replay.running, replay.up, replay.moves.len()), (loud, 0, 0));
    });
}
