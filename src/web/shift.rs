//! Who is at work, tiers, the end of a shift, practice: the page and its forms.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::Permission;
use crate::web::api::{shift as api, taken};
use crate::web::body::{self, Fields};
use crate::web::headers::Nonce;
use crate::web::house::{Shared, language};
use crate::web::pages::staff::{actions, shift as pages};
use crate::web::problem::Problem;
use crate::web::staff::{AtDesk, COOKIE, at_desk, chosen, csrf, frame, prove};

const WORDS: usize = 8_000;

/// `GET /staff/shift`
pub async fn page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let at = match at_desk(&house, &headers, Permission::ReadQueue).await {
        Ok(desk) => desk,
        Err(response) => return Ok(response),
    };
    let shift = house.respond.shift(&at.staff.name).await?;
    let chosen_one = body::query(&uri)?.one("person")?;
    let page = pages::ShiftPage {
        frame: frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &at.cookie),
        me: &at.staff.name,
        now: house.respond.room().now(),
        shift: &shift,
        chosen: chosen_one.as_deref(),
        playbooks: &house.respond.room().playbooks,
        manages: at.staff.scopes.allow(Permission::ManageDesk),
        works: at.staff.scopes.allow(Permission::ClaimIncident),
    };
    Ok(pages::shift(&page).into_response())
}

/// A form of the page: whoever sent it, and its fields.
pub(super) async fn sent(
    house: &Shared,
    request: Request,
    permission: Permission,
) -> Result<(AtDesk, Fields, HeaderMap), Response> {
    let received = body::read(request, body::FORM).await.map_err(IntoResponse::into_response)?;
    let headers = received.parts.headers.clone();
    let at = at_desk(house, &headers, permission).await?;
    let mut fields = received.form().map_err(IntoResponse::into_response)?;
    prove(house, (&headers, COOKIE), &mut fields).map_err(IntoResponse::into_response)?;
    Ok((at, fields, headers))
}

/// `POST /staff/shift`
pub async fn set(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (at, mut fields, _) = match sent(&house, request, Permission::ManageDesk).await {
        Ok(sent) => sent,
        Err(response) => return Ok(response),
    };
    let words = |text: Option<String>, cut: fn(char) -> bool| -> Vec<String> {
        let text = text.unwrap_or_default();
        text.split(cut).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let most = fields.one("most")?.filter(|most| !most.trim().is_empty());
    let most = most.map(|most| most.trim().parse().map_err(|_| Problem::unprocessable().field("most", "1 to 1000")));
    let zone = fields.one("zone")?.map(|zone| zone.trim().to_owned()).filter(|zone| !zone.is_empty());
    let tier = fields.one("tier")?.unwrap_or_default();
    let body = api::Body {
        name: fields.required("name")?,
        first: tier != "second",
        second: tier != "first",
        languages: fields.many("languages"),
        skills: fields.many("skills"),
        most: most.transpose()?,
        hours: words(fields.one("hours")?, |letter| letter == '\n' || letter == ','),
        zone: zone.unwrap_or_else(|| "UTC".to_owned()),
    };
    let setting = api::setting(body, &house.respond.room().playbooks)?;
    fields.finish()?;
    match house.respond.set_shift(&at.staff.name, setting).await? {
        Ok(()) => Ok(Redirect::to(actions::SHIFT).into_response()),
        Err(_) => Err(Problem::unprocessable().field("hours", "mon-fri 09:00-18:00, in a time zone such as UTC")),
    }
}

/// `POST /staff/shift/hand-over`
pub async fn hand_over(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (at, mut fields, _) = match sent(&house, request, Permission::ClaimIncident).await {
        Ok(sent) => sent,
        Err(response) => return Ok(response),
    };
    let text = taken("text", &fields.required("text")?, WORDS)?.0;
    fields.finish()?;
    house.respond.hand_over(&at.staff.name, &text).await?;
    Ok(Redirect::to(actions::SHIFT).into_response())
}

/// `POST /staff/shift/tier`
pub async fn tier(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (at, mut fields, _) = match sent(&house, request, Permission::WorkIncident).await {
        Ok(sent) => sent,
        Err(response) => return Ok(response),
    };
    let (incident, tier) = (fields.required("incident")?, fields.required("tier")?);
    let (to, reason) = api::asked(&incident, &tier, &fields.required("reason")?)?;
    fields.finish()?;
    if house.respond.hand_to(&at.staff.name, to, &reason).await? {
        return Ok(Redirect::to("/staff?notice=released").into_response());
    }
    Err(Problem::conflict().named("stale"))
}

/// `POST /staff/shift/practice`
pub async fn practice(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (at, fields, headers) = match sent(&house, request, Permission::ClaimIncident).await {
        Ok(sent) => sent,
        Err(response) => return Ok(response),
    };
    fields.finish()?;
    let made = house.respond.practise(&at.staff.name, language(&headers)).await?;
    Ok(Redirect::to(&made.map_or_else(|| actions::SHIFT.to_owned(), |detail| actions::incident(detail.id)))
        .into_response())
}
