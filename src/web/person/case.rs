//! The door of a case, and the case page with what its holder does there.

use std::time::Duration;

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::after::way_on;
use super::{Asked, COOKIE, NO_ROBOTS, csrf, first, over, page, session};
use crate::guidance::{self, StepState};
use crate::id::{Id, of};
use crate::phrase::{Secret, scrub};
use crate::respond::{HolderDeed, Used, Watcher, Wish};
use crate::seal::Purpose;
use crate::signal::TEXT_LIMIT;
use crate::web::api::cases::{no_such_wish, wished};
use crate::web::api::taken;
use crate::web::body;
use crate::web::client::Client;
use crate::web::cookies::{cookie, set_cookie};
use crate::web::guard::same_origin;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::attachments::Came;
use crate::web::pages::{actions, case as case_page, enter};
use crate::web::problem::Problem;
use crate::web::trouble::TYPED;

type Answer = Result<Response, Problem>;

/// Marks a request that a page makes to refresh itself.
const REFRESH: &str = "x-refresh";
/// A letter is answered no sooner, so that the time does not tell a real link from another.
const LETTER_TAKES: Duration = Duration::from_millis(400);

/// `GET /c/{token}`: the same neutral page whatever the token, and nothing changes (CA-03).
pub async fn enter(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::new(&headers, &uri, nonce)?;
    Ok(([NO_ROBOTS], page(StatusCode::OK, enter::page(&asked.frame(&house, "")))).into_response())
}

/// `POST /c/{token}`: the code, and then on to the case page, whose address holds no token; or words for the letterbox.
pub async fn open(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    same_origin(&house, request.headers())?;
    let received = body::read(request, body::FORM).await?;
    let asked = Asked::new(&received.parts.headers, &received.parts.uri, nonce)?;
    let client = received.parts.extensions.get::<Client>().copied();
    let mut sent = received.form()?;
    let code = sent.one("code")?;
    let words = sent.one("text")?;
    sent.finish()?;
    if let (None, Some(words)) = (&code, words) {
        return letter(&house, &asked, (&token, &words, client)).await;
    }
    let code = code.unwrap_or_default();
    let opened = match client {
        Some(client) if house.limits.codes.check(client.prefix()).is_err() => None,
        Some(_) | None => house.respond.open_case(token.parse().ok(), code.parse().ok()).await?,
    };
    match opened {
        Some(opened) => {
            // Guesses are counted, not the people behind one address.
            if let Some(client) = client {
                house.limits.codes.give_back(client.prefix());
            }
            let mut response = Redirect::to(actions::CASE).into_response();
            set_cookie(&mut response, COOKIE, opened.session.reveal());
            Ok(response)
        }
        None => {
            Ok(([NO_ROBOTS], page(StatusCode::FORBIDDEN, enter::refused(&asked.frame(&house, "")))).into_response())
        }
    }
}

/// `GET /case`
pub async fn case(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let used = if headers.contains_key(REFRESH) { Used::ByItself } else { Used::ByPerson };
    let (token, id) = session(&house, &headers, used).await?;
    // One tap, on any device: the link is followed with the case's own cookie, which no other site can have sent along.
    if let Some(chosen) = body::query(&uri)?.one("lang")?.and_then(|language| language.parse().ok()) {
        house.respond.speak(id, chosen).await?;
    }
    let came = body::query(&uri)?.one("file")?.and_then(|word| Came::of(&word));
    // Read before the case, so that what changes in between is told.
    let seen = house.respond.glance(id, &Watcher::session(&token)).await?.map(|glance| glance.mark);
    let view = house.respond.case(id, None).await?.ok_or_else(over)?;
    let asked = Asked { language: view.guidance.language, nonce };
    let frame = asked.frame(&house, "");
    let now = house.respond.room().now();
    let csrf = csrf(&house, &token);
    let shown =
        case_page::page(&case_page::CasePage { frame, view: &view, csrf: &csrf, seen: seen.as_deref(), came, now });
    Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
}

/// `POST /case/steps/{step}`
pub async fn step(
    State(house): State<Shared>,
    Path(step): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let state: StepState = sent
        .required("state")?
        .parse()
        .map_err(|_| Problem::unprocessable().field("state", "open, done, cannot, not-sure"))?;
    sent.finish()?;
    does(&house, id, HolderDeed::Step { step, state }).await
}

