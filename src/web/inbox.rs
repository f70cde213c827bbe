//! The box of what people said of us: the page and its forms.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::Permission;
use crate::respond::CareOutcome;
use crate::web::body;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::{actions, inbox as pages};
use crate::web::problem::Problem;
use crate::web::staff::{Posted, at_desk, chosen, csrf, posted};

/// `GET /staff/feedback`
pub async fn page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let at = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadStats).await?;
    let settled = body::query(&uri)?.one("settled")?.is_some();
    let items = house.respond.inbox(&at.staff.name, settled).await?;
    let page = pages::InboxPage {
        frame: at.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &at.cookie),
        me: &at.staff.name,
        shown: &at.staff.shown,
        names: &house.respond.names().await?,
        now: house.respond.room().now(),
        items: &items,
        settled,
        works: at.staff.scopes.allow(Permission::WorkFeedback),
    };
    Ok(pages::inbox(&page).into_response())
}

/// `POST /staff/feedback`
pub async fn care(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk: at, sent: mut fields, .. } = posted(&house, request, Permission::WorkFeedback).await?;
    let id = fields.required("feedback")?.parse().map_err(|_| Problem::not_found())?;
    let outcome = fields.one("outcome")?.unwrap_or_default();
    fields.finish()?;
    let chosen = CareOutcome::ALL.into_iter().find(|known| known.as_str() == outcome);
    if chosen.is_none() && !outcome.is_empty() {
        return Err(Problem::unprocessable().field("outcome", "none of those offered").into());
    }
    if house.respond.care_for(&at.staff.name, id, chosen).await? {
        Ok(Redirect::to(actions::INBOX).into_response())
    } else {
        Err(Problem::not_found().into())
    }
}
