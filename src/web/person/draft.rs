//! `POST /report/draft`: keeps what is being written, for a script quietly, for a button with the page again.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::embedded;
use super::report::fields;
use crate::web::body;
use crate::web::client::Client;
use crate::web::cookies::{cookie, set_cookie};
use crate::web::drafts::COOKIE;
use crate::web::guard::same_origin;
use crate::web::house::{House, Shared};
use crate::web::pages::form::Form;
use crate::web::problem::Problem;

/// Keeps a draft for an hour. Nothing of it stands in the browser but a cookie that no script sees.
pub async fn draft(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    same_origin(&house, request.headers())?;
    let received = body::read(request, body::FORM).await?;
    if let Some(client) = received.parts.extensions.get::<Client>() {
        house.limits.drafts.check(client.prefix())?;
    }
    let mut sent = received.form()?;
    let quiet = sent.one("quiet")?.is_some();
    let form = fields(sent)?;
    let (language, place) = (form.lang.clone(), embedded::place_of(&house, &form.link));
    let known = cookie(&received.parts.headers, COOKIE);
    let room = house.respond.room();
    let token = house.drafts.keep(known.as_deref(), form, (room.now(), &*room.random));
    let mut response = if quiet {
        StatusCode::NO_CONTENT.into_response()
    } else {
        let known = language.parse::<crate::text::Language>().ok();
        let lang = known.map(|known| format!("?lang={}", known.as_str())).unwrap_or_default();
        Redirect::to(&format!("{place}{lang}#report")).into_response()
    };
    if let Some(token) = token {
        set_cookie(&mut response, COOKIE, token.reveal());
    }
    Ok(response)
}

/// What the browser was writing within the last hour.
pub fn kept(house: &House, headers: &HeaderMap) -> Option<Form> {
    house.drafts.find(&cookie(headers, COOKIE)?, house.respond.room().now())
}

/// The report was sent, or the person left: no draft any more.
pub fn forget(house: &House, headers: &HeaderMap) {
    if let Some(known) = cookie(headers, COOKIE) {
        house.drafts.forget(&known);
    }
}
