//! The desk with many open cases: what it answers stays right and quick; claims at size are the queue's bench. `TEST_DESK_SIZES=10000,100000` says how many,
//! and the figures are printed.

use std::time::{Duration, Instant};

use super::LOST;
use crate::support::app::{App, on_both};
use crate::support::browser::Browser;
use crate::support::rows::spoil;
use holdfast::id::Id;
use holdfast::store::incidents::{self, NewIncident};
use holdfast::time::Span;

/// Cases that are written at once.
const CHUNK: usize = 1_000;
const KINDS: [&str; 6] =
    ["sim-swap", "fake-support", "airdrop-phishing", "withdrawal-delayed", "routine-other", "address-poisoning"];

/// Open cases of many sorts, spread over the queue.
async fn fill(app: &App, from: usize, until: usize) {
    let room = app.house.respond.room();
    for begin in (from..until).step_by(CHUNK) {
        let made: Vec<NewIncident> = (begin..until.min(begin + CHUNK))
            .map(|number| {
                let lane = i64::from(number % 3 != 0);
                let arrived = room.now().minus(Span::from_seconds(i64::try_from(number).unwrap()));
                NewIncident {
                    id: Id::new(room.now(), &*room.random),
                    subject: Some(format!("{number:064x}")),
                    pool: "all".to_owned(),
                    class: if lane == 0 { "security" } else { "routine" }.to_owned(),
                    lane,
                    kind: KINDS[number % KINDS.len()].to_owned(),
                    level: if lane == 0 { 1 + i64::try_from(number % 4).unwrap() } else { 5 },
                    arrived,
                    head_start: Span::from_minutes(i64::try_from(number % 240).unwrap()),
                    confidence: 500_000,
                    playbooks: room.playbooks.digest.clone(),
                    language: ["en", "zh"][number % 2].to_owned(),
                    danger: number % 500 == 0,
                    claimable: true,
                    data_key: vec![7; 60],
                    assessment: vec![7; 4_000],
                    created: room.now(),
                }
            })
            .collect();
        let made = std::sync::Arc::new(made);
        let write = app.house.respond.writer.act(move |tx| {
            let made = std::sync::Arc::clone(&made);
            Box::pin(async move { incidents::insert_many(tx, &made).await })
        });
        write.await.unwrap();
    }
    spoil(app, "analyze incident").await;
}

/// The middle of nine.
#[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
async fn timed(browser: &mut Browser, path: &str) -> (Duration, String) {
    let (mut times, mut text) = (Vec::new(), String::new());
    for _ in 0..9 {
        let begun = Instant::now();
        text = browser.get(path).await.text;
        times.push(begun.elapsed());
    }
    times.sort();
    (times[4], text)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how many, only who runs the test knows")]
#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
fn the_list_the_search_and_the_next_case_stay_right_with_many_open_cases() {
    let sizes = std::env::var("TEST_DESK_SIZES").unwrap_or_else(|_| "1500".to_owned());
    let sizes: Vec<usize> = sizes.split(',').map(|size| size.parse().unwrap()).collect();
    on_both(async |app| {
        let report = app.report(LOST).await;
        let reference = report["case"]["reference"].as_str().unwrap();
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let mut full = 0;
        for size in &sizes {
            fill(&app, full, *size).await;
            full = *size;
            let engine = if app.database.is_empty() { "SQLite" } else { "PostgreSQL" };
            let search = format!("/staff/list?q={reference}");
            for path in [
                "/staff/list",
                "/staff/list?lane=routine&level=5",
                "/staff/list?state=mine",
                "/staff/list?danger=yes&tongue=en",
                &search,
                "/staff/list?q=TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE",
                "/staff",
            ] {
                let (time, text) = timed(&mut browser, path).await;
                println!("{engine} {size} open, {path}: {:.1} ms", time.as_secs_f64() * 1_000.0);
                assert!(text.contains("</html>"), "{path}");
            }
            let all = browser.get("/staff/list").await.text;
            let total = all.split_once("<h1>").unwrap().1.split_once("class=\"count\">").unwrap().1;
            assert_eq!(total.split('<').next().unwrap().parse(), Ok(size + 1), "every open case is counted");
            assert_eq!(browser.get(&search).await.text.matches("data-row").count(), 1);
        }
    });
}
