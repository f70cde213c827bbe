//! Guessing at passwords: equal answers and equal time (ID-11), waits that grow and a device that is known (ID-12).

use std::collections::BTreeMap;
use std::time::Instant;

use reqwest::StatusCode;

use super::QUICK;
use crate::support::app::{on_both_with, on_sqlite, on_sqlite_with};
use crate::support::browser::Browser;
use crate::support::person::{PASSWORD, member, password};
use holdfast::respond::people::Change;
use holdfast::time::Span;

const WRONG: &str = "seven quiet otters paint fences";

/// ID-11: the answer is the same whatever the reason.
#[test]
fn whatever_the_reason_the_answer_is_the_same() {
    on_both_with(QUICK, async |app| {
        member(&app, ("ada", "responder")).await;
        let off = member(&app, ("off", "responder")).await;
        member(&app, ("locked", "responder")).await;
        app.house.respond.change_person(("an admin", off.id), Change::Disable).await.unwrap().unwrap();
        let mut browser = Browser::new(&app);
        for _ in 0..6 {
            password(&mut browser, ("locked", WRONG)).await;
        }
        let mut answers = Vec::new();
        for (login, with) in [("ada", WRONG), ("nobody", WRONG), ("off", PASSWORD), ("locked", PASSWORD)] {
            let mut browser = Browser::new(&app);
            let page = password(&mut browser, (login, with)).await;
            let hidden = page.csrf();
            let nonce = page.text.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
            answers.push((page.status, page.text.replace(&hidden, "").replace(&nonce, "")));
        }
        assert_eq!(answers[0].0, StatusCode::FORBIDDEN);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "a reason shows");
    });
}

/// Tries of each reason, as who runs the test says.
#[expect(clippy::disallowed_methods, reason = "how long to try, only who runs the test knows")]
fn tries() -> usize {
    std::env::var("TEST_TIMING_TRIES").ok().map_or(25, |text| text.parse().unwrap())
}

