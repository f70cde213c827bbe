//! Sign-in through an issuer in a real browser: the issuer lies on another site, so that what the house may set, send and
//! be sent is what browsers let it.

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::people::federated::{ISSUERS, issuer, settings, stub};
use crate::support::app::{Plan, on_sqlite_with};

/// ID-17: the button leads to the issuer although a form may post to us alone, and the page on the way back moves on with a
/// strict cookie, which a redirect from another site would leave behind.
#[test]
fn a_browser_goes_to_another_site_and_comes_back_signed_in() {
    fn by_name(config: &mut holdfast::config::Config) {
        settings(config);
        let one = issuer(config, "window");
        config.issuer.push(one);
        "http://localhost:0".clone_into(&mut config.public_url);
    }
    on_sqlite_with(Plan { settings: by_name, ..ISSUERS }, async |app| {
        stub::visited_by("window", ("ada", app.clock_now()));
        let driver = Driver::start();
        let window = Window::open_by_name((&driver, &app), Looks::new(Screen::Phone, "en")).await;
        window.visit("/staff/sign-in").await;
        window.look("staff-sign-in-issuers").await;
        window.press("form[action=\"/staff/federated/window\"] > button").await;
        window.wait_for_text(("#main", "Where you are signed in")).await;
        assert_eq!(window.place().await, "/staff/me");
        window.look("staff-me-without-a-role").await;
        let complaints = window.complaints().await;
        assert!(complaints.is_empty(), "the console says {complaints:#?}");
        window.visit("/staff/me").await;
        assert_eq!(window.place().await, "/staff/me");
    });
}
