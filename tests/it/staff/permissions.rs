//! Every route for staff against every kind of token, made from the routes themselves (RB-01).

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{LOST, id};
use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::parts::{Sent, with_file};
use holdfast::access::{Permission, Scopes};
use holdfast::respond::NewToken;
use holdfast::time::Span;
use holdfast::web::routes::{self, Declared};

fn for_staff(app: &App) -> Vec<Declared> {
    let guarded = routes::declared(&app.house)
        .into_iter()
        .filter(|route| !route.console && Permission::SCOPES.contains(&route.permission));
    guarded.collect()
}

/// A request of a declared route about an incident and a file of it.
async fn ask(app: &App, (route, (incident, file)): (Declared, (&str, &str)), token: Option<&str>) -> StatusCode {
    let id = if route.path.contains("playbooks") { "fake-support" } else { incident };
    let path = route.path.replace("{id}", id).replace("{endpoint}", "events").replace("{shelf}", "copies");
    let path = path.replace("{attachment}", file);
    let url = app.url(&path);
    let method: Method = route.method.parse().unwrap();
    let mut request = app.visitor().request(method.clone(), url);
    if method == Method::POST {
        request = request.json(&json!({}));
    }
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    request.send().await.unwrap().status()
}

fn only(permission: Permission) -> Scopes {
    permission.as_str().parse().unwrap()
}

fn all_but(permission: Permission) -> Scopes {
    let others: Vec<&str> =
        Permission::SCOPES.iter().filter(|scope| **scope != permission).map(|scope| scope.as_str()).collect();
    others.join(" ").parse().unwrap()
}

#[test]
fn the_table_of_routes_and_tokens_holds_cell_by_cell() {
    on_both(async |app| {
        app.report(LOST).await;
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let file = with_file(
            app.staff(Method::POST, &format!("/api/v1/incidents/{incident}/attachments")),
            &[],
            &Sent::misnamed(b"words"),
        );
        let file: serde_json::Value = file.send().await.unwrap().json().await.unwrap();
        let about = (incident.as_str(), id(&file));
        let expired = app.token_of("expired", Scopes::all()).await;
        app.clock.pass(Span::from_days(1));
        let new = NewToken { person: "revoked".to_owned(), scopes: Scopes::all(), days: 1 };
        let (revoked_id, revoked) = app.house.respond.new_token(new).await.unwrap();
        app.house.respond.revoke_token(revoked_id).await.unwrap();
        let garbage = format!("hfk_{}", "0".repeat(64));
        let routes = for_staff(&app);
        assert!(routes.len() >= 14, "{routes:?}");
        for route in routes {
            let without = app.token_of("without", all_but(route.permission)).await;
            let exact = app.token_of("exact", only(route.permission)).await;
            let scopeless = app.token_of("scopeless", Scopes::default()).await;
            let cells = [
                ("no token", None, 401),
                ("an empty token", Some(""), 401),
                ("a made-up token", Some(garbage.as_str()), 401),
                ("a revoked token", Some(revoked.reveal()), 401),
                ("an expired token", Some(expired.as_str()), 401),
                ("a token without any scope", Some(scopeless.as_str()), 403),
                ("a token with every scope but this", Some(without.as_str()), 403),
            ];
            for (who, token, expected) in cells {
                assert_eq!(ask(&app, (route, about), token).await.as_u16(), expected, "{who}: {route:?}");
            }
            let status = ask(&app, (route, about), Some(&exact)).await.as_u16();
            assert!(
                ![401, 403, 404, 405].contains(&status) && status < 500,
                "{status} with exactly this scope: {route:?}"
            );
        }
    });
}

