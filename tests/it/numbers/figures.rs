//! A morning at the desk, and what is counted of it.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{DRAIN, ROUTINE, act, judge, rows, take};
use crate::support::app::{on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use holdfast::access::Scopes;
use holdfast::time::Span;

#[test]
fn a_morning_is_counted_by_lane_level_language_and_person() {
    on_both(async |app| {
        let (mei, ada) = (app.token_of("mei", Scopes::all()).await, app.token_of("ada", Scopes::all()).await);
        let holder = Holder::of(&app.report(DRAIN).await);
        app.clock.pass(Span::from_minutes(4));
        app.report(ROUTINE).await;
        app.report(DRAIN).await;
        app.clock.pass(Span::from_minutes(6));
        let first = take(&app, &mei).await;
        app.clock.pass(Span::from_minutes(2));
        act(&app, &mei, (&first, "message", json!({"text": "we are with you"}))).await;
        app.clock.pass(Span::from_minutes(3));
        judge(&app, &mei, (&first, "confirmed")).await;
        let second = take(&app, &ada).await;
        judge(&app, &ada, (&second, "false-alarm")).await;
        holder.does(&app, "/feedback", &json!({"satisfaction": 4})).await;

        let numbers = app.staff_get("/api/v1/numbers?days=7").await;
        let all = rows(&numbers, "turnover", &[("by", "all")])[0];
        assert_eq!((&all["arrived"], &all["closed"], &all["open"]), (&json!(3), &json!(2), &json!(1)));
        let lane = |name| rows(&numbers, "turnover", &[("by", "lane"), ("name", name)])[0]["arrived"].clone();
        assert_eq!((lane("security"), lane("routine")), (json!(2), json!(1)));
        let language = |name| rows(&numbers, "turnover", &[("by", "language"), ("name", name)])[0]["arrived"].clone();
        assert_eq!((language("en"), language("zh")), (json!(2), json!(1)));

        let time = |what| rows(&numbers, "times", &[("what", what), ("by", "lane"), ("name", "security")])[0].clone();
        assert_eq!((&time("taken")["cases"], &time("taken")["median_seconds"]), (&json!(2), &json!(600)));
        assert_eq!(time("taken")["nine_of_ten_seconds"], json!(660), "the second waited for eleven minutes");
        assert_eq!((&time("answered")["cases"], &time("answered")["median_seconds"]), (&json!(1), &json!(720)));
        assert_eq!(time("closed")["cases"], json!(2));
        assert!(rows(&numbers, "times", &[("what", "hold-asked")]).is_empty(), "nobody asked for a hold");

        let person = |name| rows(&numbers, "people", &[("person", name)])[0].clone();
        assert_eq!((&person("mei")["replied"], &person("mei")["reply_median_seconds"]), (&json!(1), &json!(120)));
        assert_eq!((person("mei")["stars"].as_f64(), person("ada")["stars"].as_f64()), (Some(4.0), None));
        assert_eq!((&person("ada")["taken"], &person("ada")["closed"]), (&json!(1), &json!(1)));

        let verdicts = rows(&numbers, "verdicts", &[]);
        assert_eq!((&verdicts[0]["confirmed"], &verdicts[0]["false_alarm"]), (&json!(1), &json!(1)));
        assert_eq!(verdicts[0]["false_alarm_share"].as_f64(), Some(0.5));
        let signs = rows(&numbers, "signs", &[("kind", verdicts[0]["name"].as_str().unwrap())]);
        assert!(!signs.is_empty() && signs.iter().all(|sign| sign["false_alarm_share"].as_f64() == Some(0.5)));
        let sources = rows(&numbers, "sources", &[("name", "report")]);
        assert_eq!(sources[0]["confirmed"], json!(1));
        assert_eq!(rows(&numbers, "causes", &[])[0]["now"], json!(1), "a false alarm is no cause");
        let steps = numbers["tables"]["steps"].as_array().unwrap();
        assert_eq!(steps.last().unwrap()["backlog"], json!(1));
    });
}

#[test]
fn the_loss_averted_is_what_the_order_saved_beyond_oldest_first() {
    on_both(async |app| {
        app.report(ROUTINE).await;
        app.clock.pass(Span::from_minutes(30));
        app.report(DRAIN).await;
        app.clock.pass(Span::from_minutes(1));
        take(&app, &app.token).await;
        app.clock.pass(Span::from_minutes(60));
        take(&app, &app.token).await;
        let numbers = app.staff_get("/api/v1/numbers").await;
        let loss = rows(&numbers, "loss", &[])[0];
        let dollars = |name: &str| loss[name].as_str().unwrap().parse::<f64>().unwrap();
        assert_eq!(loss["cases"], json!(2));
        assert!(dollars("gained_usd") > 1.0, "the drain went before the older request: {loss}");
        assert!(dollars("averted_usd") <= dollars("at_once_usd"));
        assert!((dollars("averted_usd") - dollars("oldest_first_usd") - dollars("gained_usd")).abs() < 0.011);
    });
}

#[test]
fn this_week_stands_against_the_last() {
    on_both(async |mut app| {
        app.report(DRAIN).await;
        app.report(DRAIN).await;
        app.clock.pass(Span::from_days(8));
        app.token = app.token_of("later", Scopes::all()).await;
        app.report(DRAIN).await;
        let numbers = app.staff_get("/api/v1/numbers?days=7").await;
        let kind = rows(&numbers, "kinds", &[])[0];
        assert_eq!((&kind["now"], &kind["before"], &kind["change"]), (&json!(1), &json!(2), &json!(-1)));
        for bad in ["days=0", "days=367", "days=x", "more=1"] {
            let answered = app.staff(Method::GET, &format!("/api/v1/numbers?{bad}")).send().await.unwrap().status();
            assert_eq!(answered, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        }
    });
}

#[test]
fn figures_by_person_are_for_whoever_may_see_them_and_ones_own_for_everybody() {
    on_sqlite(async |app| {
        let (mei, ada) = (app.token_of("mei", Scopes::all()).await, app.token_of("ada", Scopes::all()).await);
        app.report(DRAIN).await;
        app.report(DRAIN).await;
        take(&app, &mei).await;
        take(&app, &ada).await;
        let own = app.token_of("ada", "stats:read".parse().unwrap()).await;
        let get = async |path: &str| {
            app.visitor().get(app.url(path)).bearer_auth(&own).send().await.unwrap().text().await.unwrap()
        };
        let numbers: serde_json::Value = serde_json::from_str(&get("/api/v1/numbers").await).unwrap();
        let named: Vec<_> = rows(&numbers, "people", &[]).iter().map(|row| row["person"].clone()).collect();
        assert_eq!(named, [json!("ada")]);
        let csv = get("/api/v1/numbers/csv?table=people").await;
        assert!(csv.starts_with("person,in_hand,") && csv.contains("\r\nada,1,") && !csv.contains("mei"));
        let mut browser = Browser::new(&app);
        browser.sign_in(&own).await;
        let page = browser.get("/staff/numbers").await.text;
        assert!(page.contains("<bdi>ada</bdi>") && !page.contains("mei"));
        let mut browser = Browser::new(&app);
        browser.sign_in(&mei).await;
        assert!(browser.get("/staff/numbers").await.text.contains("<bdi>ada</bdi>"));
    });
}

#[test]
fn the_page_draws_every_chart_without_a_style_of_its_own_and_links_a_file_for_each_table() {
    on_sqlite(async |app| {
        app.report(DRAIN).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        for language in ["en", "zh", "zh-Hant"] {
            let page = browser.get(&format!("/staff/numbers?days=7&lang={language}")).await.text;
            assert!(page.matches("<svg class=\"chart\"").count() >= 3, "{language}");
            assert!(!page.contains("style=\"") && !page.contains("numbers-"), "{language}");
        }
        for table in holdfast::numbers::NAMES {
            let file = browser.get(&format!("/staff/numbers/csv?table={table}&days=7")).await;
            assert_eq!(file.status, StatusCode::OK, "{table}");
            assert!(file.text.lines().next().is_some_and(|head| head.contains(',')), "{table}: {}", file.text);
        }
        assert_eq!(browser.get("/staff/numbers/csv?table=secrets").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
