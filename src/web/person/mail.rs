//! Stopping mails about a case (RFC 8058): the address in the mail's header alone does it, by POST, without a cookie. Looking
//! changes nothing, so a scanner that follows links stops nobody's mails.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;

use super::{Asked, page};
use crate::web::body;
use crate::web::client::Client;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::mail::{State as Standing, page as mail_page};
use crate::web::problem::Problem;

fn here(reference: &str, token: &str) -> String {
    format!("/mail/{reference}/{token}")
}

/// `GET /mail/{reference}/{token}`
pub async fn look(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path((reference, token)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let stopped = house.respond.mail_stopped(&reference, &token).await?.ok_or_else(Problem::not_found)?;
    let asked = Asked::new(&headers, &uri, nonce)?;
    let state = if stopped { Standing::Stopped } else { Standing::Asked };
    Ok(shown(&house, &asked, (&here(&reference, &token), state)))
}

fn shown(house: &House, asked: &Asked, (here, state): (&str, Standing)) -> Response {
    page(StatusCode::OK, mail_page(&asked.frame(house, here), here, state))
}

/// `POST /mail/{reference}/{token}`: it carries its authority in its address, so it needs no cookie and no token of a form.
pub async fn stop(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path((reference, token)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    if let Some(client) = received.parts.extensions.get::<Client>() {
        house.limits.checks.check(client.prefix())?;
    }
    let mut asked = Asked::new(&received.parts.headers, &received.parts.uri, nonce)?;
    let kind = received.parts.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    // Mail programs should say `List-Unsubscribe=One-Click` as parts and may say it as fields (RFC 8058); it means no more
    // than the POST itself.
    let again = if kind.starts_with(b"multipart/form-data") {
        false
    } else {
        let mut sent = received.form()?;
        if let Some(Ok(language)) = sent.one("lang")?.map(|language| language.parse()) {
            asked.language = language;
        }
        let again = sent.one("again")?.is_some();
        sent.one("List-Unsubscribe")?;
        sent.finish()?;
        again
    };
    if !house.respond.stop_mail((&reference, &token), !again).await? {
        return Err(Problem::not_found());
    }
    let state = if again { Standing::Running } else { Standing::Stopped };
    Ok(shown(&house, &asked, (&here(&reference, &token), state)))
}
