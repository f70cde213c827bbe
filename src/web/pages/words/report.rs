//! The report page.

use crate::signal::BadField;

use super::Say;

super::say! {
    TITLE: "report-title";
    STOP_FIRST: "report-stop-first";
    DANGER: "report-danger";
    CHINA: "report-china";
    HONG_KONG: "report-hong-kong";
    EUROPE: "report-europe";
    UNITED_STATES: "report-united-states";

    STOP: "report-stop";
    STOP_MORE: "report-stop-more";
    DEVICE: "report-device";
    DEVICE_MORE: "report-device-more";
    WORDS: "report-words";
    WORDS_MORE: "report-words-more";
    START: "report-start";

    FORM: "report-form";
    FORM_HINT: "report-form-hint";
    NOW: "report-now";
    NOW_HINT: "report-now-hint";
    DETAILS: "report-details";
    DETAILS_HINT: "report-details-hint";
    WALLET: "report-wallet";
    WALLET_HINT: "report-wallet-hint";
    CHAIN: "report-chain";
    NOT_SURE: "report-not-sure";
    OTHER_EVM: "report-other-evm";
    CUSTODIAL: "report-custodial";
    LEFT: "report-left";
    ACCOUNT: "report-account";
    CONTACT: "report-contact";
    CONTACT_HINT: "report-contact-hint";

    PRIVACY: "report-privacy";
    PRIVACY_WHY: "report-privacy-why";
    PRIVACY_UNTIL: "report-privacy-until";
    SEND: "report-send";
    PERSON: "report-person";

    PROBLEMS: "report-problems";
    BAD_TEXT: "report-bad-text";
    BAD_WALLET: "report-bad-wallet";
    BAD_LEFT: "report-bad-left";
    BAD_CONTACT: "report-bad-contact";
    BAD_ACCOUNT: "report-bad-account";
    BAD_OTHER: "report-bad-other";
}

/// Which field of the page a refused field of the report stands for, and what to say there.
pub fn problem(bad: &BadField) -> (&'static str, Say) {
    match bad.field.split('.').next().unwrap_or_default() {
        "text" => ("text", BAD_TEXT),
        "wallets" => ("wallet", BAD_WALLET),
        "assets" => ("left", BAD_LEFT),
        "contact" => ("contact", BAD_CONTACT),
        "account" => ("account", BAD_ACCOUNT),
        "key" => ("what", super::begin::AGAIN_CHANGED),
        _ => ("", BAD_OTHER),
    }
}
