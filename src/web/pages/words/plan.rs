//! Steps, what never to do, and the next question.

use super::Say;
use crate::guidance::StepState;
use crate::playbook::Moment;

super::say! {
    STEPS: "Your steps", "您的步骤";
    FIRST: "Do this first", "先做这一步";
    THEN: "Then", "接下来";
    NOW: "Now", "现在";
    FIVE_MINUTES: "Within 5 minutes", "5 分钟内";
    FIRST_HOUR: "In the first hour", "1 小时内";
    FIRST_DAY: "In the first day", "24 小时内";
    WHY: "Why: ", "原因：";
    WORKED: "It worked when: ", "做到的标志：";
    CANNOT_DO: "If you cannot: ", "做不到的话：";
    INSTEAD: "Instead: ", "改为：";
    TAKE: "take step {}", "做第 {} 步";
    WRITE: "write to us, and a person finds another way", "给我们留言，由真人帮您另想办法";

    STEP: "Step {}", "第 {} 步";
    OPEN: "Open", "待办";
    DONE: "Done", "已完成";
    CANNOT: "Cannot", "做不到";
    NOT_SURE: "Not sure", "不确定";
    WAIVED: "Waived", "已豁免";
    AFTER: "After step {}", "先完成第 {} 步";
    TIME_BOX: "Not done within {}? Go on with the next step.", "{}内做不完就先做下一步。";
    OPEN_AGAIN: "Open again", "重新打开";

    NEVER: "What never to do", "千万不要做的事";
    NEVER_THIS: "Never: ", "不要：";
    QUESTION: "One question", "问您一个问题";
    QUESTION_HINT: "Your answer makes the steps fit better. You can skip it.", "您的回答能让步骤更准确，也可以跳过。";
    QUESTION_LINK: "One question would make these steps fit better", "回答一个问题，步骤会更准确";
    ANSWER: "Send answer", "提交回答";
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
