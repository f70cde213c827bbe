//! The handlers of the staff console: the next case, an incident and what is done to it. The way in is `entry`'s.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

use super::api::{incidents, taken};
use super::body::{self, Fields, Received};
use super::cookies::{cookie, set_cookie};
use super::deeds::{after, deed, permission};
use super::desk::case::{Shown, show};
use super::desk::notice_of;
use super::desk::refused::At;
use super::guard::{self, Staff, same_origin};
use super::headers::Nonce;
use super::house::{House, Shared, language};
use super::pages::attachments::Came;
use super::pages::layout::Frame;
use super::pages::staff::actions;
use super::pages::staff::{self as pages, Counts, HeldCase, HomePage, Notice};
use super::problem::Problem;
use super::sessions::Session;
use super::way_back;
use crate::access::{Permission, StaffToken};
use crate::id::{Id, of};
use crate::playbook::Class;
use crate::respond::Refused;
use crate::respond::desk::Whose;
use crate::seal::Purpose;
use crate::text::Language;

/// The cookie of a staff session (SES-01), and the one that a sign-in form is bound to before there is a session.
pub const COOKIE: &str = "__Host-hf_staff";
pub const BEFORE: &str = "__Host-hf_before";
const ROWS: i64 = 50;
/// Characters of a reason.
const WORDS: usize = 8_000;

/// The staff session of a request.
pub fn session_of(house: &House, headers: &HeaderMap) -> Option<Session> {
    let (cookie, now) = (cookie(headers, COOKIE)?, house.respond.room().now());
    // A page that refreshes by itself keeps nobody signed in.
    if headers.contains_key("x-refresh") {
        return house.sessions.peek(&cookie, now);
    }
    house.sessions.find(&cookie, now)
}

pub fn frame<'a>(house: &'a House, language: Language, nonce: &'a Nonce) -> Frame<'a> {
    Frame {
        language,
        nonce: nonce.as_str(),
        path_for_language_switch: "",
        brand: &house.brand,
        board: None,
        scopes: None,
    }
}

/// The language of the console: `?lang=`, else what the browser asks for.
pub fn chosen(uri: &Uri, headers: &HeaderMap) -> Result<Language, Problem> {
    let named = body::query(uri)?.one("lang")?.and_then(|language| language.parse().ok());
    Ok(named.unwrap_or_else(|| language(headers)))
}

pub fn csrf(house: &House, cookie: &str) -> String {
    house.respond.room().keys.digests.of(Purpose::Csrf, "staff", cookie)
}

/// Proves a form of the console by the cookie it was made for.
pub fn prove(house: &House, (headers, name): (&HeaderMap, &str), sent: &mut Fields) -> Result<String, Problem> {
    same_origin(house, headers)?;
    let cookie = cookie(headers, name).unwrap_or_default();
    let given = sent.one("csrf")?.unwrap_or_default();
    if cookie.is_empty() || !house.respond.room().keys.digests.fits(Purpose::Csrf, ("staff", &cookie), &given) {
        return Err(Problem::forbidden().named("stale-form"));
    }
    Ok(cookie)
}

/// A page with a form for somebody who has no session yet.
pub fn before(house: &House, status: StatusCode, page: impl Fn(&str) -> Markup) -> Response {
    let token = StaffToken::new(&*house.respond.room().random);
    let mut response = (status, page(&csrf(house, token.reveal()))).into_response();
    set_cookie(&mut response, BEFORE, token.reveal());
    response
}

/// Somebody at the console.
pub struct AtDesk {
    pub staff: Staff,
    pub cookie: String,
}

impl AtDesk {
    /// What a page for them brings to its frame.
    pub fn frame<'a>(&'a self, house: &'a House, language: Language, nonce: &'a Nonce) -> Frame<'a> {
        Frame { scopes: Some(&self.staff.scopes), ..frame(house, language, nonce) }
    }
}

/// Who is at the console, or the way to the sign-in page, or the one that asks for a fresh second factor.
pub async fn at_desk(house: &Shared, asked: Asked<'_>, permission: Permission) -> Result<AtDesk, Response> {
    at_desk_with(house, asked, (permission, None)).await
}

/// Headers, nonce and address of a request.
pub type Asked<'a> = (&'a HeaderMap, &'a Nonce, &'a Uri);

