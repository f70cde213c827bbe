//! One selection: `field|modifier: values`, a map of them, or a list of maps.

use std::net::IpAddr;

use regex::RegexBuilder;
use serde_json::{Map, Value};

use super::encode::{self, Bytes};
use super::{Fields, Refused, unknown};
use crate::playbook::network::{Asks, Atom, Bound, Case, Condition, Part, Text, Wildcard};
use crate::signal::{Decimal, FieldType};

const MODIFIERS: [&str; 24] = [
    "all",
    "base64",
    "base64offset",
    "cased",
    "cidr",
    "contains",
    "endswith",
    "exists",
    "expand",
    "fieldref",
    "gt",
    "gte",
    "i",
    "lt",
    "lte",
    "m",
    "re",
    "s",
    "startswith",
    "utf16",
    "utf16be",
    "utf16le",
    "wide",
    "windash",
];

/// A selection: all of a map's items, or any of a list of maps.
pub(super) fn selection(written: &Value, fields: Fields<'_>) -> Result<Condition, Refused> {
    match written {
        Value::Object(map) => all_of(map, fields),
        Value::Array(maps) if !maps.is_empty() => {
            let one = |map: &Value| match map {
                Value::Object(map) => all_of(map, fields),
                _ => Err(Refused::new("keywords without a field are not supported")),
            };
            Ok(Condition::Any(maps.iter().map(one).collect::<Result<_, _>>()?))
        }
        Value::Array(_) => Err(Refused::new("a selection needs at least one field")),
        _ => Err(Refused::new("keywords without a field are not supported")),
    }
}

fn all_of(map: &Map<String, Value>, fields: Fields<'_>) -> Result<Condition, Refused> {
    if map.is_empty() {
        return Err(Refused::new("a selection needs at least one field"));
    }
    let one = |(key, value): (&String, &Value)| item(key, value, fields).map_err(|refused| refused.within(key));
    Ok(Condition::All(map.iter().map(one).collect::<Result<_, _>>()?))
}

/// What the modifiers of one key say.
struct How<'a> {
    field: &'a str,
    kind: FieldType,
    part: Option<Part>,
    case: Case,
    encoding: Option<(Encoding, Bytes)>,
    windash: bool,
    test: Test,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Base64,
    Base64Offset,
}

enum Test {
    Text,
    Field,
    Network,
    Regex(String),
    Number(fn(Decimal) -> Bound),
}

fn item(key: &str, value: &Value, fields: Fields<'_>) -> Result<Condition, Refused> {
    let (field, modifiers) = split(key);
    if field.is_empty() {
        return Err(Refused::new("keywords without a field are not supported"));
    }
    let Some(kind) = (fields.type_of)(field) else { return Err(Refused::new(unknown("field", field, fields.known))) };
    if modifiers.contains(&"exists") {
        let (1, Some(there)) = (modifiers.len(), value.as_bool()) else {
            return Err(Refused::new("`exists` stands alone and takes true or false"));
        };
        let exists = Atom::test(field, Asks::Exists);
        return Ok(if there { exists } else { Condition::Not(Box::new(exists)) });
    }
    let how = how((field, kind), &modifiers)?;
    let values = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
    if values.is_empty() {
        return Err(Refused::new("an empty list never matches"));
    }
    let conditions = values.iter().map(|value| how.one(value, fields)).collect::<Result<_, _>>()?;
    Ok(if modifiers.contains(&"all") { Condition::All(conditions) } else { Condition::Any(conditions) })
}

/// A key's field and modifiers.
pub(super) fn split(key: &str) -> (&str, Vec<&str>) {
    let mut parts = key.split('|');
    (parts.next().unwrap_or_default(), parts.collect())
}

fn how<'a>((field, kind): (&'a str, FieldType), modifiers: &[&str]) -> Result<How<'a>, Refused> {
    let mut how =
        How { field, kind, part: None, case: Case::Ignored, encoding: None, windash: false, test: Test::Text };
    let (mut twice, mut bytes, mut flags) = (false, None, String::new());
    for modifier in modifiers {
        let mut test = |test: Test| twice |= !matches!(std::mem::replace(&mut how.test, test), Test::Text);
        match *modifier {
            "re" => test(Test::Regex(String::new())),
            "cidr" => test(Test::Network),
            "fieldref" => test(Test::Field),
            "gt" => test(Test::Number(Bound::Above)),
            "gte" => test(Test::Number(Bound::AtLeast)),
            "lt" => test(Test::Number(Bound::Below)),
            "lte" => test(Test::Number(Bound::AtMost)),
            "contains" => twice |= how.part.replace(Part::Anywhere).is_some(),
            "startswith" => twice |= how.part.replace(Part::Start).is_some(),
            "endswith" => twice |= how.part.replace(Part::End).is_some(),
            "base64" => twice |= how.encoding.replace((Encoding::Base64, Bytes::Utf8)).is_some(),
            "base64offset" => twice |= how.encoding.replace((Encoding::Base64Offset, Bytes::Utf8)).is_some(),
            "utf16le" | "wide" => twice |= bytes.replace(Bytes::Utf16Le).is_some(),
            "utf16be" => twice |= bytes.replace(Bytes::Utf16Be).is_some(),
            "utf16" => twice |= bytes.replace(Bytes::Utf16).is_some(),
            "cased" => how.case = Case::Kept,
            "windash" => how.windash = true,
            "i" | "m" | "s" => flags.push_str(modifier),
            "all" => {}
            "expand" => {
                return Err(Refused::new("`expand` names a list kept elsewhere; write its values here instead"));
            }
            _ => return Err(Refused::new(unknown("modifier", modifier, &MODIFIERS))),
        }
    }
    let of_text = how.encoding.is_some() || how.windash;
    let fits = match how.test {
        Test::Text => true,
        Test::Field => !of_text,
        Test::Network | Test::Regex(_) | Test::Number(_) => !of_text && how.part.is_none(),
    };
    if twice || !fits {
        return Err(Refused::new("these modifiers are more than one way of comparing"));
    }
    match &mut how.test {
        Test::Regex(of) => *of = flags,
        _ if !flags.is_empty() => return Err(Refused::new("`i`, `m` and `s` belong to `re`")),
        Test::Text | Test::Field | Test::Network | Test::Number(_) => {}
    }
    match (&mut how.encoding, bytes) {
        (Some((_, of)), Some(bytes)) => *of = bytes,
        (None, Some(_)) => return Err(Refused::new("utf16 and wide belong to base64 and base64offset")),
        (Some(_) | None, None) => {}
    }
    Ok(how)
}

