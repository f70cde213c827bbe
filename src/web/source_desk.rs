//! The handlers of the console's pages about sources: which there are, what is kept of one, what is quiet for a time.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::api::quiet::{checked, shelf_of};
use super::headers::Nonce;
use super::house::{House, Shared};
use super::pages::staff::{self as pages, SourceLine};
use super::problem::Problem;
use super::staff::{Posted, at_desk, chosen, csrf, posted};
use crate::access::Permission;
use crate::respond::{Kept, NewQuiet};
use crate::time::Span;

/// What operators see of the configured sources, the silent ones first.
async fn lines(house: &House) -> Result<Vec<SourceLine>, Problem> {
    let now = house.respond.room().now();
    let (mut pulses, mut refused) = (house.respond.pulses().await?, house.refusals.recent(now));
    let mut lines: Vec<SourceLine> = house
        .endpoints
        .iter()
        .map(|endpoint| SourceLine {
            endpoint: endpoint.name.clone(),
            source: endpoint.mapping.source().to_owned(),
            set_up: endpoint.set_up,
            pulse: pulses.remove(&endpoint.name).unwrap_or_default(),
            refused: refused.remove(&endpoint.name).unwrap_or_default().into_iter().collect(),
        })
        .collect();
    lines.sort_by_key(|line| (line.pulse.silent_since.is_none(), line.endpoint.clone()));
    Ok(lines)
}

/// `GET /staff/sources`
pub async fn list(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadSources).await?;
    let markup = pages::sources(&pages::SourcesPage {
        frame: desk.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        now: house.respond.room().now(),
        lines: &lines(&house).await?,
        lists: &house.respond.known_lists().await.map_err(Problem::from)?,
    });
    Ok(markup.into_response())
}

/// `GET /staff/sources/{endpoint}`
pub async fn one(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(endpoint): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadSources).await?;
    let line = lines(&house).await?.into_iter().find(|line| line.endpoint == endpoint);
    let line = line.ok_or_else(Problem::not_found)?;
    let mut shelves = Vec::new();
    for kept in Kept::ALL {
        shelves.push((kept, house.respond.shelf(&endpoint, kept).await?));
    }
    let markup = pages::source(&pages::SourcePage {
        frame: desk.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        now: house.respond.room().now(),
        line: &line,
        names: &house.respond.names().await?,
        shelves: &shelves,
        quiet: &house.respond.quiets(&endpoint).await?,
        may_manage: desk.staff.scopes.allow(Permission::ManageSources),
    });
    Ok(markup.into_response())
}

/// `GET /staff/sources/{endpoint}/{shelf}/{id}`
pub async fn opened(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path((endpoint, shelf, id)): Path<(String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadSources).await?;
    let kept = shelf_of(&shelf)?;
    let found =
        house.respond.unshelve(&desk.staff.name, &endpoint, (kept, &id)).await?.ok_or_else(Problem::not_found)?;
    let markup = pages::shelved(&pages::ShelvedPage {
        frame: desk.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        now: house.respond.room().now(),
        endpoint: &endpoint,
        kept,
        shelved: &found,
    });
    Ok(markup.into_response())
}

/// `POST /staff/sources/{endpoint}/quiet`
pub async fn begin(
    State(house): State<Shared>,
    Path(endpoint): Path<String>,
    request: Request,
) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, .. } = posted(&house, request, Permission::ManageSources).await?;
    let kind = sent.one("kind")?.filter(|kind| !kind.is_empty());
    let hours = sent.required("hours")?;
    let reason = sent.required("reason")?;
    sent.finish()?;
    let hours: i64 = hours
        .parse()
        .ok()
        .filter(|hours| (1..=720).contains(hours))
        .ok_or_else(|| Problem::unprocessable().field("hours", "1 to 720"))?;
    let begins = house.respond.room().now();
    let wanted = NewQuiet {
        endpoint: endpoint.clone(),
        kind,
        begins,
        ends: begins.plus(Span::from_minutes(hours * 60)),
        reason,
    };
    house.respond.keep_quiet(&desk.staff.name, checked(&house, wanted)?).await?;
    Ok(Redirect::to(&pages::actions::source(&endpoint)).into_response())
}

/// `POST /staff/sources/{endpoint}/quiet-end`
pub async fn end(
    State(house): State<Shared>,
    Path(endpoint): Path<String>,
    request: Request,
) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, .. } = posted(&house, request, Permission::ManageSources).await?;
    let id = sent.required("quiet")?.parse().map_err(|_| Problem::not_found())?;
    sent.finish()?;
    house.respond.end_quiet(&desk.staff.name, id).await?;
    Ok(Redirect::to(&pages::actions::source(&endpoint)).into_response())
}
