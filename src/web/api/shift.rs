//! The desk for programs: who is at work with what, alarms, tiers, the end of a shift, practice.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{json, masked, taken};
use crate::id::{Id, of};
use crate::playbook::Set;
use crate::queue::Tier;
use crate::respond::Setting;
use crate::text::clean_name;
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::{Shared, language};
use crate::web::problem::Problem;

const LIMIT: usize = 32 * 1024;
/// Characters of a reason or of what a shift tells the next.
const WORDS: usize = 8_000;
/// Windows of one person, and claims that one person may ever have.
const WINDOWS: usize = 30;
const CLAIMS: i64 = 1_000;
/// Languages that the house reads and writes.
const LANGUAGES: [&str; 3] = ["en", "zh", "zh-Hant"];

/// Who is at work with what, and what the last shifts told the next.
#[utoipa::path(get, path = "/api/v1/shift", tag = "staff",
    responses((status = 200, description = "people with tiers, languages, skills, hours and load, the least laden at work first; `back` while nobody is; the last notes between shifts, whose reading is an audit entry", body = serde_json::Value)))]
pub async fn get(State(house): State<Shared>, Extension(staff): Extension<Staff>) -> Result<Response, Problem> {
    Ok(json(StatusCode::OK, &house.respond.shift(&staff.name).await?))
}

/// How the desk is to count on somebody, as it is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub name: String,
    pub first: bool,
    pub second: bool,
    #[serde(default)]
    pub languages: Vec<String>,
    #[serde(default)]
    pub skills: Vec<String>,
    pub most: Option<i64>,
    #[serde(default)]
    pub hours: Vec<String>,
    #[serde(default = "utc")]
    pub zone: String,
}

fn utc() -> String {
    "UTC".to_owned()
}

/// What was sent, checked but for the hours, which the flow reads.
pub fn setting(sent: Body, playbooks: &Set) -> Result<Setting, Problem> {
    let bad = |field, rule| Problem::unprocessable().field(field, rule);
    let name = clean_name(&sent.name, 80).ok().filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| bad("name", "1 to 80 characters"))?;
    if !sent.first && !sent.second {
        return Err(bad("first", "one tier at least"));
    }
    if sent.languages.iter().any(|language| !LANGUAGES.contains(&language.as_str())) {
        return Err(bad("languages", "en, zh, zh-Hant"));
    }
    if sent.skills.iter().any(|skill| playbooks.kind(skill).is_none()) {
        return Err(bad("skills", "ids of playbooks"));
    }
    if sent.most.is_some_and(|most| !(1..=CLAIMS).contains(&most)) {
        return Err(bad("most", "1 to 1000"));
    }
    if sent.hours.len() > WINDOWS {
        return Err(bad("hours", "at most 30 windows"));
    }
    let Body { first, second, languages, skills, most, hours, zone, .. } = sent;
    Ok(Setting { name, first, second, languages, skills, most, hours, zone })
}

/// Says how the desk counts on somebody.
#[utoipa::path(post, path = "/api/v1/shift", tag = "staff", request_body(content = serde_json::Value, description = "`name`, `first`, `second` (tiers), `languages` (en, zh, zh-Hant; empty for all), `skills` (ids of kinds that they know well), `most` (open claims), `hours` (such as `mon-fri 09:00-18:00`; empty for those of the house), `zone`"),
    responses((status = 204, description = "kept"), (status = 422, description = "a field breaks a rule")))]
pub async fn post(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    request: Request,
) -> Result<Response, Problem> {
    let sent: Body = body::read(request, LIMIT).await?.json()?;
    match house.respond.set_shift(&staff.name, setting(sent, &house.respond.room().playbooks)?).await? {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(_) => Err(Problem::unprocessable().field("hours", "mon-fri 09:00-18:00, in a time zone such as UTC")),
    }
}

/// What asks for attention now.
#[utoipa::path(get, path = "/api/v1/shift/alarms", tag = "staff",
    responses((status = 200, description = "`level_one` in nobody's hands, `missed` first replies, those due `soon`, and cases `unresolved` beyond their promised time", body = serde_json::Value)))]
pub async fn alarms(State(house): State<Shared>) -> Result<Response, Problem> {
    Ok(json(StatusCode::OK, &house.respond.pressing().await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    incident: String,
    tier: String,
    reason: String,
}

/// Hands a case up to the second tier, or back to the first.
#[utoipa::path(post, path = "/api/v1/shift/tier", tag = "staff", request_body(content = serde_json::Value, description = "`incident`, `tier` (first or second), `reason`"),
    responses((status = 204, description = "it stands there now, out of the hands of whoever moved it"), (status = 409, description = "closed, or in another's hands"), (status = 422, description = "a field breaks a rule")))]
pub async fn tier(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    request: Request,
) -> Result<Response, Problem> {
    let sent: Move = body::read(request, LIMIT).await?.json()?;
    let (to, reason) = asked(&sent.incident, &sent.tier, &sent.reason)?;
    if house.respond.hand_to(&staff.name, to, &reason).await? {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(Problem::conflict().named("stale").detail("it is closed or in another's hands"))
    }
}

/// A move between tiers as it was asked for.
pub fn asked(incident: &str, tier: &str, reason: &str) -> Result<((Id<of::Incident>, Tier), String), Problem> {
    let id = incident.parse().map_err(|_| Problem::unprocessable().field("incident", "id of an incident"))?;
    let tier = tier.parse().map_err(|_| Problem::unprocessable().field("tier", "first or second"))?;
    Ok(((id, tier), taken("reason", reason, WORDS)?.0))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    text: String,
}

/// Ends a shift.
#[utoipa::path(post, path = "/api/v1/shift/hand-over", tag = "staff", request_body(content = serde_json::Value, description = "`text`: what the next shift should know"),
    responses((status = 200, description = "`handed_back`: how many cases went back to their old places", body = serde_json::Value), (status = 422, description = "no text")))]
pub async fn hand_over(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    request: Request,
) -> Result<Response, Problem> {
    let sent: Told = body::read(request, LIMIT).await?.json()?;
    let text = taken("text", &sent.text, WORDS)?.0;
    let back = house.respond.hand_over(&staff.name, &text).await?;
    Ok(json(StatusCode::OK, &serde_json::json!({ "handed_back": back })))
}

/// Makes up a case to practise on.
#[utoipa::path(post, path = "/api/v1/shift/practice", tag = "staff",
    responses((status = 200, description = "a made-up incident, held under a lease; it never counts", body = serde_json::Value), (status = 204, description = "the playbooks have no example")))]
pub async fn practice(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    body::json_or_none(&headers)?;
    Ok(match house.respond.practise(&staff.name, language(&headers)).await? {
        Some(detail) => masked::answer(StatusCode::OK, &detail),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}
