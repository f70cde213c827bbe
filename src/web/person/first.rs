//! The answer to a report behind a redirect, and the page that shows link and code: once, to the browser that is led there.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::case::proved;
use super::{Asked, COOKIE, NO_ROBOTS, csrf, over, page, session_of};
use crate::respond::view::ReportAnswer;
use crate::respond::{First, Looker, Shown, Used};
use crate::web::body;
use crate::web::cookies::{cookie, set_cookie};
use crate::web::guard::same_origin;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::{actions, answer, first as first_page};
use crate::web::problem::Problem;

/// Leads to the answer of a report that was kept. A page of another site gets no session for what it sent, so that nobody
/// is led into a case whose code a stranger holds. Nothing when the way there could not be kept: then the answer is shown
/// directly, for the steps go out whatever becomes of the rest.
pub async fn lead(
    house: &House,
    headers: &HeaderMap,
    (answer, repeat): (&ReportAnswer, Option<String>),
) -> Option<Response> {
    if answer.case.code.is_empty() {
        // Sent again after the keys were shown and put away.
        return Some(Redirect::to(actions::FIRST).into_response());
    }
    let ours = same_origin(house, headers).is_ok();
    let first = house.respond.show_once(answer, (repeat, ours)).await;
    first.ok().flatten().map(|first| led(&first))
}

/// The redirect to what is shown once.
pub fn led(first: &First) -> Response {
    let mut response = Redirect::to(&format!("{}?t={}", actions::FIRST, first.ticket.reveal())).into_response();
    if let Some(session) = &first.session {
        set_cookie(&mut response, COOKIE, session.reveal());
    }
    response
}

/// `GET /case/first`: the answer with link and code. Once they are put away it is the case page, or the note that the report
/// was kept.
pub async fn show(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::new(&headers, &uri, nonce)?;
    let ticket = body::query(&uri)?.one("t")?;
    let session = cookie(&headers, COOKIE);
    let open = session_of(&house, session.as_deref(), Used::ByPerson).await?;
    if open.is_some() && ticket.is_some() {
        // The address of the page must not hold the ticket where the cookie does as well.
        return Ok(Redirect::to(actions::FIRST).into_response());
    }
    let session = session.filter(|_| open.is_some());
    let looker = Looker { ticket: ticket.as_deref(), session: session.as_deref() };
    let token = session.as_deref().unwrap_or_default();
    match house.respond.first_look(looker).await? {
        Some(Shown::Answer(kept)) => {
            let asked = Asked { language: kept.guidance.language, ..asked };
            let frame = asked.frame(&house, actions::CASE);
            let shown = answer::page(&answer::AnswerPage { frame, answer: &kept, csrf: &csrf(&house, token) });
            Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
        }
        Some(Shown::NewKeys(keys)) => {
            let frame = asked.frame(&house, actions::CASE);
            let shown = first_page::new_keys(&frame, &keys, &csrf(&house, token));
            Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
        }
        None if open.is_some() => Ok(Redirect::to(actions::CASE).into_response()),
        None if ticket.is_some() => Err(over()),
        None => {
            let frame = asked.frame(&house, "");
            Ok(([NO_ROBOTS], page(StatusCode::GONE, first_page::put_away(&frame))).into_response())
        }
    }
}

/// `POST /case/first`: link and code are written down and shown no more.
pub async fn put_away(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let token = cookie(request.headers(), COOKIE).ok_or_else(over)?;
    let (sent, _) = proved(&house, request).await?;
    sent.finish()?;
    house.respond.end_first_look(&token).await?;
    Ok(Redirect::to(actions::CASE).into_response())
}
