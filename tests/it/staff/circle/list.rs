//! The list of a closed case: who makes it, who changes it, and that nobody is left out by it whom the case needs.

use holdfast::respond::sweep;
use holdfast::time::Span;
use serde_json::json;

use super::{HOUSE, Known, put_back, somebody};
use crate::support::app::on_both_with;
use crate::support::rows::{audit, spoil};

/// RB-12: its people work the case whole, and names stand on its page.
#[test]
fn the_people_of_a_circle_work_the_case_entirely() {
    on_both_with(HOUSE, async |app| {
        let ann = somebody(&app, "ann", "responder").await;
        let boss = somebody(&app, "boss", "responder approver").await;
        let known = Known::report(&app, "otterwing").await;
        let page = format!("/staff/incidents/{}", known.incident);
        let circle = format!("{page}/circle");
        // Neither an approver nor whoever has it in hand.
        let close = [("what", "close"), ("reason", "A public person.")];
        assert!(ann.post(&app, &circle, &close).await.leads.ends_with("notice=not-yours"));
        boss.closes(&app, &known.incident, &[&ann]).await;
        let shown = ann.get(&app, &page).await.text;
        assert!(
            shown.contains("Name of ann · Name of boss") || shown.contains("Name of boss · Name of ann"),
            "{shown}"
        );
        let listed = ann.get(&app, &circle).await.text;
        assert!(listed.contains("A public person.") && listed.contains("Name of boss"), "{listed}");

        assert_eq!(ann.post(&app, "/staff/claim", &[]).await.leads, page);
        for (deed, fields) in [
            ("note", vec![("text", "Called them.")]),
            ("message", vec![("text", "We are looking at it.")]),
            ("renew", vec![("fence", "1")]),
        ] {
            let came = ann.post(&app, &format!("{page}/{deed}"), &fields).await;
            assert_eq!((came.status, came.leads.as_str()), (303, page.as_str()), "{deed}: {}", came.text);
        }
        // Whoever merely names the account opens a case of their own, beside the closed one.
        let more = json!({"text": "more is gone now, my wallet is being drained by pelican.example", "account": known.account});
        app.visitor().post(app.url("/api/v1/reports")).json(&more).send().await.unwrap().error_for_status().unwrap();
        assert!(!ann.get(&app, &page).await.text.contains("pelican"));
        let queue = boss.get(&app, "/api/v1/queue").await.text;
        assert_eq!(queue.matches("\"kind\"").count(), 1, "the new one alone: {queue}");
        assert_eq!(ann.post(&app, &format!("{page}/release"), &[("fence", "1")]).await.leads, "/staff?notice=released");

        // The list is theirs to change, and somebody stays on it.
        let cat = somebody(&app, "cat", "responder").await;
        let add = [("what", "add"), ("member", cat.key.as_str())];
        assert_eq!(cat.post(&app, &circle, &add).await.status, 404);
        assert_eq!(boss.post(&app, &circle, &add).await.leads, circle);
        assert_eq!(cat.get(&app, &page).await.status, 200);
        let remove = |key: &str| vec![("what", "remove".to_owned()), ("member", key.to_owned())];
        for (who, leads) in [(&cat, circle.as_str()), (&ann, circle.as_str()), (&boss, "?notice=last")] {
            let fields = remove(&who.key);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let came = boss.post(&app, &circle, &fields).await;
            assert!(came.leads.ends_with(leads), "{leads}: {}", came.leads);
        }
        assert_eq!((cat.get(&app, &page).await.status, ann.get(&app, &page).await.status), (404, 404));
        let open = [("what", "open"), ("reason", "It is in the papers.")];
        // A second factor of six minutes ago opens it to nobody.
        app.clock.pass(Span::from_minutes(6));
        for (fields, typed) in [(&open, "It is in the papers."), (&add, "")] {
            let old = boss.post(&app, &circle, fields).await;
            assert!(old.status == 403 && old.text.contains("action=\"/staff/step-up\""), "{}", old.text);
            assert!(old.text.contains(typed), "{}", old.text);
        }
        assert_eq!(cat.get(&app, &page).await.status, 404);
        let boss = somebody(&app, "boss", "responder approver").await;
        assert_eq!(boss.post(&app, &circle, &open).await.leads, circle);
        assert_eq!(cat.get(&app, &page).await.status, 200);
    });
}

/// RB-12: what somebody without a seat has in hand goes back; a case is never merged to where others would learn of it.
#[test]
fn closing_takes_the_case_out_of_other_hands_and_merging_shows_it_to_nobody_new() {
    on_both_with(HOUSE, async |app| {
        let cat = somebody(&app, "cat", "responder").await;
        let boss = somebody(&app, "boss", "responder approver").await;
        let (closed, open) = (Known::report(&app, "otterwing").await, Known::report(&app, "heronfoot").await);
        let page = format!("/staff/incidents/{}", closed.incident);
        assert_eq!(cat.post(&app, &format!("{page}/claim"), &[]).await.status, 303);
        boss.closes(&app, &closed.incident, &[]).await;
        assert_eq!(cat.get(&app, &page).await.status, 404);
        assert!(boss.get(&app, &page).await.text.contains("/claim\""), "it waits again");
        put_back(&app).await;

        let version = async |id: &str| {
            let text = boss.get(&app, &format!("/api/v1/incidents/{id}")).await.text;
            serde_json::from_str::<serde_json::Value>(&text).unwrap()["version"].to_string()
        };
        let merge = async |from: &Known, into: &Known| {
            let version = version(&from.incident).await;
            let fields =
                [("what", "merge"), ("version", &*version), ("reason", "The same."), ("into", &*into.reference)];
            boss.post(&app, &format!("/staff/incidents/{}/correct", from.incident), &fields).await.leads
        };
        assert!(merge(&closed, &open).await.ends_with("notice=no-case"), "others see the open one");
        assert!(!cat.get(&app, &format!("/staff/incidents/{}", open.incident)).await.text.contains("otterwing"));
        assert_eq!(merge(&open, &closed).await, format!("/staff/incidents/{}", open.incident));
        assert!(boss.get(&app, &page).await.text.contains("heronfoot"));
    });
}

/// RB-12: a case whose people are all gone is not lost: it opens to the approvers and rings.
#[test]
fn a_case_that_nobody_is_left_for_opens_to_the_approvers() {
    on_both_with(HOUSE, async |app| {
        let boss = somebody(&app, "boss", "approver").await;
        let known = Known::report(&app, "otterwing").await;
        boss.closes(&app, &known.incident, &[]).await;
        let other = somebody(&app, "other", "approver").await;
        let page = format!("/staff/incidents/{}", known.incident);
        sweep(&app.house.respond).await.unwrap();
        assert_eq!(other.get(&app, &page).await.status, 404, "its member is there");
        spoil(&app, &format!("update person set state = 'disabled' where id = '{}'", boss.key)).await;
        app.clock.pass(Span::from_seconds(30));
        sweep(&app.house.respond).await.unwrap();
        assert_eq!(other.get(&app, &page).await.status, 200);
        assert!(other.get(&app, "/staff/alarms").await.text.contains("stands open to the approvers"));
        let trail = audit(&app).await;
        let line = format!("circle.orphaned incident:{} done", known.incident);
        assert!(trail.iter().any(|entry| entry.contains(&line)), "{trail:#?}");
    });
}
