//! `POST /staff/incidents/{id}/reveal`: the case's page with one field shown whole, this once.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};

use super::case::{Shown, show};
use super::{Posted, posted};
use crate::access::Permission;
use crate::id::{Id, of};
use crate::respond::desk::{PERSONAL, Revealed};
use crate::web::api::taken;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::problem::Problem;
use crate::web::staff::chosen;

/// Characters of a reason.
const WORDS: usize = 2_000;

/// Shows it, unless thirty were shown within the hour.
pub async fn reveal(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(id): Path<String>,
    request: Request,
) -> axum::response::Result<Response> {
    let id: Id<of::Incident> = id.parse().map_err(|_| Problem::not_found())?;
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::RevealPersonal).await?;
    let field = sent.required("field")?;
    let reason = taken("reason", &sent.required("reason")?, WORDS)?.0;
    sent.finish()?;
    match house.respond.reveal(id, &desk.staff.name, (&field, &reason)).await? {
        Revealed::Shown => {
            let language = chosen(&received.parts.uri, &received.parts.headers)?;
            let revealed = PERSONAL.into_iter().find(|known| *known == field);
            let shown = Shown { line: None, revealed, notice: None, file: None };
            Ok(show(&house, (&nonce, language), (&desk, id), shown).await?.into_response())
        }
        Revealed::TooMany => {
            let problem = Problem::too_many(600);
            Err(problem.detail("thirty whole values within an hour").into())
        }
        Revealed::Unknown => Err(Problem::not_found().into()),
    }
}
