//! What a backend answers: data that is checked, never shown as it is and never believed beyond the one order (NET-06).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What an order would touch, in counts, as the backend tells before anything is done. Names that we do not know are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Affects(BTreeMap<&'static str, u32>);

impl Affects {
    /// What backends may count.
    pub const NAMES: [&'static str; 5] =
        ["sessions", "pending-withdrawals", "open-orders", "api-keys", "scheduled-payments"];

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.0.iter().map(|(name, count)| (*name, *count))
    }
}

/// What the backend says of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Carried out, now or before.
    Done,
    /// Not carried out, and never to be under this key; with the backend's word for it.
    Refused(String),
    /// Taken, not carried out yet.
    Working,
    /// No order with this key ever came.
    NeverSeen,
    /// What it would touch; nothing was done.
    WouldTouch(Affects),
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub said: Said,
}

/// The answer does not have the form that the protocol gives it, or speaks of another order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an answer of the protocol")]
pub struct BadAnswer;

#[derive(Deserialize)]
struct Written {
    key: String,
    state: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    affects: BTreeMap<String, u32>,
}

impl Answer {
    /// Reads an answer that must speak of `key`.
    pub fn read(body: &[u8], key: &str) -> Result<Self, BadAnswer> {
        let written: Written = serde_json::from_slice(body).map_err(|_| BadAnswer)?;
        if written.key != key {
            return Err(BadAnswer);
        }
        let said = match written.state.as_str() {
            "done" => Said::Done,
            "refused" => Said::Refused(word(&written.reason)),
            "working" => Said::Working,
            "never-seen" => Said::NeverSeen,
            "would-touch" => {
                let named = Affects::NAMES.into_iter();
                Said::WouldTouch(Affects(named.filter_map(|name| Some((name, *written.affects.get(name)?))).collect()))
            }
            _ => return Err(BadAnswer),
        };
        Ok(Self { said })
    }
}

/// The backend's word if it is one of plain letters, else a word of ours: free text of others goes nowhere.
fn word(reason: &str) -> String {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if (1..=40).contains(&reason.len()) && reason.chars().all(plain) { reason.to_owned() } else { "refused".to_owned() }
}
