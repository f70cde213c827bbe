//! Setting a source up: some senders first ask for one of their own values back.
//!
//! The reply holds nothing but that value. That it is given only while an operator sets the source up is the door's matter.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, Method};
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;
use url::form_urlencoded;

use super::condition::Condition;
use super::fault::Flaw;
use super::json::{Limits, Reader};
use super::place::{Place, Scene};
use crate::playbook::matcher::Match;

/// Characters of a value that is given back.
const ECHO: usize = 1_024;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    when: WrittenWhen,
    reply: WrittenReply,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWhen {
    method: Spanned<String>,
    header_present: Option<Spanned<String>>,
    header_absent: Option<Spanned<String>>,
    query_present: Option<String>,
    body: Option<Spanned<Match>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReply {
    #[serde(default = "ok")]
    status: u16,
    json: Option<Value>,
    text: Option<Value>,
    /// Headers of the reply, each with a fixed text or the one value that is given back.
    #[serde(default)]
    headers: BTreeMap<String, Value>,
}

const fn ok() -> u16 {
    200
}

/// A checked handshake.
#[derive(Debug, Clone)]
pub struct Handshake {
    method: Method,
    present: Option<HeaderName>,
    absent: Option<HeaderName>,
    query: Option<String>,
    body: Option<Condition>,
    status: u16,
    is_json: bool,
    template: Value,
    headers: Vec<(HeaderName, Value)>,
    /// The one value that is given back, when there is one.
    echo: Option<Echo>,
}

#[derive(Debug, Clone)]
enum Echo {
    At(Place),
    Query(String),
}

/// An unverified request for the handshake.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub method: &'a Method,
    pub headers: &'a HeaderMap,
    /// The query of the address, without its question mark.
    pub query: &'a str,
    pub body: &'a [u8],
}

/// What the sender wants to hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub content_type: &'static str,
    pub headers: Vec<(HeaderName, String)>,
    pub body: String,
}

impl Handshake {
    pub fn check(written: &Spanned<Written>) -> Result<Self, Flaw> {
        let Written { when, reply } = &written.value;
        let method =
            Method::from_bytes(when.method.value.as_bytes()).map_err(|_| Flaw::at(&when.method, "not a method"))?;
        let name = |header: &Spanned<String>| {
            HeaderName::try_from(&header.value)
                .map_err(|_| Flaw::at(header, format!("`{}` is not a header name", header.value)))
        };
        let present = when.header_present.as_ref().map(name).transpose()?;
        let absent = when.header_absent.as_ref().map(name).transpose()?;
        let body = when.body.as_ref().map(Condition::check).transpose()?;
        if !(200..=299).contains(&reply.status) {
            return Err(Flaw::at(
                written,
                format!("a handshake is answered with a status from 200 to 299, not {}", reply.status),
            ));
        }
        let (template, is_json) = match (&reply.json, &reply.text) {
            (Some(template), None) => (template.clone(), true),
            (None, Some(template)) => (template.clone(), false),
            (None, None) => (Value::Null, false),
            (Some(_), Some(_)) => return Err(Flaw::at(written, "a reply has either `json` or `text`")),
        };
        let mut headers = Vec::new();
        let mut echoes = Vec::new();
        collect(&template, &mut echoes).map_err(|says| Flaw::at(written, says))?;
        if !(is_json || template.is_null() || echo_in(&template).is_some()) {
            return Err(Flaw::at(
                written,
                "a reply gives back one value: {header: name}, {pointer: /place} or {query: name}",
            ));
        }
        for (header, value) in &reply.headers {
            let header = HeaderName::try_from(header)
                .map_err(|_| Flaw::at(written, format!("`{header}` is not a header name")))?;
            if !header.as_str().starts_with("webhook-") {
                return Err(Flaw::at(
                    written,
                    format!("`{header}` is no header of a handshake: they begin with webhook-"),
                ));
            }
            collect(value, &mut echoes).map_err(|says| Flaw::at(written, says))?;
            headers.push((header, value.clone()));
        }
        let echo = echoes.pop();
        if !echoes.is_empty() {
            return Err(Flaw::at(
                written,
                "a reply gives back one value: {header: name}, {pointer: /place} or {query: name}",
            ));
        }
        let query = when.query_present.clone();
        Ok(Self { method, present, absent, query, body, status: reply.status, is_json, template, headers, echo })
    }

    pub fn answer(&self, asked: Asked<'_>) -> Option<Reply> {
        let has = |name: &HeaderName| asked.headers.contains_key(name);
        let fits = *asked.method == self.method
            && self.present.as_ref().is_none_or(has)
            && !self.absent.as_ref().is_some_and(has)
            && self.query.as_ref().is_none_or(|wanted| {
                form_urlencoded::parse(asked.query.as_bytes()).any(|(name, _)| name == wanted.as_str())
            });
        if !fits {
            return None;
        }
        if let Some(condition) = &self.body {
            let body = read(asked.body);
            if !condition.fits(Scene { headers: asked.headers, body: &body, element: &body }) {
                return None;
            }
        }
        let word = match &self.echo {
            Some(echo) => echo.find(asked).filter(|word| is_harmless(word))?,
            None => String::new(),
        };
        let body = if self.is_json { filled(&self.template, &word).to_string() } else { word.clone() };
        let content_type = if self.is_json { "application/json" } else { "text/plain; charset=utf-8" };
        let text = |value: &Value| filled(value, &word).as_str().map(str::to_owned);
        let headers = self.headers.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
        let body = if self.template.is_null() { String::new() } else { body };
        Some(Reply { status: self.status, content_type, headers, body })
    }
}

fn read(body: &[u8]) -> Value {
    let mut reader = Reader::new(Limits::DEFAULT);
    reader.text(body).and_then(|text| reader.read(text)).unwrap_or(Value::Null)
}

impl Echo {
    fn find(&self, asked: Asked<'_>) -> Option<String> {
        match self {
            Self::Query(name) => form_urlencoded::parse(asked.query.as_bytes())
                .find(|(given, _)| given == name)
                .map(|(_, value)| value.into_owned()),
            Self::At(place) => {
                let body = read(asked.body);
                place.plain(Scene { headers: asked.headers, body: &body, element: &body })
            }
        }
    }
}

/// Tokens, addresses and short sentences; nothing that could be markup.
fn is_harmless(word: &str) -> bool {
    word.len() <= ECHO && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -._~+/=:,%@?!".contains(&byte))
}

/// The echo that an object with one member of these names stands for.
fn echo_in(value: &Value) -> Option<(&str, &str)> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    let (how, what) = members.iter().next()?;
    ["header", "pointer", "query"].contains(&how.as_str()).then_some((how.as_str(), what.as_str()?))
}

fn collect(value: &Value, echoes: &mut Vec<Echo>) -> Result<(), String> {
    if let Some((how, what)) = echo_in(value) {
        echoes.push(match how {
            "query" => Echo::Query(what.to_owned()),
            "header" => Echo::At(Place::read(&format!("header:{what}"))?),
            _ => Echo::At(Place::read(what)?),
        });
        return Ok(());
    }
    match value {
        Value::Object(members) => members.values().try_for_each(|member| collect(member, echoes)),
        Value::Array(items) => items.iter().try_for_each(|item| collect(item, echoes)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

fn filled(template: &Value, word: &str) -> Value {
    if echo_in(template).is_some() {
        return Value::String(word.to_owned());
    }
    match template {
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, member)| (name.clone(), filled(member, word))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| filled(item, word)).collect()),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain.clone(),
    }
}
