//! The answer to a report: interrupts, the honest state, the steps as text, what can be added.

use super::Say;
use crate::guidance::Outlook;

super::say! {
    GO_ON: "answer-go-on";
    GO_BACK: "answer-go-back";
    STOP_NOW: "answer-stop-now";
    STOP_KEPT: "answer-stop-kept";
    STOP_SENT: "answer-stop-sent";

    OUTLOOK: "answer-outlook";
    CAN: "answer-can";
    HELPS: "answer-helps";
    CANNOT: "answer-cannot";

    SAVE_TEXT: "answer-save-text";
    CODE_FIRST: "answer-code-first";

    DETAILS: "answer-details";
    DETAILS_HINT: "answer-details-hint";
    TRIED: "answer-tried";
    TRIED_HINT: "answer-tried-hint";
    DEVICE: "answer-device";
    THIS_DEVICE: "answer-this-device";
    OTHER_PHONE: "answer-other-phone";
    OTHER_COMPUTER: "answer-other-computer";
    HARDWARE: "answer-hardware";
    FIRST_SIGN: "answer-first-sign";
    MINUTES: "answer-minutes";
    HOURS: "answer-hours";
    DAYS: "answer-days";
    LONGER: "answer-longer";
    SKIP: "answer-skip";
    ADD: "answer-add";
    ADDED: "answer-added";
    SKIP_IT: "answer-skip-it";

    TEXT_NEVER_ASK: "answer-text-never-ask";
    TEXT_CANNOT: "answer-text-cannot";
}

/// What stands above what can be done: where nothing is left, it is no saving.
pub fn can(outlook: &Outlook) -> Say {
    if outlook.gone { HELPS } else { CAN }
}

/// How a device is named.
pub fn device(id: &str) -> Say {
    match id {
        "this-device" => THIS_DEVICE,
        "another-phone" => OTHER_PHONE,
        "another-computer" => OTHER_COMPUTER,
        "hardware-wallet" => HARDWARE,
        _ => SKIP,
    }
}

/// How the time of a first sign is named.
pub fn first_sign(id: &str) -> Say {
    match id {
        "minutes" => MINUTES,
        "hours" => HOURS,
        "days" => DAYS,
        "longer" => LONGER,
        _ => SKIP,
    }
}
