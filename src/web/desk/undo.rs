//! `POST /staff/undo`: takes the last deed back.

use axum::extract::{Request, State};
use axum::response::Response;

use super::{Posted, back, lead, posted};
use crate::access::Permission;
use crate::web::house::Shared;
use crate::web::problem::Problem;

/// Takes a deed back, or says that it is too late.
pub async fn undo(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, .. } = posted(&house, request, Permission::ClaimIncident).await?;
    let id = sent.required("undo")?.parse().map_err(|_| Problem::not_found())?;
    let back = back(&mut sent)?;
    sent.finish()?;
    let done = house.respond.undo(id, &desk.staff.name).await?;
    let outcome = if done.is_some_and(|done| done.back > 0) { "notice=undone" } else { "notice=late" };
    let gap = if back.contains('?') { '&' } else { '?' };
    Ok(lead(&format!("{back}{gap}{outcome}")))
}
