//! The audit trail for programs of auditors.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::json;
use crate::web::house::Shared;
use crate::web::problem::Problem;

/// What the house raised within a day: unusual reading of cases, a purge that braked. Names nobody; the trail does.
#[utoipa::path(get, path = "/api/v1/audit/alarms", tag = "staff",
    responses((status = 200, description = "alarms, the newest first", body = serde_json::Value)))]
pub async fn alarms(State(house): State<Shared>) -> Result<Response, Problem> {
    let alarms = house.respond.alarms().await?;
    Ok(json(StatusCode::OK, &serde_json::json!({ "alarms": alarms })))
}
