//! What was ordered in a closed case rings and counts for its people alone.

use holdfast::respond::alarms::Cause;
use holdfast::respond::circle::CircleDeed;
use holdfast::respond::sweep;
use holdfast::time::Span;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::automatic::{drained, plan, tells};
use super::{account, becomes};
use crate::support::app::{App, on_both_with};
use crate::support::browser::Browser;
use crate::support::person::{asks, fresh};

const BRAKED: &str = "The house has stopped ordering by itself";
const UNREVIEWED: &str = "An order of one person alone was not looked at within a day";
const ON_ONE: &str = "On one account the house orders nothing more";
const ROLES: &str = "responder approver";

/// The alarms, the first page and what is to be looked at, as somebody sees them now.
async fn pages(app: &App, login: &str) -> [String; 3] {
    let (_, session) = fresh(app, (login, ROLES)).await;
    let mut desk = Browser::new(app);
    desk.come_in(&session);
    [desk.get("/staff/alarms").await.text, desk.get("/staff").await.text, desk.get("/staff/review").await.text]
}

/// RB-12: a brake on an account and an order that nobody looked at are told to the people of their case, and the brake is
/// theirs to let go.
#[test]
fn what_was_ordered_in_a_closed_case_is_told_to_its_people_alone() {
    on_both_with(plan(), async |app| {
        let (ann, _) = fresh(&app, ("ann", ROLES)).await;
        let respond = &app.house.respond;
        let account = account();
        for turn in 0..4 {
            tells(&app, (&format!("turn-{turn}-{account}"), &drained(&account))).await;
            let orders = respond.reviews().await.unwrap().orders;
            let latest = orders.last().unwrap();
            let order = json!({"id": latest.order.to_string()});
            becomes(&app, &latest.incident.to_string(), (&order, &["confirmed"])).await;
            app.clock.pass(Span::from_minutes(61));
        }
        let seen = respond.reviews().await.unwrap();
        assert_eq!((seen.orders.len(), seen.accounts_braked), (3, 1));
        let [_, home, review] = pages(&app, "eve").await;
        assert!(home.contains(ON_ONE) && review.contains(ON_ONE), "as long as it is open: {home}");
        for incident in seen.orders.iter().map(|order| order.incident) {
            let deed = CircleDeed::Close { members: Vec::new(), reason: "A public person.".to_owned() };
            // All of them may be of one case.
            let _done_or_was = respond.circle_does(incident, (ann.parse().unwrap(), true), deed).await.unwrap();
        }

        sweep(respond).await.unwrap();
        let rings = respond.raised_alarms().await.unwrap();
        let of = |cause: Cause| rings.iter().filter(move |alarm| alarm.cause == cause);
        assert_eq!(of(Cause::AutomaticBraked).count(), 1);
        assert!(of(Cause::AutomaticBraked).all(|alarm| alarm.incident.is_some()), "{rings:?}");
        let [alarms, home, review] = pages(&app, "eve").await;
        assert!(!alarms.contains(BRAKED) && !home.contains(ON_ONE) && !review.contains(ON_ONE), "{alarms}");
        let release = async |login: &str| {
            let (_, session) = fresh(&app, (login, ROLES)).await;
            let sent = asks(&app, (Method::POST, "/api/v1/orders/brake"), &session).json(&json!({"reason": "mended"}));
            sent.send().await.unwrap().status()
        };
        assert_eq!(release("eve").await, StatusCode::CONFLICT, "there is nothing to let go");
        let [alarms, home, review] = pages(&app, "ann").await;
        assert!(alarms.contains(BRAKED) && home.contains(ON_ONE) && review.contains(ON_ONE), "{alarms}");
        assert_eq!(release("ann").await, StatusCode::NO_CONTENT);

        app.clock.pass(Span::from_minutes(24 * 60));
        sweep(respond).await.unwrap();
        let [alarms, ..] = pages(&app, "eve").await;
        assert!(!alarms.contains(UNREVIEWED) && !alarms.contains(BRAKED), "{alarms}");
        let [alarms, ..] = pages(&app, "ann").await;
        assert!(alarms.contains(UNREVIEWED) && !alarms.contains(BRAKED), "{alarms}");
        let open = CircleDeed::Open { reason: "It is in the papers.".to_owned() };
        for incident in seen.orders.iter().map(|order| order.incident) {
            let _done_or_was = respond.circle_does(incident, (ann.parse().unwrap(), true), open.clone()).await.unwrap();
        }
        sweep(respond).await.unwrap();
        let [alarms, ..] = pages(&app, "eve").await;
        assert_eq!(alarms.matches(UNREVIEWED).count(), 1, "now it is the house's: {alarms}");
    });
}
