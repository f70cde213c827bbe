//! Limits, the quiet proof of work and the slower lane: a flood is slowed down, and nobody is turned away.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use tokio::time::Instant;

use holdfast::web::pace::effort;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use crate::support::app::{App, Plan, on_sqlite_with};

/// A program or a browser at an address of its own.
fn at(number: u32) -> Client {
    let address = IpAddr::V4(Ipv4Addr::from_bits(0x7f01_0000 + number));
    Client::builder().local_address(address).redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

async fn program(app: &App, client: &Client, (text, proof): (&str, Option<&str>)) -> Response {
    let request = client.post(app.url("/api/v1/reports")).json(&json!({"text": text}));
    let request = match proof {
        Some(proof) => request.header("holdfast-proof", proof),
        None => request,
    };
    request.send().await.unwrap()
}

async fn page(app: &App, client: &Client, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let request = client.post(app.url("/report")).header("accept", "text/html").header("origin", app.url(""));
    let response = request.form(fields).send().await.unwrap();
    let Some(led) = response.headers().get("location").map(|led| led.to_str().unwrap().to_owned()) else {
        return (response.status(), response.text().await.unwrap());
    };
    let answer = client.get(app.url(&led)).header("accept", "text/html").send().await.unwrap();
    (
        if answer.status() == StatusCode::OK { StatusCode::CREATED } else { answer.status() },
        answer.text().await.unwrap(),
    )
}

async fn challenge(app: &App, client: &Client, text: &str) -> String {
    let response = program(app, client, (text, None)).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    let problem: Value = response.json().await.unwrap();
    assert!(!problem["guidance"]["steps"].as_array().unwrap().is_empty(), "steps are given all the same");
    assert_eq!(problem["challenge"]["bits"], effort::BITS);
    assert_eq!(problem["challenge"]["header"], "holdfast-proof");
    problem["challenge"]["text"].as_str().unwrap().to_owned()
}

fn attribute<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    page.split_once(&format!("{name}=\""))?.1.split('"').next()
}

const THEFT: &str = "someone moved all my usdt out of my wallet just now";

/// AVL-11: five at once, then a proof of work; without script the slower lane.
#[test]
fn above_the_limit_a_proof_lets_a_program_through_and_a_browser_without_script_takes_the_slower_lane() {
    let five = Plan { settings: |config| config.limits.reports_burst = 5, ..Plan::default() };
    on_sqlite_with(five, async |app| {
        let client = at(1);
        for number in 0..5 {
            let text = format!("{THEFT} {number}");
            assert_eq!(program(&app, &client, (&text, None)).await.status(), StatusCode::CREATED);
        }
        let slow = [("lang", "en"), ("text", "my phrase was on a fake page and usdt is gone, no script here")];
        let (status, shown) = page(&app, &client, &slow).await;
        assert_eq!(status, StatusCode::CREATED, "never a refusal");
        assert!(shown.contains("up to 20 minutes further back") && shown.contains("HF-"));

        let asked = challenge(&app, &client, "usdt gone, by program").await;
        let proof = effort::solve(&asked);
        let sent = program(&app, &client, ("usdt gone, by program", Some(&proof))).await;
        assert_eq!(sent.status(), StatusCode::CREATED);
        let prompt: Value = sent.json().await.unwrap();
        assert!(!prompt["notices"].to_string().contains("further-back"));
        let again = program(&app, &client, ("usdt gone, once more", Some(&proof))).await;
        assert_eq!(again.status(), StatusCode::TOO_MANY_REQUESTS, "a proof counts once");

        let scripted =
            [("lang", "en"), ("text", "usdt gone, in a browser"), ("script", "yes"), ("key", &"k".repeat(32))];
        let (status, shown) = page(&app, &client, &scripted).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        assert!(shown.contains("data-resend") && shown.contains("usdt gone, in a browser"), "it goes again by itself");
        let proof = effort::solve(attribute(&shown, "data-challenge").unwrap());
        let (status, shown) = page(&app, &client, &[&scripted[..], &[("proof", &proof)]].concat()).await;
        assert_eq!(status, StatusCode::CREATED);
        assert!(!shown.contains("further back"));
        assert_eq!(app.queue().await.len(), 8, "nothing was lost and nothing came twice");
    });
}

/// AVL-10, a hundredth of it: 500 from 50 addresses against 10 from addresses of their own.
#[test]
fn in_a_flood_nobody_real_is_lost_and_who_proves_an_effort_stands_in_front() {
    let rush = |config: &mut holdfast::config::Config| {
        config.limits.reports_burst = 5;
        config.limits.reports_rush_each_minute = 30;
    };
    on_sqlite_with(Plan { settings: rush, ..Plan::default() }, async |app| {
        let mut waits = Vec::new();
        let mut real = Vec::new();
        for round in 0..10 {
            for address in 0..50 {
                let text = format!("someone stole my usdt and btc, wallet empty {address} {round}");
                let (status, _) = page(&app, &at(100 + address), &[("lang", "en"), ("text", &text)]).await;
                assert_eq!(status, StatusCode::CREATED, "the slower lane is open");
            }
            let client = at(9_000 + round);
            let begun = Instant::now();
            let text = format!("{THEFT} case {round}");
            let asked = challenge(&app, &client, &text).await;
            let sent = program(&app, &client, (&text, Some(&effort::solve(&asked)))).await;
            assert_eq!(sent.status(), StatusCode::CREATED);
            let answer: Value = sent.json().await.unwrap();
            real.push(answer["case"]["reference"].clone());
            waits.push(begun.elapsed());
        }
        let queue = app.staff_get("/api/v1/queue?limit=100").await["rows"].as_array().unwrap().clone();
        let mut shown_real = 0;
        for row in queue.iter().take(10) {
            let incident = app.staff_get(&format!("/api/v1/incidents/{}", row["id"].as_str().unwrap())).await;
            shown_real += usize::from(real.contains(&incident["references"][0]));
        }
        assert!(shown_real >= 9, "{shown_real} of the first 10 shown are real");
        waits.sort();
        assert!(waits[9] < Duration::from_secs(5), "visible after {:?}", waits[9]);
        assert_eq!(crate::support::rows::counts(&app).await["reporter_case"], 510, "nobody is lost");
    });
}

#[test]
fn in_a_rush_the_page_asks_for_the_effort_while_the_person_writes() {
    let rush = |config: &mut holdfast::config::Config| config.limits.reports_rush_each_minute = 30;
    on_sqlite_with(Plan { settings: rush, ..Plan::default() }, async |app| {
        let calm = at(1).get(app.url("/")).send().await.unwrap().text().await.unwrap();
        assert!(attribute(&calm, "data-challenge").is_none(), "nobody is asked in calm");
        for number in 0..3 {
            page(&app, &at(10 + number), &[("lang", "en"), ("text", THEFT)]).await;
        }
        let busy = at(1).get(app.url("/")).send().await.unwrap().text().await.unwrap();
        let proof = effort::solve(attribute(&busy, "data-challenge").unwrap());
        let fields = [("lang", "en"), ("text", THEFT), ("script", "yes"), ("proof", proof.as_str())];
        let (status, shown) = page(&app, &at(1), &fields).await;
        assert_eq!(status, StatusCode::CREATED);
        assert!(!shown.contains("further back"));
    });
}
