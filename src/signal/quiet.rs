//! Which alerts may be set aside for a time: never one that speaks of value on its way out, or of a secret that is out.

use super::Facts;

/// Kinds that a maintenance window or a snooze rule may set aside. What is not here never waits, a new kind included, until
/// somebody has thought about it.
pub const MAY_WAIT: [&str; 20] = [
    "account.changed",
    "account.deactivated",
    "account.locked",
    "account.two-factor-changed",
    "auth.login",
    "auth.login-failed",
    "auth.recon",
    "auth.threat",
    "chain.reading",
    "chain.send-failed",
    "chain.transfer-in",
    "channel.failed",
    "channel.message",
    "device.threat",
    "finding",
    "monitoring.alert",
    "monitoring.resolved",
    "payment.changed",
    "payment.warning",
    "unclassified",
];

/// Whether an alert may be set aside.
pub fn may_wait(facts: &Facts) -> bool {
    facts.first("kind").is_some_and(|kind| MAY_WAIT.contains(&kind))
        && !["secret", "spender", "known-bad"].into_iter().any(|field| facts.has(field))
        && facts.first("direction") != Some("out")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::builtin_files;
    use crate::signal::Vocabulary;

    #[test]
    fn nothing_that_leaves_and_no_secret_ever_waits() {
        let vocabulary = Vocabulary::read(&builtin_files()["vocabulary.yaml"]).unwrap();
        for kind in MAY_WAIT {
            assert!(vocabulary.kinds.contains_key(kind), "{kind}");
            let facts = Facts::new().with("kind", kind);
            assert!(may_wait(&facts), "{kind}");
            assert!(!may_wait(&facts.clone().with("direction", "out")), "{kind} out");
            assert!(!may_wait(&facts.clone().with("secret", "recovery-phrase")), "{kind} with a secret");
            assert!(!may_wait(&facts.with("spender", "0x1")), "{kind} with a spender");
        }
        for kind in vocabulary.kinds.keys() {
            let leaves = ["transfer-out", "approval", "permission", "delegation", "withdrawal", "secret", "repository"];
            if kind == "chain.transfer" || leaves.iter().any(|word| kind.contains(word)) {
                assert!(!may_wait(&Facts::new().with("kind", kind)), "{kind}");
            }
        }
        assert!(!may_wait(&Facts::new()));
    }
}
