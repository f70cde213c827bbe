//! What programs of people do without opening a case: `POST /api/v1/check` and `POST /api/v1/letters`.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::cases::LIMIT;
use super::{json, taken};
use crate::access::Likeness;
use crate::guidance::official::{Judged, Whose};
use crate::guidance::{self, Notice};
use crate::signal::TEXT_LIMIT;
use crate::time::Timestamp;
use crate::web::body;
use crate::web::client::Client;
use crate::web::house::{self, Shared};
use crate::web::pages::check::{Found, Outcome};
use crate::web::person::{find_out, throw_in};
use crate::web::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckBody {
    message: String,
    /// The code of the case, or the words chosen for it; without either no number is looked up.
    #[serde(default)]
    secret: String,
}

/// What came of a check, in words of the API.
#[derive(Serialize)]
struct Checked {
    /// `confirmed`, `refused` (unknown or not belonging to this case, which are not told apart), `no-secret`, `no-number`,
    /// `places` or `empty`.
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Ours>,
    places: Vec<OfPlace>,
    /// A recovery phrase or key was in the text. It was taken out before anything looked at it.
    secret_found: bool,
}

#[derive(Serialize)]
struct Ours {
    reference: String,
    at: Timestamp,
    /// `same`: what we wrote; `within`: ours, among more that we did not write; `other`: the number is ours and the words
    /// are not; `not-given`: only the number was shown.
    words: &'static str,
}

#[derive(Serialize)]
struct OfPlace {
    text: String,
    /// `ours`, `not-ours`, `looks-like-ours` or `unknown`.
    whose: &'static str,
}

impl From<Found> for Checked {
    fn from(found: Found) -> Self {
        let places = found.places.iter().map(OfPlace::from).collect();
        let (outcome, message) = match found.outcome {
            Outcome::Empty => ("empty", None),
            Outcome::Confirmed(ours) => {
                let words = match ours.likeness {
                    Likeness::NotGiven => "not-given",
                    Likeness::Same => "same",
                    Likeness::Within => "within",
                    Likeness::Other => "other",
                };
                ("confirmed", Some(Ours { reference: ours.reference, at: ours.at, words }))
            }
            Outcome::Refused => ("refused", None),
            Outcome::NoSecret => ("no-secret", None),
            Outcome::NoNumber => ("no-number", None),
            Outcome::Places => ("places", None),
        };
        Self { outcome, message, places, secret_found: found.secret }
    }
}

impl From<&Judged> for OfPlace {
    fn from(judged: &Judged) -> Self {
        let whose = match judged.whose {
            Whose::Ours => "ours",
            Whose::NotOurs => "not-ours",
            Whose::LooksLikeOurs => "looks-like-ours",
            Whose::Unknown => "unknown",
        };
        Self { text: judged.text.clone(), whose }
    }
}

/// Is a message really ours? `{message, secret?}`: the message with its number, and the code of the case or its words. Lists
/// nothing and tells an unknown number from a foreign one to nobody.
#[utoipa::path(post, path = "/api/v1/check", tag = "cases", request_body = serde_json::Value,
    responses((status = 200, description = "what was found out", body = serde_json::Value), (status = 429, description = "too many checks from this network")))]
pub async fn check(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let received = body::read(request, LIMIT).await?;
    if let Some(client) = received.parts.extensions.get::<Client>() {
        house.limits.checks.check(client.prefix())?;
    }
    let CheckBody { message, secret } = received.json()?;
    let found = find_out(&house, &message, (None, &secret)).await?;
    Ok(json(StatusCode::OK, &Checked::from(found)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LetterBody {
    /// The last part of the case's link.
    token: String,
    text: String,
}

#[derive(Serialize)]
struct Thrown {
    /// What to do at once, when recovery words or a key came in.
    notices: Vec<Notice>,
}

/// Words for a case whose code is lost or locked: `{token, text}`. They reach staff, marked as unproven, if the link is that
/// of a case; the answer does not tell (CA-05).
#[utoipa::path(post, path = "/api/v1/letters", tag = "cases", request_body = serde_json::Value,
    responses((status = 202, description = "thrown in, if there is such a letterbox", body = serde_json::Value), (status = 429, description = "too many from this network")))]
pub async fn letter(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let received = body::read(request, LIMIT).await?;
    let client = received.parts.extensions.get::<Client>().copied();
    let language = house::language(&received.parts.headers);
    let LetterBody { token, text } = received.json()?;
    let (text, secrets) = taken("text", &text, TEXT_LIMIT)?;
    let notices = guidance::for_secrets(&secrets, language).into_iter().collect();
    throw_in(&house, client, (&token, (text, secrets))).await?;
    Ok(json(StatusCode::ACCEPTED, &Thrown { notices }))
}
