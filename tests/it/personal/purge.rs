//! What is kept no longer goes by itself, unless the clock looks wrong.

use holdfast::respond::{Keeping, Pulse, Purged};
use holdfast::store::Sql;
use holdfast::store::desk::asides;
use holdfast::time::Span;
use reqwest::{Method, StatusCode};

use crate::support::app::{App, on_both};

const KEEPING: Keeping =
    Keeping { cases: Span::from_days(180), signals: Span::from_days(90), attachments: Span::from_days(90) };

const CLOSE: Sql = Sql::both(
    "update incident set state = 'closed', closed = updated, holder = null, lease_until = null where state <> 'closed'",
);

async fn close_all(app: &App) {
    let mut tx = app.house.respond.db.begin().await.unwrap();
    tx.run(CLOSE, Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A run whose clock agrees with the time that went by.
async fn purge(app: &App) -> Purged {
    let pulse = Pulse { began: app.clock_now(), elapsed: Span::ZERO };
    app.house.respond.purge(pulse, KEEPING).await.unwrap()
}

/// Days with a run each.
async fn days(app: &App, count: i64) -> (u64, u64) {
    let mut gone = (0, 0);
    for _ in 0..count {
        app.clock.pass(Span::from_days(1));
        match purge(app).await {
            Purged::Done { cases, signals, .. } => gone = (gone.0 + cases, gone.1 + signals),
            other => panic!("{other:?}"),
        }
    }
    gone
}

async fn ids(app: &App) -> Vec<String> {
    app.queue().await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

async fn is_there(app: &App, id: &str) -> bool {
    let respond = &app.house.respond;
    holdfast::store::incidents::get(&mut respond.db.read().await.unwrap(), id.parse().unwrap()).await.unwrap().is_some()
}

/// PRIV-02: signals go 90 days after closing, the case after 180; what is open or held for the law stays.
#[test]
fn closed_cases_go_after_their_time_and_a_legal_hold_wins() {
    on_both(async |app| {
        app.report("someone drained my wallet").await;
        app.report("someone drained my other wallet").await;
        let old = ids(&app).await;
        close_all(&app).await;
        app.report("an open one").await;
        let held = old[1].parse().unwrap();
        app.house.respond.hold_for_law(held, "ada", Some("a court asks".to_owned())).await.unwrap().unwrap();

        assert_eq!(purge(&app).await, Purged::NotDue, "the first look only remembers the day");
        assert_eq!(days(&app, 90).await, (0, 0));
        assert_eq!(days(&app, 1).await, (0, 1), "the signal of the case nobody holds");
        let token = app.token_of("cy", "incident:read".parse().unwrap()).await;
        let path = app.url(&format!("/api/v1/incidents/{}", old[0]));
        let seen = app.visitor().request(Method::GET, path).bearer_auth(token).send().await.unwrap();
        assert_eq!(seen.status(), StatusCode::OK, "what was judged can still be read");
        assert_eq!(days(&app, 89).await, (0, 0));
        assert_eq!(days(&app, 1).await, (1, 0));
        assert!(!is_there(&app, &old[0]).await);
        assert!(is_there(&app, &old[1]).await, "held");
        app.house.respond.hold_for_law(held, "ada", None).await.unwrap().unwrap();
        assert_eq!(days(&app, 1).await, (1, 1));
    });
}

/// PRIV-02: a signal that somebody called false goes with the others.
#[test]
fn a_signal_that_was_called_false_stops_no_purge() {
    on_both(async |app| {
        app.report("someone drained my wallet").await;
        let id = ids(&app).await.remove(0);
        let detail = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        let signal = detail["signals"][0]["id"].as_str().unwrap().parse().unwrap();
        let mut tx = app.house.respond.db.begin().await.unwrap();
        let aside = asides::AsideRow {
            signal,
            incident: id.parse().unwrap(),
            what: "false".to_owned(),
            into: None,
            at: app.clock_now(),
            person: "ada".to_owned(),
            reason: b"sealed elsewhere".to_vec(),
        };
        asides::set(&mut tx, &aside).await.unwrap();
        tx.commit().await.unwrap();
        close_all(&app).await;
        assert_eq!(purge(&app).await, Purged::NotDue);
        assert_eq!(days(&app, 91).await, (0, 1));
        assert_eq!(days(&app, 90).await, (1, 0));
    });
}

/// PRIV-02: it runs once a day, and what a run that ended early left is done by the next.
#[test]
fn a_purge_runs_daily_and_goes_on_where_it_stood() {
    on_both(async |app| {
        for number in 0..120 {
            app.report(&format!("someone drained my wallet {number}")).await;
        }
        close_all(&app).await;
        assert_eq!(purge(&app).await, Purged::NotDue);
        days(&app, 181).await;
        assert_eq!(purge(&app).await, Purged::NotDue, "once a day");
        let mut tx = app.house.respond.db.read().await.unwrap();
        let left = holdfast::store::privacy::due(&mut tx, app.clock_now(), 1_000).await.unwrap();
        assert_eq!(left, [], "in batches of 50, all of them");
    });
}

/// PRIV-03: with the clock 400 days on, nothing is purged and the house says so, until a person confirms.
#[test]
fn a_clock_that_jumped_purges_nothing() {
    on_both(async |app| {
        app.report("someone drained my wallet").await;
        let id = ids(&app).await.remove(0);
        close_all(&app).await;
        let respond = &app.house.respond;
        assert_eq!(purge(&app).await, Purged::NotDue);
        let began = app.clock_now();
        app.clock.pass(Span::from_days(400));
        let jumped = Pulse { began, elapsed: Span::from_minutes(5) };
        assert_eq!(respond.purge(jumped, KEEPING).await.unwrap(), Purged::Braked);
        assert_eq!(respond.purge(jumped, KEEPING).await.unwrap(), Purged::Braked);
        assert!(is_there(&app, &id).await);
        let alarms = respond.alarms().await.unwrap();
        assert_eq!(alarms.iter().map(|alarm| alarm.what.as_str()).collect::<Vec<_>>(), ["retention.braked"], "once");
        assert_eq!(purge(&app).await, Purged::Braked, "the last run is too far away");
        respond.confirm_purge("ada").await.unwrap();
        assert_eq!(
            respond.purge(jumped, KEEPING).await.unwrap(),
            Purged::Done { cases: 1, signals: 1, attachments: 0 }
        );
        assert!(!is_there(&app, &id).await);
    });
}

/// PRIV-03: an hour is the most that a clock may jump within a day's run.
#[test]
fn a_jump_of_more_than_an_hour_brakes() {
    on_both(async |app| {
        assert_eq!(purge(&app).await, Purged::NotDue);
        let began = app.clock_now();
        app.clock.pass(Span::from_days(1));
        let minutes = |minutes: i64| Pulse { began, elapsed: Span::from_minutes(24 * 60 + minutes) };
        assert_eq!(app.house.respond.purge(minutes(61), KEEPING).await.unwrap(), Purged::Braked);
        assert_eq!(app.house.respond.purge(minutes(-61), KEEPING).await.unwrap(), Purged::Braked);
        let fine = app.house.respond.purge(minutes(-59), KEEPING).await.unwrap();
        assert_eq!(fine, Purged::Done { cases: 0, signals: 0, attachments: 0 });
    });
}
