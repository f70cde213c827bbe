//! The mail address of one's own account: given after a fresh second factor, in force once a link in a mail to it was used
//! (ID-21).

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

use crate::access::Permission;
use crate::respond::people::{Address, StaffSession};
use crate::web::body;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::layout::Frame;
use crate::web::pages::staff::{self as pages, AskPage, actions};
use crate::web::problem::Problem;
use crate::web::staff::{BEFORE, Posted, before, chosen, frame, posted, prove};

/// The part of one's own page; nothing where nobody is written to and no address is known.
pub async fn section(
    house: &Shared,
    session: &StaffSession,
    (frame, csrf): (&Frame<'_>, &str),
) -> Result<Markup, Problem> {
    let known = house.respond.addresses_of(session.person.id).await?;
    let is_empty = known.proven.is_none() && known.waits.is_none();
    if is_empty && !house.respond.writes_to_staff() {
        return Ok(Markup::default());
    }
    Ok(pages::addresses(frame, csrf, &known))
}

/// `POST /staff/me/address`: an address that is to be proven, or none any more.
pub async fn change_address(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::ChangeAccount).await?;
    let typed = sent.required("address")?;
    sent.finish()?;
    let id = desk.staff.name.parse().map_err(|_| Problem::not_found())?;
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    let given = if typed.trim().is_empty() {
        None
    } else {
        let read = Address::read(&typed, language).filter(|_| house.respond.writes_to_staff());
        let wrong = || Problem::unprocessable().field("address", "a mail address such as name@example.org");
        Some(read.ok_or_else(wrong)?)
    };
    house.respond.change_address(id, given).await?;
    Ok(Redirect::to(actions::ME).into_response())
}

/// `GET /staff/address/{link}`: the same page for any link; nothing is looked up and nothing used up.
pub async fn prove_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = chosen(&uri, &headers)?;
    Ok(before(&house, StatusCode::OK, |csrf| {
        pages::prove(&AskPage { frame: frame(&house, language, &nonce), csrf, wrong: None, passkey: None })
    }))
}

/// `POST /staff/address/{link}`
pub async fn prove_address(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(link): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let mut sent = received.form()?;
    prove(&house, (&received.parts.headers, BEFORE), &mut sent)?;
    sent.finish()?;
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    let good = house.respond.prove_address(&link).await?;
    let status = if good { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok((status, pages::proved(&frame(&house, language, &nonce), good)).into_response())
}
