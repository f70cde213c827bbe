//! No sequence of words and deeds makes a security case, or one that waits for us, close itself.

use proptest::prelude::*;

use super::*;

const SILENCE: Span = Span::from_days(7);

fn stirs() -> impl Strategy<Value = Vec<(Stir, i64)>> {
    let stir = prop::sample::select(vec![
        Stir::PersonActs,
        Stir::PersonWrites,
        Stir::PersonAsksForAPerson,
        Stir::PersonSaysSolved,
        Stir::StaffWrite,
        Stir::StaffClose,
        Stir::StaffReopen,
    ]);
    prop::collection::vec((stir, 0..20_000_i64), 0..12)
}

/// The moment and the case after these, each so many minutes after the one before.
fn after(stirs: &[(Stir, i64)]) -> (Timestamp, Attention) {
    let mut now = Timestamp::from_millis(0);
    let mut case = Attention::new(now, false, SILENCE);
    for (stir, minutes) in stirs {
        now = now.plus(Span::from_minutes(*minutes));
        case = case.stirred(*stir, (now, SILENCE));
    }
    (now, case)
}

fn routine() -> Stand {
    Stand { class: Class::Routine, danger: false, waits: true }
}

proptest! {
    #[test]
    fn a_security_case_never_closes_itself_whatever_is_said_and_however_long_it_is_silent(stirs in stirs(), days in 0..10_000_i64, danger: bool, waits: bool) {
        let (now, case) = after(&stirs);
        let later = now.plus(Span::from_days(days));
        prop_assert_eq!(case.rests(later, Stand { class: Class::Security, danger, waits }), None);
        prop_assert_eq!(case.rests(later, Stand { danger: true, ..routine() }), None);
    }

    #[test]
    fn silence_closes_nobody_who_waits_for_an_answer_or_asks_for_a_person(stirs in stirs(), days in 0..10_000_i64) {
        let (now, case) = after(&stirs);
        let rests = case.rests(now.plus(Span::from_days(days)), routine());
        if case.unanswered || case.asks_person.is_some() {
            prop_assert_ne!(rests, Some(Rest::Silent));
        }
        if rests == Some(Rest::Solved) {
            prop_assert!(stirs.iter().any(|(stir, _)| *stir == Stir::PersonSaysSolved));
        }
    }

    #[test]
    fn only_a_word_of_staff_or_their_own_ends_the_wait_of_whoever_wrote(stirs in stirs(), days in 0..10_000_i64) {
        let (now, case) = after(&stirs);
        let waits = stirs.iter().fold(false, |waits, (stir, _)| match stir {
            Stir::PersonWrites => true,
            Stir::StaffWrite | Stir::PersonSaysSolved => false,
            Stir::PersonActs | Stir::PersonAsksForAPerson | Stir::StaffClose | Stir::StaffReopen => waits,
        });
        prop_assert_eq!(case.unanswered, waits);
        if waits {
            prop_assert_ne!(case.rests(now.plus(Span::from_days(days)), routine()), Some(Rest::Silent));
        }
    }

    #[test]
    fn nothing_rests_for_silence_before_the_whole_span_after_the_last_word(stirs in stirs(), minutes in 0..10_080_i64) {
        let (now, case) = after(&stirs);
        prop_assert_ne!(case.rests(now.plus(Span::from_minutes(minutes)).minus(Span::from_millis(1)), routine()), Some(Rest::Silent));
    }

    #[test]
    fn a_word_of_the_person_wakes_it(stirs in stirs(), why in prop::sample::select(vec![Rest::Solved, Rest::Silent])) {
        let (now, case) = after(&stirs);
        let woken = case.at_rest(why).stirred(Stir::PersonWrites, (now, SILENCE));
        prop_assert!(woken.rested.is_none() && woken.solved.is_none() && woken.unanswered);
        prop_assert_eq!(woken.rests(now.plus(Span::from_days(9_999)), routine()), None);
    }
}

#[test]
fn a_case_that_is_solved_rests_at_once_and_a_silent_one_after_the_span() {
    let start = Timestamp::from_millis(0);
    let case = Attention::new(start, true, SILENCE);
    assert_eq!(case.due, None, "who asks for a person is not sent away by time");
    let solved = case.stirred(Stir::PersonSaysSolved, (start, SILENCE));
    assert_eq!(solved.rests(start, routine()), Some(Rest::Solved));
    assert_eq!(solved.rests(start, Stand { waits: false, ..routine() }), None, "somebody has it in hand");
    let silent = Attention::new(start, false, SILENCE);
    assert_eq!(silent.rests(start.plus(SILENCE), routine()), Some(Rest::Silent));
    assert_eq!(silent.at_rest(Rest::Silent).rests(start.plus(SILENCE), routine()), None, "once");
}
