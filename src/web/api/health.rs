//! `/health/live` and `/health/ready`: up or not, and nothing more (LOG-04).

use axum::extract::State;
use axum::http::StatusCode;

use crate::web::house::Shared;

/// Says that the process runs.
#[utoipa::path(get, path = "/health/live", tag = "operation", responses((status = 200, description = "the process runs")))]
pub async fn live() -> &'static str {
    "up\n"
}

/// Says whether memory can be read.
#[utoipa::path(get, path = "/health/ready", tag = "operation", responses((status = 200, description = "reports are kept"), (status = 503, description = "not now")))]
pub async fn ready(State(house): State<Shared>) -> (StatusCode, &'static str) {
    match house.respond.db.schema_version().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}
