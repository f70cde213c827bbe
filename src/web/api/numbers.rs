//! The desk's figures for programs: every table as JSON, one as CSV.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::json;
use crate::access::Permission;
use crate::numbers::{Table, csv as written};
use crate::respond::People;
use crate::time::{Span, Timestamp};
use crate::web::body;
use crate::web::body::Fields;
use crate::web::guard::Staff;
use crate::web::house::Shared;
use crate::web::problem::Problem;

/// Days of a window when nobody says otherwise, and the longest.
const DAYS: i64 = 7;
const LONGEST: i64 = 366;

/// The window that a request asks for, and its days.
pub fn window(house: &Shared, query: &mut Fields) -> Result<((Timestamp, Timestamp), i64), Problem> {
    let days = match query.one("days")? {
        Some(days) => days.parse().ok().filter(|days| (1..=LONGEST).contains(days)),
        None => Some(DAYS),
    };
    let days = days.ok_or_else(|| Problem::unprocessable().field("days", "1 to 366"))?;
    let now = house.respond.room().now();
    // The moment itself counts.
    Ok(((now.minus(Span::from_days(days)), now.plus(Span::from_millis(1))), days))
}

/// Whose figures a member of staff may see.
pub fn people(staff: &Staff) -> People<'_> {
    if staff.scopes.allow(Permission::ReadPeopleStats) { People::All } else { People::Only(&staff.name) }
}

/// The table that a request names.
pub fn chosen<'a>(query: &mut Fields, tables: &'a [Table]) -> Result<&'a Table, Problem> {
    let name = query.one("table")?.unwrap_or_default();
    let found = tables.iter().find(|table| table.name == name);
    found.ok_or_else(|| Problem::unprocessable().field("table", "one of the tables"))
}

/// A table as a file of its own.
pub fn file(table: &Table, days: i64) -> Response {
    let name = format!("attachment; filename=\"holdfast-{}-{days}-days.csv\"", table.name);
    let name = HeaderValue::try_from(name).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], written(table)).into_response()
}

/// Every table over a window.
#[utoipa::path(get, path = "/api/v1/numbers", tag = "staff", params(("days" = Option<i64>, Query, description = "1 to 366, 7 when left out")),
    responses((status = 200, description = "tables by name, each a list of rows: arrivals and backlog, times, loss averted, promises, kinds and causes against the window before, verdicts, satisfaction, signs, sources, and people (one's own row without `stats:people`)", body = serde_json::Value), (status = 422, description = "no such window")))]
pub async fn tables(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let ((since, until), _) = window(&house, &mut query)?;
    query.finish()?;
    let tables = house.respond.numbers((since, until), people(&staff)).await?;
    let tables: serde_json::Map<_, _> = tables.iter().map(|table| (table.name.to_owned(), table.json())).collect();
    Ok(json(StatusCode::OK, &serde_json::json!({ "window": { "since": since, "until": until }, "tables": tables })))
}

/// One table as CSV.
#[utoipa::path(get, path = "/api/v1/numbers/csv", tag = "staff", params(("table" = String, Query, description = "the name of a table of `/api/v1/numbers`"), ("days" = Option<i64>, Query, description = "1 to 366, 7 when left out")),
    responses((status = 200, description = "RFC 4180, the first line names the columns", body = String, content_type = "text/csv"), (status = 422, description = "no such table or window")))]
pub async fn csv(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let (within, days) = window(&house, &mut query)?;
    let tables = house.respond.numbers(within, people(&staff)).await?;
    let table = chosen(&mut query, &tables)?;
    query.finish()?;
    Ok(file(table, days))
}
