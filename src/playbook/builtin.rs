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
        "exchange-account-takeover.yaml",
        "fake-support.yaml",
        "fake-wallet-app.yaml",
        "help-lines.yaml",
        "physical-coercion.yaml",
        "policy.yaml",
        "routine-balance-display.yaml",
        "routine-deposit-not-credited.yaml",
        "routine-market-worry.yaml",
        "routine-other.yaml",
        "routine-password-forgot-seed-held.yaml",
        "routine-tx-pending.yaml",
        "routine-withdrawal-delayed.yaml",
        "seed-phrase-leak.yaml",
        "shared.yaml",
        "suspicious-login.yaml",
        "sweeper-bot.yaml",
        "token-approval-phishing.yaml",
        "tron-permission-hijack.yaml",
        "unauthorized-transfer-unknown.yaml",
        "vocabulary.yaml",
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}
