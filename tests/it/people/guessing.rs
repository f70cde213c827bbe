//! Guessing at passwords: equal answers and equal time (ID-11), waits that grow and a device that is known (ID-12).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

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

/// ID-11: and so is the time, over interleaved tries.
#[test]
#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "the figures are what the test is run for")]
fn whatever_the_reason_it_takes_the_same_time() {
    on_sqlite_with(QUICK, async |app| {
        member(&app, ("ada", "responder")).await;
        let off = member(&app, ("off", "responder")).await;
        member(&app, ("locked", "responder")).await;
        app.house.respond.change_person(("an admin", off.id), Change::Disable).await.unwrap().unwrap();
        let mut browser = Browser::new(&app);
        for _ in 0..100 {
            password(&mut browser, ("locked", WRONG)).await;
            app.clock.pass(Span::from_minutes(15));
        }
        let tries = 25;
        let cases = [("ada", WRONG), ("nobody", WRONG), ("off", PASSWORD), ("locked", PASSWORD)];
        let mut took: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
        let csrf = browser.get("/staff/sign-in").await.csrf();
        for _ in 0..tries {
            for (login, with) in cases {
                let fields = [("csrf", csrf.as_str()), ("login", login), ("password", with)];
                let request = browser.request(reqwest::Method::POST, "/staff/sign-in").form(&fields);
                let before = Instant::now();
                request.send().await.unwrap();
                took.entry(login).or_default().push(before.elapsed());
                // So that waiting is never why one is quicker than another.
                app.clock.pass(Span::from_minutes(16));
            }
        }
        // What others do on the machine makes a try slower and never quicker, so the quickest fifth says most.
        let quick = |times: &mut Vec<Duration>| {
            times.sort();
            times[times.len() / 5].as_secs_f64()
        };
        let times: Vec<f64> = took.values_mut().map(quick).collect();
        let (least, most) =
            times.iter().fold((f64::MAX, 0.0_f64), |(low, high), time| (low.min(*time), high.max(*time)));
        println!("seconds of the quickest fifth by reason: {times:?}, {:.3} apart", most / least - 1.0);
        assert!(most / least < 1.5, "{times:?}");
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