/// The same with what was typed, scrubbed: the page that asks for a fresh factor shows it, so that it is not lost.
pub async fn at_desk_with(
    house: &Shared,
    (headers, nonce, uri): Asked<'_>,
    (permission, typed): (Permission, Option<&str>),
) -> Result<AtDesk, Response> {
    let Some(cookie) = cookie(headers, COOKIE) else { return Err(Redirect::to(actions::SIGN_IN).into_response()) };
    match guard::staff(house, headers, &Method::GET).await {
        Ok(staff) if !staff.scopes.allow(permission) => {
            let noted = guard::refused(house, &staff.name, permission).await;
            let refusal = Problem::forbidden().detail("neither role nor scope allows this");
            Err(noted.err().unwrap_or(refusal).into_response())
        }
        Ok(staff) if !staff.is_fresh(permission, house.respond.room().now()) => {
            let language = chosen(uri, headers).map_err(IntoResponse::into_response)?;
            let csrf = csrf(house, &cookie);
            // What was posted is not sent again by itself: the page it came from is shown anew.
            let then = way_back::of(uri.path());
            let session = super::entry::session_of(house, headers).await.map_err(IntoResponse::into_response)?;
            let Some((session, _)) = session else { return Err(Redirect::to(actions::SIGN_IN).into_response()) };
            let page = super::entry::ask_again(house, (&session, (language, nonce, &csrf)), (&then, typed, None)).await;
            Err(page.unwrap_or_else(IntoResponse::into_response))
        }
        Ok(staff) => Ok(AtDesk { staff, cookie }),
        Err(problem) if problem.status() == 401 => Err(Redirect::to(actions::SIGN_IN).into_response()),
        Err(problem) => Err(problem.into_response()),
    }
}

/// A form of the console, proved and from somebody who may.
pub struct Posted {
    pub desk: AtDesk,
    pub sent: Fields,
    pub received: Received,
}

/// Reads a form of the console; the response is what [`at_desk`] gives.
pub async fn posted(house: &Shared, request: Request, permission: Permission) -> axum::response::Result<Posted> {
    let received = body::read(request, body::FORM).await?;
    let nonce = received.parts.extensions.get::<Nonce>().cloned().unwrap_or_default();
    let desk = at_desk(house, (&received.parts.headers, &nonce, &received.parts.uri), permission).await?;
    let mut sent = received.form()?;
    prove(house, (&received.parts.headers, COOKIE), &mut sent)?;
    Ok(Posted { desk, sent, received })
}

/// `GET /staff`
pub async fn home(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadQueue).await?;
    let mut query = body::query(&uri)?;
    let lane = match query.one("lane")?.as_deref() {
        Some("security") => Some(Class::Security),
        Some("routine") => Some(Class::Routine),
        _ => None,
    };
    let after = query.one("after")?.and_then(|cursor| incidents::place_of(&cursor));
    let notice = match query.one("notice")?.as_deref() {
        Some("empty") => Some(Notice::Empty),
        Some("released") => Some(Notice::Released),
        Some("closed") => Some(Notice::Closed),
        Some("full") => Some(Notice::Full),
        Some("late") => Some(Notice::Late),
        Some("undone") => Some(Notice::Undone),
        _ => None,
    };
    let silent = if desk.staff.scopes.allow(Permission::ReadSources) {
        Some(house.respond.silent_sources().await?)
    } else {
        None
    };
    let rows = house.respond.queue(lane, after, ROWS).await?;
    let next = house.respond.queue(None, None, 1).await?;
    let held = house.respond.held_by(&desk.staff.name).await?;
    let held: Vec<HeldCase> =
        held.into_iter().map(|(row, lease_until, fence)| HeldCase { row, lease_until, fence }).collect();
    let counts = Counts {
        security: house.respond.waiting(Class::Security).await?,
        routine: house.respond.waiting(Class::Routine).await?,
    };
    let may_read = desk.staff.scopes.allow(Permission::ReadAudit);
    let alarms = if may_read { house.respond.alarms().await? } else { Vec::new() };
    let full = i64::try_from(rows.len()).is_ok_and(|count| count == ROWS);
    let more = rows.last().filter(|_| full).map(incidents::cursor_of);
    let language = chosen(&uri, &headers)?;
    let reasons = match next.first() {
        Some(next) => house.respond.rows_of(&[next.id], language).await?.pop().map(|row| row.reasons),
        None => None,
    };
    let since = query.one("since")?.filter(|since| since.len() == 36);
    let new = match &since {
        Some(since) => house.respond.new_since(since).await?,
        None => crate::respond::desk::New::default(),
    };
    let since = match since {
        Some(since) => since,
        None => house.respond.newest().await?,
    };
    let undo = house.respond.undoable(&desk.staff.name).await?;
    let promised = match next.first() {
        Some(next) => house.respond.promised(next.id).await?,
        None => None,
    };
    // What only refreshes by itself shows nothing of a case.
    let may_look = desk.staff.scopes.allow(Permission::ReadIncident) && !headers.contains_key("x-refresh");
    let outline = match next.first().filter(|_| may_look) {
        Some(next) => house.respond.outline(next.id, (&desk.staff.name, language)).await?,
        None => None,
    };
    let markup = pages::home(&HomePage {
        frame: desk.frame(&house, language, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        now: house.respond.room().now(),
        playbooks: &house.respond.room().playbooks,
        notice,
        alarms: &alarms,
        unseen: house.respond.unseen_alarms().await?,
        review: house.respond.review_standing().await?,
        proposed: house.respond.proposals().await?.len(),
        next: next.first(),
        promised: promised.as_ref(),
        outline: outline.as_ref(),
        held: &held,
        names: &house.respond.names().await?,
        pressing: &house.respond.pressing().await?,
        counts,
        lane,
        silent: silent.as_deref(),
        rows: &rows,
        more: more.as_deref(),
        reasons: reasons.as_deref().unwrap_or_default(),
        since: &since,
        new,
        undo: undo.as_ref(),
    });
    Ok(markup.into_response())
}

