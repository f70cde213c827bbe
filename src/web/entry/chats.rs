//! One's own links to chats: a code that says in a chat who one is, and being known in none.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::{session_of, to_sign_in};
use crate::respond::people::{StaffSession, Stage};
use crate::web::body;
use crate::web::entry::people::{Chats, show_own};
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::actions;
use crate::web::problem::Problem;
use crate::web::staff::{COOKIE, chosen, prove};

/// Who posts a form without fields on the page of their own account.
async fn posted(
    house: &Shared,
    request: Request,
) -> Result<Option<(StaffSession, HeaderMap, axum::http::Uri)>, Problem> {
    let received = body::read(request, body::FORM).await?;
    let (headers, mut sent) = (&received.parts.headers, received.form()?);
    let found = session_of(house, headers).await?.filter(|(session, _)| session.stage == Stage::Full);
    let Some((session, _)) = found else { return Ok(None) };
    prove(house, (headers, COOKIE), &mut sent)?;
    sent.finish()?;
    Ok(Some((session, received.parts.headers, received.parts.uri)))
}

/// `POST /staff/me/chat-code`: the code is shown once.
pub async fn chat_code(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let Some((session, headers, uri)) = posted(&house, request).await? else { return Ok(to_sign_in()) };
    if house.chats.is_empty() {
        return Err(Problem::not_found());
    }
    let made = house.respond.new_chat_code(session.person.id).await?;
    let language = chosen(&uri, &headers)?;
    show_own(&house, (&session, &headers), (&nonce, language), Chats::Code(&made)).await
}

/// `POST /staff/me/leave-chats`
pub async fn leave_chats(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let Some((session, ..)) = posted(&house, request).await? else { return Ok(to_sign_in()) };
    house.respond.leave_chats(session.person.id).await?;
    Ok(Redirect::to(actions::ME).into_response())
}
