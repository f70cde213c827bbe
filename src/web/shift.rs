//! Who is at work, tiers, the end of a shift, practice: the page and its forms.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::Permission;
use crate::web::api::{shift as api, taken};
use crate::web::body;
use crate::web::headers::Nonce;
use crate::web::house::{Shared, language};
use crate::web::pages::staff::{actions, shift as pages};
use crate::web::problem::Problem;
use crate::web::staff::{Posted, at_desk, chosen, csrf, posted};

const WORDS: usize = 8_000;

/// `GET /staff/shift`
pub async fn page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let at = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadQueue).await?;
    let shift = house.respond.shift(&at.staff.name).await?;
    let chosen_one = body::query(&uri)?.one("person")?;
    let page = pages::ShiftPage {
        frame: at.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &at.cookie),
        me: &at.staff.name,
        shown: &at.staff.shown,
        names: &house.respond.names().await?,
        now: house.respond.room().now(),
        shift: &shift,
        chosen: chosen_one.as_deref(),
        playbooks: &house.respond.room().playbooks,
        manages: at.staff.scopes.allow(Permission::ManageDesk),
        works: at.staff.scopes.allow(Permission::ClaimIncident),
    };
    Ok(pages::shift(&page).into_response())
}

/// `POST /staff/shift`
pub async fn set(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk: at, sent: mut fields, .. } = posted(&house, request, Permission::ManageDesk).await?;
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
        Err(_) => {
            Err(Problem::unprocessable().field("hours", "mon-fri 09:00-18:00, in a time zone such as UTC").into())
        }
    }
}

/// `POST /staff/shift/hand-over`
pub async fn hand_over(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk: at, sent: mut fields, .. } = posted(&house, request, Permission::ClaimIncident).await?;
    let text = taken("text", &fields.required("text")?, WORDS)?.0;
    fields.finish()?;
    house.respond.hand_over(&at.staff.name, &text).await?;
    Ok(Redirect::to(actions::SHIFT).into_response())
}

/// `POST /staff/shift/tier`
pub async fn tier(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk: at, sent: mut fields, .. } = posted(&house, request, Permission::WorkIncident).await?;
    let (incident, tier) = (fields.required("incident")?, fields.required("tier")?);
    let (to, reason) = api::asked(&incident, &tier, &fields.required("reason")?)?;
    fields.finish()?;
    if house.respond.hand_to(&at.staff.name, to, &reason).await? {
        return Ok(Redirect::to("/staff?notice=released").into_response());
    }
    Err(Problem::conflict().named("stale").into())
}

/// `POST /staff/shift/practice`
pub async fn practice(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk: at, sent: fields, received } = posted(&house, request, Permission::ClaimIncident).await?;
    fields.finish()?;
    let made = house.respond.practise(&at.staff.name, language(&received.parts.headers)).await?;
    Ok(Redirect::to(&made.map_or_else(|| actions::SHIFT.to_owned(), |detail| actions::incident(detail.id)))
        .into_response())
}
