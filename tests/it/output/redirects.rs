//! The only redirects are to our own paths (OUT-05).

use holdfast::time::Span;
use reqwest::Method;

use crate::support::app::on_sqlite;
use crate::support::browser::Browser;
use crate::support::case::Holder;

const ELSEWHERE: [&str; 12] = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "/%2F/evil.example",
    "%2F%2Fevil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/.evil.example",
    "///evil.example/%2e%2e",
    "https://127.0.0.1@evil.example",
];
const NAMES: [&str; 6] = ["next", "url", "return", "redirect_uri", "continue", "to"];

#[test]
fn no_redirect_leads_elsewhere() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report("someone drained my wallet").await);
        for elsewhere in ELSEWHERE {
            for name in NAMES {
                let query = format!("{name}={}", elsewhere.replace('/', "%2F"));
                // As many tries of the code as one client has in this time.
                app.clock.pass(Span::from_seconds(90));
                let mut browser = Browser::new(&app);
                let opened = browser.post(&format!("/c/{}?{query}", holder.token), &[("code", &holder.code)]).await;
                assert_eq!(opened.location, "/case", "{query}");
                for path in ["/staff", "/leave", "/"] {
                    let request = browser.request(Method::GET, &format!("{path}?{query}"));
                    let page = browser.send(request.header("x-forwarded-host", "evil.example")).await;
                    let ours = page.location.is_empty()
                        || page.location.starts_with('/') && !page.location[1..].starts_with(['/', '\\']);
                    assert!(ours && !page.location.contains("evil"), "{path}?{query}: {}", page.location);
                }
            }
        }
    });
}

#[test]
fn a_path_that_looks_like_another_house_is_not_found_rather_than_followed() {
    on_sqlite(async |app| {
        for elsewhere in ELSEWHERE {
            let answer = crate::support::raw::exchange(
                &app,
                format!("GET /{elsewhere} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes(),
            )
            .await;
            assert!(!answer.to_lowercase().contains("\r\nlocation:"), "{elsewhere}: {answer}");
        }
    });
}
