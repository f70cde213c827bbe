//! What is at stake: value left by bucket, what the thief holds and does, danger to life, and the level that follows.

use serde::{Deserialize, Serialize};

use super::assess::Case;
use super::impact::{self, Bucket, Threat};
use super::odds::Chance;
use crate::playbook::{Able, Activity, Class, Danger, Exposure, Fired, Kind, Remaining, Set, Sets};
use crate::signal::{Decimal, Signal};

/// What the signals say of the stakes, whatever leads.
pub struct Facts {
    pub danger: Option<Danger>,
    /// The kinds whose signs said so.
    dangerous: Vec<String>,
    /// What fired signs and answers of each playbook set, by its id.
    sets: Vec<(String, Sets)>,
    happening_now: bool,
    /// What answers say it is, whatever the odds: the kind that asked, and the kind that is meant.
    meant: Vec<(String, String)>,
    /// Values that are known, by bucket.
    known: Vec<Bucket>,
}

impl Facts {
    /// Whether danger to life was seen by this playbook's own signs: people first.
    pub fn threatens(&self, kind: &Kind) -> bool {
        self.dangerous.contains(&kind.id)
    }

    /// Kinds that asked, with what the answers to them say it is: facts that contradict a routine reading of the words.
    pub fn meant(&self) -> impl Iterator<Item = (&str, &str)> {
        self.meant.iter().map(|(asking, means)| (asking.as_str(), means.as_str()))
    }
}

/// The case as the level table sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    pub exposure: Exposure,
    pub activity: Activity,
    pub remaining: Remaining,
    pub can_act: Able,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<Danger>,
    /// Cents that may still be there.
    pub value_cents: i64,
    /// Whether anybody said how much, or the playbook's own assumption stands.
    pub value_known: bool,
}

impl Situation {
    /// Whether something has left, or is leaving.
    pub fn tells_of_loss(&self) -> bool {
        self.activity == Activity::LeavingNow || self.remaining == Remaining::None
    }
}

/// Collects what is said of the stakes.
pub fn facts(set: &Set, case: &Case<'_>, fired: &[Fired]) -> Facts {
    let mut facts = Facts {
        danger: None,
        dangerous: Vec::new(),
        sets: Vec::new(),
        happening_now: false,
        meant: Vec::new(),
        known: known_values(set, case.signals),
    };
    for hit in fired {
        let kind = &set.kinds[hit.sign.kind as usize];
        facts.note(&kind.id, set.sign(hit.sign).sets);
    }
    for (place, _, answer) in set.chosen(case.answers) {
        facts.note(&set.kinds[place].id, answer.sets);
        facts.meant.extend(answer.means.clone().map(|means| (set.kinds[place].id.clone(), means)));
    }
    facts.happening_now = case.signals.iter().any(|signal| signal.facts.first("happening-now") == Some("true"));
    facts
}

impl Facts {
    fn note(&mut self, kind: &str, sets: Sets) {
        if sets.danger.is_some() {
            self.danger = sets.danger;
            self.dangerous.push(kind.to_owned());
        }
        self.sets.push((kind.to_owned(), sets));
    }
}

/// Values that signals name. What an unproven person claims counts up to the policy's cap, all claims together.
fn known_values(set: &Set, signals: &[Signal]) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = Vec::new();
    let mut claimable = i64::from(set.policy.claimed_value_cap) * 100;
    let mut in_order: Vec<&Signal> = signals.iter().collect();
    in_order.sort_by_key(|signal| (signal.at, signal.id));
    for signal in in_order {
        let place = signal.facts.first("chain").unwrap_or("any");
        if signal.origin.verified {
            buckets.extend(still_there(signal).map(|cents| Bucket {
                place: place.to_owned(),
                asset_class: String::new(),
                same_seed: false,
                cents,
            }));
            continue;
        }
        for amount in signal.facts.get("claimed-usd") {
            let (place, amount) = amount.split_once(' ').unwrap_or((place, amount));
            let Ok(amount) = amount.parse::<Decimal>() else { continue };
            let cents = amount.hundredths().clamp(0, claimable);
            claimable -= cents;
            buckets.push(Bucket { place: place.to_owned(), asset_class: String::new(), same_seed: false, cents });
        }
    }
    buckets
}

