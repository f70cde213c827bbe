//! Alarms to staff and letters that did not arrive, for programs of staff.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::json;
use crate::respond::DeadLetter;
use crate::respond::alarms::Raised;
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::Shared;
use crate::web::problem::Problem;

#[derive(Serialize)]
struct Alarms {
    alarms: Vec<Raised>,
}

#[derive(Serialize)]
struct DeadLetters {
    dead: Vec<DeadLetter>,
}

/// Lists the alarms that hold, the gravest first, with whom they were told and whether somebody saw them.
#[utoipa::path(get, path = "/api/v1/alarms", tag = "operation", responses((status = 200, description = "200 alarms at most", body = serde_json::Value)))]
pub async fn alarms(State(house): State<Shared>) -> Result<Response, Problem> {
    Ok(json(StatusCode::OK, &Alarms { alarms: house.respond.raised_alarms().await? }))
}

/// Says that somebody saw an alarm: it rings no further.
#[utoipa::path(post, path = "/api/v1/alarms/{id}/seen", tag = "operation", params(("id" = String, Path, description = "id of the alarm")),
    responses((status = 200, description = "it rings no further", body = serde_json::Value), (status = 409, description = "there is none, or it was seen or is over")))]
pub async fn seen(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    body::json_or_none(&headers)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    house.respond.see_alarm(&staff.name, id).await?;
    Ok(json(StatusCode::OK, &serde_json::json!({ "id": id, "seen": true })))
}

/// Lists letters that were given up: to whom, of what sort and why; never what is in them.
#[utoipa::path(get, path = "/api/v1/outbox/dead", tag = "operation", responses((status = 200, description = "the latest 200", body = serde_json::Value)))]
pub async fn dead(State(house): State<Shared>) -> Result<Response, Problem> {
    Ok(json(StatusCode::OK, &DeadLetters { dead: house.respond.dead_letters().await? }))
}

/// Has a dead letter sent again; an order is asked about first, and has its effect once.
#[utoipa::path(post, path = "/api/v1/outbox/{id}/again", tag = "operation", params(("id" = String, Path, description = "id of the letter")),
    responses((status = 200, description = "it waits again", body = serde_json::Value), (status = 409, description = "there is no such dead letter")))]
pub async fn again(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    body::json_or_none(&headers)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    house.respond.send_again(&staff.name, id).await?;
    Ok(json(StatusCode::OK, &serde_json::json!({ "id": id, "again": true })))
}
