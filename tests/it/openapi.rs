//! The OpenAPI document and the routes say the same.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::app::{App, on_sqlite};
use holdfast::web::routes;

async fn document(app: &App) -> Value {
    app.visitor().get(app.url("/api/openapi.json")).send().await.unwrap().json().await.unwrap()
}

/// What has calls of its own below an incident.
fn is_of_its_own(action: &str) -> bool {
    action.starts_with("orders") || action.starts_with("attachments")
}

/// What staff do to an incident stands in the document as one call.
fn documented(path: &str) -> String {
    let action = path.strip_prefix("/api/v1/incidents/{id}/");
    let of_incident = action.is_some_and(|action| !is_of_its_own(action));
    if of_incident { "/api/v1/incidents/{id}/{action}".to_owned() } else { path.to_owned() }
}

#[test]
fn every_route_for_programs_is_in_the_document_and_nothing_else_is() {
    on_sqlite(async |app| {
        let programs = |path: &str| path.starts_with("/api/") || path.starts_with("/health/");
        let declared: BTreeSet<(String, String)> = routes::declared(&app.house)
            .into_iter()
            .filter(|route| programs(route.path))
            .map(|route| (route.method.to_lowercase(), documented(route.path)))
            .collect();
        let document = document(&app).await;
        let paths = document["paths"].as_object().unwrap();
        let written: BTreeSet<(String, String)> = paths
            .iter()
            .flat_map(|(path, calls)| {
                calls.as_object().unwrap().keys().map(move |method| (method.clone(), path.clone()))
            })
            .collect();
        assert_eq!(written, declared);
        assert!(declared.len() > 15);
    });
}

#[test]
fn the_actions_that_the_document_names_are_those_that_are_declared() {
    on_sqlite(async |app| {
        let prefix = "/api/v1/incidents/{id}/";
        let document = document(&app).await;
        let call = &document["paths"]["/api/v1/incidents/{id}/{action}"]["post"];
        let action =
            call["parameters"].as_array().unwrap().iter().find(|parameter| parameter["name"] == "action").unwrap();
        let named = action["description"].as_str().unwrap().replace(" or ", ", ");
        let named: BTreeSet<&str> = named.split(", ").collect();
        let declared = routes::declared(&app.house);
        let declared: BTreeSet<&str> = declared
            .iter()
            .filter_map(|route| route.path.strip_prefix(prefix))
            .filter(|action| !is_of_its_own(action))
            .collect();
        assert_eq!(named, declared);
    });
}

#[test]
fn the_document_is_openapi_3_1_and_says_what_each_call_answers() {
    on_sqlite(async |app| {
        let document = document(&app).await;
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
        assert_eq!(document["info"]["title"], "Holdfast");
        for (path, calls) in document["paths"].as_object().unwrap() {
            for (method, call) in calls.as_object().unwrap() {
                assert!(!call["responses"].as_object().unwrap().is_empty(), "{method} {path}");
                let names: BTreeSet<&str> = call["parameters"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(|parameter| parameter["in"] == "path")
                    .map(|parameter| parameter["name"].as_str().unwrap())
                    .collect();
                let placed: BTreeSet<&str> =
                    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
                assert_eq!(names, placed, "{method} {path}");
            }
        }
    });
}
