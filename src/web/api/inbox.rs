//! The box of what people said of us, for programs.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::masked;
use crate::respond::CareOutcome;
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::Shared;
use crate::web::problem::Problem;

const LIMIT: usize = 4 * 1024;

/// What waits in the box of feedback.
#[utoipa::path(get, path = "/api/v1/feedback/inbox", tag = "staff", params(("settled" = Option<bool>, Query, description = "whether what is settled is shown as well")),
    responses((status = 200, description = "the newest hundred with words, few stars or nothing solved; owner and outcome; reading them is an audit entry", body = serde_json::Value)))]
pub async fn get(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let settled = match query.one("settled")?.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Problem::unprocessable().field("settled", "true or false")),
    };
    query.finish()?;
    let items = house.respond.inbox(&staff.name, settled).await?;
    Ok(masked::answer(StatusCode::OK, &serde_json::json!({ "feedback": items })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    id: String,
    outcome: Option<CareOutcome>,
}

/// Takes a piece of feedback in hand, or says what came of it.
#[utoipa::path(post, path = "/api/v1/feedback/inbox", tag = "staff", request_body(content = serde_json::Value, description = "`id`, and `outcome` (improved, playbook, answered, known, nothing); without an outcome the caller becomes its owner"),
    responses((status = 204, description = "kept"), (status = 404, description = "there is none"), (status = 422, description = "no such outcome")))]
pub async fn post(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    request: Request,
) -> Result<Response, Problem> {
    let Body { id, outcome } = body::read(request, LIMIT).await?.json()?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    if house.respond.care_for(&staff.name, id, outcome).await? {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(Problem::not_found())
    }
}
