//! What a rule asks of a signal, before it is compiled.

use std::net::IpAddr;

use regex::Regex;

use super::case::Case;
use super::wildcard::Wildcard;
use crate::signal::Decimal;

/// And, or, not over tests of fields. An empty `All` holds always, an empty `Any` never.
#[derive(Debug, Clone)]
pub enum Condition {
    Atom(Atom),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// One test; true when any value of the field passes it. A JSON `null` is no value.
#[derive(Debug, Clone)]
pub struct Atom {
    pub field: String,
    pub asks: Asks,
}

#[derive(Debug, Clone)]
pub enum Asks {
    /// The field is there, whatever it holds.
    Exists,
    Text(Text, Case),
    Number(Bound),
    Matches(Regex),
    /// An address in a network of so many leading bits.
    Within(IpAddr, u8),
    /// The text of another field equals a value of this one, or is that part of it.
    Field(String, Option<Part>, Case),
}

/// A text to compare with; in lower case where case is ignored, which [`Atom::text`] sees to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    Equal(String),
    Part(Part, String),
    Wildcard(Wildcard),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Start,
    End,
    Anywhere,
}

/// Numbers compared exactly; a value that is no plain decimal number passes none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    Equal(Decimal),
    Above(Decimal),
    AtLeast(Decimal),
    Below(Decimal),
    AtMost(Decimal),
}

impl Atom {
    /// A test of a field, as a condition.
    pub fn test(field: &str, asks: Asks) -> Condition {
        Condition::Atom(Self { field: field.to_owned(), asks })
    }

    /// A test of text, folded as its case asks and in the plainest form it has.
    pub fn text(field: &str, text: Text, case: Case) -> Condition {
        let fold = |text: String| match case {
            Case::Ignored => super::lowered(&text),
            Case::Kept => text,
        };
        let text = match text {
            Text::Equal(text) => Text::Equal(fold(text)),
            Text::Part(part, text) => Text::Part(part, fold(text)),
            Text::Wildcard(wildcard) => plainest(match case {
                Case::Ignored => wildcard.lowered(),
                Case::Kept => wildcard,
            }),
        };
        Self::test(field, Asks::Text(text, case))
    }
}

/// Most texts with stars are a prefix, a suffix or a part.
fn plainest(wildcard: Wildcard) -> Text {
    let Some(segments) = wildcard.plain() else { return Text::Wildcard(wildcard) };
    match segments.as_slice() {
        [whole] => Text::Equal(whole.clone()),
        [start, end] if !start.is_empty() && end.is_empty() => Text::Part(Part::Start, start.clone()),
        [start, end] if start.is_empty() && !end.is_empty() => Text::Part(Part::End, end.clone()),
        [start, middle, end] if start.is_empty() && end.is_empty() && !middle.is_empty() => {
            Text::Part(Part::Anywhere, middle.clone())
        }
        _ => Text::Wildcard(wildcard),
    }
}

impl Text {
    /// Whether a value passes, which is in lower case where case is ignored.
    pub fn fits(&self, value: &str) -> bool {
        match self {
            Self::Equal(text) => value == text,
            Self::Part(part, text) => part.of(value, text),
            Self::Wildcard(wildcard) => wildcard.fits(value),
        }
    }
}

impl Part {
    pub fn of(self, value: &str, text: &str) -> bool {
        match self {
            Self::Start => value.starts_with(text),
            Self::End => value.ends_with(text),
            Self::Anywhere => value.contains(text),
        }
    }
}

impl Bound {
    pub fn fits(&self, number: &Decimal) -> bool {
        match self {
            Self::Equal(bound) => number == bound,
            Self::Above(bound) => number > bound,
            Self::AtLeast(bound) => number >= bound,
            Self::Below(bound) => number < bound,
            Self::AtMost(bound) => number <= bound,
        }
    }
}

impl Condition {
    /// Calls for every test, in the order they are written.
    pub fn each_atom<'a>(&'a self, take: &mut impl FnMut(&'a Atom)) {
        match self {
            Self::Atom(atom) => take(atom),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each_atom(take)),
            Self::Not(part) => part.each_atom(take),
        }
    }
}
