//! Shows a problem in the form the asker can read, and logs its cause.

use std::error::Error;
use std::fmt::Write;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Map, Value};

use super::kind::Kind;
use super::{Carried, Inner, PROBLEM_JSON, Problem};
use crate::text::Language;
use crate::web::headers::Nonce;
use crate::web::house::language;
use crate::web::request_id::RequestId;

/// What a page about a problem has to work with.
pub struct Shown<'a> {
    pub status: u16,
    /// The end of the problem's `type`.
    pub id: &'static str,
    /// In `language`.
    pub title: &'static str,
    /// English.
    pub detail: Option<&'a str>,
    pub request_id: &'a str,
    pub language: Language,
    pub nonce: &'a str,
    /// The path that was asked for.
    pub path: &'a str,
    /// Further members, like `guidance`.
    pub extra: &'a Map<String, Value>,
}

/// Makes the page for a problem; its content type is the second part.
pub type Page = Arc<dyn Fn(&Shown<'_>) -> (String, HeaderValue) + Send + Sync>;

/// The page of a house without pages: plain text.
pub fn plain(shown: &Shown<'_>) -> (String, HeaderValue) {
    let mut text = format!("{}\n", shown.title);
    if let Some(detail) = shown.detail {
        let _ = writeln!(text, "{detail}");
    }
    let _ = writeln!(text, "{}", shown.request_id);
    (text, HeaderValue::from_static("text/plain; charset=utf-8"))
}

/// The layer that every problem passes on its way out. A bare error of a library becomes a problem here, so that none
/// of its words leave.
pub async fn show(State(page): State<Page>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let mut response = next.run(request).await;
    let problem = match response.extensions_mut().remove::<Carried>() {
        Some(Carried(problem)) => problem,
        None if is_bare(&response) => Arc::from(Problem::of(Kind::of(response.status())).0),
        None => return response,
    };
    log(&problem);
    let (body, content_type) = asked.body(&problem, &page);
    *response.status_mut() = problem.kind.status();
    *response.body_mut() = Body::from(body);
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response
}

/// Libraries answer with nothing or with plain text; what has another form was made on purpose.
fn is_bare(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let error = response.status().is_client_error() || response.status().is_server_error();
    error && (kind.is_empty() || kind.starts_with(b"text/plain"))
}

fn log(problem: &Inner) {
    let mut causes = String::new();
    let mut cause: Option<&(dyn Error + 'static)> = problem.cause.as_deref().map(|cause| cause as _);
    while let Some(error) = cause {
        let _ = write!(causes, "{}{error}", if causes.is_empty() { "" } else { ": " });
        cause = error.source();
    }
    let (problem, faulty) = (problem.id(), problem.kind.status().is_server_error());
    if faulty {
        tracing::error!(problem, cause = causes, "answered {problem}: {causes}");
    } else if !causes.is_empty() {
        tracing::info!(problem, cause = causes, "answered {problem}: {causes}");
    }
}

struct Asked {
    page: bool,
    language: Language,
    request_id: String,
    nonce: String,
    path: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let extensions = request.extensions();
        let path = request.uri().path();
        let path = path.to_owned();
        let program = path == "/api" || path.starts_with("/api/");
        Self {
            page: !program && mentions(request.headers(), header::ACCEPT, "text/html").is_some(),
            language: language(request.headers()),
            request_id: extensions.get::<RequestId>().map(|id| id.as_str().to_owned()).unwrap_or_default(),
            nonce: extensions.get::<Nonce>().map(|nonce| nonce.as_str().to_owned()).unwrap_or_default(),
            path,
        }
    }

    fn body(&self, problem: &Inner, page: &Page) -> (String, HeaderValue) {
        if !self.page {
            let id = (!self.request_id.is_empty()).then_some(self.request_id.as_str());
            return (problem.json(id), PROBLEM_JSON);
        }
        page(&Shown {
            status: problem.kind.status().as_u16(),
            id: problem.id(),
            title: problem.kind.title().get(self.language),
            detail: problem.detail.as_deref(),
            request_id: &self.request_id,
            language: self.language,
            nonce: &self.nonce,
            path: &self.path,
            extra: &problem.extra,
        })
    }
}

fn mentions(headers: &HeaderMap, name: header::HeaderName, word: &str) -> Option<usize> {
    headers.get(name)?.to_str().ok()?.to_ascii_lowercase().find(word)
}
