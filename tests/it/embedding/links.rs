//! What a link fills in, and that one which does not hold costs nobody a step.

use holdfast::access::ReportLink;
use holdfast::time::Span;
use reqwest::StatusCode;

use super::{ADDRESS, KEY, OLD_KEY, STRANGE_KEY, WITH_APP, good, said, signed};
use crate::support::app::{App, on_sqlite_with};
use crate::support::browser::Browser;

const BROKEN: &str = "The link from your app is too old or not whole";

/// What staff see of the newest report.
async fn facts(app: &App) -> serde_json::Value {
    let id = app.queue().await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).max().unwrap();
    app.staff_get(&format!("/api/v1/incidents/{id}")).await["signals"][0]["facts"].clone()
}

#[test]
fn a_link_fills_in_account_wallet_and_language() {
    on_sqlite_with(WITH_APP, async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.get(&format!("/from/{}", good(&app))).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(r#"<html lang="zh-Hans""#), "{}", page.text);
        for filled in ["Example Wallet", "User-1001", ADDRESS, r#"<option value="tron" selected"#] {
            assert!(page.text.contains(filled), "{filled}: {}", page.text);
        }
        assert!(!page.text.contains(r#"name="account""#), "what is proved is not typed");
        let english = browser.get(&format!("/from/{}?lang=en", good(&app))).await;
        assert!(
            english.text.contains("Example Wallet</bdi></b> has filled in what it knows."),
            "one tap still decides"
        );
    });
}

#[test]
fn what_the_link_shows_counts_and_not_what_the_form_says_of_it() {
    on_sqlite_with(WITH_APP, async |app| {
        let mut browser = Browser::new(&app);
        let link = good(&app);
        // The form is written for longer than the link is good.
        app.clock.pass(Span::from_minutes(60));
        let fields = [("lang", "en"), ("text", "my coins are leaving"), ("link", &link), ("account", "somebody-else")];
        assert_eq!(browser.post("/report", &fields).await.status, StatusCode::SEE_OTHER, "to the steps");
        let facts = facts(&app).await;
        assert_eq!(
            (facts["account"].as_str(), facts["shown-by"].as_str()),
            (Some("U•••01"), Some("wallet")),
            "masked, and not the one typed"
        );
    });
}

#[test]
fn a_link_that_does_not_hold_opens_the_plain_page_with_a_sentence() {
    on_sqlite_with(WITH_APP, async |app| {
        let mut browser = Browser::new(&app);
        let over = ReportLink { until: said(&app).until - 1_800, ..said(&app) };
        let endless = ReportLink { until: said(&app).until + 400 * 86_400, ..said(&app) };
        let whole = good(&app);
        let links = [
            signed(STRANGE_KEY, &said(&app)),
            signed(super::KEY, &over),
            signed(super::KEY, &endless),
            whole[..whole.len() - 2].to_owned(),
            whole.replacen("wallet", "walled", 1),
            "x".to_owned(),
            "%3Cscript%3Ealert(1)%3C/script%3E".replace('/', "%2F"),
        ];
        for link in links {
            let page = browser.get(&format!("/from/{link}?lang=en")).await;
            assert_eq!(page.status, StatusCode::OK, "{link}");
            assert!(page.text.contains(BROKEN) && page.text.contains(r#"id="report""#), "{link}: {}", page.text);
            assert!(!page.text.contains("User-1001") && !page.text.contains("<script>alert"), "{link}");
        }
    });
}

#[test]
fn a_report_with_a_link_that_does_not_hold_is_taken_as_any_other() {
    on_sqlite_with(WITH_APP, async |app| {
        let mut browser = Browser::new(&app);
        let forged = signed(STRANGE_KEY, &said(&app));
        let fields = [("lang", "en"), ("text", "my coins are leaving"), ("link", &forged), ("account", "mine")];
        let page = browser.post("/report", &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "to the steps");
        let facts = facts(&app).await;
        assert_eq!((facts["account"].as_str(), facts["shown-by"].as_str()), (Some("m•••"), None), "a claim, no proof");
    });
}

#[test]
fn the_key_before_is_good_while_it_is_in_the_settings() {
    on_sqlite_with(WITH_APP, async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.get(&format!("/from/{}?lang=en", signed(OLD_KEY, &said(&app)))).await;
        assert!(page.text.contains("User-1001"));
    });
}

#[test]
fn a_secret_in_a_link_is_taken_out_and_its_words_are_text() {
    on_sqlite_with(WITH_APP, async |app| {
        let mut browser = Browser::new(&app);
        let text = "legal winner thank year wave sausage worth useful legal winner thank yellow \"><img src=x onerror=alert(1)>";
        let link = ReportLink { text: Some(text.to_owned()), account: Some("<b>x</b>".to_owned()), ..said(&app) };
        let page = browser.get(&format!("/from/{}?lang=en", signed(super::KEY, &link))).await;
        assert!(!page.text.contains("sausage") && !page.text.contains("<img") && !page.text.contains("<b>x</b>"));
        assert!(page.text.contains("&lt;b&gt;x&lt;/b&gt;"));
    });
}

#[test]
fn what_is_being_written_on_the_page_that_an_app_opened_is_kept_with_its_account() {
    on_sqlite_with(WITH_APP, async |app| {
        let link = good(&app);
        let mut browser = Browser::new(&app);
        let typed = [("lang", "en"), ("text", "somebody moved my coins"), ("link", link.as_str()), ("keep", "yes")];
        let kept = browser.post("/report/draft", &typed).await;
        assert_eq!((kept.status, kept.location), (StatusCode::SEE_OTHER, format!("/from/{link}?lang=en#report")));
        let holds = |page: &str| page.contains("somebody moved my coins") && page.contains("User-1001");
        assert!(holds(&browser.get(&format!("/from/{link}?lang=en")).await.text));
        app.clock.pass(Span::from_minutes(20));
        assert!(holds(&browser.get(&format!("/from/{link}?lang=en")).await.text), "the link is over, the draft is not");
        assert!(holds(&browser.get(&format!("/from/{}?lang=en", good(&app))).await.text), "pressed again in the app");
        let other = ReportLink { account: Some("User-2002".to_owned()), ..said(&app) };
        let page = browser.get(&format!("/from/{}?lang=en", signed(KEY, &other))).await.text;
        assert!(page.contains("User-2002") && !page.contains("somebody moved"), "another account's page");
        let strange = [("lang", "en"), ("text", "x"), ("link", "//evil.example"), ("keep", "yes")];
        assert_eq!(browser.post("/report/draft", &strange).await.location, "/?lang=en#report");
    });
}
