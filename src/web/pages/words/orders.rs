//! Orders to wallet backends: what each is, how it stands, who may do what; and what the person is told of those that hold.

use super::Say;
use crate::containment::{Action, State};

super::say! {
    TITLE: "orders-title";
    NO_BACKEND: "orders-no-backend";
    NO_ACCOUNT: "orders-no-account";
    NONE: "orders-none";
    WHAT: "orders-what";
    RECOMMENDED: "orders-recommended";
    ACCOUNT: "orders-account";
    CLAIMED: "orders-claimed";
    MINUTES: "orders-minutes";
    MINUTES_HINT: "orders-minutes-hint";
    PREVIEW: "orders-preview";
    RADIUS: "orders-radius";
    NOTHING_YET: "orders-nothing-yet";
    PEOPLE_ONE: "orders-people-one";
    PEOPLE_TWO: "orders-people-two";
    RELEASE: "orders-release";
    UNTIL: "orders-until";
    STAYS: "orders-stays";
    UNDONE_BY: "orders-undone-by";
    IN_FORCE: "orders-in-force";
    OTHERS: "orders-others";
    TOUCHES: "orders-touches";
    TOUCHES_UNKNOWN: "orders-touches-unknown";
    SESSIONS: "orders-sessions";
    PENDING: "orders-pending";
    OPEN_ORDERS: "orders-open-orders";
    API_KEYS: "orders-api-keys";
    SCHEDULED: "orders-scheduled";
    REASON: "orders-reason";
    ASK: "orders-ask";
    BACK: "orders-back";
    ASKED_BY: "orders-asked-by";
    AGREED: "orders-agreed";
    WHY: "orders-why";
    FROM: "orders-from";
    LAPSES: "orders-lapses";
    APPROVE: "orders-approve";
    NOT_YOURS: "orders-not-yours";
    WITHDRAW: "orders-withdraw";
    REVERSE: "orders-reverse";
    REVERSE_HINT: "orders-reverse-hint";
    REVIEW: "orders-review";
    REVIEW_HINT: "orders-review-hint";
    DEAD: "orders-dead";
    WORD: "orders-word";
    HOLD_WITHDRAWALS: "orders-hold-withdrawals";
    END_SESSIONS: "orders-end-sessions";
    LOCK_ACCOUNT: "orders-lock-account";
    FREEZE_API_KEYS: "orders-freeze-api-keys";
    LOCK_ADDRESS_BOOK: "orders-lock-address-book";
    RELEASE_WITHDRAWALS: "orders-release-withdrawals";
    UNLOCK_ACCOUNT: "orders-unlock-account";
    UNFREEZE_API_KEYS: "orders-unfreeze-api-keys";
    UNLOCK_ADDRESS_BOOK: "orders-unlock-address-book";
    PROPOSED: "orders-proposed";
    PROPOSED_MORE: "orders-proposed-more";
    APPROVED: "orders-approved";
    APPROVED_MORE: "orders-approved-more";
    SENT: "orders-sent";
    SENT_MORE: "orders-sent-more";
    CONFIRMED: "orders-confirmed";
    CONFIRMED_MORE: "orders-confirmed-more";
    FAILED: "orders-failed";
    FAILED_MORE: "orders-failed-more";
    UNKNOWN: "orders-unknown";
    UNKNOWN_MORE: "orders-unknown-more";
    EXPIRED: "orders-expired";
    EXPIRED_MORE: "orders-expired-more";
    REVERSED: "orders-reversed";
    REVERSED_MORE: "orders-reversed-more";
    WITHDRAWN: "orders-withdrawn";
    WITHDRAWN_MORE: "orders-withdrawn-more";
    HOLDS_WITHDRAWALS: "orders-holds-withdrawals";
    HOLDS_ACCOUNT: "orders-holds-account";
    HOLDS_API_KEYS: "orders-holds-api-keys";
    HOLDS_ADDRESS_BOOK: "orders-holds-address-book";
}

/// What an action is called.
pub fn action(action: Action) -> Say {
    match action {
        Action::HoldWithdrawals => HOLD_WITHDRAWALS,
        Action::EndSessions => END_SESSIONS,
        Action::LockAccount => LOCK_ACCOUNT,
        Action::FreezeApiKeys => FREEZE_API_KEYS,
        Action::LockAddressBook => LOCK_ADDRESS_BOOK,
        Action::ReleaseWithdrawals => RELEASE_WITHDRAWALS,
        Action::UnlockAccount => UNLOCK_ACCOUNT,
        Action::UnfreezeApiKeys => UNFREEZE_API_KEYS,
        Action::UnlockAddressBook => UNLOCK_ADDRESS_BOOK,
    }
}

/// A state, and what it means.
pub fn state(state: State) -> (Say, Say) {
    match state {
        State::Proposed => (PROPOSED, PROPOSED_MORE),
        State::Approved => (APPROVED, APPROVED_MORE),
        State::Sent => (SENT, SENT_MORE),
        State::Confirmed => (CONFIRMED, CONFIRMED_MORE),
        State::Failed => (FAILED, FAILED_MORE),
        State::Unknown => (UNKNOWN, UNKNOWN_MORE),
        State::Expired => (EXPIRED, EXPIRED_MORE),
        State::Reversed => (REVERSED, REVERSED_MORE),
        State::Withdrawn => (WITHDRAWN, WITHDRAWN_MORE),
    }
}

/// What a backend counts; the names are those of `containment::Affects`.
pub fn touched(name: &str) -> Option<Say> {
    match name {
        "sessions" => Some(SESSIONS),
        "pending-withdrawals" => Some(PENDING),
        "open-orders" => Some(OPEN_ORDERS),
        "api-keys" => Some(API_KEYS),
        "scheduled-payments" => Some(SCHEDULED),
        _ => None,
    }
}

/// What the person is told while it holds; nothing for what does not last.
pub fn holds(action: Action) -> Option<Say> {
    match action {
        Action::HoldWithdrawals => Some(HOLDS_WITHDRAWALS),
        Action::LockAccount => Some(HOLDS_ACCOUNT),
        Action::FreezeApiKeys => Some(HOLDS_API_KEYS),
        Action::LockAddressBook => Some(HOLDS_ADDRESS_BOOK),
        Action::EndSessions
        | Action::ReleaseWithdrawals
        | Action::UnlockAccount
        | Action::UnfreezeApiKeys
        | Action::UnlockAddressBook => None,
    }
}
