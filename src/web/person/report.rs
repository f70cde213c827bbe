//! The report page and the answer to a report.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use maud::Markup;

use super::{Asked, first, page};
use crate::respond::ReportArrival;
use crate::signal::BadField;
use crate::text::Language;
use crate::web::api::reports::{self, NotKept, Steps};
use crate::web::body;
use crate::web::client::Client;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::form::Form;
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
    Ok(page(StatusCode::OK, form(&house, &asked, (&Form::default(), &[]))))
}

fn form(house: &House, asked: &Asked, (kept, problems): (&Form, &[BadField])) -> Markup {
    let fresh = new_key(house);
    let key = if kept.key.is_empty() { &fresh } else { &kept.key };
    let frame = asked.frame(house, actions::HOME);
    report_page::page(&report_page::ReportPage { frame, idempotency_key: key, kept, problems, kept_days: KEPT_DAYS })
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
    let form_fields = fields(received.form()?)?;
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
    let repeat = (form_fields.key.len() >= 22).then(|| reports::repeat(&house, &form_fields.key, &received.bytes));
    let key = repeat.as_ref().map(|(key, _)| key.clone());
    let client = received.parts.extensions.get::<Client>().copied();
    match reports::take(&house, client, ReportArrival { reading, repeat }).await {
        Ok(kept) => {
            if let Some(led) = first::lead(&house, &received.parts.headers, (&kept, key)).await {
                return Ok(led);
            }
            let frame = asked.frame(&house, actions::CASE);
            let shown = answer::page(&answer::AnswerPage { frame, answer: &kept, csrf: "" });
            Ok(page(StatusCode::CREATED, shown))
        }
        Err(NotKept::Differs) => Err(Problem::unprocessable()
            .named("idempotency")
            .detail("this form was sent before with other words; open the report page again")),
        Err(NotKept::Busy { seconds, steps }) => {
            let mut response = not_kept(&house, &asked, (form_fields, &steps), StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Err(NotKept::OutOfOrder { cause, steps }) => {
            tracing::error!(error = %cause, "a report could not be kept: {cause}");
            Ok(not_kept(&house, &asked, (form_fields, &steps), StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}

fn not_kept(house: &House, asked: &Asked, (typed, steps): (Form, &Steps), status: StatusCode) -> Response {
    let kept = typed.scrubbed();
    let frame = asked.frame(house, actions::HOME);
    let again =
        report_page::ReportPage { frame, idempotency_key: &kept.key, kept: &kept, problems: &[], kept_days: KEPT_DAYS };
    page(status, problem::not_kept(&problem::NotKept { again, guidance: &steps.guidance, notices: &steps.notices }))
}

fn fields(mut sent: body::Fields) -> Result<Form, Problem> {
    let mut field = |name: &str| sent.one(name).map(Option::unwrap_or_default);
    let form = Form {
        key: field("key")?,
        lang: field("lang")?,
        text: field("text")?,
        now: field("now")?,
        wallet: field("wallet")?,
        chain: field("chain")?,
        left: field("left")?,
        contact: field("contact")?,
        account: field("account")?,
    };
    sent.finish()?;
    Ok(form)
}