/// `POST /case/answers`
pub async fn answer(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let (question, choice) = (sent.required("question")?, sent.required("choice")?);
    sent.finish()?;
    does(&house, id, HolderDeed::Answer { question, choice }).await
}

/// `POST /case/messages`
pub async fn message(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let text = sent.required("text")?;
    sent.finish()?;
    let (text, secrets) = taken("text", &text, TEXT_LIMIT)?;
    house.limits.deeds.check(id)?;
    let deed = HolderDeed::Message { text: text.clone(), secrets: secrets.clone() };
    house.respond.holder_does(id, deed).await?.ok_or_else(over)?;
    let stop = house.respond.stop_before(id, (&text, &secrets)).await?;
    Ok(Redirect::to(&way_on(stop)).into_response())
}

/// Puts words into the letterbox of a case. The answer is the same for every link (CA-05).
async fn letter(house: &House, asked: &Asked, (token, text, client): (&str, &str, Option<Client>)) -> Answer {
    let (text, secrets) = taken("text", text, TEXT_LIMIT)?;
    let notice = guidance::for_secrets(&secrets, asked.language);
    throw_in(house, client, (token, (text, secrets))).await?;
    let shown = enter::thrown_in(&asked.frame(house, actions::HOME), notice.as_slice());
    Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
}

/// Puts words through a letterbox, which takes as long whether there is one or not.
pub async fn throw_in(
    house: &House,
    client: Option<Client>,
    (token, words): (&str, (String, Vec<Secret>)),
) -> Result<(), Problem> {
    if let Some(client) = client {
        house.limits.reports.check(client.prefix())?;
    }
    let door = tokio::time::sleep(LETTER_TAKES);
    house.respond.letter(token.parse().ok(), words).await?;
    door.await;
    Ok(())
}

/// `POST /case/requests`: asks staff for something; nothing happens until they agree (CA-09, CA-10).
pub async fn ask(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let token = cookie(request.headers(), COOKIE);
    let (mut sent, id) = proved(&house, request).await?;
    let what: Wish = sent.required("what")?.parse().map_err(|_| no_such_wish())?;
    let detail = sent.one("detail")?.unwrap_or_default();
    sent.finish()?;
    house.limits.deeds.check(id)?;
    let detail = wished(what, &detail)?;
    house.respond.ask(id, (what, detail), token.as_deref()).await?;
    Ok(Redirect::to(actions::CASE).into_response())
}

/// `POST /case/new-link`: link and code in place of the old ones, shown once.
pub async fn new_link(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (sent, id) = proved(&house, request).await?;
    sent.finish()?;
    house.limits.deeds.check(id)?;
    match house.respond.take_new_link(id).await? {
        Some(first) => Ok(first::led(&first)),
        None => Err(Problem::conflict().named("stale").detail("no new link is granted")),
    }
}

pub(super) async fn does(house: &House, case: Id<of::Case>, deed: HolderDeed) -> Result<Response, Problem> {
    house.limits.deeds.check(case)?;
    match house.respond.holder_does(case, deed).await? {
        Some(_) => Ok(Redirect::to(actions::CASE).into_response()),
        None => Err(Problem::unprocessable()
            .field("body", "no such question, choice or step, or nothing that its holder can close")),
    }
}

/// A form of the case page, whose token belongs to the session (SES-08).
pub(super) async fn proved(house: &House, request: Request) -> Result<(body::Fields, Id<of::Case>), Problem> {
    same_origin(house, request.headers())?;
    let received = body::read(request, body::FORM).await?;
    let keeps = |problem| with_what_was_typed(problem, &received);
    let (token, id) = session(house, &received.parts.headers, Used::ByPerson).await.map_err(keeps)?;
    let mut sent = received.form()?;
    let given = sent.one("csrf")?.unwrap_or_default();
    if !house.respond.room().keys.digests.fits(Purpose::Csrf, ("case", &token), &given) {
        return Err(keeps(Problem::forbidden().named("stale-form")));
    }
    Ok((sent, id))
}

/// A session may end while somebody writes: what they wrote stands on the page that says so.
fn with_what_was_typed(problem: Problem, received: &body::Received) -> Problem {
    let typed = received.form().ok().and_then(|mut sent| sent.one("text").ok().flatten());
    match typed {
        Some(text) if !text.trim().is_empty() => problem.with(TYPED, scrub(&text).text.into()),
        Some(_) | None => problem,
    }
}
