//! What people say of our work: asked a day after closing, taken at any time, counted, never a message.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::after::close;
use crate::support::app::{on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use holdfast::access::Scopes;
use holdfast::time::Span;

#[test]
fn one_question_comes_a_day_after_closing_and_two_more_after_an_answer() {
    on_both(async |mut app| {
        let mut browser = Browser::new(&app);
        browser.report("someone drained my wallet").await;
        assert!(!browser.get("/case").await.text.contains(r#"id="feedback""#), "an open case is asked nothing");
        close(&mut app).await;
        // The session ends while a day passes, so the page is opened anew each time.
        let holder = {
            let answer = app.report("I typed my recovery words into a site").await;
            Holder::of(&answer)
        };
        close(&mut app).await;
        app.clock.pass(Span::from_days(1));
        let mut browser = Browser::new(&app);
        browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
        let page = browser.get("/case?lang=en").await;
        assert!(page.text.contains("One question: were you helped") && !page.text.contains("Is the trouble over"));
        let csrf = page.csrf();
        let sent = browser.post("/case/feedback", &[("csrf", &csrf), ("satisfaction", "4")]).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/case#feedback"));
        let page = browser.get("/case?lang=en").await;
        assert!(!page.text.contains("One question: were you helped") && page.text.contains("Is the trouble over"));
        let fields = [
            ("csrf", csrf.as_str()),
            ("solved", "partly"),
            ("speed", "fast"),
            ("text", "thank you, faster on weekends"),
        ];
        browser.post("/case/feedback", &fields).await;
        let page = browser.get("/case?lang=en").await;
        assert!(page.text.contains("People here read this") && page.text.contains("Closed"), "it opened nothing");
        let case = holder.case(&app).await;
        assert_eq!(case["rating"], json!({"satisfaction": 4, "solved": "partly", "speed": "fast"}));
        assert_eq!((case["state"].as_str(), case["ask"].as_str()), (Some("closed"), Some("thanks")));
    });
}

#[test]
fn a_program_gives_feedback_at_any_time_and_what_does_not_exist_is_refused() {
    on_both(async |app| {
        let holder = Holder::of(&app.report("someone drained my wallet").await);
        let due = app.queue().await;
        let case = holder.does(&app, "/feedback", &json!({"satisfaction": 2, "text": "slow"})).await;
        assert_eq!(case["rating"], json!({"satisfaction": 2}));
        assert_eq!(app.queue().await, due, "nobody moves by it");
        for body in [
            json!({}),
            json!({"text": "  "}),
            json!({"satisfaction": 6}),
            json!({"satisfaction": 0}),
            json!({"solved": "maybe"}),
            json!({"more": 1}),
            json!({"text": "x".repeat(2_001)}),
        ] {
            assert_eq!(
                holder.post(&app, "/feedback", &body).await.status(),
                StatusCode::UNPROCESSABLE_ENTITY,
                "{body}"
            );
        }
        let wrong = holder.with_code("ABCDE-FGHJK");
        assert_eq!(wrong.post(&app, "/feedback", &json!({"satisfaction": 1})).await.status(), StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn the_counts_are_right_by_lane_level_and_language() {
    on_both(async |app| {
        let english = Holder::of(&app.report("someone drained my wallet").await);
        english.does(&app, "/feedback", &json!({"satisfaction": 5, "solved": "yes", "speed": "fast"})).await;
        english.does(&app, "/feedback", &json!({"satisfaction": 4})).await;
        let chinese = Holder::of(&app.report("我的转账一直待确认").await);
        chinese.does(&app, "/feedback", &json!({"satisfaction": 3, "solved": "no"})).await;
        let mut browser = Browser::new(&app);
        assert_eq!(
            browser.post("/feedback", &[("lang", "en"), ("satisfaction", "1")]).await.status,
            StatusCode::CREATED
        );

        let stats = app.staff_get("/api/v1/stats?days=7").await;
        let all = &stats["feedback"];
        assert_eq!((all["given"].as_i64(), all["satisfaction"].as_f64()), (Some(3), Some(2.67)), "4, 3 and 1");
        assert_eq!(all["solved"], json!({"yes": 1, "partly": 0, "no": 1}));
        assert_eq!(all["speed"], json!({"fast": 1, "fine": 0, "slow": 0}));
        let by: Vec<_> = all["by"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| {
                (group["lane"].as_str().unwrap(), group["language"].as_str().unwrap(), group["given"].as_i64().unwrap())
            })
            .collect();
        assert_eq!(by, [("none", "en", 1), ("routine", "zh", 1), ("security", "en", 1)]);

        for bad in ["days=0", "days=367", "days=x", "more=1"] {
            let answered = app.staff(Method::GET, &format!("/api/v1/stats?{bad}")).send().await.unwrap().status();
            assert_eq!(answered, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        }

        app.clock.pass(Span::from_days(8));
        let mut app = app;
        app.token = app.token_of("analyst", "stats:read".parse().unwrap()).await;
        let later = app.staff_get("/api/v1/stats?days=7").await;
        assert_eq!(later["feedback"]["given"], 0);
        assert!(later["feedback"].get("satisfaction").is_none(), "nobody rated");
    });
}

#[test]
fn counts_need_a_permission_of_their_own() {
    on_sqlite(async |app| {
        let token = app.token_of("responder", Scopes::responder()).await;
        for path in ["/api/v1/stats", "/api/v1/feedback"] {
            let refused = app.visitor().get(app.url(path)).bearer_auth(&token).send().await.unwrap();
            assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path}");
        }
        let own = app.token_of("analyst", "stats:read".parse().unwrap()).await;
        let read = app.visitor().get(app.url("/api/v1/stats")).bearer_auth(&own).send().await.unwrap();
        assert_eq!(read.status(), StatusCode::OK);
    });
}

#[test]
fn free_text_is_scrubbed_sealed_and_read_by_staff_alone() {
    on_both(async |app| {
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let holder = Holder::of(&app.report("someone drained my wallet").await);
        holder.does(&app, "/feedback", &json!({"text": format!("thanks to everybody!\n\n{phrase}")})).await;
        let mut browser = Browser::new(&app);
        let text = format!("the site was hard to read <b>x</b> {phrase}");
        browser.post("/feedback", &[("lang", "zh"), ("text", &text)]).await;

        let written = app.staff_get("/api/v1/feedback").await;
        let shown = written["feedback"][0]["text"].as_str().unwrap();
        assert!(shown.starts_with("the site was hard to read") && !shown.contains("sausage"), "{shown}");
        assert_eq!(written["feedback"].as_array().unwrap().len(), 1, "what holders wrote stands in their incidents");
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let said = app.staff_get(&format!("/api/v1/incidents/{id}")).await["conversation"].clone();
        assert_eq!(said[0]["from"], "feedback");
        let text = said[0]["text"].as_str().unwrap();
        assert!(text.starts_with("thanks to everybody") && !said.to_string().contains("sausage"), "{said}");
        let case = holder.case(&app).await;
        assert!(!case.to_string().contains("everybody"));
    });
}

#[test]
fn the_open_page_says_what_is_kept_before_sending_and_takes_no_empty_form() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        for (language, kept) in [("en", "deleted after 180 days"), ("zh", "180 天后删除"), ("zh-Hant", "180 天後刪除")]
        {
            let page = browser.get(&format!("/feedback?lang={language}")).await.text;
            let (before, _) = page.split_once(r#"<button class="strong""#).unwrap();
            assert!(before.contains(kept), "{language}");
        }
        let empty = browser.post("/feedback", &[("lang", "en"), ("text", "  ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.text.contains("Answer at least one question"));
    });
}

#[test]
fn what_people_without_a_case_said_is_forgotten_when_the_page_says_so() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        browser.post("/feedback", &[("lang", "en"), ("satisfaction", "3")]).await;
        for (days, left) in [(179, 1), (2, 0)] {
            app.clock.pass(Span::from_days(days));
            holdfast::respond::sweep(&app.house.respond).await.unwrap();
            // The token of the story has ended by now.
            let now = holdfast::time::Clock::now(&*app.clock).millis();
            let window = (holdfast::time::Timestamp::from_millis(0), holdfast::time::Timestamp::from_millis(now + 1));
            let given: i64 =
                app.house.respond.feedback_counts(window).await.unwrap().iter().map(|tally| tally.given).sum();
            assert_eq!(given, left, "after {days} days more");
        }
    });
}

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

#[test]
fn beside_an_open_case_feedback_is_about_that_case_at_any_time() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        browser.report("someone drained my wallet").await;
        let case = browser.get("/case?lang=en").await.text;
        assert!(case.contains("Tell us how this is going"));
        for (lang, title) in
            [("en", "Tell us how this is going"), ("zh", "说说处理得怎么样"), ("zh-Hant", "說說處理得怎麼樣")]
        {
            let page = browser.get(&format!("/feedback?lang={lang}")).await.text;
            assert!(
                page.contains(title) && page.contains("HF-") && page.contains(r#"action="/case/feedback""#),
                "{lang}"
            );
            assert!(!Browser::new(&app).get(&format!("/feedback?lang={lang}")).await.text.contains("HF-"), "{lang}");
        }
        let due = app.queue().await;
        let csrf = browser.get("/feedback?lang=en").await.csrf();
        let fields = [("csrf", csrf.as_str()), ("back", "page"), ("satisfaction", "2"), ("text", "nobody answers")];
        let sent = browser.post("/case/feedback", &fields).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/feedback?sent=yes"));
        let thanks = browser.get("/feedback?sent=yes&lang=en").await.text;
        assert!(thanks.contains("People here read this") && thanks.contains(r#"href="/case""#));
        assert_eq!(app.queue().await, due, "nobody moves by it");
        let id = due[0]["id"].as_str().unwrap();
        let said = app.staff_get(&format!("/api/v1/incidents/{id}")).await["conversation"].clone();
        assert_eq!((said[0]["from"].as_str(), said[0]["text"].as_str()), (Some("feedback"), Some("nobody answers")));
        let empty = browser.post("/case/feedback", &[("csrf", csrf.as_str()), ("back", "page")]).await;
        assert_eq!(empty.location, "/feedback?sent=no");
        let forged = browser.post("/case/feedback", &[("csrf", "x"), ("back", "page"), ("satisfaction", "5")]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn words_pasted_into_feedback_are_taken_out_and_said_so() {
    on_both(async |app| {
        let mut stranger = Browser::new(&app);
        for (lang, title) in [
            ("en", "We took your recovery words or key out"),
            ("zh", "我们已经删掉了里面的助记词或私钥"),
            ("zh-Hant", "我們已經刪掉了裡面的助記詞或私鑰"),
        ] {
            let page = stranger.post("/feedback", &[("lang", lang), ("text", PHRASE)]).await.text;
            assert!(page.contains(title) && page.contains(r#"data-notice="secret-removed""#), "{lang}");
            assert!(!page.contains("sausage"), "{lang}");
        }
        let mut holder = Browser::new(&app);
        holder.report("someone drained my wallet").await;
        let csrf = holder.get("/feedback").await.csrf();
        let fields = [("csrf", csrf.as_str()), ("back", "page"), ("text", PHRASE)];
        assert_eq!(holder.post("/case/feedback", &fields).await.location, "/case/stop/words-removed");
    });
}
