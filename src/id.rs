//! Identifiers and the source of chance they are made from.
//!
//! Every identifier is a UUIDv7, so rows made later sort later. What a name *opens* (links, codes) is `access`'s matter.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::time::Timestamp;

/// Where unpredictable bytes come from; the house gives the operating system's, tests give a seeded one.
pub trait Random: Send + Sync {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The kinds of thing that have identifiers; none of these is ever made.
pub mod of {
    pub enum Incident {}
    pub enum Signal {}
    pub enum Case {}
    pub enum Message {}
    pub enum Progress {}
    pub enum Request {}
    pub enum Note {}
    pub enum Verdict {}
    pub enum Token {}
    pub enum Unmapped {}
    pub enum Conflict {}
    pub enum Feedback {}
    pub enum Notice {}
    pub enum Copied {}
    pub enum Person {}
    pub enum Factor {}
    pub enum Quiet {}
    pub enum SetAside {}
    pub enum PrivacyRequest {}
    pub enum Undo {}
    pub enum Reveal {}
    pub enum Order {}
    pub enum Posted {}
    pub enum Alarm {}
    pub enum Brake {}
    pub enum Told {}
    pub enum Address {}
}

/// An identifier of one kind of thing; the kind keeps an incident's id from being used as a signal's.
pub struct Id<T> {
    uuid: Uuid,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// A new identifier for something that came to be `now`.
    pub fn new(now: Timestamp, random: &dyn Random) -> Self {
        let mut bytes = [0; 10];
        random.fill(&mut bytes);
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        Self { uuid: uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid(), kind: PhantomData }
    }

    /// The bytes, for binding a seal to its row.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.uuid.as_bytes()
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.hyphenated().fmt(f)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not a UUID in its hyphenated form.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an identifier")]
pub struct NotAnId;

impl<T> FromStr for Id<T> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.len() != 36 {
            return Err(NotAnId);
        }
        let uuid = Uuid::try_parse(text).map_err(|_| NotAnId)?;
        Ok(Self { uuid, kind: PhantomData })
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);

    impl Random for Fixed {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    #[test]
    fn later_ids_sort_later_and_survive_printing() {
        let early = Id::<()>::new(Timestamp::from_millis(1_000), &Fixed(255));
        let late = Id::<()>::new(Timestamp::from_millis(1_001), &Fixed(0));
        assert!(early < late);
        assert_eq!(late.to_string().parse(), Ok(late));
        assert_eq!("x".parse::<Id<()>>(), Err(NotAnId));
    }
}
