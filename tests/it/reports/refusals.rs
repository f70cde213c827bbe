//! Reports that cannot be read are refused with the place and the rule, never the value.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::app::{App, on_sqlite};
use crate::support::raw;

/// Bytes that a report may have.
const LIMIT: usize = 64 * 1024;

async fn send(app: &App, content_type: &str, body: impl Into<reqwest::Body>) -> reqwest::Response {
    app.visitor().post(app.url("/api/v1/reports")).header("content-type", content_type).body(body).send().await.unwrap()
}

async fn refused(app: &App, body: &str) -> (u16, Value) {
    let response = send(app, "application/json", body.to_owned()).await;
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json", "{body}");
    (status, response.json().await.unwrap())
}

#[test]
fn an_unknown_field_is_refused_by_its_name() {
    on_sqlite(async |app| {
        for (body, field) in [
            (r#"{"text":"help","texxt":"x"}"#, "texxt"),
            (r#"{"text":"help","contact":{"mail":"x"}}"#, "contact.mail"),
            (r#"{"text":"help","wallets":[{"address":"x","seed":"y"}]}"#, "wallets[0].seed"),
        ] {
            let (status, problem) = refused(&app, body).await;
            assert_eq!((status, problem["errors"][0]["field"].as_str()), (422, Some(field)), "{problem}");
            assert_eq!(problem["errors"][0]["rule"], "unknown");
        }
        assert!(app.queue().await.is_empty());
    });
}

#[test]
fn what_is_not_json_or_could_be_read_in_two_ways_is_refused() {
    on_sqlite(async |app| {
        for body in [
            "",
            "{",
            "{\"text\":\"help\"",
            "{\"text\":\"help\"} {}",
            "{'text':'help'}",
            "{\"text\":\"a\",\"text\":\"b\"}",
            "{\"text\":\"a\",\"\\u0074ext\":\"b\"}",
            "{\"text\":\"a\\u0000b\"}",
            "{\"text\":\"\\ud800\"}",
        ] {
            let (status, problem) = refused(&app, body).await;
            assert_eq!((status, problem["status"].as_u64()), (400, Some(400)), "{body}: {problem}");
        }
        let deep = format!("{{\"text\":{}1{}}}", "[".repeat(40), "]".repeat(40));
        assert_eq!(refused(&app, &deep).await.0, 400);
        assert!(app.queue().await.is_empty());
    });
}

#[test]
fn a_field_that_breaks_a_rule_is_named_and_its_value_is_not_repeated() {
    on_sqlite(async |app| {
        for (body, field) in [
            (r#"{"text":"   "}"#, "text"),
            (r#"{"text":"help","language":"zz-private"}"#, "language"),
            (r#"{"text":"help","assets":[{"amount":"zz-private"}]}"#, "assets.amount"),
            (r#"{"text":"help","wallets":[{"address":"zz-private"}]}"#, "wallets.address"),
            (r#"{"text":"help","contact":{"email":"zz-private"}}"#, "contact.email"),
            (r#"{"text":"help","answers":{"zz private":"x"}}"#, "answers"),
            (r#"{"text":["zz-private"]}"#, "text"),
            (r#"{"text":"help","assets":[{"amount":1.5}]}"#, "assets[0].amount"),
        ] {
            let (status, problem) = refused(&app, body).await;
            assert_eq!(status, 422, "{body}");
            assert_eq!(problem["errors"][0]["field"], field, "{problem}");
            assert!(!problem.to_string().contains("private"), "{problem}");
        }
    });
}

#[test]
fn the_size_limit_holds_to_the_byte_with_and_without_a_length() {
    on_sqlite(async |app| {
        let of = |size: usize| {
            let mut body = br#"{"text":"help, my coins are gone"}"#.to_vec();
            body.resize(size, b' ');
            body
        };
        for (size, status) in [(LIMIT - 1, 201), (LIMIT, 201), (LIMIT + 1, 413)] {
            assert_eq!(
                send(&app, "application/json", of(size)).await.status().as_u16(),
                status,
                "{size} with a length"
            );
            assert_eq!(raw::post_in_pieces(&app, "/api/v1/reports", &of(size)).await, status, "{size} without");
        }
    });
}

#[test]
fn only_plain_json_is_read() {
    on_sqlite(async |app| {
        let body = r#"{"text":"help, my coins are gone"}"#;
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=latin1",
            "application/jsonp",
            "",
        ] {
            let status = send(&app, kind, body).await.status();
            assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        }
        for kind in ["application/json", "Application/JSON; charset=UTF-8"] {
            assert_eq!(send(&app, kind, body).await.status(), StatusCode::CREATED, "{kind}");
        }
        for coding in ["gzip", "br", "deflate, identity", "identity, gzip"] {
            let request = app.visitor().post(app.url("/api/v1/reports")).header("content-type", "application/json");
            let status = request.header("content-encoding", coding).body(body).send().await.unwrap().status();
            assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{coding}");
        }
    });
}
