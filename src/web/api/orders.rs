//! Orders to wallet backends: see, preview, ask for, approve, withdraw, reverse, look at afterwards.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{masked, taken};
use crate::containment::Action;
use crate::id::{Id, of};
use crate::respond::orders::{NewOrder, OrderDeed, Refused};
use crate::time::Span;
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::{House, Shared};
use crate::web::problem::Problem;

const LIMIT: usize = 64 * 1024;
/// Characters of a reason.
const WORDS: usize = 2_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskBody {
    action: String,
    account: Option<String>,
    minutes: Option<u32>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PreviewBody {
    action: String,
    account: Option<String>,
    minutes: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApproveBody {
    digest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonBody {
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewBody {
    looked: bool,
}

/// Why an order was not taken, as the outside sees it.
pub fn refusal(refused: &Refused) -> Problem {
    let problem = match refused {
        Refused::Unknown => return Problem::not_found(),
        Refused::NoBackend => Problem::conflict().named("no-backend"),
        Refused::NotOfIncident => return Problem::unprocessable().field("account", "an account that the signals name"),
        Refused::Lasting => return Problem::unprocessable().field("minutes", "1 to 10080, for what lasts"),
        Refused::Already(_) => Problem::conflict().named("order-under-way"),
        Refused::Stale => Problem::conflict().named("stale"),
        Refused::Practice => Problem::conflict().named("practice"),
        Refused::NoInverse => Problem::conflict().named("no-inverse"),
        Refused::Shorter(_) => Problem::conflict().named("order-in-force"),
        Refused::NotByItself => return Problem::unprocessable().field("action", "not a release: reverse the order"),
        Refused::MayHaveLeft => Problem::conflict().named("order-may-have-left"),
        Refused::Rule(_) => Problem::conflict().named("order-rule"),
        Refused::Brake(_) => Problem::conflict().named("order-brake"),
    };
    problem.detail(refused.to_string())
}

/// An order as it was written down by whoever asks.
pub fn new_order(
    (action, account, minutes): (&str, Option<String>, Option<u32>),
    reason: String,
) -> Result<NewOrder, Problem> {
    let action: Action = action.parse().map_err(|_| Problem::unprocessable().field("action", "one of the orders"))?;
    let lasting = minutes.map(|minutes| Span::from_minutes(i64::from(minutes)));
    Ok(NewOrder { action, account, lasting, undoes: None, reason })
}

fn incident(id: &str) -> Result<Id<of::Incident>, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}

/// Shows the orders of an incident: what the playbook recommends, what was asked for and how it stands.
#[utoipa::path(get, path = "/api/v1/incidents/{id}/orders", tag = "orders", params(("id" = String, Path, description = "id of the incident")),
    responses((status = 200, description = "recommended, placed, accounts, backends", body = serde_json::Value), (status = 404, description = "there is no such incident")))]
pub async fn list(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let orders = house.respond.orders(incident(&id)?, &staff.name).await?.ok_or_else(Problem::not_found)?;
    Ok(masked::answer(StatusCode::OK, &orders))
}

/// Shows what an order would touch. Nothing is kept; the backend is asked to count and does nothing.
#[utoipa::path(post, path = "/api/v1/incidents/{id}/orders/preview", tag = "orders", params(("id" = String, Path, description = "id of the incident")), request_body = serde_json::Value,
    responses((status = 200, description = "who it takes, until when it lasts, what undoes it, what it touches", body = serde_json::Value), (status = 404, description = "there is no such incident"), (status = 409, description = "no backend, or the same order is under way"), (status = 422, description = "another account or a length that is not possible")))]
pub async fn preview(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let PreviewBody { action, account, minutes } = body::read(request, LIMIT).await?.json()?;
    let new = new_order((&action, account, minutes), String::new())?;
    let radius = radius(&house, incident(&id)?, (&staff.name, new)).await?.map_err(|refused| refusal(&refused))?;
    Ok(masked::answer(StatusCode::OK, &radius))
}

/// What an order would touch, with the backend's counts.
pub async fn radius(
    house: &House,
    incident: Id<of::Incident>,
    (by, new): (&str, NewOrder),
) -> Result<Result<crate::respond::orders::Radius, Refused>, Problem> {
    let mut radius = match house.respond.preview_order(incident, by, new).await? {
        Ok(radius) => radius,
        Err(refused) => return Ok(Err(refused)),
    };
    radius.touches = house.outbox.touches(&house.respond, &radius).await;
    Ok(Ok(radius))
}

/// Asks for an order: `{action, account?, minutes?, reason}`. What takes one person is on its way with the answer.
#[utoipa::path(post, path = "/api/v1/incidents/{id}/orders", tag = "orders", params(("id" = String, Path, description = "id of the incident")), request_body = serde_json::Value,
    responses((status = 201, description = "the order", body = serde_json::Value), (status = 404, description = "there is no such incident"), (status = 409, description = "no backend, the same order is under way, or too many by one person"), (status = 422, description = "another account or a length that is not possible")))]
