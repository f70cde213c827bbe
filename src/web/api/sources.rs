//! What operators see of their sources: which are connected, and what verified but did not fit.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use serde::Serialize;

use super::json;
use crate::respond::Unmapped;
use crate::web::body;
use crate::web::house::Shared;
use crate::web::problem::Problem;

#[derive(Serialize)]
struct Listed<'a> {
    endpoint: &'a str,
    source: &'a str,
    about: &'a str,
}

#[derive(Serialize)]
struct Sources<'a> {
    sources: Vec<Listed<'a>>,
    /// How many deliveries verified but could not be read.
    unmapped: i64,
}

/// Lists the configured sources.
#[utoipa::path(get, path = "/api/v1/sources", tag = "operation", responses((status = 200, description = "endpoints with their mappings, and how much could not be read", body = serde_json::Value)))]
pub async fn list(State(house): State<Shared>) -> Result<Response, Problem> {
    let unmapped = house.respond.unmapped_count().await?;
    let sources = house.endpoints.iter().map(|endpoint| Listed {
        endpoint: &endpoint.name,
        source: endpoint.mapping.source(),
        about: &endpoint.mapping.about().en,
    });
    Ok(json(StatusCode::OK, &Sources { sources: sources.collect(), unmapped }))
}

#[derive(Serialize)]
struct UnmappedPage {
    unmapped: Vec<Unmapped>,
}

/// Lists deliveries that verified but could not be read, the oldest first, scrubbed.
#[utoipa::path(get, path = "/api/v1/sources/unmapped", tag = "operation", params(("after" = Option<String>, Query, description = "id of the last one of the page before"), ("limit" = Option<i64>, Query, description = "1 to 100, 20 when absent")), responses((status = 200, description = "the deliveries", body = serde_json::Value)))]
pub async fn unmapped(State(house): State<Shared>, uri: Uri) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let limit = query
        .one("limit")?
        .map(|limit| {
            limit
                .parse()
                .ok()
                .filter(|limit| (1..=100).contains(limit))
                .ok_or_else(|| Problem::unprocessable().field("limit", "1 to 100"))
        })
        .transpose()?;
    let after = query
        .one("after")?
        .map(|after| after.parse().map_err(|_| Problem::unprocessable().field("after", "an id")))
        .transpose()?;
    query.finish()?;
    let unmapped = house.respond.unmapped(after, limit.unwrap_or(20)).await?;
    Ok(json(StatusCode::OK, &UnmappedPage { unmapped }))
}
