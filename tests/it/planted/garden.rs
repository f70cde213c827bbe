//! Secrets to plant, each in a text that carries it, and a count of the fields they went into.

use std::collections::BTreeMap;
use std::sync::Mutex;

use holdfast::phrase::sample::{Draw, Planted, planted};
use reqwest::header::HeaderValue;

use super::hunt::Hunt;

/// Every so many plants, a raw private key goes in place of a phrase.
const KEY_EVERY: u64 = 10;

/// Delivery ids draw their phrases from here on.
const IDS: u64 = 100_000_000;

/// How the keys are introduced: bare digits are as often a transaction hash.
const KEY_CUES: [&str; 4] = ["my private key is ", "private key: 0x", "私钥：", "priv key = "];

#[derive(Default)]
pub struct Garden(Mutex<Grown>);

#[derive(Default)]
struct Grown {
    next: u64,
    keys: u64,
    hunt: Hunt,
    /// Plants by the field they went into.
    fields: BTreeMap<&'static str, u64>,
}

impl Garden {
    /// A text with a secret that was never planted before, for this field.
    pub fn text(&self, field: &'static str) -> String {
        let mut grown = self.0.lock().unwrap();
        let number = grown.next;
        grown.next += 1;
        *grown.fields.entry(field).or_default() += 1;
        if number % KEY_EVERY == KEY_EVERY - 1 {
            let mut draw = Draw::new(number);
            let key =
                format!("{:016x}{:016x}{:016x}{:016x}", draw.number(), draw.number(), draw.number(), draw.number());
            grown.keys += 1;
            grown.hunt.add_key(field, &key);
            return format!("{}{key} and it is all gone", draw.one_of(&KEY_CUES));
        }
        let phrase = planted(number);
        grown.hunt.add_phrase(field, &phrase);
        phrase.text
    }

    /// The same on one line, without what a header may not hold.
    pub fn line(&self, field: &'static str) -> HeaderValue {
        let line: String =
            self.text(field).chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        HeaderValue::from_bytes(line.trim().as_bytes()).unwrap()
    }

    /// A phrase as a delivery id may hold it: its words in ASCII letters with underscores between, 128 bytes at most.
    pub fn id(&self, field: &'static str) -> String {
        let fits = |phrase: &Planted| {
            phrase.words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()))
                && phrase.words.join("_").len() <= 128
        };
        let mut grown = self.0.lock().unwrap();
        let from = IDS + grown.next * 1_000;
        let phrase = (from..from + 1_000).map(planted).find(fits).expect("one in ten is short and Latin");
        grown.next += 1;
        *grown.fields.entry(field).or_default() += 1;
        grown.hunt.add_phrase(field, &phrase);
        phrase.words.join("_")
    }

    /// How many there are: all, of which raw keys, and by field.
    pub fn counts(&self) -> (u64, u64, BTreeMap<&'static str, u64>) {
        let grown = self.0.lock().unwrap();
        (grown.next, grown.keys, grown.fields.clone())
    }

    pub fn into_hunt(self) -> Hunt {
        self.0.into_inner().unwrap().hunt
    }
}
