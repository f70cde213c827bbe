//! The report page and the answer to a report.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use maud::Markup;

use super::{Asked, draft, embedded, first, page};
use crate::respond::ReportArrival;
use crate::signal::BadField;
use crate::text::Language;
use crate::time::Span;
use crate::web::api::reports::{self, Asker, NotKept, Steps};
use crate::web::body;
use crate::web::client::Client;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pace::effort;
use crate::web::pages::form::{Brought, Form};
use crate::web::pages::{actions, answer, problem, report as report_page};
use crate::web::problem::Problem;

/// Days that case data are kept after closing, as the report page says (PRIV-02).
const KEPT_DAYS: u32 = 180;

/// `GET /`
pub async fn report(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::new(&headers, &uri, nonce)?;
    let kept = draft::kept(&house, &headers).unwrap_or_default();
    let person = body::query(&uri)?.one("person")?.unwrap_or_else(|| kept.person.clone());
    let kept = Form { key: String::new(), link: String::new(), person, ..kept };
    Ok(page(StatusCode::OK, form(&house, &asked, (&kept, &[]))))
}

pub(super) fn form(house: &House, asked: &Asked, (kept, problems): (&Form, &[BadField])) -> Markup {
    let fresh = new_key(house);
    let key = if kept.key.is_empty() { &fresh } else { &kept.key };
    let here = if kept.link.is_empty() { actions::HOME.to_owned() } else { format!("{}/{}", actions::FROM, kept.link) };
    let room = house.respond.room();
    // In a rush the proof is done while the person writes.
    let asks = house.pace.is_rush(room.now());
    let challenge = asks.then(|| effort::challenge(&room.keys.digests, room.now(), &*room.random));
    report_page::page(&report_page::ReportPage {
        frame: asked.frame(house, &here),
        idempotency_key: key,
        kept,
        problems,
        kept_days: KEPT_DAYS,
        taps: &room.playbooks.vocabulary.happened,
        challenge: challenge.as_deref(),
        resend: false,
    })
}

/// 128 random bits for a form, so that sending it twice makes one case (CA-12).
fn new_key(house: &House) -> String {
    let mut bytes = [0; 16];
    house.respond.room().random.fill(&mut bytes);
    hex::encode(bytes)
}

/// `POST /report`: leads to the steps, where link and code are shown once; going back or loading again repeats nothing.
pub async fn send(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let mut form_fields = fields(received.form()?)?;
    let shown = embedded::shown(&house, &mut form_fields);
    let mut asked = Asked::new(&received.parts.headers, &received.parts.uri, nonce)?;
    if let Ok(language) = form_fields.lang.parse() {
        asked.language = language;
    }
    let reading = match reports::known(&house, form_fields.report().read(asked.language)) {
        Ok(reading) => reading,
        Err(bad) => {
            let kept = form_fields.scrubbed();
            return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, form(&house, &asked, (&kept, &bad))));
        }
    };
    if (asked.language, reading.language) == (Language::Zh, Language::ZhHant) {
        asked.language = reading.language;
    }
    let repeat = (form_fields.key.len() >= 22).then(|| reports::repeat(&house, &form_fields.key, &said(&form_fields)));
    let key = repeat.as_ref().map(|(key, _)| key.clone());
    let client = received.parts.extensions.get::<Client>().copied();
    let proof = Some(form_fields.proof.as_str()).filter(|proof| !proof.is_empty());
    // A browser with a script does the proof and sends again by itself; any other takes the slower lane.
    let sender = Asker { client, proof, slower: form_fields.script != "yes" || proof.is_some() };
    match reports::take(&house, sender, ReportArrival { reading, repeat, shown, set_back: Span::ZERO }).await {
        Ok(kept) => {
            draft::forget(&house, &received.parts.headers);
            if let Some(led) = first::lead(&house, &received.parts.headers, (&kept, key)).await {
                return Ok(led);
            }
            let frame = asked.frame(&house, actions::CASE);
            let shown = answer::page(&answer::AnswerPage { frame, answer: &kept, csrf: "" });
            Ok(page(StatusCode::CREATED, shown))
        }
        // Gone back and pressed something else: the form again, under a new key.
        Err(NotKept::Differs) => {
            let kept = Form { key: String::new(), ..form_fields.scrubbed() };
            let bad = BadField { field: "key", rule: "sent before with other words" };
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, form(&house, &asked, (&kept, &[bad]))))
        }
        Err(NotKept::Busy { seconds, challenge, steps }) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = not_kept(&house, &asked, (form_fields, &steps, Some(&challenge)), status);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Err(NotKept::OutOfOrder { cause, steps }) => {
            tracing::error!(error = %cause, "a report could not be kept: {cause}");
            Ok(not_kept(&house, &asked, (form_fields, &steps, None), StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}

/// What a report is known by when it comes again. Not its bytes: the page that asks to send once more holds the words
/// without their secrets, and a proof beside them.
fn said(typed: &Form) -> Vec<u8> {
    serde_json::to_vec(&typed.clone().scrubbed()).expect("fields of text")
}

/// What was typed, the steps all the same, and the challenge when a proof lets it through.
type Unkept<'a> = (Form, &'a Steps, Option<&'a str>);

fn not_kept(house: &House, asked: &Asked, (typed, steps, challenge): Unkept<'_>, status: StatusCode) -> Response {
    let scripted = typed.script == "yes";
    let kept = typed.scrubbed();
    let room = house.respond.room();
    let again = report_page::ReportPage {
        frame: asked.frame(house, actions::HOME),
        idempotency_key: &kept.key,
        kept: &kept,
        problems: &[],
        kept_days: KEPT_DAYS,
        taps: &room.playbooks.vocabulary.happened,
        challenge,
        resend: challenge.is_some() && scripted,
    };
    page(
        status,
        problem::not_kept(&problem::NotKept {
            again,
            guidance: &steps.guidance,
            notices: &steps.notices,
            stop: steps.stop.as_ref(),
        }),
    )
}

pub(super) fn fields(mut sent: body::Fields) -> Result<Form, Problem> {
    let mut field = |name: &str| sent.one(name).map(Option::unwrap_or_default);
    let (pressed, said) = (field("happened")?, field("said")?);
    field("keep")?;
    let form = Form {
        key: field("key")?,
        happened: if pressed.is_empty() { said } else { pressed },
        script: field("script")?,
        proof: field("proof")?,
        lang: field("lang")?,
        text: field("text")?,
        now: field("now")?,
        wallet: field("wallet")?,
        chain: field("chain")?,
        left: field("left")?,
        contact: field("contact")?,
        account: field("account")?,
        link: field("link")?,
        brought: Brought::Alone,
        person: field("person")?,
    };
    sent.finish()?;
    Ok(form)
}
