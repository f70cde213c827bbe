//! `/.well-known/security.txt`, read as RFC 9116 says (OUT-10).

use std::collections::BTreeMap;

use holdfast::time::{Clock, Span, Timestamp};
use reqwest::StatusCode;

use crate::support::app::{App, Plan, on_sqlite, on_sqlite_with};

async fn fields(app: &App) -> BTreeMap<String, String> {
    let response = app.visitor().get(app.url("/.well-known/security.txt")).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    let text = response.text().await.unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let fields: Vec<(String, String)> = lines
        .map(|line| line.split_once(": ").unwrap_or_else(|| panic!("{line} is no field")))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let map: BTreeMap<String, String> = fields.iter().cloned().collect();
    assert_eq!(map.len(), fields.len(), "each field once");
    map
}

#[test]
fn researchers_find_whom_to_tell_until_when_and_by_which_rules() {
    let plan = Plan {
        settings: |config| {
            config.security_contact = "security@example.org".to_owned();
            config.security_policy = "https://example.org/security".to_owned();
        },
        ..Plan::default()
    };
    on_sqlite_with(plan, async |app| {
        for days in [0, 400] {
            app.clock.pass(Span::from_days(days));
            let fields = fields(&app).await;
            assert_eq!(fields["contact"], "mailto:security@example.org");
            let whole =
                app.visitor().get(app.url("/.well-known/security.txt")).send().await.unwrap().text().await.unwrap();
            assert!(
                whole.starts_with("# ") && whole.contains(&format!("at {}/\n", app.url(""))),
                "people in trouble are led away: {whole}"
            );
            assert_eq!(fields["policy"], "https://example.org/security");
            assert_eq!(fields["canonical"], app.url("/.well-known/security.txt"));
            assert_eq!(fields["preferred-languages"], "en, zh");
            let expires: Timestamp = fields["expires"].parse().unwrap();
            let left = expires.since(app.clock.now());
            assert!(left > Span::from_days(30) && left < Span::from_days(365), "never soon over, never over a year");
        }
    });
}

#[test]
fn without_a_contact_there_is_no_file_that_leads_nowhere() {
    on_sqlite(async |app| {
        let response = app.visitor().get(app.url("/.well-known/security.txt")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    });
}
