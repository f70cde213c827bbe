//! Every text of the console, each language beside the other. What playbooks say is not here.

use super::Notice;
use crate::incident::Verdict;
use crate::playbook::{Able, Activity, Class, Exposure, Remaining};
use crate::web::pages::words::{Say, say};

say! {
    QUEUE: "Queue", "队列";
    SIGN_OUT: "Sign out", "退出";
    KEYS: "Letters in boxes are access keys: with Alt (Alt and Shift in Firefox, Control and Option on a Mac).", "方框里的字母是快捷键：同时按 Alt（Firefox 按 Alt+Shift，Mac 按 Control+Option）。";
    AGO: "{} ago", "{}前";
    IN: "in {}", "{}后";

    SIGN_IN_TITLE: "Staff sign-in", "工作人员登录";
    TOKEN: "Your token", "您的令牌";
    TOKEN_HINT: "It begins with hfk_. Nobody on the team ever asks you for it.", "以 hfk_ 开头。团队里没有人会向您要它。";
    SIGN_IN: "Sign in", "登录";
    REFUSED: "That did not sign you in. Paste the whole token; if it was withdrawn or has run out, ask for a new one.", "没能登录。请粘贴完整的令牌；如果已停用或过期，请申请新的。";
    SET_UP: "Set up the console", "启用控制台";
    SET_UP_MORE: "This link works once. It makes a token for the first person, who can do everything here. Later tokens come from the command line: holdfast token create.", "此链接只能用一次，会为第一位工作人员生成拥有全部权限的令牌。之后的令牌用命令行生成：holdfast token create。";
    NAME: "Your name", "您的名字";
    NAME_HINT: "Stands on every case you take and in the audit trail.", "会出现在您接手的每个案件和审计记录里。";
    SET_UP_GO: "Make my token", "生成我的令牌";
    TOKEN_TITLE: "Your token", "您的令牌";
    TOKEN_ONCE: "Shown only this once. Put it into your password manager now.", "只显示这一次，请马上存入密码管理器。";
    TOKEN_TRY: "It also works for programs. This takes the next case:", "程序也可以用它。下面的命令会接手下一个案件：";
    STALE: "The case has changed since you saw it", "案件在您查看之后有了变化";
    STALE_MORE: "Nothing was done. Somebody else was first, or your time with the case ran out. Look at it again, then decide.", "没有做任何更改。可能别人先处理了，或您的持有时间已到。请重新查看后再决定。";
    STALE_BACK: "Look at the case", "查看案件";
    TYPED: "What you wrote was not kept; copy it from here", "您写的内容没有保存，可从这里复制";

    NEXT: "Next case", "下一个案件";
    TAKE_NEXT: "Take the next case", "接手下一个案件";
    TAKE_HINT: "You get the most urgent one at that moment; every tenth time, whoever has waited longest.", "您会得到当时最紧急的案件；每第十次轮到等得最久的人。";
    NOTHING_WAITS: "Nobody is waiting.", "没有人在等待。";
    NOTHING_MORE: "New cases appear here when you refresh.", "刷新后会显示新案件。";
    EMPTY: "Nothing was left to take: somebody else was first, or nobody waits.", "没有可接手的案件：别人先接了，或没有人在等。";
    RELEASED: "You gave the case back. It stands at its old place in the queue.", "已交还，案件回到原来的排队位置。";
    CLOSED: "The case is closed. The person sees that, and any message of theirs opens it again.", "案件已结束。对方能看到，对方再留言会重新打开。";
    HELD: "In your hands", "您手上的案件";
    WAITING: "Waiting", "等待中";
    LANES: "Lanes", "通道";
    ALL_LANES: "All", "全部";
    SECURITY: "Security", "安全";
    ROUTINE: "Routine", "日常";
    AS_OF: "As of {}", "截至 {}";
    REFRESH: "Refresh", "刷新";
    MORE: "Next page", "下一页";
    HEAD_START: "{} head start", "提前 {}";
    NO_HEAD_START: "no head start", "无提前";
    FITS: "{} likely", "可能性 {}";
    CHINESE: "Chinese", "中文";
    ENGLISH: "English", "英文";

    CRITICAL: "Critical", "危急";
    SEVERE: "Severe", "严重";
    SERIOUS: "Serious", "较重";
    WATCH: "Watch", "留意";
    CALM: "Calm", "平稳";
    ASKS_PERSON: "Asks for a person", "要求人工";
    SAYS_SOLVED: "Says it is solved", "本人说已解决";
    DANGER: "Danger to life", "人身危险";
    DANGER_MORE: "Words of danger to life or of coercion were seen. People first, money later.", "出现了人身危险或胁迫的字眼。先顾人，再顾钱。";

    ON_THIS_PAGE: "On this page", "本页内容";
    REFERENCE: "Case", "案件";
    NO_CASE: "none, only machines reported", "无，只有机器告警";
    ARRIVED: "Arrived", "到达";
    HEAD_START_NAME: "Head start", "提前量";
    CHANCE: "Chance", "可能性";
    THEY_READ: "Language", "语言";
    ONLY_RAISED: "The evidence as it stands speaks for routine. Lane and level keep the highest that was reached; a verdict closes.", "目前的证据偏向日常问题。通道和级别保持曾达到的最高值；由结论来结束。";
    STATE_OPEN: "In nobody's hands", "无人处理";
    STATE_MINE: "In your hands", "在您手上";
    STATE_ANOTHER: "In the hands of {}", "由 {} 处理";
    STATE_CLOSED: "Closed.", "已结束。";
    STATE_CLOSED_MORE: "A message of the person opens it again.", "对方留言会重新打开。";
    CLAIM: "Take this case", "接手此案件";
    RENEW: "Keep longer", "延长持有";
    RELEASE: "Give back", "交还";
    YOURS_FOR: "for another {}", "还可持有 {}";
    STILL_FOR: "for another {}", "还剩 {}";
    LEASE_OVER: "Your time with it ran out; it goes back to the queue.", "您的持有时间已到，案件会回到队列。";

    REASONS: "Strongest reasons", "最有力的理由";
    NO_REASONS: "Nothing speaks for this kind in particular. It is the safe answer when no other kind stands out.", "没有证据专门指向这一类；在没有更突出的类别时，这是稳妥的处理。";
    WHOLE_SUM: "The whole sum", "完整计算";
    SIGNAL: "signal {}", "信号 {}";
    SUM: "The sum", "计算";
    SUM_OF: "The sum: {}", "计算：{}";
    NO_SUM: "No sign of this playbook fired, so there is nothing to add up beyond how rare it is.", "这一剧本没有触发任何迹象，除了罕见程度外没有可加的项。";
    WHAT: "What", "依据";
    WEIGHT: "Weight", "权重";
    RELIABILITY: "Reliability", "可信度";
    POINTS: "Points", "分值";
    PRIOR: "Before any evidence: how rare this is", "未看证据前：这类事的罕见程度";
    GROUP_CAP: "Cap of the group {}: one cause counts once", "组 {} 的上限：同一原因不重复计";
    ANONYMOUS_CAP: "Cap on what an unproven person says", "未验证者所述的上限";
    LOG_ODDS: "Sum (log-odds)", "合计（对数几率）";
    POINTS_HINT: "0 points are even odds; 1000 more make it ten times as likely against the rest.", "0 分为各半；每多 1000 分，几率变为十倍。";
    PLAYBOOKS: "Playbooks:", "剧本版本：";
    ALSO: "What else it may be", "还可能是";
    NOTHING_ELSE: "Nothing else was touched by the evidence.", "证据没有涉及其他类别。";
    LEFT_OUT: "{} less likely kinds are not shown.", "另有 {} 个可能性更低的类别未显示。";
    ACTS: "above its threshold", "超过阈值";

    SIGNALS: "Signals", "信号";
    EARLIER: "{} earlier signals are not shown.", "更早的 {} 条信号未显示。";
    VERIFIED: "origin proved", "来源已验证";
    UNVERIFIED: "origin not proved", "来源未验证";
    RECEIVED: "taken in", "收到于";
    STAKES: "What is at stake", "利害";
    EXPOSURE: "The thief holds", "对方掌握";
    EXPOSURE_NONE: "nothing known", "未发现";
    EXPOSURE_ACCOUNT: "the account", "账户";
    EXPOSURE_PERMISSION: "a permission or approval", "权限或授权";
    EXPOSURE_SECRET: "the recovery phrase or key", "助记词或私钥";
    ACTIVITY: "Activity", "动向";
    ACTIVITY_NONE: "none seen", "未见动作";
    ACTIVITY_ATTEMPTED: "attempts seen", "有过尝试";
    ACTIVITY_LEAVING: "leaving right now", "正在转走";
    REMAINING: "What is left", "剩余";
    REMAINING_NONE: "nothing", "没有";
    REMAINING_SMALL: "little", "少量";
    REMAINING_MEDIUM: "a middling sum, or unknown", "中等或未知";
    REMAINING_LARGE: "much", "大量";
    VALUE: "Value", "金额";
    VALUE_KNOWN: "as reported or read", "有人说明或已查到";
    VALUE_ASSUMED: "assumed, nobody said", "按剧本假定";
    ABLE: "The person can act", "本人能操作";
    YES: "yes", "能";
    NO: "no", "不能";
    LOSS: "Lost by waiting {}", "再等 {} 的损失";
    RATE: "Saved per staff minute", "每分钟人力可挽回";
    ORDERS: "Orders it can call for", "可用的管控指令";
    ANSWERS: "Answers of the person", "对方的回答";
    NO_ANSWERS: "No question was answered yet.", "还没有回答任何问题。";

    STAFF_STEPS: "Your steps", "您的步骤";
    NO_STAFF_STEPS: "This playbook has no steps for staff.", "此剧本没有工作人员步骤。";
    REQUIRED: "required before closing", "结束前必做";
    TIME_BOX: "at most {}", "最多 {}";
    WAITS_FOR: "after step {}", "先完成第 {} 步";
    WAIVE: "Leave it out, with a reason", "说明理由后豁免";
    WAIVE_GO: "Leave this step out", "豁免此步骤";
    STEPS_OPEN: "Required steps are still open", "还有必做步骤未完成";
    STEPS_OPEN_MORE: "Nothing was closed. Do these steps, or leave each out with a reason, then close.", "案件没有结束。请完成下列步骤，或逐条说明理由后豁免，再结束案件。";
    STEPS_OPEN_BACK: "Go to the steps", "去处理步骤";
    A_STEP: "Step", "步骤";
    TOLD: "What the person was told", "已告知对方的步骤";
    NOBODY_TOLD: "No person has opened a case here; nobody has read these.", "没有人在此立案，还没有人读过这些。";
    TALK: "Conversation", "沟通记录";
    NOTHING_SAID: "Nothing was said yet.", "还没有任何沟通。";
    PERSON: "Person", "对方";
    STAFF: "Staff", "工作人员";
    A_NOTE: "Note", "备注";
    A_VERDICT: "Verdict", "结论";
    REPLY: "Reply to the person", "回复对方";
    REPLY_HINT: "They read it on their case page. Ask for no words, codes, payment or remote access: whoever does is the thief.", "对方会在案件页看到。不要索要助记词、验证码、付款或远程控制：谁要，谁就是骗子。";
    CLAIM_FIRST: "Take the case first, so that nobody answers twice.", "请先接手，以免重复回复。";
    ANOTHER_ANSWERS: "Somebody else has this case. Better write a note.", "别人正在处理，最好写备注。";
    REPLY_CLOSED: "The case is closed. They can still read what you write.", "案件已结束，对方仍能看到您写的内容。";
    NOBODY_READS: "No person has opened a case here, so there is nobody to reply to.", "没有人在此立案，无人可回复。";
    SEND: "Send", "发送";
    NOTE: "Note for staff", "内部备注";
    NOTE_HINT: "The person never sees it.", "对方看不到。";
    KEEP_NOTE: "Keep note", "保存备注";

    DECIDE: "Decide", "处理";
    VERDICT: "What was it?", "结论是什么？";
    CHOOSE: "Choose", "请选择";
    CONFIRMED: "Confirmed: it happened", "属实";
    FALSE_ALARM: "False alarm", "误报";
    ANSWERED: "A question, answered", "问题已解答";
    DUPLICATE: "Same as another case", "与另一案件重复";
    IT_WAS: "Of which kind?", "属于哪一类？";
    NOT_LISTED: "None of these", "都不是";
    REASON: "Reason", "理由";
    CLOSE: "Close with this verdict", "以此结论结束";
    CLOSE_HINT: "The person is told, and can open it again by writing.", "对方会得知，留言即可重新打开。";
    ESCALATE: "Escalate", "升级";
    NEW_LEVEL: "To level", "升到";
    ESCALATE_HINT: "Raises only, and moves into the security lane.", "只升不降，并转入安全通道。";
    REOPEN: "Open again", "重新打开";
    REOPEN_HINT: "It goes back to its place in the queue.", "回到原来的排队位置。";
}

