//! One interrupt before something harmful, and after words came out.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

async fn stop_of(app: &App, text: &str) -> Value {
    app.report(text).await["stop"]["id"].clone()
}

#[test]
fn somebody_about_to_do_harm_is_stopped_once_and_the_report_is_kept() {
    on_both(async |app| {
        for (text, stop) in [
            ("every time i send gas it gets taken in seconds, should i send more bnb for the fee", "fund-address"),
            ("转进去的矿工费秒没，要不要再充一点把剩下的转出来", "fund-address"),
            ("a recovery expert says he can get my stolen coins back for a fee, should i pay him the fee", "pay-fee"),
            ("有人说能帮我追回被盗的币 要先付钱，我要不要先付", "pay-fee"),
            (
                "support dm'd me on telegram and asks for my 12 words to verify, should i give him my seed phrase",
                "type-words",
            ),
            ("假客服让我提供助记词核实身份，要不要给他助记词", "type-words"),
        ] {
            let answer = app.report(text).await;
            assert_eq!(answer["stop"]["id"], stop, "{text}: {}", answer["incident"]["kind"]);
            assert!(answer["stop"]["now"].as_array().unwrap().len() >= 2);
            assert!(answer["case"]["code"].is_string(), "it was kept");
        }
    });
}

#[test]
fn whoever_asks_whether_to_pay_without_saying_whom_is_stopped_as_well() {
    on_sqlite(async |app| {
        for text in [
            "A man says he can bring my stolen coins back. Should I pay?",
            "They want money before they return my coins. Must I pay a fee first?",
            "someone offers to recover my lost usdt, do I have to pay first?",
            "有人说能帮我把被盗的币找回来，我该付吗？",
            "对方说能追回我的币，必须先付费吗",
        ] {
            assert_eq!(stop_of(&app, text).await, "pay-fee", "{text}");
        }
        let holder = Holder::of(&app.report("someone drained my wallet").await);
        for text in ["Should I pay?", "Must I pay a fee first?", "要先付钱吗？", "是不是要先交手续费"] {
            let seen = holder.does(&app, "/messages", &json!({"text": text})).await;
            assert_eq!(seen["stop"]["id"], "pay-fee", "{text}");
        }
    });
}

#[test]
fn an_everyday_question_about_fees_is_not_interrupted() {
    on_sqlite(async |app| {
        for text in [
            "not enough trx for the fee, should i send some trx to my wallet first?",
            "提现手续费太高了，能不能便宜点",
            "my withdrawal has been pending for 5 days",
            "怎么添加网络",
        ] {
            assert_eq!(stop_of(&app, text).await, Value::Null, "{text}");
        }
    });
}

#[test]
fn after_words_were_taken_out_the_page_says_what_that_means_and_then_shows_the_steps_and_the_keys() {
    on_both(async |app| {
        let text = format!("my coins are leaving, the words are {PHRASE}");
        assert_eq!(stop_of(&app, &text).await, "words-removed");
        let mut browser = Browser::new(&app);
        for (lang, title, on) in [
            ("en", "We took your recovery words or key out", "Go on to my steps"),
            ("zh", "我们已经删掉了里面的助记词或私钥", "继续看我的步骤"),
            ("zh-Hant", "我們已經刪掉了裡面的助記詞或私鑰", "繼續看我的步驟"),
        ] {
            let page = super::sent(&mut browser, &[("lang", lang), ("text", &text)]).await;
            assert!(page.status.is_success());
            assert!(page.text.contains(title) && page.text.contains(on), "{lang}");
            assert!(page.text.find(title) < page.text.find("HF-"), "the interrupt stands before the steps");
            assert!(page.text.contains(r##"href="#answer""##) && page.text.contains("HF-"), "the keys are on the page");
            assert!(!page.text.contains("sausage"));
        }
    });
}

#[test]
fn a_message_that_announces_it_leads_through_the_interrupt_back_to_the_case() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        let first =
            super::sent(&mut browser, &[("lang", "en"), ("text", "every deposit to my wallet is swept by a bot")])
                .await;
        assert!(first.status.is_success());
        let csrf = browser.get("/case").await.csrf();
        let sent = [("csrf", csrf.as_str()), ("text", "I will send some more BNB for the fee now")];
        let led = browser.post("/case/messages", &sent).await;
        assert_eq!((led.status, led.location.as_str()), (StatusCode::SEE_OTHER, "/case/stop/fund-address"));
        let stop = browser.get(&led.location).await;
        assert!(stop.text.contains("Send nothing to that address") && stop.text.contains(r#"href="/case""#));
        assert!(browser.get("/case").await.text.contains("more BNB for the fee now"), "the message was kept");
        let calm = browser.post("/case/messages", &[("csrf", csrf.as_str()), ("text", "thank you")]).await;
        assert_eq!(calm.location, "/case");
        assert_eq!(browser.get("/case/stop/nothing").await.status, StatusCode::NOT_FOUND);

        let holder = Holder::of(&app.report("every deposit to my wallet is swept by a bot").await);
        let seen = holder.does(&app, "/messages", &json!({"text": "going to send trx to rescue it"})).await;
        assert_eq!(seen["stop"]["id"], "fund-address");
        let again = holder.case(&app).await;
        assert!(again.get("stop").is_none(), "once");
    });
}
