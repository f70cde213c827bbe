//! What the house orders by itself on signed alerts alone, its brake, and what somebody else looks at afterwards.

use holdfast::app;
use holdfast::config::target::Kind;
use holdfast::config::{Config, Endpoint, Target};
use holdfast::respond::alarms::Cause;
use holdfast::respond::desk::Correction;
use holdfast::respond::orders::Reviews;
use holdfast::time::Span;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{account, approver, becomes, post, responder, settings};
use crate::support::app::{App, EVENTS_SECRET, Plan, on_both_with, on_sqlite_with};
use crate::support::browser::Browser;
use crate::support::person::asks;
use crate::support::rows::{audit, counts, spoil};
use crate::support::settle::settle;

/// A house in which the endpoint `events` may order, with a pager that nobody answers.
pub fn plan() -> Plan {
    Plan { settings: ordering, ..Plan::default() }
}

fn ordering(config: &mut Config) {
    settings(config);
    config.limits.alerts_burst = 100_000;
    config.endpoint.iter_mut().filter(|endpoint| endpoint.name == "events").for_each(|endpoint| endpoint.orders = true);
    config.target = vec![Target {
        name: "pager".to_owned(),
        kind: Kind::Slack,
        url: "http://127.0.0.1:1/".to_owned(),
        url_file: None,
        url_env: None,
        secret_file: None,
        secret_env: None,
        networks: vec!["127.0.0.0/8".to_owned()],
        language: holdfast::text::Language::En,
        alarms: 2,
        after_minutes: 0,
        again_minutes: 0,
        chat: None,
        from: None,
        to: Vec::new(),
        user: None,
        people: false,
        plain: false,
        authority_file: None,
    }];
}

/// A large withdrawal from a device never seen before.
pub fn drained(account: &str) -> Value {
    json!({"type": "withdrawal.requested", "data": {
        "account": account, "new-device": true, "severity": "high", "asset": "BTC", "usd": 12000,
    }})
}

/// The source tells of it under an id of its own.
pub async fn tells(app: &App, (id, body): (&str, &Value)) {
    let response = app.event(id, body).await;
    assert!(response.status().is_success(), "{}", response.status());
}

async fn reviews(app: &App) -> Reviews {
    app.house.respond.reviews().await.unwrap()
}

/// What rings.
async fn rings(app: &App) -> Vec<Cause> {
    app.house.respond.raised_alarms().await.unwrap().into_iter().map(|alarm| alarm.cause).collect()
}

async fn placed(app: &App) -> i64 {
    counts(app).await["containment_order"]
}

/// RB-10: two hundred alerts with good signatures about a hundred accounts within ten minutes: thirty orders, not one more,
/// until a person with a fresh factor and a reason lets it go on. It rings meanwhile and stands on the first page.
#[test]
fn a_flood_of_signed_alerts_brings_about_thirty_orders_and_then_the_house_asks_for_people() {
    on_both_with(plan(), async |app| {
        let accounts: Vec<String> = (0..100).map(|_| account()).collect();
        for turn in 0..2 {
            for account in &accounts {
                tells(&app, (&format!("flood-{turn}-{account}"), &drained(account))).await;
                app.clock.pass(Span::from_seconds(2));
            }
        }
        assert_eq!(placed(&app).await, 30);
        let seen = reviews(&app).await;
        assert_eq!((seen.orders.len(), seen.braked.is_some(), seen.accounts_braked), (30, true, 0));
        assert!(seen.orders.iter().all(|order| order.automatic && order.action.as_str() == "hold-withdrawals"));
        let trail = audit(&app).await;
        let of = |action: &str| trail.iter().filter(|line| line.contains(&format!(" {action} "))).count();
        assert_eq!((of("order.ask"), of("order.brake")), (30, 1));
        assert!(trail.iter().filter(|line| line.contains(" order.ask ")).all(|line| line.starts_with("system ")));

        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert!(rings(&app).await.contains(&Cause::AutomaticBraked));
        let mut desk = Browser::new(&app);
        desk.come_in(&responder(&app).await);
        let home = desk.get("/staff").await.text;
        assert!(home.contains("The house orders nothing by itself any more"), "{home}");
        assert!(desk.get("/staff/alarms").await.text.contains("The house has stopped ordering by itself"));

        // Time alone lets nothing go on.
        app.clock.pass(Span::from_minutes(30));
        tells(&app, ("later", &drained(&account()))).await;
        assert_eq!(placed(&app).await, 30);

        let release = json!({"reason": "the monitor was mended"});
        let path = "/api/v1/orders/brake";
        let refused = asks(&app, (Method::POST, path), &app.token).json(&release).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        let second = approver(&app).await;
        let without = asks(&app, (Method::POST, path), &second).json(&json!({"reason": ""})).send().await.unwrap();
        assert_eq!(without.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reviews(&app).await.braked.is_some());
        let let_go = asks(&app, (Method::POST, path), &second).json(&release).send().await.unwrap();
        assert_eq!(let_go.status(), StatusCode::NO_CONTENT);
        let again = asks(&app, (Method::POST, path), &second).json(&release).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::CONFLICT, "there is nothing to let go");
        tells(&app, ("after", &drained(&account()))).await;
        assert_eq!((placed(&app).await, reviews(&app).await.braked), (31, None));
    });
}

