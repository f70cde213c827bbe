//! Session cookies: reading one, setting one that only this host and no script ever sees (SES-01, SES-11).

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// One cookie of a request.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).filter(|value| !value.is_empty())
}

/// Sets a session cookie: this host, HTTPS (browsers count loopback as such), never for scripts or other sites.
pub fn set_cookie(response: &mut Response, name: &str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(&format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Strict")) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Ends a cookie of ours and no other of the domain.
pub fn end_cookie(response: &mut Response, name: &str) {
    if let Ok(value) = HeaderValue::from_str(&format!("{name}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict"))
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
