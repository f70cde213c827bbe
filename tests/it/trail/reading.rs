//! Every view is written down, and unusual reading raises an alarm.

use holdfast::audit::{Actor, Entry};
use holdfast::store::audit;
use holdfast::time::Span;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both};

async fn incidents(app: &App, count: usize) -> Vec<String> {
    for number in 0..count {
        app.report(&format!("someone drained my wallet number {number}")).await;
    }
    let rows = app.staff_get("/api/v1/queue?limit=200").await;
    rows["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

async fn views(app: &App) -> usize {
    let page = audit::page(&mut app.house.respond.db.read().await.unwrap(), 0, 1_000).await.unwrap();
    page.iter().filter(|entry| entry.entry.action == "incident.view").count()
}

/// RB-13, AUD-01: each view is an entry, a second one of the same case as well.
#[test]
fn every_view_is_an_entry() {
    on_both(async |app| {
        let ids = incidents(&app, 2).await;
        for id in [&ids[0], &ids[1], &ids[0]] {
            app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        }
        assert_eq!(views(&app).await, 3);
    });
}

/// RB-13, AUD-01: what a deed is answered with is a view as well; who may not read a case is told where it stands alone.
#[test]
fn the_answer_to_a_deed_is_a_view_for_whoever_may_read() {
    on_both(async |app| {
        let ids = incidents(&app, 1).await;
        let note = format!("/api/v1/incidents/{}/note", ids[0]);
        let does = async |token: &str| {
            let request = app.visitor().post(app.url(&note)).bearer_auth(token).json(&json!({"text": "called them"}));
            let answer = request.send().await.unwrap().error_for_status().unwrap();
            answer.json::<Value>().await.unwrap()
        };
        let reads = app.token_of("reads", "incident:read incident:work".parse().unwrap()).await;
        assert!(does(&reads).await["conversation"].to_string().contains("called them"));
        assert_eq!(views(&app).await, 1);
        let writes = app.token_of("writes", "incident:work incident:claim".parse().unwrap()).await;
        let brief = does(&writes).await;
        let names: Vec<&str> = brief.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, ["fence", "id", "state", "version"], "{brief}");
        let next = app.visitor().post(app.url("/api/v1/queue/claim")).bearer_auth(&writes).send().await.unwrap();
        assert_eq!(next.json::<Value>().await.unwrap().as_object().unwrap().len(), 4);
        assert_eq!(views(&app).await, 1, "of what was not shown there is no view");
    });
}

/// RB-13: 60 different cases in an hour are work, the 61st is an alarm within the next look (20 seconds); one an hour, and
/// neither page nor log line names anybody.
#[test]
fn more_than_sixty_cases_in_an_hour_raise_an_alarm() {
    on_both(async |app| {
        let ids = incidents(&app, 61).await;
        for id in &ids[..60] {
            app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        }
        app.staff_get(&format!("/api/v1/incidents/{}", ids[0])).await;
        let respond = &app.house.respond;
        assert_eq!(respond.look_for_unusual_reading().await.unwrap(), 0);
        app.staff_get(&format!("/api/v1/incidents/{}", ids[60])).await;
        assert_eq!(respond.look_for_unusual_reading().await.unwrap(), 1);
        assert_eq!(respond.look_for_unusual_reading().await.unwrap(), 0, "once an hour");

        let alarms = app.staff_get("/api/v1/audit/alarms").await;
        assert_eq!(alarms["alarms"][0]["cases"], 61);
        assert!(!alarms.to_string().contains("responder"), "{alarms}");
        let entry = alarms["alarms"][0]["entry"].as_i64().unwrap();
        let page = audit::page(&mut respond.db.read().await.unwrap(), entry - 1, 1).await.unwrap();
        assert_eq!(page[0].entry.object, "staff:responder", "the trail says who");

        let token = app.token_of("ada", "queue:read".parse().unwrap()).await;
        let refused = app.visitor().get(app.url("/api/v1/audit/alarms")).bearer_auth(token).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);

        app.clock.pass(Span::from_minutes(61));
        assert_eq!(respond.look_for_unusual_reading().await.unwrap(), 0, "nobody reads any more");
        app.clock.pass(Span::from_days(1));
        assert_eq!(respond.alarms().await.unwrap(), []);
    });
}

/// RB-13: three times the person's own median of 30 days is an alarm long before 60.
#[test]
fn three_times_the_own_habit_raises_an_alarm() {
    on_both(async |app| {
        let respond = &app.house.respond;
        let view = async |case: u32| {
            let object = format!("incident:{case}");
            let actor = Actor::Staff("responder".to_owned());
            respond.note(Entry::done(app.clock_now(), actor, "incident.view", object)).await.unwrap();
        };
        for day in 0..12 {
            for case in 0..5 {
                view(day * 100 + case).await;
            }
            app.clock.pass(Span::from_days(1));
        }
        for case in 0..15 {
            view(10_000 + case).await;
        }
        assert_eq!(respond.look_for_unusual_reading().await.unwrap(), 0);
        view(20_000).await;
        assert_eq!(respond.look_for_unusual_reading().await.unwrap(), 1);
        assert_eq!(respond.alarms().await.unwrap()[0].cases, Some(16));
    });
}
