//! The fields of a form or a query, each read exactly as often as it may come (IN-14).

use std::collections::BTreeMap;

use axum::http::Uri;

use super::typed::Fault;
use crate::web::problem::Problem;

/// Names and values as sent, decoded; what is taken out is gone, and [`Fields::finish`] refuses what is left.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Vec<String>>);

/// Reads the query of a URL.
pub fn query(uri: &Uri) -> Result<Fields, Problem> {
    Fields::parse(uri.query().unwrap_or_default().as_bytes(), "query")
}

impl Fields {
    pub(super) fn parse(bytes: &[u8], place: &'static str) -> Result<Self, Problem> {
        let malformed = || Problem::bad_request().field(place, "form");
        let mut fields = Self::default();
        for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let name = decode(&pair[..equals]).ok_or_else(malformed)?;
            let value = decode(pair.get(equals + 1..).unwrap_or_default()).ok_or_else(malformed)?;
            fields.0.entry(name).or_default().push(value);
        }
        Ok(fields)
    }

    /// Adds one that came another way.
    pub(super) fn put(&mut self, name: String, value: String) {
        self.0.entry(name).or_default().push(value);
    }

    /// Takes a field that may come once; repeated it is 400.
    pub fn one(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let mut values = self.0.remove(name).unwrap_or_default();
        let value = values.pop();
        if values.is_empty() {
            Ok(value)
        } else {
            Err(Fault::new("repeated").under(name).into_problem(Problem::bad_request()))
        }
    }

    /// Takes a field that must come once; missing it is 422.
    pub fn required(&mut self, name: &str) -> Result<String, Problem> {
        let missing = || Fault::new("required").under(name).into_problem(Problem::unprocessable());
        self.one(name)?.ok_or_else(missing)
    }

    /// Takes every value of a field, in the order sent.
    pub fn many(&mut self, name: &str) -> Vec<String> {
        self.0.remove(name).unwrap_or_default()
    }

    /// Takes the fields whose names begin so, like `answer.`, each at most once, by the rest of their names.
    pub fn group(&mut self, start: &str) -> Result<BTreeMap<String, String>, Problem> {
        let names: Vec<String> = self.0.keys().filter(|name| name.starts_with(start)).cloned().collect();
        let mut group = BTreeMap::new();
        for name in names {
            if let Some(value) = self.one(&name)? {
                group.insert(name[start.len()..].to_owned(), value);
            }
        }
        Ok(group)
    }

    /// Refuses fields that nobody asked for, with 422.
    pub fn finish(self) -> Result<(), Problem> {
        let Some(name) = self.0.into_keys().next() else { return Ok(()) };
        Err(Fault::new("unknown").under(&name).into_problem(Problem::unprocessable()))
    }
}

/// Percent and plus decoded; `None` for a broken escape, for what is not UTF-8, and for NUL.
fn decode(text: &[u8]) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        let (byte, after) = match byte {
            b'+' => (b' ', after),
            b'%' => {
                let (digits, after) = after.split_at_checked(2)?;
                let mut value = [0];
                hex::decode_to_slice(digits, &mut value).ok()?;
                (value[0], after)
            }
            byte => (byte, after),
        };
        if byte == 0 {
            return None;
        }
        decoded.push(byte);
        rest = after;
    }
    String::from_utf8(decoded).ok()
}
