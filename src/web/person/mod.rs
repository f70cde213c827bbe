//! The handlers of the public pages. No script needed; 303 after a post. Here is what they share, and the small ones.

mod after;
mod attachments;
mod case;
mod check;
mod draft;
mod embedded;
mod events;
mod evidence;
mod feedback;
mod first;
mod help;
mod mail;
mod report;
mod routine;

use std::time::Duration;

use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use maud::Markup;

pub use after::{details, more as ask_details, stop, text};
pub use attachments::{attach, attachment, fetch as fetch_attachment};
pub use case::{answer, ask, case, enter, message, new_link, open, step, throw_in};
pub use check::{check, find_out, keep as keep_words, look as look_check, offer as offer_words};
pub use draft::draft;
pub use embedded::{embedded, shown_to_program};
pub use events::{Reader, events, last_seen, stream_of};
pub use evidence::{evidence, of_program as evidence_of_program, pack as evidence_pack, text as evidence_text};
pub use feedback::{ask as ask_feedback, on_case as case_feedback, said, take as take_feedback};
pub use first::{put_away, show as first_look};
pub use help::{article, help, search};
pub use mail::{look as look_mail, stop as stop_mail};
pub use report::{report, send};
pub use routine::{ask_for_person, consent, solved, to_a_person};

use super::body;
use super::cookies::{cookie, end_cookie};
use super::headers::Nonce;
use super::house::{House, Shared, language};
use super::pages::assets;
use super::pages::layout::Frame;
use super::pages::staff::assets as staff_assets;
use super::problem::Problem;
use crate::guidance::security_txt;
use crate::id::{Id, of};
use crate::respond::Used;
use crate::seal::Purpose;
use crate::text::Language;

/// Case pages are for nobody's index (CA-06).
const NO_ROBOTS: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));

/// The cookie of a case session (SES-11).
const COOKIE: &str = "__Host-hf_case";

/// The longest that somebody who leaves quickly waits for us.
const LEAVING_TAKES: Duration = Duration::from_secs(1);

/// What a page needs of its request.
struct Asked {
    language: Language,
    nonce: Nonce,
}

impl Asked {
    fn new(headers: &HeaderMap, uri: &Uri, nonce: Nonce) -> Result<Self, Problem> {
        let chosen = body::query(uri)?.one("lang")?.and_then(|language| language.parse().ok());
        Ok(Self { language: chosen.unwrap_or_else(|| language(headers)), nonce })
    }

    fn frame<'a>(&'a self, house: &'a House, switch: &'a str) -> Frame<'a> {
        Frame {
            language: self.language,
            nonce: self.nonce.as_str(),
            path_for_language_switch: switch,
            brand: &house.brand,
            board: Some(&house.board),
            scopes: None,
        }
    }
}

fn page(status: StatusCode, markup: Markup) -> Response {
    (status, markup).into_response()
}

/// The case session of a request.
async fn session(house: &House, headers: &HeaderMap, used: Used) -> Result<(String, Id<of::Case>), Problem> {
    let token = cookie(headers, COOKIE).ok_or_else(over)?;
    let case = session_of(house, Some(&token), used).await?.ok_or_else(over)?;
    Ok((token, case))
}

/// The case of a session cookie, when there is one and it is still good.
async fn session_of(house: &House, token: Option<&str>, used: Used) -> Result<Option<Id<of::Case>>, Problem> {
    match token {
        Some(token) => Ok(house.respond.case_of_session(token, used).await?),
        None => Ok(None),
    }
}

fn over() -> Problem {
    Problem::unauthorized("Case").named("session-over")
}

fn csrf(house: &House, token: &str) -> String {
    house.respond.room().keys.digests.of(Purpose::Csrf, "case", token)
}

/// `POST /csp-reports`: counted, never kept; a report may quote the page.
pub async fn csp_report() -> StatusCode {
    metrics::counter!("holdfast_csp_reports_total").increment(1);
    StatusCode::NO_CONTENT
}

/// `GET /leave`: ends the session, clears what the browser kept of this page and shows an empty one. A page of another site
/// that leads here ends nothing. Cookies are ended one by one: a browser clears those of the whole domain at once, and the
/// operator's own pages may be there.
pub async fn leave(State(house): State<Shared>, headers: HeaderMap) -> Result<Response, Problem> {
    let empty = || {
        (StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], "<!doctype html><title></title>")
            .into_response()
    };
    let from = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if from.is_some_and(|site| !matches!(site, b"same-origin" | b"none")) {
        return Ok(empty());
    }
    if let Some(token) = cookie(&headers, COOKIE) {
        // Whoever is watched does not wait for memory that is down; the browser forgets the session all the same.
        let ended = tokio::time::timeout(LEAVING_TAKES, house.respond.leave_case(&token)).await;
        if let Err(error) = ended.unwrap_or(Err(crate::store::Error::Uncertain)) {
            tracing::error!(error = %error, "a case session could not be ended: {error}");
        }
    }
    draft::forget(&house, &headers);
    let mut response = empty();
    end_cookie(&mut response, COOKIE);
    end_cookie(&mut response, super::drafts::COOKIE);
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// `GET /assets/{name}`
pub async fn asset(OriginalUri(uri): OriginalUri) -> Result<Response, Problem> {
    let asset = assets::find(uri.path()).or_else(|| staff_assets::find(uri.path())).ok_or_else(Problem::not_found)?;
    let headers =
        [(header::CONTENT_TYPE, asset.content_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.body).into_response())
}

/// `GET /.well-known/security.txt` (RFC 9116), when the operator named a contact.
pub async fn security_contact(State(house): State<Shared>) -> Result<Response, Problem> {
    if house.security_contacts.is_empty() {
        return Err(Problem::not_found());
    }
    let room = house.respond.room();
    let file = security_txt::File {
        contacts: &house.security_contacts,
        public_url: &room.public_url,
        policy: &house.security_policy,
        now: room.now(),
    };
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], security_txt::text(file)).into_response())
}
