//! What the rules promise, over any order and any run of events.

use proptest::prelude::*;

use super::*;
use crate::id::{Id, Random};
use crate::time::{Span, Timestamp};

struct Fixed(u8);

impl Random for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0);
    }
}

const ASKED: Timestamp = Timestamp::from_millis(1_772_442_000_000);

fn order(action: Action) -> Order {
    let lasting = action.lasts().then_some(LONGEST_ALONE);
    Order {
        id: Id::new(ASKED, &Fixed(1)),
        incident: Id::new(ASKED, &Fixed(2)),
        account: "a".repeat(64),
        action,
        target: "wallet".to_owned(),
        until: lasting.map(|lasting| ASKED.plus(lasting)),
        undoes: None,
        requester: "Ana".to_owned(),
        requested: ASKED,
        expires: ASKED.plus(Order::open_for(action)),
        people: Order::people_for(action, lasting, People::One),
    }
}

fn action() -> impl Strategy<Value = Action> {
    (0..Action::ALL.len()).prop_map(|at| Action::ALL[at])
}

fn event() -> impl Strategy<Value = Event> {
    use Event as E;
    let all = [
        E::Approve,
        E::Withdraw,
        E::Lapse,
        E::Send,
        E::Unreached,
        E::Silence,
        E::Confirm,
        E::Refuse,
        E::NeverSeen,
        E::Doubt,
        E::Reverse,
    ];
    (0..all.len()).prop_map(move |at| all[at])
}

/// RB-08: no field can change without another digest.
#[test]
fn every_field_of_an_order_is_bound() {
    let first = order(Action::LockAccount);
    let others = [
        Order { id: Id::new(ASKED, &Fixed(9)), ..first.clone() },
        Order { incident: Id::new(ASKED, &Fixed(9)), ..first.clone() },
        Order { account: "b".repeat(64), ..first.clone() },
        Order { action: Action::UnlockAccount, ..first.clone() },
        Order { target: "other".to_owned(), ..first.clone() },
        Order { until: None, ..first.clone() },
        Order { until: Some(ASKED.plus(LONGEST)), ..first.clone() },
        Order { undoes: Some(Id::new(ASKED, &Fixed(3))), ..first.clone() },
        Order { requester: "Bo".to_owned(), ..first.clone() },
        Order { requested: ASKED.plus(Span::from_millis(1)), ..first.clone() },
        Order { expires: ASKED.plus(LONGEST), ..first.clone() },
        Order { people: People::One, ..first.clone() },
    ];
    let shown = first.digest();
    assert!(may_approve(&first, &shown, ("Bo", ASKED)).is_ok());
    let approval = may_approve(&first, &shown, ("Bo", ASKED)).unwrap();
    assert!(may_be_sent(&first, std::slice::from_ref(&approval), ASKED).is_ok());
    for other in others {
        assert_ne!(other.digest(), shown);
        assert_eq!(may_approve(&other, &shown, ("Cy", ASKED)), Err(Refused::Changed));
        if other.people == People::Two && other.requester == first.requester {
            assert_eq!(may_be_sent(&other, std::slice::from_ref(&approval), ASKED).unwrap_err(), Refused::Changed);
        }
    }
}

