//! What operators see of their sources: which are connected, and what verified but did not fit.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use serde::Serialize;

use super::json;
use crate::respond::{CopyOpened, Liveness, Unmapped};
use crate::web::body::{self, Fields};
use crate::web::house::Shared;
use crate::web::problem::Problem;

#[derive(Serialize)]
struct Listed<'a> {
    endpoint: &'a str,
    source: &'a str,
    about: &'a str,
    /// Copies that were suppressed in the last seven days.
    copies: i64,
    #[serde(flatten)]
    pulse: Liveness,
    /// Refused in this hour and the one before, by reason, since this node began.
    refused: BTreeMap<&'static str, u64>,
    /// Whether set-up requests are answered, which is only meant for while it is being connected.
    set_up: bool,
}

#[derive(Serialize)]
struct Sources<'a> {
    sources: Vec<Listed<'a>>,
    /// How many deliveries verified but could not be read.
    unmapped: i64,
    /// Refused under names that no source has.
    refused_unknown: u64,
}

/// Lists the configured sources.
#[utoipa::path(get, path = "/api/v1/sources", tag = "operation", responses((status = 200, description = "endpoints with their mappings, and how much could not be read", body = serde_json::Value)))]
pub async fn list(State(house): State<Shared>) -> Result<Response, Problem> {
    let unmapped = house.respond.unmapped_count().await?;
    let copies: BTreeMap<String, i64> = house.respond.copy_counts().await?.into_iter().collect();
    let (mut pulses, mut refused) = (house.respond.pulses().await?, house.refusals.recent(house.respond.room().now()));
    let refused_unknown = refused.remove("").map_or(0, |reasons| reasons.values().sum());
    let sources = house.endpoints.iter().map(|endpoint| Listed {
        endpoint: &endpoint.name,
        source: endpoint.mapping.source(),
        about: &endpoint.mapping.about().en,
        copies: copies.get(&endpoint.name).copied().unwrap_or(0),
        pulse: pulses.remove(&endpoint.name).unwrap_or_default(),
        refused: refused.remove(&endpoint.name).unwrap_or_default(),
        set_up: endpoint.set_up,
    });
    Ok(json(StatusCode::OK, &Sources { sources: sources.collect(), unmapped, refused_unknown }))
}

#[derive(Serialize)]
struct UnmappedPage {
    unmapped: Vec<Unmapped>,
}

/// Lists deliveries that verified but could not be read, the oldest first, scrubbed.
#[utoipa::path(get, path = "/api/v1/sources/unmapped", tag = "operation", params(("after" = Option<String>, Query, description = "id of the last one of the page before"), ("limit" = Option<i64>, Query, description = "1 to 100, 20 when absent")), responses((status = 200, description = "the deliveries", body = serde_json::Value)))]
pub async fn unmapped(State(house): State<Shared>, uri: Uri) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let limit = limit(&mut query)?;
    let after = query
        .one("after")?
        .map(|after| after.parse().map_err(|_| Problem::unprocessable().field("after", "an id")))
        .transpose()?;
    query.finish()?;
    let unmapped = house.respond.unmapped(after, limit).await?;
    Ok(json(StatusCode::OK, &UnmappedPage { unmapped }))
}

#[derive(Serialize)]
struct CopiesPage {
    copies: Vec<CopyOpened>,
}

/// Lists copies that were suppressed, the oldest first, each with what was in it and the signal that the first became.
#[utoipa::path(get, path = "/api/v1/sources/copies", tag = "operation", params(("endpoint" = Option<String>, Query, description = "of this source alone"), ("after" = Option<String>, Query, description = "id of the last one of the page before"), ("limit" = Option<i64>, Query, description = "1 to 100, 20 when absent")), responses((status = 200, description = "the copies; the last twenty of each event or delivery", body = serde_json::Value)))]
pub async fn copies(State(house): State<Shared>, uri: Uri) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let limit = limit(&mut query)?;
    let after = query
        .one("after")?
        .map(|after| after.parse().map_err(|_| Problem::unprocessable().field("after", "an id")))
        .transpose()?;
    let endpoint = query.one("endpoint")?.unwrap_or_default();
    query.finish()?;
    let copies = house.respond.copies(after, (&endpoint, limit)).await?;
    Ok(json(StatusCode::OK, &CopiesPage { copies }))
}

fn limit(query: &mut Fields) -> Result<i64, Problem> {
    let Some(limit) = query.one("limit")? else { return Ok(20) };
    limit
        .parse()
        .ok()
        .filter(|limit| (1..=100).contains(limit))
        .ok_or_else(|| Problem::unprocessable().field("limit", "1 to 100"))
}
