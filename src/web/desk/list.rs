//! `GET /staff/list`: every case, narrowed by its address.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::{lens, notice_of};
use crate::access::Permission;
use crate::respond::desk::Spot;
use crate::time::Timestamp;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::{ListPage, list as page};
use crate::web::staff::{at_desk, chosen, csrf};

/// The list.
pub async fn list(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadQueue).await?;
    let (lens, mut query) = lens(&uri)?;
    let after = query.one("after")?.and_then(|cursor| spot_of(&cursor));
    let since = query.one("since")?.filter(|since| since.len() == 36);
    let done = match (query.one("done")?, query.one("left")?) {
        (Some(done), left) => {
            done.parse().ok().map(|done| (done, left.and_then(|left| left.parse().ok()).unwrap_or(0)))
        }
        (None, _) => None,
    };
    let notice = notice_of(&mut query)?;
    let language = chosen(&uri, &headers)?;
    let me = desk.staff.name.as_str();
    let shown = house.respond.desk_list(&lens, after, (me, language)).await?;
    let new = match &since {
        Some(since) => house.respond.new_since(since).await?,
        None => crate::respond::desk::New::default(),
    };
    let views = house.respond.views_of(me).await?;
    let undo = house.respond.undoable(me).await?;
    let next = shown.next.map(|spot| cursor_of(&spot));
    let markup = page(&ListPage {
        frame: desk.frame(&house, language, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        names: &house.respond.names().await?,
        now: house.respond.room().now(),
        playbooks: &house.respond.room().playbooks,
        lens: &lens,
        list: &shown,
        next: next.as_deref(),
        since: since.as_deref().unwrap_or(&shown.newest),
        new,
        views: &views,
        undo: undo.as_ref(),
        done,
        notice,
    });
    Ok(markup.into_response())
}

/// A place as text; not secret, and checked when it comes back.
fn cursor_of(spot: &Spot) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{} {} {}", spot.lane, spot.at.millis(), spot.id))
}

fn spot_of(cursor: &str) -> Option<Spot> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let mut parts = text.split(' ');
    let (lane, at, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Spot { lane, at: Timestamp::from_millis(at), id })
}
