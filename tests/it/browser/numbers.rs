//! The figures as they look: on a desk and a phone, in light and dark.

use serde_json::json;

use super::desk::sign_in;
use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::numbers::{DRAIN, ROUTINE, act, judge, take};
use crate::support::app::{App, on_sqlite};
use crate::support::case::Holder;
use holdfast::access::Scopes;
use holdfast::time::Span;

/// A week with something of everything.
async fn week(app: &mut App) {
    let texts =
        [DRAIN, ROUTINE, "someone moved my TRON, no permission", "my withdrawal is pending since monday", DRAIN];
    for day in 0..6 {
        for (place, text) in texts.iter().enumerate() {
            let holder = Holder::of(&app.report(text).await);
            app.clock.pass(Span::from_minutes(7));
            if place == 4 {
                holder.does(app, "/feedback", &json!({"satisfaction": 1, "text": "nobody answered"})).await;
            }
            if (day + place) % 2 == 0 {
                let taken = take(app, &app.token).await;
                app.clock.pass(Span::from_minutes(3));
                act(app, &app.token, (&taken, "message", json!({"text": "we are with you"}))).await;
                judge(app, &app.token, (&taken, if place == 0 { "false-alarm" } else { "confirmed" })).await;
                holder.does(app, "/feedback", &json!({"satisfaction": 3 + day % 3})).await;
            }
        }
        app.clock.pass(Span::from_days(1));
        app.token = app.token_of("responder", Scopes::all()).await;
    }
}

#[test]
fn the_figures_fit_every_screen_and_break_no_policy() {
    on_sqlite(async |mut app| {
        week(&mut app).await;
        let driver = Driver::start();
        for (screen, language, dark) in [
            (Screen::Desk, "en", false),
            (Screen::Desk, "zh", true),
            (Screen::Phone, "en", false),
            (Screen::Phone, "zh", true),
        ] {
            let looks = Looks { dark, ..Looks::new(screen, language) };
            let window = Window::open((&driver, &app), looks).await;
            sign_in(&window, &app.token).await;
            window.visit("/staff/numbers?days=7").await;
            window.look("staff-numbers").await;
            window.visit("/staff/shift").await;
            window.look("staff-desk").await;
            window.visit("/staff/feedback").await;
            window.look("staff-feedback").await;
            window.visit("/staff").await;
            window.look("staff-home-alarms").await;
            window.close(&[404]).await;
        }
    });
}