/// RB-10: three times a day on one account, and no fourth; other accounts are not touched by it.
#[test]
fn one_account_is_ordered_on_three_times_a_day_and_not_a_fourth() {
    on_both_with(plan(), async |app| {
        let account = account();
        for turn in 0..5 {
            tells(&app, (&format!("turn-{turn}-{account}"), &drained(&account))).await;
            let orders = reviews(&app).await.orders;
            let latest = orders.last().unwrap();
            let (incident, order) = (latest.incident.to_string(), json!({"id": latest.order.to_string()}));
            let confirmed = becomes(&app, &incident, (&order, &["confirmed"])).await;
            assert_eq!((confirmed["automatic"].as_bool(), confirmed["people"].as_u64()), (Some(true), Some(1)));
            assert_eq!(orders.len(), (turn + 1).min(3));
            app.clock.pass(Span::from_minutes(61));
        }
        assert_eq!((reviews(&app).await.accounts_braked, reviews(&app).await.braked), (1, None));
        tells(&app, ("another", &drained(&super::account()))).await;
        assert_eq!(placed(&app).await, 4);
    });
}

/// RB-10: once a person has ruled – a false alarm, a level of their own, a hold that is lifted – the house orders no more.
#[test]
fn what_a_person_has_ruled_on_is_theirs() {
    on_both_with(plan(), async |app| {
        let (false_alarm, lifted, ruled) = (account(), account(), account());
        for account in [&false_alarm, &lifted, &ruled] {
            tells(&app, (&format!("first-{account}"), &drained(account))).await;
        }
        assert_eq!(placed(&app).await, 3);
        let orders = reviews(&app).await.orders;
        for order in &orders {
            let named = json!({"id": order.order.to_string()});
            becomes(&app, &order.incident.to_string(), (&named, &["confirmed"])).await;
        }
        let incident = |place: usize| orders[place].incident.to_string();
        let seen = app.staff_get(&format!("/api/v1/incidents/{}", incident(0))).await;
        let seen = settle(&app, &seen).await;
        let verdict = json!({"version": seen["version"], "verdict": "false-alarm", "reason": "their own new phone"});
        let path = format!("/api/v1/incidents/{}/verdict", incident(0));
        let closed = app.staff_post(&path, &verdict).await;
        assert!(closed.status().is_success(), "{}", closed.text().await.unwrap());

        let path = format!("/{}/reverse", orders[1].order);
        let reason = json!({"reason": "it was them"});
        assert_eq!(post(&app, &responder(&app).await, (&incident(1), &path), reason).await.0, 200);

        let seen = app.staff_get(&format!("/api/v1/incidents/{}", incident(2))).await;
        let rule = Correction::Rule { level: 2, kind: Some("suspicious-login".to_owned()) };
        let at = (orders[2].incident, seen["version"].as_i64().unwrap());
        app.house.respond.correct(at, "ada", (rule, "looked at it".to_owned())).await.unwrap().unwrap();

        app.clock.pass(Span::from_minutes(61));
        for account in [&false_alarm, &lifted, &ruled] {
            tells(&app, (&format!("second-{account}"), &drained(account))).await;
        }
        let automatic = audit(&app).await.iter().filter(|line| line.starts_with("system order.ask ")).count();
        assert_eq!(automatic, 3, "nothing more by itself");
    });
}

