//! `/api/v1/cases/{reference}`: a case for its holder, by `Authorization: Case <link-token>.<code>`.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::response::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{json, taken};
use crate::guidance::{self, StepState};
use crate::id::{Id, of};
use crate::respond::view::CaseView;
use crate::respond::{HolderDeed, Wish};
use crate::signal::{Details, TEXT_LIMIT};
use crate::web::body;
use crate::web::client::Client;
use crate::web::house::{House, Shared};
use crate::web::person;
use crate::web::problem::Problem;

pub(super) const LIMIT: usize = 64 * 1024;
/// Characters of a contact.
const CONTACT: usize = 200;

/// Shows a case.
#[utoipa::path(get, path = "/api/v1/cases/{reference}", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")),
    responses((status = 200, description = "the case as its holder may see it", body = serde_json::Value), (status = 401, description = "link and code do not open a case of this reference")))]
pub async fn get(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let case = holder(&house, &parts, &reference).await?;
    show(house.respond.case(case, None).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    question: String,
    choice: String,
}

/// Answers a question; the steps may change at once.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/answers", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "no such question or choice")))]
pub async fn answer(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (case, AnswerBody { question, choice }) = sent(&house, &reference, (request, LIMIT)).await?;
    does(&house, case, HolderDeed::Answer { question, choice }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepBody {
    state: StepState,
}

/// Ticks a step: done, cannot, not-sure, open.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/steps/{step}", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX"), ("step" = String, Path, description = "id of a step")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "no such step")))]
pub async fn step(
    State(house): State<Shared>,
    Path((reference, step)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let (case, StepBody { state }) = sent(&house, &reference, (request, LIMIT)).await?;
    does(&house, case, HolderDeed::Step { step, state }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageBody {
    text: String,
}

/// Sends words to staff.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/messages", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "the text breaks a rule")))]
pub async fn message(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (case, MessageBody { text }) = sent(&house, &reference, (request, LIMIT)).await?;
    let (text, secrets) = taken("text", &text, TEXT_LIMIT)?;
    house.limits.deeds.check(case)?;
    let deed = HolderDeed::Message { text: text.clone(), secrets: secrets.clone() };
    let mut view = house.respond.holder_does(case, deed).await?;
    let stop = house.respond.stop_before(case, (&text, &secrets)).await?;
    if let (Some(view), Some(stop)) = (&mut view, stop) {
        view.stop = Some(guidance::stop_page(stop, view.guidance.language));
    }
    show(view)
}

/// Adds what was tried, on which device and network, and when the first sign came.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/details", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body(content = serde_json::Value, description = "`tried` (words), `used_device` (this-device, another-phone, another-computer, hardware-wallet, not-sure), `chain`, `first_sign` (minutes, hours, days, longer, not-sure), all optional"),
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "a field breaks a rule")))]
pub async fn details(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (case, details): (_, Details) = sent(&house, &reference, (request, LIMIT)).await?;
    match details.read().map_err(|bad| Problem::unprocessable().field(bad.field, bad.rule))? {
        Some((facts, _)) => does(&house, case, HolderDeed::Details { facts }).await,
        None => show(house.respond.case(case, None).await?),
    }
}

/// Tells of every change of a case as server-sent events.
#[utoipa::path(get, path = "/api/v1/cases/{reference}/events", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX"), ("Last-Event-ID" = Option<String>, Header, description = "id of the last event that was seen; nothing is told twice")),
    responses((status = 200, description = "text/event-stream: events named `case` with `state`, `ahead` and `messages`, first as things stand; it ends after 15 minutes, or once link and code open the case no more", content_type = "text/event-stream", body = String), (status = 401, description = "does not open")))]
pub async fn events(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let case = holder(&house, &parts, &reference).await?;
    let watcher = house.respond.link_watcher(case).await?.ok_or_else(|| Problem::unauthorized("Case"))?;
    Ok(person::stream_of(house, (case, watcher), (person::Reader::Program, person::last_seen(&parts.headers))))
}

