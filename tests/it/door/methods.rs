//! Methods, preflights and headers that pretend to come from a proxy.

use std::collections::BTreeMap;

use reqwest::{Method, StatusCode};

use super::filled;
use crate::support::app::{Plan, on_sqlite, on_sqlite_with};
use crate::support::raw;
use holdfast::web::routes;

#[test]
fn no_route_answers_a_preflight() {
    on_sqlite(async |app| {
        for route in routes::declared(&app.house) {
            for origin in ["https://elsewhere.example", "null", app.url("").as_str()] {
                let request = app
                    .visitor()
                    .request(Method::OPTIONS, app.url(&filled(route)))
                    .header("origin", origin)
                    .header("access-control-request-method", route.method)
                    .header("access-control-request-headers", "authorization, content-type");
                let response = request.send().await.unwrap();
                // What a source asks before it sends (CloudEvents) is refused like any unproven delivery.
                let expected = if route.path == "/api/v1/alerts/{endpoint}" {
                    StatusCode::UNAUTHORIZED
                } else {
                    StatusCode::METHOD_NOT_ALLOWED
                };
                assert_eq!(response.status(), expected, "{route:?}");
                let shared = response.headers().keys().find(|name| name.as_str().starts_with("access-control-"));
                assert!(shared.is_none(), "{shared:?} {route:?}");
            }
        }
    });
}

#[test]
fn an_origin_is_never_echoed() {
    on_sqlite(async |app| {
        for route in routes::declared(&app.house).into_iter().filter(|route| route.method == "GET") {
            let request = app.staff(Method::GET, &filled(route)).header("origin", "https://elsewhere.example");
            let response = request.send().await.unwrap();
            let shared = response.headers().keys().find(|name| name.as_str().starts_with("access-control-"));
            assert!(shared.is_none(), "{shared:?} {route:?}");
            assert!(
                response.headers().values().all(|value| !value.to_str().unwrap_or("").contains("elsewhere")),
                "{route:?}"
            );
        }
    });
}

#[test]
fn a_method_that_a_route_does_not_have_is_refused_with_those_it_has() {
    on_sqlite(async |app| {
        let mut methods: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for route in routes::declared(&app.house) {
            methods.entry(filled(route)).or_default().push(route.method);
        }
        for (path, known) in methods {
            for method in ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "POST", "GET"] {
                if known.contains(&method) || (path.starts_with("/staff/incidents/") && path.ends_with("/claim")) {
                    continue;
                }
                let response = app.visitor().request(method.parse().unwrap(), app.url(&path)).send().await.unwrap();
                assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
                let allow = response.headers()["allow"].to_str().unwrap();
                assert!(
                    known.iter().all(|known| allow.contains(known)) && !allow.contains(method),
                    "{method} {path}: {allow}"
                );
            }
        }
        let connect =
            raw::exchange(&app, b"CONNECT example.org:443 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
        assert!((400..500).contains(&raw::status(&connect)), "{connect}");
    });
}

#[test]
fn forged_addresses_widen_no_limit() {
    let narrow = Plan { settings: |config| config.limits.reports_burst = 2, ..Plan::default() };
    on_sqlite_with(narrow, async |app| {
        let mut kept = 0;
        for number in 0..50 {
            let address = format!("198.51.100.{number}");
            let request = app
                .visitor()
                .post(app.url("/api/v1/reports"))
                .json(&serde_json::json!({"text": "help, coins are gone"}));
            let request = request
                .header("x-forwarded-for", &address)
                .header("forwarded", format!("for={address}"))
                .header("x-real-ip", &address)
                .header("true-client-ip", &address);
            kept += usize::from(request.send().await.unwrap().status() == StatusCode::CREATED);
        }
        assert_eq!(kept, 2);
    });
}

#[test]
fn a_request_number_from_outside_is_not_taken_over() {
    on_sqlite(async |app| {
        let request = app.visitor().get(app.url("/health/live")).header("x-request-id", "mine");
        let response = request.send().await.unwrap();
        assert_ne!(response.headers()["x-request-id"], "mine");
    });
}
