//! What a person adds once the first steps are on the screen: what was tried, on which device, on which network, and when
//! the first sign came. All of it can be skipped.

use serde::{Deserialize, Serialize};

use super::{BadField, Facts};
use crate::phrase::{Secret, scrub};
use crate::text;

/// Characters of what was tried.
pub const TRIED_LIMIT: usize = 2_000;
/// What it happened on.
pub const DEVICES: [&str; 5] = ["this-device", "another-phone", "another-computer", "hardware-wallet", "not-sure"];
/// How long ago the first sign was.
pub const FIRST_SIGNS: [&str; 5] = ["minutes", "hours", "days", "longer", "not-sure"];
/// Networks, as reports name them.
pub const CHAINS: [&str; 7] = ["tron", "ethereum", "bsc", "other-evm", "bitcoin", "solana", "custodial"];

/// The body of `POST /api/v1/cases/{reference}/details`. Not `Debug`: it may hold what must not be logged.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    pub tried: Option<String>,
    pub used_device: Option<String>,
    pub chain: Option<String>,
    pub first_sign: Option<String>,
}

impl Details {
    /// The facts of a signal, and which secrets were taken out of them. Nothing where everything was skipped.
    pub fn read(&self) -> Result<Option<(Facts, Vec<Secret>)>, BadField> {
        let mut facts = Facts::new().with("kind", "details");
        let (mut said, mut secrets) = (false, Vec::new());
        if let Some(tried) = self.tried.as_deref().filter(|tried| !tried.trim().is_empty()) {
            let scrubbed = scrub(tried);
            secrets = scrubbed.removed.iter().map(|removed| removed.secret).collect();
            let tried = text::clean(&scrubbed.text, TRIED_LIMIT)
                .map_err(|_| BadField { field: "tried", rule: "at most 2000 characters, none of them U+0000" })?;
            facts.add("tried", tried);
            said = true;
        }
        for secret in &secrets {
            facts.add("secret", secret.word());
        }
        let chosen = [
            (
                "used-device",
                "used_device",
                &self.used_device,
                &DEVICES[..],
                "a word like this-device or hardware-wallet",
            ),
            ("chain", "chain", &self.chain, &CHAINS[..], "a word like tron or custodial"),
            (
                "first-sign",
                "first_sign",
                &self.first_sign,
                &FIRST_SIGNS[..],
                "minutes, hours, days, longer or not-sure",
            ),
        ];
        for (fact, field, value, known, rule) in chosen {
            let Some(value) = value.as_deref().filter(|value| !value.is_empty()) else { continue };
            if !known.contains(&value) {
                return Err(BadField { field, rule });
            }
            facts.add(fact, value);
            said = true;
        }
        Ok(said.then_some((facts, secrets)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_skipped_says_nothing_and_what_is_chosen_is_kept() {
        assert!(
            Details { tried: Some("  ".into()), chain: Some(String::new()), ..Details::default() }
                .read()
                .unwrap()
                .is_none()
        );
        let details = Details {
            tried: Some("changed the password".into()),
            first_sign: Some("minutes".into()),
            ..Details::default()
        };
        let (facts, secrets) = details.read().unwrap().unwrap();
        assert_eq!((facts.first("tried"), facts.first("first-sign")), (Some("changed the password"), Some("minutes")));
        assert!(secrets.is_empty());
    }

    #[test]
    fn a_phrase_is_out_and_a_word_that_is_not_offered_is_refused() {
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let details = Details { tried: Some(format!("I typed {phrase} again")), ..Details::default() };
        let (facts, secrets) = details.read().unwrap().unwrap();
        assert_eq!(secrets, [Secret::RecoveryPhrase]);
        assert!(!facts.first("tried").unwrap().contains("sausage") && facts.first("secret").is_some());
        let wrong = Details { used_device: Some("fridge".into()), ..Details::default() };
        assert!(wrong.read().is_err_and(|bad| bad.field == "used_device" && !bad.rule.contains("fridge")));
    }
}
