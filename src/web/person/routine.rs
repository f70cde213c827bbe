//! One tap on the case page: a person, please; that it is solved; that details may be passed on.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::case::{does, proved};
use super::{COOKIE, session_of};
use crate::respond::{HolderDeed, Used};
use crate::text::Language;
use crate::web::body;
use crate::web::cookies::cookie;
use crate::web::house::Shared;
use crate::web::pages::actions;
use crate::web::problem::Problem;

/// Where the holder of a case writes to staff.
const TO_THE_BOX: &str = "/case#message";

/// `GET /person`: to the box for messages of the case that is open in this browser, else to the report with the wish. It asks
/// for nothing by itself, and a fault of memory leads to the report.
pub async fn to_a_person(State(house): State<Shared>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let chosen = body::query(&uri)?.one("lang")?.and_then(|language| language.parse::<Language>().ok());
    let open = session_of(&house, cookie(&headers, COOKIE).as_deref(), Used::ByPerson).await;
    if open.ok().flatten().is_some() {
        return Ok(Redirect::to(TO_THE_BOX).into_response());
    }
    let lang = chosen.map(|language| format!("&lang={}", language.as_str())).unwrap_or_default();
    Ok(Redirect::to(&format!("{}?person=yes{lang}#person", actions::HOME)).into_response())
}

/// `POST /case/person`
pub async fn ask_for_person(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (sent, id) = proved(&house, request).await?;
    sent.finish()?;
    does(&house, id, HolderDeed::AskForPerson).await
}

/// `POST /case/solved`
pub async fn solved(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (sent, id) = proved(&house, request).await?;
    sent.finish()?;
    does(&house, id, HolderDeed::Solved).await
}

/// `POST /case/consent`
pub async fn consent(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let given = match sent.one("given")?.as_deref() {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Problem::unprocessable().field("given", "yes or no")),
    };
    sent.finish()?;
    does(&house, id, HolderDeed::Consent { given }).await
}
