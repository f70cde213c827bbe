//! Feedback: on a case, and from anybody.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::after::way_on;
use super::case::proved;
use super::{Asked, COOKIE, NO_ROBOTS, csrf, page, session_of};
use crate::guidance::{self, feedback::Rating};
use crate::phrase::{Secret, scrub};
use crate::respond::{Feedback, PUBLIC_FEEDBACK_DAYS, Used};
use crate::text::{Language, clean};
use crate::web::body::{self, Fields};
use crate::web::client::Client;
use crate::web::cookies::cookie;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::actions;
use crate::web::pages::feedback::{About, FeedbackPage, Removed, State as Standing, TEXT_LIMIT, page as feedback_page};
use crate::web::problem::Problem;

/// `POST /case/feedback`: from the case page, or with `back` from the page that asks at any time.
pub async fn on_case(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, case) = proved(&house, request).await?;
    let (given, secrets) = read(&mut sent, Language::En)?;
    let from_page = sent.one("back")?.is_some();
    sent.finish()?;
    house.limits.deeds.check(case)?;
    let something = is_something(&given);
    if something {
        let language = house.respond.language_of_case(case).await?.unwrap_or(given.language);
        house.respond.take_feedback(case, Feedback { language, ..given }).await?;
    }
    if let Some(stop) = guidance::stop_for_secrets(&secrets) {
        return Ok(Redirect::to(&way_on(Some(stop))).into_response());
    }
    let back = match (from_page, something) {
        (false, _) => "/case#feedback",
        (true, true) => "/feedback?sent=yes",
        (true, false) => "/feedback?sent=no",
    };
    Ok(Redirect::to(back).into_response())
}

/// The case that is open in this browser. The page is there for everybody, so that a fault here makes it none.
async fn open_case(house: &House, headers: &HeaderMap) -> Option<(String, String, Language)> {
    let token = cookie(headers, COOKIE)?;
    let case = session_of(house, Some(&token), Used::ByPerson).await.ok().flatten()?;
    let (reference, language) = house.respond.name_of_case(case).await.ok().flatten()?;
    Some((reference, csrf(house, &token), language))
}

/// `GET /feedback`: about the case that is open in this browser, else about us.
pub async fn ask(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut asked = Asked::new(&headers, &uri, nonce)?;
    let mut query = body::query(&uri)?;
    let chosen = query.one("lang")?.is_some();
    let state = match query.one("sent")?.as_deref() {
        Some("yes") => Standing::Taken,
        Some("no") => Standing::Empty,
        Some(_) | None => Standing::Asked,
    };
    let Some((reference, csrf, language)) = open_case(&house, &headers).await else {
        return Ok(page(StatusCode::OK, shown(&house, &asked, (Standing::Asked, None))));
    };
    if !chosen {
        asked.language = language;
    }
    let about = About { reference: &reference, csrf: &csrf };
    let frame = asked.frame(&house, actions::FEEDBACK);
    let told = FeedbackPage { frame, state, kept_days: PUBLIC_FEEDBACK_DAYS, about: Some(about), removed: None };
    Ok(([NO_ROBOTS], page(StatusCode::OK, feedback_page(&told))).into_response())
}

fn shown(house: &House, asked: &Asked, (state, removed): (Standing, Option<&Removed>)) -> maud::Markup {
    feedback_page(&FeedbackPage {
        frame: asked.frame(house, actions::FEEDBACK),
        state,
        kept_days: PUBLIC_FEEDBACK_DAYS,
        about: None,
        removed,
    })
}

/// `POST /feedback`: it carries no authority, so it needs no token; limits hold.
pub async fn take(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let mut asked = Asked::new(&received.parts.headers, &received.parts.uri, nonce)?;
    let mut sent = received.form()?;
    if let Some(Ok(language)) = sent.one("lang")?.map(|language| language.parse()) {
        asked.language = language;
    }
    let (given, secrets) = read(&mut sent, asked.language)?;
    sent.finish()?;
    if !is_something(&given) {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, shown(&house, &asked, (Standing::Empty, None))));
    }
    if let Some(client) = received.parts.extensions.get::<Client>() {
        house.limits.feedback.check(client.prefix())?;
    }
    house.respond.take_public_feedback(given).await?;
    let removed = removed(&secrets, asked.language);
    Ok(page(StatusCode::CREATED, shown(&house, &asked, (Standing::Taken, removed.as_ref()))))
}

fn removed(secrets: &[Secret], language: Language) -> Option<Removed> {
    let stop = guidance::stop_page(guidance::stop_for_secrets(secrets)?, language);
    Some(Removed { stop, notice: guidance::for_secrets(secrets, language)? })
}

fn is_something(given: &Feedback) -> bool {
    given.rating != Rating::default() || given.text.is_some()
}

fn read(sent: &mut Fields, language: Language) -> Result<(Feedback, Vec<Secret>), Problem> {
    let mut word = |name: &'static str| Ok::<_, Problem>(sent.one(name)?.filter(|value| !value.is_empty()));
    let bad = |name: &'static str| Problem::unprocessable().field(name, "not one of the answers");
    let satisfaction = word("satisfaction")?
        .map(|stars| stars.parse().ok().filter(|stars| (1..=5).contains(stars)).ok_or_else(|| bad("satisfaction")))
        .transpose()?;
    let solved = word("solved")?.map(|solved| solved.parse().map_err(|_| bad("solved"))).transpose()?;
    let speed = word("speed")?.map(|speed| speed.parse().map_err(|_| bad("speed"))).transpose()?;
    let (text, secrets) = word("text")?.map(|text| said(&text)).transpose()?.unwrap_or_default();
    Ok((Feedback { rating: Rating { satisfaction, solved, speed }, text, language }, secrets))
}

/// A text for the record: secrets out, then what must not be shown; nothing when that leaves nothing. And what was taken out.
pub fn said(text: &str) -> Result<(Option<String>, Vec<Secret>), Problem> {
    let scrubbed = scrub(text);
    let text = clean(&scrubbed.text, TEXT_LIMIT)
        .map_err(|_| Problem::unprocessable().field("text", "too long, or contains U+0000"))?;
    let text = text.trim();
    let secrets = scrubbed.removed.iter().map(|removed| removed.secret).collect();
    Ok(((!text.is_empty()).then(|| text.to_owned()), secrets))
}