#[test]
fn every_route_under_the_staff_api_demands_a_scope() {
    on_sqlite(async |app| {
        let open: BTreeSet<&str> = routes::declared(&app.house)
            .into_iter()
            .filter(|route| matches!(route.permission, Permission::Public | Permission::CaseHolder))
            .map(|route| route.path)
            .filter(|path| path.starts_with("/api/"))
            .collect();
        let expected = [
            "/api/openapi.json",
            "/api/v1/alerts/{endpoint}",
            "/api/v1/chats/{name}",
            "/api/v1/cases/{reference}",
            "/api/v1/cases/{reference}/answers",
            "/api/v1/cases/{reference}/attachments",
            "/api/v1/cases/{reference}/attachments/{id}",
            "/api/v1/cases/{reference}/consent",
            "/api/v1/cases/{reference}/details",
            "/api/v1/cases/{reference}/events",
            "/api/v1/cases/{reference}/evidence",
            "/api/v1/cases/{reference}/feedback",
            "/api/v1/cases/{reference}/messages",
            "/api/v1/cases/{reference}/person",
            "/api/v1/cases/{reference}/requests",
            "/api/v1/cases/{reference}/solved",
            "/api/v1/cases/{reference}/steps/{step}",
            "/api/v1/check",
            "/api/v1/letters",
            "/api/v1/reports",
        ];
        assert_eq!(open, expected.into(), "what is open to others is listed here by hand");
    });
}

#[test]
fn what_names_nobody_in_particular_opens_nothing() {
    on_sqlite(async |app| {
        app.report(LOST).await;
        for (name, value) in [
            ("x-remote-user", "responder".to_owned()),
            ("x-forwarded-user", "responder".to_owned()),
            ("x-auth-request-user", "responder".to_owned()),
            ("x-authenticated-user", "responder".to_owned()),
            ("x-original-url", "/health/live".to_owned()),
            ("x-rewrite-url", "/health/live".to_owned()),
            ("x-forwarded-for", "127.0.0.1".to_owned()),
            ("authorization", format!("bearer {}", app.token)),
            ("authorization", format!("Basic {}", app.token)),
            ("authorization", app.token.clone()),
            ("authorization", format!("Bearer {} ", app.token.to_uppercase())),
            ("x-api-key", app.token.clone()),
            ("cookie", format!("__Host-hf_staff={}", app.token)),
        ] {
            let request = app.visitor().get(app.url("/api/v1/queue")).header(name, &value);
            assert_eq!(request.send().await.unwrap().status(), StatusCode::UNAUTHORIZED, "{name}: {value}");
        }
        let in_the_address = app.visitor().get(app.url(&format!("/api/v1/queue?token={}", app.token)));
        assert_eq!(in_the_address.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn the_console_asks_everybody_without_a_session_to_sign_in() {
    on_sqlite(async |app| {
        app.report(LOST).await;
        let incident = app.queue().await[0].clone();
        let console = routes::declared(&app.house).into_iter().filter(|route| route.path.starts_with("/staff"));
        let ways_in = [
            "sign-",
            "set-up",
            "join",
            "step-up",
            "enrol",
            "second",
            "forgotten",
            "/staff/reset",
            "/staff/address",
            "/staff/federated",
        ];
        let guarded = console.filter(|route| !ways_in.iter().any(|way| route.path.contains(way)));
        let mut browser = Browser::new(&app);
        let mut seen = 0;
        for route in guarded {
            let path =
                route.path.replace("{id}", id(&incident)).replace("{action}", "claim").replace("{shelf}", "copies");
            let path = path.replace("{change}", "disable");
            let page =
                if route.method == "GET" { browser.get(&path).await } else { browser.post(&path, &[("x", "1")]).await };
            assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff/sign-in"), "{route:?}");
            seen += 1;
        }
        assert!(seen >= 20, "{seen}");
        assert_eq!(app.queue().await[0], incident);
    });
}

#[test]
fn the_console_holds_a_session_to_the_scopes_of_its_token() {
    on_sqlite(async |app| {
        app.report(LOST).await;
        let incident = app.queue().await[0].clone();
        let reader = app.token_of("reader", only(Permission::ReadQueue)).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&reader).await;
        let home = browser.get("/staff").await;
        assert_eq!(home.status, StatusCode::OK);
        let csrf = home.csrf();
        assert_eq!(browser.get(&format!("/staff/incidents/{}", id(&incident))).await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.post("/staff/claim", &[("csrf", &csrf)]).await.status, StatusCode::FORBIDDEN);
        for action in ["claim", "renew", "release", "note", "message", "escalate", "verdict", "reopen"] {
            let path = format!("/staff/incidents/{}/{action}", id(&incident));
            assert_eq!(browser.post(&path, &[("csrf", &csrf)]).await.status, StatusCode::FORBIDDEN, "{action}");
        }
        assert_eq!(app.queue().await[0], incident);
    });
}
