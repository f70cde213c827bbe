//! Lists that are fetched from an address of the settings: through the guard, no redirect followed, bounded in size and time
//! (NET-01 to NET-05).

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode, header};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::client::Caller;
use crate::intake::verify::Allowed;
use crate::time::Span;

/// Everything about one fetch.
const WAIT: Duration = Duration::from_mins(1);
/// Bytes of a list: a million entries of some length.
const MOST: usize = 96 * 1024 * 1024;

/// A list that is fetched. The address may hold a key, so no `Debug`.
pub struct Feed {
    pub name: String,
    pub category: String,
    pub url: Url,
    pub networks: Allowed,
    pub token: Option<Zeroizing<String>>,
    /// The column or member that holds the entry; empty: the first word of a line, or a text in an array.
    pub field: String,
    pub every: Span,
}

/// What came of a fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// A word of ours why not.
    Nothing(&'static str),
    Unchanged,
    List {
        entries: Vec<String>,
        etag: String,
        modified: String,
    },
}

impl Caller {
    /// Fetches a list, unless it is still what the server named so.
    pub async fn fetch(&self, feed: &Feed, (etag, modified): (&str, &str)) -> Got {
        let Ok(url) = self.guard.check(feed.url.as_str()) else { return Got::Nothing("guard") };
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(url.as_str())
            .header("accept", "text/plain, text/csv, application/json")
            .header("user-agent", concat!("holdfast/", env!("CARGO_PKG_VERSION")));
        if let Some(token) = &feed.token {
            request = request.header("authorization", format!("Bearer {}", token.as_str()));
        }
        for (name, value) in [("if-none-match", etag), ("if-modified-since", modified)] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        let Ok(request) = request.body(Full::new(Bytes::new())) else { return Got::Nothing("address") };
        let answered = async {
            let response = match self.client.request(request).await {
                Ok(response) => response,
                Err(error) if error.is_connect() => return Err("no-connection"),
                Err(_) => return Err("cut-off"),
            };
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(None);
            }
            if status.is_redirection() {
                return Err("redirect");
            }
            if status != StatusCode::OK {
                return Err("status");
            }
            let named = |name: header::HeaderName| {
                let value = response.headers().get(name).and_then(|value| value.to_str().ok());
                value.filter(|value| value.len() <= 300).unwrap_or_default().to_owned()
            };
            let (etag, modified) = (named(header::ETAG), named(header::LAST_MODIFIED));
            let whole = Limited::new(response.into_body(), MOST).collect().await.map_err(|_| "too-long")?;
            Ok(Some((whole.to_bytes(), etag, modified)))
        };
        let (body, etag, modified) = match tokio::time::timeout(WAIT, answered).await.unwrap_or(Err("late")) {
            Err(word) => return Got::Nothing(word),
            Ok(None) => return Got::Unchanged,
            Ok(Some(came)) => came,
        };
        let field = feed.field.clone();
        let read = tokio::task::spawn_blocking(move || entries(&body, &field)).await;
        match read {
            Ok(Some(entries)) => Got::List { entries, etag, modified },
            Ok(None) | Err(_) => Got::Nothing("form"),
        }
    }
}

/// The entries of a list: an array of JSON, or lines, whose columns are named in the first when a column is asked for.
/// Nothing when it is no text, or has no such column or member.
fn entries(body: &[u8], field: &str) -> Option<Vec<String>> {
    let text = std::str::from_utf8(body).ok()?.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('[') || text.starts_with('{') {
        let mut value: Value = serde_json::from_str(text).ok()?;
        // Some wrap the array into an object with a version.
        if let Value::Object(members) = value {
            let mut lists = members.into_iter().map(|(_, member)| member).filter(Value::is_array);
            value = lists.next().filter(|_| lists.next().is_none())?;
        }
        let Value::Array(items) = value else { return None };
        let entry = |item: Value| match item {
            Value::String(text) if field.is_empty() => Some(text),
            Value::Object(mut members) if !field.is_empty() => match members.remove(field) {
                Some(Value::String(text)) => Some(text),
                _ => None,
            },
            _ => None,
        };
        let count = items.len();
        let entries: Vec<String> = items.into_iter().filter_map(entry).collect();
        return (entries.len() == count || !entries.is_empty()).then_some(entries);
    }
    if !field.is_empty() {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let at = reader.headers().ok()?.iter().position(|name| name == field)?;
        let rows = reader.records().map(|row| Some(row.ok()?.get(at).unwrap_or_default().to_owned()));
        return rows.filter(|entry| entry.as_deref() != Some("")).collect();
    }
    Some(lines(text))
}

/// The first word of each line that is no remark.
pub fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter_map(|line| line.split([',', ';', '\t', ' ']).next())
        .map(|entry| entry.trim_matches('"').to_owned())
        .filter(|entry| !entry.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_lines_as_columns_or_as_an_array() {
        let read = |text: &str, field: &str| entries(text.as_bytes(), field);
        let two = Some(vec!["0xabc".to_owned(), "evil.example".to_owned()]);
        assert_eq!(read("# drainers\n0xabc, seen 2026\n\n\"evil.example\";x\r\n", ""), two);
        assert_eq!(read("\u{feff}seen,address\n2026,0xabc\n2025,evil.example\n", "address"), two);
        assert_eq!(read("[\"0xabc\", \"evil.example\"]", ""), two);
        assert_eq!(read("[{\"a\": \"0xabc\"}, {\"a\": \"evil.example\"}]", "a"), two);
        assert_eq!(read("{\"version\": 3, \"list\": [\"0xabc\", \"evil.example\"]}", ""), two);
        for (wrong, field) in [("[1, 2]", ""), ("{\"a\": [], \"b\": []}", ""), ("[{}", ""), ("a,b\n1,2", "c")] {
            assert_eq!(read(wrong, field), None, "{wrong}");
        }
        assert_eq!(entries(&[0xff, 0xfe], ""), None);
    }
}
