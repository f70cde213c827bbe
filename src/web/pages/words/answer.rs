//! The answer to a report: interrupts, the honest state, the steps as text, what can be added.

use super::Say;

super::say! {
    GO_ON: "Go on to my steps", "继续看我的步骤";
    GO_BACK: "Go on to my case", "继续看我的案件";
    STOP_NOW: "In the next five minutes", "接下来五分钟";
    STOP_KEPT: "Your report has arrived and is in the queue. Read this first, once.", "您的报告已经收到并在排队。请先看完这一页，只显示这一次。";
    STOP_SENT: "Your message has arrived. Read this first.", "您的留言已经收到。请先看完这一页。";

    OUTLOOK: "Where it stands, honestly", "实话实说：现在的情况";
    CAN: "Can still be saved", "还能救的";
    CANNOT: "Cannot be brought back", "救不回的";

    MORE_STEPS: "Then, step by step", "接下来一步一步来";
    SAVE_TEXT: "Save the steps as a text file", "把步骤存成文本文件";
    CODE_FIRST: "Note your code above first: it is shown on this page only.", "先记下上面的访问码：只在这一页显示。";

    DETAILS: "Add what you know, when you have a minute", "有空时再补充";
    DETAILS_HINT: "Do the first steps before this. Skip what you like; staff see what you add.", "先做前面的步骤。想填的再填，工作人员看得到。";
    TRIED: "What have you tried already?", "您已经试过什么？";
    TRIED_HINT: "For example: changed the password, moved coins, called the bank", "例如：改了密码、转走了一部分、打了银行电话";
    DEVICE: "What did it happen on?", "事情发生在哪台设备上？";
    THIS_DEVICE: "The one I am using now", "我现在用的这台";
    OTHER_PHONE: "Another phone", "另一部手机";
    OTHER_COMPUTER: "A computer", "电脑";
    HARDWARE: "A hardware wallet", "硬件钱包";
    FIRST_SIGN: "When was the first sign of it?", "最早的迹象是什么时候？";
    MINUTES: "In the last hour", "一小时以内";
    HOURS: "Today", "今天";
    DAYS: "In the last days", "最近几天";
    LONGER: "Longer ago", "更早";
    SKIP: "Not sure, or skip", "不确定，或跳过";
    ADD: "Add this", "补充";

    TEXT_NEVER_ASK: "We never ask for recovery words, keys, passwords or codes, and never for money.", "我们绝不会要助记词、私钥、密码、验证码，也绝不会要钱。";
    TEXT_CANNOT: "If you cannot: step {}", "做不到的话：做第 {} 步";
}

/// How a device is named.
pub fn device(id: &str) -> Say {
    match id {
        "this-device" => THIS_DEVICE,
        "another-phone" => OTHER_PHONE,
        "another-computer" => OTHER_COMPUTER,
        "hardware-wallet" => HARDWARE,
        _ => SKIP,
    }
}

/// How the time of a first sign is named.
pub fn first_sign(id: &str) -> Say {
    match id {
        "minutes" => MINUTES,
        "hours" => HOURS,
        "days" => DAYS,
        "longer" => LONGER,
        _ => SKIP,
    }
}
