//! `POST /api/v1/cases/{reference}/person`, `…/solved` and `…/consent`: what a holder wishes beside steps and words.

use axum::extract::{Path, Request, State};
use axum::response::Response;
use serde::Deserialize;

use super::cases::{LIMIT, does, sent};
use crate::respond::HolderDeed;
use crate::web::house::Shared;
use crate::web::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Asks for a person: staff see it, and only people close the case from then on.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/person", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open")))]
pub async fn ask_for_person(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    wish(&house, &reference, (request, HolderDeed::AskForPerson)).await
}

/// Says that a routine request is solved; it closes, and a word opens it again.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/solved", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "a security case, which only staff close")))]
pub async fn solved(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    wish(&house, &reference, (request, HolderDeed::Solved)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentBody {
    given: bool,
}

/// Lets the account, addresses, transactions and times of the case be passed to exchanges and the police, or takes that
/// back: `{given}`. Asked apart from the report, and recorded (PRIV-06).
#[utoipa::path(post, path = "/api/v1/cases/{reference}/consent", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open")))]
pub async fn consent(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (case, ConsentBody { given }) = sent(&house, &reference, (request, LIMIT)).await?;
    does(&house, case, HolderDeed::Consent { given }).await
}

async fn wish(house: &Shared, reference: &str, (request, deed): (Request, HolderDeed)) -> Result<Response, Problem> {
    let (case, Nothing {}) = sent(house, reference, (request, LIMIT)).await?;
    does(house, case, deed).await
}
