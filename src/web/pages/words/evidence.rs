//! The evidence pack: the account of the case, the letters, where to report.

use super::Say;
use crate::guidance::StepState;
use crate::text::Kind;

super::say! {
    TITLE: "evidence-title";
    INTRO: "evidence-intro";
    REGION: "evidence-region";
    REGION_SHOW: "evidence-region-show";
    REGION_ANY: "evidence-region-any";
    DOWNLOAD: "evidence-download";
    PLAIN: "evidence-plain";
    BACK: "evidence-back";

    README: "evidence-readme";
    README_CASE: "evidence-readme-case";
    README_NAMED: "evidence-readme-named";
    README_PROVIDER: "evidence-readme-provider";
    README_POLICE: "evidence-readme-police";
    README_WHERE: "evidence-readme-where";
    README_FILES: "evidence-readme-files";
    README_HASHES: "evidence-readme-hashes";
    README_NEVER: "evidence-readme-never";
    README_ALSO: "evidence-readme-also";

    ACCOUNT: "evidence-account";
    REFERENCE: "evidence-reference";
    PREPARED: "evidence-prepared";
    RECEIVED: "evidence-received";
    MAYBE: "evidence-maybe";
    STATEMENTS: "evidence-statements";
    NONE: "evidence-none";
    NAMED: "evidence-named";
    CLAIMS: "evidence-claims";
    STEPS: "evidence-steps";
    PROGRESS: "evidence-progress";
    ANSWERS: "evidence-answers";
    TIMES: "evidence-times";
    LINKS: "evidence-links";
    FIRST_NAMED: "evidence-first-named";
    AMOUNT: "evidence-amount";
    ASSET: "evidence-asset";
    ACCOUNT_NAME: "evidence-account-name";
    TRIED: "evidence-tried";
    HAPPENED: "evidence-happened";
    FIRST_SIGN: "evidence-first-sign";
    DEVICE: "evidence-device";
    CHAIN: "evidence-chain";

    WALLET: "evidence-wallet";
    TRANSACTION: "evidence-transaction";
    DOMAIN: "evidence-domain";
    URL: "evidence-url";
    EMAIL: "evidence-email";
    PHONE: "evidence-phone";
    IP: "evidence-ip";

    PROVIDER: "evidence-provider";
    PROVIDER_TO: "evidence-provider-to";
    PROVIDER_SUBJECT: "evidence-provider-subject";
    PROVIDER_BODY: "evidence-provider-body";
    PROVIDER_ASK_HOLD: "evidence-provider-ask-hold";
    PROVIDER_ASK_KEEP: "evidence-provider-ask-keep";
    PROVIDER_ASK_FORM: "evidence-provider-ask-form";
    PROVIDER_NOTE: "evidence-provider-note";

    POLICE: "evidence-police";
    POLICE_TO: "evidence-police-to";
    POLICE_SUBJECT: "evidence-police-subject";
    POLICE_BODY: "evidence-police-body";
    POLICE_ASK_CASE: "evidence-police-ask-case";
    POLICE_ASK_FREEZE: "evidence-police-ask-freeze";
    POLICE_ASK_BANK: "evidence-police-ask-bank";

    SIGN_NAME: "evidence-sign-name";
    SIGN_CONTACT: "evidence-sign-contact";
    SIGN_POLICE: "evidence-sign-police";
    SIGN_LOSS: "evidence-sign-loss";
    SIGN_DATE: "evidence-sign-date";
    ENCLOSED: "evidence-enclosed";

    WHERE: "evidence-where";
    WHERE_TYPE: "evidence-where-type";
    EMERGENCY: "evidence-emergency";

    CN: "evidence-cn";
    HK: "evidence-hk";
    SG: "evidence-sg";
    US: "evidence-us";
    GB: "evidence-gb";
    EU: "evidence-eu";
}

/// The name of a region of the help lines, where we have one.
pub fn region(region: &str) -> Option<Say> {
    Some(match region {
        "CN" => CN,
        "HK" => HK,
        "SG" => SG,
        "US" => US,
        "GB" => GB,
        "EU" => EU,
        _ => return None,
    })
}

pub fn kind(kind: Kind) -> Say {
    match kind {
        Kind::Wallet => WALLET,
        Kind::Transaction => TRANSACTION,
        Kind::Domain => DOMAIN,
        Kind::Url => URL,
        Kind::Email => EMAIL,
        Kind::Phone => PHONE,
        Kind::Ip => IP,
    }
}

/// What a claim is about, by its field.
pub fn claim(field: &str) -> Say {
    match field {
        "claimed-usd" => AMOUNT,
        "asset" => ASSET,
        "tried" => TRIED,
        "happened" => HAPPENED,
        "first-sign" => FIRST_SIGN,
        "used-device" => DEVICE,
        "chain" => CHAIN,
        _ => ACCOUNT_NAME,
    }
}

/// The word for what was chosen from a list; nothing for what was written.
pub fn given(field: &str, value: &str) -> Option<Say> {
    match field {
        "first-sign" => Some(super::answer::first_sign(value)),
        "used-device" => Some(super::answer::device(value)),
        _ => None,
    }
}

/// How far a step got.
pub fn step_state(state: StepState) -> Say {
    super::plan::state(state)
}
