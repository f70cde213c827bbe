//! Security headers on every route and every error (OUT-02, OUT-03).

use std::collections::BTreeSet;

use reqwest::header::HeaderMap;
use reqwest::{Method, Response};
use serde_json::json;

use super::filled;
use crate::support::app::{App, on_sqlite};
use crate::support::browser::Browser;
use crate::support::raw;
use holdfast::web::routes;

const ALWAYS: [(&str, &str); 9] = [
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("x-frame-options", "DENY"),
    ("origin-agent-cluster", "?1"),
];
const ABSENT: [&str; 7] = [
    "server",
    "x-powered-by",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
];

fn value<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map_or("", |value| value.to_str().unwrap());
    assert!(values.next().is_none(), "{name} is there twice");
    value
}

/// Checks an answer, and gives the nonce of a page.
fn dressed(headers: &HeaderMap, what: &str) -> Option<String> {
    for (name, expected) in ALWAYS {
        assert_eq!(value(headers, name), expected, "{name}: {what}");
    }
    for name in ABSENT {
        assert!(!headers.contains_key(name), "{name}: {what}");
    }
    assert_eq!(value(headers, "x-request-id").len(), 32, "{what}");
    let policy = value(headers, "content-security-policy");
    if !value(headers, "content-type").starts_with("text/html") {
        assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'", "{what}");
        return None;
    }
    let nonce = policy.split_once("script-src 'nonce-").unwrap().1.split('\'').next().unwrap().to_owned();
    assert!(nonce.len() >= 22, "128 bits: {nonce}");
    let expected = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; font-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; \
         require-trusted-types-for 'script'; report-to csp"
    );
    assert_eq!(policy, expected, "{what}");
    assert_eq!(value(headers, "reporting-endpoints"), "csp=\"/csp-reports\"", "{what}");
    Some(nonce)
}

fn not_stored(response: &Response, what: &str) {
    assert_eq!(value(response.headers(), "cache-control"), "no-store", "{what}");
}

#[test]
fn every_route_answers_strangers_with_all_headers() {
    on_sqlite(async |app| {
        for route in routes::declared(&app.house) {
            for accept in ["text/html", "application/json"] {
                let request = app.visitor().request(route.method.parse().unwrap(), app.url(&filled(route)));
                let response = request.header("accept", accept).send().await.unwrap();
                let what = format!("{route:?} {accept} {}", response.status());
                assert!(!response.status().is_server_error(), "{what}");
                dressed(response.headers(), &what);
                not_stored(&response, &what);
            }
        }
    });
}

#[test]
fn every_route_answers_staff_with_all_headers() {
    on_sqlite(async |app| {
        app.report("someone drained my wallet").await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let staff = routes::declared(&app.house).into_iter().filter(|route| route.path != "/staff/sign-out");
        for route in staff {
            let by_token = app.staff(route.method.parse().unwrap(), &filled(route)).send().await.unwrap();
            let by_cookie = browser.request(route.method.parse().unwrap(), &filled(route)).send().await.unwrap();
            for response in [by_token, by_cookie] {
                let what = format!("{route:?} {}", response.status());
                dressed(response.headers(), &what);
                not_stored(&response, &what);
            }
        }
    });
}

#[test]
fn every_error_has_all_headers_and_is_a_problem() {
    on_sqlite(async |app| {
        let requests = [
            (404, app.visitor().get(app.url("/nothing"))),
            (404, app.visitor().get(app.url("/api/v1/nothing"))),
            (404, app.visitor().get(app.url("/../../etc/passwd"))),
            (405, app.visitor().delete(app.url("/api/v1/reports"))),
            (405, app.visitor().put(app.url("/"))),
            (400, app.visitor().post(app.url("/api/v1/reports")).header("content-type", "application/json").body("{")),
            (
                413,
                app.visitor()
                    .post(app.url("/api/v1/reports"))
                    .header("content-type", "application/json")
                    .body("x".repeat(70_000)),
            ),
            (415, app.visitor().post(app.url("/api/v1/reports")).body("x")),
            (422, app.visitor().post(app.url("/api/v1/reports")).json(&json!({"text": ""}))),
            (401, app.visitor().get(app.url("/api/v1/queue"))),
            (401, app.visitor().post(app.url("/api/v1/alerts/events"))),
            (401, app.visitor().get(app.url("/case"))),
            (414, app.visitor().get(app.url(&format!("/{}", "x".repeat(5_000))))),
            (431, app.visitor().get(app.url("/")).header("x-long", "x".repeat(20_000))),
        ];
        for (status, request) in requests {
            let what = format!("{status} {request:?}");
            let response = request.send().await.unwrap();
            assert_eq!(response.status().as_u16(), status, "{what}");
            dressed(response.headers(), &what);
            not_stored(&response, &what);
            assert_eq!(value(response.headers(), "content-type"), "application/problem+json", "{what}");
            let id = value(response.headers(), "x-request-id").to_owned();
            let problem: serde_json::Value = response.json().await.unwrap();
            assert_eq!(
                (problem["status"].as_u64(), problem["instance"].as_str()),
                (Some(u64::from(status)), Some(format!("urn:request:{id}").as_str())),
                "{what}"
            );
        }
    });
}

