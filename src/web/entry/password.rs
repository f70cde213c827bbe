//! A new password for oneself, after a fresh second factor and the password before (ID-21).

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use zeroize::Zeroizing;

use super::{to_sign_in, told};
use crate::access::Permission;
use crate::respond::people::{NotChanged, NotJoined};
use crate::text::Language;
use crate::web::cookies::end_cookie;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::{self as pages, AskPage};
use crate::web::pages::words::{Say, account};
use crate::web::problem::Problem;
use crate::web::staff::{AtDesk, COOKIE, Posted, at_desk, chosen, csrf, posted};

/// `GET /staff/me/password`
pub async fn password_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ChangeAccount).await?;
    Ok(show(&house, (&desk, chosen(&uri, &headers)?, &nonce), None))
}

fn show(house: &Shared, (desk, language, nonce): (&AtDesk, Language, &Nonce), wrong: Option<Say>) -> Response {
    let (frame, csrf) = (desk.frame(house, language, nonce), csrf(house, &desk.cookie));
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = AskPage { frame, csrf: &csrf, wrong, passkey: None };
    (status, pages::own_password(&page, &desk.staff.shown)).into_response()
}

/// `POST /staff/me/password`: signs out everywhere, here too.
pub async fn change_password(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::ChangeAccount).await?;
    let (before, new) = (Zeroizing::new(sent.required("before")?), Zeroizing::new(sent.required("password")?));
    sent.finish()?;
    let id = desk.staff.name.parse().map_err(|_| Problem::not_found())?;
    let wrong = match house.respond.change_password(id, (before, new)).await.map_err(Problem::from)? {
        Ok(()) => {
            let mut response = to_sign_in();
            end_cookie(&mut response, COOKIE);
            return Ok(response);
        }
        Err(NotChanged::Before) => account::NOT_BEFORE,
        Err(NotChanged::New(why)) => told(NotJoined::Password(why))?,
    };
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    Ok(show(&house, (&desk, language, &nonce), Some(wrong)))
}
