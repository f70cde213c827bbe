//! The console's forms about orders: shows what one would do, asks for it, agrees to it, takes it back, lifts it.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};

use super::api::orders::{new_order, radius, refusal};
use super::api::taken;
use super::body::{self, Fields};
use super::guard;
use super::headers::Nonce;
use super::house::Shared;
use super::pages::staff::actions;
use super::pages::staff::orders::{Deed, PreviewPage, TO_REVIEW, preview};
use super::problem::Problem;
use super::staff::{COOKIE, at_desk, chosen, csrf, prove};
use crate::access::Permission;
use crate::id::{Id, of};
use crate::respond::desk::Field;
use crate::respond::orders::{NewOrder, OrderDeed};

/// Characters of a reason.
const WORDS: usize = 2_000;

fn permission(deed: Deed) -> Permission {
    match deed {
        Deed::Preview | Deed::Ask | Deed::Withdraw | Deed::Reverse => Permission::PlaceOrder,
        Deed::Approve | Deed::Review => Permission::ApproveOrder,
    }
}

/// `POST /staff/incidents/{id}/orders`
pub async fn act(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(id): Path<String>,
    request: Request,
) -> axum::response::Result<Response> {
    let received = body::read(request, body::FORM).await?;
    let headers = &received.parts.headers;
    let mut sent = received.form()?;
    let named = sent.one("deed")?.unwrap_or_default();
    let deed = Deed::ALL.into_iter().find(|deed| deed.as_str() == named);
    let id: Result<Id<of::Incident>, _> = id.parse();
    let at = (headers, &nonce, &received.parts.uri);
    let desk = match at_desk(&house, at, permission(deed.unwrap_or(Deed::Ask))).await {
        Ok(desk) => desk,
        Err(refusal) => {
            if let (Some(Deed::Ask), Ok(id)) = (deed, id) {
                keep_reason(&house, headers, (id, &mut sent)).await?;
            }
            return Err(refusal.into());
        }
    };
    let deed = deed.ok_or_else(Problem::not_found)?;
    let id = id.map_err(|_| Problem::not_found())?;
    prove(&house, (headers, COOKIE), &mut sent)?;
    let by = &desk.staff.name;
    match deed {
        Deed::Preview => {
            let (new, minutes) = written(&mut sent, String::new())?;
            sent.finish()?;
            let radius = radius(&house, id, (by, new)).await?.map_err(|refused| refusal(&refused))?;
            let page = PreviewPage {
                frame: desk.frame(&house, chosen(&received.parts.uri, headers)?, &nonce),
                csrf: &csrf(&house, &desk.cookie),
                me: &desk.staff.shown,
                now: house.respond.room().now(),
                incident: id,
                radius: &radius,
                minutes,
                reason: &house.respond.own_draft(id, (by, Field::Order)).await?,
            };
            return Ok(preview(&page).into_response());
        }
        Deed::Ask => {
            let reason = taken("reason", &sent.required("reason")?, WORDS)?.0;
            let (new, _) = written(&mut sent, reason)?;
            sent.finish()?;
            house.respond.ask_order(id, by, new).await?.map_err(|refused| refusal(&refused))?;
            house.respond.keep_draft(id, by, (Field::Order, "")).await?;
        }
        Deed::Approve | Deed::Withdraw | Deed::Reverse | Deed::Review => {
            let order = sent.required("order")?.parse().map_err(|_| Problem::not_found())?;
            let back = sent.one("then")?.is_some_and(|then| then == TO_REVIEW);
            let deed = decision(deed, &mut sent)?;
            sent.finish()?;
            house.respond.decide_order((id, order), by, deed).await?.map_err(|refused| refusal(&refused))?;
            if back {
                return Ok(Redirect::to(actions::REVIEW).into_response());
            }
        }
    }
    Ok(Redirect::to(&format!("{}#orders", actions::incident(id))).into_response())
}

/// Keeps what somebody wrote whose second factor is no longer fresh, so that they find it after showing it again.
async fn keep_reason(
    house: &Shared,
    headers: &HeaderMap,
    (id, sent): (Id<of::Incident>, &mut Fields),
) -> Result<(), Problem> {
    let Ok(staff) = guard::staff(house, headers, &Method::GET).await else { return Ok(()) };
    if !staff.scopes.allow(Permission::PlaceOrder) {
        return Ok(());
    }
    prove(house, (headers, COOKIE), sent)?;
    let reason = taken("reason", &sent.one("reason")?.unwrap_or_default(), WORDS)?.0;
    house.respond.keep_draft(id, &staff.name, (Field::Order, &reason)).await?;
    Ok(())
}

fn written(sent: &mut Fields, reason: String) -> Result<(NewOrder, Option<u32>), Problem> {
    let minutes = sent.one("minutes")?.filter(|minutes| !minutes.is_empty());
    let minutes = minutes
        .map(|minutes| minutes.parse().map_err(|_| Problem::unprocessable().field("minutes", "1 to 10080")))
        .transpose()?;
    let (action, account) = (sent.required("action")?, sent.one("account")?);
    Ok((new_order((&action, account, minutes), reason)?, minutes))
}

fn decision(deed: Deed, sent: &mut Fields) -> Result<OrderDeed, Problem> {
    let mut reason = || -> Result<String, Problem> { Ok(taken("reason", &sent.required("reason")?, WORDS)?.0) };
    match deed {
        Deed::Withdraw => Ok(OrderDeed::Withdraw { reason: reason()? }),
        Deed::Reverse => Ok(OrderDeed::Reverse { reason: reason()? }),
        Deed::Approve => Ok(OrderDeed::Approve { digest: sent.required("digest")? }),
        Deed::Review => Ok(OrderDeed::Review),
        Deed::Preview | Deed::Ask => Err(Problem::not_found()),
    }
}
