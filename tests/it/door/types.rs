//! JSON routes read JSON and form routes read forms; nothing else passes for them (SES-08).

use reqwest::{Method, StatusCode};

use crate::support::app::on_sqlite;
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::person::fresh;
use holdfast::access::Permission;
use holdfast::web::routes;

const KINDS: [&str; 4] =
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"];

#[test]
fn no_json_route_of_staff_reads_another_type() {
    on_sqlite(async |app| {
        app.report("someone drained my wallet").await;
        let row = app.queue().await[0].clone();
        let posts = routes::declared(&app.house)
            .into_iter()
            .filter(|route| route.method == "POST" && !route.console && Permission::SCOPES.contains(&route.permission));
        for route in posts {
            let path = route.path.replace("{id}", row["id"].as_str().unwrap());
            // Files come as the parts of a form, and as nothing else.
            let files = route.path.ends_with("/attachments");
            for kind in KINDS.into_iter().filter(|kind| !files || !kind.starts_with("multipart")) {
                let body = r#"{"text":"x","version":1,"fence":1,"level":1,"reason":"x"}"#;
                let request = app.staff(Method::POST, &path).header("content-type", kind).body(body);
                assert_eq!(
                    request.send().await.unwrap().status(),
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "{kind} {route:?}"
                );
            }
        }
        assert_eq!(app.queue().await[0], row);
    });
}

#[test]
fn no_json_route_of_people_reads_another_type() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report("someone drained my wallet").await);
        for kind in KINDS {
            for path in ["/answers", "/steps/stop-top-ups", "/messages"] {
                let body = r#"{"text":"x"}"#;
                let request = holder.request(&app, Method::POST, path).header("content-type", kind).body(body);
                assert_eq!(request.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind} {path}");
            }
        }
    });
}

#[test]
fn no_form_route_reads_another_type() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        browser.come_in(&fresh(&app, ("ada", "admin approver responder auditor viewer")).await.1);
        browser.report("someone drained my wallet").await;
        let forms = routes::declared(&app.house)
            .into_iter()
            .filter(|route| route.method == "POST" && !route.path.starts_with("/api/"));
        // Programs of mail say it in a form of their own (RFC 8058), and nothing in it is read.
        let others = ["/csp-reports", "/staff/set-up/{link}", "/mail/{reference}/{token}"];
        for route in forms.filter(|route| !others.contains(&route.path)) {
            let files = route.path.ends_with("/attachments");
            let other = if files { "application/x-www-form-urlencoded" } else { "multipart/form-data; boundary=x" };
            for kind in ["text/plain", "application/json", other] {
                let request =
                    browser.request(Method::POST, &super::filled(route)).header("content-type", kind).body("text=x");
                assert_eq!(browser.send(request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind} {route:?}");
            }
        }
    });
}
