//! The files of a case and of an incident, for programs.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::cases::holder;
use super::incidents::incident;
use super::json;
use crate::attachment::Clean;
use crate::web::attachments::{cleaned, download, id, not_added, refusal};
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::{House, Shared};
use crate::web::person;
use crate::web::problem::Problem;

/// Adds a file to a case: `multipart/form-data` with one part `file`. PNG stays PNG, JPEG and WebP become JPEG, both without
/// metadata; a text loses its secrets; the name is ours.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/attachments", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body(content = serde_json::Value, content_type = "multipart/form-data", description = "`file`: PNG, JPEG, WebP, PDF or plain text by its content, at most 5 MiB, a text at most 1 MiB"),
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 409, description = "ten files are there"), (status = 422, description = "the file is not taken: the rule is under `file`")))]
pub async fn attach(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let case = holder(&house, &parts, &reference).await?;
    house.limits.deeds.check(case)?;
    let clean = sent(&house, Request::from_parts(parts, body)).await?;
    let view = house.respond.holder_attaches(case, clean).await?.map_err(not_added)?;
    Ok(json(StatusCode::OK, &view))
}

/// Lists the files that the holder of a case added.
#[utoipa::path(get, path = "/api/v1/cases/{reference}/attachments", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")),
    responses((status = 200, description = "`attachments`: `id`, `name`, `kind`, `size`, `at`, oldest first", body = serde_json::Value), (status = 401, description = "does not open")))]
pub async fn list(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let case = holder(&house, &parts, &reference).await?;
    let view = house.respond.case(case, None).await?.ok_or_else(|| Problem::unauthorized("Case"))?;
    Ok(json(StatusCode::OK, &json!({ "attachments": view.attachments })))
}

/// Gives one file of a case.
#[utoipa::path(get, path = "/api/v1/cases/{reference}/attachments/{id}", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX"), ("id" = String, Path, description = "32 symbols")),
    responses((status = 200, description = "the file", content_type = "application/octet-stream", body = Vec<u8>), (status = 401, description = "does not open"), (status = 404, description = "this case has no such file")))]
pub async fn get(
    State(house): State<Shared>,
    Path((reference, name)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let case = holder(&house, &parts, &reference).await?;
    person::fetch_attachment(&house, case, &name).await
}

/// Adds a file to an incident, which no holder sees: `multipart/form-data` with one part `file`.
#[utoipa::path(post, path = "/api/v1/incidents/{id}/attachments", tag = "staff", params(("id" = String, Path, description = "id of the incident")), request_body(content = serde_json::Value, content_type = "multipart/form-data", description = "`file`, as for cases"),
    responses((status = 201, description = "`id` of the file", body = serde_json::Value), (status = 404, description = "there is no such incident"), (status = 409, description = "staff have added ten"), (status = 422, description = "the file is not taken: the rule is under `file`")))]
pub async fn attach_to_incident(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(of): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let of = incident(&of)?;
    let clean = sent(&house, request).await?;
    let id = house.respond.staff_attaches(of, &staff.name, clean).await?.map_err(not_added)?;
    Ok(json(StatusCode::CREATED, &json!({ "id": id.as_str() })))
}

/// Gives one file of an incident; the look is an entry in the trail.
#[utoipa::path(get, path = "/api/v1/incidents/{id}/attachments/{attachment}", tag = "staff", params(("id" = String, Path, description = "id of the incident"), ("attachment" = String, Path, description = "32 symbols")),
    responses((status = 200, description = "the file", content_type = "application/octet-stream", body = Vec<u8>), (status = 404, description = "this incident has no such file")))]
pub async fn get_of_incident(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path((of, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    download(house.respond.staff_downloads(incident(&of)?, &staff.name, &id(&name)?).await?)
}

/// The file of a request, cleaned.
async fn sent(house: &House, request: Request) -> Result<Clean, Problem> {
    let received = body::read(request, body::FILE_FORM).await?;
    let (fields, bytes) = received.form_with_file().await?;
    fields.finish()?;
    cleaned(house, bytes).await?.map_err(refusal)
}
