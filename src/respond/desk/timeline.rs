//! One line of time for machine, staff and person: signals, words, deeds.

use crate::audit::Outcome;
use crate::respond::IncidentDetail;
use crate::store::audit;
use crate::store::{Result, Tx};
use crate::time::Timestamp;

/// Entries of the trail that are read.
const MOST: i64 = 300;

/// Whose a moment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    Machine,
    Staff,
    Person,
}

impl Whose {
    pub const ALL: [Self; 3] = [Self::Machine, Self::Staff, Self::Person];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Staff => "staff",
            Self::Person => "person",
        }
    }
}

/// Something on the line of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub whose: Whose,
    /// Who of the staff, or which source.
    pub by: Option<String>,
    /// The word of a deed, the kind of a signal, or where words are from.
    pub what: String,
    /// What was said; nothing for deeds and signals.
    pub text: Option<String>,
    /// The number of the signal on the page.
    pub signal: Option<usize>,
}

/// Everything that happened, the latest first.
pub(super) async fn of(tx: &mut Tx, detail: &IncidentDetail) -> Result<Vec<Moment>> {
    let mut line = Vec::new();
    for (number, signal) in (1..).zip(&detail.signals) {
        let person = signal.endpoint == "report";
        line.push(Moment {
            at: signal.at,
            whose: if person { Whose::Person } else { Whose::Machine },
            by: (!person).then(|| signal.endpoint.clone()),
            what: signal.facts.first("kind").unwrap_or("unclassified").to_owned(),
            text: None,
            signal: Some(number),
        });
    }
    for said in &detail.conversation {
        let person = matches!(said.from, "person" | "letter" | "feedback");
        line.push(Moment {
            at: said.at,
            whose: if person { Whose::Person } else { Whose::Staff },
            by: said.by.clone(),
            what: said.from.to_owned(),
            text: Some(said.text.clone()),
            signal: None,
        });
    }
    let entries = audit::of_object(tx, &format!("incident:{}", detail.id), ("incident.view", MOST)).await?;
    for written in entries.into_iter().filter(|written| written.entry.outcome == Outcome::Done.as_str()) {
        let entry = written.entry;
        let (whose, by) = match entry.actor.split_once(':') {
            Some(("staff", name)) => (Whose::Staff, Some(name.to_owned())),
            Some((_, name)) => (Whose::Machine, Some(name.to_owned())),
            None if entry.actor == "case-holder" => (Whose::Person, None),
            None => (Whose::Machine, None),
        };
        line.push(Moment { at: entry.at, whose, by, what: entry.action, text: None, signal: None });
    }
    line.sort_by_key(|moment| std::cmp::Reverse(moment.at));
    Ok(line)
}
