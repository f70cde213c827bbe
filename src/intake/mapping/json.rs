//! JSON read strictly and within limits (IN-07, HK-08): no repeated members, no trailing bytes, no lone surrogates, no NUL.
//!
//! Each value is first taken as raw text, so that numbers stay as they were written and no member name can pass for
//! one of `serde_json`'s private marks.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// How much of everything one body may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub bytes: usize,
    /// Objects and lists inside each other.
    pub depth: usize,
    /// Members of all objects together.
    pub members: usize,
    /// Items of all lists together.
    pub items: usize,
    /// Bytes of one text or name, escapes undone.
    pub text: usize,
    /// Characters of one number.
    pub number: usize,
}

impl Limits {
    pub const DEFAULT: Self =
        Self { bytes: 256 * 1024, depth: 32, members: 2_000, items: 10_000, text: 8 * 1024, number: 128 };
}

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undecodable {
    #[error("body has {bytes} bytes, the limit is {limit}")]
    TooLong { bytes: usize, limit: usize },
    #[error("body nests deeper than {0}")]
    TooDeep(usize),
    #[error("body has more than {0} members")]
    TooManyMembers(usize),
    #[error("body has more than {0} list items")]
    TooManyItems(usize),
    #[error("body has a text of more than {0} bytes")]
    TextTooLong(usize),
    #[error("body has a number of more than {0} characters")]
    NumberTooLong(usize),
    #[error("body is not UTF-8")]
    NotUtf8,
    #[error("body is not JSON: {0}")]
    NotJson(String),
    #[error("body is not the form it says it is: {0}")]
    NotAForm(String),
    #[error("body has an object with a repeated member")]
    RepeatedMember,
    #[error("body contains the character U+0000")]
    Nul,
}

impl Undecodable {
    /// Whether a limit was passed, as opposed to a body that is wrong in itself.
    #[must_use]
    pub const fn is_over_limit(&self) -> bool {
        match self {
            Self::TooLong { .. }
            | Self::TooDeep(_)
            | Self::TooManyMembers(_)
            | Self::TooManyItems(_)
            | Self::TextTooLong(_)
            | Self::NumberTooLong(_) => true,
            Self::NotUtf8 | Self::NotJson(_) | Self::NotAForm(_) | Self::RepeatedMember | Self::Nul => false,
        }
    }
}

/// Reads the JSON texts of one body; they share its limits.
pub struct Reader {
    limits: Limits,
    members: usize,
    items: usize,
}

impl Reader {
    pub const fn new(limits: Limits) -> Self {
        Self { limits, members: 0, items: 0 }
    }

    /// The body as text.
    pub fn text<'a>(&self, body: &'a [u8]) -> Result<&'a str, Undecodable> {
        if body.len() > self.limits.bytes {
            return Err(Undecodable::TooLong { bytes: body.len(), limit: self.limits.bytes });
        }
        str::from_utf8(body).map_err(|_| Undecodable::NotUtf8)
    }

    /// One JSON text, for instance the body.
    pub fn read(&mut self, text: &str) -> Result<Value, Undecodable> {
        self.value(serde_json::from_str(text).map_err(|error| not_json(&error))?, 0)
    }

    fn value(&mut self, raw: &RawValue, depth: usize) -> Result<Value, Undecodable> {
        let raw = raw.get();
        match raw.as_bytes().first() {
            Some(b'{') => self.object(raw, depth + 1),
            Some(b'[') => self.list(raw, depth + 1),
            Some(b'"') => Ok(Value::String(self.string(raw)?)),
            Some(b't') => Ok(Value::Bool(true)),
            Some(b'f') => Ok(Value::Bool(false)),
            Some(b'n') => Ok(Value::Null),
            _ if raw.len() > self.limits.number => Err(Undecodable::NumberTooLong(self.limits.number)),
            _ => raw.parse().map(Value::Number).map_err(|error| not_json(&error)),
        }
    }

    fn object(&mut self, raw: &str, depth: usize) -> Result<Value, Undecodable> {
        self.enter(depth)?;
        let Members(members) = serde_json::from_str(raw).map_err(|error| not_json(&error))?;
        self.members += members.len();
        if self.members > self.limits.members {
            return Err(Undecodable::TooManyMembers(self.limits.members));
        }
        let mut object = Map::new();
        for (name, value) in members {
            let name = self.admitted(name)?;
            let value = self.value(value, depth)?;
            if object.insert(name, value).is_some() {
                return Err(Undecodable::RepeatedMember);
            }
        }
        Ok(Value::Object(object))
    }

    fn list(&mut self, raw: &str, depth: usize) -> Result<Value, Undecodable> {
        self.enter(depth)?;
        let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(|error| not_json(&error))?;
        self.items += items.len();
        if self.items > self.limits.items {
            return Err(Undecodable::TooManyItems(self.limits.items));
        }
        items.into_iter().map(|item| self.value(item, depth)).collect::<Result<_, _>>().map(Value::Array)
    }

    fn string(&self, raw: &str) -> Result<String, Undecodable> {
        self.admitted(serde_json::from_str(raw).map_err(|error| not_json(&error))?)
    }

    const fn enter(&self, depth: usize) -> Result<(), Undecodable> {
        if depth > self.limits.depth { Err(Undecodable::TooDeep(self.limits.depth)) } else { Ok(()) }
    }

    fn admitted(&self, text: String) -> Result<String, Undecodable> {
        if text.len() > self.limits.text {
            return Err(Undecodable::TextTooLong(self.limits.text));
        }
        if text.contains('\0') { Err(Undecodable::Nul) } else { Ok(text) }
    }
}

