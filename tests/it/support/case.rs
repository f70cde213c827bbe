//! A reporter's hold on a case: link and code, as a program uses them.

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

use super::app::App;

#[derive(Debug, Clone)]
pub struct Holder {
    pub reference: String,
    pub token: String,
    pub code: String,
}

impl Holder {
    /// The holder of the case that a report was answered with.
    pub fn of(answer: &Value) -> Self {
        let text = |key: &str| answer["case"][key].as_str().unwrap().to_owned();
        let token = text("link").rsplit_once("/c/").unwrap().1.to_owned();
        Self { reference: text("reference"), token, code: text("code") }
    }

    #[must_use]
    pub fn with_code(&self, code: &str) -> Self {
        Self { code: code.to_owned(), ..self.clone() }
    }

    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// A request for the case; `path` begins behind the reference.
    pub fn request(&self, app: &App, method: Method, path: &str) -> RequestBuilder {
        let url = app.url(&format!("/api/v1/cases/{}{path}", self.reference));
        app.visitor().request(method, url).header("authorization", format!("Case {}.{}", self.token, self.code))
    }

    pub async fn get(&self, app: &App) -> Response {
        self.request(app, Method::GET, "").send().await.unwrap()
    }

    /// The case, which opens.
    pub async fn case(&self, app: &App) -> Value {
        let response = self.get(app).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.unwrap()
    }

    pub async fn post(&self, app: &App, path: &str, body: &Value) -> Response {
        self.request(app, Method::POST, path).json(body).send().await.unwrap()
    }

    /// Does something and gives the case as it is then.
    pub async fn does(&self, app: &App, path: &str, body: &Value) -> Value {
        let response = self.post(app, path, body).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }
}
