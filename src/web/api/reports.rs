//! `POST /api/v1/reports`: a person's report, answered with steps in the same breath. Whatever is broken, steps go out.

use std::collections::BTreeMap;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use ring::digest::{SHA256, digest};
use serde_json::json;

use super::json;
use crate::access::NotALink;
use crate::guidance::{self, Guidance, Notice, Question};
use crate::respond::view::ReportAnswer;
use crate::respond::{Arrival, Outcome, ReportArrival, ShownAccount};
use crate::scoring::{Case, assess};
use crate::seal::Purpose;
use crate::signal::{BadField, Origin, Reading, Report, Signal};
use crate::web::body;
use crate::web::client::Client;
use crate::web::house::{House, Shared, language};
use crate::web::person::shown_to_program;
use crate::web::problem::Problem;

/// Below the door's own limit for a handler, so that steps still go out when memory hangs.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(7);
/// Bytes of a report.
const LIMIT: usize = 64 * 1024;
/// 128 random bits need at least this many letters.
const KEY_LENGTH: std::ops::RangeInclusive<usize> = 22..=128;

/// Takes a report from a program.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports", request_body = serde_json::Value,
    params(("Report-Link" = Option<String>, Header, description = "a signed link of an app: the account in it is shown to be signed in there"), ("Idempotency-Key" = Option<String>, Header, description = "22 to 128 letters of at least 128 random bits; the same key with the same body within 24 hours gets the first answer again")),
    responses((status = 201, description = "kept, with the first steps", body = serde_json::Value), (status = 400, description = "not JSON"), (status = 413, description = "over 64 KiB"), (status = 422, description = "a field breaks a rule, or the key came with another body"), (status = 429, description = "too many reports; steps are in the answer"), (status = 503, description = "nothing was kept; steps are in the answer")))]
pub async fn post(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let received = body::read(request, LIMIT).await?;
    let report: Report = received.json()?;
    let fallback = language(&received.parts.headers);
    let mut reading = known(&house, report.read(fallback)).map_err(bad_fields)?;
    let key = key(&received.parts.headers)?;
    let repeat = key.map(|key| repeat(&house, &key, &received.bytes));
    let shown = shown(&house, &received.parts.headers, &mut reading)?;
    let client = received.parts.extensions.get::<Client>().copied();
    match take(&house, client, ReportArrival { reading, repeat, shown }).await {
        Ok(answer) => Ok(json(StatusCode::CREATED, &*answer)),
        Err(NotKept::Differs) => {
            Err(Problem::unprocessable().named("idempotency").field("idempotency-key", "came with another body before"))
        }
        Err(NotKept::Busy { seconds, steps }) => Err(with_steps(Problem::too_many(seconds), &steps)),
        Err(NotKept::OutOfOrder { cause, steps }) => Err(with_steps(Problem::from(cause), &steps)),
    }
}

/// A reading whose answers are to questions that exist: ids are kept as they are, so nothing else may pass for one.
pub fn known(house: &House, reading: Result<Reading, Vec<BadField>>) -> Result<Reading, Vec<BadField>> {
    let reading = reading?;
    let set = &house.respond.room().playbooks;
    if reading.answers.iter().all(|(question, choice)| set.knows_answer(question, choice)) {
        return Ok(reading);
    }
    Err(vec![BadField { field: "answers", rule: "ids of questions with ids of choices" }])
}

fn with_steps(problem: Problem, steps: &Steps) -> Problem {
    problem
        .detail("nothing was kept; begin with the steps, then send the report again")
        .with("guidance", json!(steps.guidance))
        .with("questions", json!(steps.questions))
        .with("notices", json!(steps.notices))
}

fn bad_fields(bad: Vec<BadField>) -> Problem {
    bad.into_iter().fold(Problem::unprocessable(), |problem, bad| problem.field(bad.field, bad.rule))
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| KEY_LENGTH.contains(&key.len()));
    key.map(|key| Some(key.to_owned()))
        .ok_or_else(|| Problem::unprocessable().field("idempotency-key", "22 to 128 letters"))
}

