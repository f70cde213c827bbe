//! `POST /api/v1/reports`: a person's report, answered with steps in the same breath. Whatever is broken, steps go out.

use std::collections::BTreeMap;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use ring::digest::{SHA256, digest};
use serde_json::json;

use super::json;
use crate::access::NotALink;
use crate::guidance::{self, Guidance, Notice, Question, StopPage};
use crate::respond::view::ReportAnswer;
use crate::respond::{Arrival, Outcome, ReportArrival, ShownAccount};
use crate::scoring::{Case, assess};
use crate::seal::Purpose;
use crate::signal::{BadField, NOT_A_TAP, Origin, Reading, Report, Signal};
use crate::time::Span;
use crate::web::body;
use crate::web::client::Client;
use crate::web::house::{House, Shared, language};
use crate::web::pace::effort;
use crate::web::person::shown_to_program;
use crate::web::problem::Problem;

/// Below the door's own limit for a handler, so that steps still go out when memory hangs.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(7);
/// Bytes of a report.
const LIMIT: usize = 64 * 1024;
/// 128 random bits need at least this many letters.
const KEY_LENGTH: std::ops::RangeInclusive<usize> = 22..=128;

/// Takes a report from a program.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports", request_body(content = serde_json::Value, description = "`text` (a person's own words), or `happened` (one of transfer-not-mine, words-typed, cannot-send, strange-login, helped-now, device-lost, other), or both; further `language`, `happening_now`, `account`, `wallets`, `assets`, `contact`, `tried`, `answers`, all optional", example = json!({"happened": "transfer-not-mine", "happening_now": true})),
    params(("Report-Link" = Option<String>, Header, description = "a signed link of an app: the account in it is shown to be signed in there"), ("holdfast-proof" = Option<String>, Header, description = "the `challenge.text` of a 429, a point and a number such that SHA-256 of all of it begins with `challenge.bits` zero bits; good once, for half an hour"), ("Idempotency-Key" = Option<String>, Header, description = "22 to 128 letters of at least 128 random bits; the same key with the same body within 24 hours gets the first answer again")),
    responses((status = 201, description = "kept, with the first steps", body = serde_json::Value), (status = 400, description = "not JSON"), (status = 413, description = "over 64 KiB"), (status = 422, description = "a field breaks a rule, or the key came with another body"), (status = 429, description = "too many reports; steps and a challenge are in the answer"), (status = 503, description = "nothing was kept; steps are in the answer")))]
pub async fn post(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let received = body::read(request, LIMIT).await?;
    let report: Report = received.json()?;
    let fallback = language(&received.parts.headers);
    let mut reading = known(&house, report.read(fallback)).map_err(bad_fields)?;
    let key = key(&received.parts.headers)?;
    let repeat = key.map(|key| repeat(&house, &key, &received.bytes));
    let shown = shown(&house, &received.parts.headers, &mut reading)?;
    let client = received.parts.extensions.get::<Client>().copied();
    let proof = received.parts.headers.get(PROOF).and_then(|proof| proof.to_str().ok());
    let asker = Asker { client, proof, slower: false };
    match take(&house, asker, ReportArrival { reading, repeat, shown, set_back: Span::ZERO }).await {
        Ok(answer) => Ok(json(StatusCode::CREATED, &*answer)),
        Err(NotKept::Differs) => {
            Err(Problem::unprocessable().named("idempotency").field("idempotency-key", "came with another body before"))
        }
        Err(NotKept::Busy { seconds, challenge, steps }) => {
            let problem = with_steps(Problem::too_many(seconds), &steps);
            Err(problem.with("challenge", json!({"text": challenge, "bits": effort::BITS, "header": PROOF})))
        }
        Err(NotKept::OutOfOrder { cause, steps }) => Err(with_steps(Problem::from(cause), &steps)),
    }
}

/// A reading whose answers are to questions that exist: ids are kept as they are, so nothing else may pass for one.
pub fn known(house: &House, reading: Result<Reading, Vec<BadField>>) -> Result<Reading, Vec<BadField>> {
    let reading = reading?;
    let set = &house.respond.room().playbooks;
    if !reading.facts.get("happened").iter().all(|tap| set.vocabulary.has_tap(tap)) {
        return Err(vec![BadField { field: "happened", rule: NOT_A_TAP }]);
    }
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
        .with("stop", json!(steps.stop))
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
    pub stop: Option<StopPage>,
}

