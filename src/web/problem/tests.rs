use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::*;

fn routes() -> Router {
    Router::new()
        .route(
            "/problem",
            get(|| async { Problem::unprocessable().field("text", "required").with("guidance", json!([])) }),
        )
        .route("/api/problem", get(|| async { Problem::too_many(30).named("too-many-codes").detail("try later") }))
        .route("/bare", get(|| async { (StatusCode::BAD_REQUEST, "planted words of a parser") }))
        .route("/teapot", get(|| async { StatusCode::IM_A_TEAPOT }))
        .route("/page", get(|| async { (StatusCode::UNPROCESSABLE_ENTITY, axum::response::Html("made on purpose")) }))
        .route("/json", post(|axum::Json(_): axum::Json<u8>| async {}))
        .layer(from_fn_with_state(Arc::new(plain) as Page, show))
}

async fn ask(request: Request) -> (u16, String, String) {
    let response = routes().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, kind, String::from_utf8(body.to_vec()).unwrap())
}

async fn get_as(path: &str, accept: &str) -> (u16, String, String) {
    let request = Request::builder().uri(path).header("accept", accept).header("accept-language", "zh-CN,en;q=0.5");
    ask(request.body(axum::body::Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_program_gets_a_problem() {
    let (status, kind, body) = get_as("/problem", "*/*").await;
    assert_eq!((status, kind.as_str()), (422, "application/problem+json"));
    insta::assert_snapshot!(body, @r#"{"errors":[{"field":"text","rule":"required"}],"guidance":[],"status":422,"title":"Something in the request is not right","type":"urn:holdfast:problem:unprocessable"}"#);
}

#[tokio::test]
async fn a_person_gets_a_page_in_their_language_except_from_the_api() {
    let (status, kind, body) = get_as("/problem", "text/html,*/*").await;
    assert_eq!((status, kind.as_str()), (422, "text/plain; charset=utf-8"));
    assert!(body.starts_with("请求内容有误\n"), "{body}");
    let (_, kind, body) = get_as("/api/problem", "text/html").await;
    assert_eq!(kind, "application/problem+json");
    assert!(body.contains("urn:holdfast:problem:too-many-codes"), "{body}");
}

#[tokio::test]
async fn a_bare_error_of_a_library_loses_its_words() {
    let (status, kind, body) = get_as("/bare", "*/*").await;
    assert_eq!((status, kind.as_str()), (400, "application/problem+json"));
    assert!(!body.contains("planted"), "{body}");
    assert_eq!(get_as("/teapot", "*/*").await.0, 400);
    assert_eq!(get_as("/nowhere", "*/*").await.0, 404);
    assert_eq!(get_as("/page", "text/html").await.2, "made on purpose");

    let request = Request::post("/json").header("content-type", "application/json");
    let (status, _, body) = ask(request.body("\"planted\"".into()).unwrap()).await;
    assert_eq!(status, 422);
    assert!(!body.contains("planted"), "{body}");
}

#[tokio::test]
async fn what_belongs_to_a_status_goes_with_it() {
    let response = routes().oneshot(Request::post("/problem").body(axum::body::Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()[header::ALLOW], "GET,HEAD");
    assert_eq!(Problem::too_many(30).into_response().headers()[header::RETRY_AFTER], "30");
    assert_eq!(Problem::unauthorized("Bearer").into_response().headers()[header::WWW_AUTHENTICATE], "Bearer");
}

#[test]
fn every_kind_is_listed_once() {
    for kind in Kind::ALL {
        assert_eq!(Kind::of(kind.status()), kind);
    }
}
