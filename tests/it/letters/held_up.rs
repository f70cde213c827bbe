//! What somebody knows of and nobody moves: an order that waits for a second person, a first reply that is late.

use holdfast::config::Config;
use holdfast::config::target::Kind;
use holdfast::respond::sweep;
use holdfast::time::Span;
use reqwest::Method;
use serde_json::{Value, json};

use super::stub::{Call, stub};
use super::{once, target};
use crate::support::app::{App, Plan, on_both_with};
use crate::support::browser::Browser;
use crate::support::person::{asks, fresh};

const TEXT: &str = "someone drained my wallet 0x52908400098527886E0F7030069857D2E4169EE7, 1234 USDT are gone, call me";

fn plan() -> Plan {
    Plan { settings, ..Plan::default() }
}

fn settings(config: &mut Config) {
    crate::orders::settings(config);
    let mut chat = target("slack", Kind::Slack, stub().url(&config.data, "slack"));
    chat.alarms = 5;
    config.target = vec![chat];
}

/// Alarms of a cause that hold.
async fn ringing(app: &App, cause: &str) -> Vec<Value> {
    let alarms = app.staff_get("/api/v1/alarms").await["alarms"].clone();
    alarms.as_array().unwrap().iter().filter(|alarm| alarm["cause"] == cause).cloned().collect()
}

async fn told(app: &App, words: &str) -> Call {
    once(words, async || stub().calls(&app.data, "slack").into_iter().find(|call| call.body.contains(words))).await
}

async fn page(app: &App, (who, path): (&str, &str)) -> String {
    asks(app, (Method::GET, path), who).send().await.unwrap().text().await.unwrap()
}