#[test]
fn the_canonical_form_is_the_one_that_is_written_down() {
    let form = order(Action::HoldWithdrawals).canonical();
    let names = ["account", "action", "case", "expires", "order", "parameters", "people", "requested", "requester"];
    let places: Vec<usize> = names.iter().map(|name| form.find(&format!("\"{name}\":")).unwrap()).collect();
    assert!(places.is_sorted() && !form.contains(": "), "{form}");
    assert!(form.contains(r#""parameters":{"target":"wallet","until":"2026-03-02T10:00:00.000Z"}"#), "{form}");
}

/// RB-07: another spelling is no other person.
#[test]
fn nobody_approves_what_they_asked_for() {
    let order = order(Action::FreezeApiKeys);
    for same in ["Ana", "ana", " Ana ", "ANA"] {
        assert_eq!(may_approve(&order, &order.digest(), (same, ASKED)), Err(Refused::SamePerson), "{same}");
        let own = Approval { by: same.to_owned(), at: ASKED, digest: order.digest() };
        assert_eq!(may_be_sent(&order, &[own], ASKED), Err(Refused::NeedsTwo), "{same}");
    }
    assert!(may_approve(&order, &order.digest(), ("Anna", ASKED)).is_ok());
}

/// RB-08, RB-09: one person holds for an hour and no longer.
#[test]
fn one_person_alone_holds_briefly_and_does_nothing_else() {
    for action in Action::ALL {
        let alone = Order::people_for(action, action.lasts().then_some(LONGEST_ALONE), People::One);
        let expected = match action {
            Action::HoldWithdrawals | Action::EndSessions => People::One,
            _ => People::Two,
        };
        assert_eq!(alone, expected, "{action}");
        assert_eq!(Order::people_for(action, None, People::Two), People::Two);
    }
    let longer = LONGEST_ALONE.millis() + 1;
    assert_eq!(Order::people_for(Action::HoldWithdrawals, Some(Span::from_millis(longer)), People::One), People::Two);
}

/// RB-11
#[test]
fn a_release_waits_half_an_hour_even_with_two_people() {
    let order = order(Action::ReleaseWithdrawals);
    let early = ASKED.plus(Span::from_millis(RELEASE_WAITS.millis() - 1));
    assert_eq!(may_approve(&order, &order.digest(), ("Bo", early)), Err(Refused::TooEarly));
    let forged = Approval { by: "Bo".to_owned(), at: early, digest: order.digest() };
    assert_eq!(may_be_sent(&order, &[forged], ASKED.plus(RELEASE_WAITS)), Err(Refused::TooEarly));
    assert!(may_approve(&order, &order.digest(), ("Bo", ASKED.plus(RELEASE_WAITS))).is_ok());
}

/// RB-09, RB-10
#[test]
fn the_brakes_hold_at_their_numbers() {
    assert_eq!((alone_may(9), alone_may(10)), (Ok(()), Err(Brake::Alone)));
    let before = |together, account| Automatic { together, account };
    assert_eq!(automatic_may(before(29, 2)), Ok(()));
    assert_eq!(automatic_may(before(30, 0)), Err(Brake::Together));
    assert_eq!(automatic_may(before(0, 3)), Err(Brake::Account));
}

/// NET-06
#[test]
fn an_answer_is_of_the_protocol_or_it_is_none() {
    let said = |body: &str| Answer::read(body.as_bytes(), "k").map(|answer| answer.said);
    assert_eq!(said(r#"{"key":"k","state":"done"}"#), Ok(Said::Done));
    assert_eq!(said(r#"{"key":"k","state":"done","role":"admin","order":{"state":"reversed"}}"#), Ok(Said::Done));
    assert_eq!(said(r#"{"key":"k","state":"refused","reason":"superseded"}"#), Ok(Said::Refused("superseded".into())));
    assert_eq!(
        said(r#"{"key":"k","state":"refused","reason":"<script>alert(1)</script>"}"#),
        Ok(Said::Refused("refused".into())),
        "free text goes nowhere"
    );
    for body in [
        "",
        "{}",
        "[]",
        "null",
        "<html>ok</html>",
        r#"{"key":"other","state":"done"}"#,
        r#"{"key":"k","state":"DONE"}"#,
        r#"{"key":"k"}"#,
        r#"{"state":"done"}"#,
        r#"{"key":["k"],"state":"done"}"#,
        r#"{"key":"k","key":"k","state":"done"}"#,
        r#"{"key":"k","state":"done"} trailing"#,
    ] {
        assert_eq!(said(body), Err(BadAnswer), "{body}");
    }
    let Ok(Said::WouldTouch(affects)) =
        said(r#"{"key":"k","state":"would-touch","affects":{"sessions":3,"<b>":9,"pending-withdrawals":1}}"#)
    else {
        panic!("a preview is read");
    };
    assert_eq!(affects.iter().collect::<Vec<_>>(), [("pending-withdrawals", 1), ("sessions", 3)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// RB-07, RB-08, RB-11: whatever approvals there are, what takes two people is sent only within a quarter of an hour
    /// of another person's word for this very order, and a release never before its wait.
    #[test]
    fn nothing_leaves_without_the_people_it_takes(
        action in action(),
        people in proptest::collection::vec((0..4usize, 0i64..90, any::<bool>()), 0..4),
        at in 0i64..120,
    ) {
        let order = order(action);
        let names = ["Ana", "ana ", "Bo", "Cy"];
        let approvals: Vec<Approval> = people
            .iter()
            .map(|(who, minute, right)| Approval {
                by: names[*who].to_owned(),
                at: ASKED.plus(Span::from_minutes(*minute)),
                digest: if *right { order.digest() } else { "0".repeat(64) },
            })
            .collect();
        let now = ASKED.plus(Span::from_minutes(at));
        if let Ok(until) = may_be_sent(&order, &approvals, now) {
            prop_assert!(until > now && until <= order.expires);
            if order.people == People::Two {
                let good = people.iter().any(|(who, minute, right)| {
                    *right && *who >= 2 && at < minute + 15
                        && (action.danger() != Danger::Release || *minute >= 30)
                });
                prop_assert!(good, "{action} {people:?} {at}");
            } else {
                prop_assert_eq!(action.danger(), Danger::Hold);
            }
        }
    }

    /// Whatever happens in whatever order: what is confirmed was sent, what was withdrawn or lapsed in time never left,
    /// and a settled order stays settled but for its reversal.
    #[test]
    fn no_run_of_events_breaks_the_life_of_an_order(events in proptest::collection::vec(event(), 0..40)) {
        let (mut state, mut left, mut approved) = (State::Proposed, false, false);
        for event in events {
            // What never left is in no doubt.
            if event == Event::Doubt && !left {
                continue;
            }
            let Some(next) = state.after(event) else { continue };
            prop_assert!(!state.is_settled() || (state == State::Confirmed && next == State::Reversed));
            approved |= event == Event::Approve;
            left |= event == Event::Send;
            prop_assert!(!matches!(next, State::Sent | State::Unknown | State::Confirmed) || left);
            prop_assert!(!matches!(next, State::Confirmed | State::Reversed) || approved);
            prop_assert!(next != State::Withdrawn || matches!(state, State::Proposed | State::Approved));
            state = next;
        }
    }

    /// RB-11: a confirmed release ends what it lifts wherever that stands, so nothing of it holds or blocks for ever.
    #[test]
    fn what_two_people_stood_behind_ends_with_its_release(at in 0..State::ALL.len()) {
        let state = State::ALL[at];
        let open = !state.is_settled() && state != State::Proposed;
        prop_assert_eq!(state.after(Event::Reverse).is_some(), open || state == State::Confirmed);
    }

    #[test]
    fn words_of_actions_and_states_read_back(action in action(), at in 0..State::ALL.len()) {
        prop_assert_eq!(action.as_str().parse(), Ok(action));
        prop_assert_eq!(State::ALL[at].as_str().parse(), Ok(State::ALL[at]));
        if let Some(inverse) = action.inverse() {
            prop_assert_eq!(inverse.danger(), Danger::Release);
            prop_assert_eq!(inverse.part(), action.part());
        }
    }

    #[test]
    fn no_bytes_of_a_backend_end_the_program(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Answer::read(&body, "k");
    }
}
