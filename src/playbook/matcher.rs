//! The one matcher language (Sigma's vocabulary) that signs, step conditions and source mappings share.
//!
//! A written [`Match`] is checked against a list of known fields and becomes a [`Matcher`] of typed tests.

use std::collections::BTreeMap;
use std::net::IpAddr;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use serde_json::Value;

use super::network::{Asks, Atom, Bound, Case, Condition, Part, Text, lowered};
use crate::signal::{Decimal, FieldType, nearest};

/// As written: a map of `field|modifier` to a value or a list of values; a list of maps means "any of".
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Match {
    All(BTreeMap<String, Value>),
    Any(Vec<BTreeMap<String, Value>>),
}

/// Where a matcher finds values: a signal's facts, given answers, or a webhook body.
pub trait Look {
    /// Hands every value of the field to `test` until one answers yes; says whether one did.
    fn any(&self, field: &str, test: &mut dyn FnMut(&str) -> bool) -> bool;
}

impl Look for crate::signal::Facts {
    fn any(&self, field: &str, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.get(field).iter().any(|value| test(value))
    }
}

/// A checked matcher: any of its lines, all tests of a line.
#[derive(Debug, Clone)]
pub struct Matcher {
    lines: Vec<Vec<Test>>,
}

#[derive(Debug, Clone)]
struct Test {
    field: String,
    expect: Expect,
    every: bool,
}

#[derive(Debug, Clone)]
enum Expect {
    Exists(bool),
    OneOf(Vec<Pattern>),
}

#[derive(Debug, Clone)]
enum Pattern {
    Equal(String),
    EqualNumber(Decimal),
    Contains(String),
    StartsWith(String),
    EndsWith(String),
    Matches(Regex),
    Within(IpAddr, u8),
    More(Decimal, bool),
    Less(Decimal, bool),
}

/// Why a written matcher was refused; names the field and the nearest right word.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct BadMatch(String);

/// The type of a known field, or nothing when there is no such field.
pub type TypeOf<'a> = &'a dyn Fn(&str) -> Option<FieldType>;

const MODIFIERS: [&str; 11] =
    ["contains", "startswith", "endswith", "re", "cidr", "gt", "gte", "lt", "lte", "exists", "all"];

impl Matcher {
    /// Checks a written matcher; `known` lists the field names for the hint in errors.
    pub fn new(written: &Match, type_of: TypeOf<'_>, known: &[&str]) -> Result<Self, BadMatch> {
        let lines = match written {
            Match::All(line) => std::slice::from_ref(line),
            Match::Any(lines) => lines.as_slice(),
        };
        if lines.is_empty() || lines.iter().any(BTreeMap::is_empty) {
            return Err(BadMatch("a match needs at least one test".to_owned()));
        }
        let line =
            |line: &BTreeMap<String, Value>| line.iter().map(|(key, value)| test(key, value, type_of, known)).collect();
        Ok(Self { lines: lines.iter().map(line).collect::<Result<_, _>>()? })
    }

    /// Whether what is looked at fits.
    pub fn fits(&self, look: &dyn Look) -> bool {
        self.lines.iter().any(|line| line.iter().all(|test| test.fits(look)))
    }

    /// The values that each alternative requires a field to equal, for filing the matcher under its kind.
    /// Nothing when some alternative does not pin the field.
    pub fn pinned(&self, field: &str) -> Option<Vec<&str>> {
        let mut values = Vec::new();
        for line in &self.lines {
            let pinned = line.iter().find_map(|test| test.equals(field))?;
            values.extend(pinned);
        }
        Some(values)
    }
}

impl Matcher {
    /// Every field that some test looks at.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().flatten().map(|test| test.field.as_str())
    }

    /// Whether any test looks at the field.
    pub fn mentions(&self, field: &str) -> bool {
        self.fields().any(|known| known == field)
    }

    /// Every field that all alternatives pin, with the values they pin it to, for filing by the rarest.
    pub fn pins(&self) -> Vec<(&str, Vec<&str>)> {
        let Some(first) = self.lines.first() else { return Vec::new() };
        let fields = first.iter().map(|test| test.field.as_str());
        fields.filter_map(|field| Some((field, self.pinned(field)?))).collect()
    }
}

impl Matcher {
    /// The same matcher for the network, which looks at a signal once for all rules.
    pub fn condition(&self) -> Condition {
        let line = |line: &Vec<Test>| Condition::All(line.iter().map(Test::condition).collect());
        Condition::Any(self.lines.iter().map(line).collect())
    }
}

impl Test {
    fn condition(&self) -> Condition {
        match &self.expect {
            Expect::Exists(true) => Atom::test(&self.field, Asks::Exists),
            Expect::Exists(false) => Condition::Not(Box::new(Atom::test(&self.field, Asks::Exists))),
            Expect::OneOf(patterns) => {
                let patterns = patterns.iter().map(|pattern| pattern.condition(&self.field)).collect();
                if self.every { Condition::All(patterns) } else { Condition::Any(patterns) }
            }
        }
    }