/// Whether the machine is quiet enough for the bounds to be held to.
#[expect(clippy::disallowed_methods, reason = "how quiet the machine is, only who runs the test knows")]
fn is_timing() -> bool {
    std::env::var("TEST_TIMING").is_ok()
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// How often the best of all thresholds, read either way, tells two reasons apart: each reason counts as half.
fn best_share(ones: &[f64], others: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = ones.iter().map(|time| (*time, true)).collect();
    all.extend(others.iter().map(|time| (*time, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut best) = ([0.0_f64; 2], 0.5_f64);
    for (at, (time, is_one)) in all.iter().enumerate() {
        below[usize::from(*is_one)] += 1.0;
        // Equal times are on one side.
        if all.get(at + 1).is_some_and(|(next, _)| next > time) {
            let share = f64::midpoint(below[1] / count(ones), 1.0 - below[0] / count(others));
            best = best.max(share).max(1.0 - share);
        }
    }
    best
}

fn count(times: &[f64]) -> f64 {
    f64::from(u32::try_from(times.len()).unwrap())
}

#[test]
fn the_best_threshold_is_found_either_way_round() {
    assert!((best_share(&[1.0, 2.0], &[3.0, 4.0]) - 1.0).abs() < 1e-9);
    assert!((best_share(&[3.0, 4.0], &[1.0, 2.0]) - 1.0).abs() < 1e-9);
    assert!((best_share(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 4.0]) - 0.5).abs() < 1e-9);
    assert!((best_share(&[1.0, 2.0, 5.0, 6.0], &[3.0, 4.0, 7.0, 8.0]) - 0.75).abs() < 1e-9);
}

/// ID-11: and so is the time, over interleaved tries. Prints how far apart the medians are and how often the best threshold
/// is right.
#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
#[expect(clippy::disallowed_methods, reason = "what is measured is real time")]
fn whatever_the_reason_it_takes_the_same_time() {
    on_sqlite_with(QUICK, async |app| {
        let tries = tries();
        // A person whose password fails a hundred times in a row is locked, and this is about one who is not.
        let people: Vec<String> = (0..=tries / 90).map(|number| format!("ada{number}")).collect();
        for login in &people {
            member(&app, (login, "responder")).await;
        }
        let off = member(&app, ("off", "responder")).await;
        member(&app, ("locked", "responder")).await;
        app.house.respond.change_person(("an admin", off.id), Change::Disable).await.unwrap().unwrap();
        let mut browser = Browser::new(&app);
        for _ in 0..100 {
            password(&mut browser, ("locked", WRONG)).await;
            app.clock.pass(Span::from_minutes(15));
        }
        let csrf = browser.get("/staff/sign-in").await.csrf();
        let mut took: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        // The first round warms up: what is made once is made by then.
        for number in 0..=tries {
            let wrong = people[number / 90 % people.len()].as_str();
            let cases = [
                ("wrong", wrong, WRONG),
                ("unknown", "nobody", WRONG),
                ("off", "off", PASSWORD),
                ("locked", "locked", PASSWORD),
            ];
            for turn in 0..cases.len() {
                // None is always the one after a certain other.
                let (reason, login, with) = cases[(turn + number) % cases.len()];
                let fields = [("csrf", csrf.as_str()), ("login", login), ("password", with)];
                let request = browser.request(reqwest::Method::POST, "/staff/sign-in").form(&fields);
                let before = Instant::now();
                let answer = request.send().await.unwrap();
                let time = before.elapsed().as_secs_f64();
                assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{reason}");
                if number > 0 {
                    took.entry(reason).or_default().push(time);
                }
                // So that waiting is never why one is quicker than another.
                app.clock.pass(Span::from_minutes(16));
            }
        }
        let medians: BTreeMap<&str, f64> = took.iter().map(|(reason, times)| (*reason, median(times))).collect();
        let (least, most) =
            medians.values().fold((f64::MAX, 0.0_f64), |(low, high), time| (low.min(*time), high.max(*time)));
        let apart = most / least - 1.0;
        let shares = took.iter().filter(|(reason, _)| **reason != "wrong");
        let shares: BTreeMap<&str, f64> =
            shares.map(|(reason, times)| (*reason, best_share(&took["wrong"], times))).collect();
        println!("{tries} tries of each; median seconds {medians:.5?}, {:.2} % apart", apart * 100.0);
        println!("the best threshold between a wrong password and each is right in {shares:.3?} of cases");
        // What others do on the machine makes a try slower, so without being told that it is quiet the bounds are loose.
        let (far, sure) = if is_timing() { (0.05, 0.55) } else { (0.5, 0.95) };
        assert!(apart < far, "{medians:?}");
        assert!(shares.values().all(|share| *share <= sure), "{shares:?}");
    });
}

/// ID-12: five are free, then the wait doubles; the right password is refused while it lasts and accepted after.
#[test]
fn failures_in_a_row_cost_a_growing_wait() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let mut browser = Browser::new(&app);
        for _ in 0..7 {
            password(&mut browser, (&ada.login, WRONG)).await;
            app.clock.pass(Span::from_seconds(2));
        }
        // Seven failures: four seconds from the last.
        assert_eq!(password(&mut browser, (&ada.login, PASSWORD)).await.status, StatusCode::FORBIDDEN);
        app.clock.pass(Span::from_seconds(2));
        assert_eq!(password(&mut browser, (&ada.login, PASSWORD)).await.location, "/staff/second");
        assert_eq!(password(&mut browser, (&ada.login, WRONG)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(password(&mut browser, (&ada.login, PASSWORD)).await.location, "/staff/second", "counted anew");
    });
}

/// ID-12: after a hundred the password is worth nothing until it is made anew; whoever has a known device comes in.
#[test]
fn a_flood_of_guesses_shuts_out_the_stranger_and_not_the_person() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let mut own = Browser::new(&app);
        ada.sign_in(&app, &mut own).await;
        assert!(own.cookies.contains_key("__Host-hf_device"));
        let mut stranger = Browser::new(&app);
        for _ in 0..100 {
            password(&mut stranger, (&ada.login, WRONG)).await;
            app.clock.pass(Span::from_minutes(15));
        }
        assert_eq!(password(&mut stranger, (&ada.login, PASSWORD)).await.status, StatusCode::FORBIDDEN);
        app.clock.pass(Span::from_days(1));
        assert_eq!(password(&mut stranger, (&ada.login, PASSWORD)).await.status, StatusCode::FORBIDDEN, "for good");
        own.cookies.remove("__Host-hf_staff");
        ada.sign_in(&app, &mut own).await;
        for other in ["", "0.9999999999.00", &own.cookies["__Host-hf_device"].replace('.', "0.")] {
            stranger.cookies.insert("__Host-hf_device".to_owned(), other.to_owned());
            assert_eq!(password(&mut stranger, (&ada.login, PASSWORD)).await.status, StatusCode::FORBIDDEN);
        }
        let reset = app.house.respond.change_person(("an admin", ada.id), Change::NewPassword).await.unwrap();
        let link = format!("/staff/join/{}", reset.unwrap().unwrap().reveal());
        let mut person = Browser::new(&app);
        let csrf = person.get(&link).await.csrf();
        let done = person.post(&link, &[("csrf", &csrf), ("password", "nine brave herons carry lanterns")]).await;
        assert_eq!(done.location, "/staff/sign-in", "no way around the second factor (ID-14)");
        assert_eq!(own.get("/staff/me").await.location, "/staff/sign-in", "what was open is over (ID-14)");
        assert_eq!(
            password(&mut person, (&ada.login, "nine brave herons carry lanterns")).await.location,
            "/staff/second"
        );
    });
}

/// ID-12: one address has five tries, then one each twenty seconds.
#[test]
fn one_address_tries_five_times_and_then_slowly() {
    on_sqlite(async |app| {
        member(&app, ("ada", "responder")).await;
        let mut browser = Browser::new(&app);
        let mut statuses = Vec::new();
        for number in 0..7 {
            statuses.push(password(&mut browser, (&format!("login{number}"), WRONG)).await.status.as_u16());
        }
        assert_eq!(statuses, [403, 403, 403, 403, 403, 429, 429]);
        app.clock.pass(Span::from_seconds(20));
        assert_eq!(password(&mut browser, ("another", WRONG)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(password(&mut browser, ("another", WRONG)).await.status, StatusCode::TOO_MANY_REQUESTS);
    });
}
