//! The second factor: asked for after the password, set up, and shown again before what needs it fresh.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use zeroize::Zeroizing;

use super::{device, half_of, put_cookie, session_of, to_sign_in, with_cookie};
use crate::access::{Permission, Scopes};
use crate::respond::people::{Person, Second, StaffSession, Stage};
use crate::text::Language;
use crate::web::api::taken;
use crate::web::body::{self, Fields};
use crate::web::guard::FRESH;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::layout::Frame;
use crate::web::pages::staff::{self as pages, AskPage, actions};
use crate::web::pages::words::{Say, people as say};
use crate::web::problem::Problem;
use crate::web::staff::{COOKIE, chosen, csrf, frame, prove};
use crate::web::way_back;

/// Characters of what was typed elsewhere.
const WORDS: usize = 8_000;

type Asked<'a> = (Language, &'a Nonce, &'a str);

/// `GET /staff/second`
pub async fn second_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some((session, cookie)) = half_of(&house, &headers).await? else { return Ok(to_sign_in()) };
    let csrf = csrf(&house, &cookie);
    let passkey = house.respond.passkey_to_show(&session).await?;
    let frame = frame(&house, chosen(&uri, &headers)?, &nonce);
    let page = AskPage { frame, csrf: &csrf, wrong: None, passkey: passkey.as_deref() };
    Ok(pages::second(&page).into_response())
}

/// `POST /staff/second`
pub async fn second(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let (headers, mut sent) = (&received.parts.headers, received.form()?);
    let Some((session, _)) = half_of(&house, headers).await? else { return Ok(to_sign_in()) };
    let cookie = prove(&house, (headers, COOKIE), &mut sent)?;
    let given = Given::of(&mut sent)?;
    sent.finish()?;
    match given.show(&house, &session).await? {
        Second::In { signed, by_recovery } => {
            // Whoever needed a recovery code has lost the app, so another is set up next.
            let to = if by_recovery { actions::ENROL } else { landing(&house, &signed.person) };
            let mut response = with_cookie(to, &signed.cookie);
            device::know(&house, &mut response, &signed.person.login);
            Ok(response)
        }
        Second::Wrong => {
            let csrf = csrf(&house, &cookie);
            let frame = frame(&house, chosen(&received.parts.uri, headers)?, &nonce);
            let passkey = house.respond.passkey_to_show(&session).await?;
            let page = AskPage { frame, csrf: &csrf, wrong: Some(say::CODE_WRONG), passkey: passkey.as_deref() };
            Ok((StatusCode::FORBIDDEN, pages::second(&page)).into_response())
        }
        Second::Over => Ok(to_sign_in()),
    }
}

/// Where somebody begins: whoever reads no cases begins elsewhere.
pub(super) fn landing(house: &House, person: &Person) -> &'static str {
    let rules = &house.respond.room().staff_rules;
    if person.roles.allow(Permission::ReadQueue) {
        actions::HOME
    } else if person.roles.allow(Permission::ReadPeople) && rules.codes_for_admins {
        actions::PEOPLE
    } else {
        actions::ME
    }
}

/// Who may set a factor up: somebody new who has none yet, or who has just shown theirs (ID-21).
async fn may_enrol(house: &Shared, session: &StaffSession) -> Result<bool, Problem> {
    let is_soon = session.stage == Stage::Half || is_fresh(house, session);
    Ok(is_soon && house.respond.may_enrol(session).await?)
}

/// Whether a second factor was shown in the last minutes.
pub(super) fn is_fresh(house: &House, session: &StaffSession) -> bool {
    session.factor_at.is_some_and(|at| house.respond.room().now().since(at) <= FRESH)
}

/// `GET /staff/enrol`
pub async fn enrol_page(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some((session, cookie)) = session_of(&house, &headers).await? else { return Ok(to_sign_in()) };
    let csrf = csrf(&house, &cookie);
    let asked = (chosen(&uri, &headers)?, &nonce, csrf.as_str());
    if may_enrol(&house, &session).await? {
        show_seed(&house, (&session, asked), None).await
    } else {
        not_fresh(&house, (&session, asked)).await
    }
}