/// Gives the evidence of a case as a ZIP archive: the words as they were kept, what they name, letters for the exchange and
/// the police, and a list of hashes.
#[utoipa::path(get, path = "/api/v1/cases/{reference}/evidence", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX"), ("region" = Option<String>, Query, description = "CN, HK, SG, US, GB, EU or another region of the operator's help lines: whom to report to"), ("language" = Option<String>, Query, description = "en, zh or zh-Hant; English is always there too")),
    responses((status = 200, description = "the archive", content_type = "application/zip", body = Vec<u8>), (status = 401, description = "does not open"), (status = 422, description = "no such region or language")))]
pub async fn evidence(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let case = holder(&house, &parts, &reference).await?;
    house.limits.deeds.check(case)?;
    person::evidence_of_program(&house, case, &parts.uri).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WishBody {
    what: Wish,
    detail: Option<String>,
}

/// Asks staff for a new link, another contact, withdrawal or an end of protection; nothing happens until they agree.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/requests", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "nothing that can be asked for")))]
pub async fn ask(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (case, WishBody { what, detail }) = sent(&house, &reference, (request, LIMIT)).await?;
    house.limits.deeds.check(case)?;
    let detail = wished(what, detail.as_deref().unwrap_or_default())?;
    house.respond.ask(case, (what, detail), None).await?;
    show(house.respond.case(case, None).await?)
}

/// What goes with a wish: a contact needs one, scrubbed; the others take none.
pub fn wished(what: Wish, detail: &str) -> Result<Option<String>, Problem> {
    match what {
        Wish::Contact => Ok(Some(taken("detail", detail, CONTACT)?.0)),
        Wish::NewLink | Wish::Withdraw | Wish::StopProtection if detail.trim().is_empty() => Ok(None),
        Wish::NewLink | Wish::Withdraw | Wish::StopProtection => {
            Err(Problem::unprocessable().field("detail", "only with a contact"))
        }
    }
}

/// The refusal of a wish that there is not.
pub fn no_such_wish() -> Problem {
    Problem::unprocessable().field("what", "new-link, contact, withdraw, stop-protection")
}

/// The case that a request opens by link and code, and what is sent to it, of at most `limit` bytes.
pub(super) async fn sent<T: DeserializeOwned>(
    house: &House,
    reference: &str,
    (request, limit): (Request, usize),
) -> Result<(Id<of::Case>, T), Problem> {
    let received = body::read(request, limit).await?;
    let case = holder(house, &received.parts, reference).await?;
    Ok((case, received.json()?))
}

pub(super) async fn does(house: &House, case: Id<of::Case>, deed: HolderDeed) -> Result<Response, Problem> {
    house.limits.deeds.check(case)?;
    match house.respond.holder_does(case, deed).await? {
        Some(view) => show(Some(view)),
        None => Err(Problem::unprocessable()
            .field("body", "no such question, choice or step, or nothing that its holder can close")),
    }
}

fn show(view: Option<CaseView>) -> Result<Response, Problem> {
    let view = view.ok_or_else(|| Problem::unauthorized("Case"))?;
    Ok(json(StatusCode::OK, &view))
}

/// The case that the request proves to hold, which must be the one in its address. Guesses are limited by client and by case.
pub(super) async fn holder(house: &House, parts: &Parts, reference: &str) -> Result<Id<of::Case>, Problem> {
    let refuse = || Problem::unauthorized("Case");
    let (token, code) = credentials(&parts.headers).ok_or_else(refuse)?;
    // Before the proof, because a proof goes through the writer.
    if let Some(client) = parts.extensions.get::<Client>() {
        house.limits.case_calls.check(client.prefix())?;
    }
    let proved = house.respond.prove(token.parse().ok(), code.parse().ok()).await?;
    if proved.is_none()
        && let Some(client) = parts.extensions.get::<Client>()
    {
        house.limits.codes.check(client.prefix())?;
    }
    let case = proved.ok_or_else(refuse)?;
    if house.respond.is_called(case, reference).await? { Ok(case) } else { Err(refuse()) }
}

fn credentials(headers: &HeaderMap) -> Option<(&str, &str)> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Case ")?.split_once('.')
}
