//! What somebody who linked themselves is told, and what stands in the trail of it.

use holdfast::respond::sweep;
use holdfast::time::Span;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{HOUSE, PERSONAL, TEXT, linked, says};
use crate::support::app::on_both_with;
use crate::support::rows::audit;

#[test]
fn what_waits_and_how_a_case_stands_is_told_without_a_word_of_the_person() {
    on_both_with(HOUSE, async |app| {
        let ada = linked(&app, ("ada", "responder"), "U1").await;
        let told = says(&app, ("U1", "next")).await;
        assert!(told.contains("Security: 0 waiting") && told.contains("Nothing waits"), "{told}");
        let reference = app.report(TEXT).await["case"]["reference"].as_str().unwrap().to_owned();
        let row = app.queue().await[0].clone();
        let (id, level) = (row["id"].as_str().unwrap().to_owned(), row["level"].as_i64().unwrap());
        let title = row["title"].as_str().unwrap().to_owned();
        app.clock.pass(Span::from_minutes(4));

        let told = says(&app, ("U1", "next")).await;
        for part in
            ["Security: 1 waiting", "Routine: 0 waiting", &format!("level {level}"), &title, "4 minutes", "/staff"]
        {
            assert!(told.contains(part), "{part}: {told}");
        }
        let asked = format!("case {}", reference.to_lowercase());
        let standing = says(&app, ("U1", &asked)).await;
        for part in [&*reference, &title, "nobody has taken it", "4 minutes", &format!("/staff/incidents/{id}")] {
            assert!(standing.contains(part), "{part}: {standing}");
        }
        let taken =
            app.staff(Method::POST, &format!("/api/v1/incidents/{id}/claim")).json(&json!({})).send().await.unwrap();
        assert_eq!(taken.status(), StatusCode::OK);
        let taken_up = says(&app, ("U1", &asked)).await;
        assert!(taken_up.contains("in the hands of responder"), "{taken_up}");
        let chinese = says(&app, ("U1", &format!("案件 {reference}"))).await;
        assert!(chinese.contains("处理") && chinese.contains("案件"), "{chinese}");
        assert!(says(&app, ("U1", "case HF-0000-0000")).await.contains("no case of this reference"));
        let help = says(&app, ("U1", "what can you do")).await;
        assert!(help.contains("seen HF-") && help.contains("console alone"), "{help}");
        for answer in [told, standing, taken_up, chinese, help] {
            for personal in PERSONAL {
                assert!(!answer.contains(personal), "{personal}: {answer}");
            }
        }

        let trail = audit(&app).await;
        let who = format!("staff:{}", ada.id);
        for line in [
            format!("{who} chat.link chat:slack done"),
            format!("{who} chat.next chat:slack done"),
            format!("{who} chat.case incident:{id} done"),
        ] {
            assert!(trail.iter().any(|entry| entry.starts_with(&line)), "{line}: {trail:#?}");
        }
    });
}

#[test]
fn an_alarm_is_seen_from_a_chat_by_whoever_saw_it_and_climbs_no_further() {
    on_both_with(HOUSE, async |app| {
        let ada = linked(&app, ("ada", "responder"), "U1").await;
        let first = app.report(TEXT).await["case"]["reference"].as_str().unwrap().to_owned();
        sweep(&app.house.respond).await.unwrap();
        assert!(says(&app, ("U1", "next")).await.contains("One alarm rings"));
        let told = says(&app, ("U1", "seen")).await;
        assert!(told.contains(&first), "{told}");
        let alarms = app.staff_get("/api/v1/alarms").await;
        assert_eq!(alarms["alarms"][0]["seen_by"], json!(ada.id.to_string()));
        let line = format!("staff:{} alarm.seen", ada.id);
        let trail = audit(&app).await;
        let entry = trail.iter().find(|entry| entry.starts_with(&line)).unwrap();
        assert!(entry.contains("\"chat\":\"slack\""), "{entry}");
        assert!(says(&app, ("U1", "seen")).await.contains("No such alarm"));

        let second = app.report("my phrase was typed into a fake site, they take my coins now").await;
        let third = app.report("someone logged in and sends my ETH away right now, help").await;
        let names = [second, third].map(|report| report["case"]["reference"].as_str().unwrap().to_owned());
        sweep(&app.house.respond).await.unwrap();
        let told = says(&app, ("U1", "seen")).await;
        assert!(names.iter().all(|name| told.contains(name.as_str())), "it asks which: {told}");
        assert!(says(&app, ("U1", &format!("seen {}", names[1]))).await.contains(&names[1]));
        assert!(says(&app, ("U1", "seen")).await.contains(&names[0]), "only one is left");
    });
}
