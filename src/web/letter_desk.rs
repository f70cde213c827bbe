//! The handlers of the console's pages of alarms and of letters that did not arrive.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::headers::Nonce;
use super::house::Shared;
use super::pages::staff::{self as pages, actions};
use super::problem::Problem;
use super::staff::{Posted, at_desk, chosen, csrf, posted};
use crate::access::Permission;

/// `GET /staff/alarms`
pub async fn alarms(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadQueue).await?;
    let markup = pages::ringing(&pages::RingingPage {
        frame: desk.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        names: &house.respond.names().await?,
        now: house.respond.room().now(),
        alarms: &house.respond.raised_alarms().await?,
        cases: &house.respond.alarmed_cases().await?,
        playbooks: &house.respond.room().playbooks,
        may_see: desk.staff.scopes.allow(Permission::ClaimIncident),
    });
    Ok(markup.into_response())
}

/// `POST /staff/alarms`
pub async fn seen(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, .. } = posted(&house, request, Permission::ClaimIncident).await?;
    let id = sent.required("alarm")?.parse().map_err(|_| Problem::not_found())?;
    sent.finish()?;
    house.respond.see_alarm(&desk.staff.name, id).await?;
    Ok(Redirect::to(actions::ALARMS).into_response())
}

/// `GET /staff/outbox`
pub async fn dead(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadSources).await?;
    let markup = pages::dead(&pages::DeadPage {
        frame: desk.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        now: house.respond.room().now(),
        letters: &house.respond.dead_letters().await?,
        may_manage: desk.staff.scopes.allow(Permission::ManageSources),
    });
    Ok(markup.into_response())
}

/// `POST /staff/outbox`
pub async fn again(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, .. } = posted(&house, request, Permission::ManageSources).await?;
    let id = sent.required("letter")?.parse().map_err(|_| Problem::not_found())?;
    sent.finish()?;
    house.respond.send_again(&desk.staff.name, id).await?;
    Ok(Redirect::to(actions::OUTBOX).into_response())
}
