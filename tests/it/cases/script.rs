//! Traditional Chinese: who writes or asks for it reads it, from the report to the case.

use reqwest::Method;

use crate::support::app::{on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;

#[test]
fn a_report_in_traditional_script_is_answered_in_it_and_the_case_keeps_it() {
    on_both(async |app| {
        let answer = app.report("我把助記詞輸入到一個網站，錢包裡的錢被轉走了").await;
        assert_eq!(answer["guidance"]["language"], "zh-Hant");
        let first = answer["guidance"]["steps"][0]["text"].as_str().unwrap();
        assert!(first.contains("錢包") && !first.contains("钱包"), "{first}");
        let case = Holder::of(&answer).case(&app).await;
        assert_eq!(case["guidance"]["language"], "zh-Hant");
        assert!(case["guidance"]["steps"][0]["text"].as_str().unwrap().contains("錢包"));
    });
}

#[test]
fn a_browser_that_asks_for_traditional_script_gets_pages_in_it_and_can_choose_another() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        let asks = browser.request(Method::GET, "/").header("accept-language", "zh-TW,zh;q=0.9,en;q=0.5");
        let page = browser.send(asks).await.text;
        assert!(page.contains(r#"lang="zh-Hant""#) && page.contains("助記詞") && !page.contains("助记词"));
        assert!(page.contains("?lang=zh\"") && page.contains("简体中文") && page.contains("English"));
        assert!(browser.get("/").await.text.contains("繁體中文"), "offered in English too");
        let sent = browser.report_with(&[("lang", "zh-Hant"), ("text", "救命")]).await.text;
        assert!(
            sent.contains(r#"lang="zh-Hant""#) && !sent.contains("钱包"),
            "no letter of the report tells the script"
        );
    });
}
