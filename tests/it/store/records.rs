//! What is said in an incident: answers, steps, messages, notes, verdicts.

use holdfast::store::answers::{self, Answered};
use holdfast::store::messages::{self, Author, MessageRow};
use holdfast::store::notes::{self, NoteRow};
use holdfast::store::steps::{self, Step, StepState};
use holdfast::store::verdicts::{self, VerdictRow};

use super::rows::{at, id, incident, opened};
use crate::support::db::{on_both, read, write};

#[test]
fn the_last_answer_to_a_question_stands() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        let answered = |question: &str, choice: &str, seconds| Answered {
            question: question.to_owned(),
            choice: choice.to_owned(),
            at: at(seconds),
        };
        write(&db, async |tx| {
            answers::put(tx, id(1), &answered("who-holds-owner", "me", 10)).await.unwrap();
            answers::put(tx, id(1), &answered("still-moving", "yes", 20)).await.unwrap();
            answers::put(tx, id(1), &answered("who-holds-owner", "someone-else", 30)).await.unwrap();
        })
        .await;
        let found = read(&db, async |tx| answers::of_incident(tx, id(1)).await.unwrap()).await;
        assert_eq!(found, [answered("still-moving", "yes", 20), answered("who-holds-owner", "someone-else", 30)]);
    });
}

#[test]
fn every_word_on_a_step_stays_and_the_last_one_stands() {
    on_both(async |db| {
        opened(&db, &[incident(1)]).await;
        let states = [StepState::Open, StepState::Done, StepState::Cannot, StepState::NotSure, StepState::Waived];
        for (number, state) in states.into_iter().enumerate() {
            let kind = Some("sim-swap".to_owned());
            let state_before = StepState::Open;
            let step = Step {
                step: format!("step-{number}"),
                kind,
                state: state_before,
                at: at(1),
                person: None,
                reason: None,
            };
            let reason = (state == StepState::Waived).then(|| vec![0, 255]);
            let last = Step { state, at: at(2), person: Some("responder".to_owned()), reason, ..step.clone() };
            write(&db, async |tx| {
                steps::say(tx, id(1), &step).await.unwrap();
                steps::say(tx, id(1), &last).await.unwrap();
            })
            .await;
        }
        let found = read(&db, async |tx| steps::of_incident(tx, id(1)).await.unwrap()).await;
        let (before, last): (Vec<_>, Vec<_>) = found.iter().partition(|step| step.person.is_none());
        assert_eq!(before.len(), states.len(), "a word that another follows stays");
        assert_eq!(last.iter().map(|step| step.state).collect::<Vec<_>>(), states);
        assert!(last.iter().all(|step| step.person.as_deref() == Some("responder")));
        assert_eq!(found.iter().filter_map(|step| step.reason.clone()).collect::<Vec<_>>(), [vec![0, 255]]);
    });
}

#[test]
fn messages_notes_and_verdicts_stay_in_order() {
    on_both(async |db| {
        opened(&db, &[incident(1), incident(2)]).await;
        let message = |number, author| MessageRow {
            id: id(number),
            incident: id(1),
            at: at(60 - i64::try_from(number).unwrap()),
            author,
            body: vec![0, 255],
            unproven: false,
        };
        let note = |number| NoteRow {
            id: id(number),
            incident: id(1),
            at: at(70),
            person: "person-1".to_owned(),
            body: vec![number.to_be_bytes()[7]],
        };
        let verdict = |number, kind: Option<&str>| VerdictRow {
            id: id(number),
            incident: id(1),
            at: at(80),
            person: "person-1".to_owned(),
            verdict: "true-positive".to_owned(),
            kind: kind.map(str::to_owned),
            reason: vec![3; 20],
        };
        write(&db, async |tx| {
            messages::insert(tx, &message(1, Author::Person)).await.unwrap();
            messages::insert(tx, &message(2, Author::Staff)).await.unwrap();
            notes::insert(tx, &note(4)).await.unwrap();
            notes::insert(tx, &note(3)).await.unwrap();
            verdicts::insert(tx, &verdict(5, None)).await.unwrap();
            verdicts::insert(tx, &verdict(6, Some("sim-swap"))).await.unwrap();
        })
        .await;
        read(&db, async |tx| {
            let found = messages::of_incident(tx, id(1)).await.unwrap();
            assert_eq!(found, [message(2, Author::Staff), message(1, Author::Person)]);
            assert_eq!(notes::of_incident(tx, id(1)).await.unwrap(), [note(3), note(4)]);
            let found = verdicts::of_incident(tx, id(1)).await.unwrap();
            assert_eq!(found, [verdict(5, None), verdict(6, Some("sim-swap"))]);
            assert!(messages::of_incident(tx, id(2)).await.unwrap().is_empty());
        })
        .await;
    });
}
