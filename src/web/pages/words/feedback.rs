//! What we ask about our work, and the operator's announcements.

use super::Say;
use crate::guidance::feedback::{Solved, Speed};
use crate::respond::About;

super::say! {
    TITLE: "Tell us how we did", "告诉我们做得怎么样";
    LEAD: "Good or bad, it helps the next person. Nothing here is needed, and none of it changes how your case is treated.", "好坏都请直说，能帮到下一个人。都可以不填，也不会影响您的案件。";
    FIRST: "One question: were you helped?", "只问一句：有没有帮到您？";
    STARS: "How well were you helped?", "我们帮您帮得怎么样？";
    ONE: "Badly", "很差";
    TWO: "Poorly", "较差";
    THREE: "So so", "一般";
    FOUR: "Well", "较好";
    FIVE: "Very well", "很好";
    SOLVED: "Is the trouble over?", "问题解决了吗？";
    SOLVED_YES: "Yes", "解决了";
    SOLVED_PARTLY: "In part", "部分解决";
    SOLVED_NO: "No", "没有";
    SPEED: "How soon did we answer?", "我们回复得快吗？";
    FAST: "Sooner than I hoped", "比预期快";
    FINE: "Soon enough", "还可以";
    SLOW: "Too late", "太慢";
    TEXT: "What should we do better?", "哪里应该做得更好？";
    TEXT_HINT: "Leave out recovery words, passwords, codes and other people's names.", "不要写助记词、密码、验证码，也不要写别人的姓名。";
    SEND: "Send", "发送";
    MORE: "Thank you. Two more, if you like:", "谢谢。愿意的话，再答两个：";
    THANKS: "Thank you. People here read this.", "谢谢，我们会有人认真看。";
    THANKS_MORE: "If something is happening again, do not wait for an answer to this: report it, or write on your case page.", "如果又出事了，不要等这里的回复：请马上报告，或在案件页留言。";
    ANYTIME: "Say how we do", "给我们提意见";
    NOT_URGENT: "This is not the place for an emergency. Report that and you get steps at once.", "紧急情况不要写在这里，请去报告，马上就有步骤。";
    PRIVACY: "What we keep", "我们保存什么";
    PRIVACY_CASE: "Your answers are kept with your case and deleted with it. The text is kept encrypted; our staff read it to work better.", "您的回答与案件一起保存，一起删除。文字加密保存，只有工作人员会看，用来改进工作。";
    PRIVACY_OPEN: "We keep your answers and the text, encrypted, without your name or address. Our staff read it to work better; it is deleted after {} days.", "我们保存您的回答和文字（加密），不含您的姓名和网络地址。只有工作人员会看，用来改进工作，{} 天后删除。";
    EMPTY: "Answer at least one question, or write something.", "请至少回答一个问题，或写点什么。";

    OUTAGE: "Something does not work", "服务故障";
    MAINTENANCE: "Maintenance", "系统维护";
    MARKET: "About the market", "行情提示";
    OUTBREAK: "Warning: an attack on many people", "警告：正有人大范围作案";
    OTHER: "Notice", "公告";
    DO_NOW: "What to do now", "现在该做什么";
    CHANGED: "Last changed {}", "最后更新：{}";
}

pub fn stars(count: u8) -> Say {
    match count {
        0 | 1 => ONE,
        2 => TWO,
        3 => THREE,
        4 => FOUR,
        5.. => FIVE,
    }
}

pub fn solved(solved: Solved) -> Say {
    match solved {
        Solved::Yes => SOLVED_YES,
        Solved::Partly => SOLVED_PARTLY,
        Solved::No => SOLVED_NO,
    }
}

pub fn speed(speed: Speed) -> Say {
    match speed {
        Speed::Fast => FAST,
        Speed::Fine => FINE,
        Speed::Slow => SLOW,
    }
}

/// The heading of an announcement.
pub fn about(about: About) -> Say {
    match about {
        About::Outage => OUTAGE,
        About::Maintenance => MAINTENANCE,
        About::Market => MARKET,
        About::Outbreak => OUTBREAK,
        About::Other => OTHER,
    }
}
