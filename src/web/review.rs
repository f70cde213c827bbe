//! What one person alone or the house ordered, to be looked at by somebody else; and letting the house go on.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::api::taken;
use super::headers::Nonce;
use super::house::Shared;
use super::pages::staff::{actions, review as pages};
use super::staff::{Posted, at_desk, chosen, csrf, posted};
use crate::access::Permission;

/// Characters of a reason.
const WORDS: usize = 2_000;

/// `GET /staff/review`
pub async fn page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let at = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadIncident).await?;
    let room = house.respond.room();
    let page = pages::ReviewPage {
        frame: at.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &at.cookie),
        me: &at.staff.name,
        shown: &at.staff.shown,
        names: &house.respond.names().await?,
        playbooks: &room.playbooks,
        now: room.now(),
        reviews: &house.respond.reviews().await?,
        proposals: &house.respond.proposals().await?,
        may_review: at.staff.scopes.allow(Permission::ApproveOrder),
    };
    Ok(pages::review(&page).into_response())
}

/// `POST /staff/review`
pub async fn go_on(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, .. } = posted(&house, request, Permission::ApproveOrder).await?;
    let reason = taken("reason", &sent.required("reason")?, WORDS)?.0;
    sent.finish()?;
    house.respond.release_brakes(&desk.staff.name, &reason).await?;
    Ok(Redirect::to(actions::REVIEW).into_response())
}
