//! `GET` and `POST /staff/new`: a case taken down for somebody on the phone or at the counter.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::{Posted, posted};
use crate::access::Permission;
use crate::respond::{Arrival, Outcome, ReportArrival};
use crate::signal::{BadField, Contact, Report, Wallet};
use crate::text::Language;
use crate::time::Span;
use crate::web::api::reports;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::{NewPage, TakenDown, TakenPage, actions, new as page, taken as taken_page};
use crate::web::problem::Problem;
use crate::web::staff::{AtDesk, at_desk, chosen, csrf};

/// The form.
pub async fn new(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::WorkIncident).await?;
    let language = chosen(&uri, &headers)?;
    Ok(form(&house, (&nonce, language, &desk), (&TakenDown::default(), &[])))
}

type At<'a> = (&'a Nonce, Language, &'a AtDesk);

fn form(house: &Shared, (nonce, language, desk): At<'_>, (typed, bad): (&TakenDown, &[BadField])) -> Response {
    let mut bytes = [0; 16];
    house.respond.room().random.fill(&mut bytes);
    let problems: Vec<_> = bad.iter().map(|bad| (bad.field, bad.rule)).collect();
    let markup = page(&NewPage {
        frame: desk.frame(house, language, nonce),
        csrf: &csrf(house, &desk.cookie),
        me: &desk.staff.shown,
        key: &hex::encode(bytes),
        typed,
        problems: &problems,
    });
    let status = if bad.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, markup).into_response()
}

/// Opens the case on the same road as a report, and shows what to read out.
pub async fn take_down(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::WorkIncident).await?;
    let mut word =
        |name: &str| -> Result<String, Problem> { Ok(sent.one(name)?.unwrap_or_default().trim().to_owned()) };
    let typed = TakenDown {
        text: word("text")?,
        account: word("account")?,
        wallet: word("wallet")?,
        phone: word("phone")?,
        email: word("email")?,
        now: word("now")? == "yes",
    };
    let (tongue, key) = (word("tongue")?, word("key")?);
    sent.finish()?;
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    let tongue: Language = tongue.parse().unwrap_or(language);
    let reading = match reports::known(&house, report(&typed, tongue).read(tongue)) {
        Ok(reading) => reading,
        Err(bad) => {
            // Words with a secret in them are not shown again.
            let text = crate::phrase::scrub(&typed.text).text.clone();
            return Ok(form(&house, (&nonce, language, &desk), (&TakenDown { text, ..typed }, &bad)));
        }
    };
    let repeat = (key.len() == 32).then(|| reports::repeat(&house, &key, &received.bytes));
    let arrival = ReportArrival { reading, repeat, shown: None, set_back: Span::ZERO };
    let Outcome::Reported(answer) = house.respond.writer.arrive(Arrival::Report(arrival)).await? else {
        return Err(used().into());
    };
    // The same form again, of a case that is closed to others by now: its keys are not for whoever cannot see it.
    let Some(incident) = house.respond.taken_down(&answer.case.reference, &desk.staff.name).await? else {
        return Err(used().into());
    };
    let markup = taken_page(&TakenPage {
        frame: desk.frame(&house, language, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        answer: &answer,
        case: &actions::incident(incident),
    });
    Ok((StatusCode::CREATED, markup).into_response())
}

fn used() -> Problem {
    Problem::conflict().detail("this form was sent before with other words")
}

fn report(typed: &TakenDown, tongue: Language) -> Report {
    let maybe = |text: &String| (!text.is_empty()).then(|| text.clone());
    Report {
        text: typed.text.clone(),
        happened: None,
        language: Some(tongue.to_string()),
        happening_now: typed.now.then_some(true),
        account: maybe(&typed.account),
        wallets: maybe(&typed.wallet).into_iter().map(|address| Wallet { chain: None, address }).collect(),
        assets: Vec::new(),
        contact: Some(Contact { email: maybe(&typed.email), phone: maybe(&typed.phone), telegram: None }),
        tried: Vec::new(),
        answers: std::collections::BTreeMap::new(),
        person: Some(true),
    }
}
