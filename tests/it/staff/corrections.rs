//! What a person of the staff corrects, with a reason: signals, level, kind; and personal data, which is masked (RB-05).

use reqwest::StatusCode;
use serde_json::json;

use super::{LOST, ROUTINE, id};
use crate::support::app::{App, on_both};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::person::fresh;
use crate::support::settle::settle;
use holdfast::access::Scopes;
use holdfast::time::Span;

const DRAIN: &str = "I signed an approval on a fake airdrop site and my USDT on Ethereum is being drained right now";

async fn desk(app: &App) -> Browser {
    let token = app.token_of("Ada", Scopes::all()).await;
    let mut browser = Browser::new(app);
    browser.sign_in(&token).await;
    browser
}

/// The same as somebody with a second factor: no token reveals anything.
async fn person(app: &App) -> Browser {
    let (_, session) = fresh(app, ("ada", "responder")).await;
    let mut browser = Browser::new(app);
    browser.come_in(&session);
    browser
}

async fn of(app: &App, path: &str) -> serde_json::Value {
    app.staff_get(&path.replace("/staff/", "/api/v1/")).await
}

/// The holder of a case says one more thing.
async fn says(app: &App, report: &serde_json::Value, text: &str) {
    app.clock.pass(Span::from_seconds(1));
    let case = crate::support::case::Holder::of(report);
    let sent = case.post(app, "/messages", &json!({"text": text})).await;
    assert!(sent.status().is_success(), "{}", sent.status());
}

