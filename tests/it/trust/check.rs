//! "Is this really us?": a message of ours is confirmed to the holder of its case and to nobody else.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, Plan, on_both, on_sqlite, on_sqlite_with};
use crate::support::browser::{Browser, Page};
use crate::support::case::Holder;
use holdfast::time::Span;

const OURS: &str = "Stay on this page. Do not send anything to the address that they gave you.";

/// A person with a case in which staff wrote, on a browser that has the case page open.
struct Told {
    holder: Holder,
    number: String,
}

async fn told(app: &App, text: &str) -> Told {
    let holder = Holder::of(&app.report(text).await);
    let incident = incident_of(app, &holder).await;
    let sent = app.staff_post(&format!("/api/v1/incidents/{incident}/message"), &json!({"text": OURS})).await;
    assert_eq!(sent.status(), StatusCode::OK);
    let case = holder.case(app).await;
    let number = case["messages"][0]["check"].as_str().unwrap().to_owned();
    Told { holder, number }
}

async fn incident_of(app: &App, holder: &Holder) -> String {
    for row in app.queue().await {
        let id = row["id"].as_str().unwrap().to_owned();
        let detail = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        if detail["references"].as_array().unwrap().iter().any(|known| *known == holder.reference) {
            return id;
        }
    }
    panic!("no incident of {}", holder.reference)
}

/// Asks as somebody on a device that knows nothing.
async fn ask(app: &App, message: &str, secret: &str) -> Page {
    Browser::new(app).post("/check", &[("lang", "en"), ("message", message), ("secret", secret)]).await
}