/// RB-10: whoever saw that one account is braked has seen nothing of another, nor of the whole house.
#[test]
fn every_brake_rings_by_itself() {
    on_both_with(plan(), async |app| {
        let respond = &app.house.respond;
        let braked = async || {
            holdfast::respond::sweep(respond).await.unwrap();
            let alarms = respond.raised_alarms().await.unwrap().into_iter();
            let mut braked: Vec<_> = alarms.filter(|alarm| alarm.cause == Cause::AutomaticBraked).collect();
            braked.sort_by(|one, other| one.object.cmp(&other.object));
            braked
        };
        for _ in 0..2 {
            let account = account();
            for turn in 0..4 {
                tells(&app, (&format!("turn-{turn}-{account}"), &drained(&account))).await;
                let latest = reviews(&app).await.orders.pop().unwrap();
                let order = json!({"id": latest.order.to_string()});
                becomes(&app, &latest.incident.to_string(), (&order, &["confirmed"])).await;
                app.clock.pass(Span::from_minutes(61));
            }
            let rings = braked().await;
            assert_eq!((rings.len(), rings[0].object.as_str(), rings[0].seen), (1, "automatic-account", None));
            respond.see_alarm("ann", rings[0].id).await.unwrap();
        }
        for _ in 0..31 {
            let account = account();
            tells(&app, (&account, &drained(&account))).await;
        }
        let rings = braked().await;
        let seen: Vec<_> = rings.iter().map(|alarm| (alarm.object.as_str(), alarm.seen.is_some())).collect();
        assert_eq!(seen, [("automatic", false), ("automatic-account", true)]);
    });
}

/// RB-10: what only waits for a second person holds nothing, so the house holds.
#[test]
fn a_proposal_keeps_the_house_from_nothing() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = super::incident(&app, &account).await;
        let long = json!({"action": "hold-withdrawals", "minutes": 120, "reason": "for longer"});
        assert_eq!(post(&app, &responder(&app).await, (&id, ""), long).await.1["state"], "proposed");
        tells(&app, ("worst", &drained(&account))).await;
        let automatic = audit(&app).await.iter().filter(|line| line.starts_with("system order.ask ")).count();
        assert_eq!((placed(&app).await, automatic), (2, 1));
    });
}

/// RB-10: a copy, an old story, a source that may not order, a report of a person and one account among several order nothing.
#[test]
fn only_a_fresh_alert_of_a_source_that_may_order_does() {
    on_both_with(plan(), async |app| {
        let first = account();
        tells(&app, ("one", &drained(&first))).await;
        assert_eq!(placed(&app).await, 1);
        app.clock.pass(Span::from_minutes(4));
        tells(&app, ("one", &drained(&first))).await;
        assert_eq!(placed(&app).await, 1, "the same delivery again");

        let mut old = drained(&account());
        old["data"]["time"] = json!("2026-03-02T06:00:00Z");
        tells(&app, ("old", &old)).await;

        let body = serde_json::to_vec(&drained(&account())).unwrap();
        let response = other_door(&app, &body).await;
        assert!(response.is_success(), "{response}");

        let text = "someone logged into my account from a new device and withdraws everything right now";
        let report = json!({"text": text, "account": account(), "happening_now": true});
        let sent = app.visitor().post(app.url("/api/v1/reports")).json(&report).send().await.unwrap();
        assert_eq!(sent.status(), StatusCode::CREATED);

        tells(&app, ("mild", &json!({"type": "auth.login", "data": {"account": account()}}))).await;
        assert_eq!(placed(&app).await, 1);
    });
}

/// Sends a signed delivery to `svix`, which may not order.
async fn other_door(app: &App, body: &[u8]) -> StatusCode {
    use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
    let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
    let now = app.clock_now().millis() / 1_000;
    let request = app
        .visitor()
        .post(app.url("/api/v1/alerts/svix"))
        .header("content-type", "application/json")
        .header("svix-id", "elsewhere")
        .header("svix-timestamp", now.to_string())
        .header("svix-signature", sign::sign_standard(&key, "elsewhere", now, body));
    request.body(body.to_vec()).send().await.unwrap().status()
}