/// Why a report was not kept. Its author gets steps all the same.
pub enum NotKept {
    /// The key came with another body before.
    Differs,
    Busy {
        seconds: u64,
        /// A proof for this lets the report through at once.
        challenge: String,
        steps: Box<Steps>,
    },
    OutOfOrder {
        cause: crate::store::Error,
        steps: Box<Steps>,
    },
}

/// The header in which programs give a proof of work: the challenge, a point and the number.
const PROOF: &str = "holdfast-proof";

/// Who sends a report.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    pub client: Option<Client>,
    /// What answers a challenge, when it was sent.
    pub proof: Option<&'a str>,
    /// Whether the slower lane is open to it: to browsers without script, which cannot prove anything.
    pub slower: bool,
}

/// Takes in a report, for the API and the page alike (AVL-11).
pub async fn take(house: &House, asker: Asker<'_>, mut arrival: ReportArrival) -> Result<Box<ReportAnswer>, NotKept> {
    let kept_aside = Box::new(steps(house, &arrival.reading));
    match lane(house, asker) {
        Ok(set_back) => arrival.set_back = set_back,
        Err(seconds) => {
            metrics::counter!("holdfast_reports_total", "outcome" => "limited").increment(1);
            let room = house.respond.room();
            let challenge = effort::challenge(&room.keys.digests, room.now(), &*room.random);
            return Err(NotKept::Busy { seconds, challenge, steps: kept_aside });
        }
    }
    let (language, back) = (arrival.reading.language, arrival.set_back.minutes());
    let stop = kept_aside.stop.clone();
    let names_transfer = arrival.reading.facts.has("tx");
    let kept = tokio::time::timeout(PATIENCE, house.respond.writer.arrive(Arrival::Report(arrival))).await;
    match kept.unwrap_or(Err(crate::store::Error::Uncertain)) {
        Ok(Outcome::Reported(mut answer)) => {
            if names_transfer {
                house.respond.asks.put(&answer.case.reference);
            }
            metrics::counter!("holdfast_reports_total", "outcome" => "kept").increment(1);
            answer.stop = stop;
            if back > 0 {
                answer.notices.push(guidance::further_back(back, language));
            }
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

/// How far back a report is set, which for most is not at all; or in how many seconds to come again.
fn lane(house: &House, asker: Asker<'_>) -> Result<Span, u64> {
    let room = house.respond.room();
    let (now, prefix) = (room.now(), asker.client.map(Client::prefix));
    if house.limits.rush.check("reports").is_err() {
        house.pace.rushes(now);
    }
    let over = prefix.and_then(|prefix| house.limits.reports.check(prefix).err());
    if over.is_none() && !house.pace.is_rush(now) {
        return Ok(Span::ZERO);
    }
    if asker.proof.is_some_and(|proof| house.pace.spent.takes(&room.keys.digests, now, proof)) {
        return Ok(Span::ZERO);
    }
    if !asker.slower {
        return Err(over.map_or(1, |over| over.0));
    }
    match prefix.map(|prefix| house.limits.slow_reports.check(prefix)) {
        Some(Err(full)) => Err(full.0),
        Some(Ok(())) | None => Ok(house.pace.set_back(prefix, now)),
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
    let assessment = assess(set, &Case { signals: std::slice::from_ref(&signal), answers: &reading.answers });
    let kind = set.kind(&assessment.lead).unwrap_or(&set.kinds[0]);
    let danger = assessment.situation.danger.and_then(|_| guidance::for_danger(&set.help_lines, reading.language));
    let secrets = guidance::for_secrets(&reading.secrets, reading.language);
    let notices = [danger, Some(guidance::out_of_order(reading.language)), secrets];
    let stop = guidance::stop_in(set, &signal, (&assessment, &reading.secrets));
    Steps {
        stop: stop.map(|stop| guidance::stop_page(stop, reading.language)),
        guidance: guidance::for_person(kind, reading.language, &reading.answers, &BTreeMap::new()),
        questions: guidance::next_questions(set, &assessment, &reading.answers, reading.language),
        notices: notices.into_iter().flatten().collect(),
    }
}
