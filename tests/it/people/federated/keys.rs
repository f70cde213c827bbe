//! Keys of an issuer that changes them: found when they are needed, asked for once a minute at most (ID-17).

use reqwest::StatusCode;
use serde_json::json;

use super::{ISSUERS, leave, onward, stub, through, vouched};
use crate::support::app::{Plan, on_both_with};
use crate::support::browser::Browser;
use crate::support::person::member;
use holdfast::time::Span;

#[test]
fn a_new_key_is_found_and_an_unknown_one_asked_for_once_a_minute() {
    fn rotating(config: &mut holdfast::config::Config) {
        super::settings(config);
        let one = super::issuer(config, "rotating");
        config.issuer.push(one);
    }
    on_both_with(Plan { settings: rotating, ..ISSUERS }, async |app| {
        member(&app, ("root", "admin")).await;
        stub::rotate("rotating", 1);
        let before = stub::asked("rotating");
        let asked = || stub::asked("rotating") - before;
        let mut browser = Browser::new(&app);
        through(&app, &mut browser, ("rotating", "ada")).await;
        through(&app, &mut browser, ("rotating", "ada")).await;
        assert_eq!(asked(), 1, "they are kept");
        stub::rotate("rotating", 2);
        let come = async |browser: &mut Browser| {
            let way = leave(browser, "rotating").await;
            vouched(&app, browser, (&way, "ada", json!({"amr": ["mfa"]}))).await
        };
        for _ in 0..3 {
            assert_eq!(come(&mut browser).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(asked(), 1, "not within a minute");
        app.clock.pass(Span::from_minutes(1));
        assert_eq!(onward(&come(&mut browser).await), "/staff/me");
        assert_eq!(asked(), 2);
        // Whoever comes with keys that do not exist makes nobody ask more often.
        for _ in 0..5 {
            let way = leave(&mut browser, "rotating").await;
            let said = stub::claims(&way, ("eve", app.clock_now()));
            let given = stub::code(&way, stub::signed(&way, &said, Some(77)));
            let query = [("code", given), ("state", stub::asked_for(&way, "state"))];
            let query = query.each_ref().map(|(name, value)| (*name, value.as_str()));
            assert_eq!(super::come_back(&mut browser, &query).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(asked(), 2);
        // An issuer that cannot say who it is for a while: what is known of it stays.
        stub::lie("rotating", Some(json!({"issuer": "https://evil.example"})));
        app.clock.pass(Span::from_minutes(61));
        assert_eq!(onward(&come(&mut browser).await), "/staff/me");
        stub::lie("rotating", None);
    });
}
