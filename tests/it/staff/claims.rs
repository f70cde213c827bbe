//! Claims: the most urgent first, nobody forgotten, nothing held for ever.

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{LOST, ROUTINE, TRON, act, claim, claim_as, detail, id};
use crate::support::app::{App, on_both};
use holdfast::access::Scopes;
use holdfast::respond;
use holdfast::time::Span;

async fn ends_leases(app: &App) {
    respond::sweep(&app.house.respond).await.unwrap();
}

#[test]
fn claims_take_the_most_urgent_first_and_end_with_nothing() {
    on_both(async |app| {
        app.report(ROUTINE).await;
        for text in [LOST, TRON, LOST] {
            app.clock.pass(Span::from_minutes(1));
            app.report(text).await;
        }
        let order: Vec<Value> = app.queue().await;
        assert_eq!(order.last().unwrap()["lane"], "routine", "though it came first");
        for row in &order {
            let claimed = claim(&app).await.unwrap();
            assert_eq!(claimed["id"], row["id"]);
            assert_eq!((claimed["state"].as_str(), claimed["holder"].as_str()), (Some("held"), Some("responder")));
        }
        assert!(claim(&app).await.is_none(), "204 when nothing waits");
        assert!(app.queue().await.is_empty());
    });
}

#[test]
fn every_tenth_claim_takes_who_has_waited_longest() {
    on_both(async |app| {
        let routine = app.report(ROUTINE).await;
        assert_eq!(routine["incident"]["class"], "routine");
        app.clock.pass(Span::from_minutes(1));
        for _ in 0..12 {
            app.report(LOST).await;
        }
        let mut lanes = Vec::new();
        for _ in 0..11 {
            lanes.push(claim(&app).await.unwrap()["class"].as_str().unwrap().to_owned());
        }
        let turns: Vec<usize> =
            lanes.iter().enumerate().filter(|(_, lane)| *lane == "routine").map(|(at, _)| at + 1).collect();
        assert_eq!(turns, [10]);
    });
}

#[test]
fn a_claim_comes_back_after_a_quarter_of_an_hour_to_its_old_place() {
    on_both(async |app| {
        app.report(TRON).await;
        app.report(ROUTINE).await;
        let queue = app.queue().await;
        let claimed = claim(&app).await.unwrap();
        assert_eq!(claimed["lease_until"], "2026-03-02T09:15:00.000Z");

        app.clock.pass(Span::from_millis(15 * 60_000 - 1));
        ends_leases(&app).await;
        assert_eq!(app.queue().await.len(), 1);
        app.clock.pass(Span::from_millis(1));
        ends_leases(&app).await;
        let back = app.queue().await;
        assert_eq!((&back[0]["id"], &back[0]["due"]), (&queue[0]["id"], &queue[0]["due"]));

        let (status, _) = act(&app, &claimed, ("release", json!({"fence": claimed["fence"]}))).await;
        assert_eq!(status, 409, "the old holder holds nothing any more");
        let again = claim(&app).await.unwrap();
        assert!(again["fence"].as_i64() > claimed["fence"].as_i64());
    });
}

#[test]
fn a_lease_that_is_renewed_stays() {
    on_both(async |app| {
        app.report(TRON).await;
        let claimed = claim(&app).await.unwrap();
        app.clock.pass(Span::from_minutes(14));
        let (status, renewed) = act(&app, &claimed, ("renew", json!({"fence": claimed["fence"]}))).await;
        assert_eq!((status, renewed["lease_until"].as_str()), (200, Some("2026-03-02T09:29:00.000Z")));
        app.clock.pass(Span::from_minutes(14));
        ends_leases(&app).await;
        assert!(app.queue().await.is_empty());
    });
}

#[test]
fn handing_back_needs_the_fence_of_the_claim() {
    on_both(async |app| {
        app.report(TRON).await;
        let claimed = claim(&app).await.unwrap();
        let fence = claimed["fence"].as_i64().unwrap();
        for wrong in [fence - 1, fence + 1, 0, i64::MAX] {
            assert_eq!(act(&app, &claimed, ("release", json!({"fence": wrong}))).await.0, 409, "{wrong}");
        }
        assert_eq!(detail(&app, &claimed).await["state"], "held");
        let (status, back) = act(&app, &claimed, ("release", json!({"fence": fence}))).await;
        assert_eq!((status, back["state"].as_str()), (200, Some("open")));
        assert!(back.get("holder").is_none());
        assert_eq!(app.queue().await.len(), 1);
    });
}

#[test]
fn what_one_holds_another_can_neither_take_nor_hand_back() {
    on_both(async |app| {
        app.report(TRON).await;
        let other = app.token_of("somebody else", Scopes::all()).await;
        let held = claim_as(&app, &other).await.unwrap();
        for action in [
            ("claim", json!({})),
            ("release", json!({"fence": held["fence"]})),
            ("renew", json!({"fence": held["fence"]})),
        ] {
            assert_eq!(act(&app, &held, action.clone()).await.0, 409, "{action:?}");
        }
        assert_eq!(detail(&app, &held).await["holder"], "somebody else");
    });
}

#[test]
fn two_people_who_claim_at_once_never_hold_the_same_case() {
    on_both(async |app| {
        for _ in 0..40 {
            app.report(LOST).await;
        }
        let mut people = JoinSet::new();
        for number in 0..10 {
            let token = app.token_of(&format!("person {number}"), Scopes::all()).await;
            let (client, url) = (app.visitor(), app.url("/api/v1/queue/claim"));
            people.spawn(async move {
                let mut claimed = Vec::new();
                for _ in 0..4 {
                    let response = client.post(&url).bearer_auth(&token).send().await.unwrap();
                    claimed.push(response.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned());
                }
                claimed
            });
        }
        let mut taken = people.join_all().await.concat();
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), 40);
        assert!(claim(&app).await.is_none());
    });
}

#[test]
fn a_named_incident_is_claimed_out_of_turn() {
    on_both(async |app| {
        app.report(TRON).await;
        app.report(ROUTINE).await;
        let last = app.queue().await[1].clone();
        let (status, claimed) = act(&app, &last, ("claim", json!({}))).await;
        assert_eq!((status, id(&claimed), claimed["holder"].as_str()), (200, id(&last), Some("responder")));
        assert_eq!(act(&app, &last, ("claim", json!({}))).await.0, 409);
    });
}
