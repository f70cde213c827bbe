//! What a person is told before anything is kept (PRIV-06).

use crate::support::app::on_sqlite;

/// What is kept, why, who reads it, what is taken out, how long, by language.
const TOLD: [(&str, [&str; 5]); 3] = [
    (
        "en",
        [
            "What we keep",
            "to protect what is left",
            "Our security staff read it",
            "taken out before anything is kept",
            "180 days after the case is closed",
        ],
    ),
    ("zh", ["我们保存什么", "保护剩余资产", "安全人员会看", "保存之前删除", "案件结束 180 天后删除"]),
    ("zh-Hant", ["我們保存什麼", "保護剩餘資產", "安全人員會看", "保存之前刪除", "案件結束 180 天後刪除"]),
];

#[test]
fn the_report_form_says_what_is_kept_why_and_how_long_before_it_is_sent() {
    on_sqlite(async |app| {
        for (language, told) in TOLD {
            let page =
                app.visitor().get(app.url(&format!("/?lang={language}"))).send().await.unwrap().text().await.unwrap();
            let form = page.split_once("<form").unwrap().1.split_once("</form>").unwrap().0;
            let before = form.split_once("<button class=\"strong\"").unwrap().0;
            for words in told {
                assert!(before.contains(words), "{language}: {words} is not said before the button");
            }
        }
    });
}
