//! The help place: everyday questions find their answers, what cannot wait is sent to report.

use reqwest::StatusCode;

use crate::support::app::on_sqlite;
use crate::support::browser::Browser;

/// The addresses of what was found, in order.
fn found(page: &str) -> Vec<&str> {
    let (_, rest) = page.split_once(r#"id="found""#).expect("a search was made");
    let rest = rest.split_once("</section>").unwrap().0;
    rest.split(r#"href="/help/"#).skip(1).map(|link| link.split('?').next().unwrap()).collect()
}

#[test]
fn an_everyday_question_in_any_language_finds_its_answer_first() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        for (question, first) in [
            ("my transfer is stuck", "routine-tx-pending"),
            ("转账卡住了", "routine-tx-pending"),
            ("轉帳一直待確認", "routine-tx-pending"),
            ("sent to the wrong network", "routine-wrong-network"),
            ("充值没到账", "routine-deposit-not-credited"),
            ("not enough gas", "routine-gas-insufficient"),
            ("how do i add a network", "routine-add-network"),
            ("where to keep my recovery words", "recovery-words"),
            ("怎么保管助记词", "recovery-words"),
            ("forgot the app password", "routine-password-forgot-seed-held"),
        ] {
            let page = browser.post("/help", &[("q", question), ("lang", "en")]).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(found(&page.text).iter().take(2).any(|id| *id == first), "{question}: {:?}", found(&page.text));
        }
    });
}

#[test]
fn what_cannot_wait_is_told_to_report_first() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        for (question, urgent) in [
            ("someone drained my wallet", true),
            ("我的币被转走了", true),
            ("legal winner thank year wave sausage worth useful legal winner thank yellow", true),
            ("transfer pending", false),
            ("how to add a token", false),
        ] {
            let page = browser.post("/help", &[("q", question), ("lang", "en")]).await;
            assert_eq!(page.text.contains("cannot wait"), urgent, "{question}");
            assert!(!page.text.contains("sausage"));
        }
    });
}

#[test]
fn every_article_has_its_steps_and_a_way_to_a_person() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        for language in ["en", "zh", "zh-Hant"] {
            let all = browser.get(&format!("/help?lang={language}")).await;
            assert!(all.text.len() < 30_000, "{}", all.text.len());
            let links: Vec<String> = all
                .text
                .split(r#"href="/help/"#)
                .skip(1)
                .map(|link| link.split('"').next().unwrap().to_owned())
                .collect();
            assert!(links.len() >= 15, "{}", links.len());
            for link in links {
                let page = browser.get(&format!("/help/{}", link.replace("&amp;", "&"))).await;
                assert_eq!(page.status, StatusCode::OK, "{link}");
                assert!(page.text.len() < 30_000, "{link}: {}", page.text.len());
                assert!(page.text.contains(r#"href="/#report""#) && page.text.contains(r#"id="person""#), "{link}");
            }
        }
        for nothing in ["/help/seed-phrase-leak", "/help/routine-other", "/help/x"] {
            assert_eq!(browser.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
        }
    });
}

#[test]
fn a_question_that_nothing_fits_still_leads_on_and_markup_in_it_is_text() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.post("/help", &[("q", "<b>zebra</b>\"'"), ("lang", "en")]).await;
        assert!(found(&page.text).is_empty(), "{:?}", found(&page.text));
        assert!(page.text.contains("Ask us") && !page.text.contains("<b>zebra"));
        let long = "x".repeat(201);
        let refused = browser.post("/help", &[("q", long.as_str())]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