    fn fits(&self, look: &dyn Look) -> bool {
        match &self.expect {
            Expect::Exists(wanted) => look.any(&self.field, &mut |_| true) == *wanted,
            Expect::OneOf(patterns) if self.every => {
                patterns.iter().all(|pattern| look.any(&self.field, &mut |value| pattern.fits(value)))
            }
            Expect::OneOf(patterns) => {
                look.any(&self.field, &mut |value| patterns.iter().any(|pattern| pattern.fits(value)))
            }
        }
    }

    fn equals(&self, field: &str) -> Option<Vec<&str>> {
        let Expect::OneOf(patterns) = &self.expect else { return None };
        if self.field != field {
            return None;
        }
        patterns
            .iter()
            .map(|pattern| if let Pattern::Equal(value) = pattern { Some(value.as_str()) } else { None })
            .collect()
    }
}

impl Pattern {
    fn condition(&self, field: &str) -> Condition {
        let text = |text| Atom::text(field, text, Case::Ignored);
        let number = |bound| Atom::test(field, Asks::Number(bound));
        match self {
            Self::Equal(wanted) => text(Text::Equal(wanted.clone())),
            Self::EqualNumber(wanted) => number(Bound::Equal(wanted.clone())),
            Self::Contains(part) => text(Text::Part(Part::Anywhere, part.clone())),
            Self::StartsWith(part) => text(Text::Part(Part::Start, part.clone())),
            Self::EndsWith(part) => text(Text::Part(Part::End, part.clone())),
            Self::Matches(pattern) => Atom::test(field, Asks::Matches(pattern.clone())),
            Self::Within(network, bits) => Atom::test(field, Asks::Within(*network, *bits)),
            Self::More(bound, true) => number(Bound::AtLeast(bound.clone())),
            Self::More(bound, false) => number(Bound::Above(bound.clone())),
            Self::Less(bound, true) => number(Bound::AtMost(bound.clone())),
            Self::Less(bound, false) => number(Bound::Below(bound.clone())),
        }
    }

    fn fits(&self, value: &str) -> bool {
        match self {
            Self::Equal(wanted) => same(value, wanted),
            Self::EqualNumber(wanted) => value.parse::<Decimal>().is_ok_and(|number| number == *wanted),
            Self::Contains(part) => lowered(value).contains(part),
            Self::StartsWith(part) => lowered(value).starts_with(part),
            Self::EndsWith(part) => lowered(value).ends_with(part),
            Self::Matches(pattern) => pattern.is_match(value),
            Self::Within(network, bits) => value.parse().is_ok_and(|address| within(address, *network, *bits)),
            Self::More(bound, inclusive) => {
                value.parse::<Decimal>().is_ok_and(|number| number > *bound || *inclusive && number == *bound)
            }
            Self::Less(bound, inclusive) => {
                value.parse::<Decimal>().is_ok_and(|number| number < *bound || *inclusive && number == *bound)
            }
        }
    }
}

/// Sigma compares without regard to case.
fn same(value: &str, wanted: &str) -> bool {
    value == wanted || value.eq_ignore_ascii_case(wanted) || !value.is_ascii() && lowered(value) == wanted
}

/// Whether an address lies in a network of so many leading bits.
pub(super) fn within(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            u32::from(address) & mask == u32::from(network) & mask
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            u128::from(address) & mask == u128::from(network) & mask
        }
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
    }
}

fn test(key: &str, value: &Value, type_of: TypeOf<'_>, known: &[&str]) -> Result<Test, BadMatch> {
    let mut parts = key.split('|');
    let field = parts.next().unwrap_or_default();
    let Some(kind) = type_of(field) else { return Err(unknown("field", field, known)) };
    let modifiers: Vec<&str> = parts.collect();
    if let Some(wrong) = modifiers.iter().find(|modifier| !MODIFIERS.contains(modifier)) {
        return Err(unknown("modifier", wrong, &MODIFIERS));
    }
    let every = modifiers.contains(&"all");
    let how: Vec<&str> = modifiers.into_iter().filter(|modifier| *modifier != "all").collect();
    let how = match how.as_slice() {
        [] => "",
        [one] => one,
        _ => return Err(BadMatch(format!("`{key}` has more than one way of comparing"))),
    };
    let expect = if how == "exists" {
        Expect::Exists(value.as_bool().ok_or_else(|| BadMatch(format!("`{key}` takes true or false")))?)
    } else {
        let values = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        if values.is_empty() {
            return Err(BadMatch(format!("`{key}` has an empty list, which never matches")));
        }
        Expect::OneOf(values.iter().map(|value| pattern(key, how, kind, value)).collect::<Result<_, _>>()?)
    };
    Ok(Test { field: field.to_owned(), expect, every })
}

