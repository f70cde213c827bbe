//! One's own links to chats: a code that says in a chat who one is, and being known in none.

use axum::Extension;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{session_of, to_sign_in};
use crate::access::Permission;
use crate::respond::people::Stage;
use crate::web::body;
use crate::web::entry::people::{Chats, show_own};
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::actions;
use crate::web::problem::Problem;
use crate::web::staff::{COOKIE, Posted, chosen, posted, prove};

/// `POST /staff/me/chat-code`: the code is shown once. Whoever has it is somebody in a chat, so it takes a fresh second factor.
pub async fn chat_code(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> axum::response::Result<Response> {
    let Posted { sent, received, .. } = posted(&house, request, Permission::ChangeAccount).await?;
    sent.finish()?;
    let (uri, headers) = (&received.parts.uri, &received.parts.headers);
    let Some((session, _)) = session_of(&house, headers).await? else { return Ok(to_sign_in()) };
    if house.chats.is_empty() {
        return Err(Problem::not_found().into());
    }
    let made = house.respond.new_chat_code(session.person.id).await.map_err(Problem::from)?;
    let shown = (&nonce, chosen(uri, headers)?);
    Ok(show_own(&house, (&session, headers), shown, Chats::Code(&made)).await?)
}

/// `POST /staff/me/leave-chats`
pub async fn leave_chats(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let (headers, mut sent) = (&received.parts.headers, received.form()?);
    let found = session_of(&house, headers).await?.filter(|(session, _)| session.stage == Stage::Full);
    let Some((session, _)) = found else { return Ok(to_sign_in()) };
    prove(&house, (headers, COOKIE), &mut sent)?;
    sent.finish()?;
    house.respond.leave_chats(session.person.id).await?;
    Ok(Redirect::to(actions::ME).into_response())
}
