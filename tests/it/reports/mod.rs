//! What a person is answered who reports.

mod answers;
mod drafts;
mod pace;
mod refusals;
mod repeats;
mod secrets;
mod stops;
mod taps;

use reqwest::StatusCode;

use crate::support::browser::{Browser, Page};

/// What a person writes whose TRON account was taken over.
const TRON: &str = "我的波场钱包转不出去了，提示没有权限";

/// Sends a report by the page, and goes where that leads: to the answer, or to the form again.
pub async fn sent(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    let mut page = browser.post("/report", fields).await;
    for _ in 0..3 {
        if page.status != StatusCode::SEE_OTHER {
            break;
        }
        page = browser.get(&page.location).await;
    }
    page
}
