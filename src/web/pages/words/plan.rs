//! Steps, what never to do, and the next question.

use super::Say;
use crate::guidance::StepState;
use crate::playbook::Moment;

super::say! {
    STEPS: "plan-steps";
    FIRST: "plan-first";
    THEN: "plan-then";
    NOW: "plan-now";
    FIVE_MINUTES: "plan-five-minutes";
    FIRST_HOUR: "plan-first-hour";
    FIRST_DAY: "plan-first-day";
    WHY: "plan-why";
    WORKED: "plan-worked";
    CANNOT_DO: "plan-cannot-do";
    INSTEAD: "plan-instead";
    TAKE: "plan-take";
    WRITE: "plan-write";

    STEP: "plan-step";
    NEW: "plan-new";
    CORRECTED: "plan-corrected";
    OPEN: "plan-open";
    DONE: "plan-done";
    CANNOT: "plan-cannot";
    NOT_SURE: "plan-not-sure";
    WAIVED: "plan-waived";
    AFTER: "plan-after";
    TIME_BOX: "plan-time-box";
    OPEN_AGAIN: "plan-open-again";

    NEVER: "plan-never";
    NEVER_THIS: "plan-never-this";
    QUESTION: "plan-question";
    QUESTION_HINT: "plan-question-hint";
    QUESTION_LINK: "plan-question-link";
    ANSWER: "plan-answer";
}

pub fn moment(moment: Moment) -> Say {
    match moment {
        Moment::Now => NOW,
        Moment::FiveMinutes => FIVE_MINUTES,
        Moment::FirstHour => FIRST_HOUR,
        Moment::FirstDay => FIRST_DAY,
    }
}

pub fn state(state: StepState) -> Say {
    match state {
        StepState::Open => OPEN,
        StepState::Done => DONE,
        StepState::Cannot => CANNOT,
        StepState::NotSure => NOT_SURE,
        StepState::Waived => WAIVED,
    }
}
