//! Devices that somebody signed in from before: a signed cookie, so that a stranger's failures do not lock them out (ID-12).

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use crate::seal::Purpose;
use crate::time::{Span, Timestamp};
use crate::web::cookies::cookie;
use crate::web::house::House;

const COOKIE: &str = "__Host-hf_device";
/// How long a device is known.
const KNOWN: Span = Span::from_days(90);

fn said(login: &str, id: &str, until: &str) -> String {
    format!("{} {id} {until}", login.trim().to_lowercase())
}

/// The device of a request, when it is known for this login.
pub fn known(house: &House, headers: &HeaderMap, login: &str) -> Option<String> {
    let cookie = cookie(headers, COOKIE)?;
    let (id, rest) = cookie.split_once('.')?;
    let (until, tag) = rest.split_once('.')?;
    let room = house.respond.room();
    let over = Timestamp::from_millis(until.parse::<i64>().ok()?.checked_mul(1_000)?);
    let signed = room.keys.digests.fits(Purpose::Device, ("device", &said(login, id, until)), tag);
    (signed && room.now() < over).then(|| id.to_owned())
}

/// Makes this device known for a login.
pub fn know(house: &House, response: &mut Response, login: &str) {
    let room = house.respond.room();
    let mut id = [0; 16];
    room.random.fill(&mut id);
    let (id, until) = (hex::encode(id), (room.now().plus(KNOWN).millis() / 1_000).to_string());
    let tag = room.keys.digests.of(Purpose::Device, "device", &said(login, &id, &until));
    let seconds = KNOWN.millis() / 1_000;
    let value = format!("{COOKIE}={id}.{until}.{tag}; Max-Age={seconds}; Path=/; Secure; HttpOnly; SameSite=Strict");
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