/// RB-10: where a delivery is not signed over its words, or people write through it, the settings cannot let it order.
#[test]
fn an_endpoint_that_signs_nothing_cannot_be_let_order() {
    on_sqlite_with(plan(), async |app| {
        let set = app.house.respond.room().playbooks.clone();
        let file = app.data.join("another.secret");
        std::fs::write(&file, EVENTS_SECRET).unwrap();
        let config = |source: &str, change: fn(&mut Endpoint)| {
            let mut endpoint = Endpoint {
                name: "one".to_owned(),
                source: source.to_owned(),
                secret_file: Some(file.clone()),
                orders: true,
                ..Endpoint::default()
            };
            change(&mut endpoint);
            let mut config = Config::read(None, &holdfast::config::Overrides::default()).unwrap();
            config.endpoint = vec![endpoint];
            config
        };
        let asked = |source: &str, change: fn(&mut Endpoint)| {
            app::endpoints(&config(source, change), &set).err().map(|fault| format!("{fault:#}"))
        };
        assert_eq!(asked("standard-webhooks", |_| {}), None);
        let networked: fn(&mut Endpoint) = |endpoint| {
            endpoint.secret_file = None;
            endpoint.allow = vec!["203.0.113.0/24".to_owned()];
            endpoint.auth = Some(figment_map("none"));
        };
        let bearer: fn(&mut Endpoint) = |endpoint| endpoint.auth = Some(figment_map("bearer"));
        let people: fn(&mut Endpoint) = |endpoint| endpoint.reports = true;
        for (source, change) in [
            ("okta", (|_| {}) as fn(&mut Endpoint)),
            ("ocsf", bearer),
            ("ocsf", networked),
            ("standard-webhooks", people),
        ] {
            let fault = asked(source, change).unwrap_or_default();
            assert!(fault.contains("orders = true"), "{source}: {fault}");
        }
    });
}

fn figment_map(scheme: &str) -> figment::value::Value {
    figment::value::Value::serialize(std::collections::BTreeMap::from([("scheme", scheme)])).unwrap()
}

/// RB-09: what one person alone or the house ordered is looked at by another within a day, on one page, by names; what is late
/// comes first and rings.
#[test]
fn what_was_ordered_alone_is_looked_at_by_another_and_rings_when_nobody_does() {
    on_both_with(plan(), async |app| {
        let mine = super::incident(&app, &account()).await;
        let asked = super::ask(&app, &mine, "end-sessions").await;
        app.clock.pass(Span::from_minutes(1));
        tells(&app, ("auto", &drained(&account()))).await;
        let mut first = Browser::new(&app);
        first.come_in(&responder(&app).await);
        let page = first.get("/staff/review").await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["Name of first", "The house itself", "This was you", "End all sessions", "Hold withdrawals"] {
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        assert!(!page.text.contains("Overdue"));
        app.clock.pass(Span::from_minutes(24 * 60));
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert!(rings(&app).await.contains(&Cause::Unreviewed));

        // One's own is not for oneself, by whatever way.
        first.come_in(&responder(&app).await);
        let csrf = first.get("/staff/review").await.csrf();
        let order = asked["id"].as_str().unwrap();
        let form = format!("/staff/incidents/{mine}/orders");
        let fields = |csrf: &str| {
            [
                ("csrf", csrf.to_owned()),
                ("deed", "review".to_owned()),
                ("order", order.to_owned()),
                ("then", "review".to_owned()),
            ]
        };
        let send = async |browser: &mut Browser, csrf: &str| {
            let fields = fields(csrf);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post(&form, &fields).await
        };
        assert_eq!(send(&mut first, &csrf).await.status, StatusCode::CONFLICT);
        let mut second = Browser::new(&app);
        second.come_in(&approver(&app).await);
        let page = second.get("/staff/review").await;
        assert!(page.text.contains("Overdue"), "{}", page.text);
        let done = send(&mut second, &page.csrf()).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/staff/review"));
        let left = reviews(&app).await.orders;
        assert_eq!((left.len(), left[0].automatic), (1, true));
        spoil(&app, "update containment_order set reviewed = 1, reviewer = 'x'").await;
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert!(!rings(&app).await.contains(&Cause::Unreviewed), "it ends");
    });
}
