//! The files of an incident at the desk.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use super::lead;
use crate::access::Permission;
use crate::attachment::Refused;
use crate::id::{Id, of};
use crate::respond::NotAdded;
use crate::web::attachments::{cleaned, download, id};
use crate::web::body::file_form;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::actions;
use crate::web::problem::Problem;
use crate::web::staff::{COOKIE, at_desk, prove};

/// `POST /staff/incidents/{id}/attachments`: `csrf` and `file`.
pub async fn attach(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(of): Path<String>,
    request: Request,
) -> axum::response::Result<Response> {
    // Before the body is read: megabytes are for whoever may.
    let desk = at_desk(&house, (request.headers(), &nonce, request.uri()), Permission::WorkIncident).await?;
    let of: Id<of::Incident> = of.parse().map_err(|_| Problem::not_found())?;
    let back = |word: &str| lead(&format!("{}?file={word}#files", actions::incident(of)));
    let Some(received) = file_form(request).await? else { return Ok(back(Refused::TooLong.as_str())) };
    let (mut sent, bytes) = received.form_with_file().await?;
    prove(&house, (&received.parts.headers, COOKIE), &mut sent)?;
    sent.finish()?;
    let word = match cleaned(&house, bytes).await? {
        Ok(clean) => match house.respond.staff_attaches(of, &desk.staff.name, clean).await? {
            Ok(_) => "added",
            Err(NotAdded::Full) => "full",
            Err(NotAdded::Unknown) => return Err(Problem::not_found().into()),
        },
        Err(refused) => refused.as_str(),
    };
    Ok(back(word))
}

/// `GET /staff/incidents/{id}/attachments/{attachment}`
pub async fn attachment(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path((of, name)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadIncident).await?;
    let of: Id<of::Incident> = of.parse().map_err(|_| Problem::not_found())?;
    let found = house.respond.staff_downloads(of, &desk.staff.name, &id(&name)?).await?;
    Ok(download(found)?)
}
