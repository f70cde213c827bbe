//! The report page.

use crate::signal::BadField;

use super::Say;

super::say! {
    TITLE: "Account or wallet in trouble", "账户或钱包出事了";
    STOP_FIRST: "Stop the loss first", "先止损";
    DANGER: "In danger right now? Get safe, then call", "人身正受威胁？先确保安全，再拨打";
    CHINA: "China", "中国大陆";
    HONG_KONG: "Hong Kong, Singapore, UK", "香港、新加坡、英国";
    EUROPE: "EU", "欧盟";
    UNITED_STATES: "US", "美国";

    STOP: "Stop confirming and typing", "停手，不要再确认";
    STOP_MORE: "Approve nothing more. Type no recovery words, passwords or codes anywhere, not even here.", "不要再点任何确认或签名。助记词、密码、验证码哪里都不要输入，这里也不要。";
    DEVICE: "Use another device if you can", "有条件就换一台设备";
    DEVICE_MORE: "This one may be part of the trouble. If it is all you have, go on here.", "出问题的可能就是这一台。如果只有它，就先在这里继续。";
    WORDS: "We never ask for your words", "我们绝不会要您的助记词";
    WORDS_MORE: "Nobody who helps you needs them. Whoever asks is the thief.", "真正帮您的人都不需要它。谁来要，谁就是骗子。";
    START: "Get my steps", "马上获取步骤";

    FORM: "What happened?", "发生了什么？";
    FORM_HINT: "A few words are enough. Leave out recovery words, keys, passwords and codes.", "几句话就够。不要写助记词、私钥、密码和验证码。";
    NOW: "It is happening right now", "现在正在发生";
    NOW_HINT: "Money is leaving, or someone is in the account", "资产正在被转走，或有人正在操作账户";
    DETAILS: "Add details, if you like", "补充信息（可不填）";
    DETAILS_HINT: "None of this is needed to get your steps. You can also send it later.", "不填也能拿到步骤，之后也可以再补。";
    WALLET: "Wallet address", "钱包地址";
    WALLET_HINT: "The public one, which you give to others to be paid", "收款用的公开地址";
    CHAIN: "Network", "哪条链";
    NOT_SURE: "Not sure", "不确定";
    OTHER_EVM: "Polygon, Arbitrum, Base or other EVM", "Polygon、Arbitrum、Base 等 EVM 链";
    CUSTODIAL: "Exchange account", "交易所账户";
    LEFT: "About how much is left, in US dollars", "大约还剩多少（折合美元）";
    ACCOUNT: "Your account or user number with us", "您在我们这里的账号或用户 ID";
    CONTACT: "How we can reach you", "联系方式";
    CONTACT_HINT: "E-mail, phone or Telegram, one that the thief does not have. You get your steps without it, on the next page.", "邮箱、电话或 Telegram，要对方控制不到的。不填也会在下一页给您步骤。";

    PRIVACY: "What we keep", "我们保存什么";
    PRIVACY_WHY: "What you send is kept encrypted, only to protect what is left and to work on your case. Our security staff read it, nobody else. Recovery words and keys are taken out before anything is kept.", "您提交的内容会加密保存，只用来保护剩余资产和处理您的案件，只有我们的安全人员会看。其中的助记词和私钥会在保存之前删除。";
    PRIVACY_UNTIL: "It is deleted {} days after the case is closed.", "案件结束 {} 天后删除。";
    SEND: "Send and see my steps", "提交并查看步骤";
    PERSON: "People read what you send, not only machines. After sending you can write to staff on your own page, without an account or e-mail.", "您提交的内容会有真人处理。提交之后，在您自己的页面上就能给工作人员留言，不需要账号和邮箱。";

    PROBLEMS: "Not sent yet. What you typed is still here.", "还没有提交，您填的内容都还在。";
    BAD_TEXT: "Say in a few words what happened, at most 8,000 characters, or tick that it is happening now.", "请用几句话说明发生了什么（最多 8000 字），或勾选“现在正在发生”。";
    BAD_WALLET: "This is not an address we can read. You may leave it empty.", "这个地址我们读不出来，可以留空。";
    BAD_LEFT: "Write a plain number, like 1200, or leave it empty.", "请填一个数字，比如 1200，或者留空。";
    BAD_CONTACT: "Write one e-mail address, number or name, or leave it empty.", "请只填一个邮箱、号码或用户名，或者留空。";
    BAD_ACCOUNT: "At most 200 characters, or leave it empty.", "最多 200 字，或者留空。";
    BAD_OTHER: "We could not read a part of the form. Please send it again.", "表单里有一处读不出来，请再提交一次。";
}

/// Which field of the page a refused field of the report stands for, and what to say there.
pub fn problem(bad: &BadField) -> (&'static str, Say) {
    match bad.field.split('.').next().unwrap_or_default() {
        "text" => ("text", BAD_TEXT),
        "wallets" => ("wallet", BAD_WALLET),
        "assets" => ("left", BAD_LEFT),
        "contact" => ("contact", BAD_CONTACT),
        "account" => ("account", BAD_ACCOUNT),
        "key" => ("what", super::begin::AGAIN_CHANGED),
        _ => ("", BAD_OTHER),
    }
}
