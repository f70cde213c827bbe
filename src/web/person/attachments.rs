//! The files of a case for its holder.

use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::after::way_on;
use super::{NO_ROBOTS, over, session};
use crate::attachment::Refused;
use crate::id::{Id, of};
use crate::respond::{NotAdded, Used};
use crate::seal::Purpose;
use crate::web::attachments::{cleaned, download, id};
use crate::web::body::file_form;
use crate::web::guard::same_origin;
use crate::web::house::{House, Shared};
use crate::web::pages::actions;
use crate::web::problem::Problem;

/// `POST /case/attachments`: `csrf` and `file`. A file that is not taken leads back to the case, which says why.
pub async fn attach(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    same_origin(&house, request.headers())?;
    // Before the body is read: megabytes are for whoever holds a case.
    let (token, case) = session(&house, request.headers(), Used::ByPerson).await?;
    house.limits.deeds.check(case)?;
    let Some(received) = file_form(request).await? else { return Ok(back(Refused::TooLong.as_str())) };
    let (mut sent, bytes) = received.form_with_file().await?;
    let given = sent.one("csrf")?.unwrap_or_default();
    if !house.respond.room().keys.digests.fits(Purpose::Csrf, ("case", &token), &given) {
        return Err(Problem::forbidden().named("stale-form"));
    }
    sent.finish()?;
    let clean = match cleaned(&house, bytes).await? {
        Ok(clean) => clean,
        Err(refused) => return Ok(back(refused.as_str())),
    };
    let secrets = clean.secrets.clone();
    match house.respond.holder_attaches(case, clean).await? {
        Ok(_) if secrets.is_empty() => Ok(back("added")),
        Ok(_) => {
            let stop = house.respond.stop_before(case, ("", &secrets)).await?;
            Ok(Redirect::to(&way_on(stop)).into_response())
        }
        Err(NotAdded::Full) => Ok(back("full")),
        Err(NotAdded::Unknown) => Err(over()),
    }
}

/// Where the case page says what came of it.
fn back(word: &str) -> Response {
    Redirect::to(&format!("{}?file={word}#files", actions::CASE)).into_response()
}

/// `GET /case/attachments/{id}`
pub async fn attachment(
    State(house): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, case) = session(&house, &headers, Used::ByPerson).await?;
    fetch(&house, case, &name).await.map(|response| ([NO_ROBOTS], response).into_response())
}

/// A file of this case and no other (CA-13).
pub async fn fetch(house: &House, case: Id<of::Case>, name: &str) -> Result<Response, Problem> {
    house.limits.deeds.check(case)?;
    download(house.respond.holder_downloads(case, &id(name)?).await?)
}
