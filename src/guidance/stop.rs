//! The one interrupt: what is said before somebody sends, pays or types what they would lose, and after words came out.
//!
//! Sources are tags of the threat reference.

use serde::{Deserialize, Serialize};

use super::words::{Say, stop as say};
use crate::phrase::Secret;
use crate::playbook::{Class, Set, Stop};
use crate::scoring::Assessment;
use crate::signal::Signal;
use crate::text::Language;

/// A kind that is less likely than this, in parts per million, interrupts nobody who has a routine request.
const LIKELY: u32 = 100_000;

/// An interrupt in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopPage {
    pub id: String,
    pub title: String,
    pub why: String,
    /// What to do in the next five minutes, in order.
    pub now: Vec<String>,
}

/// What a person is about to do by this signal, the worst first; or what was taken out of it. A routine request for a fee
/// is none: what a sign sets counts in an incident, or where its kind is likely.
pub fn stop_in(set: &Set, signal: &Signal, (judged, secrets): (&Assessment, &[Secret])) -> Option<Stop> {
    let likely = |kind: &str| {
        let found = judged.standings.iter().find(|standing| standing.kind == kind);
        found.is_some_and(|standing| standing.chance.parts() >= LIKELY)
    };
    let fired = set.recognise(std::slice::from_ref(signal));
    let about_to = fired.iter().filter_map(|fired| {
        let stop = set.sign(fired.sign).sets.stop?;
        let kind = set.kinds.get(fired.sign.kind as usize)?;
        (judged.class == Class::Security || likely(&kind.id)).then_some(stop)
    });
    stop_for_secrets(secrets).into_iter().chain(about_to).min()
}

/// What is said after the scrubber took something out.
pub fn stop_for_secrets(secrets: &[Secret]) -> Option<Stop> {
    let removed = secrets.iter().map(|secret| match secret {
        Secret::RecoveryPhrase | Secret::PrivateKey | Secret::ExtendedKey | Secret::Keystore => Stop::WordsRemoved,
        Secret::SessionToken => Stop::TokenRemoved,
    });
    removed.min()
}

/// The words of an interrupt.
pub fn stop_page(stop: Stop, language: Language) -> StopPage {
    let (title, why, now) = words(stop);
    let said = |text: Say| text.get(language).to_owned();
    StopPage {
        id: stop.as_str().to_owned(),
        title: said(title),
        why: said(why),
        now: now.iter().map(|text| said(*text)).collect(),
    }
}

fn words(stop: Stop) -> (Say, Say, &'static [Say]) {
    match stop {
        // [RV-SEED], [IM-STOLEN]: only moving helps. [SEAL-MALWARE]: tokens before the coin that pays fees.
        Stop::WordsRemoved => (
            say::WORDS_REMOVED_TITLE,
            say::WORDS_REMOVED_WHY,
            &[say::WORDS_REMOVED_FIRST, say::WORDS_REMOVED_SECOND, say::WORDS_REMOVED_THIRD, say::WORDS_REMOVED_FOURTH],
        ),
        // [PH-SCAM], [PH-SEC], [RV-SEED], [SEAL-SEED]
        Stop::TypeWords => (
            say::TYPE_WORDS_TITLE,
            say::TYPE_WORDS_WHY,
            &[say::TYPE_WORDS_FIRST, say::TYPE_WORDS_SECOND, say::TYPE_WORDS_THIRD],
        ),
        // [RV-RECOVERY], [FBI-RECOV], [FB-WH], [SEAL-911]
        Stop::PayFee => {
            (say::PAY_FEE_TITLE, say::PAY_FEE_WHY, &[say::PAY_FEE_FIRST, say::PAY_FEE_SECOND, say::PAY_FEE_THIRD])
        }
        // [MM-SWEEP], [MM-HACK], [RV-SEED]: bots win the race. [SEAL-MALWARE]: released coins land in the bot's reach.
        Stop::FundAddress => (
            say::FUND_ADDRESS_TITLE,
            say::FUND_ADDRESS_WHY,
            &[say::FUND_ADDRESS_FIRST, say::FUND_ADDRESS_SECOND, say::FUND_ADDRESS_THIRD, say::FUND_ADDRESS_FOURTH],
        ),
        Stop::TokenRemoved => {
            (say::TOKEN_REMOVED_TITLE, say::TOKEN_REMOVED_WHY, &[say::TOKEN_REMOVED_FIRST, say::TOKEN_REMOVED_SECOND])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interrupt_has_its_words_in_every_language() {
        for stop in Stop::ALL {
            let (en, zh) = (stop_page(stop, Language::En), stop_page(stop, Language::Zh));
            assert_eq!((en.now.len(), en.id.as_str()), (zh.now.len(), stop.as_str()));
            let hant = stop_page(stop, Language::ZhHant);
            let han = |text: &String| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
            assert!(!han(&en.title) && !han(&en.why) && !en.now.iter().any(han));
            for page in [zh, hant] {
                assert!(han(&page.title) && han(&page.why) && page.now.iter().all(han), "{}", page.id);
            }
        }
    }
}
