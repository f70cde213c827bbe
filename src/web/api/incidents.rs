//! The queue and incidents for staff: `queue`, `claim`, `release`, `note`, `message`, `step`, `verdict`, `escalate`,
//! `reopen`.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::{json, masked, taken};
use crate::access::Permission;
use crate::guidance::StepState;
use crate::id::{Id, of};
use crate::incident::Verdict;
use crate::playbook::Class;
use crate::respond::{Deed, IncidentDetail, QueueRow, Refused, Seen};
use crate::store::incidents::Place;
use crate::time::Timestamp;
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::{Shared, language};
use crate::web::problem::Problem;

const LIMIT: usize = 256 * 1024;
/// Characters of a note, message or reason.
const WORDS: usize = 8_000;
const PAGE: i64 = 50;
const LARGEST_PAGE: i64 = 200;

#[derive(Serialize)]
struct QueuePage {
    rows: Vec<QueueRow>,
    /// Give it back as `cursor` for the rows after these.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Lists the queue in order.
#[utoipa::path(get, path = "/api/v1/queue", tag = "staff", params(("lane" = Option<String>, Query, description = "security or routine"), ("limit" = Option<i64>, Query, description = "1 to 200, 50 when absent"), ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "rows in order", body = serde_json::Value), (status = 401, description = "no good token"), (status = 403, description = "the token lacks queue:read")))]
pub async fn queue(State(house): State<Shared>, uri: Uri) -> Result<Response, Problem> {
    let mut query = body::query(&uri)?;
    let lane = query.one("lane")?.map(|lane| lane_of(&lane)).transpose()?;
    let limit = query
        .one("limit")?
        .map(|limit| {
            limit
                .parse()
                .ok()
                .filter(|limit| (1..=LARGEST_PAGE).contains(limit))
                .ok_or_else(|| bad("limit", "1 to 200"))
        })
        .transpose()?;
    let after = query
        .one("cursor")?
        .map(|cursor| place_of(&cursor).ok_or_else(|| bad("cursor", "`next` of the page before")))
        .transpose()?;
    query.finish()?;
    let limit = limit.unwrap_or(PAGE);
    let rows = house.respond.queue(lane, after, limit).await?;
    let full = i64::try_from(rows.len()).is_ok_and(|count| count == limit);
    let next = rows.last().filter(|_| full).map(cursor_of);
    Ok(json(StatusCode::OK, &QueuePage { rows, next }))
}

fn bad(field: &'static str, rule: &'static str) -> Problem {
    Problem::unprocessable().field(field, rule)
}

fn lane_of(text: &str) -> Result<Class, Problem> {
    match text {
        "security" => Ok(Class::Security),
        "routine" => Ok(Class::Routine),
        _ => Err(bad("lane", "security or routine")),
    }
}

/// A row's place as text; not secret, and checked when it comes back.
pub fn cursor_of(row: &QueueRow) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{} {} {}", crate::queue::lane(row.lane), row.due.millis(), row.id))
}

/// The place that a cursor names.
pub fn place_of(cursor: &str) -> Option<Place> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let mut parts = text.split(' ');
    let (lane, due, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Place { lane, due: Timestamp::from_millis(due), id })
}

/// Takes the next incident.
#[utoipa::path(post, path = "/api/v1/queue/claim", tag = "staff",
    responses((status = 200, description = "the incident, held under a lease; id, version, state and fence alone for a token without incident:read", body = serde_json::Value), (status = 204, description = "nothing waits"), (status = 403, description = "the token lacks incident:claim")))]
pub async fn claim_next(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    body::json_or_none(&headers)?;
    match house.respond.claim_next(&staff.name, language(&headers)).await? {
        Ok(detail) => Ok(answer(&staff, &detail)),
        Err(Refused::Empty) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(refused) => Err(refusal(refused)),
    }
}

/// An incident as it is after a deed: whole for whoever may read it, and otherwise what further deeds go by.
fn answer(staff: &Staff, detail: &IncidentDetail) -> Response {
    if staff.scopes.allow(Permission::ReadIncident) {
        return masked::answer(StatusCode::OK, detail);
    }
    let brief = serde_json::json!({
        "id": detail.id, "version": detail.version, "state": detail.state, "fence": detail.fence,
    });
    json(StatusCode::OK, &brief)
}

fn refusal(refused: Refused) -> Problem {
    match refused {
        Refused::Unknown | Refused::Empty => Problem::not_found(),
        Refused::Full => Problem::conflict()
            .named("full")
            .detail("close or hand back a case first: you have as many in hand as the desk allows"),
        Refused::StepsOpen(steps) => {
            let named: Vec<String> = steps.iter().map(|step| format!("{}: {}", step.id, step.text)).collect();
            Problem::conflict()
                .named("steps-open")
                .detail(format!("required steps are neither done nor waived with a reason: {}", named.join("; ")))
        }
        Refused::Stale => {
            Problem::conflict().named("stale").detail("the incident has changed since you saw it; read it again")
        }
    }
}

/// Shows an incident with everything staff may see; personal data is masked as in the console.
#[utoipa::path(get, path = "/api/v1/incidents/{id}", tag = "staff", params(("id" = String, Path, description = "id of the incident")),
    responses((status = 200, description = "the incident", body = serde_json::Value), (status = 404, description = "there is none")))]
