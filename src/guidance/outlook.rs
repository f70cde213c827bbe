//! The honest state: what can still be saved, what nobody can bring back, and how fast it goes. By kind of exposure, from
//! the playbook's stakes and what is known. Sources are tags of the threat reference: [RV-SEED] and [RV-SCAMMED]
//! for words that came out, [TP-APPROVE] for permissions, [SPF-IMP] and [CB-LOCK] for accounts, [SM-TRACE] for freezing,
//! [IM-STOLEN], [TW-COMP], [PH-SCAM] and [MM-HACK] for what is confirmed, [RV-RECOVERY] for promises.

use serde::{Deserialize, Serialize};

use super::words::{Say, outlook as say};
use crate::playbook::{Activity, Class, Exposure, Kind, Remaining};
use crate::scoring::Situation;
use crate::text::Language;

/// What a person can hope for, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    pub can: Vec<String>,
    pub cannot: Vec<String>,
    /// Whether minutes or hours count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub haste: Option<String>,
    /// Nothing is left to save: what can be done is no saving.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

/// Where what a kind can reach is kept. What helps in the one place is what thieves ask for in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeping {
    OwnWallet,
    Account,
    Either,
}

impl Keeping {
    fn of(kind: &Kind) -> Self {
        let reach = &kind.stakes.reach;
        let share = |bucket: &str| reach.get(bucket).copied();
        let account = share("custodial").or_else(|| share("any")).is_some_and(|share| share > 0.0);
        let own = reach.iter().any(|(bucket, share)| bucket != "custodial" && *share > 0.0);
        match (own, account) {
            (true, false) => Self::OwnWallet,
            (false, true) => Self::Account,
            (true, true) | (false, false) => Self::Either,
        }
    }
}

/// What can be saved, and how.
fn save(kind: &Kind, exposure: Exposure) -> Say {
    match (exposure, Keeping::of(kind)) {
        (Exposure::Secret | Exposure::None, Keeping::Account) | (Exposure::Account, _) => say::ACCOUNT,
        (Exposure::Secret, Keeping::OwnWallet) => say::SECRET_OWN,
        (Exposure::Secret, Keeping::Either) => say::SECRET,
        (Exposure::Permission, _) => say::PERMISSION,
        (Exposure::None, Keeping::OwnWallet | Keeping::Either) => say::NONE,
    }
}

/// Below this half-life minutes count, below the other hours do.
const FAST: i64 = 120;
const SLOW: i64 = 24 * 60;

/// The honest state of an incident; nothing for a routine request, and nothing where a life is in danger: money can wait.
pub fn outlook(kind: &Kind, situation: &Situation, language: Language) -> Option<Outlook> {
    if kind.class == Class::Routine || situation.danger.is_some() {
        return None;
    }
    let gone = situation.remaining == Remaining::None;
    let moved = gone || situation.activity != Activity::NoneSeen;
    let save = save(kind, situation.exposure);
    let lost = (situation.exposure == Exposure::Secret).then_some(say::SECRET_LOST);
    let half_life = kind.stakes.half_life.minutes();
    let haste = if gone || half_life > SLOW {
        None
    } else if half_life > FAST {
        Some(say::HOURS)
    } else {
        Some(say::MINUTES)
    };
    let said = |text: Say| text.get(language).to_owned();
    let all = |items: &[Option<Say>]| items.iter().flatten().map(|text| said(*text)).collect();
    Some(Outlook {
        can: all(&[Some(if gone { say::NOTHING_LEFT } else { save }), moved.then_some(say::FREEZE)]),
        cannot: all(&[lost, Some(say::CONFIRMED), moved.then_some(say::PROMISES)]),
        haste: haste.map(said),
        gone,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::{Able, Danger, Set, builtin_files, compile};

    fn builtin() -> Set {
        compile(&builtin_files(), String::new()).ok().unwrap()
    }

    fn situation(exposure: Exposure, remaining: Remaining) -> Situation {
        Situation {
            exposure,
            activity: Activity::Attempted,
            remaining,
            can_act: Able::Yes,
            danger: None,
            value_cents: 0,
            value_known: false,
        }
    }

    #[test]
    fn every_security_kind_is_honest_and_no_two_exposures_say_the_same_where_wallets_are_reached() {
        let set = builtin();
        for kind in set.kinds.iter().filter(|kind| kind.class == Class::Security) {
            let mut said: Vec<String> = Vec::new();
            let wallets = Keeping::of(kind) != Keeping::Account;
            for exposure in [Exposure::None, Exposure::Account, Exposure::Permission, Exposure::Secret] {
                for language in [Language::En, Language::Zh, Language::ZhHant] {
                    let told = outlook(kind, &situation(exposure, Remaining::Large), language).unwrap();
                    assert!(!told.cannot.is_empty(), "{}", kind.id);
                    assert!(!wallets || !said.contains(&told.can[0]), "{}", kind.id);
                    said.push(told.can[0].clone());
                }
            }
        }
    }

    #[test]
    fn nobody_with_an_account_alone_is_told_to_move_it_or_that_it_is_safe() {
        let set = builtin();
        let told = |id: &str, exposure| {
            let situation = situation(exposure, Remaining::Large);
            outlook(set.kind(id).unwrap(), &situation, Language::En).unwrap().can.remove(0)
        };
        for id in ["suspicious-login", "exchange-account-takeover", "two-factor-disabled"] {
            for exposure in [Exposure::None, Exposure::Account, Exposure::Secret] {
                assert!(told(id, exposure).contains("Move nothing out of it"), "{id}");
            }
        }
        for id in ["unauthorized-transfer-unknown", "insider-shared-wallet"] {
            let said = told(id, Exposure::Secret);
            assert!(said.contains("new wallet") && said.contains("never by moving it"), "{id}: {said}");
        }
        assert!(!told("seed-phrase-leak", Exposure::Secret).contains("exchange"), "no account is reached");
    }

    #[test]
    fn where_nothing_is_left_no_hope_and_no_haste_is_made() {
        let set = builtin();
        let kind = set.kind("seed-phrase-leak").unwrap();
        let told = outlook(kind, &situation(Exposure::Secret, Remaining::None), Language::En).unwrap();
        assert!(told.haste.is_none() && told.gone && told.can[0].contains("nothing is left"));
        let left = outlook(kind, &situation(Exposure::Secret, Remaining::Large), Language::En).unwrap();
        assert_eq!(left.haste.as_deref(), Some("Minutes count."));
    }

    #[test]
    fn routine_requests_and_danger_to_life_have_none() {
        let set = builtin();
        let routine = set.kind("routine-tx-pending").unwrap();
        assert!(outlook(routine, &situation(Exposure::None, Remaining::Large), Language::En).is_none());
        let danger = Situation { danger: Some(Danger::Life), ..situation(Exposure::Account, Remaining::Large) };
        assert!(outlook(set.kind("physical-coercion").unwrap(), &danger, Language::En).is_none());
    }
}
