//! The honest state: what can still be saved, what nobody can bring back, and how fast it goes. By kind of exposure, from
//! the playbook's stakes and what is known. Sources are tags of the threat reference.

use serde::{Deserialize, Serialize};

use crate::playbook::{Activity, Class, Exposure, Kind, Remaining};
use crate::scoring::Situation;
use crate::text::{Language, traditional};

/// What a person can hope for, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    pub can: Vec<String>,
    pub cannot: Vec<String>,
    /// Whether minutes or hours count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub haste: Option<String>,
}

type Say = (&'static str, &'static str);

// [RV-SEED], [RV-SCAMMED]
const SECRET: Say = (
    "What has not left yet can be saved, by moving it to a new wallet that you make yourself.",
    "还没被转走的都还有救：转到您自己新建的钱包里。",
);
const SECRET_LOST: Say = (
    "The old wallet cannot be made safe again. No new password and no revoked permission changes that.",
    "旧钱包不会再安全了，改密码、取消授权都没有用。",
);
// [RV-SCAMMED], [TP-APPROVE]
const PERMISSION: Say = (
    "They hold a way in, not everything: what it does not reach, or has not taken yet, can be saved.",
    "对方拿到的是一条通道，不是全部：它够不到的、还没转走的，都还有救。",
);
// [SPF-IMP], [CB-LOCK]
const ACCOUNT: Say = (
    "What is still in the account can be saved where it is: locked and held. It need not be moved, whoever says so.",
    "还在账户里的，留在原处就能保住：锁定、拦截。不需要转到别处，谁让您转都不要转。",
);
const NONE: Say = (
    "What you still have stays yours as long as you send, sign and type nothing more for them.",
    "只要不再替对方转账、签名、输入，您手里剩下的就还是您的。",
);
// [SM-TRACE]
const FREEZE: Say = (
    "Stolen USDT or USDC can sometimes be frozen in the first hours, or what reached an exchange held there. It takes a police report.",
    "被盗的 USDT、USDC 有时能在最初几小时内冻结，进了交易所的也可能被拦下。都需要先报警。",
);
const NOTHING_LEFT: Say = (
    "As you tell it, nothing is left here to save. Reporting it, keeping the evidence and protecting your other wallets is what helps now.",
    "照您说的，这里已经没有可救的了。现在有用的是：报警、留好证据、保护好其他钱包。",
);
// [IM-STOLEN], [TW-COMP], [PH-SCAM], [MM-HACK]
const CONFIRMED: Say = (
    "A transfer that the chain has confirmed can be undone by nobody: not by us, not by the maker of the wallet.",
    "链上已经确认的转账谁也撤不回来，我们不能，钱包官方也不能。",
);
// [RV-RECOVERY]
const PROMISES: Say = (
    "Nobody can promise to get it back. Whoever does, and wants to be paid first, is the next thief.",
    "没有人能保证追回。谁保证追回又要您先付钱，谁就是下一个骗子。",
);
const MINUTES: Say = ("Minutes count.", "要争分夺秒。");
const HOURS: Say = ("Hours count.", "最好在几小时内做完。");

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
    let save = match situation.exposure {
        Exposure::Secret => SECRET,
        Exposure::Permission => PERMISSION,
        Exposure::Account => ACCOUNT,
        Exposure::None => NONE,
    };
    let lost = (situation.exposure == Exposure::Secret).then_some(SECRET_LOST);
    let half_life = kind.stakes.half_life.minutes();
    let haste = if gone || half_life > SLOW {
        None
    } else if half_life > FAST {
        Some(HOURS)
    } else {
        Some(MINUTES)
    };
    let said = |(en, zh): Say| match language {
        Language::En => en.to_owned(),
        Language::Zh => zh.to_owned(),
        Language::ZhHant => traditional(zh),
    };
    let all = |items: &[Option<Say>]| items.iter().flatten().map(|text| said(*text)).collect();
    Some(Outlook {
        can: all(&[Some(if gone { NOTHING_LEFT } else { save }), moved.then_some(FREEZE)]),
        cannot: all(&[lost, Some(CONFIRMED), moved.then_some(PROMISES)]),
        haste: haste.map(said),
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
    fn every_security_kind_is_honest_and_no_two_exposures_say_the_same() {
        let set = builtin();
        for kind in set.kinds.iter().filter(|kind| kind.class == Class::Security) {
            let mut said: Vec<String> = Vec::new();
            for exposure in [Exposure::None, Exposure::Account, Exposure::Permission, Exposure::Secret] {
                for language in [Language::En, Language::Zh, Language::ZhHant] {
                    let told = outlook(kind, &situation(exposure, Remaining::Large), language).unwrap();
                    assert!(!told.cannot.is_empty() && !said.contains(&told.can[0]), "{}", kind.id);
                    said.push(told.can[0].clone());
                }
            }
        }
    }

    #[test]
    fn where_nothing_is_left_no_hope_and_no_haste_is_made() {
        let set = builtin();
        let kind = set.kind("seed-phrase-leak").unwrap();
        let told = outlook(kind, &situation(Exposure::Secret, Remaining::None), Language::En).unwrap();
        assert!(told.haste.is_none() && told.can[0].contains("nothing is left"));
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
