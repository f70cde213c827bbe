//! A case whose people are gone: approvers stand in as long as that is so, and no longer.

use holdfast::respond::sweep;
use holdfast::time::Span;

use super::{HOUSE, Known, somebody};
use crate::support::app::{App, on_both_with};
use crate::support::rows::{audit, spoil};

async fn later(app: &App, span: Span) {
    app.clock.pass(span);
    sweep(&app.house.respond).await.unwrap();
}

/// RB-12: they come in by the hour, the auditors are told, and a member who is back has the case alone again.
#[test]
fn approvers_stand_in_until_a_member_is_back() {
    on_both_with(HOUSE, async |app| {
        let boss = somebody(&app, "boss", "approver").await;
        let known = Known::report(&app, "otterwing").await;
        boss.closes(&app, &known.incident, &[]).await;
        somebody(&app, "other", "approver").await;
        let page = format!("/staff/incidents/{}", known.incident);
        spoil(&app, &format!("update person set state = 'disabled' where id = '{}'", boss.key)).await;
        for _ in 0..4 {
            later(&app, Span::from_minutes(29)).await;
            let other = somebody(&app, "other", "approver").await;
            assert_eq!(other.get(&app, &page).await.status, 200);
        }
        let other = somebody(&app, "other", "approver").await;
        assert!(other.get(&app, "/staff/alarms").await.text.contains("stands open to the approvers"));
        assert_eq!(audit(&app).await.iter().filter(|line| line.contains("circle.orphaned")).count(), 1, "told once");
        let aud = somebody(&app, "aud", "viewer auditor").await;
        assert!(aud.get(&app, "/api/v1/audit/alarms").await.text.contains("circle.orphaned"));
        let home = aud.get(&app, "/staff").await.text;
        assert!(home.contains("Nobody is left on the list of a closed case") && !known.is_in(&home), "{home}");

        spoil(&app, &format!("update person set state = 'active' where id = '{}'", boss.key)).await;
        later(&app, Span::from_seconds(30)).await;
        assert_eq!(other.get(&app, &page).await.status, 404, "it is its members' again");
        assert!(!other.get(&app, "/staff/alarms").await.text.contains("stands open to the approvers"));
        let boss = somebody(&app, "boss", "approver").await;
        assert_eq!(boss.get(&app, &page).await.status, 200);
        let line = format!("system circle.returned incident:{} done", known.incident);
        assert!(audit(&app).await.iter().any(|entry| entry.starts_with(&line)));
    });
}

/// RB-12: who stands in names a member, who may be themselves; a list without anybody on it is no other case.
#[test]
fn whoever_stands_in_makes_a_new_list() {
    on_both_with(HOUSE, async |app| {
        let boss = somebody(&app, "boss", "approver").await;
        let known = Known::report(&app, "otterwing").await;
        boss.closes(&app, &known.incident, &[]).await;
        let (other, third) = (somebody(&app, "other", "approver").await, somebody(&app, "third", "approver").await);
        let circle = format!("/staff/incidents/{}/circle", known.incident);
        // Nothing says why there is no seat; it was so before lists were kept with care.
        spoil(&app, "delete from circle_seat").await;
        later(&app, Span::from_seconds(30)).await;
        assert_eq!(third.get(&app, &circle).await.status, 200);
        let add = [("what", "add"), ("member", other.key.as_str())];
        assert_eq!(other.post(&app, &circle, &add).await.leads, circle);
        later(&app, Span::from_seconds(30)).await;
        assert_eq!((other.get(&app, &circle).await.status, third.get(&app, &circle).await.status), (200, 404));
        app.clock.pass(Span::from_minutes(90));
        let other = somebody(&app, "other", "approver").await;
        assert_eq!(other.get(&app, &circle).await.status, 200, "a member stays");
    });
}
