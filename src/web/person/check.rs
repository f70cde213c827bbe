//! "Is this really us?", and choosing the words of a case. What is pasted is looked at and forgotten.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use super::case::proved;
use super::{Asked, COOKIE, NO_ROBOTS, csrf, over, page, session};
use crate::access::{Mark, words};
use crate::id::{Id, of};
use crate::phrase::scrub;
use crate::respond::{Proof, Used};
use crate::text::clean;
use crate::web::body;
use crate::web::client::Client;
use crate::web::cookies::cookie;
use crate::web::guard::same_origin;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::actions;
use crate::web::pages::check::{CheckPage, Found, MESSAGE_LIMIT, Outcome, WordsPage, choose, page as check_page};
use crate::web::problem::Problem;

/// `GET /check`
pub async fn check(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::new(&headers, &uri, nonce)?;
    let open = open_case(&house, &headers).await?.is_some();
    Ok(page(StatusCode::OK, shown(&house, &asked, (open, None))))
}

fn shown(house: &House, asked: &Asked, (open, result): (bool, Option<&Found>)) -> maud::Markup {
    let frame = asked.frame(house, actions::CHECK);
    check_page(&CheckPage { frame, official: &house.official, open, result })
}

/// `POST /check`
pub async fn look(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    same_origin(&house, request.headers())?;
    let received = body::read(request, body::FORM).await?;
    if let Some(client) = received.parts.extensions.get::<Client>() {
        house.limits.checks.check(client.prefix())?;
    }
    let mut asked = Asked::new(&received.parts.headers, &received.parts.uri, nonce)?;
    let mut sent = received.form()?;
    if let Some(Ok(language)) = sent.one("lang")?.map(|language| language.parse()) {
        asked.language = language;
    }
    let (message, secret) = (sent.one("message")?.unwrap_or_default(), sent.one("secret")?.unwrap_or_default());
    sent.finish()?;
    let open = open_case(&house, &received.parts.headers).await?;
    let found = find_out(&house, &message, (open, &secret)).await?;
    Ok(page(StatusCode::OK, shown(&house, &asked, (open.is_some(), Some(&found)))))
}

/// The case whose page is open in this browser.
async fn open_case(house: &House, headers: &HeaderMap) -> Result<Option<Id<of::Case>>, Problem> {
    let Some(token) = cookie(headers, COOKIE) else { return Ok(None) };
    Ok(house.respond.case_of_session(&token, Used::ByPerson).await?)
}

/// What can be said of a message; `open` is the case whose page is open, `secret` a code or words.
pub async fn find_out(
    house: &House,
    message: &str,
    (open, secret): (Option<Id<of::Case>>, &str),
) -> Result<Found, Problem> {
    let scrubbed = scrub(message);
    let text = clean(&scrubbed.text, MESSAGE_LIMIT)
        .map_err(|_| Problem::unprocessable().field("message", "too long, or contains U+0000"))?;
    let (mark, rest) = Mark::find_in(&text);
    let places = house.official.judge(&rest);
    let typed = secret.trim();
    let proof = if typed.is_empty() { open.map(Proof::Session) } else { Some(Proof::Typed(typed.to_owned())) };
    let outcome = match (mark, proof) {
        _ if text.trim().is_empty() => Outcome::Empty,
        (Some(mark), Some(proof)) => match house.respond.check(mark, proof, rest).await? {
            Some(confirmed) => Outcome::Confirmed(Box::new(confirmed)),
            None => Outcome::Refused,
        },
        // Without a proof the number is not even looked up.
        (Some(_), None) => Outcome::NoSecret,
        (None, _) if places.is_empty() || is_more_than_places(&rest, &places) && none_is_foreign(&places) => {
            Outcome::NoNumber
        }
        (None, _) => Outcome::Places,
    };
    Ok(Found { outcome, places, secret: !scrubbed.removed.is_empty() })
}

/// A whole message with a place in it, rather than the place alone.
fn is_more_than_places(text: &str, places: &[crate::guidance::official::Judged]) -> bool {
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).count();
    letters(text) > places.iter().map(|judged| letters(&judged.text)).sum::<usize>() + 20
}

fn none_is_foreign(places: &[crate::guidance::official::Judged]) -> bool {
    use crate::guidance::official::Whose;
    places.iter().all(|judged| matches!(judged.whose, Whose::Unknown | Whose::Ours))
}

/// `GET /case/words?round=N`
pub async fn offer(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (token, case) = session(&house, &headers, Used::ByPerson).await?;
    let round =
        body::query(&uri)?.one("round")?.and_then(|round| round.parse::<u32>().ok()).unwrap_or(0) % words::ROUNDS;
    let chosen = body::query(&uri)?.one("lang")?.and_then(|language| language.parse().ok());
    let view = house.respond.case(case, chosen).await?.ok_or_else(over)?;
    let asked = Asked { language: view.guidance.language, nonce };
    let offered = house.respond.words_on_offer(case, (round, asked.language));
    let shown = choose(&WordsPage {
        frame: asked.frame(&house, actions::WORDS),
        csrf: &csrf(&house, &token),
        offered: &offered,
        round,
    });
    Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
}

/// `POST /case/words`
pub async fn keep(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, case) = proved(&house, request).await?;
    let number = |name: &'static str, text: Option<String>| {
        let number = text.and_then(|text| text.parse::<u32>().ok());
        number.ok_or_else(|| Problem::unprocessable().field(name, "a number"))
    };
    let round = number("round", sent.one("round")?)?;
    let choice = number("choice", sent.one("choice")?)?;
    let language =
        sent.required("lang")?.parse().map_err(|_| Problem::unprocessable().field("lang", "en, zh, zh-Hant"))?;
    sent.finish()?;
    house.limits.deeds.check(case)?;
    let choice = usize::try_from(choice).unwrap_or(usize::MAX);
    if house.respond.choose_words(case, (round, language), choice).await? {
        Ok(Redirect::to("/case#words").into_response())
    } else {
        Err(Problem::unprocessable().field("choice", "one of those on offer"))
    }
}
