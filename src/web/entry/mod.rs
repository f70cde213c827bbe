//! The way in for staff: password and second factor, the first person, invitations, one's own sessions, people for admins.

mod address;
mod chats;
mod device;
mod federated;
mod forgotten;
mod joining;
mod password;
mod people;
mod second;
mod sign_in;

pub use address::{change_address, prove_address, prove_page};
pub use chats::{chat_code, leave_chats};
pub use federated::{federated_begin, federated_callback, unlink};
pub use forgotten::{forgotten, forgotten_page, reset, reset_page};
pub use joining::{join, join_page, set_up, set_up_page};
pub use password::{change_password, password_page};
pub use people::{change, end_others, invite, own, people};
pub use second::{ask_again, enrol, enrol_page, second, second_page, step_up};
pub use sign_in::{sign_in, sign_in_page, sign_out};

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::cookies::{cookie, end_cookie, set_cookie};
use super::house::House;
use super::pages::staff::actions;
use super::problem::Problem;
use super::staff::{BEFORE, COOKIE};
use crate::access::StaffToken;
use crate::respond::Used;
use crate::respond::people::{NotJoined, StaffSession, Stage, Unfit};
use crate::web::pages::words::{Say, people as say};

/// The person's session of a request, whole or half.
pub async fn session_of(house: &House, headers: &HeaderMap) -> Result<Option<(StaffSession, String)>, Problem> {
    let Some(cookie) = cookie(headers, COOKIE) else { return Ok(None) };
    // A page that refreshes by itself keeps nobody signed in.
    let used = if headers.contains_key("x-refresh") { Used::ByItself } else { Used::ByPerson };
    Ok(house.respond.staff_session(&cookie, used).await?.map(|session| (session, cookie)))
}

/// The session of somebody whose password was right and who has yet to show a second factor.
async fn half_of(house: &House, headers: &HeaderMap) -> Result<Option<(StaffSession, String)>, Problem> {
    Ok(session_of(house, headers).await?.filter(|(session, _)| session.stage == Stage::Half))
}

/// Leads on with a new cookie; the one before the sign-in is gone (SES-03, SES-09).
fn with_cookie(to: &str, cookie: &StaffToken) -> Response {
    let mut response = Redirect::to(to).into_response();
    put_cookie(&mut response, cookie);
    response
}

fn put_cookie(response: &mut Response, cookie: &StaffToken) {
    set_cookie(response, COOKIE, cookie.reveal());
    end_cookie(response, BEFORE);
}

fn to_sign_in() -> Response {
    Redirect::to(actions::SIGN_IN).into_response()
}

/// What somebody is told whose password or name was not taken; nothing about a link that is not good.
fn told(why: NotJoined) -> Result<Say, Problem> {
    Ok(match why {
        NotJoined::NoLink => return Err(Problem::not_found()),
        NotJoined::Password(Unfit::Short) => say::UNFIT_SHORT,
        NotJoined::Password(Unfit::Long) => say::UNFIT_LONG,
        NotJoined::Password(Unfit::Common) => say::UNFIT_COMMON,
        NotJoined::Password(Unfit::Named) => say::UNFIT_NAMED,
        NotJoined::Shape => say::SHAPE,
        NotJoined::Taken => say::TAKEN,
    })
}
