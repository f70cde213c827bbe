//! A browser without a script: keeps cookies, follows nothing, sends forms.

use std::collections::BTreeMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, StatusCode};

use super::app::App;

pub struct Browser {
    client: Client,
    home: String,
    pub cookies: BTreeMap<String, String>,
}

/// An answer as a browser has it.
pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub text: String,
}

impl Page {
    /// The token of the forms on it.
    pub fn csrf(&self) -> String {
        let (_, rest) = self.text.split_once(r#"name="csrf" value=""#).expect("a form with a token");
        rest.split('"').next().unwrap().to_owned()
    }
}

impl Browser {
    pub fn new(app: &App) -> Self {
        Self::at(app.visitor(), app.url(""))
    }

    /// A browser for the house at an address.
    pub fn at(client: Client, home: String) -> Self {
        Self { client, home, cookies: BTreeMap::new() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, format!("{}{path}", self.home)).header("accept", "text/html");
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) }
    }

    pub async fn send(&mut self, request: RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            // What comes back from another site with a sign-in is the one that is not strict.
            let site = if cookie.starts_with("__Host-hf_oidc=") { "Lax" } else { "Strict" };
            assert!(cookie.ends_with(&format!("; Path=/; Secure; HttpOnly; SameSite={site}")), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{name}");
            if cookie.contains("; Max-Age=0;") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location = response.headers().get(LOCATION).map(|location| location.to_str().unwrap().to_owned());
        let status = response.status();
        Page { status, location: location.unwrap_or_default(), text: response.text().await.unwrap() }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.request(Method::POST, path).form(fields)).await
    }

    /// Is where somebody signed in already, by their session as a `Cookie` header.
    pub fn come_in(&mut self, session: &str) {
        let (name, text) = session.split_once('=').expect("a cookie");
        self.cookies.insert(name.to_owned(), text.to_owned());
    }

    /// Signs in to the console with a token.
    pub async fn sign_in(&mut self, token: &str) {
        let csrf = self.get("/staff/sign-in").await.csrf();
        let page = self.post("/staff/sign-in", &[("csrf", &csrf), ("token", token)]).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff"));
    }

    /// Sends a report by the page and is then the holder of its case.
    pub async fn report(&mut self, text: &str) {
        self.report_with(&[("lang", "en"), ("text", text)]).await;
    }

    /// The same with all fields; gives the page that is shown once.
    pub async fn report_with(&mut self, fields: &[(&str, &str)]) -> Page {
        let sent = self.post("/report", fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let mut page = self.get(&sent.location).await;
        while page.status == StatusCode::SEE_OTHER {
            page = self.get(&page.location).await;
        }
        page
    }
}
