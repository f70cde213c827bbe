//! What was sent, what was acknowledged, and what the house shows of it afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Mutex;

use serde_json::Value;

/// One thing that a client sent, known by a word in it that stands nowhere else.
#[derive(Clone)]
pub struct Sent {
    pub round: u32,
    pub what: What,
    /// The body of the answer with 2xx.
    pub acknowledged: Option<Value>,
}

#[derive(Clone)]
pub enum What {
    Alert {
        body: Vec<u8>,
    },
    Report {
        body: Value,
        key: String,
    },
    /// Words of a case holder; there is no way to send them again as the same.
    Message,
}

/// An incident as staff read it.
struct Seen {
    version: i64,
    /// Marks in its signals, one entry a signal or message.
    marks: Vec<String>,
    accounts: BTreeSet<String>,
    references: Vec<String>,
}

#[derive(Default)]
pub struct Ledger {
    sent: Mutex<BTreeMap<String, Sent>>,
    seen: BTreeMap<String, Seen>,
}

/// What is wrong, by mark, account or reference.
#[derive(Default)]
pub struct Findings {
    pub lost: BTreeSet<String>,
    pub doubled: BTreeSet<String>,
}

impl Findings {
    pub fn is_clean(&self) -> bool {
        self.lost.is_empty() && self.doubled.is_empty()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "lost {:?}, doubled {:?}", self.lost, self.doubled)
    }
}

/// What was acknowledged before a kill or after, by sort.
pub struct Counts {
    pub acknowledged: usize,
    alerts: usize,
    reports: usize,
    messages: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} alerts, {} reports, {} messages", self.alerts, self.reports, self.messages)
    }
}

impl Ledger {
    /// Written before anything is sent.
    pub fn note(&self, mark: &str, sent: Sent) {
        self.sent.lock().unwrap().insert(mark.to_owned(), sent);
    }

    pub fn acknowledge(&self, mark: &str, answer: Value) {
        self.sent.lock().unwrap().get_mut(mark).unwrap().acknowledged = Some(answer);
    }

    pub fn of_round(&self, round: u32) -> Vec<(String, Sent)> {
        let sent = self.sent.lock().unwrap();
        sent.iter().filter(|(_, sent)| sent.round == round).map(|(mark, sent)| (mark.clone(), sent.clone())).collect()
    }

    pub fn counts(&self) -> Counts {
        let sent = self.sent.lock().unwrap();
        let of = |is: &dyn Fn(&What) -> bool| {
            sent.values().filter(|sent| sent.acknowledged.is_some() && is(&sent.what)).count()
        };
        Counts {
            acknowledged: of(&|_| true),
            alerts: of(&|what| matches!(what, What::Alert { .. })),
            reports: of(&|what| matches!(what, What::Report { .. })),
            messages: of(&|what| matches!(what, What::Message)),
        }
    }

    pub fn incidents(&self) -> usize {
        self.seen.len()
    }

    /// Whether an incident is known in this version.
    pub fn knows(&self, id: &str, version: i64) -> bool {
        self.seen.get(id).is_some_and(|seen| seen.version == version)
    }

    /// Takes down what staff read of an incident.
    pub fn see(&mut self, id: &str, incident: &Value) {
        let list = |name: &str| incident[name].as_array().cloned().unwrap_or_default();
        let facts: Vec<Value> = list("signals").into_iter().map(|signal| signal["facts"].clone()).collect();
        let messages = list("conversation").into_iter().filter(|entry| entry["from"] == "person");
        let words = facts
            .iter()
            .filter(|facts| facts["kind"] != "message")
            .map(|facts| format!("{} {}", facts["title"], facts["text"]));
        let words = words.chain(messages.map(|entry| entry["text"].to_string()));
        let seen = Seen {
            version: incident["version"].as_i64().unwrap(),
            marks: words.filter_map(|words| mark_in(&words)).collect(),
            // by their titles, which name the account: the field itself is masked
            accounts: facts
                .iter()
                .filter_map(|facts| Some(facts["title"].as_str()?.split_once(" of ")?.1.to_owned()))
                .collect(),
            references: list("references")
                .iter()
                .filter_map(|reference| reference.as_str())
                .map(str::to_owned)
                .collect(),
        };
        self.seen.insert(id.to_owned(), seen);
    }

    /// Holds everything that was ever sent against everything that was read.
    pub fn compare(&self, findings: &mut Findings) {
        let sent = self.sent.lock().unwrap();
        let count = |all: &mut dyn Iterator<Item = &String>| {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            all.for_each(|one| *counts.entry(one.clone()).or_default() += 1);
            counts
        };
        let marks = count(&mut self.seen.values().flat_map(|seen| &seen.marks));
        findings.lost.extend(
            sent.iter()
                .filter(|(mark, sent)| sent.acknowledged.is_some() && !marks.contains_key(*mark))
                .map(|(mark, _)| mark.clone()),
        );
        let accounts = count(&mut self.seen.values().flat_map(|seen| &seen.accounts));
        let references = count(&mut self.seen.values().flat_map(|seen| &seen.references));
        for counts in [marks, accounts, references] {
            findings.doubled.extend(counts.into_iter().filter(|(_, count)| *count > 1).map(|(what, _)| what));
        }
        let cases = self.seen.values().map(|seen| seen.references.len()).sum::<usize>();
        let reports = sent.values().filter(|sent| matches!(sent.what, What::Report { .. })).count();
        if cases > reports {
            findings.doubled.insert(format!("{cases} cases from {reports} reports"));
        }
    }
}

/// The mark in a text: `mark-` and what follows up to the next blank or quote.
fn mark_in(words: &str) -> Option<String> {
    let from = words.find("mark-")?;
    let mark = words[from..].split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').next()?;
    Some(mark.to_owned())
}