/// What a signed source says can still be stopped: a withdrawal that is asked for or held. It counts whole. What a
/// transfer moved is gone and saves nothing.
fn still_there(signal: &Signal) -> impl Iterator<Item = i64> + '_ {
    let stoppable = matches!(signal.kind(), "withdrawal.requested" | "withdrawal.held");
    let sums = signal.facts.get("usd").iter().filter(move |_| stoppable);
    sums.filter_map(|sum| Some(sum.parse::<Decimal>().ok()?.hundredths().max(0)))
}

/// The leading playbook's view: its own stakes, overridden by what its signs and answers set.
pub fn situation(set: &Set, lead: &Kind, facts: &Facts) -> Situation {
    let own: Vec<&Sets> = facts.sets.iter().filter(|(kind, _)| *kind == lead.id).map(|(_, sets)| sets).collect();
    let mut activity = own.iter().filter_map(|sets| sets.activity).max().unwrap_or(lead.stakes.activity);
    if facts.happening_now && lead.class == Class::Security {
        activity = Activity::LeavingNow;
    }
    let known: i64 = facts.known.iter().map(|bucket| bucket.cents).fold(0, i64::saturating_add);
    let counted = (!facts.known.is_empty()).then(|| band(set, known));
    let remaining = match (own.iter().filter_map(|sets| sets.remaining).max(), counted) {
        (None, None) => Remaining::MediumOrUnknown,
        (None, Some(counted)) => counted,
        (Some(said), None) => said,
        (Some(Remaining::None), Some(_)) => Remaining::None,
        // "Something is still there" must not make less of a sum that somebody named.
        (Some(said), Some(counted)) => said.max(counted),
    };
    // Something is left, but the named sums come to nothing: how much is not known, and unknown is not zero.
    let value_known = counted.is_some() && (known > 0 || remaining == Remaining::None);
    let value_cents = match remaining {
        Remaining::None => 0,
        Remaining::Small | Remaining::MediumOrUnknown | Remaining::Large if value_known => known,
        Remaining::Small | Remaining::MediumOrUnknown | Remaining::Large => lead.stakes.assumed_cents,
    };
    Situation {
        exposure: own.iter().filter_map(|sets| sets.exposure).max().unwrap_or(lead.stakes.exposure),
        activity,
        remaining,
        can_act: own.iter().filter_map(|sets| sets.can_act).min().unwrap_or(lead.stakes.can_act),
        danger: facts.danger,
        value_cents,
        value_known,
    }
}

fn band(set: &Set, cents: i64) -> Remaining {
    let bands = &set.policy.remaining;
    match cents / 100 {
        _ if cents <= 0 => Remaining::None,
        dollars if dollars < bands.small => Remaining::Small,
        dollars if dollars < bands.large => Remaining::MediumOrUnknown,
        _ => Remaining::Large,
    }
}

/// What is left, by bucket: known values, or the playbook's assumption when nobody knows.
pub fn buckets(lead: &Kind, facts: &Facts, situation: &Situation) -> Vec<Bucket> {
    if situation.remaining == Remaining::None {
        return Vec::new();
    }
    if !situation.value_known {
        return vec![Bucket {
            place: "any".to_owned(),
            asset_class: String::new(),
            same_seed: false,
            cents: lead.stakes.assumed_cents,
        }];
    }
    facts.known.clone()
}

/// What one playbook alone would cost within the policy's delay: decides which of several leads.
pub fn expected_loss(set: &Set, kind: &Kind, chance: Chance, facts: &Facts) -> i64 {
    let situation = situation(set, kind, facts);
    let threat = Threat { share: chance.share(), half_life: kind.stakes.half_life, reach: &kind.stakes.reach };
    impact::loss(&buckets(kind, facts, &situation), &[threat], set.policy.order.delay)
}

/// Danger to life is level 1; otherwise the table; routine requests are 5 unless something else was found.
pub fn level(set: &Set, lead: &Kind, situation: &Situation) -> u8 {
    if situation.danger.is_some() {
        return 1;
    }
    match lead.class {
        Class::Security => {
            set.policy.level(situation.exposure, situation.activity, situation.remaining, situation.can_act)
        }
        Class::Routine => 5,
    }
}
