//! A passkey in a real browser, with Chromium's own authenticator: made, shown at sign-in, shown again.

use serde_json::json;

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::{Plan, on_sqlite_with};
use crate::support::person::{PASSWORD, invited};
use holdfast::time::Span;

#[test]
fn staff_make_a_passkey_sign_in_with_it_and_show_it_again() {
    let plan = Plan {
        settings: |config| {
            "http://localhost:0".clone_into(&mut config.public_url);
            config.people.codes_for_admins = false;
        },
        ..Plan::default()
    };
    on_sqlite_with(plan, async |app| {
        let driver = Driver::start();
        let window = Window::open_by_name((&driver, &app), Looks::new(Screen::Phone, "zh-CN")).await;
        window.devtools("WebAuthn.enable", json!({})).await;
        let options = json!({"protocol": "ctap2", "transport": "internal", "hasUserVerification": true, "isUserVerified": true, "hasResidentKey": true, "automaticPresenceSimulation": true});
        window.devtools("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await;
        let (_, link) = invited(&app, ("ada", "admin responder")).await;
        window.visit(&format!("/staff/join/{link}")).await;
        window.fill("#password", PASSWORD).await;
        window.follow("form.sheet > button").await;
        window.look("staff-enrol-passkey").await;
        window.follow("form[data-passkey] > button").await;
        assert_eq!(window.text("ol.secret li:last-child code").await.len(), "9-0000-0000-0000-0000".len());
        window.visit("/staff/people").await;
        assert_eq!(window.place().await, "/staff/people");

        window.client.delete_all_cookies().await.unwrap();
        window.visit("/staff/sign-in").await;
        window.fill("#login", "ada").await;
        window.fill("#password", PASSWORD).await;
        window.follow("form.sheet > button").await;
        window.look("staff-second-passkey").await;
        window.follow("form[data-passkey] > button").await;
        assert_eq!(window.place().await, "/staff");

        app.clock.pass(Span::from_minutes(6));
        window.visit("/staff/enrol").await;
        window.look("staff-step-up-passkey").await;
        window.follow("form[data-passkey] > button").await;
        assert_eq!(window.place().await, "/staff/enrol");
    });
}
