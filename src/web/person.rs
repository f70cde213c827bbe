//! The handlers of the public pages: report, open a case, work through it. No script needed; 303 after a post.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{OriginalUri, Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use maud::Markup;

use super::api::reports::{self, NotKept, Steps};
use super::api::taken;
use super::body;
use super::client::Client;
use super::cookies::{cookie, set_cookie};
use super::guard::same_origin;
use super::headers::Nonce;
use super::house::{House, Shared, language};
use super::pages::actions;
use super::pages::form::Form;
use super::pages::layout::Frame;
use super::pages::staff::assets as staff_assets;
use super::pages::{answer, assets, case as case_page, enter, problem, report as report_page};
use super::problem::Problem;
use crate::guidance::StepState;
use crate::id::{Id, of};
use crate::respond::HolderDeed;
use crate::respond::ReportArrival;
use crate::seal::Purpose;
use crate::signal::{BadField, TEXT_LIMIT};
use crate::text::Language;
use crate::time::Span;

/// Case pages are for nobody's index (CA-06).
const NO_ROBOTS: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));

/// The cookie of a case session (SES-11).
const COOKIE: &str = "__Host-hf_case";
/// Days that case data are kept after closing, as the report page says (PRIV-02).
const KEPT_DAYS: u32 = 180;

/// What a page needs of its request.
struct Asked {
    language: Language,
    nonce: Nonce,
}

impl Asked {
    fn new(headers: &HeaderMap, uri: &Uri, nonce: Nonce) -> Result<Self, Problem> {
        let chosen = body::query(uri)?.one("lang")?.and_then(|language| language.parse().ok());
        Ok(Self { language: chosen.unwrap_or_else(|| language(headers)), nonce })
    }

    fn frame<'a>(&'a self, house: &'a House, switch: &'a str) -> Frame<'a> {
        Frame {
            language: self.language,
            nonce: self.nonce.as_str(),
            path_for_language_switch: switch,
            brand: &house.brand,
        }
    }
}

fn page(status: StatusCode, markup: Markup) -> Response {
    (status, markup).into_response()
}

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

/// `POST /report`: the steps in the answer itself, and the case session in a cookie.
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
    let client = received.parts.extensions.get::<Client>().copied();
    match reports::take(&house, client, ReportArrival { reading, repeat }).await {
        Ok(kept) => {
            // The steps go out whatever becomes of the cookie; and a form that another site sent gets none, so that
            // nobody is led into a case whose code a stranger holds.
            let ours = same_origin(&house, &received.parts.headers).is_ok();
            let begun = if ours { house.respond.begin_session(&kept.case.reference).await.ok() } else { None };
            let session = begun.flatten();
            let token = session.as_ref().map_or("", |session| session.reveal());
            let frame = asked.frame(&house, actions::CASE);
            let shown = answer::page(&answer::AnswerPage { frame, answer: &kept, csrf: &csrf(&house, token) });
            let mut response = page(StatusCode::CREATED, shown);
            if !token.is_empty() {
                set_cookie(&mut response, COOKIE, token);
            }
            Ok(response)
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

/// `GET /c/{token}`: the same neutral page whatever the token, and nothing changes (CA-03).
pub async fn enter(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::new(&headers, &uri, nonce)?;
    Ok(([NO_ROBOTS], page(StatusCode::OK, enter::page(&asked.frame(&house, "")))).into_response())
}

/// `POST /c/{token}`: the code; then on to the case page, whose address holds no token.
pub async fn open(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    same_origin(&house, request.headers())?;
    let received = body::read(request, body::FORM).await?;
    let asked = Asked::new(&received.parts.headers, &received.parts.uri, nonce)?;
    let mut sent = received.form()?;
    let code = sent.one("code")?.unwrap_or_default();
    sent.finish()?;
    let opened = match received.parts.extensions.get::<Client>() {
        Some(client) if house.limits.codes.check(client.prefix()).is_err() => None,
        Some(_) | None => house.respond.open_case(token.parse().ok(), code.parse().ok()).await?,
    };
    match opened {
        Some(opened) => {
            let mut response = Redirect::to(actions::CASE).into_response();
            set_cookie(&mut response, COOKIE, opened.session.reveal());
            Ok(response)
        }
        None => {
            Ok(([NO_ROBOTS], page(StatusCode::FORBIDDEN, enter::refused(&asked.frame(&house, "")))).into_response())
        }
    }
}

/// The case session of a request.
async fn session(house: &House, headers: &HeaderMap) -> Result<(String, Id<of::Case>), Problem> {
    let token = cookie(headers, COOKIE).ok_or_else(over)?;
    let case = house.respond.case_of_session(&token).await?.ok_or_else(over)?;
    Ok((token, case))
}

fn over() -> Problem {
    Problem::unauthorized("Case").named("session-over")
}

/// `GET /case`
pub async fn case(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (token, id) = session(&house, &headers).await?;
    let chosen = body::query(&uri)?.one("lang")?.and_then(|language| language.parse().ok());
    let view = house.respond.case(id, chosen).await?.ok_or_else(over)?;
    let asked = Asked { language: view.guidance.language, nonce };
    let frame = asked.frame(&house, "");
    let shown = case_page::page(&case_page::CasePage { frame, view: &view, csrf: &csrf(&house, &token) });
    Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
}

/// `POST /case/steps/{step}`
pub async fn step(
    State(house): State<Shared>,
    Path(step): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let state: StepState = sent
        .required("state")?
        .parse()
        .map_err(|_| Problem::unprocessable().field("state", "open, done, cannot, not-sure"))?;
    sent.finish()?;
    does(&house, id, HolderDeed::Step { step, state }).await
}

/// `POST /case/answers`
pub async fn answer(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let (question, choice) = (sent.required("question")?, sent.required("choice")?);
    sent.finish()?;
    does(&house, id, HolderDeed::Answer { question, choice }).await
}

/// `POST /case/messages`
pub async fn message(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let (mut sent, id) = proved(&house, request).await?;
    let text = sent.required("text")?;
    sent.finish()?;
    let (text, secrets) = taken("text", &text, TEXT_LIMIT)?;
    does(&house, id, HolderDeed::Message { text, secrets }).await
}

async fn does(house: &House, case: Id<of::Case>, deed: HolderDeed) -> Result<Response, Problem> {
    house.limits.deeds.check(case)?;
    match house.respond.holder_does(case, deed).await? {
        Some(_) => Ok(Redirect::to(actions::CASE).into_response()),
        None => Err(Problem::unprocessable().field("body", "no such question, choice or step")),
    }
}

/// A form of the case page, whose token belongs to the session (SES-08).
async fn proved(house: &House, request: Request) -> Result<(body::Fields, Id<of::Case>), Problem> {
    same_origin(house, request.headers())?;
    let received = body::read(request, body::FORM).await?;
    let (token, id) = session(house, &received.parts.headers).await?;
    let mut sent = received.form()?;
    let given = sent.one("csrf")?.unwrap_or_default();
    if !house.respond.room().keys.digests.fits(Purpose::Csrf, ("case", &token), &given) {
        return Err(Problem::forbidden().named("stale-form"));
    }
    Ok((sent, id))
}

fn csrf(house: &House, token: &str) -> String {
    house.respond.room().keys.digests.of(Purpose::Csrf, "case", token)
}

/// How often an open case page is looked at for changes.
const LOOK: Duration = Duration::from_secs(3);
/// A stream ends with the longest session; the browser asks again.
const LONGEST: Span = Span::from_minutes(15);

/// `GET /case/events`: one event whenever the case page has changed.
pub async fn events(State(house): State<Shared>, headers: HeaderMap) -> Result<Response, Problem> {
    let (_, id) = session(&house, &headers).await?;
    let seen = house.respond.case_version(id).await?;
    let until = house.respond.room().now().plus(LONGEST);
    let watch = Watch { house, case: id, seen, until };
    let stream = stream::unfold(watch, |mut watch| async move {
        let text = watch.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from_static(text.as_bytes())), watch))
    });
    Ok(([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(stream)).into_response())
}

