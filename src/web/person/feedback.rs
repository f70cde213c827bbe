//! Feedback: on a case, and from anybody.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::case::proved;
use super::{Asked, page};
use crate::guidance::feedback::Rating;
use crate::phrase::scrub;
use crate::respond::{Feedback, PUBLIC_FEEDBACK_DAYS};
use crate::text::{Language, clean};
use crate::web::body::{self, Fields};
use crate::web::client::Client;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::actions;
use crate::web::pages::feedback::{FeedbackPage, State as Standing, TEXT_LIMIT, page as feedback_page};
use crate::web::problem::Problem;

/// `POST /case/feedback`
pub async fn on_case(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, case) = proved(&house, request).await?;
    let given = read(&mut sent, Language::En)?;
    sent.finish()?;
    house.limits.deeds.check(case)?;
    if is_something(&given) {
        let language = house.respond.language_of_case(case).await?.unwrap_or(given.language);
        house.respond.take_feedback(case, Feedback { language, ..given }).await?;
    }
    Ok(Redirect::to("/case#feedback").into_response())
}

/// `GET /feedback`
pub async fn ask(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::new(&headers, &uri, nonce)?;
    Ok(page(StatusCode::OK, shown(&house, &asked, Standing::Asked)))
}

fn shown(house: &House, asked: &Asked, state: Standing) -> maud::Markup {
    feedback_page(&FeedbackPage {
        frame: asked.frame(house, actions::FEEDBACK),
        state,
        kept_days: PUBLIC_FEEDBACK_DAYS,
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
    let given = read(&mut sent, asked.language)?;
    sent.finish()?;
    if !is_something(&given) {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, shown(&house, &asked, Standing::Empty)));
    }
    if let Some(client) = received.parts.extensions.get::<Client>() {
        house.limits.feedback.check(client.prefix())?;
    }
    house.respond.take_public_feedback(given).await?;
    Ok(page(StatusCode::CREATED, shown(&house, &asked, Standing::Taken)))
}

fn is_something(given: &Feedback) -> bool {
    given.rating != Rating::default() || given.text.is_some()
}

fn read(sent: &mut Fields, language: Language) -> Result<Feedback, Problem> {
    let mut word = |name: &'static str| Ok::<_, Problem>(sent.one(name)?.filter(|value| !value.is_empty()));
    let bad = |name: &'static str| Problem::unprocessable().field(name, "not one of the answers");
    let satisfaction = word("satisfaction")?
        .map(|stars| stars.parse().ok().filter(|stars| (1..=5).contains(stars)).ok_or_else(|| bad("satisfaction")))
        .transpose()?;
    let solved = word("solved")?.map(|solved| solved.parse().map_err(|_| bad("solved"))).transpose()?;
    let speed = word("speed")?.map(|speed| speed.parse().map_err(|_| bad("speed"))).transpose()?;
    let text = word("text")?.map(|text| said(&text)).transpose()?.flatten();
    Ok(Feedback { rating: Rating { satisfaction, solved, speed }, text, language })
}

/// A text for the record: secrets out, then what must not be shown; nothing when that leaves nothing.
pub fn said(text: &str) -> Result<Option<String>, Problem> {
    let text = clean(&scrub(text).text, TEXT_LIMIT)
        .map_err(|_| Problem::unprocessable().field("text", "too long, or contains U+0000"))?;
    let text = text.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
