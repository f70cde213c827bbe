//! The case page: how long it takes, what was done, what can be asked for, and the letterbox.

use super::Say;
use crate::respond::Wish;
use crate::respond::view::{DoneWhat, Outcome, RequestState};

super::say! {
    LIKELY: "casepage-likely";
    LIKELY_CLOCK: "casepage-likely-clock";
    REASON: "casepage-reason";
    UNKNOWN: "casepage-unknown";
    AWAY: "casepage-away";
    AS_OF: "casepage-as-of";

    ANSWERED_LINK: "casepage-answered-link";
    DONE: "casepage-done";
    RECEIVED: "casepage-received";
    TAKEN: "casepage-taken";
    HANDED_BACK: "casepage-handed-back";
    ANSWERED: "casepage-answered";
    RAISED: "casepage-raised";
    CLOSED: "casepage-closed";
    REOPENED: "casepage-reopened";
    HOLD_ASKED: "casepage-hold-asked";

    GUESSED: "casepage-guessed";
    UNPROVEN: "casepage-unproven";

    SAVED: "casepage-saved";
    PARTLY: "casepage-partly";
    GONE: "casepage-gone";
    NOTHING: "casepage-nothing";
    QUESTION_ANSWERED: "casepage-question-answered";
    ELSEWHERE: "casepage-elsewhere";
    PAPERS: "casepage-papers";
    PAPERS_HINT: "casepage-papers-hint";

    PACK: "casepage-pack";
    PACK_HINT: "casepage-pack-hint";
    PACK_OPEN: "casepage-pack-open";

    SAFETY: "casepage-safety";
    SEEN: "casepage-seen";
    SEEN_HINT: "casepage-seen-hint";
    ASK_LINK: "casepage-ask-link";
    CONTACT: "casepage-contact";
    CONTACT_HINT: "casepage-contact-hint";
    CONTACT_LABEL: "casepage-contact-label";
    ASK_CONTACT: "casepage-ask-contact";
    CONSENT: "casepage-consent";
    CONSENT_HINT: "casepage-consent-hint";
    CONSENT_GIVEN: "casepage-consent-given";
    CONSENT_GIVE: "casepage-consent-give";
    CONSENT_TAKE_BACK: "casepage-consent-take-back";
    WITHDRAW: "casepage-withdraw";
    WITHDRAW_HINT: "casepage-withdraw-hint";
    ASK_WITHDRAW: "casepage-ask-withdraw";
    ASK_STOP: "casepage-ask-stop";
    ASKED: "casepage-asked";
    WISH_LINK: "casepage-wish-link";
    WISH_CONTACT: "casepage-wish-contact";
    WISH_WITHDRAW: "casepage-wish-withdraw";
    WISH_STOP: "casepage-wish-stop";
    STATE_WAITING: "casepage-state-waiting";
    STATE_GRANTED: "casepage-state-granted";
    STATE_REFUSED: "casepage-state-refused";
    STATE_DONE: "casepage-state-done";
    STATE_OVER: "casepage-state-over";
    TAKE_LINK: "casepage-take-link";
    TAKE_LINK_HINT: "casepage-take-link-hint";

    NEW_KEYS: "casepage-new-keys";
    NEW_KEYS_HINT: "casepage-new-keys-hint";
    WRITTEN: "casepage-written";
    WRITTEN_HINT: "casepage-written-hint";
    PUT_AWAY: "casepage-put-away";
    PUT_AWAY_HINT: "casepage-put-away-hint";

    LETTER: "casepage-letter";
    LETTER_HINT: "casepage-letter-hint";
    LETTER_LABEL: "casepage-letter-label";
    LETTER_SEND: "casepage-letter-send";
    LEFT: "casepage-left";
    LEFT_HINT: "casepage-left-hint";
}

/// What was done, for the person.
pub fn done(what: DoneWhat) -> Say {
    match what {
        DoneWhat::Received => RECEIVED,
        DoneWhat::Taken => TAKEN,
        DoneWhat::HandedBack => HANDED_BACK,
        DoneWhat::Answered => ANSWERED,
        DoneWhat::Raised => RAISED,
        DoneWhat::Closed => CLOSED,
        DoneWhat::Reopened => REOPENED,
        DoneWhat::HoldAsked => HOLD_ASKED,
    }
}

/// How a case ended, in one plain sentence.
pub fn outcome(outcome: Outcome) -> Say {
    match outcome {
        Outcome::Saved => SAVED,
        Outcome::Partly => PARTLY,
        Outcome::Gone => GONE,
        Outcome::Nothing => NOTHING,
        Outcome::Answered => QUESTION_ANSWERED,
        Outcome::Elsewhere => ELSEWHERE,
    }
}

pub fn wish(what: Wish) -> Say {
    match what {
        Wish::NewLink => WISH_LINK,
        Wish::Contact => WISH_CONTACT,
        Wish::Withdraw => WISH_WITHDRAW,
        Wish::StopProtection => WISH_STOP,
    }
}

pub fn request_state(state: RequestState) -> Say {
    match state {
        RequestState::Waiting => STATE_WAITING,
        RequestState::Granted => STATE_GRANTED,
        RequestState::Refused => STATE_REFUSED,
        RequestState::Done => STATE_DONE,
        RequestState::Over => STATE_OVER,
    }
}
