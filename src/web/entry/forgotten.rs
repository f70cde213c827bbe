//! New passwords by mail. The answer is the same whoever was named, and a page with a link says nothing of the link (ID-14).

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use zeroize::Zeroizing;

use super::{to_sign_in, told};
use crate::respond::people::{Forgotten, NotJoined};
use crate::text::Language;
use crate::web::body;
use crate::web::client::Client;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::staff::{self as pages, AskPage};
use crate::web::pages::words::{Say, account};
use crate::web::problem::Problem;
use crate::web::staff::{BEFORE, before, chosen, frame, prove};

/// `GET /staff/forgotten`
pub async fn forgotten_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = house.respond.writes_to_staff().then_some(false);
    Ok(show(&house, (chosen(&uri, &headers)?, &nonce), asked))
}

fn show(house: &House, (language, nonce): (Language, &Nonce), asked: Option<bool>) -> Response {
    before(house, StatusCode::OK, |csrf| {
        let page = AskPage { frame: frame(house, language, nonce), csrf, wrong: None, passkey: None };
        pages::forgotten(&page, asked)
    })
}

/// `POST /staff/forgotten`: takes down who was named and answers; who that is, is looked up when the letter leaves.
pub async fn forgotten(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let mut sent = received.form()?;
    prove(&house, (&received.parts.headers, BEFORE), &mut sent)?;
    let typed = sent.required("who")?;
    sent.finish()?;
    if !house.respond.writes_to_staff() {
        return Err(Problem::not_found());
    }
    let client = received.parts.extensions.get::<Client>().map(|client| client.prefix());
    if let Some(client) = client {
        house.limits.forgotten.check(client)?;
    }
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    let client = client.map(|client| format!("{client:?}")).unwrap_or_default();
    house.respond.forgotten(Forgotten { typed, client, language }).await?;
    Ok(show(&house, (language, &nonce), Some(true)))
}

/// `GET /staff/reset/{link}`: the same page for any link; nothing is looked up and nothing used up.
pub async fn reset_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    Ok(show_reset(&house, (chosen(&uri, &headers)?, &nonce), (StatusCode::OK, None)))
}

fn show_reset(
    house: &House,
    (language, nonce): (Language, &Nonce),
    (status, wrong): (StatusCode, Option<Say>),
) -> Response {
    before(house, status, |csrf| {
        pages::reset(&AskPage { frame: frame(house, language, nonce), csrf, wrong, passkey: None })
    })
}

/// `POST /staff/reset/{link}`: takes the new password and leads to the sign-in, where the second factor is asked for.
pub async fn reset(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(link): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let mut sent = received.form()?;
    prove(&house, (&received.parts.headers, BEFORE), &mut sent)?;
    let password = Zeroizing::new(sent.required("password")?);
    sent.finish()?;
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    let (status, wrong) = match house.respond.reset_password(&link, password).await? {
        Ok(()) => return Ok(to_sign_in()),
        Err(NotJoined::NoLink) => (StatusCode::NOT_FOUND, account::LINK_OVER),
        Err(why) => (StatusCode::UNPROCESSABLE_ENTITY, told(why)?),
    };
    Ok(show_reset(&house, (language, &nonce), (status, Some(wrong))))
}