async fn not_fresh(house: &Shared, (session, asked): (&StaffSession, Asked<'_>)) -> Result<Response, Problem> {
    match session.stage {
        Stage::Half => Ok(Redirect::to(actions::SECOND).into_response()),
        Stage::Full => {
            let needs_passkey = !house.respond.may_enrol(session).await?;
            let wrong = needs_passkey.then_some(say::PASSKEY_FIRST);
            ask_again(house, (session, asked), (actions::ENROL, None, wrong)).await
        }
    }
}

/// The page that asks for the second factor before going on (SES-07).
pub async fn ask_again(
    house: &House,
    (session, (language, nonce, csrf)): (&StaffSession, Asked<'_>),
    (then, typed, wrong): (&str, Option<&str>, Option<Say>),
) -> Result<Response, Problem> {
    let passkey = house.respond.passkey_to_show(session).await?;
    let scopes = Scopes::of_roles(&session.roles(&house.respond.room().staff_rules));
    let frame = Frame { scopes: Some(&scopes), ..frame(house, language, nonce) };
    let page = AskPage { frame, csrf, wrong, passkey: passkey.as_deref() };
    let known = house.respond.identities_of(session.person.id).await?;
    let mut issuers = house.issuers.titles();
    issuers.retain(|(name, _)| {
        let address = house.issuers.named(name).map(|issuer| issuer.terms.address.as_str());
        known.iter().any(|identity| Some(identity.issuer.as_str()) == address)
    });
    Ok((StatusCode::FORBIDDEN, pages::step_up(&page, (&session.person.name, then, typed), &issuers)).into_response())
}

/// What was given for a second factor.
enum Given {
    Code(Zeroizing<String>),
    /// What a browser signed, as JSON.
    Passkey(String),
}

impl Given {
    fn of(sent: &mut Fields) -> Result<Self, Problem> {
        Ok(match sent.one("passkey")?.filter(|answer| !answer.is_empty()) {
            Some(answer) => Self::Passkey(answer),
            None => Self::Code(Zeroizing::new(sent.required("code")?)),
        })
    }

    async fn show(&self, house: &House, session: &StaffSession) -> Result<Second, Problem> {
        Ok(match self {
            Self::Code(code) => house.respond.second_factor(session, code).await?,
            Self::Passkey(answer) => house.respond.passkey_shown(session, answer).await?,
        })
    }
}

async fn show_seed(
    house: &Shared,
    (session, (language, nonce, csrf)): (&StaffSession, Asked<'_>),
    wrong: Option<Say>,
) -> Result<Response, Problem> {
    let enrolment = house.respond.enrolment(session, &house.brand).await?;
    let passkey = house.respond.passkey_to_make(session).await?;
    let page = AskPage { frame: frame(house, language, nonce), csrf, wrong, passkey: passkey.as_deref() };
    let markup = pages::enrol(&page, (&enrolment.address, &enrolment.seed.base32()));
    let status = if wrong.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    Ok((status, markup).into_response())
}

/// `POST /staff/enrol`
pub async fn enrol(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let (headers, mut sent) = (&received.parts.headers, received.form()?);
    let Some((session, _)) = session_of(&house, headers).await? else { return Ok(to_sign_in()) };
    let cookie = prove(&house, (headers, COOKIE), &mut sent)?;
    let given = Given::of(&mut sent)?;
    sent.finish()?;
    let csrf = csrf(&house, &cookie);
    let asked = (chosen(&received.parts.uri, headers)?, &nonce, csrf.as_str());
    if !may_enrol(&house, &session).await? {
        return not_fresh(&house, (&session, asked)).await;
    }
    let taken = match &given {
        Given::Code(code) => house.respond.enrol(&session, code).await?,
        Given::Passkey(answer) => house.respond.make_passkey(&session, answer).await?,
    };
    let Some((signed, codes)) = taken else {
        return show_seed(&house, (&session, asked), Some(say::CODE_WRONG)).await;
    };
    house.now_set_up();
    let frame = frame(&house, asked.0, &nonce);
    // A passkey beside another factor leaves the recovery codes as they are.
    let mut response = if codes.is_empty() {
        Redirect::to(actions::ME).into_response()
    } else {
        pages::recovery(&frame, codes.iter().map(|code| code.as_str())).into_response()
    };
    put_cookie(&mut response, &signed.cookie);
    device::know(&house, &mut response, &signed.person.login);
    Ok(response)
}

/// `POST /staff/step-up`: a fresh factor, a new cookie, and on to where it was asked for.
pub async fn step_up(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let (headers, mut sent) = (&received.parts.headers, received.form()?);
    let found = session_of(&house, headers).await?.filter(|(session, _)| session.stage == Stage::Full);
    let Some((session, _)) = found else { return Ok(to_sign_in()) };
    let cookie = prove(&house, (headers, COOKIE), &mut sent)?;
    let given = Given::of(&mut sent)?;
    let then = way_back::of(&sent.one("then")?.unwrap_or_default());
    let typed = sent.one("typed")?.map(|typed| taken("typed", &typed, WORDS)).transpose()?.map(|taken| taken.0);
    sent.finish()?;
    let (csrf, language) = (csrf(&house, &cookie), chosen(&received.parts.uri, headers)?);
    let again = async |wrong| {
        ask_again(&house, (&session, (language, &nonce, &csrf)), (&then, typed.as_deref(), Some(wrong))).await
    };
    match given.show(&house, &session).await? {
        // Whoever needed a recovery code has lost the app, so another is set up next (ID-10).
        Second::In { signed, by_recovery: true } => Ok(with_cookie(actions::ENROL, &signed.cookie)),
        Second::In { signed, by_recovery: false } => Ok(with_cookie(&then, &signed.cookie)),
        Second::Wrong => again(say::CODE_WRONG).await,
        Second::Over => again(say::CODE_OVER).await,
    }
}
