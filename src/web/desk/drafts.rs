//! `POST /staff/incidents/{id}/draft`: keeps what is being written, without secrets.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Posted, is_quiet, lead, posted};
use crate::access::Permission;
use crate::id::{Id, of};
use crate::phrase::scrub;
use crate::respond::desk::Field;
use crate::text::clean;
use crate::web::house::Shared;
use crate::web::pages::staff::actions;
use crate::web::problem::Problem;

/// Characters that are kept.
const WORDS: usize = 8_000;

/// Keeps a draft; the script gets nothing back, a browser its page.
pub async fn draft(
    State(house): State<Shared>,
    Path(id): Path<String>,
    request: Request,
) -> axum::response::Result<Response> {
    let id: Id<of::Incident> = id.parse().map_err(|_| Problem::not_found())?;
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::WorkIncident).await?;
    let field: Field =
        sent.required("field")?.parse().map_err(|_| Problem::unprocessable().field("field", "reply, note"))?;
    let text = scrub(&sent.one("text")?.unwrap_or_default()).text.clone();
    let text =
        clean(&text, WORDS).map_err(|_| Problem::unprocessable().field("text", "too long, or contains U+0000"))?;
    if !house.respond.keep_draft(id, &desk.staff.name, (field, &text)).await? {
        return Err(Problem::not_found().into());
    }
    if is_quiet(&received.parts.headers) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(lead(&format!("{}#talk", actions::incident(id))))
}