#[test]
fn a_request_that_could_be_read_in_two_ways_is_refused_with_all_headers() {
    on_sqlite(async |app| {
        for lines in [
            "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
            "GET / HTTP/1.1\r\nhost : x\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: x\r\n folded: y\r\n\r\n",
        ] {
            let answer = raw::exchange(&app, lines.as_bytes()).await;
            assert_eq!(raw::status(&answer), 400, "{lines:?}: {answer}");
            let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
            for (name, expected) in ALWAYS {
                assert!(head.contains(&format!("\r\n{name}: {}", expected.to_lowercase())), "{name}: {answer}");
            }
            assert!(!head.contains("\r\nserver:"), "{answer}");
        }
    });
}

#[test]
fn a_nonce_is_fresh_on_every_page_and_marks_its_style_and_script() {
    on_sqlite(async |app| {
        let mut nonces = BTreeSet::new();
        for _ in 0..20 {
            let response = app.visitor().get(app.url("/")).header("accept", "text/html").send().await.unwrap();
            let nonce = dressed(response.headers(), "the report page").unwrap();
            let page = response.text().await.unwrap();
            assert!(page.contains(&format!("nonce=\"{nonce}\"")));
            let marked = ["<style", "<script", "<link rel=\"stylesheet\""].map(|element| page.matches(element).count());
            assert_eq!(page.matches("nonce=\"").count(), marked.iter().sum::<usize>(), "all of them and nothing else");
            nonces.insert(nonce);
        }
        assert_eq!(nonces.len(), 20);
    });
}

#[test]
fn what_never_changes_is_stored_and_still_has_all_headers() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let pages = [browser.get("/").await.text, browser.get("/staff").await.text].concat();
        let names: BTreeSet<&str> =
            pages.match_indices("/assets/").map(|(at, _)| pages[at..].split(['"', ')', '?']).next().unwrap()).collect();
        assert!(!names.is_empty());
        for name in names {
            let response = app.visitor().get(app.url(name)).send().await.unwrap();
            assert_eq!(response.status().as_u16(), 200, "{name}");
            dressed(response.headers(), name);
            assert!(value(response.headers(), "cache-control").ends_with("immutable"), "{name}");
        }
    });
}

#[test]
fn pages_of_a_case_are_for_nobodys_index() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        browser.report("someone drained my wallet").await;
        for path in ["/c/0123456789ABCDEFGHJKMNPQRSTVWXYZ", "/case"] {
            let response = browser.request(Method::GET, path).send().await.unwrap();
            assert_eq!(value(response.headers(), "x-robots-tag"), "noindex, nofollow", "{path}");
        }
        let wrong = browser.request(Method::POST, "/c/x").form(&[("code", "x")]).send().await.unwrap();
        assert_eq!(value(wrong.headers(), "x-robots-tag"), "noindex, nofollow");
    });
}

/// The house may be called anything: links are built from its settings, never from a request.
#[test]
fn a_made_up_host_appears_nowhere() {
    on_sqlite(async |app| {
        let answer = app
            .visitor()
            .post(app.url("/api/v1/reports"))
            .header("host", "evil.example")
            .header("x-forwarded-host", "evil.example")
            .header("forwarded", "host=evil.example")
            .json(&json!({"text": "someone drained my wallet"}));
        let text = answer.send().await.unwrap().text().await.unwrap();
        assert!(text.contains(&link_of(&app)) && !text.contains("evil.example"), "{text}");
    });
}

fn link_of(app: &App) -> String {
    app.url("/c/")
}
