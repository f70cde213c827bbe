//! After the first steps: the honest state, the steps as text, and what can be added.

use reqwest::StatusCode;
use serde_json::json;

use crate::reports::sent;
use crate::support::app::{on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

#[test]
fn the_steps_can_be_kept_as_text_in_each_language_without_the_keys() {
    on_sqlite(async |app| {
        for (lang, word) in [("en", "NEVER"), ("zh", "千万不要"), ("zh-Hant", "千萬不要")] {
            let mut browser = Browser::new(&app);
            let answer = sent(&mut browser, &[("lang", lang), ("happened", "words-typed")]).await;
            assert!(answer.text.contains(r#"href="/case/steps.txt""#), "{lang}");
            let response = browser.request(reqwest::Method::GET, "/case/steps.txt").send().await.unwrap();
            assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
            let name = response.headers()["content-disposition"].to_str().unwrap().to_owned();
            assert!(name.starts_with("attachment; filename=\"steps-HF-"), "{name}");
            let text = response.text().await.unwrap();
            assert!(text.contains("\r\n1. ") && text.contains("\r\n2. ") && text.contains(word), "{text}");
            let code = answer.text.split_once("<code class=\"code\">").unwrap().1.split('<').next().unwrap();
            assert!(!text.contains(code) && !text.contains("/c/") && !text.contains('<'), "no key, no markup");
        }
        let nobody = Browser::new(&app).get("/case/steps.txt").await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn what_is_added_after_the_steps_reaches_staff_and_changes_how_urgent_it_is() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        sent(&mut browser, &[("lang", "en"), ("happened", "transfer-not-mine")]).await;
        let csrf = browser.get("/case").await.csrf();
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/incidents/{incident}");
        assert_eq!(app.staff_get(&path).await["assessment"]["situation"]["activity"], "attempted");
        let added = [
            ("csrf", csrf.as_str()),
            ("tried", "changed the password twice"),
            ("used_device", "another-phone"),
            ("chain", "tron"),
            ("first_sign", "minutes"),
        ];
        let led = browser.post("/case/details", &added).await;
        assert_eq!((led.status, led.location.as_str()), (StatusCode::SEE_OTHER, "/case/details?saved=yes"));
        assert!(browser.get("/case/details?saved=yes&lang=en").await.text.contains("Added. Staff see it."));
        assert!(
            browser.get("/case").await.text.contains(r#"href="/case/details?lang=en""#),
            "asked for on the case page"
        );
        let seen = app.staff_get(&path).await;
        let signals = seen["signals"].to_string();
        for fact in ["changed the password twice", "another-phone", "tron", "minutes"] {
            assert!(signals.contains(fact), "{fact}");
        }
        assert_eq!(seen["assessment"]["situation"]["activity"], "leaving-now", "seen minutes ago, so it may go on");

        let empty = [("csrf", csrf.as_str()), ("tried", ""), ("used_device", ""), ("chain", ""), ("first_sign", "")];
        assert_eq!(browser.post("/case/details", &empty).await.location, "/case", "everything can be skipped");
        let secret = format!("typed {PHRASE}");
        let words = [("csrf", csrf.as_str()), ("tried", secret.as_str())];
        assert_eq!(browser.post("/case/details", &words).await.location, "/case/stop/words-removed");
        assert!(!app.staff_get(&path).await.to_string().contains("sausage"));
    });
}

#[test]
fn a_program_adds_details_and_is_told_the_honest_state() {
    on_sqlite(async |app| {
        let answer = app.report("i typed my seed phrase into a fake site").await;
        let outlook = &answer["incident"]["outlook"];
        assert!(outlook["can"][0].as_str().unwrap().contains("new wallet") && outlook["haste"].is_string());
        assert!(!outlook["cannot"].as_array().unwrap().is_empty());
        let holder = Holder::of(&answer);
        holder.does(&app, "/details", &json!({"first_sign": "hours", "tried": "nothing yet"})).await;
        let wrong = holder.post(&app, "/details", &json!({"first_sign": "private"})).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!wrong.text().await.unwrap().contains("private"));
        let routine = app.report("怎么添加网络").await;
        assert!(routine["incident"].get("outlook").is_none(), "an everyday question needs none");
    });
}
