//! `/api/v1/cases/{reference}`: a case for its holder, by `Authorization: Case <link-token>.<code>`.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::response::Response;
use serde::Deserialize;

use super::{json, taken};
use crate::guidance::StepState;
use crate::id::{Id, of};
use crate::respond::HolderDeed;
use crate::respond::view::CaseView;
use crate::signal::TEXT_LIMIT;
use crate::web::body;
use crate::web::client::Client;
use crate::web::house::{House, Shared};
use crate::web::problem::Problem;

pub(super) const LIMIT: usize = 64 * 1024;

/// Shows a case.
#[utoipa::path(get, path = "/api/v1/cases/{reference}", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")),
    responses((status = 200, description = "the case as its holder may see it", body = serde_json::Value), (status = 401, description = "link and code do not open a case of this reference")))]
pub async fn get(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let case = holder(&house, &parts, &reference).await?;
    show(house.respond.case(case, None).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    question: String,
    choice: String,
}

/// Answers a question; the steps may change at once.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/answers", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "no such question or choice")))]
pub async fn answer(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, LIMIT).await?;
    let case = holder(&house, &received.parts, &reference).await?;
    let AnswerBody { question, choice } = received.json()?;
    does(&house, case, HolderDeed::Answer { question, choice }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepBody {
    state: StepState,
}

/// Ticks a step: done, cannot, not-sure, open.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/steps/{step}", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX"), ("step" = String, Path, description = "id of a step")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "no such step")))]
pub async fn step(
    State(house): State<Shared>,
    Path((reference, step)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, LIMIT).await?;
    let case = holder(&house, &received.parts, &reference).await?;
    let StepBody { state } = received.json()?;
    does(&house, case, HolderDeed::Step { step, state }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageBody {
    text: String,
}

/// Sends words to staff.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/messages", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "the text breaks a rule")))]
pub async fn message(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, LIMIT).await?;
    let case = holder(&house, &received.parts, &reference).await?;
    let MessageBody { text } = received.json()?;
    let (text, secrets) = taken("text", &text, TEXT_LIMIT)?;
    does(&house, case, HolderDeed::Message { text, secrets }).await
}

pub(super) async fn does(house: &House, case: Id<of::Case>, deed: HolderDeed) -> Result<Response, Problem> {
    house.limits.deeds.check(case)?;
    match house.respond.holder_does(case, deed).await? {
        Some(view) => show(Some(view)),
        None => Err(Problem::unprocessable()
            .field("body", "no such question, choice or step, or nothing that its holder can close")),
    }
}

fn show(view: Option<CaseView>) -> Result<Response, Problem> {
    let view = view.ok_or_else(|| Problem::unauthorized("Case"))?;
    Ok(json(StatusCode::OK, &view))
}

/// The case that the request proves to hold, which must be the one in its address. Guesses are limited by client and by case.
pub(super) async fn holder(house: &House, parts: &Parts, reference: &str) -> Result<Id<of::Case>, Problem> {
    let refuse = || Problem::unauthorized("Case");
    let (token, code) = credentials(&parts.headers).ok_or_else(refuse)?;
    // Before the proof, because a proof goes through the writer.
    if let Some(client) = parts.extensions.get::<Client>() {
        house.limits.case_calls.check(client.prefix())?;
    }
    let proved = house.respond.prove(token.parse().ok(), code.parse().ok()).await?;
    if proved.is_none()
        && let Some(client) = parts.extensions.get::<Client>()
    {
        house.limits.codes.check(client.prefix())?;
    }
    let case = proved.ok_or_else(refuse)?;
    if house.respond.is_called(case, reference).await? { Ok(case) } else { Err(refuse()) }
}

fn credentials(headers: &HeaderMap) -> Option<(&str, &str)> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Case ")?.split_once('.')
}
