//! What the words of labelled rows stand for: kinds by their own id, and older names by a table.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

use crate::playbook::{Set, unknown};

/// Names that labelled collections use, and the playbooks that answer such reports; any of several is right.
const KNOWN: [(&str, &[&str]); 31] = [
    ("seed-leak", &["seed-phrase-leak"]),
    ("approval-phishing", &["token-approval-phishing"]),
    ("permit-signature", &["permit-signature-phishing"]),
    ("tron-multisig", &["tron-permission-hijack"]),
    ("eip7702-delegation", &["eip7702-malicious-delegation"]),
    ("clipboard-malware", &["clipboard-hijacker", "device-malware"]),
    ("fake-app", &["fake-wallet-app"]),
    ("insider-theft", &["insider-shared-wallet"]),
    ("custodial-takeover", &["exchange-account-takeover"]),
    ("malicious-dapp", &["malicious-dapp-session"]),
    ("stolen-device", &["lost-stolen-device"]),
    ("investment-scam", &["pig-butchering"]),
    ("unknown-theft", &["unauthorized-transfer-unknown"]),
    ("pending-tx", &["routine-tx-pending"]),
    ("deposit-missing", &["routine-deposit-not-credited"]),
    ("withdrawal-delay", &["routine-withdrawal-delayed"]),
    ("display-error", &["routine-balance-display"]),
    ("wrong-network", &["routine-wrong-network"]),
    ("how-to", &["routine-add-network", "routine-other"]),
    ("other-bug", &["routine-other", "routine-add-network"]),
    ("lost-password", &["routine-password-forgot-seed-held"]),
    ("fee-gas", &["routine-gas-insufficient"]),
    ("sim-swap", &["sim-swap"]),
    ("email-takeover", &["email-takeover"]),
    ("suspicious-login", &["suspicious-login"]),
    ("fake-support", &["fake-support"]),
    ("recovery-scam", &["recovery-scam"]),
    ("airdrop-phishing", &["airdrop-phishing"]),
    ("sweeper-bot", &["sweeper-bot"]),
    ("address-poisoning", &["address-poisoning"]),
    ("protocol-exploit", &["protocol-exploit"]),
];

/// Kinds by name.
pub struct Labels(BTreeMap<String, Vec<String>>);

/// One playbook or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Any(Vec<String>),
}

impl Labels {
    /// The built-in table, or one from a file in its place.
    pub fn read(path: Option<&Path>, set: &Set) -> anyhow::Result<Self> {
        let Some(path) = path else {
            let known = KNOWN
                .iter()
                .map(|(name, kinds)| ((*name).to_owned(), kinds.iter().map(|kind| (*kind).to_owned()).collect()));
            return Ok(Self(known.collect()));
        };
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let written: BTreeMap<String, Written> =
            serde_saphyr::from_str(&text).with_context(|| path.display().to_string())?;
        let mut labels = BTreeMap::new();
        for (name, kinds) in written {
            let kinds = match kinds {
                Written::One(kind) => vec![kind],
                Written::Any(kinds) => kinds,
            };
            if let Some(wrong) = kinds.iter().find(|kind| set.kind(kind).is_none()) {
                let known: Vec<&str> = set.kinds.iter().map(|kind| kind.id.as_str()).collect();
                anyhow::bail!("{}: {name}: {}", path.display(), unknown("playbook", wrong, &known));
            }
            labels.insert(name, kinds);
        }
        Ok(Self(labels))
    }

    /// The playbooks that are right for a row of this name; none when nobody knows it.
    pub fn kinds(&self, name: &str, set: &Set) -> Vec<String> {
        if let Some(kinds) = self.0.get(name) {
            return kinds.clone();
        }
        set.kind(name).map(|kind| kind.id.clone()).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::assess::set;

    #[test]
    fn every_name_stands_for_playbooks_that_exist_and_a_file_takes_the_place_of_the_table() {
        let set = set(None).unwrap();
        let labels = Labels::read(None, &set).unwrap();
        for (name, kinds) in KNOWN {
            assert!(kinds.iter().all(|kind| set.kind(kind).is_some()), "{name}");
        }
        assert_eq!(labels.kinds("how-to", &set).len(), 2);
        assert_eq!(labels.kinds("crisis", &set), ["crisis"]);
        assert!(labels.kinds("weather", &set).is_empty());

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("labels.yaml");
        std::fs::write(&file, "theft: unauthorized-transfer-unknown\nchat: [routine-other]\n").unwrap();
        assert_eq!(Labels::read(Some(&file), &set).unwrap().kinds("theft", &set), ["unauthorized-transfer-unknown"]);
        std::fs::write(&file, "theft: sim-swop\n").unwrap();
        let Err(error) = Labels::read(Some(&file), &set) else { panic!("must be refused") };
        assert!(error.to_string().contains("sim-swap"), "{error}");
    }
}