pub async fn ask(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let AskBody { action, account, minutes, reason } = body::read(request, LIMIT).await?.json()?;
    let new = new_order((&action, account, minutes), taken("reason", &reason, WORDS)?.0)?;
    let asked = house.respond.ask_order(incident(&id)?, &staff.name, new).await?;
    let order = asked.map_err(|refused| refusal(&refused))?;
    Ok(masked::answer(StatusCode::CREATED, &order))
}

type Named = (String, String);

async fn decided(house: &Shared, (id, order): Named, by: &str, deed: OrderDeed) -> Result<Response, Problem> {
    let ids = (incident(&id)?, order.parse().map_err(|_| Problem::not_found())?);
    let order = house.respond.decide_order(ids, by, deed).await?.map_err(|refused| refusal(&refused))?;
    Ok(masked::answer(StatusCode::OK, &order))
}

async fn reason(request: Request) -> Result<String, Problem> {
    let ReasonBody { reason } = body::read(request, LIMIT).await?.json()?;
    Ok(taken("reason", &reason, WORDS)?.0)
}

/// Approves an order as a second person: `{digest}` is that of the order that was shown.
#[utoipa::path(post, path = "/api/v1/incidents/{id}/orders/{order}/approve", tag = "orders", params(("id" = String, Path, description = "id of the incident"), ("order" = String, Path, description = "id of the order")), request_body = serde_json::Value,
    responses((status = 200, description = "the order, on its way", body = serde_json::Value), (status = 404, description = "there is no such order"), (status = 409, description = "the same person, too early, expired, or not the order that was shown")))]
pub async fn approve(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(named): Path<Named>,
    request: Request,
) -> Result<Response, Problem> {
    let ApproveBody { digest } = body::read(request, LIMIT).await?.json()?;
    decided(&house, named, &staff.name, OrderDeed::Approve { digest }).await
}

/// Takes an order back that has not left: `{reason}`.
#[utoipa::path(post, path = "/api/v1/incidents/{id}/orders/{order}/withdraw", tag = "orders", params(("id" = String, Path, description = "id of the incident"), ("order" = String, Path, description = "id of the order")), request_body = serde_json::Value,
    responses((status = 200, description = "the order", body = serde_json::Value), (status = 404, description = "there is no such order"), (status = 409, description = "it has left already")))]
pub async fn withdraw(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(named): Path<Named>,
    request: Request,
) -> Result<Response, Problem> {
    let reason = reason(request).await?;
    decided(&house, named, &staff.name, OrderDeed::Withdraw { reason }).await
}

/// Asks for the order that lifts one: `{reason}`. The person is told, and a second person approves after half an hour.
#[utoipa::path(post, path = "/api/v1/incidents/{id}/orders/{order}/reverse", tag = "orders", params(("id" = String, Path, description = "id of the incident"), ("order" = String, Path, description = "id of the order")), request_body = serde_json::Value,
    responses((status = 200, description = "the new order", body = serde_json::Value), (status = 404, description = "there is no such order"), (status = 409, description = "it does not hold, or nothing undoes it")))]
pub async fn reverse(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(named): Path<Named>,
    request: Request,
) -> Result<Response, Problem> {
    let reason = reason(request).await?;
    decided(&house, named, &staff.name, OrderDeed::Reverse { reason }).await
}

/// Says that somebody else looked at what one person did alone: `{"looked": true}`.
#[utoipa::path(post, path = "/api/v1/incidents/{id}/orders/{order}/review", tag = "orders", params(("id" = String, Path, description = "id of the incident"), ("order" = String, Path, description = "id of the order")), request_body = serde_json::Value,
    responses((status = 200, description = "the order", body = serde_json::Value), (status = 404, description = "there is no such order"), (status = 409, description = "their own, or looked at already")))]
pub async fn review(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(named): Path<Named>,
    request: Request,
) -> Result<Response, Problem> {
    let ReviewBody { looked } = body::read(request, LIMIT).await?.json()?;
    if !looked {
        return Err(Problem::unprocessable().field("looked", "true"));
    }
    decided(&house, named, &staff.name, OrderDeed::Review).await
}

/// Lists what one person alone or the house itself ordered and nobody else has looked at, the oldest first; `braked` says since
/// when the house orders nothing by itself.
#[utoipa::path(get, path = "/api/v1/orders/review", tag = "orders",
    responses((status = 200, description = "200 orders at most, braked, accounts_braked", body = serde_json::Value)))]
pub async fn to_review(State(house): State<Shared>) -> Result<Response, Problem> {
    Ok(masked::answer(StatusCode::OK, &house.respond.reviews().await?))
}

/// Lets the house order by itself again after its brake went in: `{reason}`.
#[utoipa::path(post, path = "/api/v1/orders/brake", tag = "orders", request_body = serde_json::Value,
    responses((status = 204, description = "it may go on"), (status = 409, description = "no brake is in")))]
pub async fn go_on(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    request: Request,
) -> Result<Response, Problem> {
    let reason = reason(request).await?;
    house.respond.release_brakes(&staff.name, &reason).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
