//! Signing in and out.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use zeroize::Zeroizing;

use super::{device, session_of, to_sign_in, with_cookie};
use crate::access::digest_of;
use crate::audit::{Actor, Entry};
use crate::respond::people::{SignIn, Tried};
use crate::text::Language;
use crate::web::body::{self, Received};
use crate::web::client::Client;
use crate::web::cookies::set_cookie;
use crate::web::guard;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::staff::{self as pages, Ways, actions};
use crate::web::problem::Problem;
use crate::web::staff::{BEFORE, COOKIE, before, chosen, frame, prove};

/// `GET /staff/sign-in`
pub async fn sign_in_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = chosen(&uri, &headers)?;
    ask(&house, (language, &nonce), (StatusCode::OK, false)).await
}

async fn ask(
    house: &House,
    (language, nonce): (Language, &Nonce),
    (status, refused): (StatusCode, bool),
) -> Result<Response, Problem> {
    let ways = ways(house).await?;
    let issuers = if house.is_set_up() { house.issuers.titles() } else { Vec::new() };
    Ok(before(house, status, |csrf| {
        pages::sign_in(&pages::SignInPage {
            frame: frame(house, language, nonce),
            csrf,
            ways,
            refused,
            issuers: &issuers,
        })
    }))
}

/// A token has no second factor, so it opens the console only of a house that is made up, while nobody has one (ID-07).
async fn ways(house: &House) -> Result<Ways, Problem> {
    if !house.tokens_open_console {
        return Ok(Ways::Password);
    }
    Ok(match house.respond.head_count().await? {
        (0, _) => Ways::Token,
        (_, 0) => Ways::Both,
        (_, _) => Ways::Password,
    })
}

/// `POST /staff/sign-in`
pub async fn sign_in(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let mut sent = received.form()?;
    prove(&house, (&received.parts.headers, BEFORE), &mut sent)?;
    if let Some(token) = sent.one("token")? {
        sent.finish()?;
        return by_token(&house, &nonce, (&received, token.trim())).await;
    }
    let login = sent.required("login")?;
    let password = Zeroizing::new(sent.required("password")?);
    sent.finish()?;
    let device = device::known(&house, &received.parts.headers, &login);
    match (&device, received.parts.extensions.get::<Client>()) {
        (Some(device), _) => house.limits.sign_in.check(device)?,
        (None, Some(client)) => house.limits.sign_in.check(client.prefix())?,
        (None, None) => {}
    }
    match house.respond.sign_in(Tried { login, password, device }).await? {
        SignIn::Half { cookie, person } => {
            // What this browser was signed in with is over as well (SES-03).
            if let Some((before, _)) = session_of(&house, &received.parts.headers).await? {
                house.respond.end_staff_session(&before).await?;
            }
            let has_second = house.respond.has_second_factor(person.id).await?;
            Ok(with_cookie(if has_second { actions::SECOND } else { actions::ENROL }, &cookie))
        }
        SignIn::Refused => refuse(&house, &nonce, &received).await,
    }
}

async fn refuse(house: &House, nonce: &Nonce, received: &Received) -> Result<Response, Problem> {
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    ask(house, (language, nonce), (StatusCode::FORBIDDEN, true)).await
}

async fn by_token(house: &Shared, nonce: &Nonce, (received, token): (&Received, &str)) -> Result<Response, Problem> {
    if let Some(client) = received.parts.extensions.get::<Client>() {
        house.limits.codes.check(client.prefix())?;
    }
    if ways(house).await? == Ways::Password {
        return refuse(house, nonce, received).await;
    }
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(&format!("Bearer {token}")) {
        headers.insert(axum::http::header::AUTHORIZATION, value);
    }
    match guard::staff(house, &headers, &Method::GET).await {
        Ok(staff) => {
            let now = house.respond.room().now();
            let entry = Entry::done(now, Actor::Staff(staff.name), "staff.sign-in", "console".to_owned());
            house.respond.note(entry).await?;
            let session = house.sessions.begin(house, digest_of(token));
            let mut response = Redirect::to(actions::HOME).into_response();
            set_cookie(&mut response, COOKIE, session.reveal());
            Ok(response)
        }
        Err(problem) if problem.status() == 401 => refuse(house, nonce, received).await,
        Err(problem) => Err(problem),
    }
}

/// `POST /staff/sign-out`
pub async fn sign_out(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let mut sent = received.form()?;
    let cookie = prove(&house, (&received.parts.headers, COOKIE), &mut sent)?;
    house.sessions.end(&cookie);
    if let Some((session, _)) = session_of(&house, &received.parts.headers).await? {
        house.respond.end_staff_session(&session).await?;
    }
    let mut response = to_sign_in();
    let clear = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), clear);
    Ok(response)
}