fn pattern(key: &str, how: &str, kind: FieldType, value: &Value) -> Result<Pattern, BadMatch> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            return Err(BadMatch(format!("`{key}` takes text, numbers or flags")));
        }
    };
    let number = || text.parse::<Decimal>().map_err(|error| BadMatch(format!("`{key}`: `{text}` is {error}")));
    Ok(match how {
        "contains" => Pattern::Contains(lowered(&text)),
        "startswith" => Pattern::StartsWith(lowered(&text)),
        "endswith" => Pattern::EndsWith(lowered(&text)),
        "re" => Pattern::Matches(
            RegexBuilder::new(&text)
                .size_limit(256 * 1024)
                .build()
                .map_err(|error| BadMatch(format!("`{key}`: {error}")))?,
        ),
        "cidr" => {
            let (network, bits) = network(&text)
                .ok_or_else(|| BadMatch(format!("`{key}`: `{text}` is not a network like 10.0.0.0/8")))?;
            Pattern::Within(network, bits)
        }
        "gt" => Pattern::More(number()?, false),
        "gte" => Pattern::More(number()?, true),
        "lt" => Pattern::Less(number()?, false),
        "lte" => Pattern::Less(number()?, true),
        _ => match kind {
            FieldType::Decimal | FieldType::Integer => Pattern::EqualNumber(number()?),
            FieldType::Word | FieldType::Text | FieldType::Bool | FieldType::Time | FieldType::Ip => {
                Pattern::Equal(lowered(&text))
            }
        },
    })
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) = text.split_once('/')?;
    let (address, bits): (IpAddr, u8) = (address.parse().ok()?, bits.parse().ok()?);
    let most = if address.is_ipv4() { 32 } else { 128 };
    (bits <= most).then_some((address, bits))
}

/// An error for a name that is not in a closed list, with the nearest right word.
fn unknown(what: &str, wrong: &str, known: &[&str]) -> BadMatch {
    BadMatch(match nearest(wrong, known.iter().copied()) {
        Some(right) => format!("unknown {what} `{wrong}`, did you mean `{right}`?"),
        None => format!("unknown {what} `{wrong}`"),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::signal::Facts;

    fn matcher(yaml: &str) -> Result<Matcher, BadMatch> {
        let written: Match = serde_saphyr::from_str(yaml).unwrap();
        let type_of = |field: &str| match field {
            "kind" | "asset" => Some(FieldType::Word),
            "amount" => Some(FieldType::Decimal),
            "ip" => Some(FieldType::Ip),
            _ => None,
        };
        Matcher::new(&written, &type_of, &["kind", "asset", "amount", "ip"])
    }

    #[test]
    fn one_map_means_all_and_a_list_of_maps_means_any() {
        let facts = Facts::new()
            .with("kind", "chain.transfer-in")
            .with("asset", "TRX")
            .with("amount", "100.0")
            .with("ip", "10.1.2.3");
        for (yaml, fits) in [
            ("{kind: chain.transfer-in, asset: trx, amount: 100}", true),
            ("{kind: chain.transfer-in, amount: 99.5}", false),
            ("[{kind: other}, {amount|gte: 100}]", true),
            ("{amount|gt: 100}", false),
            ("{ip|cidr: [192.168.0.0/16, 10.0.0.0/8]}", true),
            ("{kind|startswith: 'chain.', kind|endswith: [-in, -out]}", true),
            ("{kind|contains|all: [chain, transfer]}", true),
            ("{kind|contains|all: [chain, approval]}", false),
            ("{kind|re: '^chain\\.transfer-(in|out)$'}", true),
            ("{asset|exists: false}", false),
        ] {
            assert_eq!(matcher(yaml).unwrap().fits(&facts), fits, "{yaml}");
        }
    }

    #[test]
    fn a_wrong_name_is_refused_with_the_nearest_right_one() {
        assert_eq!(matcher("{asest: x}").unwrap_err().to_string(), "unknown field `asest`, did you mean `asset`?");
        assert_eq!(
            matcher("{asset|contain: x}").unwrap_err().to_string(),
            "unknown modifier `contain`, did you mean `contains`?"
        );
        assert!(matcher("{amount|gt: many}").is_err());
        assert!(matcher("{kind: []}").is_err());
    }

    #[test]
    fn a_matcher_tells_which_kinds_it_can_fire_on() {
        assert_eq!(matcher("{kind: [a, b], amount: 1}").unwrap().pinned("kind"), Some(vec!["a", "b"]));
        assert_eq!(matcher("[{kind: a}, {asset: x}]").unwrap().pinned("kind"), None);
    }

    proptest! {
        #[test]
        fn any_value_from_outside_is_compared_without_a_panic(value in ".*") {
            let facts = Facts::new().with("kind", value.clone()).with("ip", value.clone()).with("amount", value);
            for yaml in ["{ip|cidr: '::/0'}", "{ip|cidr: 0.0.0.0/0}", "{amount|lte: 5}", "{kind|re: '(a|b)*c'}"] {
                let _ = matcher(yaml).unwrap().fits(&facts);
            }
        }
    }
}