/// The account that the link in `Report-Link` shows, which then stands for any that the body names.
fn shown(house: &House, headers: &HeaderMap, reading: &mut Reading) -> Result<Option<ShownAccount>, Problem> {
    let Some(link) = headers.get("report-link") else { return Ok(None) };
    let link = link.to_str().map_err(|_| NotALink::Forged);
    let shown = link.and_then(|link| shown_to_program(house, link));
    let shown = shown.map_err(|not| Problem::unprocessable().field("report-link", not.rule()))?;
    if let Some(shown) = &shown {
        reading.facts.set("account", shown.account.clone());
        reading.account = Some(shown.account.clone());
    }
    Ok(shown)
}

/// The digests by which a repeated report is known.
pub fn repeat(house: &House, key: &str, body: &[u8]) -> (String, String) {
    let digests = &house.respond.room().keys.digests;
    let body = hex::encode(digest(&SHA256, body));
    (digests.of(Purpose::Idempotency, "key", key), digests.of(Purpose::Idempotency, "body", &body))
}

/// Steps for a report that could not be kept.
pub struct Steps {
    pub guidance: Guidance,
    pub questions: Vec<Question>,
    pub notices: Vec<Notice>,
}

/// Why a report was not kept. Its author gets steps all the same.
pub enum NotKept {
    /// The key came with another body before.
    Differs,
    Busy {
        seconds: u64,
        steps: Box<Steps>,
    },
    OutOfOrder {
        cause: crate::store::Error,
        steps: Box<Steps>,
    },
}

/// Takes in a report, for the API and the page alike.
pub async fn take(house: &House, client: Option<Client>, arrival: ReportArrival) -> Result<Box<ReportAnswer>, NotKept> {
    let steps = |arrival: &ReportArrival| Box::new(steps(house, &arrival.reading));
    if let Some(client) = client
        && let Err(over) = house.limits.reports.check(client.prefix())
    {
        metrics::counter!("holdfast_reports_total", "outcome" => "limited").increment(1);
        return Err(NotKept::Busy { seconds: over.0, steps: steps(&arrival) });
    }
    let kept_aside = steps(&arrival);
    let kept = tokio::time::timeout(PATIENCE, house.respond.writer.arrive(Arrival::Report(arrival))).await;
    match kept.unwrap_or(Err(crate::store::Error::Uncertain)) {
        Ok(Outcome::Reported(answer)) => {
            metrics::counter!("holdfast_reports_total", "outcome" => "kept").increment(1);
            Ok(answer)
        }
        Ok(Outcome::ReportDiffers) => Err(NotKept::Differs),
        Ok(Outcome::Alerted(_) | Outcome::AlertConflicts) => {
            Err(NotKept::OutOfOrder { cause: crate::store::Error::Stopped, steps: kept_aside })
        }
        Err(cause) => {
            metrics::counter!("holdfast_reports_total", "outcome" => "not-kept").increment(1);
            Err(NotKept::OutOfOrder { cause, steps: kept_aside })
        }
    }
}

/// Judges without memory: what a report is told when it cannot be kept (DESIGN §9.16).
fn steps(house: &House, reading: &Reading) -> Steps {
    let room = &house.respond.room();
    let set = &room.playbooks;
    let now = room.now();
    let origin = Origin { endpoint: "report".to_owned(), verified: false, reliability: set.policy.reliability.report };
    let signal = Signal {
        id: crate::id::Id::new(now, &*room.random),
        origin,
        at: now,
        received: now,
        facts: reading.facts.clone(),
    };
    let assessment = assess(set, &Case { signals: &[signal], answers: &reading.answers });
    let kind = set.kind(&assessment.lead).unwrap_or(&set.kinds[0]);
    let danger = assessment.situation.danger.and_then(|_| guidance::for_danger(&set.help_lines, reading.language));
    let secrets = guidance::for_secrets(&reading.secrets, reading.language);
    let notices = [danger, Some(guidance::out_of_order(reading.language)), secrets];
    Steps {
        guidance: guidance::for_person(kind, reading.language, &reading.answers, &BTreeMap::new()),
        questions: guidance::next_questions(set, &assessment, &reading.answers, reading.language),
        notices: notices.into_iter().flatten().collect(),
    }
}
