//! Places that values are taken from: JSON Pointers (RFC 6901) into the body or the element, and headers.

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderName};
use serde_json::Value;
use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::shape::OneOrMany;
use crate::playbook::matcher::Look;

/// What places are looked up in.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub headers: &'a HeaderMap,
    pub body: &'a Value,
    pub element: &'a Value,
}

/// `/…` or nothing is in the body, `@/…` in the element, `header:NAME` among the headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// Checks a place as it stands in a file.
    pub fn check(written: &Spanned<String>) -> Result<Self, Flaw> {
        Self::read(&written.value).map_err(|says| Flaw::at(written, says))
    }

    /// Checks the text of a place.
    pub fn read(text: &str) -> Result<Self, String> {
        if let Some(name) = text.strip_prefix("header:") {
            let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is not a header name"))?;
            return Ok(Self(format!("header:{name}")));
        }
        let pointer = text.strip_prefix('@').unwrap_or(text);
        let escapes = pointer.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        if !escapes || !(pointer.is_empty() || pointer.starts_with('/')) {
            return Err(format!(
                "`{text}` is not a place: `/…` is in the body, `@/…` in the element, `header:NAME` a header"
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// A place in the body or the element, for what cannot be done to a header.
    pub fn check_pointer(written: &Spanned<String>) -> Result<Self, Flaw> {
        let place = Self::check(written)?;
        if place.0.starts_with("header:") {
            return Err(Flaw::at(written, format!("`{}` is a header, a place in the body is needed", written.value)));
        }
        Ok(place)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the place is inside the element.
    pub fn of_element(&self) -> bool {
        self.0.starts_with('@')
    }

    /// The value there, when there is one that says something.
    pub fn find<'a>(&self, scene: Scene<'a>) -> Option<Cow<'a, Value>> {
        find(&self.0, scene)
    }

    /// The plain text of a text, number or flag there.
    pub fn plain(&self, scene: Scene<'_>) -> Option<String> {
        self.find(scene).and_then(|value| plain(&value).map(Cow::into_owned))
    }
}

/// Places that are looked at in order.
#[derive(Debug, Clone)]
pub struct Places(Vec<Place>);

impl Places {
    /// Checks one place or a list of them.
    pub fn check(written: &Spanned<OneOrMany<String>>) -> Result<Self, Flaw> {
        if written.value.0.is_empty() {
            return Err(Flaw::at(written, "a list of places needs at least one"));
        }
        let places = written.value.0.iter().map(|text| Place::read(text).map_err(|says| Flaw::at(written, says)));
        places.collect::<Result<_, _>>().map(Self)
    }

    /// The plain text at the first place that has one.
    pub fn plain(&self, scene: Scene<'_>) -> Option<String> {
        self.each_plain(scene).next()
    }

    /// What stands at the first place that has anything, as text.
    pub fn printed(&self, scene: Scene<'_>) -> Option<String> {
        self.0.iter().find_map(|place| place.find(scene)).map(|value| printed(&value).into_owned())
    }

    /// The plain text at every place that has one.
    pub fn each_plain<'a>(&'a self, scene: Scene<'a>) -> impl Iterator<Item = String> + 'a {
        self.0.iter().filter_map(move |place| place.plain(scene))
    }
}

/// Where a pointer leads, `*` standing for every item of a list or member of an object; each with its own pointer.
pub fn spread<'a>(body: &'a Value, pointer: &str) -> Vec<(String, &'a Value)> {
    let mut found = vec![(String::new(), body)];
    for token in pointer.split('/').skip(1) {
        let step = |(at, value): (String, &'a Value)| -> Vec<(String, &'a Value)> {
            match value {
                Value::Array(items) if token == "*" => {
                    items.iter().enumerate().map(|(place, item)| (format!("{at}/{place}"), item)).collect()
                }
                Value::Object(members) if token == "*" => members
                    .iter()
                    .map(|(name, member)| (format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), member))
                    .collect(),
                one => {
                    walk(one, &format!("/{token}")).map(|value| (format!("{at}/{token}"), value)).into_iter().collect()
                }
            }
        };
        found = found.into_iter().flat_map(step).collect();
    }
    found
}

impl Look for Scene<'_> {
    fn any(&self, field: &str, test: &mut dyn FnMut(&str) -> bool) -> bool {
        let Some(found) = find(field, *self) else { return false };
        match &*found {
            Value::Array(values) => values.iter().any(|value| test(&printed(value))),
            value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
                test(&printed(value))
            }
        }
    }
}

fn find<'a>(place: &str, scene: Scene<'a>) -> Option<Cow<'a, Value>> {
    if let Some(name) = place.strip_prefix("header:") {
        let mut values = scene.headers.get_all(name).iter();
        // A repeated header says two things; neither is taken.
        let (Some(only), None) = (values.next(), values.next()) else { return None };
        return Some(only.to_str().ok()?)
            .filter(|text| !is_empty_word(text))
            .map(|text| Cow::Owned(Value::String(text.to_owned())));
    }
    let value = match place.strip_prefix('@') {
        Some(pointer) => walk(scene.element, pointer),
        None => walk(scene.body, place),
    };
    value.filter(|value| is_present(value)).map(Cow::Borrowed)
}

/// Follows a checked pointer.
pub fn walk<'a>(mut value: &'a Value, pointer: &str) -> Option<&'a Value> {
    for token in pointer.split('/').skip(1) {
        value = match value {
            Value::Object(members) => members.get(&*unescaped(token))?,
            Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        };
    }
    Some(value)
}

/// A token of a pointer with `~1` and `~0` undone.
pub fn unescaped(token: &str) -> Cow<'_, str> {
    if token.contains('~') { Cow::Owned(token.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(token) }
}

/// Senders write "nothing" as null, an empty text, the word `null`, or an empty list.
fn is_present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !is_empty_word(text),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

fn is_empty_word(text: &str) -> bool {
    text.is_empty() || text == "null"
}

/// A text, number or flag as text; nothing for lists and objects.
pub fn plain(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Plain text, or else compact JSON with its members in order of their names.
pub fn printed(value: &Value) -> Cow<'_, str> {
    plain(value).unwrap_or_else(|| Cow::Owned(value.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_is_in_the_body_the_element_or_the_headers() {
        let (body, mut headers) =
            (json!({"a": {"x/y~z": [1, {"b": "two"}]}, "none": "null", "void": []}), HeaderMap::new());
        headers.insert("x-event", "ping".parse().unwrap());
        let scene = Scene { headers: &headers, body: &body, element: &body["a"] };
        let text = |place: &str| Place::read(place).unwrap().plain(scene);
        assert_eq!(text("/a/x~1y~0z/1/b").as_deref(), Some("two"));
        assert_eq!(text("@/x~1y~0z/0").as_deref(), Some("1"));
        assert_eq!(text("header:X-Event").as_deref(), Some("ping"));
        for absent in ["/none", "/void", "/a/x~1y~0z/2", "/a/x~1y~0z/b", "header:other", "@/a"] {
            assert_eq!(text(absent), None, "{absent}");
        }
    }

    #[test]
    fn what_is_no_pointer_is_refused() {
        for wrong in ["a/b", "@a", "/a~2", "/a~", "header:", "header:a b", "$.a"] {
            assert!(Place::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_repeated_header_says_nothing() {
        let mut headers = HeaderMap::new();
        headers.append("x-event", "ping".parse().unwrap());
        headers.append("x-event", "push".parse().unwrap());
        let body = Value::Null;
        let scene = Scene { headers: &headers, body: &body, element: &body };
        assert_eq!(Place::read("header:x-event").unwrap().plain(scene), None);
    }
}