struct Watch {
    house: Shared,
    case: Id<of::Case>,
    seen: Option<i64>,
    until: crate::time::Timestamp,
}

impl Watch {
    async fn next(&mut self) -> Option<&'static str> {
        tokio::time::sleep(LOOK).await;
        if self.house.respond.room().now() > self.until {
            return None;
        }
        let now = self.house.respond.case_version(self.case).await.ok()?;
        if now == self.seen {
            return Some(": still here\n\n");
        }
        self.seen = now;
        Some("data: changed\n\n")
    }
}

/// `POST /csp-reports`: counted, never kept; a report may quote the page.
pub async fn csp_report() -> StatusCode {
    metrics::counter!("holdfast_csp_reports_total").increment(1);
    StatusCode::NO_CONTENT
}

/// `GET /leave`: ends the session, clears what the browser kept and shows an empty page.
pub async fn leave(State(house): State<Shared>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(token) = cookie(&headers, COOKIE) {
        house.respond.leave_case(&token).await?;
    }
    let mut response =
        (StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], "<!doctype html><title></title>")
            .into_response();
    response.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""),
    );
    Ok(response)
}

/// `GET /assets/{name}`
pub async fn asset(OriginalUri(uri): OriginalUri) -> Result<Response, Problem> {
    let asset = assets::find(uri.path()).or_else(|| staff_assets::find(uri.path())).ok_or_else(Problem::not_found)?;
    let headers =
        [(header::CONTENT_TYPE, asset.content_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.body).into_response())
}

/// `GET /.well-known/security.txt` (RFC 9116), when the operator named a contact. It expires after 180 days, from now on.
pub async fn security_contact(State(house): State<Shared>) -> Result<Response, Problem> {
    if house.security_contact.is_empty() {
        return Err(Problem::not_found());
    }
    let contact = if house.security_contact.contains("://") {
        house.security_contact.clone()
    } else {
        format!("mailto:{}", house.security_contact)
    };
    let expires = house.respond.room().now().plus(Span::from_days(180));
    let canonical = format!("{}/.well-known/security.txt", house.respond.room().public_url);
    let text = format!("Contact: {contact}\nExpires: {expires}\nCanonical: {canonical}\nPreferred-Languages: en, zh\n");
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