async fn post(app: &App, (who, path): (&str, &str), body: Value) -> (u16, Value) {
    let response = asks(app, (Method::POST, path), who).json(&body).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

/// RB-07: whoever may be the second person learns of the order on the first page, in the case and by the channels.
#[test]
fn an_order_that_waits_for_a_second_person_is_told_until_somebody_agrees() {
    on_both_with(plan(), async |app| {
        let account = format!("acct-held-up-{}", std::process::id());
        let alert = json!({"type": "auth.threat", "data": {"account": account, "severity": "high"}});
        assert!(app.event("event-held-up", &alert).await.status().is_success());
        let row = app.queue().await[0].clone();
        let case = format!("/staff/incidents/{}", row["id"].as_str().unwrap());
        let orders = format!("/api/v1/incidents/{}/orders", row["id"].as_str().unwrap());
        let (_, first) = fresh(&app, ("first", "responder approver")).await;
        let (_, second) = fresh(&app, ("second", "approver")).await;
        let review = "/staff/review?lang=en";
        let home = page(&app, (&second, "/staff?lang=en")).await;
        assert!(!home.contains("for a second person"), "nothing waits yet");

        let lock = json!({"action": "lock-account", "reason": "sign of a takeover"});
        let (status, order) = post(&app, (&first, &orders), lock).await;
        assert_eq!((status, order["state"].as_str()), (201, Some("proposed")), "{order}");
        let home = page(&app, (&second, "/staff?lang=en")).await;
        assert!(home.contains("One order waits for a second person.") && home.contains("/staff/review#proposed"));
        let list = page(&app, (&second, review)).await;
        assert!(list.contains("Lapses <time") && list.contains(&format!("href=\"{case}#orders\"")), "{list}");
        assert!(!list.contains("You asked for it") && page(&app, (&first, review)).await.contains("You asked for it"));
        let shown = page(&app, (&second, &format!("{case}?lang=en"))).await;
        assert!(shown.contains("</a>: Waits for a second person</b>"), "{shown}");
        let jumps = shown.split_once("class=\"jumps\"").unwrap().1.split("</nav>").next().unwrap();
        let places: Vec<&str> = jumps.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(places[..2], ["steps", "orders"]);

        sweep(&app.house.respond).await.unwrap();
        assert!(ringing(&app, "approval").await.is_empty(), "not within the first minute");
        app.clock.pass(Span::from_minutes(1));
        sweep(&app.house.respond).await.unwrap();
        let rings = ringing(&app, "approval").await;
        assert_eq!((rings.len(), &rings[0]["level"], &rings[0]["object"]), (1, &row["level"], &order["id"]));
        let call = told(&app, "for a second person for 1 min").await;
        assert!(call.body.contains(&format!("{case}#orders")) && !call.body.contains(&account), "{}", call.body);
        assert!(
            page(&app, (&second, "/staff/alarms?lang=en")).await.contains("An order waits for a second person</a>")
        );

        let (_, second) = fresh(&app, ("second", "approver")).await;
        let agree = format!("{orders}/{}/approve", order["id"].as_str().unwrap());
        assert_eq!(post(&app, (&second, &agree), json!({"digest": order["digest"]})).await.0, 200);
        sweep(&app.house.respond).await.unwrap();
        assert!(ringing(&app, "approval").await.is_empty(), "it is agreed to");
        assert!(!page(&app, (&second, "/staff?lang=en")).await.contains("for a second person"));
        assert!(page(&app, (&second, review)).await.contains("No order waits for a second person."));
    });
}

#[test]
fn a_first_reply_that_is_late_rings_though_somebody_has_the_case_until_they_reply() {
    on_both_with(plan(), async |app| {
        let reference = app.report(TEXT).await["case"]["reference"].as_str().unwrap().to_owned();
        sweep(&app.house.respond).await.unwrap();
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let alarms = browser.get("/staff/alarms?lang=en").await.text;
        let title = app.queue().await[0]["title"].as_str().unwrap().to_owned();
        assert!(alarms.contains(&format!("{title} · <code>{reference}</code>")), "{alarms}");
        assert!(browser.get("/staff?lang=en").await.text.contains("First reply due in"), "on the next case");

        let taken = app.staff_post("/api/v1/queue/claim", &json!({})).await.json::<Value>().await.unwrap();
        let path = format!("/api/v1/incidents/{}", taken["id"].as_str().unwrap());
        let case = format!("/staff/incidents/{}?lang=en", taken["id"].as_str().unwrap());
        let due = taken["promised"]["reply_due"].as_str().unwrap().parse().unwrap();
        let shown = browser.get(&case).await.text;
        assert!(shown.contains("First reply due in") && !shown.contains("data-near"), "{shown}");
        while app.clock_now() <= due {
            app.clock.pass(Span::from_minutes(5));
            let renewed = app.staff_post(&format!("{path}/renew"), &json!({"fence": taken["fence"]})).await;
            assert_eq!(renewed.status(), 200);
            browser.get("/staff/me").await;
        }
        sweep(&app.house.respond).await.unwrap();
        let rings = ringing(&app, "late").await;
        assert_eq!((rings.len(), &rings[0]["level"], &rings[0]["object"]), (1, &taken["level"], &taken["id"]));
        let call = told(&app, "is late by").await;
        assert!(call.body.contains(&reference) && !call.body.contains("1234 USDT"), "{}", call.body);
        let shown = browser.get(&case).await.text;
        assert!(shown.contains("First reply late by") && shown.contains("data-near"), "{shown}");
        assert!(browser.get("/staff/alarms?lang=en").await.text.contains("The first reply is late</a>"));

        let said = json!({"text": "Revoke the approval first; I stay with you."});
        assert_eq!(app.staff_post(&format!("{path}/message"), &said).await.status(), 200);
        sweep(&app.house.respond).await.unwrap();
        assert!(ringing(&app, "late").await.is_empty(), "the reply ends it");
        let shown = browser.get(&case).await.text;
        assert!(shown.contains("To be closed within") && !shown.contains("First reply"), "{shown}");
    });
}
