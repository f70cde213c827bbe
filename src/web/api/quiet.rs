//! Maintenance windows and snooze rules of sources, for programs of staff.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::{json, taken};
use crate::respond::{Kept, LONGEST_SNOOZE, LONGEST_WINDOW, NewQuiet, Quiet, Shelved};
use crate::signal::MAY_WAIT;
use crate::time::Timestamp;
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::{House, Shared};
use crate::web::problem::Problem;

/// Characters of a reason.
const REASON: usize = 500;

#[derive(Serialize)]
struct Quiets {
    quiet: Vec<Quiet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    endpoint: String,
    kind: Option<String>,
    begins: Option<Timestamp>,
    ends: Timestamp,
    reason: String,
}

/// A window or rule that may begin: of a source there is, of a kind that may wait, not too long, with a reason.
pub fn checked(house: &House, wanted: NewQuiet) -> Result<NewQuiet, Problem> {
    let bad = |field: &'static str, rule: &'static str| Problem::unprocessable().field(field, rule);
    if house.endpoints.get(&wanted.endpoint).is_none() {
        return Err(bad("endpoint", "name of a configured source"));
    }
    if wanted.kind.as_deref().is_some_and(|kind| !MAY_WAIT.contains(&kind)) {
        return Err(bad("kind", "a kind that may wait: never one of value on its way out or of secrets"));
    }
    let now = house.respond.room().now();
    let longest = if wanted.kind.is_some() { LONGEST_SNOOZE } else { LONGEST_WINDOW };
    if wanted.ends <= now || wanted.ends <= wanted.begins {
        return Err(bad("ends", "after now and after the beginning"));
    }
    if wanted.ends.since(wanted.begins.max(now)) > longest || wanted.begins > now.plus(LONGEST_SNOOZE) {
        return Err(bad("ends", "a window is 7 days at most, a snooze 30, and begins within 30 days"));
    }
    let (reason, _) = taken("reason", &wanted.reason, REASON)?;
    Ok(NewQuiet { begins: wanted.begins.max(now), reason, ..wanted })
}

/// Lists the latest windows and rules, the newest first.
#[utoipa::path(get, path = "/api/v1/sources/quiet", tag = "operation", params(("endpoint" = Option<String>, Query, description = "of this source alone")), responses((status = 200, description = "windows and rules, those that are over included", body = serde_json::Value)))]
pub async fn list(State(house): State<Shared>, uri: Uri) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let endpoint = query.one("endpoint")?.unwrap_or_default();
    query.finish()?;
    Ok(json(StatusCode::OK, &Quiets { quiet: house.respond.quiets(&endpoint).await? }))
}

/// Begins a maintenance window (`{endpoint, begins?, ends, reason}`) or a snooze of one kind of alert (with `kind`). What it
/// covers is kept and can be opened; evidence for an open incident, outflow and secrets are never covered.
#[utoipa::path(post, path = "/api/v1/sources/quiet", tag = "operation", request_body = serde_json::Value,
    responses((status = 201, description = "its id", body = serde_json::Value), (status = 422, description = "no such source, a kind that never waits, or too long")))]
pub async fn begin(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    request: Request,
) -> Result<Response, Problem> {
    let Wanted { endpoint, kind, begins, ends, reason } = body::read(request, body::STAFF_JSON).await?.json()?;
    let begins = begins.unwrap_or_else(|| house.respond.room().now());
    let wanted = checked(&house, NewQuiet { endpoint, kind, begins, ends, reason })?;
    let id = house.respond.keep_quiet(&staff.name, wanted).await?;
    Ok(json(StatusCode::CREATED, &serde_json::json!({ "id": id })))
}

/// Ends a window or rule before its time.
#[utoipa::path(post, path = "/api/v1/sources/quiet/{id}/end", tag = "operation", params(("id" = String, Path, description = "id of the window or rule")),
    responses((status = 200, description = "it is over", body = serde_json::Value), (status = 404, description = "there is none"), (status = 409, description = "it is over already")))]
pub async fn end(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    body::json_or_none(&headers)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    house.respond.end_quiet(&staff.name, id).await?;
    Ok(json(StatusCode::OK, &serde_json::json!({ "id": id, "over": true })))
}

#[derive(Serialize)]
struct Shelf {
    kept: Vec<Shelved>,
}

/// The shelf that an address names.
pub fn shelf_of(word: &str) -> Result<Kept, Problem> {
    Kept::ALL.into_iter().find(|kept| kept.as_str() == word).ok_or_else(Problem::not_found)
}

/// Lists the latest twenty of what is kept of a source beside its signals, or opens one by its `id`: scrubbed, as it came.
#[utoipa::path(get, path = "/api/v1/sources/kept/{endpoint}/{shelf}", tag = "operation", params(("endpoint" = String, Path, description = "name of a source"), ("shelf" = String, Path, description = "copies, unmapped or set-aside"), ("id" = Option<String>, Query, description = "the one to open")), responses((status = 200, description = "without contents, the newest first; or one with its content", body = serde_json::Value), (status = 404, description = "there is none")))]
pub async fn shelf(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path((endpoint, shelf)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let id = query.one("id")?;
    query.finish()?;
    let kept = shelf_of(&shelf)?;
    let Some(id) = id else {
        return Ok(json(StatusCode::OK, &Shelf { kept: house.respond.shelf(&endpoint, kept).await? }));
    };
    let found = house.respond.unshelve(&staff.name, &endpoint, (kept, &id)).await?;
    Ok(json(StatusCode::OK, &found.ok_or_else(Problem::not_found)?))
}
