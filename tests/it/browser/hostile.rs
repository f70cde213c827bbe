//! Text that wants to be more than text stays text, for the person and for staff.

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::on_sqlite;

const TEXT: &str = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> <a href='javascript:alert(3)'>javascript:alert(3)</a> \
    '\"--></title></textarea><svg onload=alert(4)> https://evil.example/steal my usdt was stolen";
/// Turns the rest of its line around where it is believed.
const OVERRIDE: &str = "\u{202e}";

async fn no_dialog(window: &Window) {
    let dialog = window.client.get_alert_text().await;
    assert!(dialog.as_ref().is_err_and(fantoccini::error::CmdError::is_no_such_alert), "{dialog:?}");
    assert!(!window.has("img").await && !window.has("main script").await && !window.has("[onerror], [onload]").await);
    assert!(!window.has("[href^='javascript']").await && !window.has("a[href*='evil']").await);
    assert!(!window.client.source().await.unwrap().contains(OVERRIDE));
}

#[test]
fn hostile_text_is_shown_as_text_on_every_page() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        for screen in Screen::ALL {
            let window = Window::open((&driver, &app), Looks::new(screen, "en")).await;
            window.visit("/").await;
            window.fill("#text", &format!("{TEXT} {OVERRIDE}gpj.exe")).await;
            window.follow("form.report > button").await;
            window.text(".first .do").await;
            no_dialog(&window).await;
            window.follow_named("Open my case page").await;
            window.fill("#message", TEXT).await;
            window.follow("form.write > button").await;
            window.wait_for_text(("#messages", "<script>alert(1)</script>")).await;
            assert!(window.text("#messages").await.contains("hxxps://evil[.]example/steal"));
            no_dialog(&window).await;
            window.look("hostile").await;
            window.close(&[]).await;
        }
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        window.visit("/staff/sign-in").await;
        window.fill("#token", &app.token).await;
        window.follow("form.sheet > button").await;
        window.text("h1#next").await;
        no_dialog(&window).await;
        for row in app.queue().await {
            window.visit(&format!("/staff/incidents/{}", row["id"].as_str().unwrap())).await;
            assert!(window.reads().await.contains("<script>alert(1)</script>"));
            no_dialog(&window).await;
        }
        window.look("staff-hostile").await;
        window.close(&[]).await;
    });
}
