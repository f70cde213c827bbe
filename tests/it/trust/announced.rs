//! What the operator announces stands on every public page as text, in the reader's language, until it ends.

use crate::support::app::{App, Plan, on_both, on_sqlite_with};
use crate::support::browser::Browser;
use holdfast::respond::{About, NewNotice};
use holdfast::store::Error;
use holdfast::time::Span;

fn outbreak() -> NewNotice {
    let words = NewNotice {
        kind: About::Outbreak,
        en: "Fake \"Harbour\" apps <script>alert(1)</script> take recovery words. See https://evil.example".to_owned(),
        zh: "有人用假的钱包应用骗取助记词。".to_owned(),
        advice_en: "Install nothing from a link.".to_owned(),
        advice_zh: "不要安装链接里的应用。".to_owned(),
    };
    words.read().unwrap()
}

async fn shown(app: &App, path: &str) -> String {
    app.house.look_at_board().await.unwrap();
    Browser::new(app).get(path).await.text
}

#[test]
fn an_announcement_stands_on_every_public_page_until_it_is_taken_down() {
    on_both(async |app| {
        assert!(!shown(&app, "/").await.contains("data-about"));
        let id = app.house.respond.announce(outbreak(), Span::from_days(1), None).await.unwrap();
        for path in ["/?lang=en", "/check?lang=en", "/help?lang=en", "/help/real-site?lang=en", "/feedback?lang=en"] {
            let page = shown(&app, path).await;
            assert!(
                page.contains(r#"data-about="outbreak""#) && page.contains("Install nothing from a link"),
                "{path}"
            );
            assert!(!page.contains("<script>alert") && !page.contains(r#"href="https://evil"#), "{path}");
            assert!(page.contains("Last changed"), "{path}");
        }
        assert!(shown(&app, "/?lang=zh").await.contains("不要安装链接里的应用"));
        assert!(shown(&app, "/?lang=zh-Hant").await.contains("不要安裝"));

        let other = NewNotice { en: "It is over.".to_owned(), ..outbreak() };
        app.clock.pass(Span::from_minutes(5));
        assert_eq!(app.house.respond.announce(other, Span::from_days(1), Some(id)).await.unwrap(), id);
        let page = shown(&app, "/?lang=en").await;
        assert!(page.contains("It is over.") && page.matches("data-about").count() == 1 && page.contains("09:05"));

        app.house.respond.clear_announcement(id).await.unwrap();
        assert!(!shown(&app, "/").await.contains("data-about"));
        assert!(matches!(app.house.respond.clear_announcement(id).await, Err(Error::Conflict { .. })));
        let listed = app.house.respond.announcements().await.unwrap();
        assert!(listed.len() == 1 && listed[0].cleared.is_some());
    });
}

#[test]
fn an_announcement_ends_by_itself() {
    on_both(async |app| {
        app.house.respond.announce(outbreak(), Span::from_minutes(60), None).await.unwrap();
        app.clock.pass(Span::from_minutes(59));
        assert!(shown(&app, "/").await.contains("data-about"));
        app.clock.pass(Span::from_minutes(1));
        assert!(!shown(&app, "/").await.contains("data-about"));
    });
}

#[test]
fn one_from_the_settings_stands_as_long_as_it_stands_there() {
    let plan = Plan { settings: |config| config.notice = vec![outbreak()], ..Plan::default() };
    on_sqlite_with(plan, async |app| {
        assert!(shown(&app, "/").await.contains("data-about"));
        app.clock.pass(Span::from_days(400));
        assert!(shown(&app, "/").await.contains("data-about"));
        let desk = Browser::new(&app).get("/staff/sign-in").await.text;
        assert!(!desk.contains("data-about"), "staff have other news");
    });
}

#[test]
fn words_in_one_language_alone_are_refused() {
    let mut half = outbreak();
    half.zh = String::new();
    assert!(half.read().is_err());
    let mut half = outbreak();
    half.advice_zh = " ".to_owned();
    assert!(half.read().is_err());
    let mut long = outbreak();
    long.en = "x".repeat(601);
    assert!(long.read().is_err());
}
