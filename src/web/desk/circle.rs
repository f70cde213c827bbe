//! `GET` and `POST /staff/incidents/{id}/circle`: to whom a case is closed; `GET` and `POST /staff/glass`: being let in.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};

use super::{Posted, lead, posted};
use crate::access::Permission;
use crate::id::{Id, of};
use crate::respond::circle::{CircleDeed, Listing, NotDone};
use crate::web::api::taken;
use crate::web::body::{self, Fields};
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::{self as pages, actions};
use crate::web::pages::words::{Say, circle as say};
use crate::web::problem::Problem;
use crate::web::staff::{at_desk, at_desk_with, chosen, csrf};

/// Characters of a reason.
const WORDS: usize = 2_000;

/// Who may see a case.
pub async fn circle(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadIncident).await?;
    let id: Id<of::Incident> = id.parse().map_err(|_| Problem::not_found())?;
    let notice = body::query(&uri)?.one("notice")?.and_then(|word| notice_of(&word));
    let listing = house.respond.circle(id, &desk.staff.name).await?.ok_or_else(Problem::not_found)?;
    let markup = pages::circle(&pages::CirclePage {
        frame: desk.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.name,
        names: &house.respond.names().await?,
        now: house.respond.room().now(),
        incident: id,
        circle: match &listing {
            Listing::Everybody => None,
            Listing::Closed(circle) => Some(circle),
        },
        candidates: &house.respond.circle_candidates().await?,
        may_change: desk.staff.scopes.allow(Permission::JudgeIncident),
        notice,
    });
    Ok(markup.into_response())
}

fn notice_of(word: &str) -> Option<Say> {
    match word {
        "not-yours" => Some(say::NOT_YOURS),
        "otherwise" => Some(say::OTHERWISE),
        "nobody" => Some(say::NOBODY),
        "last" => Some(say::LAST),
        _ => None,
    }
}

/// Closes a case to a list, changes the list, or opens it.
pub async fn change_circle(
    State(house): State<Shared>,
    Path(id): Path<String>,
    request: Request,
) -> axum::response::Result<Response> {
    let id: Id<of::Incident> = id.parse().map_err(|_| Problem::not_found())?;
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::JudgeIncident).await?;
    let deed = deed(&mut sent)?;
    sent.finish()?;
    // What shows a case to more people takes a fresh factor; what shows it to fewer does not.
    let widens = match &deed {
        CircleDeed::Open { reason } => Some(Some(reason.as_str())),
        CircleDeed::Add { .. } => Some(None),
        CircleDeed::Close { .. } | CircleDeed::Remove { .. } => None,
    };
    if let Some(reason) = widens {
        let nonce = received.parts.extensions.get::<Nonce>().cloned().unwrap_or_default();
        let at = (&received.parts.headers, &nonce, &received.parts.uri);
        at_desk_with(&house, at, (Permission::WidenCircle, reason)).await?;
    }
    // A program is on no list.
    let by = desk.staff.name.parse().map_err(|_| Problem::not_found())?;
    let page = actions::circle(id);
    let approves = desk.staff.scopes.allow(Permission::ApproveOrder);
    Ok(match house.respond.circle_does(id, (by, approves), deed).await? {
        Ok(()) => {
            // Whoever left sees the case no more.
            let still = house.respond.circle(id, &desk.staff.name).await?.is_some();
            lead(if still { &page } else { actions::HOME })
        }
        Err(NotDone::Unknown) => return Err(Problem::not_found().into()),
        Err(NotDone::NotYours) => lead(&format!("{page}?notice=not-yours")),
        Err(NotDone::Otherwise) => lead(&format!("{page}?notice=otherwise")),
        Err(NotDone::NobodyThere) => lead(&format!("{page}?notice=nobody")),
        Err(NotDone::Last) => lead(&format!("{page}?notice=last")),
    })
}

fn deed(sent: &mut Fields) -> Result<CircleDeed, Problem> {
    let reason =
        |sent: &mut Fields| -> Result<String, Problem> { Ok(taken("reason", &sent.required("reason")?, WORDS)?.0) };
    Ok(match sent.required("what")?.as_str() {
        "close" => CircleDeed::Close { members: sent.many("member"), reason: reason(sent)? },
        "add" => CircleDeed::Add { member: sent.required("member")? },
        "remove" => CircleDeed::Remove { member: sent.required("member")? },
        "open" => CircleDeed::Open { reason: reason(sent)? },
        _ => return Err(Problem::unprocessable().field("what", "close, add, remove, open")),
    })
}

/// The form by which somebody is let in.
pub async fn glass(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ClaimIncident).await?;
    let markup = pages::glass(&pages::GlassPage {
        frame: desk.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        given: None,
    });
    Ok(markup.into_response())
}

/// Lets somebody in; the answer is the same whether there is such a case or not.
pub async fn break_glass(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::BreakGlass).await?;
    let named = sent.required("case")?.trim().to_owned();
    if named.chars().count() > 60 {
        return Err(Problem::unprocessable().field("case", "the reference of a case").into());
    }
    let reason = taken("reason", &sent.required("reason")?, WORDS)?.0;
    sent.finish()?;
    let by = desk.staff.name.parse().map_err(|_| Problem::not_found())?;
    house.respond.break_glass(by, (&named, &reason)).await?;
    let markup = pages::glass(&pages::GlassPage {
        frame: desk.frame(&house, chosen(&received.parts.uri, &received.parts.headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        given: Some(&named),
    });
    Ok(markup.into_response())
}
