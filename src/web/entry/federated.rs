//! Signing in through an issuer: to it, back from it, and unlinking it (ID-17, ID-18).

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

use super::second::{ask_again, is_fresh, landing};
use super::{put_cookie, session_of, to_sign_in};
use crate::outbox::issuer::{Asked, Issuer};
use crate::respond::people::{Arrived, Errand, Flow, StaffSession, Stage};
use crate::text::Language;
use crate::web::body;
use crate::web::client::Client;
use crate::web::cookies::cookie;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::staff::{AskPage, actions, federated as pages};
use crate::web::pages::words::people;
use crate::web::problem::Problem;
use crate::web::staff::{BEFORE, COOKIE, before, chosen, csrf, frame, prove};

/// The cookie of a sign-in that is on its way. Not strict: it has to ride along when the issuer sends somebody back.
const FLOW: &str = "__Host-hf_oidc";
const FLOW_SECONDS: u32 = 600;
const REFRESH: HeaderName = HeaderName::from_static("refresh");
/// Bytes of a code.
const CODE: usize = 4_096;

fn put_flow(response: &mut Response, value: &str, seconds: u32) {
    let value = format!("{FLOW}={value}; Max-Age={seconds}; Path=/; Secure; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A page that moves on by itself.
fn moving((page, to): (Markup, &str)) -> Response {
    let mut response = page.into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("0; url={to}")) {
        response.headers_mut().insert(REFRESH, value);
    }
    response
}

/// Where issuers send people back to: from the settings, never from a request.
fn way_back(house: &House) -> String {
    format!("{}/staff/federated/callback", house.respond.room().public_url)
}

/// Nobody comes in through an issuer before the first person is there (ID-16).
async fn is_open(house: &House) -> Result<bool, Problem> {
    Ok(!house.issuers.0.is_empty() && (house.is_set_up() || !house.respond.needs_set_up().await?))
}

fn count(house: &House, extensions: &Extensions) -> Result<(), Problem> {
    match extensions.get::<Client>() {
        Some(client) => Ok(house.limits.sign_in.check(client.prefix())?),
        None => Ok(()),
    }
}

/// `POST /staff/federated/{issuer}`: to the issuer.
pub async fn federated_begin(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let (uri, headers, mut sent) = (&received.parts.uri, &received.parts.headers, received.form()?);
    let issuer = house.issuers.named(&name);
    let issuer = if is_open(&house).await? { issuer } else { None }.ok_or_else(Problem::not_found)?;
    let wanted = sent.required("for")?;
    let errand = Errand::ALL.into_iter().find(|errand| errand.as_str() == wanted);
    let errand = errand.ok_or_else(|| Problem::unprocessable().field("for", "sign-in, fresh, step-up or link"))?;
    let language = chosen(uri, headers)?;
    let session = match errand {
        Errand::SignIn | Errand::Fresh => {
            prove(&house, (headers, BEFORE), &mut sent)?;
            None
        }
        Errand::StepUp | Errand::Link => {
            let found = session_of(&house, headers).await?.filter(|(session, _)| session.stage == Stage::Full);
            let Some((session, _)) = found else { return Ok(to_sign_in()) };
            prove(&house, (headers, COOKIE), &mut sent)?;
            Some(session)
        }
    };
    sent.finish()?;
    if let Some(session) = session.as_ref().filter(|_| errand == Errand::Link) {
        let wrong = (!house.respond.may_enrol(session).await?).then_some(people::PASSKEY_FIRST);
        if wrong.is_some() || !is_fresh(&house, session) {
            let csrf = csrf(&house, &cookie(headers, COOKIE).unwrap_or_default());
            return ask_again(&house, (session, (language, &nonce, &csrf)), (actions::ME, None, wrong)).await;
        }
    }
    count(&house, &received.parts.extensions)?;
    leave(&house, (issuer, errand, session.as_ref()), (language, &nonce)).await
}

async fn leave(
    house: &House,
    (issuer, errand, session): (&Issuer, Errand, Option<&StaffSession>),
    (language, nonce): (Language, &Nonce),
) -> Result<Response, Problem> {
    let (frame, terms) = (frame(house, language, nonce), &issuer.terms);
    let place = match issuer.place(house.respond.room().now()).await {
        Ok(place) => place,
        Err(word) => {
            tracing::warn!(issuer = %terms.name, word, "issuer {} cannot be asked: {word}", terms.name);
            let page = pages::stayed_out(&frame, Some(&terms.title));
            return Ok((StatusCode::SERVICE_UNAVAILABLE, page).into_response());
        }
    };
    let begun = house.respond.begin_federated((&terms.name, &terms.address), errand, session).await?;
    let asked = Asked {
        back: &way_back(house),
        state: &begun.state,
        nonce: &begun.nonce,
        challenge: &begun.challenge,
        no_older: errand.no_older(),
    };
    let to = issuer.way_in(&place, &asked);
    let mut response = moving((pages::leaving(&frame, (&terms.title, &to)), &to));
    put_flow(&mut response, begun.cookie.reveal(), FLOW_SECONDS);
    Ok(response)
}

/// What an issuer sends somebody back with.
struct Brought {
    cookie: Option<String>,
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    issuer: Option<String>,
}

impl Brought {
    fn read(uri: &Uri, headers: &HeaderMap) -> Result<Self, Problem> {
        let mut sent = body::query(uri)?;
        Ok(Self {
            cookie: cookie(headers, FLOW),
            state: sent.one("state")?,
            code: sent.one("code")?,
            error: sent.one("error")?,
            issuer: sent.one("iss")?,
        })
    }
}

/// `GET /staff/federated/callback`: back from the issuer. The answer is a page that moves on.
pub async fn federated_callback(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    if !is_open(&house).await? {
        return Err(Problem::not_found());
    }
    let (brought, language) = (Brought::read(&parts.uri, &parts.headers)?, chosen(&parts.uri, &parts.headers)?);
    count(&house, &parts.extensions)?;
    let frame = frame(&house, language, &nonce);
    let flow = match (&brought.cookie, &brought.state) {
        (Some(cookie), Some(state)) => house.respond.federated_flow(cookie, state).await?,
        _ => None,
    };
    let Some(flow) = flow else {
        house.respond.federated_refused("?", "state").await?;
        return Ok((StatusCode::FORBIDDEN, pages::stayed_out(&frame, None)).into_response());
    };
    let issuer = house.issuers.at(&flow.issuer).ok_or_else(Problem::not_found)?;
    let name = &issuer.terms.name;
    let errand = flow.errand;
    let arrived = match redeem(&house, issuer, (flow, brought)).await? {
        Ok(arrived) => arrived,
        Err(why) => {
            house.respond.federated_refused(name, why).await?;
            Arrived::Refused(why)
        }
    };
    let mut response = match arrived {
        Arrived::In(signed) => {
            let to = if errand == Errand::StepUp { actions::ME } else { landing(&house, &signed.person) };
            let mut response = moving((pages::back(&frame, to), to));
            put_cookie(&mut response, &signed.cookie);
            response
        }
        Arrived::Half { cookie, has_second } => {
            let to = if has_second { actions::SECOND } else { actions::ENROL };
            let mut response = moving((pages::back(&frame, to), to));
            put_cookie(&mut response, &cookie);
            response
        }
        Arrived::Again => before(&house, StatusCode::OK, |csrf| {
            pages::again(&AskPage { frame, csrf, wrong: None, passkey: None }, (name, &issuer.terms.title))
        }),
        Arrived::Linked => moving((pages::back(&frame, actions::ME), actions::ME)),
        Arrived::Refused(why) => {
            tracing::warn!(issuer = %name, why, "a sign-in through {name} was refused: {why}");
            (StatusCode::FORBIDDEN, pages::stayed_out(&frame, None)).into_response()
        }
    };
    put_flow(&mut response, "", 0);
    if response.status() == StatusCode::OK
        && let Some(client) = parts.extensions.get::<Client>()
    {
        // What is limited is failing, and this was counted on the way there as well.
        house.limits.sign_in.give_back(client.prefix());
        house.limits.sign_in.give_back(client.prefix());
    }
    Ok(response)
}

/// Turns what was brought into a token, and that into what follows from it.
async fn redeem(
    house: &House,
    issuer: &Issuer,
    (flow, brought): (Flow, Brought),
) -> Result<Result<Arrived, &'static str>, Problem> {
    let now = house.respond.room().now();
    let token = async {
        if brought.error.is_some() {
            return Err("denied");
        }
        let place = issuer.place(now).await?;
        // An issuer that names itself is the one that was asked (RFC 9207).
        let is_it = brought.issuer.as_ref().map_or(!place.names_itself, |named| *named == issuer.terms.address);
        if !is_it {
            return Err("another-issuer");
        }
        let code = brought.code.filter(|code| !code.is_empty() && code.len() <= CODE).ok_or("no-code")?;
        let token = issuer.redeem(&place, (&code, &flow.verifier, &way_back(house))).await?;
        issuer.read(&token, (&flow.nonce, flow.errand.no_older()), now).await
    };
    match token.await {
        Ok(token) => Ok(Ok(house.respond.arrive(&issuer.terms.name, flow, token).await?)),
        Err(why) => Ok(Err(why)),
    }
}

