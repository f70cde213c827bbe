//! The desk with many open cases: what it answers stays right and quick. `TEST_DESK_SIZES=10000,100000` says how many; middle and
//! slowest-of-twenty of every answer are printed, and with `TEST_TIMING=1` none may take [`LONGEST`] or more.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};

use super::LOST;
use crate::support::app::{App, on_both};
use crate::support::browser::Browser;
use crate::support::fill;
use holdfast::access::Scopes;

/// Asked so often, after twice to get warm.
const TIMES: usize = 20;
/// Reports that stand before what is filled in: what is claimed has to open.
const REPORTS: usize = TIMES + 2;

/// How long an answer may take up to [`BOUND`] open cases, in a release build on a quiet machine.
const LONGEST: Duration = Duration::from_millis(100);
const BOUND: usize = 100_000;

/// How long each of many answers took, the quickest first.
struct Took(Vec<Duration>);

impl Took {
    fn sorted(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self(times)
    }

    /// The middle and the one that only one in twenty is slower than, in milliseconds.
    fn figures(&self) -> String {
        let at = |share: usize| self.at(share).as_secs_f64() * 1_000.0;
        format!("{:.1} | {:.1}", at(50), at(95))
    }

    fn at(&self, share: usize) -> Duration {
        self.0[(self.0.len() - 1) * share / 100]
    }

    #[expect(clippy::disallowed_methods, reason = "whether time binds, only who runs the test knows")]
    fn hold(&self, (size, asked): (usize, &str)) {
        let binds = std::env::var("TEST_TIMING").is_ok() && size <= BOUND;
        assert!(!binds || self.at(95) < LONGEST, "{asked} with {size} open cases: {}", self.figures());
    }
}

#[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
async fn timed(browser: &mut Browser, path: &str) -> (Took, String) {
    let (mut times, mut text) = (Vec::new(), String::new());
    for turn in 0..TIMES + 2 {
        let begun = Instant::now();
        text = browser.get(path).await.text;
        if turn >= 2 {
            times.push(begun.elapsed());
        }
    }
    (Took::sorted(times), text)
}

/// Claims the next case of somebody who has none.
#[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
async fn claims(app: &App, token: &str) -> Took {
    let mut times = Vec::new();
    for turn in 0..TIMES + 2 {
        let begun = Instant::now();
        let request = app.visitor().request(Method::POST, app.url("/api/v1/queue/claim")).bearer_auth(token);
        let status = request.send().await.unwrap().status();
        assert_eq!(status, StatusCode::OK);
        if turn >= 2 {
            times.push(begun.elapsed());
        }
    }
    Took::sorted(times)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how many, only who runs the test knows")]
#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
fn the_list_the_search_and_the_next_case_stay_right_with_many_open_cases() {
    let sizes = std::env::var("TEST_DESK_SIZES").unwrap_or_else(|_| "1500".to_owned());
    let sizes: Vec<usize> = sizes.split(',').map(|size| size.trim().parse().unwrap()).collect();
    on_both(async |app| {
        let report = app.report(LOST).await;
        let reference = report["case"]["reference"].as_str().unwrap().to_owned();
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let engine = if app.database.is_empty() { "SQLite" } else { "PostgreSQL" };
        println!("| open | asked | {engine} p50 ms | p95 ms |");
        let (mut full, mut reported) = (0, 1);
        for size in &sizes {
            fill::open_cases(&app, full, *size).await;
            full = *size;
            for _ in 0..REPORTS {
                app.report(LOST).await;
            }
            reported += REPORTS;
            let search = format!("/staff/list?q={reference}");
            let (_, found) = timed(&mut browser, &search).await;
            let mut links = found.split("href=\"").filter_map(|rest| rest.split('"').next());
            let case = links.find(|to| to.starts_with("/staff/incidents/")).expect("it is found").to_owned();
            let by_id = format!("/staff/list?q={}", fill::id(size / 2));
            for path in [
                "/staff",
                "/api/v1/queue?limit=1",
                "/staff/list",
                "/staff/list?lane=security&level=2",
                "/staff/list?lane=routine&level=5",
                "/staff/list?state=mine",
                "/staff/list?danger=yes&tongue=en",
                "/staff/list?kind=sim-swap",
                &search,
                &by_id,
                "/staff/list?q=TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE",
                &case,
                "/staff/shift",
                "/staff/alarms",
                "/staff/review",
                "/staff/numbers",
            ] {
                let (took, text) = if path.starts_with("/api") {
                    let token = app.token.clone();
                    (asked(&app, (path, &token)).await, "</html>".to_owned())
                } else {
                    timed(&mut browser, path).await
                };
                println!("| {size} | {path} | {} |", took.figures());
                took.hold((*size, path));
                assert!(text.contains("</html>"), "{path}");
            }
            let token = app.token_of(&format!("claims-{size}"), Scopes::all()).await;
            let took = claims(&app, &token).await;
            println!("| {size} | claim | {} |", took.figures());
            took.hold((*size, "claim"));
            let all = browser.get("/staff/list").await.text;
            let total = all.split_once("<h1>").unwrap().1.split_once("class=\"count\">").unwrap().1;
            assert_eq!(total.split('<').next().unwrap().parse(), Ok(size + reported), "every open case is counted");
            assert_eq!(browser.get(&search).await.text.matches("data-row").count(), 1);
            assert_eq!(browser.get(&by_id).await.text.matches("data-row").count(), 1);
        }
    });
}

/// The same for a program.
#[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
async fn asked(app: &App, (path, token): (&str, &str)) -> Took {
    let mut times = Vec::new();
    for turn in 0..TIMES + 2 {
        let begun = Instant::now();
        let response = app.visitor().request(Method::GET, app.url(path)).bearer_auth(token).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.bytes().await.unwrap();
        if turn >= 2 {
            times.push(begun.elapsed());
        }
    }
    Took::sorted(times)
}
