//! Taking credentials out of a body before it is kept.

use serde_json::Value;
use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::place::{Place, unescaped};

/// What stands where something was taken out.
const REMOVED: &str = "[removed]";

/// A checked pointer into the body; `*` stands for every item of a list or member of an object.
#[derive(Debug, Clone)]
pub struct Redaction(Vec<String>);

impl Redaction {
    pub fn check(written: &Spanned<String>) -> Result<Self, Flaw> {
        let place = Place::check_pointer(written)?;
        if place.of_element() || place.as_str().is_empty() {
            return Err(Flaw::at(written, "what is taken out is a place in the body; `*` stands for every item"));
        }
        Ok(Self(place.as_str().split('/').skip(1).map(|token| unescaped(token).into_owned()).collect()))
    }

    pub fn apply(&self, body: &mut Value) {
        take_out(body, &self.0);
    }

    /// Whether a place in the body is what is taken out, or inside it.
    pub fn covers(&self, place: &Place) -> bool {
        let tokens: Vec<_> = place.as_str().split('/').skip(1).map(unescaped).collect();
        let same = |(mine, theirs): (&String, &std::borrow::Cow<'_, str>)| mine == "*" || *mine == **theirs;
        !place.of_element()
            && place.as_str().starts_with('/')
            && tokens.len() >= self.0.len()
            && self.0.iter().zip(&tokens).all(same)
    }
}

fn take_out(value: &mut Value, tokens: &[String]) {
    let Some((token, rest)) = tokens.split_first() else {
        if !value.is_null() {
            *value = Value::String(REMOVED.to_owned());
        }
        return;
    };
    match value {
        Value::Object(members) if token == "*" => members.values_mut().for_each(|member| take_out(member, rest)),
        Value::Array(items) if token == "*" => items.iter_mut().for_each(|item| take_out(item, rest)),
        Value::Object(members) => {
            if let Some(member) = members.get_mut(token) {
                take_out(member, rest);
            }
        }
        Value::Array(items) => {
            if let Some(item) = token.parse::<usize>().ok().and_then(|place| items.get_mut(place)) {
                take_out(item, rest);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_credential_is_taken_out_wherever_the_pointer_leads() {
        let mut body = json!({"a": [{"token": "secret", "b": 1}, {"token": {"deep": "secret"}}, 5], "x": {"token": "kept"}, "none": null});
        for pointer in ["/a/*/token", "/none", "/missing/token"] {
            Redaction(pointer.split('/').skip(1).map(str::to_owned).collect()).apply(&mut body);
        }
        assert_eq!(
            body,
            json!({"a": [{"token": "[removed]", "b": 1}, {"token": "[removed]"}, 5], "x": {"token": "kept"}, "none": null})
        );
    }
}
