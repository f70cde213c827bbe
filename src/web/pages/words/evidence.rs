//! The evidence pack: the account of the case, the letters, where to report.

use super::Say;
use crate::guidance::StepState;
use crate::text::Kind;

super::say! {
    TITLE: "For the exchange and the police", "给交易所和警方的材料";
    INTRO: "Print this page or download it. Keep it on a device that is not affected. Send it yourself, by the provider's own app or an address that you type, and never to somebody who offers help.", "可以打印或下载本页。请保存在没有出问题的设备上。由您自己通过官方应用或手动输入的网址提交，绝不要发给主动来“帮忙”的人。";
    REGION: "Where will you report?", "您打算在哪里报案？";
    REGION_SHOW: "Show", "显示";
    REGION_ANY: "Not decided", "还没决定";
    DOWNLOAD: "Download all (ZIP)", "全部下载（ZIP）";
    PLAIN: "As plain text", "纯文本";
    BACK: "Back to my case", "返回我的案件";

    README: "What is in this folder", "文件夹里有什么";
    README_CASE: "case: what happened in your own words, what these name, and what was done.", "case：您自己的陈述、其中提到的地址与交易、已经做了什么。";
    README_NAMED: "named: addresses, transactions and sites, one a line, for programs.", "named：地址、交易和网站，每行一个，供程序读取。";
    README_PROVIDER: "letter-provider: to an exchange or service that the coins went to.", "letter-provider：写给资产流向的交易所或服务商。";
    README_POLICE: "letter-police: to the police.", "letter-police：写给警方。";
    README_WHERE: "where-to-report: whom to turn to, by region.", "where-to-report：各地区的报案渠道。";
    README_HASHES: "MANIFEST.sha256: the SHA-256 of each file, so that anybody can check that none was changed.", "MANIFEST.sha256：各文件的 SHA-256，任何人都可以核对文件未被改动。";
    README_NEVER: "Never add recovery words, private keys, passwords or codes to these files, whoever asks.", "无论谁要求，都不要在这些文件里加入助记词、私钥、密码或验证码。";
    README_ALSO: "Keep as well: screenshots with the address bar, chats with user names and numeric ids, e-mails with headers, login and withdrawal records.", "另请保留：带地址栏的截图、含用户名和数字 ID 的聊天记录、带邮件头的邮件、登录与提现记录。";

    ACCOUNT: "Account of case {}", "案件 {} 的说明";
    REFERENCE: "Case reference", "案件编号";
    PREPARED: "Prepared", "生成时间";
    RECEIVED: "Reported", "报告时间";
    MAYBE: "Assessed as (not proven)", "初步判断（未经证实）";
    STATEMENTS: "In the person's own words, as kept; secrets were removed on arrival", "本人陈述（按保存内容；收到时已删除敏感信息）";
    NONE: "None.", "无。";
    NAMED: "What was named", "提到的地址与交易";
    CLAIMS: "Given by the person, not verified", "由本人提供，未经核实";
    STEPS: "Steps by the person", "本人采取的步骤";
    PROGRESS: "What the wallet provider did", "钱包服务方做了什么";
    ANSWERS: "What the wallet provider wrote", "钱包服务方的回复";
    TIMES: "All times are UTC.", "所有时间均为 UTC。";
    FIRST_NAMED: "first named", "首次提到";
    AMOUNT: "Amount in US dollars", "金额（美元）";
    ASSET: "Coin", "币种";
    ACCOUNT_NAME: "Account", "账户";
    TRIED: "Tried before", "此前尝试过";

    WALLET: "Address", "地址";
    TRANSACTION: "Transaction", "交易";
    DOMAIN: "Domain", "域名";
    URL: "Link", "网址";
    EMAIL: "E-mail", "邮箱";
    PHONE: "Telephone", "电话";
    IP: "IP address", "IP 地址";

    PROVIDER: "Letter to the exchange or service", "致交易所或服务商";
    PROVIDER_TO: "To the security or compliance team of: ____________________", "致 ____________________ 安全或合规团队：";
    PROVIDER_SUBJECT: "Subject: coins moved without my consent: please hold and preserve", "事由：资产未经本人同意被转出，请求保全";
    PROVIDER_BODY: "Coins were moved out of my wallet or account without my consent. As far as I can tell, some of them reached your service.", "我的钱包或账户中的资产未经本人同意被转出。就我所知，其中一部分进入了贵平台。";
    PROVIDER_ASK_HOLD: "Please hold the receiving account as far as your rules allow, and tell me what you need for it.", "请在规则允许的范围内暂停收款账户的转出，并告知需要我提供什么材料。";
    PROVIDER_ASK_KEEP: "Please preserve its records: identity data, sign-ins with addresses and devices, deposits and withdrawals.", "请保全相关记录：身份资料、登录地址与设备、充值与提现记录。";
    PROVIDER_ASK_FORM: "Please tell me how the police reach you with an official request, and give me a number for this letter.", "请告知警方向贵平台正式调取的途径，并给我一个受理编号。";
    PROVIDER_NOTE: "A hold is temporary and is decided by the provider; most ask for a police reference. Nobody may charge you for it.", "暂停只是临时措施，由服务商决定，多数需要警方的受案编号。任何人都不得为此向您收费。";

    POLICE: "Letter to the police", "致警方";
    POLICE_TO: "To: ____________________ (police)", "致：____________________（公安机关或警方）";
    POLICE_SUBJECT: "Subject: report of theft or fraud of digital assets", "事由：数字资产被盗或被骗报案材料";
    POLICE_BODY: "I report that digital assets were taken from me as described below. I confirm that the account below is what I told the wallet provider, at the times it names.", "本人报案：数字资产被他人非法取得，经过如下。以下内容为本人在所列时间向钱包服务方的陈述。";
    POLICE_ASK_CASE: "Please take up the report and give me a reference; exchanges and issuers act on it.", "请予受理并出具受案编号，交易所和发行方需凭此处理。";
    POLICE_ASK_FREEZE: "Where coins of an issuer that can freeze are concerned (such as USDT or USDC), please consider a request to the issuer and to the receiving exchanges soon.", "如涉及可由发行方冻结的币种（如 USDT、USDC），请尽快考虑向发行方及收款交易所提出请求。";
    POLICE_ASK_BANK: "Where bank money is concerned, please consider a stop-payment.", "如涉及银行资金，请考虑紧急止付。";

    SIGN_NAME: "Name: ____________________", "姓名：____________________";
    SIGN_CONTACT: "Contact: ____________________", "联系方式：____________________";
    SIGN_POLICE: "Police reference, if there is one: ____________________", "警方受案编号（如有）：____________________";
    SIGN_LOSS: "Loss at the time, in coins and money: ____________________", "损失（币数及当时价值）：____________________";
    SIGN_DATE: "Date and signature: ____________________", "日期与签名：____________________";
    ENCLOSED: "The facts", "事实";

    WHERE: "Where to report", "到哪里报案";
    WHERE_TYPE: "Dial and type these yourself. Do not search for them: names of hotlines are cloned.", "请自己拨号和输入网址，不要搜索：热线的名字常被仿冒。";
    EMERGENCY: "Danger to life", "人身危险";

    CN: "Mainland China", "中国大陆";
    HK: "Hong Kong", "香港";
    SG: "Singapore", "新加坡";
    US: "United States", "美国";
    GB: "United Kingdom", "英国";
    EU: "European Union", "欧盟";
}

/// The name of a region of the help lines, where we have one.
pub fn region(region: &str) -> Option<Say> {
    Some(match region {
        "CN" => CN,
        "HK" => HK,
        "SG" => SG,
        "US" => US,
        "GB" => GB,
        "EU" => EU,
        _ => return None,
    })
}

pub fn kind(kind: Kind) -> Say {
    match kind {
        Kind::Wallet => WALLET,
        Kind::Transaction => TRANSACTION,
        Kind::Domain => DOMAIN,
        Kind::Url => URL,
        Kind::Email => EMAIL,
        Kind::Phone => PHONE,
        Kind::Ip => IP,
    }
}

/// What a claim is about, by its field.
pub fn claim(field: &str) -> Say {
    match field {
        "claimed-usd" => AMOUNT,
        "asset" => ASSET,
        "tried" => TRIED,
        _ => ACCOUNT_NAME,
    }
}

/// How far a step got.
pub fn step_state(state: StepState) -> Say {
    super::plan::state(state)
}
