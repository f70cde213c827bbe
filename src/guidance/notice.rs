//! Short notices beside the steps: what was removed from a report, what to do when memory is down.

use serde::{Deserialize, Serialize};

use super::words::notice as say;
use crate::phrase::Secret;
use crate::playbook::Region;
use crate::text::Language;

/// One notice in one language; the id never changes with the wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub id: String,
    pub text: String,
}

impl Notice {
    fn new(id: &str, text: String) -> Self {
        Self { id: id.to_owned(), text }
    }
}

/// The notice for secrets that were found in what a person sent; nothing when none was.
///
/// Moving to a wallet of one's own is the advice for a known key: [RV-SEED], [IM-STOLEN] of the threat reference.
pub fn for_secrets(secrets: &[Secret], language: Language) -> Option<Notice> {
    let wallet = secrets.iter().any(|secret| match secret {
        Secret::RecoveryPhrase | Secret::PrivateKey | Secret::ExtendedKey | Secret::Keystore => true,
        Secret::SessionToken => false,
    });
    if secrets.is_empty() {
        return None;
    }
    let text = if wallet { say::WORDS_REMOVED } else { say::TOKEN_REMOVED };
    Some(Notice::new("secret-removed", text.get(language).to_owned()))
}

/// Whom to call when a life is in danger: the emergency numbers of `help-lines.yaml`. First of all notices.
pub fn for_danger(regions: &[Region], language: Language) -> Option<Notice> {
    let numbers: Vec<String> =
        regions.iter().map(|region| format!("{} {}", place(&region.region, language), region.emergency)).collect();
    if numbers.is_empty() {
        return None;
    }
    let numbers = numbers.join(" · ");
    Some(Notice::new("danger", say::DANGER.with(language, &[("numbers", &numbers)])))
}

/// Where an emergency number is answered, in words; a region without a name of its own keeps its letters.
fn place(region: &str, language: Language) -> &str {
    let say = match region {
        "CN" => say::REGION_CN,
        "HK" => say::REGION_HK,
        "SG" => say::REGION_SG,
        "US" => say::REGION_US,
        "GB" => say::REGION_GB,
        "EU" => say::REGION_EU,
        other => return other,
    };
    say.get(language)
}

/// What a person is told whose report came through the slower lane: how much further back it stands, and why.
pub fn further_back(minutes: i64, language: Language) -> Notice {
    Notice::new("further-back", say::FURTHER_BACK.with(language, &[("minutes", &minutes.to_string())]))
}

/// What a person is told when nothing could be kept: the steps hold, the report must be sent again.
pub fn out_of_order(language: Language) -> Notice {
    Notice::new("not-kept", say::NOT_KEPT.get(language).to_owned())
}