/// `POST /staff/me/unlink`: forgets who one is at an issuer.
pub async fn unlink(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let (uri, headers, mut sent) = (&received.parts.uri, &received.parts.headers, received.form()?);
    let found = session_of(&house, headers).await?.filter(|(session, _)| session.stage == Stage::Full);
    let Some((session, _)) = found else { return Ok(to_sign_in()) };
    let cookie = prove(&house, (headers, COOKIE), &mut sent)?;
    if !is_fresh(&house, &session) {
        let asked = (chosen(uri, headers)?, &nonce, &*csrf(&house, &cookie));
        return ask_again(&house, (&session, asked), (actions::ME, None, None)).await;
    }
    let identity = sent.required("identity")?;
    sent.finish()?;
    let to = if house.respond.unlink_own(&session, &identity).await? { actions::ME } else { "/staff/me?kept=1" };
    Ok(Redirect::to(to).into_response())
}

/// The part of one's own page about issuers.
pub async fn own_part(
    house: &House,
    session: &StaffSession,
    (language, nonce, csrf): (Language, &Nonce, &str),
    wrong: bool,
) -> Result<Markup, Problem> {
    let known = house.respond.identities_of(session.person.id).await?;
    let titles = house.issuers.titles();
    let frame = frame(house, language, nonce);
    let role = if session.person.roles.is_none() { pages::no_role(&frame) } else { Markup::default() };
    if titles.is_empty() && known.is_empty() {
        return Ok(role);
    }
    let named =
        |identity: crate::respond::people::Identity| (house.issuers.title(&identity.issuer).to_owned(), identity);
    let known: Vec<_> = known.into_iter().map(named).collect();
    let part = pages::own(&frame, csrf, (&known, &titles, wrong));
    Ok(maud::html! { (role) (part) })
}