#[test]
fn a_false_signal_is_judged_no_more_and_only_a_person_lowers() {
    on_both(async |app| {
        let report = app.report(ROUTINE).await;
        let before = app.queue().await[0].clone();
        says(&app, &report, DRAIN).await;
        let path = format!("/staff/incidents/{}", id(&before));
        let raised = settle(&app, &before).await;
        assert_eq!(raised["class"], "security");
        let mut ada = desk(&app).await;
        let csrf = ada.get(&path).await.csrf();
        let (version, signal) = (
            raised["version"].to_string(),
            raised["signals"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned(),
        );
        let form = |what: &'static str, version: String| {
            [
                ("csrf", csrf.clone()),
                ("version", version),
                ("what", what.to_owned()),
                ("signal", signal.clone()),
                ("reason", "It was a test of theirs.".to_owned()),
            ]
        };
        let send = async |browser: &mut Browser, fields: &[(&'static str, String)]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post(&format!("{path}/correct"), &fields).await
        };
        let mut without = form("false", version.clone()).to_vec();
        without.pop();
        assert_eq!(send(&mut ada, &without).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
        assert_eq!(of(&app, &path).await["class"], "security");
        assert_eq!(send(&mut ada, &form("false", version.clone())).await.location, path);
        let lowered = of(&app, &path).await;
        assert_eq!((&lowered["class"], &lowered["kind"]), (&json!("routine"), &before["kind"]));
        assert!(ada.get(&path).await.text.contains("called false by"), "it stays to be seen");
        assert_eq!(send(&mut ada, &form("false", version)).await.status, StatusCode::CONFLICT, "on an old page");
        assert_eq!(send(&mut ada, &form("true", lowered["version"].to_string())).await.location, path);
        assert_eq!(of(&app, &path).await["class"], "security", "it counts again");
    });
}

#[test]
fn a_correction_takes_back_no_level_that_another_person_raised() {
    on_both(async |app| {
        let report = app.report(ROUTINE).await;
        let row = app.queue().await[0].clone();
        says(&app, &report, "Hello, is anybody there?").await;
        let path = format!("/staff/incidents/{}", id(&row));
        let seen = settle(&app, &row).await;
        let signal = seen["signals"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        let raise = json!({"version": seen["version"], "level": 1, "reason": "I know this voice."});
        let raised = app.staff_post(&format!("/api/v1/incidents/{}/escalate", id(&row)), &raise).await;
        assert_eq!(raised.status(), StatusCode::OK);
        let mut ada = desk(&app).await;
        let csrf = ada.get(&path).await.csrf();
        for what in ["false", "true"] {
            let version = of(&app, &path).await["version"].to_string();
            let form = [
                ("csrf", csrf.as_str()),
                ("version", &version),
                ("what", what),
                ("signal", &signal),
                ("reason", "It says nothing of this case."),
            ];
            assert_eq!(ada.post(&format!("{path}/correct"), &form).await.location, path);
            let now = of(&app, &path).await;
            assert_eq!((&now["level"], &now["class"]), (&json!(1), &json!("security")), "{what}");
        }
    });
}

#[test]
fn a_ruling_that_a_correction_overtook_keeps_nothing_down() {
    on_both(async |app| {
        let report = app.report(ROUTINE).await;
        let row = app.queue().await[0].clone();
        says(&app, &report, DRAIN).await;
        let path = format!("/staff/incidents/{}", id(&row));
        let mut ada = desk(&app).await;
        let csrf = ada.get(&path).await.csrf();
        let seen = settle(&app, &row).await;
        let signal = seen["signals"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        for (what, level) in [("rule", "5"), ("false", "")] {
            let version = of(&app, &path).await["version"].to_string();
            let mut form = vec![("csrf", csrf.as_str()), ("version", &version), ("what", what)];
            form.extend(if what == "rule" {
                vec![("level", level), ("kind", "")]
            } else {
                vec![("signal", signal.as_str())]
            });
            form.push(("reason", "It was theirs."));
            assert_eq!(ada.post(&format!("{path}/correct"), &form).await.location, path, "{what}");
        }
        assert_eq!(of(&app, &path).await["class"], "routine");
        says(&app, &report, DRAIN).await;
        assert_eq!(of(&app, &path).await["class"], "security", "new evidence raises it again");
    });
}

#[test]
fn a_word_on_the_level_holds_until_something_worse_is_seen_and_the_computed_one_stays_beside() {
    on_both(async |app| {
        let report = app.report(LOST).await;
        let row = app.queue().await[0].clone();
        let path = format!("/staff/incidents/{}", id(&row));
        let computed = of(&app, &path).await["level"].as_i64().unwrap();
        assert!(computed < 5);
        let mut ada = desk(&app).await;
        let csrf = ada.get(&path).await.csrf();
        let version = settle(&app, &row).await["version"].to_string();
        let form = [
            ("csrf", csrf.as_str()),
            ("version", &version),
            ("what", "rule"),
            ("level", "5"),
            ("kind", ""),
            ("reason", "All of it was moved by them."),
        ];
        assert_eq!(ada.post(&format!("{path}/correct"), &form).await.location, path);
        assert_eq!(of(&app, &path).await["level"], 5);
        let page = ada.get(&path).await.text;
        assert!(
            page.contains("set level and kind here") && page.contains(&format!("computed: {computed}")),
            "beside it"
        );
        says(&app, &report, "Hello, is anybody there?").await;
        assert_eq!(of(&app, &path).await["level"], 5, "nothing worse");
        says(&app, &report, "A man with a knife is here and forces me to transfer").await;
        assert_eq!(of(&app, &path).await["level"], 1, "something worse");
    });
}

#[test]
fn signals_split_off_become_a_case_of_their_own_and_a_merged_case_closes_as_the_same() {
    on_both(async |app| {
        let report = app.report(ROUTINE).await;
        let first = app.queue().await[0].clone();
        says(&app, &report, DRAIN).await;
        let path = format!("/staff/incidents/{}", id(&first));
        let whole = settle(&app, &first).await;
        let signal = whole["signals"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        let mut ada = desk(&app).await;
        let csrf = ada.get(&path).await.csrf();
        let version = whole["version"].to_string();
        let split = [
            ("csrf", csrf.as_str()),
            ("version", &version),
            ("what", "split"),
            ("signal", &signal),
            ("reason", "Another matter."),
        ];
        assert_eq!(ada.post(&format!("{path}/correct"), &split).await.location, path);
        let queue = app.queue().await;
        assert_eq!(queue.len(), 2);
        assert_eq!((queue[0]["lane"].as_str(), queue[1]["id"].as_str()), (Some("security"), first["id"].as_str()));
        let version = of(&app, &path).await["version"].to_string();
        let merge = [
            ("csrf", csrf.as_str()),
            ("version", &version),
            ("what", "merge"),
            ("into", id(&queue[0])),
            ("reason", "The same after all."),
        ];
        assert_eq!(ada.post(&format!("{path}/correct"), &merge).await.location, path);
        assert_eq!(of(&app, &path).await["state"], "closed");
        let told = Holder::of(&report).case(&app).await.to_string();
        assert!(told.contains("\"what\":\"closed\""), "{told}");
        let other = format!("/api/v1/incidents/{}", id(&queue[0]));
        assert_eq!(app.staff_get(&other).await["signals"].as_array().unwrap().len(), 2);
        let itself =
            [("csrf", csrf.as_str()), ("version", "1"), ("what", "merge"), ("into", "HF-0000-0000"), ("reason", "x")];
        assert!(ada.post(&format!("{path}/correct"), &itself).await.location.ends_with("notice=no-case"));
    });
}

/// RB-05.
#[test]
fn personal_data_is_masked_and_shown_whole_thirty_times_an_hour_with_a_reason() {
    on_both(async |app| {
        let mut ada = person(&app).await;
        let csrf = ada.get("/staff/new").await.csrf();
        let call = [
            ("csrf", csrf.as_str()),
            ("text", "someone drained my wallet, write to wilhelmina@example.org"),
            ("account", "User-1001-Wilhelmina"),
            ("tongue", "en"),
        ];
        let taken = ada.post("/staff/new", &call).await;
        assert_eq!(taken.status, StatusCode::CREATED);
        assert!(taken.text.contains("HF-"), "the reference is read out");
        let path = format!("/staff/incidents/{}", id(&app.queue().await[0]));
        let page = ada.get(&path).await.text;
        assert!(!page.contains("User-1001-Wilhelmina") && !page.contains("wilhelmina@"), "{page}");
        let told = app.staff_get(&path.replace("/staff/", "/api/v1/")).await.to_string();
        assert!(
            !told.contains("User-1001-Wilhelmina") && !told.contains("wilhelmina@"),
            "a program sees no more: {told}"
        );
        let shown = [("csrf", csrf.as_str()), ("field", "account"), ("reason", "")];
        assert_eq!(ada.post(&format!("{path}/reveal"), &shown).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let shown = [("csrf", csrf.as_str()), ("field", "account"), ("reason", "to call back")];
        for _ in 0..30 {
            let page = ada.post(&format!("{path}/reveal"), &shown).await;
            assert!(page.status == StatusCode::OK && page.text.contains("User-1001-Wilhelmina"));
        }
        assert_eq!(ada.post(&format!("{path}/reveal"), &shown).await.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(!ada.get(&path).await.text.contains("User-1001-Wilhelmina"), "masked again");
        app.clock.pass(Span::from_minutes(61));
        let mut later = person(&app).await;
        let csrf = later.get(&path).await.csrf();
        let shown = [("csrf", csrf.as_str()), ("field", "account"), ("reason", "to call back")];
        assert_eq!(later.post(&format!("{path}/reveal"), &shown).await.status, StatusCode::OK);
    });
}

#[test]
fn a_reply_carries_the_chosen_steps_and_never_goes_without_what_we_never_ask_for() {
    on_both(async |app| {
        let mut holder = Browser::new(&app);
        holder.report_with(&[("lang", "zh"), ("text", "我的钱包被盗了，币在被转走")]).await;
        let path = format!("/staff/incidents/{}", id(&app.queue().await[0]));
        let mut ada = desk(&app).await;
        let page = ada.get(&path).await;
        let csrf = page.csrf();
        let block = page.text.split_once("name=\"block\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        assert!(block.chars().any(|letter| ('一'..='龥').contains(&letter)), "in their language: {block}");
        let form = [("csrf", csrf.as_str()), ("text", "我们在看。"), ("block", block.as_str())];
        ada.post(&format!("{path}/message"), &form).await;
        let seen = holder.get("/case").await.text;
        assert!(seen.contains("我们在看。") && seen.contains(&block) && seen.contains("绝不会要您的助记词"), "{seen}");
        let empty = [("csrf", csrf.as_str()), ("text", "  ")];
        assert_eq!(ada.post(&format!("{path}/message"), &empty).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
