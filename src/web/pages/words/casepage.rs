//! The case page: how long it takes, what was done, what can be asked for, and the letterbox.

use maud::{Markup, html};

use super::Say;
use crate::respond::Wish;
use crate::respond::view::{DoneWhat, RequestState};
use crate::text::Language;

super::say! {
    LIKELY: "Likely taken up by a person in {}.", "预计 {} 内有人接手。";
    LIKELY_CLOCK: "That is around {}.", "大约是 {}。";
    REASON: "Why: that many cases of your lane were taken up lately: {}.", "依据：同一队列最近接手的案件：{}。";
    UNKNOWN: "We cannot say how long it takes: too few cases were taken up lately to tell. The time above is the one we promise.", "现在说不准要多久：最近接手的案件太少，无法估计。上面的时间是我们承诺的最晚时间。";
    AWAY: "Staff are away now and back at {}. Your steps do not wait for them.", "工作人员现在不在，{}回来。您的步骤不用等他们。";
    AS_OF: "As of {}", "更新于 {}";

    DONE: "What we did", "我们做了什么";
    RECEIVED: "We received your report.", "收到了您的报告。";
    TAKEN: "A responder read it and took it in hand.", "处理人员已阅读并接手。";
    HANDED_BACK: "It went back to the queue, at its old place.", "已放回队列，位置不变。";
    ANSWERED: "A responder wrote to you.", "处理人员给您回复了。";
    RAISED: "A responder put it higher: it is more urgent than it looked.", "处理人员提高了优先级：比最初看上去更紧急。";
    CLOSED: "A responder closed it.", "处理人员已结束此案。";
    REOPENED: "It was opened again.", "已重新打开。";
    HOLD_ASKED: "We asked the wallet service to hold withdrawals.", "我们已请求钱包服务暂停提现。";

    GUESSED: "Wrong codes were tried at your case today: {}. They opened nothing. Your place stays the same.", "今天有人用错误的访问码试图打开您的案件，次数：{}。没有打开，您的排队位置不变。";
    UNPROVEN: "came with the link, without the code", "只凭链接发来，没有访问码";

    PACK: "For the exchange and the police", "给交易所和警方的材料";
    PACK_HINT: "Your words, addresses, transactions and times, with letters to fill in and a list of hashes. Link and code are not in it.", "您的陈述、地址、交易和时间，附可填写的信件和哈希清单。其中没有您的链接和访问码。";
    PACK_OPEN: "See, print or download", "查看、打印或下载";

    SAFETY: "Link, contact, protection", "链接、联系方式与保护";
    SEEN: "Somebody may have seen my link", "我的链接可能被别人看到了";
    SEEN_HINT: "Without the code it opens nothing. Ask for a new link and code: all other browsers are signed out at once, and staff check that it is you before the old ones end.", "没有访问码，链接什么也打不开。您可以申请新的链接和访问码：其他浏览器会立即退出；工作人员确认是您之后，旧的才会作废。";
    ASK_LINK: "Ask for a new link", "申请新链接";
    CONTACT: "Change how we reach you", "更改联系方式";
    CONTACT_HINT: "Staff check first; it counts a day after they agree.", "工作人员先核实，同意一天后生效。";
    CONTACT_LABEL: "New e-mail, telephone or Telegram name", "新的邮箱、电话或 Telegram 用户名";
    ASK_CONTACT: "Ask for this change", "申请更改";
    WITHDRAW: "Withdraw the report, or end a protection", "撤回报告或停止保护";
    WITHDRAW_HINT: "Nothing happens until staff agree, because a thief would ask for this too.", "工作人员同意之前不会有任何变化，因为盗用者也会提出同样的要求。";
    ASK_WITHDRAW: "Ask to withdraw", "申请撤回";
    ASK_STOP: "Ask to end protection", "申请停止保护";
    ASKED: "What you asked for", "您的申请";
    WISH_LINK: "New link and code", "新链接和访问码";
    WISH_CONTACT: "Another contact", "更改联系方式";
    WISH_WITHDRAW: "Withdrawal of the report", "撤回报告";
    WISH_STOP: "End of protection", "停止保护";
    STATE_WAITING: "waits for staff", "等待工作人员";
    STATE_GRANTED: "agreed", "已同意";
    STATE_REFUSED: "not agreed; staff wrote why, or ask them", "未同意；如未说明原因，可留言询问";
    STATE_DONE: "done", "已完成";
    TAKE_LINK: "Show my new link and code", "显示新的链接和访问码";
    TAKE_LINK_HINT: "The old ones end with this. Have paper at hand.", "旧的随即作废。请准备好纸笔。";

    NEW_KEYS: "Your new link and code", "新的链接和访问码";
    NEW_KEYS_HINT: "The old ones open nothing any more.", "旧的已经失效。";
    WRITTEN: "Open my case page", "打开我的案件页";
    WRITTEN_HINT: "Write link and code down first: from then on they are not shown again.", "请先抄好链接和访问码：之后不再显示。";
    PUT_AWAY: "Nothing is shown here any more", "这里不再显示内容";
    PUT_AWAY_HINT: "What was sent has arrived. Link and code were shown once and are put away; whoever wrote them down can open the case with them.", "发送的内容已经收到。链接和访问码只显示一次，现已收起；抄下的人可以用它们打开案件。";

    LETTER: "It does not open? Leave words for staff.", "打不开？可以给工作人员留言。";
    LETTER_HINT: "They reach your case with this link alone, also while opening pauses because somebody guessed. Nothing of your case is shown here. Leave out recovery words, passwords and codes.", "只凭这个链接就能送到您的案件，即使因为有人乱猜访问码而暂停打开时也可以。这里不会显示案件内容。不要写助记词、密码和验证码。";
    LETTER_LABEL: "Your words", "留言内容";
    LETTER_SEND: "Leave these words", "留言";
    LEFT: "If this link belongs to a case, staff have your words now", "如果这个链接属于某个案件，工作人员已收到您的留言";
    LEFT_HINT: "The answer will stand on the case page. Your place in the queue stays the same.", "回复会出现在案件页上，您的排队位置不变。";
}

/// What an estimate rests on: "12 in the last hour".
pub fn reason(served: u32, within_minutes: u32, language: Language) -> Markup {
    let span = super::minutes(i64::from(within_minutes), language);
    let counted = match language {
        Language::En => format!("{served} in the last {span}"),
        Language::Zh => format!("最近 {span}内 {served} 件"),
        Language::ZhHant => format!("最近 {span}內 {served} 件"),
    };
    REASON.around(language, &html! { (counted) })
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
    }
}
