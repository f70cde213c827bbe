//! An app that shows everything itself and talks to the API alone, as its own server: pages of other sites cannot.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{STRANGE_KEY, WITH_APP, good, said, signed};
use crate::support::app::on_sqlite_with;
use crate::support::case::Holder;

#[test]
fn the_whole_journey_works_without_a_page() {
    on_sqlite_with(WITH_APP, async |app| {
        let report = json!({"text": "我的波场钱包转不出去了，提示没有权限", "language": "zh"});
        let request = app.visitor().post(app.url("/api/v1/reports")).header("report-link", good(&app)).json(&report);
        let answer: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
        let holder = Holder::of(&answer);
        let step = answer["guidance"]["steps"][0]["id"].as_str().unwrap();
        let question = &answer["questions"][0];
        let choice = json!({"question": question["id"], "choice": question["choices"][0]["id"]});

        let ticked = holder.does(&app, &format!("/steps/{step}"), &json!({"state": "done"})).await;
        let steps = ticked["guidance"]["steps"].as_array().unwrap();
        assert!(steps.iter().any(|shown| shown["id"] == step && shown["state"] == "done"));
        let answered = holder.does(&app, "/answers", &choice).await;
        let asked = answered["questions"].as_array().unwrap();
        assert!(asked.iter().all(|next| next["id"] != question["id"]), "asked once");
        holder.does(&app, "/messages", &json!({"text": "我没有点过任何链接"})).await;

        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let words = json!({"text": "请先不要再转入 TRX"});
        assert_eq!(app.staff_post(&format!("/api/v1/incidents/{incident}/message"), &words).await.status(), 200);
        let said = holder.case(&app).await["messages"].to_string();
        assert!(said.contains("我没有点过任何链接") && said.contains("请先不要再转入"), "{said}");
    });
}

#[test]
fn a_link_that_does_not_hold_is_named_to_the_author_of_the_app() {
    on_sqlite_with(WITH_APP, async |app| {
        for link in [signed(STRANGE_KEY, &said(&app)), "x".to_owned()] {
            let request = app.visitor().post(app.url("/api/v1/reports")).header("report-link", link);
            let response = request.json(&json!({"text": "my coins are leaving"})).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
            assert!(response.text().await.unwrap().contains("report-link"));
        }
        assert!(app.queue().await.is_empty());
    });
}

#[test]
fn no_page_of_another_site_reads_an_answer() {
    on_sqlite_with(WITH_APP, async |app| {
        for (method, path) in
            [(Method::OPTIONS, "/api/v1/reports"), (Method::POST, "/api/v1/reports"), (Method::GET, "/")]
        {
            let request = app
                .visitor()
                .request(method.clone(), app.url(path))
                .header("origin", "https://wallet.example")
                .header("access-control-request-method", "POST")
                .json(&json!({"text": "my coins are leaving"}));
            let response = request.send().await.unwrap();
            let open = response.headers().keys().any(|name| name.as_str().starts_with("access-control-"));
            assert!(!open, "{method} {path}");
        }
    });
}
