//! Feedback for programs: on a case by its holder; counts, and the words of people without a case, for staff.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::cases::sent;
use super::{json, masked};
use crate::guidance::{
    self,
    feedback::{Rating, Solved, Speed},
};
use crate::respond::Feedback;
use crate::store::feedback::Tally;
use crate::text::Language;
use crate::time::{Span, Timestamp};
use crate::web::body;
use crate::web::guard::Staff;
use crate::web::house::Shared;
use crate::web::person::said;
use crate::web::problem::Problem;

const LIMIT: usize = 16 * 1024;
/// Days of a window when nobody says otherwise, and the longest.
const DAYS: i64 = 30;
const LONGEST: i64 = 366;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    satisfaction: Option<u8>,
    solved: Option<Solved>,
    speed: Option<Speed>,
    text: Option<String>,
}

/// Takes what the holder of a case says of our work.
#[utoipa::path(post, path = "/api/v1/cases/{reference}/feedback", tag = "cases", params(("reference" = String, Path, description = "HF-XXXX-XXXX")), request_body = serde_json::Value,
    responses((status = 200, description = "the case as it is then, with the answers so far", body = serde_json::Value), (status = 401, description = "does not open"), (status = 422, description = "no such answer, or nothing in it")))]
pub async fn post(
    State(house): State<Shared>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (case, Body { satisfaction, solved, speed, text }) = sent(&house, &reference, (request, LIMIT)).await?;
    if satisfaction.is_some_and(|stars| !(1..=5).contains(&stars)) {
        return Err(Problem::unprocessable().field("satisfaction", "1 to 5"));
    }
    let (text, secrets) = text.map(|text| said(&text)).transpose()?.unwrap_or_default();
    let rating = Rating { satisfaction, solved, speed };
    if rating == Rating::default() && text.is_none() {
        return Err(Problem::unprocessable().field("body", "nothing in it"));
    }
    house.limits.deeds.check(case)?;
    let language = house.respond.language_of_case(case).await?.unwrap_or(Language::En);
    house.respond.take_feedback(case, Feedback { rating, text, language }).await?;
    let mut view = house.respond.case(case, None).await?.ok_or_else(|| Problem::unauthorized("Case"))?;
    view.stop = guidance::stop_for_secrets(&secrets).map(|stop| guidance::stop_page(stop, view.guidance.language));
    Ok(json(StatusCode::OK, &view))
}

#[derive(Serialize)]
struct Window {
    since: Timestamp,
    until: Timestamp,
}

#[derive(Serialize)]
struct Stats {
    window: Window,
    feedback: FeedbackStats,
}

#[derive(Serialize)]
struct FeedbackStats {
    #[serde(flatten)]
    all: Counts,
    /// The same by lane, level and language; lane `none` and level 0 are people without a case.
    by: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    lane: String,
    level: i64,
    language: String,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Default, Serialize)]
struct Counts {
    given: i64,
    rated: i64,
    /// 1 to 5, two digits; none when nobody rated.
    #[serde(skip_serializing_if = "Option::is_none")]
    satisfaction: Option<f64>,
    solved: Answers,
    speed: Answers,
}

#[derive(Default, Serialize)]
struct Answers(std::collections::BTreeMap<&'static str, i64>);

fn counts(tallies: &[&Tally]) -> Counts {
    let sum = |of: &dyn Fn(&Tally) -> i64| tallies.iter().map(|tally| of(tally)).sum::<i64>();
    let (rated, stars) = (sum(&|tally| tally.rated), sum(&|tally| tally.stars));
    let hundredths = (rated > 0).then(|| (stars * 100 + rated / 2) / rated);
    let answers = |names: [&'static str; 3], of: &dyn Fn(&Tally, usize) -> i64| {
        Answers(names.into_iter().enumerate().map(|(at, name)| (name, sum(&|tally| of(tally, at)))).collect())
    };
    Counts {
        given: sum(&|tally| tally.given),
        rated,
        satisfaction: hundredths
            .and_then(|hundredths| i32::try_from(hundredths).ok())
            .map(|hundredths| f64::from(hundredths) / 100.0),
        solved: answers(Solved::ALL.map(Solved::as_str), &|tally, at| tally.solved[at]),
        speed: answers(Speed::ALL.map(Speed::as_str), &|tally, at| tally.speed[at]),
    }
}

fn window(house: &Shared, uri: &Uri) -> Result<(Timestamp, Timestamp), Problem> {
    let mut query = body::query(uri)?;
    let days = query.one("days")?.map(|days| days.parse().ok().filter(|days| (1..=LONGEST).contains(days)));
    query.finish()?;
    let days = match days {
        Some(days) => days.ok_or_else(|| Problem::unprocessable().field("days", "1 to 366"))?,
        None => DAYS,
    };
    let now = house.respond.room().now();
    // The moment itself counts.
    Ok((now.minus(Span::from_days(days)), now.plus(Span::from_millis(1))))
}

/// Counts and averages over a window.
#[utoipa::path(get, path = "/api/v1/stats", tag = "staff", params(("days" = Option<i64>, Query, description = "1 to 366, 30 when left out")),
    responses((status = 200, description = "what people say of us, in numbers: by lane, level and language", body = serde_json::Value), (status = 422, description = "no such window")))]
pub async fn stats(State(house): State<Shared>, uri: Uri) -> Result<Response, Problem> {
    let (since, until) = window(&house, &uri)?;
    let tallies = house.respond.feedback_counts((since, until)).await?;
    let by = tallies.iter().map(|tally| Group {
        lane: tally.lane.clone(),
        level: tally.level,
        language: tally.language.clone(),
        counts: counts(&[tally]),
    });
    let feedback = FeedbackStats { all: counts(&tallies.iter().collect::<Vec<_>>()), by: by.collect() };
    Ok(json(StatusCode::OK, &Stats { window: Window { since, until }, feedback }))
}

/// What people without a case wrote, the newest hundred. What holders wrote stands in their incidents.
#[utoipa::path(get, path = "/api/v1/feedback", tag = "staff", params(("days" = Option<i64>, Query, description = "1 to 366, 30 when left out")),
    responses((status = 200, description = "texts with their times; reading them is an audit entry", body = serde_json::Value), (status = 422, description = "no such window")))]
pub async fn texts(
    State(house): State<Shared>,
    Extension(staff): Extension<Staff>,
    uri: Uri,
) -> Result<Response, Problem> {
    let window = window(&house, &uri)?;
    let written = house.respond.feedback_texts(&staff.name, window).await?;
    Ok(masked::answer(StatusCode::OK, &serde_json::json!({ "feedback": written })))
}