fn not_json(error: &serde_json::Error) -> Undecodable {
    Undecodable::NotJson(error.to_string())
}

/// The members of one object in the order of the text, repeated ones included.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Value, Undecodable> {
        Reader::new(Limits::DEFAULT).read(text)
    }

    #[test]
    fn what_two_parsers_could_read_differently_is_refused() {
        assert_eq!(read(r#"{"a":1,"\u0061":2}"#), Err(Undecodable::RepeatedMember));
        assert_eq!(read(r#"{"a":{"b":1,"c":[{"d":1,"d":1}]}}"#), Err(Undecodable::RepeatedMember));
        assert_eq!(read(r#"{"a":"x\u0000y"}"#), Err(Undecodable::Nul));
        assert_eq!(read(r#"{"\u0000":1}"#), Err(Undecodable::Nul));
        for wrong in [
            "{} {}",
            "{}x",
            "",
            "{'a':1}",
            "[1,]",
            "{\"a\":NaN}",
            "01",
            "+1",
            "1.",
            ".5",
            "\u{feff}{}",
            r#""\ud800""#,
            r#"["\udc00\ud800"]"#,
            "\"\u{1}\"",
            "[1",
            "tru",
        ] {
            assert!(matches!(read(wrong), Err(Undecodable::NotJson(_))), "{wrong}");
        }
    }

    #[test]
    fn numbers_stay_as_they_were_written() {
        let text =
            "[5000.00,115792089237316195423570985008687907853269984665640564039457584007913129639935,-0.10,1e-7]";
        assert_eq!(read(text).unwrap().to_string(), text);
    }

    #[test]
    fn an_object_cannot_pass_for_a_number() {
        let text = r#"{"$serde_json::private::Number":"1"}"#;
        assert!(read(text).unwrap().is_object());
    }

    #[test]
    fn a_body_is_refused_beyond_its_limits() {
        assert!(read(&format!("{}{}", "[".repeat(32), "]".repeat(32))).is_ok());
        assert_eq!(read(&format!("{}{}", "[".repeat(33), "]".repeat(33))), Err(Undecodable::TooDeep(32)));
        assert!(read(&"[".repeat(200_000)).is_err());
        let object = |members: usize| {
            format!("{{{}}}", (0..members).map(|n| format!("\"{n}\":0")).collect::<Vec<_>>().join(","))
        };
        assert!(read(&object(2_000)).is_ok());
        assert_eq!(read(&format!("[{},{{\"a\":1}}]", object(2_000))), Err(Undecodable::TooManyMembers(2_000)));
        assert_eq!(read(&format!("[{}0]", "0,".repeat(10_000))), Err(Undecodable::TooManyItems(10_000)));
        assert!(read(&format!("\"{}\"", "x".repeat(8_192))).is_ok());
        assert_eq!(read(&format!("\"{}\"", "x".repeat(8_193))), Err(Undecodable::TextTooLong(8_192)));
        assert_eq!(read(&"1".repeat(129)), Err(Undecodable::NumberTooLong(128)));
        let reader = Reader::new(Limits { bytes: 3, ..Limits::DEFAULT });
        assert!(reader.text(b"123").is_ok());
        assert!(reader.text(b"1234").unwrap_err().is_over_limit());
        assert_eq!(reader.text(b"\xff"), Err(Undecodable::NotUtf8));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[^\0]{0,8}".prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[^\0]{0,5}", inner, 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn sound_json_reads_as_it_was_meant(value in any_json()) {
            prop_assert_eq!(read(&value.to_string()), Ok(value));
        }
    }
}
