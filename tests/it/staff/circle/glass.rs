//! Breaking the glass: an hour inside, for a reason, in front of the case's people and the auditors.

use holdfast::respond::sweep;
use holdfast::time::Span;

use super::{HOUSE, Known, somebody};
use crate::letters::stub::stub;
use crate::support::app::{Plan, on_both_with};
use crate::support::rows::audit;

/// A house that also rings in a chat.
const RINGS: Plan = Plan {
    settings: |config| {
        (crate::letters::alarms::plan().settings)(config);
        (HOUSE.settings)(config);
    },
    ..HOUSE
};

/// RB-12: its people and the auditors are told within a minute, and whoever broke it cannot put the alarm away.
#[test]
fn breaking_the_glass_lets_in_for_an_hour_and_tells_everybody_it_must() {
    on_both_with(RINGS, async |app| {
        let ann = somebody(&app, "ann", "responder").await;
        let boss = somebody(&app, "boss", "approver").await;
        let known = Known::report(&app, "otterwing").await;
        boss.closes(&app, &known.incident, &[&ann]).await;
        let aud = somebody(&app, "aud", "auditor").await;
        let cat = somebody(&app, "cat", "responder").await;
        let page = format!("/staff/incidents/{}", known.incident);
        assert_eq!(cat.get(&app, &page).await.status, 404);

        let (case, why) = (("case", known.reference.as_str()), ("reason", "The owner is on the phone."));
        let broken = cat.post(&app, "/staff/glass", &[case, why]).await;
        assert_eq!(broken.status, 200);
        let seen = cat.get(&app, &page).await;
        assert_eq!(seen.status, 200);
        assert!(seen.text.contains("The owner is on the phone."), "the reason stands on the case");
        let worked = cat.post(&app, &format!("{page}/note"), &[("text", "I am looking.")]).await;
        assert_eq!(worked.status, 303);
        let list = cat.post(&app, &format!("{page}/circle"), &[("what", "open"), ("reason", "I want to.")]).await;
        assert!(list.leads.ends_with("notice=not-yours"), "the list is its members': {}", list.leads);

        app.clock.pass(Span::from_seconds(59));
        sweep(&app.house.respond).await.unwrap();
        let rings = ann.get(&app, "/staff/alarms").await.text;
        assert!(rings.contains("Name of cat") && rings.contains("broke the glass"), "{rings}");
        let told = aud.get(&app, "/api/v1/audit/alarms").await.text;
        assert!(told.contains("circle.glass"), "{told}");
        let trail = audit(&app).await;
        let line = format!("staff:{} circle.glass incident:{} done", cat.key, known.incident);
        assert!(trail.iter().any(|entry| entry.starts_with(&line)), "{trail:#?}");
        // Channels have other readers too.
        let calls = crate::letters::once("slack", async || {
            let calls = stub().calls(&app.data, "slack");
            calls.iter().any(|call| call.whole().contains("glass")).then_some(calls)
        });
        for call in calls.await {
            assert!(!known.is_in(&call.whole()), "{}", call.whole());
        }

        // What waits may stand before it.
        let (_, ours) = rings.split_once("broke the glass").unwrap();
        let alarm = ours.split("name=\"alarm\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let away = [("alarm", alarm.as_str())];
        assert_eq!(cat.post(&app, "/staff/alarms", &away).await.status, 409, "not by whoever broke it");
        let eve = somebody(&app, "eve", "responder").await;
        assert_eq!(eve.post(&app, "/staff/glass", &[case, why]).await.status, 200);
        assert_eq!(eve.post(&app, "/staff/alarms", &away).await.status, 409, "nor by another who was let in");
        assert!(ann.get(&app, "/staff/alarms").await.text.contains("broke the glass"));
        assert_eq!(ann.post(&app, "/staff/alarms", &away).await.status, 303);
        let left = ann.get(&app, "/staff/alarms").await.text;
        assert!(!left.contains("Name of cat") && left.contains("Name of eve"), "{left}");

        // An hour is ended by those whose list it is.
        let out = [("what", "remove"), ("member", eve.key.as_str())];
        let listed = ann.get(&app, &format!("{page}/circle")).await.text;
        assert_eq!(listed.matches("End the hour").count(), 2, "{listed}");
        assert!(cat.post(&app, &format!("{page}/circle"), &out).await.leads.ends_with("notice=not-yours"));
        assert_eq!(eve.get(&app, &page).await.status, 200);
        assert_eq!(ann.post(&app, &format!("{page}/circle"), &out).await.leads, format!("{page}/circle"));
        assert_eq!((eve.get(&app, &page).await.status, cat.get(&app, &page).await.status), (404, 200));

        app.clock.pass(Span::from_minutes(59));
        let cat = somebody(&app, "cat", "responder").await;
        app.clock.pass(Span::from_minutes(2));
        assert_eq!(cat.get(&app, &page).await.status, 404, "the hour is over");
    });
}

/// RB-12: a reference that nobody has, one of an open case and one's own answer as a closed one does; each try is on record.
#[test]
fn the_glass_does_not_tell_what_is_behind_it() {
    on_both_with(HOUSE, async |app| {
        let boss = somebody(&app, "boss", "approver").await;
        let (closed, open) = (Known::report(&app, "otterwing").await, Known::report(&app, "heronfoot").await);
        boss.closes(&app, &closed.incident, &[]).await;
        let cat = somebody(&app, "cat", "responder").await;
        let says = async |name: &str| {
            let fields = [("case", name), ("reason", "Have to look.")];
            let came = cat.post(&app, "/staff/glass", &fields).await;
            came.whole().replace(name, "{}")
        };
        let real = says(&closed.reference).await;
        assert_eq!(real, says("HF-0000-0000").await);
        assert_eq!(real, says(&open.reference).await);
        assert_eq!(real, says("not a reference").await.replace("not+a+reference", "{}"));
        let trail = audit(&app).await;
        let tries = trail.iter().filter(|line| line.contains(" circle.glass ")).count();
        assert_eq!(tries, 4, "{trail:#?}");
        // A second factor of six minutes ago is not enough.
        app.clock.pass(Span::from_minutes(6));
        let old = cat.post(&app, "/staff/glass", &[("case", &*closed.reference), ("reason", "Have to look.")]).await;
        assert!(old.status == 403 && old.text.contains("/staff/step-up"), "{}", old.text);
    });
}
