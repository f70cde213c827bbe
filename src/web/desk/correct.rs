//! `POST /staff/incidents/{id}/correct`: signals, level, kind and sameness, each with a reason.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::Response;

use super::refused::At;
use super::{Posted, lead, posted};
use crate::access::Permission;
use crate::id::{Id, of};
use crate::respond::Refused;
use crate::respond::desk::Correction;
use crate::web::api::taken;
use crate::web::body::Fields;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::actions;
use crate::web::problem::Problem;
use crate::web::staff::chosen;

/// Characters of a reason.
const WORDS: usize = 8_000;

/// Corrects, and leads to the case.
pub async fn correct(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(id): Path<String>,
    request: Request,
) -> axum::response::Result<Response> {
    let id: Id<of::Incident> = id.parse().map_err(|_| Problem::not_found())?;
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::JudgeIncident).await?;
    let version = sent.required("version")?.parse().map_err(|_| bad("version", "a whole number"))?;
    let reason = taken("reason", &sent.required("reason")?, WORDS)?.0;
    let into = sent.one("into")?.filter(|named| !named.trim().is_empty());
    let into = match into {
        Some(named) => house.respond.named(&named).await?,
        None => None,
    };
    let correction = correction(&mut sent, into)?;
    sent.finish()?;
    let outcome = match correction {
        Some(correction) => {
            house.respond.correct((id, version), &desk.staff.name, (correction, reason.clone())).await?
        }
        None => Err(Refused::Unknown),
    };
    match outcome {
        Ok(_) => Ok(lead(&actions::incident(id))),
        Err(Refused::Stale) => {
            let language = chosen(&received.parts.uri, &received.parts.headers)?;
            let at = At { house: &house, nonce: &nonce, language, desk: &desk, incident: id };
            Ok(at.stale((Some(&reason), false)).await?)
        }
        Err(Refused::Unknown | Refused::Empty | Refused::Full | Refused::StepsOpen(_)) => {
            Ok(lead(&format!("{}?notice=no-case", actions::incident(id))))
        }
    }
}

fn bad(field: &'static str, rule: &'static str) -> Problem {
    Problem::unprocessable().field(field, rule)
}

/// The correction; nothing when the other case is not known.
fn correction(sent: &mut Fields, into: Option<Id<of::Incident>>) -> Result<Option<Correction>, Problem> {
    let what = sent.required("what")?;
    let signals: Vec<Id<of::Signal>> = sent.many("signal").iter().filter_map(|id| id.parse().ok()).collect();
    Ok(match what.as_str() {
        "false" => signals.first().map(|signal| Correction::False { signal: *signal }),
        "true" => signals.first().map(|signal| Correction::True { signal: *signal }),
        "split" => Some(Correction::Move { signals, into: None }),
        "move" => into.map(|into| Correction::Move { signals, into: Some(into) }),
        "merge" => into.map(|into| Correction::Merge { into }),
        "rule" => {
            let level = sent.required("level")?.parse().ok().filter(|level| (1..=5).contains(level));
            let level = level.ok_or_else(|| bad("level", "1 to 5"))?;
            Some(Correction::Rule { level, kind: sent.one("kind")?.filter(|kind| !kind.is_empty()) })
        }
        _ => return Err(bad("what", "false, true, move, split, merge, rule")),
    })
}