pub fn notice(notice: Notice) -> Say {
    match notice {
        Notice::Empty => EMPTY,
        Notice::Released => RELEASED,
        Notice::Closed => CLOSED,
    }
}

pub fn lane(class: Class) -> Say {
    match class {
        Class::Security => SECURITY,
        Class::Routine => ROUTINE,
    }
}

/// The word for a level, 1 the worst.
pub fn level(level: i64) -> Say {
    match level {
        ..=1 => CRITICAL,
        2 => SEVERE,
        3 => SERIOUS,
        4 => WATCH,
        5.. => CALM,
    }
}

/// The name of a language that people write in, as far as it has one here.
pub fn tongue(tag: &str) -> Option<Say> {
    match tag {
        "zh" => Some(CHINESE),
        "en" => Some(ENGLISH),
        _ => None,
    }
}

/// Who an entry of the conversation is from, by its word in the record.
pub fn author(from: &str) -> Say {
    match from {
        "person" => PERSON,
        "staff" => STAFF,
        "verdict" => A_VERDICT,
        "step" => A_STEP,
        _ => A_NOTE,
    }
}

pub fn verdict(verdict: Verdict) -> Say {
    match verdict {
        Verdict::Confirmed => CONFIRMED,
        Verdict::FalseAlarm => FALSE_ALARM,
        Verdict::Answered => ANSWERED,
        Verdict::Duplicate => DUPLICATE,
    }
}

pub fn exposure(exposure: Exposure) -> Say {
    match exposure {
        Exposure::None => EXPOSURE_NONE,
        Exposure::Account => EXPOSURE_ACCOUNT,
        Exposure::Permission => EXPOSURE_PERMISSION,
        Exposure::Secret => EXPOSURE_SECRET,
    }
}

pub fn activity(activity: Activity) -> Say {
    match activity {
        Activity::NoneSeen => ACTIVITY_NONE,
        Activity::Attempted => ACTIVITY_ATTEMPTED,
        Activity::LeavingNow => ACTIVITY_LEAVING,
    }
}

pub fn remaining(remaining: Remaining) -> Say {
    match remaining {
        Remaining::None => REMAINING_NONE,
        Remaining::Small => REMAINING_SMALL,
        Remaining::MediumOrUnknown => REMAINING_MEDIUM,
        Remaining::Large => REMAINING_LARGE,
    }
}

pub fn able(able: Able) -> Say {
    match able {
        Able::No => NO,
        Able::Yes => YES,
    }
}
