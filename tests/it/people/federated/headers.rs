//! No header signs anybody in, whatever proxies of other houses mean by it (ID-19).

use holdfast::web::routes;
use reqwest::StatusCode;

use super::ISSUERS;
use crate::support::app::{App, Plan, on_sqlite_with};
use crate::support::browser::Browser;
use crate::support::person::{PASSWORD, member};

const HEADERS: [&str; 34] = [
    "x-remote-user",
    "remote-user",
    "x-forwarded-user",
    "x-forwarded-preferred-username",
    "x-forwarded-email",
    "x-forwarded-groups",
    "x-forwarded-access-token",
    "x-auth-request-user",
    "x-auth-request-email",
    "x-auth-request-preferred-username",
    "x-auth-request-access-token",
    "x-authenticated-user",
    "x-authenticated-userid",
    "x-webauth-user",
    "x-webauth-email",
    "x-proxy-user",
    "x-user",
    "x-user-id",
    "x-username",
    "x-email",
    "x-login",
    "x-principal",
    "x-goog-authenticated-user-email",
    "x-goog-iap-jwt-assertion",
    "cf-access-authenticated-user-email",
    "cf-access-jwt-assertion",
    "x-amzn-oidc-identity",
    "x-amzn-oidc-data",
    "x-ms-client-principal",
    "x-ms-client-principal-name",
    "x-authentik-username",
    "remote-groups",
    "ssl-client-s-dn",
    "x-ssl-client-verify",
];

/// Limits out of the way: each route is asked many times.
fn wide(config: &mut holdfast::config::Config) {
    super::settings(config);
    let limits = &mut config.limits;
    limits.codes_burst = 1_000_000;
    limits.alerts_burst = 1_000_000;
    limits.alerts_each_minute = 1_000_000;
}

async fn ask(app: &App, route: routes::Declared, header: Option<(&str, &str)>) -> (StatusCode, String) {
    let url = app.url(&crate::door::filled(route));
    let request = app.visitor().request(route.method.parse().unwrap(), url).header("accept", "text/html");
    let request = match header {
        Some((name, value)) => request.header(name, value),
        None => request,
    };
    let is_form = route.method == "POST" && !route.path.starts_with("/api");
    let request = if is_form { request.form(&[("x", "1")]) } else { request };
    let answer = request.send().await.unwrap();
    let location = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    let cookie = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .any(|value| value.as_bytes().starts_with(super::STAFF.as_bytes()));
    assert!(!cookie, "{route:?}");
    (answer.status(), location)
}

/// ID-19: every route answers with each such header as it does without; nobody is signed in by it.
#[test]
fn no_header_signs_anybody_in_on_any_route() {
    on_sqlite_with(Plan { settings: wide, ..ISSUERS }, async |app| {
        let root = member(&app, ("root", "admin approver responder auditor viewer")).await;
        let mut seen = 0;
        for route in routes::declared(&app.house) {
            let without = ask(&app, route, None).await;
            for (place, name) in HEADERS.into_iter().enumerate() {
                let id = root.id.to_string();
                let value = [root.login.as_str(), &id, "CN=root", "SUCCESS"][place % 4];
                assert_eq!(ask(&app, route, Some((name, value))).await, without, "{name}: {route:?}");
                seen += 1;
            }
        }
        assert!(seen > 3_000, "{seen}");
    });
}

/// ID-19: neither does one help a password, nor does one beside a good session make somebody else of them.
#[test]
fn no_header_makes_somebody_else_of_who_is_signed_in() {
    on_sqlite_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut ada = member(&app, ("ada", "responder")).await;
        for name in HEADERS {
            let page =
                ada.browser.send(ada.browser.request(reqwest::Method::GET, "/staff/me").header(name, "root")).await;
            assert!(page.status == StatusCode::OK && page.text.contains("Name of ada"), "{name}");
            let people = ada.browser.request(reqwest::Method::GET, "/staff/people").header(name, "root");
            assert_eq!(ada.browser.send(people).await.status, StatusCode::FORBIDDEN, "{name}");
        }
        let mut browser = Browser::new(&app);
        let csrf = browser.get("/staff/sign-in").await.csrf();
        let request = browser.request(reqwest::Method::POST, "/staff/sign-in").header("x-remote-user", "root");
        let wrong = [("csrf", csrf.as_str()), ("login", "root"), ("password", &PASSWORD.replace("otters", "beavers"))];
        assert_eq!(browser.send(request.form(&wrong)).await.status, StatusCode::FORBIDDEN);
    });
}