pub async fn get(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = incident(&id)?;
    let detail = house.respond.incident(id, (&staff.name, language(&headers))).await?.ok_or_else(Problem::not_found)?;
    Ok(masked::answer(StatusCode::OK, &detail))
}

pub(super) fn incident(id: &str) -> Result<Id<of::Incident>, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FenceBody {
    fence: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextBody {
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerdictBody {
    version: i64,
    verdict: String,
    kind: Option<String>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepBody {
    step: String,
    state: StepState,
    reason: Option<String>,
    fence: Option<i64>,
    version: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EscalateBody {
    version: i64,
    level: u8,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecideBody {
    request: String,
    grant: bool,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReopenBody {
    version: i64,
    reason: String,
}

/// Does something to an incident: `claim`, `renew`, `release`, `note`, `message`, `step`, `verdict`, `escalate`, `reopen`,
/// `decide`. A `step` takes `{step, state, reason?}` with the `fence` of one's claim, or with `version` when nobody holds it.
#[utoipa::path(post, path = "/api/v1/incidents/{id}/{action}", tag = "staff", params(("id" = String, Path, description = "id of the incident"), ("action" = String, Path, description = "claim, renew, release, note, message, step, verdict, escalate, reopen or decide")), request_body = serde_json::Value,
    responses((status = 200, description = "the incident as it is then; id, version, state and fence alone for a token without incident:read", body = serde_json::Value), (status = 404, description = "there is no such incident or action"), (status = 409, description = "another version, holder or fence, or required steps still open")))]
pub async fn act(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let id = incident(&id)?;
    let language = language(request.headers());
    let action = request.uri().path().rsplit('/').next().unwrap_or_default().to_owned();
    let received = body::read(request, LIMIT).await?;
    let deed = match action.as_str() {
        "claim" => {
            body::json_or_none(&received.parts.headers)?;
            Deed::Claim
        }
        "renew" => Deed::Renew { fence: received.json::<FenceBody>()?.fence },
        "release" => Deed::Release { fence: received.json::<FenceBody>()?.fence },
        "note" => Deed::Note { text: taken("text", &received.json::<TextBody>()?.text, WORDS)?.0 },
        "message" => Deed::Message { text: taken("text", &received.json::<TextBody>()?.text, WORDS)?.0 },
        "step" => {
            let StepBody { step, state, reason, fence, version } = received.json()?;
            tick((step, state, reason), (fence, version))?
        }
        "verdict" => verdict(received.json()?, &house)?,
        "escalate" => escalate(received.json()?)?,
        "reopen" => {
            let ReopenBody { version, reason } = received.json()?;
            Deed::Reopen { version, reason: taken("reason", &reason, WORDS)?.0 }
        }
        "decide" => {
            let DecideBody { request, grant, reason } = received.json()?;
            let request = request.parse().map_err(|_| bad("request", "id of a request"))?;
            Deed::Decide { request, grant, reason: taken("reason", &reason, WORDS)?.0 }
        }
        _ => return Err(Problem::not_found()),
    };
    let by = (staff.name.as_str(), language);
    let done = if staff.scopes.allow(Permission::ReadIncident) {
        house.respond.staff_does_and_sees(id, by, deed).await?
    } else {
        house.respond.staff_does(id, by, deed).await?
    };
    match done {
        Ok(detail) => Ok(answer(&staff, &detail)),
        Err(refused) => Err(refusal(refused)),
    }
}

fn verdict(body: VerdictBody, house: &Shared) -> Result<Deed, Problem> {
    let verdict: Verdict =
        body.verdict.parse().map_err(|_| bad("verdict", "confirmed, false-alarm, answered or duplicate"))?;
    if body.kind.as_ref().is_some_and(|kind| house.respond.room().playbooks.kind(kind).is_none()) {
        return Err(bad("kind", "id of a playbook"));
    }
    Ok(Deed::Verdict {
        version: body.version,
        verdict,
        kind: body.kind,
        reason: taken("reason", &body.reason, WORDS)?.0,
    })
}

/// A word on a staff step, with the fence of one's claim or, for a case in nobody's hands, the version that was seen. Waiving
/// needs a reason, and only waiving keeps one.
pub fn tick(
    (step, state, reason): (String, StepState, Option<String>),
    seen: (Option<i64>, Option<i64>),
) -> Result<Deed, Problem> {
    let seen = match seen {
        (Some(fence), None) => Seen::Held { fence },
        (None, Some(version)) => Seen::Open { version },
        (None, None) | (Some(_), Some(_)) => {
            return Err(bad("fence", "the fence of your claim, or the version when nobody holds the incident"));
        }
    };
    let reason = match (state, reason.filter(|reason| !reason.trim().is_empty())) {
        (StepState::Waived, Some(reason)) => Some(taken("reason", &reason, WORDS)?.0),
        (StepState::Waived, None) => return Err(bad("reason", "waiving a step needs a reason")),
        (StepState::Open | StepState::Done | StepState::Cannot | StepState::NotSure, _) => None,
    };
    Ok(Deed::Step { step, state, reason, seen })
}

fn escalate(EscalateBody { version, level, reason }: EscalateBody) -> Result<Deed, Problem> {
    if !(1..=5).contains(&level) {
        return Err(bad("level", "1 to 5"));
    }
    let (reason, _) = taken("reason", &reason, WORDS)?;
    Ok(Deed::Escalate { version, level, reason })
}
