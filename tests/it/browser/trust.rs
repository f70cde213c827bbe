//! Checking a message, choosing words, finding help and saying how we did, as a person sees it.

use serde_json::json;

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::{Plan, on_sqlite_with};
use holdfast::respond::{About, NewNotice};
use holdfast::time::Span;

const OURS: &str = "Please do not send anything to the address that they gave you. Stay on this page.";

fn plan() -> Plan {
    Plan {
        settings: |config| {
            "Harbour Wallet".clone_into(&mut config.brand);
            config.official.domains = vec!["harbourwallet.com".to_owned()];
            config.official.handles = vec!["@harbour_help".to_owned()];
            config.official.downloads = vec!["https://apps.apple.com/app/id1234567890".to_owned()];
        },
        ..Plan::default()
    }
}

#[test]
fn a_message_is_checked_on_the_phone_with_words_of_ones_own() {
    for (language, looks) in [
        ("en", Looks::new(Screen::Phone, "en")),
        ("zh", Looks::new(Screen::Phone, "zh-CN,zh").without_script()),
        ("en", Looks::new(Screen::Desk, "en")),
    ] {
        on_sqlite_with(plan(), async |app| {
            let notice = NewNotice {
                kind: About::Outbreak,
                en: "A false Harbour Wallet app is offered in adverts since this morning. It asks for recovery words."
                    .to_owned(),
                zh: "今天上午起，有广告推广假的钱包应用，会索要助记词。".to_owned(),
                advice_en: "Install nothing from an advert. If you typed your words there, report it here.".to_owned(),
                advice_zh: "不要从广告里安装。如果已经输入过助记词，请在这里报告。".to_owned(),
            };
            app.house.respond.announce(notice, Span::from_days(1), None).await.unwrap();
            app.house.look_at_board().await.unwrap();
            let driver = Driver::start();
            let window = Window::open((&driver, &app), looks).await;
            window.visit("/").await;
            window.fill("#text", "someone drained my wallet, everything is gone").await;
            window.follow("button.strong").await;
            let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
            app.staff_post(&format!("/api/v1/incidents/{incident}/message"), &json!({"text": OURS})).await;
            window.visit("/case/words").await;
            window.look(&format!("words-{language}")).await;
            window.press("label.choice").await;
            window.follow("button.strong").await;
            window.visit("/case").await;
            window.look(&format!("case-words-{language}")).await;
            let number = window.text(".signature code").await;
            assert!(number.starts_with("CK-"));

            window.visit("/check").await;
            window.look(&format!("check-{language}")).await;
            window.fill("#message", &number).await;
            window.follow("#check button.strong").await;
            assert!(window.text("#result").await.contains("HF-"));
            window.look(&format!("check-genuine-{language}")).await;
            window.fill("#message", "https://harbourwallet-help.com/verify @harbour_helpdesk").await;
            window.follow("#check button.strong").await;
            window.look(&format!("check-fake-{language}")).await;

            window.visit("/help").await;
            window.look(&format!("help-{language}")).await;
            window.fill("#q", if language == "zh" { "转账卡住了" } else { "my transfer is stuck" }).await;
            window.follow("form.search button.strong").await;
            window.look(&format!("help-found-{language}")).await;
            window.visit("/help/after-a-theft").await;
            window.look(&format!("help-safe-{language}")).await;
            window.visit("/feedback").await;
            window.look(&format!("feedback-{language}")).await;
            window.press("label.choice").await;
            window.follow("form.sheet button.strong").await;
            assert!(window.place().await.ends_with("/feedback"));
            window.look(&format!("feedback-thanks-{language}")).await;
            window.close(&[]).await;
        });
    }
}
