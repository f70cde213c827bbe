//! The playbooks that are compiled in, so that one binary is enough.

use super::Files;

/// Names a file of `playbooks/` once, for its name and its text.
macro_rules! playbook_files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../playbooks/", $name)))),*]
    };
}

/// The default set: every file of `playbooks/`.
pub fn builtin_files() -> Files {
    let files = playbook_files![
        "address-poisoning.yaml",
        "airdrop-phishing.yaml",
        "api-key-abuse.yaml",
        "clipboard-hijacker.yaml",
        "crisis.yaml",
        "device-malware.yaml",
        "eip7702-malicious-delegation.yaml",
        "email-takeover.yaml",
        "exchange-account-takeover.yaml",
        "fake-support.yaml",
        "fake-wallet-app.yaml",
        "frames.yaml",
        "help-lines.yaml",
        "honeypot-token.yaml",
        "insider-shared-wallet.yaml",
        "lost-stolen-device.yaml",
        "malicious-browser-extension.yaml",
        "malicious-dapp-session.yaml",
        "permit-signature-phishing.yaml",
        "physical-coercion.yaml",
        "pig-butchering.yaml",
        "policy.yaml",
        "protocol-exploit.yaml",
        "recovery-scam.yaml",
        "remote-control-scam.yaml",
        "routine-add-network.yaml",
        "routine-balance-display.yaml",
        "routine-deposit-not-credited.yaml",
        "routine-gas-insufficient.yaml",
        "routine-market-worry.yaml",
        "routine-other.yaml",
        "routine-password-forgot-seed-held.yaml",
        "routine-security-question.yaml",
        "routine-spam-token-received.yaml",
        "routine-tx-pending.yaml",
        "routine-withdrawal-delayed.yaml",
        "routine-wrong-network.yaml",
        "seed-phrase-leak.yaml",
        "shared.yaml",
        "sim-swap.yaml",
        "solana-authority-phishing.yaml",
        "suspicious-login.yaml",
        "sweeper-bot.yaml",
        "token-approval-phishing.yaml",
        "tron-permission-hijack.yaml",
        "two-factor-disabled.yaml",
        "unauthorized-transfer-unknown.yaml",
        "vocabulary.yaml",
        "wallet-supply-chain.yaml",
        "withdrawal-whitelist-changed.yaml",
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_compiled_in() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks")).unwrap();
        let paths = folder.map(|entry| entry.unwrap().path());
        let files = paths.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
        let mut names: Vec<String> =
            files.map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(builtin_files().into_keys().collect::<Vec<_>>(), names);
    }
}
