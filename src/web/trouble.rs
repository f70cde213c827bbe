//! How a problem looks to a person with a browser.

use std::sync::Arc;

use axum::http::HeaderValue;

use super::pages::layout::Frame;
use super::pages::{actions, problem, staff};
use super::problem::Page;
use super::way_back;

/// The member of a problem that holds what the person had written, without secrets, so that it is not lost.
pub const TYPED: &str = "typed";

/// How a problem looks to a person with a browser.
pub fn problem_page(brand: String) -> Page {
    Arc::new(move |shown| {
        let frame = Frame {
            language: shown.language,
            nonce: shown.nonce,
            path_for_language_switch: actions::HOME,
            brand: &brand,
            board: None,
            scopes: None,
        };
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        let typed = shown.extra.get(TYPED).and_then(serde_json::Value::as_str);
        if shown.path == staff::actions::HOME || shown.path.starts_with("/staff/") {
            let page = staff::TroublePage {
                frame: Frame { path_for_language_switch: staff::actions::HOME, ..frame },
                status: shown.status,
                id: shown.id,
                detail: shown.detail,
                back: &way_back::of(shown.path),
                request: shown.request_id,
                typed,
            };
            return (staff::trouble(&page).into_string(), html);
        }
        let trouble = trouble(shown.status, shown.id);
        let page = problem::ProblemPage { frame, trouble, request: shown.request_id, typed };
        (problem::page(&page).into_string(), html)
    })
}

fn trouble(status: u16, id: &str) -> problem::Trouble {
    match (status, id) {
        (_, "session-over") | (401, _) => problem::Trouble::SessionOver,
        (_, "stale-form") | (403 | 409, _) => problem::Trouble::Stale,
        (404 | 405, _) => problem::Trouble::NotFound,
        (429, _) => problem::Trouble::TooMany,
        (413 | 414 | 431, _) => problem::Trouble::TooLarge,
        (400..=499, _) => problem::Trouble::Unreadable,
        _ => problem::Trouble::Broken,
    }
}