impl How<'_> {
    fn one(&self, value: &Value, fields: Fields<'_>) -> Result<Condition, Refused> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            Value::Null if matches!(self.test, Test::Text) && self.part.is_none() && self.encoding.is_none() => {
                return Ok(Condition::Not(Box::new(Atom::test(self.field, Asks::Exists))));
            }
            Value::Null | Value::Array(_) | Value::Object(_) => {
                return Err(Refused::new("a value is a text, a number, a flag or null"));
            }
        };
        let number = || text.parse::<Decimal>().map_err(|error| Refused::new(format!("`{text}` is {error}")));
        match &self.test {
            Test::Text if self.is_number() => Ok(Atom::test(self.field, Asks::Number(Bound::Equal(number()?)))),
            Test::Text => Ok(self.texts(&text)),
            Test::Field if (fields.type_of)(&text).is_none() => {
                Err(Refused::new(unknown("field", &text, fields.known)))
            }
            Test::Field => Ok(Atom::test(self.field, Asks::Field(text, self.part, self.case))),
            Test::Network => network(&text)
                .map(|(network, bits)| Atom::test(self.field, Asks::Within(network, bits)))
                .ok_or_else(|| Refused::new(format!("`{text}` is not a network like 10.0.0.0/8"))),
            Test::Regex(flags) => {
                let text = if flags.is_empty() { text } else { format!("(?{flags}){text}") };
                let pattern = RegexBuilder::new(&text).size_limit(LARGEST_PATTERN).build();
                let pattern = pattern.map_err(|error| Refused::new(last_line(&error.to_string())))?;
                Ok(Atom::test(self.field, Asks::Matches(pattern)))
            }
            Test::Number(bound) => Ok(Atom::test(self.field, Asks::Number(bound(number()?)))),
        }
    }

    fn is_number(&self) -> bool {
        match self.kind {
            FieldType::Decimal | FieldType::Integer => self.part.is_none() && self.encoding.is_none() && !self.windash,
            FieldType::Word | FieldType::Text | FieldType::Bool | FieldType::Time | FieldType::Ip => false,
        }
    }

    /// A text in all the forms that its modifiers ask for.
    fn texts(&self, text: &str) -> Condition {
        let texts = if self.windash { encode::windash(text) } else { vec![text.to_owned()] };
        let mut forms = Vec::new();
        for text in texts {
            let Some((encoding, how)) = self.encoding else {
                let (before, behind) = match self.part {
                    None => (false, false),
                    Some(Part::Start) => (false, true),
                    Some(Part::End) => (true, false),
                    Some(Part::Anywhere) => (true, true),
                };
                let wildcard = Wildcard::read(&text).open(before, behind);
                forms.push(Atom::text(self.field, Text::Wildcard(wildcard), self.case));
                continue;
            };
            let bytes = encode::bytes(&text, how);
            let encoded = match encoding {
                Encoding::Base64 => {
                    vec![encode::base64(&bytes, matches!(self.part, Some(Part::Start | Part::Anywhere)))]
                }
                Encoding::Base64Offset => encode::base64_offsets(&bytes),
            };
            forms.extend(encoded.into_iter().map(|text| {
                let text = self.part.map_or_else(|| Text::Equal(text.clone()), |part| Text::Part(part, text.clone()));
                Atom::text(self.field, text, self.case)
            }));
        }
        if forms.len() == 1 { forms.remove(0) } else { Condition::Any(forms) }
    }
}

/// Bytes that one compiled pattern may take; patterns of rules are larger than those of playbooks.
const LARGEST_PATTERN: usize = 1024 * 1024;

/// The reason at the end of a message that draws the pattern first.
fn last_line(message: &str) -> String {
    message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// A network, or a single address.
fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address.parse().ok()?, Some(bits.parse().ok()?)),
        None => (text.parse().ok()?, None),
    };
    let address: IpAddr = address;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.unwrap_or(most);
    (bits <= most).then_some((address, bits))
}
