//! Roles, routes and states, cell by cell (RB-01, RB-14), and what no token can ever do (ID-20).

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::QUICK;
use crate::support::app::{App, on_both_with, on_sqlite};
use crate::support::person::{Member, member};
use holdfast::access::{Permission, Role, Roles, Scopes};
use holdfast::respond::people::Change;
use holdfast::web::routes;

/// Who may what: a row a permission, in the order viewer, responder, approver, auditor, admin.
const TABLE: [(&str, [u8; 5]); 12] = [
    ("queue:read", [1, 1, 1, 0, 0]),
    ("incident:read", [1, 1, 1, 0, 0]),
    ("incident:claim", [0, 1, 1, 0, 0]),
    ("incident:work", [0, 1, 1, 0, 0]),
    ("incident:judge", [0, 1, 1, 0, 0]),
    ("sources:read", [0, 0, 0, 1, 1]),
    ("audit:read", [0, 0, 0, 1, 0]),
    ("playbooks:read", [1, 1, 1, 1, 1]),
    ("stats:read", [1, 1, 1, 1, 1]),
    ("account:own", [1, 1, 1, 1, 1]),
    ("people:read", [0, 0, 0, 1, 1]),
    ("people:manage", [0, 0, 0, 0, 1]),
];

/// What the pages of the console ask for.
const PAGES: [(&str, &str, &str); 8] = [
    ("GET", "/staff", "queue:read"),
    ("POST", "/staff/claim", "incident:claim"),
    ("GET", "/staff/incidents/{id}", "incident:read"),
    ("POST", "/staff/incidents/{id}/note", "incident:work"),
    ("POST", "/staff/incidents/{id}/verdict", "incident:judge"),
    ("GET", "/staff/people", "people:read"),
    ("POST", "/staff/people", "people:manage"),
    ("POST", "/staff/people/{id}/disable", "people:manage"),
];

fn may(role: Role, permission: &str) -> bool {
    let (_, row) = TABLE.iter().find(|(name, _)| *name == permission).unwrap();
    row[Role::ALL.iter().position(|other| *other == role).unwrap()] == 1
}

/// RB-01: the code says what the table says, for every permission there is.
#[test]
fn every_permission_belongs_to_the_roles_of_the_table() {
    assert_eq!(Permission::OF_STAFF.len(), TABLE.len());
    for permission in Permission::OF_STAFF {
        for role in Role::ALL {
            let roles: Roles = [role].into_iter().collect();
            assert_eq!(roles.allow(permission), may(role, permission.as_str()), "{permission} {role:?}");
        }
    }
}

async fn ask(app: &App, person: &mut Member, (method, path): (&str, &str)) -> StatusCode {
    let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
    let id = if path.contains("people") { person.id.to_string() } else { incident };
    let id = if path.contains("playbooks") { "fake-support".to_owned() } else { id };
    let mut request = person.browser.request(method.parse().unwrap(), &path.replace("{id}", &id));
    if method == "POST" {
        request = request.form(&[("csrf", "x")]);
    }
    person.browser.send(request).await.status
}

/// RB-01: every reading route of the API and every page, by every role: exactly what the table says.
#[test]
fn the_table_of_roles_and_routes_holds_cell_by_cell() {
    on_both_with(QUICK, async |app| {
        app.report("someone drained my wallet").await;
        for role in Role::ALL {
            let mut person = member(&app, (role.as_str(), role.as_str())).await;
            let reading = routes::declared(&app.house).into_iter();
            let reading =
                reading.filter(|route| route.method == "GET" && Permission::SCOPES.contains(&route.permission));
            let mut cells: Vec<(String, String, String)> = reading
                .map(|route| (route.method.to_owned(), route.path.to_owned(), route.permission.to_string()))
                .collect();
            cells.extend(PAGES.map(|(method, path, permission)| (method.into(), path.into(), permission.into())));
            for (method, path, permission) in &cells {
                let status = ask(&app, &mut person, (method, path)).await;
                // A form without its token is refused too, but only where it may be sent at all: the problem says which.
                if method == "GET" {
                    assert_eq!(status == StatusCode::OK, may(role, permission), "{role:?} {method} {path} {status}");
                    assert!(may(role, permission) || status == StatusCode::FORBIDDEN, "{role:?} {path} {status}");
                } else {
                    assert_eq!(status, StatusCode::FORBIDDEN, "{role:?} {path}");
                    let trail = crate::support::rows::audit(&app).await;
                    let refused = format!("permission:{permission}");
                    let by_role =
                        trail.iter().any(|entry| entry.contains(&person.id.to_string()) && entry.contains(&refused));
                    assert_eq!(by_role, !may(role, permission), "{role:?} {path}");
                }
            }
            app.house.respond.change_person(("an admin", person.id), Change::EndSessions).await.unwrap().unwrap();
            for (method, path, _) in &cells {
                let status = ask(&app, &mut person, (method, path)).await;
                let shut = [StatusCode::UNAUTHORIZED, StatusCode::SEE_OTHER].contains(&status);
                assert!(shut, "signed out: {method} {path} {status}");
            }
        }
    });
}

/// Reading through the API is a person's too; changing by cookie is the console's forms alone.
#[test]
fn the_cookie_of_a_person_changes_nothing_through_the_api() {
    on_both_with(QUICK, async |app| {
        app.report("someone drained my wallet").await;
        let mut ada = member(&app, ("ada", "responder")).await;
        assert_eq!(ada.browser.get("/api/v1/queue").await.status, StatusCode::OK);
        let request = ada.browser.request(Method::POST, "/api/v1/queue/claim").json(&json!({}));
        assert_eq!(ada.browser.send(request).await.status, StatusCode::UNAUTHORIZED);
    });
}

/// ID-20: no token carries what is for people alone, nor gets through where a fresh factor is asked for.
#[test]
fn no_token_looks_after_people() {
    on_sqlite(async |app| {
        for permission in Permission::OF_STAFF {
            let can = permission.as_str().parse::<Scopes>().is_ok();
            let for_people = [Permission::ManagePeople, Permission::ReadPeople, Permission::OwnAccount];
            assert_eq!(can, !for_people.contains(&permission), "{permission}");
            assert!(!(can && permission.needs_fresh_factor()), "{permission}: a token never has a fresh factor");
        }
        for path in ["/staff/people", "/staff/me"] {
            let response = app.visitor().get(app.url(path)).bearer_auth(&app.token).send().await.unwrap();
            assert_eq!(response.headers()["location"], "/staff/sign-in", "{path}");
        }
    });
}
