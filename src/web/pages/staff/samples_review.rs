//! The page of orders that wait and that are to be looked at, and a case in outline, filled with what outsiders could have
//! written.

use super::review;
use super::samples::{Fixed, HOSTILE, ME, SET, frame, now};
use crate::containment::{Action, State};
use crate::guidance::Step;
use crate::id::Id;
use crate::respond::desk::{Moment, Outline, Whose};
use crate::respond::orders::{OrderReview, Proposal, Reviews};
use crate::respond::people::Names;
use crate::store::promises::Owed;
use crate::text::Language;
use crate::time::Span;

/// What one person and the house ordered, with the brake in.
pub(super) fn reviewed(language: Language) -> String {
    let order = |automatic: bool| OrderReview {
        order: Id::new(now(), &Fixed),
        incident: Id::new(now(), &Fixed),
        reference: HOSTILE.to_owned(),
        kind: HOSTILE.to_owned(),
        level: 1,
        action: Action::HoldWithdrawals,
        state: State::Confirmed,
        automatic,
        requester: HOSTILE.to_owned(),
        requested: now(),
        due: now(),
        overdue: true,
    };
    let reviews = Reviews { orders: vec![order(true), order(false)], braked: Some(now()), accounts_braked: 2 };
    let proposal = Proposal {
        order: Id::new(now(), &Fixed),
        incident: Id::new(now(), &Fixed),
        reference: HOSTILE.to_owned(),
        kind: HOSTILE.to_owned(),
        level: 1,
        action: Action::LockAccount,
        requester: HOSTILE.to_owned(),
        requested: now(),
        opens: now(),
        lapses: now().plus(Span::from_minutes(30)),
    };
    let page = review::ReviewPage {
        frame: frame(language),
        csrf: "t0ken",
        me: ME,
        shown: HOSTILE,
        names: &Names::default(),
        playbooks: &SET,
        now: now(),
        reviews: &reviews,
        proposals: &[proposal],
        may_review: true,
    };
    review::review(&page).into_string()
}

/// A reply that is due, and an end.
pub(super) fn owed() -> Owed {
    let (reply_due, resolve_due) = (now().plus(Span::from_minutes(3)), now().plus(Span::from_days(1)));
    Owed { reply_due, replied: None, resolve_due, resolved: None }
}

/// Steps of a case, and somebody's words.
pub(super) fn outlined(steps: Vec<Step>) -> Outline {
    let said = |whose, text: Option<&str>| Moment {
        at: now(),
        whose,
        by: Some(HOSTILE.to_owned()),
        what: HOSTILE.to_owned(),
        text: text.map(str::to_owned),
        signal: None,
    };
    Outline { steps, timeline: vec![said(Whose::Person, Some(HOSTILE)), said(Whose::Machine, None)] }
}
