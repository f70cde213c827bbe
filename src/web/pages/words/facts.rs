//! What kinds and fields of signals are called, and why a delivery could not be read.

use super::Say;
use crate::text::Language;

macro_rules! words {
    ($($word:literal: $key:literal;)*) => {
        /// Words of the vocabulary with their texts.
        const WORDS: &[(&str, Say)] = &[$(($word, Say::new($key))),*];
    };
}

words! {
    "report": "facts-report";
    "details": "facts-details";
    "answer": "facts-answer";
    "step-outcome": "facts-step-outcome";
    "message": "facts-message";
    "secret.disclosed": "facts-secret-disclosed";
    "chain.transfer": "facts-chain-transfer";
    "chain.transfer-in": "facts-chain-transfer-in";
    "chain.transfer-out": "facts-chain-transfer-out";
    "chain.nft-transfer": "facts-chain-nft-transfer";
    "chain.approval": "facts-chain-approval";
    "chain.permission-changed": "facts-chain-permission-changed";
    "chain.delegation": "facts-chain-delegation";
    "chain.send-failed": "facts-chain-send-failed";
    "chain.reading": "facts-chain-reading";
    "auth.login": "facts-auth-login";
    "auth.login-failed": "facts-auth-login-failed";
    "auth.threat": "facts-auth-threat";
    "auth.recon": "facts-auth-recon";
    "account.changed": "facts-account-changed";
    "account.locked": "facts-account-locked";
    "account.deactivated": "facts-account-deactivated";
    "account.two-factor-changed": "facts-account-two-factor-changed";
    "account.api-key": "facts-account-api-key";
    "account.allow-list-changed": "facts-account-allow-list-changed";
    "withdrawal.requested": "facts-withdrawal-requested";
    "withdrawal.held": "facts-withdrawal-held";
    "device.threat": "facts-device-threat";
    "finding": "facts-finding";
    "repository.alert": "facts-repository-alert";
    "monitoring.alert": "facts-monitoring-alert";
    "monitoring.resolved": "facts-monitoring-resolved";
    "channel.message": "facts-channel-message";
    "channel.failed": "facts-channel-failed";
    "payment.warning": "facts-payment-warning";
    "payment.changed": "facts-payment-changed";
    "unclassified": "facts-unclassified";
    "kind": "facts-kind";
    "source": "facts-source";
    "severity": "facts-severity";
    "severity-unchecked": "facts-severity-unchecked";
    "proof": "facts-proof";
    "language": "facts-language";
    "title": "facts-title";
    "text": "facts-text";
    "secret": "facts-secret";
    "happening-now": "facts-happening-now";
    "happened": "facts-happened";
    "tried": "facts-tried";
    "used-device": "facts-used-device";
    "first-sign": "facts-first-sign";
    "chain": "facts-chain";
    "family": "facts-family";
    "asset": "facts-asset";
    "amount": "facts-amount";
    "amount-raw": "facts-amount-raw";
    "usd": "facts-usd";
    "usd-cents": "facts-usd-cents";
    "claimed-usd": "facts-claimed-usd";
    "direction": "facts-direction";
    "from": "facts-from";
    "to": "facts-to";
    "spender": "facts-spender";
    "contract": "facts-contract";
    "tx": "facts-tx";
    "transaction": "facts-transaction";
    "block": "facts-block";
    "nonce": "facts-nonce";
    "missing-nonce": "facts-missing-nonce";
    "confirmations": "facts-confirmations";
    "doubt": "facts-doubt";
    "log-index": "facts-log-index";
    "final": "facts-final";
    "removed": "facts-removed";
    "time": "facts-time";
    "account": "facts-account";
    "shown-by": "facts-shown-by";
    "user": "facts-user";
    "login": "facts-login";
    "email": "facts-email";
    "phone": "facts-phone";
    "wallet": "facts-wallet";
    "device": "facts-device";
    "sender": "facts-sender";
    "ip": "facts-ip";
    "country": "facts-country";
    "agent": "facts-agent";
    "outcome": "facts-outcome";
    "event": "facts-event";
    "new-device": "facts-new-device";
    "new-place": "facts-new-place";
    "domain": "facts-domain";
    "url": "facts-url";
    "known-bad": "facts-known-bad";
    "known-bad-value": "facts-known-bad-value";
    "known-bad-list": "facts-known-bad-list";
    "status": "facts-status";
    "error": "facts-error";
    "factor": "facts-factor";
    "action": "facts-action";
    "nothing in it fits the mapping": "facts-unmapped";
}

#[cfg(test)]
pub const ALL: &[(&str, Say)] = WORDS;

/// What a word of the vocabulary is called; a word that has no text stands as it is.
pub fn called(word: &str, language: Language) -> &str {
    WORDS.iter().find(|(known, _)| *known == word).map_or(word, |(_, say)| say.get(language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::Vocabulary;

    #[test]
    fn every_kind_and_every_field_of_the_vocabulary_has_a_word_and_what_is_unknown_stands_as_it_is() {
        let vocabulary = Vocabulary::read(include_str!("../../../../playbooks/vocabulary.yaml")).unwrap();
        for word in vocabulary.kinds.keys().chain(vocabulary.fields.keys()) {
            assert!(WORDS.iter().any(|(known, _)| known == word), "{word}");
            assert!(!called(word, Language::Zh).is_ascii(), "{word}");
        }
        assert_eq!(called("raw.detail", Language::Zh), "raw.detail");
        assert_eq!(called("auth.threat", Language::ZhHant), "可疑登入");
    }
}
