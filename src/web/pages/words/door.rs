//! The way in to a case, and what is said when something does not work.

super::say! {
    ENTER: "Open your case", "打开您的案件";
    ENTER_HINT: "Type the code that you wrote down when you reported.", "请输入您报告时抄下的访问码。";
    CODE: "Code", "访问码";
    CODE_HINT: "It looks like ABCDE-FGHJK.", "格式如 ABCDE-FGHJK。";
    OPEN: "Open", "打开";
    REFUSED: "That did not open a case", "没能打开案件";
    REFUSED_MORE: "Compare the link and the code with your note, sign by sign. After several tries opening pauses for a while; your place in the queue stays the same.", "请把链接和访问码与您抄下的逐字核对。多次不对会暂停一会儿，您的排队位置不受影响。";
    LOST: "No code any more? Send a new report and write your reference in it, the one that begins with HF. A person puts the two together.", "访问码丢了？请重新提交一次报告，并写上 HF 开头的编号，由真人帮您合并。";
    REPORT: "Send a report", "提交报告";

    NOT_FOUND: "There is nothing at this address", "这个地址没有内容";
    NOT_FOUND_NEXT: "If you have a case, open your link again. If not, send a report and you get your steps at once.", "如果您已有案件，请重新打开您的链接；没有的话，请提交报告，马上就有步骤。";
    SESSION_OVER: "Your case page has closed itself", "案件页已自动关闭";
    SESSION_OVER_NEXT: "It does so after a while without use, so that nobody else reads it. Open your link again and type the code.", "一段时间不用会自动关闭，以免别人看到。请重新打开您的链接并输入访问码。";
    STALE: "This page was open too long", "页面打开太久了";
    STALE_NEXT: "Nothing was changed. Open your case again and repeat the last thing you did.", "没有做任何更改。请重新打开案件，再做一次刚才的操作。";
    TOO_MANY: "Please wait a minute", "请稍等一分钟";
    TOO_MANY_NEXT: "A lot is coming from your network just now. Nothing of yours is lost and your place in the queue stays the same. Then try again.", "您所在的网络请求太多。您的内容没有丢，排队位置也不变，稍等再试。";
    TOO_LARGE: "That was too much at once", "一次发送的内容太多";
    TOO_LARGE_NEXT: "Send the most important part first, at most 8,000 characters. You can add the rest as messages.", "请先发最要紧的部分，最多 8000 字，其余的可以再留言补充。";
    UNREADABLE: "We could not read that", "没能读懂您发来的内容";
    UNREADABLE_NEXT: "Nothing was changed. Go back one page and send it again.", "没有做任何更改。请返回上一页再发一次。";
    BROKEN: "Something on our side does not work", "我们这边出了问题";
    BROKEN_NEXT: "It is not your doing. Try again in a minute. If something is leaving your account right now, do not wait for us: stop confirming, and use another device.", "不是您的问题，请一分钟后再试。如果资产正在被转走，不要等我们：先停止任何确认操作，并换一台设备。";
    TYPED: "What you had typed", "您刚才填写的内容";
    TYPED_HINT: "It was not kept. Copy it before you leave this page.", "没有保存。离开本页前请先复制。";
    REQUEST: "If you write to us about this, name", "如需反馈，请提供";
    PERSON: "A person can be reached on your case page; if you have none yet, send a report first.", "在您的案件页上可以找到真人；如果还没有案件，请先提交报告。";

    NOT_KEPT: "Your steps are here. Your report is not kept yet.", "步骤在这里，但报告还没保存。";
    AGAIN: "Then send your report again", "然后请再提交一次报告";
    AGAIN_HINT: "Wait a few minutes. What you typed is still here.", "请等几分钟。您填的内容都还在。";
}
