//! What comes after the first steps: the interrupt that a message leads to, the steps as text, what can be added.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::case::proved;
use super::{Asked, NO_ROBOTS, csrf, over, page, session};
use crate::guidance;
use crate::playbook::Stop;
use crate::respond::{HolderDeed, Used};
use crate::signal::Details;
use crate::web::body;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::plain::{self, Plain};
use crate::web::pages::{actions, details as details_page, stop as stop_page};
use crate::web::problem::Problem;

/// `GET /case/stop/{why}`: the interrupt, in the language of the case.
pub async fn stop(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(why): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (token, id) = session(&house, &headers, Used::ByPerson).await?;
    let stop = Stop::ALL.into_iter().find(|stop| stop.as_str() == why).ok_or_else(Problem::not_found)?;
    let chosen = body::query(&uri)?.one("lang")?.and_then(|language| language.parse().ok());
    let view = house.respond.case(id, chosen).await?.ok_or_else(over)?;
    let asked = Asked { language: view.guidance.language, nonce };
    let told = guidance::stop_page(stop, asked.language);
    let shown = stop_page::page(&asked.frame(&house, ""), &told, &csrf(&house, &token));
    Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
}

/// `GET /case/steps.txt`: the steps to keep; never the code or the link.
pub async fn text(State(house): State<Shared>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (_, id) = session(&house, &headers, Used::ByPerson).await?;
    let chosen = body::query(&uri)?.one("lang")?.and_then(|language| language.parse().ok());
    let view = house.respond.case(id, chosen).await?.ok_or_else(over)?;
    let text = plain::text(&Plain {
        brand: &house.brand,
        reference: &view.reference,
        title: &view.incident.title,
        summary: &view.incident.summary,
        outlook: view.incident.outlook.as_ref(),
        guidance: &view.guidance,
    });
    let mut response = ([NO_ROBOTS], [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response();
    let name = format!("attachment; filename=\"steps-{}.txt\"", view.reference);
    if let Ok(name) = HeaderValue::try_from(name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// `GET /case/details`: what can be added, whenever there is a minute for it.
pub async fn more(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (token, id) = session(&house, &headers, Used::ByPerson).await?;
    let mut query = body::query(&uri)?;
    let chosen = query.one("lang")?.and_then(|language| language.parse().ok());
    let saved = query.one("saved")?.is_some();
    let (_, language) = house.respond.name_of_case(id).await?.ok_or_else(over)?;
    let asked = Asked { language: chosen.unwrap_or(language), nonce };
    let csrf = csrf(&house, &token);
    let shown = details_page::page(&details_page::DetailsPage { frame: asked.frame(&house, ""), csrf: &csrf, saved });
    Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
}

/// `POST /case/details`
pub async fn details(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let details = Details {
        tried: sent.one("tried")?,
        used_device: sent.one("used_device")?,
        chain: sent.one("chain")?,
        first_sign: sent.one("first_sign")?,
    };
    sent.finish()?;
    let read = details.read().map_err(|bad| Problem::unprocessable().field(bad.field, bad.rule))?;
    let Some((facts, secrets)) = read else { return Ok(Redirect::to(actions::CASE).into_response()) };
    house.limits.deeds.check(id)?;
    house.respond.holder_does(id, HolderDeed::Details { facts }).await?.ok_or_else(over)?;
    let stop = guidance::stop_for_secrets(&secrets);
    let on = stop.map_or_else(|| format!("{}?saved=yes", actions::DETAILS), |stop| way_on(Some(stop)));
    Ok(Redirect::to(&on).into_response())
}

/// Where the person goes on: to the case, or to the interrupt first.
pub fn way_on(stop: Option<Stop>) -> String {
    stop.map_or_else(|| actions::CASE.to_owned(), |stop| format!("{}/{}", actions::STOP, stop.as_str()))
}