/// `POST /staff/claim`
pub async fn claim_next(State(house): State<Shared>, request: Request) -> axum::response::Result<Response> {
    let Posted { desk, received, .. } = posted(&house, request, Permission::ClaimIncident).await?;
    match house.respond.claim_next(&desk.staff.name, language(&received.parts.headers)).await? {
        Ok(detail) => Ok(Redirect::to(&actions::incident(detail.id)).into_response()),
        Err(Refused::Full) => Ok(Redirect::to("/staff?notice=full").into_response()),
        Err(Refused::Empty | Refused::Unknown | Refused::Stale | Refused::StepsOpen(_)) => {
            Ok(Redirect::to("/staff?notice=empty").into_response())
        }
    }
}

/// `GET /staff/incidents/{id}`
pub async fn incident(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadIncident).await?;
    let id: Id<of::Incident> = id.parse().map_err(|_| Problem::not_found())?;
    let mut query = body::query(&uri)?;
    let line = query.one("line")?.and_then(|word| Whose::ALL.into_iter().find(|whose| whose.as_str() == word));
    let notice = notice_of(&mut query)?;
    let language = chosen(&uri, &headers)?;
    let file = query.one("file")?.and_then(|word| Came::of(&word));
    let shown = Shown { line, revealed: None, notice, file };
    Ok(show(&house, (&nonce, language), (&desk, id), shown).await?.into_response())
}

/// The reason that a form says, scrubbed, for the page that asks for a fresh factor.
fn reason_of(received: &Received) -> Option<String> {
    let reason = received.form().ok()?.one("reason").ok()??;
    Some(taken("reason", &reason, WORDS).ok()?.0)
}

/// `POST /staff/incidents/{id}/{action}`
pub async fn act(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path((id, action)): Path<(String, String)>,
    request: Request,
) -> axum::response::Result<Response> {
    let received = body::read(request, body::FORM).await?;
    let headers = &received.parts.headers;
    let post = actions::Post::ALL.into_iter().find(|post| post.as_str() == action).ok_or_else(Problem::not_found)?;
    let permission = permission(post);
    let reason = if permission.needs_fresh_factor() { reason_of(&received) } else { None };
    let at = (headers, &nonce, &received.parts.uri);
    let desk = at_desk_with(&house, at, (permission, reason.as_deref())).await?;
    let id: Id<of::Incident> = id.parse().map_err(|_| Problem::not_found())?;
    let mut sent = received.form()?;
    prove(&house, (headers, COOKIE), &mut sent)?;
    let asked = deed(post, &mut sent)?;
    sent.finish()?;
    let language = chosen(&received.parts.uri, headers)?;
    let at = At { house: &house, nonce: &nonce, language, desk: &desk, incident: id };
    let typed = asked.typed.as_deref();
    if !asked.links.is_empty() {
        return Ok(at.linked(typed.unwrap_or_default(), &asked.links).await?);
    }
    match house.respond.staff_does(id, (&desk.staff.name, language), asked.deed).await? {
        Ok(_) => Ok(Redirect::to(&after(post, id)).into_response()),
        Err(Refused::Stale) => Ok(at.stale((typed, post == actions::Post::Claim)).await?),
        Err(Refused::StepsOpen(steps)) => Ok(at.steps_open(&steps, typed)),
        Err(Refused::Full) => Ok(Redirect::to("/staff?notice=full").into_response()),
        Err(Refused::Unknown | Refused::Empty) => Err(Problem::not_found().into()),
    }
}
