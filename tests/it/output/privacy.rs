//! What a person is told before anything is kept (PRIV-06).

use serde_json::json;

use crate::support::app::{on_both, on_sqlite};
use crate::support::case::Holder;

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

#[test]
fn passing_details_on_is_agreed_to_apart_from_the_report_recorded_and_taken_back() {
    on_both(async |app| {
        let report = json!({"text": "my usdt was stolen, I did not send it", "language": "en"});
        let response = app.visitor().post(app.url("/api/v1/reports")).json(&report).send().await.unwrap();
        let holder = Holder::of(&response.json().await.unwrap());
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let of_staff = async || app.staff_get(&format!("/api/v1/incidents/{incident}")).await["consents"].clone();
        let said = async |given: bool| {
            let case = holder.does(&app, "/consent", &json!({"given": given})).await;
            case["consent"].is_string()
        };
        assert_eq!(of_staff().await, json!([]), "a report alone agrees to nothing");

        assert!(said(true).await);
        assert_eq!(of_staff().await[0][0], json!(holder.reference));
        assert!(said(true).await, "once more changes nothing");
        assert!(!said(false).await);
        assert_eq!(of_staff().await, json!([]));

        let mut tx = app.house.respond.db.read().await.unwrap();
        let entries = holdfast::store::audit::page(&mut tx, 0, 1_000).await.unwrap();
        let given: Vec<String> = entries
            .iter()
            .filter(|entry| entry.entry.action == "case.consent")
            .map(|entry| format!("{entry:?}"))
            .collect();
        assert_eq!(given.len(), 2, "each word once: {given:?}");
        assert!(given[0].contains("true") && given[1].contains("false"), "{given:?}");
    });
}
