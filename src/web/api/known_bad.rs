//! The operator's lists of known-bad addresses and domains, for programs of staff.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::json;
use crate::audit::Actor;
use crate::respond::{ListChange, ListShown};
use crate::signal::KNOWN_BAD;
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::Shared;
use crate::web::problem::Problem;

#[derive(Serialize)]
struct Lists {
    lists: Vec<ListShown>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    category: String,
    /// Whether what the list holds goes first.
    #[serde(default)]
    replace: bool,
    #[serde(default)]
    add: Vec<String>,
    #[serde(default)]
    remove: Vec<String>,
}

/// A name that a list can have: it stands in evidence and in the audit trail.
pub fn is_name(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    (1..=64).contains(&name.len()) && name.chars().all(plain)
}

/// Lists them with their versions.
#[utoipa::path(get, path = "/api/v1/known-bad", tag = "operation", responses((status = 200, description = "every list with its category, version and number of entries", body = serde_json::Value)))]
pub async fn list(State(house): State<Shared>) -> Result<Response, Problem> {
    Ok(json(StatusCode::OK, &Lists { lists: house.respond.known_lists().await? }))
}

/// Makes or changes a list: `{category, replace?, add?, remove?}`. An entry is an address of any chain, a domain (which
/// counts with all beneath it) or a URL without its query. Longer lists come by `holdfast known-bad set`.
#[utoipa::path(post, path = "/api/v1/known-bad/{list}", tag = "operation", params(("list" = String, Path, description = "1 to 64 of a to z, 0 to 9 and -")), request_body = serde_json::Value,
    responses((status = 200, description = "version, number of entries, and what could not be read", body = serde_json::Value), (status = 422, description = "an unknown category or a bad name")))]
pub async fn change(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let Change { category, replace, add, remove } = body::read(request, body::STAFF_JSON).await?.json()?;
    let bad = |field: &'static str, rule: &'static str| Problem::unprocessable().field(field, rule);
    if !is_name(&name) {
        return Err(bad("list", "1 to 64 of a to z, 0 to 9 and -"));
    }
    if !KNOWN_BAD.contains(&category.as_str()) {
        return Err(bad("category", "drainer, scam, lure or spender"));
    }
    let wanted = ListChange { name, category, replace, add, remove };
    let changed = house.respond.change_list(Actor::Staff(staff.name), wanted).await?;
    Ok(json(StatusCode::OK, &changed))
}

/// Takes a list away.
#[utoipa::path(post, path = "/api/v1/known-bad/{list}/drop", tag = "operation", params(("list" = String, Path, description = "name of a list")),
    responses((status = 200, description = "it is gone", body = serde_json::Value), (status = 409, description = "there is none")))]
pub async fn drop(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    body::json_or_none(&headers)?;
    house.respond.drop_list(Actor::Staff(staff.name), &name).await?;
    Ok(json(StatusCode::OK, &serde_json::json!({ "list": name, "gone": true })))
}
