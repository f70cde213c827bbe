//! SIGKILL between the decision and the confirmation, again and again: one effect, or an order that says that it is not known.
//!
//! `ORDER_ROUNDS` says how often each engine is killed.

use std::time::Duration;

use holdfast::outside::SystemClock;
use holdfast::phrase::sample::Draw;
use holdfast::time::Clock;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::backend::{Mood, backend};
use crate::staff::set_up::code_at;
use crate::support::app::EVENTS_SECRET;
use crate::support::browser::Browser;
use crate::support::db;
use crate::support::person::PASSWORD;
use crate::support::process::{Installation, Running, client};

const ROUNDS: u64 = 6;

#[test]
fn a_process_killed_on_the_way_of_an_order_leaves_one_effect_on_sqlite() {
    runtime().block_on(story("SQLite", &Installation::new("", "info,sqlx=warn")));
}

#[test]
fn a_process_killed_on_the_way_of_an_order_leaves_one_effect_on_postgresql() {
    let Some(address) = db::postgres_or_say("the crash amid orders") else { return };
    let schema = format!("orders_{}", std::process::id());
    let installation = Installation::new(&format!("{address}#schema={schema}"), "info,sqlx=warn");
    runtime().block_on(async {
        story("PostgreSQL", &installation).await;
        db::drop_schema(&address, &schema).await;
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[expect(clippy::disallowed_methods, reason = "how long to try, only who runs the test knows")]
fn rounds() -> u64 {
    std::env::var("ORDER_ROUNDS").ok().map_or(ROUNDS, |text| text.parse().unwrap())
}

#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
async fn story(engine: &str, installation: &Installation) {
    let secret = installation.data().with_extension("secret");
    std::fs::write(&secret, EVENTS_SECRET).unwrap();
    installation.append(&format!(
        "[[backend]]\nname = 'wallet'\nurl = 'http://{}/orders'\nsecret_file = '{}'\nnetworks = ['127.0.0.0/8']\n",
        backend().address,
        secret.display(),
    ));
    let moods = [Mood::Good, Mood::Cut, Mood::Down, Mood::DoneThenDown, Mood::Working, Mood::Garbage];
    let mut draw = Draw::new(u64::from(std::process::id()));
    let mut responder = None;
    let (mut asked, mut confirmed, mut unknown, mut doubled) = (0, 0, 0, 0);
    for round in 0..rounds() {
        let account = format!("crash-{engine}-{}-{round}", std::process::id());
        backend().moods(&account, &[moods[draw.below(moods.len())], moods[draw.below(moods.len())]]);
        let running = installation.start();
        let incident = opened(installation, &running, &account).await;
        let order = json!({"action": "hold-withdrawals", "reason": "crash"});
        let (session, csrf) = match &responder {
            Some(session) => session,
            None => responder.insert(somebody(installation, &running.address).await),
        };
        let pause = Duration::from_millis(u64::try_from(draw.below(60)).unwrap());
        // The kill falls somewhere between the request, the commit, the letter and the answer.
        let request = client()
            .request(Method::POST, format!("{}/api/v1/incidents/{incident}/orders", running.address))
            .header("cookie", session)
            .header("x-csrf-token", csrf)
            .json(&order);
        let ((), _) = tokio::join!(
            async {
                tokio::time::sleep(pause).await;
                tokio::task::block_in_place(|| running.kill());
            },
            request.send()
        );
        let running = installation.start();
        let mut placed = Value::Null;
        for _ in 0..100 {
            let path = format!("/api/v1/incidents/{incident}/orders");
            let orders = installation.staff_get((&client(), &running.address), &path).await;
            placed = orders["placed"][0].clone();
            if placed.is_null() || placed["state"] == "confirmed" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        running.kill();
        let effects = backend().effects(&account).len();
        let state = placed["state"].as_str().unwrap_or("never asked");
        asked += u32::from(!placed.is_null());
        confirmed += u32::from(state == "confirmed");
        unknown += u32::from(state == "unknown");
        doubled += u32::from(effects > 1);
        let fits = match state {
            "confirmed" => effects == 1,
            "never asked" => effects == 0,
            "unknown" | "approved" | "sent" => effects <= 1,
            _ => false,
        };
        assert!(fits, "{engine}, round {round}: {state} with {effects} effects: {placed}");
    }
    println!(
        "{engine}: {} kills, {asked} orders, {confirmed} confirmed with one effect each, {unknown} visibly unknown, {doubled} doubled",
        rounds()
    );
    assert!(confirmed > 0);
}

/// A responder by the pages, with a fresh second factor: their cookie and the token of their forms.
async fn somebody(installation: &Installation, address: &str) -> (String, String) {
    let arguments = ["staff", "invite", "--login", "ada", "--name", "Ada", "--roles", "responder"];
    let output = installation.command(&arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut browser = Browser::at(client(), address.to_owned());
    let join = text.lines().next().unwrap();
    let csrf = browser.get(join).await.csrf();
    browser.post(join, &[("csrf", &csrf), ("password", PASSWORD)]).await;
    let page = browser.get("/staff/enrol").await;
    let seed = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let code = code_at(&seed, SystemClock.now());
    assert_eq!(browser.post("/staff/enrol", &[("csrf", &page.csrf()), ("code", &code)]).await.status, StatusCode::OK);
    let csrf = browser.get("/staff/me").await.csrf();
    (format!("__Host-hf_staff={}", browser.cookies["__Host-hf_staff"]), csrf)
}

/// An incident about the account.
async fn opened(installation: &Installation, running: &Running, account: &str) -> String {
    let body = json!({"type": "auth.threat", "data": {"account": account, "severity": "high"}}).to_string();
    let at = (&client(), running.address.as_str());
    let sent = installation.event(at, (account, body.as_bytes())).send().await.unwrap();
    assert!(sent.status().is_success());
    let queue = installation.staff_get(at, "/api/v1/queue?limit=200").await;
    queue["rows"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
}
