//! The console's forms about orders: shows what one would do, asks for it, agrees to it, takes it back, lifts it.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::api::orders::{new_order, radius, refusal};
use super::api::taken;
use super::body::{self, Fields};
use super::headers::Nonce;
use super::house::Shared;
use super::pages::staff::actions;
use super::pages::staff::orders::{Deed, PreviewPage, TO_REVIEW, preview};
use super::problem::Problem;
use super::staff::{COOKIE, at_desk_with, chosen, csrf, prove};
use crate::access::Permission;
use crate::id::{Id, of};
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
    let written_down = match deed {
        Some(Deed::Ask | Deed::Withdraw | Deed::Reverse) => sent.one("reason")?,
        Some(Deed::Preview | Deed::Approve | Deed::Review) | None => None,
    };
    let scrubbed = |reason: &String| Ok::<_, Problem>(taken("reason", reason, WORDS)?.0);
    let typed = written_down.as_ref().and_then(|reason| scrubbed(reason).ok());
    let at = (headers, &nonce, &received.parts.uri);
    let desk = at_desk_with(&house, at, (permission(deed.unwrap_or(Deed::Ask)), typed.as_deref())).await?;
    prove(&house, (headers, COOKIE), &mut sent)?;
    let deed = deed.ok_or_else(Problem::not_found)?;
    let id: Id<of::Incident> = id.parse().map_err(|_| Problem::not_found())?;
    let reason = || scrubbed(written_down.as_ref().ok_or_else(|| Problem::unprocessable().field("reason", "why"))?);
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
            };
            return Ok(preview(&page).into_response());
        }
        Deed::Ask => {
            let (new, _) = written(&mut sent, reason()?)?;
            sent.finish()?;
            house.respond.ask_order(id, by, new).await?.map_err(|refused| refusal(&refused))?;
        }
        Deed::Approve | Deed::Withdraw | Deed::Reverse | Deed::Review => {
            let order = sent.required("order")?.parse().map_err(|_| Problem::not_found())?;
            let back = sent.one("then")?.is_some_and(|then| then == TO_REVIEW);
            let deed = decision(deed, (&mut sent, reason))?;
            sent.finish()?;
            house.respond.decide_order((id, order), by, deed).await?.map_err(|refused| refusal(&refused))?;
            if back {
                return Ok(Redirect::to(actions::REVIEW).into_response());
            }
        }
    }
    Ok(Redirect::to(&format!("{}#orders", actions::incident(id))).into_response())
}

fn written(sent: &mut Fields, reason: String) -> Result<(NewOrder, Option<u32>), Problem> {
    let minutes = sent.one("minutes")?.filter(|minutes| !minutes.is_empty());
    let minutes = minutes
        .map(|minutes| minutes.parse().map_err(|_| Problem::unprocessable().field("minutes", "1 to 10080")))
        .transpose()?;
    let (action, account) = (sent.required("action")?, sent.one("account")?);
    Ok((new_order((&action, account, minutes), reason)?, minutes))
}

fn decision(
    deed: Deed,
    (sent, reason): (&mut Fields, impl Fn() -> Result<String, Problem>),
) -> Result<OrderDeed, Problem> {
    match deed {
        Deed::Withdraw => Ok(OrderDeed::Withdraw { reason: reason()? }),
        Deed::Reverse => Ok(OrderDeed::Reverse { reason: reason()? }),
        Deed::Approve => Ok(OrderDeed::Approve { digest: sent.required("digest")? }),
        Deed::Review => Ok(OrderDeed::Review),
        Deed::Preview | Deed::Ask => Err(Problem::not_found()),
    }
}
