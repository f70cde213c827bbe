//! Bodies that are no JSON: forms and multipart forms, read as one object of texts. A name that is there twice is a list.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::json::{Reader, Undecodable};

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data";

/// Parts of one body.
const MOST_PARTS: usize = 200;

/// How a body is written that is no JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Form,
    /// With the line that parts the parts.
    Parts(String),
}

/// The form that the request says it is, when the source file takes such.
pub fn kind(headers: &HeaderMap, taken: &[String]) -> Option<Kind> {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(only), None) = (values.next(), values.next()) else { return None };
    let mut parts = only.to_str().ok()?.split(';').map(str::trim);
    let kind = parts.next()?.to_ascii_lowercase();
    if !taken.iter().any(|one| one.eq_ignore_ascii_case(&kind)) {
        return None;
    }
    match kind.as_str() {
        FORM => Some(Kind::Form),
        PARTS => {
            let boundary = parts
                .find_map(|part| part.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("boundary")))?;
            let boundary = boundary.1.trim_matches('"');
            (1..=70).contains(&boundary.len()).then(|| Kind::Parts(format!("--{boundary}")))
        }
        _ => None,
    }
}

/// Reads the members of a form; they count against the limits of the body.
pub fn read(kind: Kind, text: &str, reader: &mut Reader) -> Result<Value, Undecodable> {
    let mut members: Map<String, Value> = Map::new();
    let mut add = |name: String, value: String| match members.get_mut(&name) {
        None => drop(members.insert(name, Value::String(value))),
        Some(Value::Array(values)) => values.push(Value::String(value)),
        Some(one) => *one = Value::Array(vec![one.take(), Value::String(value)]),
    };
    match kind {
        Kind::Form => {
            for (name, value) in form_urlencoded::parse(text.as_bytes()) {
                add(name.into_owned(), value.into_owned());
            }
        }
        Kind::Parts(boundary) => {
            for (name, value) in parts(text, &boundary)? {
                add(name, value);
            }
        }
    }
    // Once more through the reader, so that its limits hold here as they do for JSON.
    reader.read(&Value::Object(members).to_string())
}

/// Name and text of each part that is no file. Lines may end with or without a carriage return.
fn parts(text: &str, boundary: &str) -> Result<Vec<(String, String)>, Undecodable> {
    let broken = |what: &str| Undecodable::NotAForm(what.to_owned());
    let text = text.replace("\r\n", "\n");
    let mut found = Vec::new();
    let mut pieces = format!("\n{text}");
    if !pieces.contains(&format!("\n{boundary}--")) {
        return Err(broken("it does not end with its boundary"));
    }
    pieces.push('\n');
    for piece in pieces.split(&format!("\n{boundary}")).skip(1) {
        if piece.starts_with("--") {
            break;
        }
        if found.len() == MOST_PARTS {
            return Err(Undecodable::TooManyMembers(MOST_PARTS));
        }
        let (head, body) = piece.split_once("\n\n").ok_or_else(|| broken("a part has no empty line after its head"))?;
        let disposition = head
            .lines()
            .find(|line| line.get(..20).is_some_and(|name| name.eq_ignore_ascii_case("content-disposition:")))
            .ok_or_else(|| broken("a part has no name"))?;
        let named = |what: &str| {
            disposition.split(';').map(str::trim).find_map(|part| part.strip_prefix(what)?.strip_prefix('='))
        };
        let name = named("name").ok_or_else(|| broken("a part has no name"))?.trim_matches('"');
        if named("filename").is_none() {
            found.push((name.to_owned(), body.to_owned()));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::json::Limits;
    use super::*;

    fn headers(content_type: &str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, content_type.parse().unwrap())])
    }

    fn taken() -> Vec<String> {
        vec![FORM.to_owned(), PARTS.to_owned()]
    }

    fn of(content_type: &str, text: &str) -> Result<Value, Undecodable> {
        let kind = kind(&headers(content_type), &taken()).expect("a form");
        read(kind, text, &mut Reader::new(Limits::DEFAULT))
    }

    #[test]
    fn a_form_is_an_object_of_texts() {
        assert_eq!(
            of("Application/X-WWW-Form-Urlencoded; charset=utf-8", "a=1&b=%2B2&a=3"),
            Ok(serde_json::json!({"a": ["1", "3"], "b": "+2"}))
        );
        assert_eq!(kind(&headers(FORM), &["application/json".to_owned()]), None, "only where the file takes forms");
        assert_eq!(kind(&headers("multipart/form-data"), &taken()), None);
    }

    #[test]
    fn parts_are_read_and_files_are_left_out() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"from\"\r\n\r\nA <a@example.org>\r\n--x\r\n\
                    content-disposition: form-data; name=\"text\"\r\nContent-Type: text/plain\r\n\r\none\r\n\r\ntwo\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"f\"; filename=\"a.exe\"\r\n\r\nMZ\r\n--x--\r\n";
        assert_eq!(
            of("multipart/form-data; boundary=\"x\"", body),
            Ok(serde_json::json!({"from": "A <a@example.org>", "text": "one\n\ntwo"}))
        );
        assert!(matches!(of("multipart/form-data; boundary=x", "--x\r\nno"), Err(Undecodable::NotAForm(_))));
    }

    #[test]
    fn the_limits_of_a_body_hold_for_forms() {
        let many: Vec<String> = (0..2_001).map(|number| format!("m{number}=")).collect();
        assert!(of(FORM, &many.join("&")).unwrap_err().is_over_limit());
        assert!(of(FORM, &format!("a={}", "x".repeat(8_193))).unwrap_err().is_over_limit());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(--x|\n|\r|:|;|name=\"|content-disposition|[a-z=&%]){0,40}") {
            let _ = (of(FORM, &text), of("multipart/form-data; boundary=x", &text));
        }
    }
}