fn verdict(page: &Page) -> (&str, &str) {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let (_, rest) = page.text.split_once(r#"data-verdict=""#).unwrap_or_else(|| panic!("no verdict: {}", page.text));
    let (verdict, rest) = rest.split_once('"').unwrap();
    let (_, title) = rest.split_once("<h2>").unwrap();
    (verdict, title.split_once('<').unwrap().0)
}

/// The part of the page that answers.
fn answer(page: &Page) -> &str {
    let (_, rest) = page.text.split_once(r#"id="result""#).expect("an answer");
    rest.split_once("</section>").unwrap().0
}

/// Chooses the first words on offer on the case page.
async fn choose(app: &App, holder: &Holder) -> (Browser, String) {
    let mut browser = Browser::new(app);
    browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
    let offered = browser.get("/case/words?lang=en").await;
    let csrf = offered.csrf();
    let chosen = browser.post("/case/words", &[("csrf", &csrf), ("round", "0"), ("lang", "en"), ("choice", "0")]).await;
    assert_eq!((chosen.status, chosen.location.as_str()), (StatusCode::SEE_OTHER, "/case#words"));
    let words = holder.case(app).await["words"].as_str().unwrap().to_owned();
    assert!(offered.text.contains(&words));
    (browser, words)
}

#[test]
fn a_message_of_ours_is_confirmed_on_a_fresh_device_by_the_code_or_by_the_words() {
    on_both(async |app| {
        let Told { holder, number } = told(&app, "someone drained my wallet").await;
        let (_, words) = choose(&app, &holder).await;
        for secret in
            [holder.code.as_str(), &holder.code.to_lowercase(), &words, &words.to_uppercase().replace(' ', "-")]
        {
            let page = ask(&app, &format!("{OURS}\n\nCheck number: {number}"), secret).await;
            // The label stands among what was pasted, so it is not word for word ours.
            assert_eq!(verdict(&page).0, "no", "{secret}");
            let page = ask(&app, &format!("{OURS}\n\n{number}\n{words}"), secret).await;
            assert_eq!(verdict(&page), ("yes", "This message is from us"), "{secret}");
            assert!(answer(&page).contains("Word for word") && answer(&page).contains(&holder.reference));
            assert!(answer(&page).contains(&words), "a reader who never chose these words notices");
        }
        let alone = ask(&app, &number.to_lowercase(), &holder.code).await;
        assert_eq!(verdict(&alone).0, "yes");
        assert!(!alone.text.contains("drained"), "what the case says is told to nobody here");
    });
}

#[test]
fn a_forged_message_with_a_true_number_fails() {
    on_both(async |app| {
        let Told { holder, number } = told(&app, "someone drained my wallet").await;
        let forged = OURS.replace("Do not send anything to", "Send everything to");
        assert_eq!(
            verdict(&ask(&app, &format!("{forged} {number}"), &holder.code).await),
            ("no", "Not ours: the words were changed")
        );
        let longer = format!("{OURS} Then call +44 20 7946 0000. {number}");
        assert_eq!(verdict(&ask(&app, &longer, &holder.code).await), ("no", "Only a part of this is ours"));
        let none = ask(&app, "Dear customer, this is the security team. Reply at once.", &holder.code).await;
        assert_eq!(verdict(&none), ("no", "Nothing shows that this is ours"));
    });
}

#[test]
fn a_check_is_no_oracle_of_cases() {
    on_both(async |app| {
        let mine = told(&app, "someone drained my wallet").await;
        let other = told(&app, "I typed my recovery words into a site").await;
        let (_, words) = choose(&app, &other.holder).await;
        let unknown = "CK-0000-1111-2222";
        let mut refused = Vec::new();
        for (number, secret) in [
            (unknown, mine.holder.code.as_str()),
            (unknown, "amber otter lantern"),
            (&mine.number, "ABCDE-FGHJK"),
            (&mine.number, "amber otter lantern"),
            (&mine.number, &other.holder.code),
            (&mine.number, &words),
            (&other.number, &mine.holder.code),
            (&mine.number, &mine.holder.reference),
            (&mine.number, "x"),
        ] {
            let page = ask(&app, number, secret).await;
            refused.push((page.status, answer(&page).to_owned()));
        }
        refused.dedup();
        assert_eq!(refused.len(), 1, "one answer for whatever does not fit");
        app.clock.pass(Span::from_minutes(16));
        // Without a proof nothing is looked up, so a true number and a made-up one get the same page.
        let blind = [ask(&app, unknown, "").await, ask(&app, &mine.number, "").await];
        assert_eq!(verdict(&blind[0]), ("open", "We cannot tell yet"));
        assert_eq!(verdict(&blind[0]), verdict(&blind[1]));
        assert!(blind.iter().all(|page| !page.text.contains("HF-")));
    });
}

#[test]
fn guessing_beside_a_true_number_ends_in_silence_and_leaves_the_case_open_to_its_holder() {
    on_both(async |app| {
        let Told { holder, number } = told(&app, "someone drained my wallet").await;
        for _ in 0..5 {
            assert_eq!(verdict(&ask(&app, &number, "ABCDE-FGHJK").await).0, "no");
        }
        assert_eq!(verdict(&ask(&app, &number, &holder.code).await).0, "no", "the right code is not told apart now");
        holder.case(&app).await;
        app.clock.pass(Span::from_minutes(16));
        assert_eq!(verdict(&ask(&app, &number, &holder.code).await).0, "yes");
    });
}

#[test]
fn checks_from_one_place_are_limited() {
    on_sqlite(async |app| {
        let mut statuses = Vec::new();
        for _ in 0..11 {
            statuses.push(ask(&app, "CK-0000-1111-2222", "ABCDE-FGHJK").await.status);
        }
        assert_eq!(statuses[10], StatusCode::TOO_MANY_REQUESTS);
        assert!(statuses[..10].iter().all(|status| *status == StatusCode::OK));
    });
}

#[test]
fn an_open_case_page_is_proof_enough_and_another_sites_form_is_not_taken() {
    on_sqlite(async |app| {
        let Told { holder, number } = told(&app, "someone drained my wallet").await;
        let (mut browser, words) = choose(&app, &holder).await;
        let page = browser.post("/check", &[("lang", "en"), ("message", &number), ("secret", "")]).await;
        assert_eq!(verdict(&page).0, "yes");
        let request = browser.request(reqwest::Method::POST, "/check").form(&[("message", &number)]);
        let refused = browser.send(request.header("sec-fetch-site", "cross-site")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let shown = browser.get("/case").await.text;
        assert!(
            shown.contains(&number) && shown.contains(&format!("your words: <b><bdi>{words}")),
            "under each message"
        );
    });
}

#[test]
fn staff_see_the_words_so_that_they_can_say_them_and_nobody_types_any() {
    on_both(async |app| {
        let Told { holder, .. } = told(&app, "someone drained my wallet").await;
        let (mut browser, words) = choose(&app, &holder).await;
        let incident = incident_of(&app, &holder).await;
        let detail = app.staff_get(&format!("/api/v1/incidents/{incident}")).await;
        assert_eq!(detail["words"], json!([[holder.reference, words]]));
        let mut desk = Browser::new(&app);
        desk.sign_in(&app.token).await;
        assert!(desk.get(&format!("/staff/incidents/{incident}")).await.text.contains(&words));

        let page = browser.get("/case/words?round=7&lang=zh").await;
        let csrf = page.csrf();
        for (round, choice) in [("7", "3"), ("50", "0"), ("x", "0"), ("7", "official support")] {
            let refused = browser
                .post("/case/words", &[("csrf", &csrf), ("round", round), ("lang", "zh"), ("choice", choice)])
                .await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{round} {choice}");
        }
        let changed =
            browser.post("/case/words", &[("csrf", &csrf), ("round", "7"), ("lang", "zh"), ("choice", "2")]).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER);
        let now = holder.case(&app).await["words"].as_str().unwrap().to_owned();
        assert!(now != words && page.text.contains(&now));
        let forged =
            browser.post("/case/words", &[("csrf", "x"), ("round", "7"), ("lang", "zh"), ("choice", "1")]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_place_is_ours_only_when_the_operator_lists_it() {
    let plan = Plan {
        settings: |config| {
            config.official.domains = vec!["harbourwallet.com".to_owned()];
            config.official.handles = vec!["@harbour_help".to_owned()];
        },
        ..Plan::default()
    };
    on_sqlite_with(plan, async |app| {
        assert_eq!(verdict(&ask(&app, "https://harbourwallet.com/app", "").await), ("yes", "This place is ours"));
        let fake = ask(&app, "https://harbourwallet.com.help-desk.net/verify", "").await;
        assert_eq!(verdict(&fake), ("no", "Not ours"));
        assert!(answer(&fake).contains("made to look like ours") && !answer(&fake).contains("href=\"https"));
        assert_eq!(verdict(&ask(&app, "@harbour_help_desk", "").await), ("no", "Not ours"));
        assert_eq!(
            verdict(&ask(&app, "+8613800138000", "").await),
            ("open", "We cannot tell yet"),
            "no numbers are listed"
        );
        let page = Browser::new(&app).get("/check?lang=en").await.text;
        assert!(page.contains("harbourwallet.com") && page.contains("@harbour_help"), "the list itself is there");
    });
}

#[test]
fn what_is_pasted_is_scrubbed_and_kept_nowhere() {
    on_sqlite(async |app| {
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let page = ask(&app, &format!("they want this: {phrase} <script>x</script>"), "").await;
        assert!(answer(&page).contains("recovery words or a key") && !page.text.contains("sausage"));
        assert!(!page.text.contains("<script>x"));
    });
}

#[test]
fn a_message_that_came_into_being_elsewhere_is_numbered_by_the_sweep() {
    on_both(async |app| {
        let Told { holder, number } = told(&app, "someone drained my wallet").await;
        let mut tx = app.house.respond.db.begin().await.unwrap();
        let forget = holdfast::store::Sql::both("update message set mark = null");
        tx.run(forget, vec![]).await.unwrap();
        tx.commit().await.unwrap();
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert_eq!(verdict(&ask(&app, &number, &holder.code).await).0, "yes");
        let _: &Value = &holder.case(&app).await;
    });
}

#[test]
fn a_program_checks_a_message_with_the_code_and_learns_nothing_without() {
    on_both(async |app| {
        let told = told(&app, "my usdt was stolen").await;
        let ask = async |message: String, secret: &str| -> Value {
            let body = json!({"message": message, "secret": secret});
            let response = app.visitor().post(app.url("/api/v1/check")).json(&body).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            response.json().await.unwrap()
        };
        let genuine = ask(format!("{OURS} {}", told.number), &told.holder.code).await;
        assert_eq!((&genuine["outcome"], &genuine["message"]["words"]), (&json!("confirmed"), &json!("same")));
        assert_eq!(genuine["message"]["reference"], json!(told.holder.reference));
        let changed = ask(format!("Send everything to our vault. {}", told.number), &told.holder.code).await;
        assert_eq!(changed["message"]["words"], "other");
        assert_eq!(ask(told.number.clone(), "").await["outcome"], "no-secret");
        let other = Holder::of(&app.report("another matter").await);
        let (foreign, unknown) =
            (ask(told.number.clone(), &other.code).await, ask("CK-0000-0000-0000".to_owned(), &other.code).await);
        assert_eq!(foreign["outcome"], "refused");
        assert!(unknown["message"].is_null() && foreign["message"].is_null());
    });
}

#[test]
fn a_program_throws_a_letter_in_and_is_not_told_whether_there_is_a_letterbox() {
    on_both(async |app| {
        let holder = Holder::of(&app.report("my usdt was stolen").await);
        let throw = async |token: &str| {
            let body = json!({"token": token, "text": "somebody guesses at my code, please call"});
            let response = app.visitor().post(app.url("/api/v1/letters")).json(&body).send().await.unwrap();
            (response.status(), response.text().await.unwrap())
        };
        let real = throw(&holder.token).await;
        let (most, last) = holder.token.split_at(holder.token.len() - 1);
        let other = if last.eq_ignore_ascii_case("x") { "y" } else { "x" };
        assert_eq!(real, throw(&format!("{most}{other}")).await);
        assert_eq!(real.0, StatusCode::ACCEPTED);
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let said = app.staff_get(&format!("/api/v1/incidents/{incident}")).await["conversation"].to_string();
        assert_eq!(said.matches("somebody guesses at my code").count(), 1);
    });
}
