//! Two names of one house: what is begun under the one is nothing under the other (OUT-04).

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::on_sqlite;

#[test]
fn a_session_of_one_host_is_none_on_another() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        window.visit("/").await;
        window.fill("#text", "someone drained my wallet").await;
        window.follow("form.report > button").await;
        window.visit("/staff/sign-in").await;
        window.fill("#token", &app.token).await;
        window.follow("form.sheet > button").await;
        window.text("h1#next").await;

        let other = format!("http://localhost:{}", app.address.port());
        window.client.goto(&format!("{other}/staff")).await.unwrap();
        assert_eq!(window.place().await, "/staff/sign-in");
        window.client.goto(&format!("{other}/case")).await.unwrap();
        assert_eq!(window.text("h1").await, "Your case page has closed itself");

        window.visit("/staff").await;
        window.text("h1#next").await;
        window.visit("/case").await;
        assert!(window.reads().await.contains("HF-"), "and where it was begun it still is");
        window.client.clone().close().await.unwrap();
    });
}
