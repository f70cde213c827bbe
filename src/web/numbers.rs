//! The figures of the desk as a page, and a table of them as a file.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};

use crate::access::Permission;
use crate::web::api::numbers as api;
use crate::web::body;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::numbers as pages;
use crate::web::staff::{at_desk, chosen, csrf};

/// `GET /staff/numbers`
pub async fn page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadStats).await?;
    let (_, days) = api::window(&house, &mut body::query(&uri)?)?;
    let (tables, since) = house.respond.figures(days, api::people(&desk.staff)).await?;
    let room = house.respond.room();
    let page = pages::NumbersPage {
        frame: desk.frame(&house, chosen(&uri, &headers)?, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        shown: &desk.staff.shown,
        names: &house.respond.names().await?,
        playbooks: &room.playbooks,
        tables: &tables,
        since,
        days,
        everybody: desk.staff.scopes.allow(Permission::ReadPeopleStats),
    };
    Ok(pages::numbers(&page).into_response())
}

/// `GET /staff/numbers/csv`
pub async fn csv(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadStats).await?;
    let mut query = body::query(&uri)?;
    let (within, days) = api::window(&house, &mut query)?;
    let tables = house.respond.numbers(within, api::people(&desk.staff)).await?;
    Ok(api::file(api::chosen(&mut query, &tables)?, days))
}
