//! The answer to a report, and the case page.

use super::Say;
use crate::playbook::Class;
use crate::respond::view::{Author, CaseState};

super::say! {
    ANSWER: "We have your report. Here are your steps.", "已收到您的报告，请按步骤来。";
    MAYBE: "What this may be", "可能的情况";
    FITS: "What you sent fits this closely.", "您说的情况与此十分吻合。";
    LIKELY: "This is the most likely reading of what you sent.", "从您说的来看，最可能是这样。";
    POSSIBLE: "It may be this; we are not sure yet.", "可能是这样，还不能确定。";
    EARLY: "It is too early to tell. The steps below help either way.", "现在还说不准，下面的步骤都用得上。";
    ALSO: "It could also be:", "也可能是：";

    KEYS: "Your way back", "回来查看的凭证";
    REFERENCE: "Reference", "编号";
    REFERENCE_HINT: "For talking about the case. It opens nothing.", "沟通时报这个编号，它打不开任何内容。";
    CODE: "Code", "访问码";
    CODE_HINT: "Shown only this once. Write it on paper now.", "只显示这一次，请马上抄在纸上。";
    LINK: "Link", "链接";
    LINK_HINT: "Opens your case together with the code. Keep the two apart.", "和访问码一起才能打开您的案件，请分开保存。";
    NOBODY: "Give the code to nobody. Staff never ask for it.", "访问码不要给任何人，工作人员也绝不会问。";
    OPEN_CASE: "Open my case page", "打开我的案件页";
    OPEN_CASE_HINT: "There you tick off steps, write to staff and see answers.", "在那里勾选步骤、给工作人员留言、看回复。";

    PLACE: "Where you stand", "排队情况";
    NOT_PASSED: "Nobody who reports after {} is placed before you.", "{}之后来报告的人，不会排到您前面。";
    NOT_PASSED_ROUTINE: "No everyday question that comes after {} is placed before yours. Security emergencies go first.", "{}之后来的普通问题不会排到您前面；安全紧急情况优先。";
    REPLY_BY: "First reply from a person by {}.", "真人首次回复时间：最迟 {}。";

    TITLE: "Case {}", "案件 {}";
    RECEIVED: "Received {}", "收到时间：{}";
    WAITING: "Waiting for a person", "等待工作人员";
    WAITING_MORE: "Nobody has it in hand yet. Your steps do not wait: go on with them.", "还没有人接手。步骤不用等，请先照做。";
    WITH_STAFF: "A responder is looking at it now", "处理人员正在查看";
    WITH_STAFF_MORE: "Answers come on this page, under Messages.", "回复会出现在本页的“消息”里。";
    CLOSED: "Closed", "已结束";
    CLOSED_MORE: "Write a message and it opens again. If anyone offers to get money back for a fee, now or later, that is a second theft.", "留言即可重新打开。今后若有人说收费帮您追回，那是第二次诈骗。";

    MESSAGES: "Messages", "消息";
    NO_MESSAGES: "No messages yet.", "还没有消息。";
    YOU: "You", "您";
    STAFF: "Staff", "工作人员";
    WRITE: "Write to staff", "给工作人员留言";
    WRITE_HINT: "Leave out recovery words, passwords and codes. Links are shown as plain text; open none that anyone sends you.", "不要写助记词、密码和验证码。链接只显示为文字，别人发来的链接都不要打开。";
    SEND: "Send message", "发送";
}

/// How sure we are, without a number.
pub fn fit(confidence: f64) -> Say {
    if confidence >= 0.9 {
        FITS
    } else if confidence >= 0.6 {
        LIKELY
    } else if confidence >= 0.35 {
        POSSIBLE
    } else {
        EARLY
    }
}

pub fn not_passed(lane: Class) -> Say {
    match lane {
        Class::Security => NOT_PASSED,
        Class::Routine => NOT_PASSED_ROUTINE,
    }
}

/// The state of a case, and what that means for the person.
pub fn state(state: CaseState) -> (Say, Say) {
    match state {
        CaseState::Waiting => (WAITING, WAITING_MORE),
        CaseState::WithStaff => (WITH_STAFF, WITH_STAFF_MORE),
        CaseState::Closed => (CLOSED, CLOSED_MORE),
    }
}

pub fn author(author: Author) -> Say {
    match author {
        Author::You => YOU,
        Author::Staff => STAFF,
    }
}
