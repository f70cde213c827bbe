//! The report page as a wallet app opens it, by a signed link. A link that does not hold opens the plain page with a
//! sentence about it, never an error: whoever presses "report" in an app is in trouble, whatever the app did wrong.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;

use super::report::form;
use super::{Asked, draft, page};
use crate::access::{NotALink, OpenedLink, WRITING};
use crate::respond::ShownAccount;
use crate::text::Language;
use crate::time::Span;
use crate::web::body;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::actions;
use crate::web::pages::form::{Brought, Form};
use crate::web::problem::Problem;

/// `GET /from/{link}`
pub async fn embedded(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(link): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut asked = Asked::new(&headers, &uri, nonce)?;
    let chosen = body::query(&uri)?.one("lang")?.is_some();
    let kept = draft::kept(&house, &headers).filter(|kept| is_of(&house, kept, &link));
    // Read again while it is being written, the link may be over by then.
    let grace = if kept.as_ref().is_some_and(|kept| kept.link == link) { WRITING } else { Span::ZERO };
    let filled = match open(&house, &link, grace) {
        Ok(opened) => {
            if let Some(language) = language(&opened).filter(|_| !chosen) {
                asked.language = language;
            }
            with_draft(fill(link, opened), kept)
        }
        Err(_) => Form { brought: Brought::Broken, ..Form::default() },
    };
    Ok(page(StatusCode::OK, form(&house, &asked, (&filled, &[]))))
}

/// What a form that came by a link proves, once it is sent: the link is read again, nothing rests on the form's word.
pub fn shown(house: &House, sent: &mut Form) -> Option<ShownAccount> {
    if sent.link.is_empty() {
        return None;
    }
    if let Ok(opened) = open(house, &sent.link, WRITING) {
        let shown = shown_by(&opened);
        let account = opened.link.account.unwrap_or_default();
        sent.brought = Brought::By { app: opened.title.to_owned(), account: account.clone() };
        if !account.is_empty() {
            sent.account = account;
        }
        shown
    } else {
        sent.link.clear();
        sent.brought = Brought::Broken;
        None
    }
}

/// The same for a program, whose report names the link in a header.
pub fn shown_to_program(house: &House, link: &str) -> Result<Option<ShownAccount>, NotALink> {
    open(house, link, WRITING).map(|opened| shown_by(&opened))
}

/// Whether a draft was begun for the same account of the same app: apps make a new link at each press.
fn is_of(house: &House, draft: &Form, link: &str) -> bool {
    let now = house.respond.room().now();
    let (Ok(then), Ok(opened)) = (house.apps.open(&draft.link, (now, WRITING)), house.apps.open(link, (now, WRITING)))
    else {
        return false;
    };
    draft.link == link || (then.app == opened.app && then.link.account == opened.link.account)
}

/// What was being written, beside what the app said.
fn with_draft(filled: Form, draft: Option<Form>) -> Form {
    let Some(draft) = draft else { return filled };
    let or = |typed: String, filled: String| if typed.is_empty() { filled } else { typed };
    Form {
        text: or(draft.text, filled.text),
        wallet: or(draft.wallet, filled.wallet),
        chain: or(draft.chain, filled.chain),
        happened: draft.happened,
        now: draft.now,
        left: draft.left,
        contact: draft.contact,
        person: draft.person,
        ..filled
    }
}

/// Where the form of a draft is shown again.
pub fn place_of(house: &House, link: &str) -> String {
    match house.apps.open(link, (house.respond.room().now(), WRITING)) {
        Ok(_) => format!("{}/{link}", actions::FROM),
        Err(_) => actions::HOME.to_owned(),
    }
}

fn shown_by(opened: &OpenedLink<'_>) -> Option<ShownAccount> {
    let account = opened.link.account.clone()?;
    Some(ShownAccount { app: opened.app.to_owned(), account })
}

fn open<'a>(house: &'a House, link: &str, grace: Span) -> Result<OpenedLink<'a>, NotALink> {
    let opened = house.apps.open(link, (house.respond.room().now(), grace));
    let outcome = opened.as_ref().map_or_else(|not| not.label(), |_| "good");
    metrics::counter!("holdfast_report_links_total", "outcome" => outcome).increment(1);
    opened
}

fn language(opened: &OpenedLink<'_>) -> Option<Language> {
    opened.link.language.as_deref()?.parse().ok()
}

fn fill(text: String, opened: OpenedLink<'_>) -> Form {
    let title = opened.title.to_owned();
    let link = opened.link;
    let account = link.account.unwrap_or_default();
    let (chain, wallet) = link.wallet.map_or_else(Default::default, |wallet| (wallet.chain, wallet.address));
    Form {
        link: text,
        brought: Brought::By { app: title, account: account.clone() },
        account,
        wallet,
        chain: chain.unwrap_or_default(),
        text: link.text.unwrap_or_default(),
        ..Form::default()
    }
    .scrubbed()
}
