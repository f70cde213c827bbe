//! The programs' side of the doors: JSON in, JSON or a problem out.

pub mod alerts;
pub mod apart;
pub mod attachments;
pub mod audit;
pub mod cases;
mod channel;
pub mod chats;
pub mod directory;
pub mod feedback;
pub mod health;
pub mod inbox;
pub mod incidents;
pub mod known_bad;
pub mod letters;
mod masked;
pub mod numbers;
pub mod orders;
pub mod playbooks;
pub mod quiet;
pub mod reports;
pub mod shift;
pub mod sources;
pub mod wishes;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::problem::Problem;
use crate::phrase::{Secret, scrub};
use crate::text::clean;

/// JSON with a status.
fn json<T: Serialize>(status: StatusCode, body: &T) -> Response {
    (status, Json(body)).into_response()
}

/// A text for the record: secrets out first, then what must not be shown. `field` names it in the refusal.
pub(super) fn taken(field: &'static str, text: &str, limit: usize) -> Result<(String, Vec<Secret>), Problem> {
    let scrubbed = scrub(text);
    let secrets = scrubbed.removed.iter().map(|removed| removed.secret).collect();
    let text = clean(&scrubbed.text, limit)
        .map_err(|_| Problem::unprocessable().field(field, "too long, or contains U+0000"))?;
    if text.trim().is_empty() {
        return Err(Problem::unprocessable().field(field, "empty"));
    }
    Ok((text, secrets))
}
