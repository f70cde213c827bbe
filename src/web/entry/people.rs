//! People for admins, and one's own sessions.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};

use maud::{Markup, html};

use super::{federated, session_of, to_sign_in, told};
use crate::access::{Permission, Role, Roles, Scopes};
use crate::id::{Id, of};
use crate::respond::chat::LinkCode;
use crate::respond::people::{Change, NewPerson, StaffSession, Stage, Unchanged};
use crate::text::{Language, clean_name};
use crate::web::body::{self, Fields};
use crate::web::cookies::cookie;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::layout::Frame;
use crate::web::pages::staff::{self as pages, PeoplePage, actions};
use crate::web::pages::words::{Say, people as say};
use crate::web::problem::Problem;
use crate::web::staff::{AtDesk, COOKIE, at_desk, chosen, csrf, frame, prove};

/// `GET /staff/people`
pub async fn people(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> axum::response::Result<Response> {
    let desk = at_desk(&house, (&headers, &nonce, &uri), Permission::ReadPeople).await?;
    show(&house, (&desk, &nonce), (StatusCode::OK, &uri, &headers, None)).await
}

type Shown<'a> = (StatusCode, &'a Uri, &'a HeaderMap, Option<Say>);

async fn show(
    house: &Shared,
    (desk, nonce): (&AtDesk, &Nonce),
    (status, uri, headers, notice): Shown<'_>,
) -> axum::response::Result<Response> {
    let people = house.respond.people().await?;
    let page = PeoplePage {
        frame: desk.frame(house, chosen(uri, headers)?, nonce),
        csrf: &csrf(house, &desk.cookie),
        me: (&desk.staff.shown, &desk.staff.name),
        people: &people,
        may_change: desk.staff.scopes.allow(Permission::ManagePeople),
        notice,
        issuers: &|address| house.issuers.title(address).to_owned(),
    };
    Ok((status, pages::people(&page)).into_response())
}

fn roles(sent: &mut Fields) -> Result<Roles, Problem> {
    let named = sent.many("role");
    let known = |name: &String| Role::ALL.into_iter().find(|role| role.as_str() == name);
    let roles: Option<Roles> = named.iter().map(known).collect();
    roles
        .filter(|_| !named.is_empty())
        .ok_or_else(|| Problem::unprocessable().field("role", "one or more of the roles"))
}

/// `POST /staff/people`: an invitation, whose link is shown once.
pub async fn invite(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> axum::response::Result<Response> {
    let received = body::read(request, body::FORM).await?;
    let (uri, headers, mut sent) = (&received.parts.uri, &received.parts.headers, received.form()?);
    let desk = at_desk(&house, (headers, &nonce, uri), Permission::ManagePeople).await?;
    prove(&house, (headers, COOKIE), &mut sent)?;
    let name = clean_name(&sent.required("name")?, 80).unwrap_or_default();
    let new = NewPerson { login: sent.required("login")?, name, roles: roles(&mut sent)? };
    sent.finish()?;
    match house.respond.invite(&desk.staff.name, new).await? {
        Ok((_, link)) => {
            let address = format!("{}/staff/join/{}", house.respond.room().public_url, link.reveal());
            let frame = desk.frame(&house, chosen(uri, headers)?, &nonce);
            let me = (desk.staff.shown.as_str(), &*csrf(&house, &desk.cookie));
            Ok(pages::link_made(&frame, me, &address).into_response())
        }
        Err(why) => {
            let notice = Some(told(why)?);
            show(&house, (&desk, &nonce), (StatusCode::UNPROCESSABLE_ENTITY, uri, headers, notice)).await
        }
    }
}

/// `POST /staff/people/{id}/{change}`
pub async fn change(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path((id, change)): Path<(String, String)>,
    request: Request,
) -> axum::response::Result<Response> {
    let received = body::read(request, body::FORM).await?;
    let (uri, headers, mut sent) = (&received.parts.uri, &received.parts.headers, received.form()?);
    let desk = at_desk(&house, (headers, &nonce, uri), Permission::ManagePeople).await?;
    prove(&house, (headers, COOKIE), &mut sent)?;
    let id: Id<of::Person> = id.parse().map_err(|_| Problem::not_found())?;
    let change = match change.as_str() {
        "roles" => Change::Roles(roles(&mut sent)?),
        "disable" => Change::Disable,
        "enable" => Change::Enable,
        "invite-again" => Change::InviteAgain,
        "take-invitation-back" => Change::TakeInvitationBack,
        "new-password" => Change::NewPassword,
        "new-factor" => Change::NewFactor,
        "end-sessions" => Change::EndSessions,
        "unlink" => Change::Unlink,
        _ => return Err(Problem::not_found().into()),
    };
    sent.finish()?;
    let (status, notice) = match house.respond.change_person((&desk.staff.name, id), change).await? {
        Ok(Some(link)) => {
            let address = format!("{}/staff/join/{}", house.respond.room().public_url, link.reveal());
            let frame = desk.frame(&house, chosen(uri, headers)?, &nonce);
            let me = (desk.staff.shown.as_str(), &*csrf(&house, &desk.cookie));
            return Ok(pages::link_made(&frame, me, &address).into_response());
        }
        Ok(None) => (StatusCode::OK, say::CHANGED),
        Err(Unchanged::Unknown) => return Err(Problem::not_found().into()),
        Err(Unchanged::Own) => (StatusCode::CONFLICT, say::NOT_OWN),
        Err(Unchanged::LastAdmin) => (StatusCode::CONFLICT, say::LAST_ADMIN),
        Err(Unchanged::AskedFirst) => (StatusCode::ACCEPTED, say::RESET_ASKED),
        Err(Unchanged::RolesAsked) => (StatusCode::ACCEPTED, say::ROLES_ASKED),
        Err(Unchanged::Otherwise) => (StatusCode::CONFLICT, say::OTHERWISE),
    };
    show(&house, (&desk, &nonce), (status, uri, headers, Some(notice))).await
}

/// `GET /staff/me`
pub async fn own(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = session_of(&house, &headers).await?.filter(|(session, _)| session.stage == Stage::Full);
    let Some((session, _)) = found else { return Ok(to_sign_in()) };
    let language = chosen(&uri, &headers)?;
    let shown = if body::query(&uri)?.one("kept")?.is_some() { Chats::Kept } else { Chats::Known };
    show_own(&house, (&session, &headers), (&nonce, language), shown).await
}

/// What the page of one's own account says of chats, and that an issuer was not unlinked.
#[derive(Clone, Copy)]
pub enum Chats<'a> {
    Known,
    Kept,
    /// And a code that was just made.
    Code(&'a LinkCode),
}

/// The page of one's own account.
pub async fn show_own(
    house: &Shared,
    (session, headers): (&StaffSession, &HeaderMap),
    (nonce, language): (&Nonce, Language),
    chats: Chats<'_>,
) -> Result<Response, Problem> {
    let sessions = house.respond.sessions_of(session.person.id).await?;
    let shown: Vec<_> = sessions.iter().map(|row| (row.created, row.used, row.digest == session.digest)).collect();
    let csrf = csrf(house, &cookie(headers, COOKIE).unwrap_or_default());
    let roles = session.roles(&house.respond.room().staff_rules);
    let scopes = Scopes::of_roles(&roles);
    let frame = Frame { scopes: Some(&scopes), ..frame(house, language, nonce) };
    let needs_passkey = roles != session.person.roles;
    let made = match chats {
        Chats::Known | Chats::Kept => None,
        Chats::Code(made) => Some(made),
    };
    let known = house.respond.chats_of(session.person.id).await?;
    let below = if house.chats.is_empty() && known.is_empty() {
        Markup::default()
    } else {
        pages::chats(&frame, &csrf, (&known, made))
    };
    let kept = matches!(chats, Chats::Kept);
    let issuers = federated::own_part(house, session, (language, nonce, &csrf), kept).await?;
    let address = super::address::section(house, session, (&frame, &csrf)).await?;
    let password = session.person.has_password.then(|| pages::password_door(&frame));
    let below = html! { @if let Some(door) = password { (door) } (address) (issuers) (below) };
    Ok(pages::own(&frame, (&session.person.name, &csrf), (&shown, needs_passkey, &below)).into_response())
}

/// `POST /staff/me/end-others`
pub async fn end_others(State(house): State<Shared>, request: Request) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    let (headers, mut sent) = (&received.parts.headers, received.form()?);
    let found = session_of(&house, headers).await?.filter(|(session, _)| session.stage == Stage::Full);
    let Some((session, _)) = found else { return Ok(to_sign_in()) };
    prove(&house, (headers, COOKIE), &mut sent)?;
    sent.finish()?;
    house.respond.end_other_sessions(&session).await?;
    Ok(Redirect::to(actions::ME).into_response())
}
