//! What the other journeys rely on: the browser would complain, the pages are small, the cookies are kept.

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::on_sqlite;

/// Of the first answer, as the server sends it.
const FIRST_PAGE: usize = 30 * 1024;

#[test]
fn the_first_page_is_small_in_every_language() {
    on_sqlite(async |app| {
        for language in ["en", "zh"] {
            let response = app.visitor().get(app.url("/")).header("accept-language", language).send().await.unwrap();
            let size = response.bytes().await.unwrap().len();
            assert!(size < FIRST_PAGE, "{language}: {size} bytes");
        }
    });
}

#[test]
fn what_the_policy_stops_is_seen_by_these_journeys() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        window.visit("/").await;
        assert_eq!(window.complaints().await, Vec::<String>::new());
        let tricks = [
            "const style = document.createElement('style'); style.textContent = 'p{}'; document.head.append(style)",
            "const image = new Image(); image.src = 'https://elsewhere.example/x.png'; document.body.append(image)",
            "const script = document.createElement('script'); script.textContent = '1'; document.body.append(script)",
        ];
        for trick in tricks {
            drop(window.client.execute(trick, vec![]).await);
            assert_ne!(window.complaints().await, Vec::<String>::new(), "{trick}");
        }
        window.client.clone().close().await.unwrap();
    });
}

#[test]
fn chromium_keeps_our_cookies_on_a_loopback_address() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        window.visit("/staff/sign-in").await;
        let cookie = window.client.get_named_cookie("__Host-hf_before").await.unwrap();
        assert_eq!((cookie.secure(), cookie.http_only(), cookie.path()), (Some(true), Some(true), Some("/")));
        assert_eq!(cookie.domain(), Some("127.0.0.1"), "for this host alone");
        window.close(&[]).await;
    });
}
