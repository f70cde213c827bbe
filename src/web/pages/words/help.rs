//! The help place, and the pages on staying safe. What everyday questions are answered with comes from the playbooks.

use super::Say;

super::say! {
    TITLE: "Help", "帮助";
    SEARCH: "What is your question?", "您想问什么？";
    SEARCH_HINT: "A few words, such as “transfer stuck” or “wrong network”.", "几个字就行，例如“转账卡住”“转错链”。";
    FIND: "Search", "搜索";
    FOUND: "What may fit", "可能有用的内容";
    NOTHING: "Nothing here fits those words. Ask us: you get an answer or steps at once.", "没有找到相符的内容。请直接问我们，马上就有回复或步骤。";
    URGENT: "That sounds as if it cannot wait", "这听起来不能等";
    URGENT_MORE: "If money is leaving, or somebody may know your words or be in your account, do not read on: report it, and you get your steps at once.", "如果资产正在被转走，或有人可能知道您的助记词、进了您的账户，不要往下看了：请马上报告，立刻给您步骤。";
    REPORT: "Report it now", "马上报告";
    EVERYDAY: "Everyday questions", "常见问题";
    SAFE: "How to stay safe", "怎样保护自己";
    STEPS: "What to do", "怎么做";
    ASK: "Not answered?", "没解决？";
    ASK_MORE: "Ask us in your own words. A person reads it.", "用自己的话问我们，有真人看。";
    ASK_GO: "Ask us", "问我们";
    EVERYTHING: "All of help", "全部帮助";
    CHECK: "Somebody says they are us? Check it.", "有人自称是我们？核对一下。";

    WORDS_TITLE: "Keep your recovery words", "保管好助记词";
    WORDS_SUM: "Whoever has the words has the coins. There is no second lock.", "谁有助记词，谁就有币，没有第二把锁。";
    WORDS_ONE: "Write them on paper or metal, by hand, alone. Keep two copies in two places.", "独自手抄在纸上或金属板上，备两份，分两处放。";
    WORDS_TWO: "No photo, no screenshot, no cloud, no notes app, no mail or chat to yourself. Malware looks for exactly these.", "不拍照、不截图、不存网盘、不写备忘录、不发给自己。木马专找这些。";
    WORDS_THREE: "Type them only to restore a wallet, in an app that you installed from its official place. No site, form or person needs them for anything else.", "只在恢复钱包时，在官方渠道安装的应用里输入。其他任何网站、表单、人都不需要。";
    WORDS_FOUR: "If anyone else may have seen them, make a new wallet and move everything. Changing a password does not help.", "只要可能被别人看到，就新建钱包把资产全部转走。改密码没有用。";

    SITE_TITLE: "The real site and the real app", "认准真网站、真应用";
    SITE_SUM: "False copies look the same. The way you came there is what tells.", "假的做得一模一样，关键看您是怎么进去的。";
    SITE_ONE: "Type the address yourself once, then keep it as a bookmark. Do not come from an advert, a search result or a message.", "自己输入一次网址，存成书签。不要从广告、搜索结果或消息里进入。";
    SITE_TWO: "Install from the shop page that our own site links to. Look at the maker's name and the number of installs.", "从我们官网给出的商店页面安装，看清开发者名称和安装量。";
    SITE_THREE: "An app from a file, a chat or a “test version” link is not ours.", "文件、聊天里发来的安装包，或“内测版”链接，都不是我们的。";
    SITE_FOUR: "Not sure about an address? Paste it on the page “Is this really us?”.", "拿不准某个网址？粘贴到“这真的是我们吗？”页面查一下。";

    SIGN_TITLE: "Before you sign or approve", "签名、授权之前";
    SIGN_SUM: "A signature can hand over your coins without a password.", "一次签名就可能把币交出去，不需要密码。";
    SIGN_ONE: "Read who may take what. An unlimited amount, “approve all” or a permit to an unknown address is a reason to stop.", "看清谁能动用什么。无限额度、“全部授权”、授权给陌生地址，都要停下。";
    SIGN_TWO: "Nobody has to sign to verify, to unlock, to receive a gift or to get a refund.", "验证、解锁、领奖、退款都不需要签名。";
    SIGN_THREE: "Now and then look through your approvals and revoke what you no longer use.", "不时检查授权，取消不再使用的。";
    SIGN_FOUR: "Keep large sums in a wallet that never connects to sites.", "大额放在从不连接网站的钱包里。";

    PHONE_TITLE: "Protect your phone, number and mail", "保护手机、号码和邮箱";
    PHONE_SUM: "Who holds your mail or your number can reset your accounts.", "谁控制了您的邮箱或号码，谁就能重置您的账户。";
    PHONE_ONE: "Set a second factor with an authenticator or a security key for exchange and mail; not by text message where you can choose.", "交易所和邮箱用验证器或安全密钥做二次验证，能选就不用短信。";
    PHONE_TWO: "Ask your telephone company for a PIN against SIM swaps, and set a PIN on the SIM itself.", "请运营商设置防补卡密码，SIM 卡本身也设 PIN 码。";
    PHONE_THREE: "Lock the screen, keep the system up to date, and remove apps that can read the screen or the keyboard.", "设好锁屏，及时更新系统，删掉能读取屏幕或键盘的应用。";
    PHONE_FOUR: "Set a list of withdrawal addresses at your exchange, so that a thief has to wait.", "在交易所设置提币地址白名单，让小偷只能等。";

    AFTER_TITLE: "After a theft: the second one", "被盗之后：当心第二次";
    AFTER_SUM: "Help for money comes to those who lost some. It is the same thieves, or others who bought your name.", "丢了钱的人会等来收费的“帮助”。那是同一伙人，或买了您信息的人。";
    AFTER_ONE: "Nobody can take back what was confirmed on a chain. Whoever promises it for a fee, a tax or a deposit steals again.", "链上已确认的转账谁也撤不回。谁说交手续费、税费、保证金就能追回，都是再骗一次。";
    AFTER_TWO: "Lawyers, hackers, police on a messenger, “us” in a private message: all of them come by themselves. Real help you reach yourself, and it is free.", "律师、黑客、聊天软件上的警察、私信里的“我们”，都是自己找上门的。真正的帮助要您自己去找，而且免费。";
    AFTER_THREE: "Take down public posts with your address and the sum. They draw the next one.", "删掉公开帖子里的地址和金额，它们会引来下一个骗子。";
    AFTER_FOUR: "Report to the police all the same: exchanges freeze for a police file, not for a request.", "仍然要报警：交易所凭警方案件冻结，不凭个人请求。";
}

/// A page on staying safe.
pub struct Safety {
    pub id: &'static str,
    pub title: Say,
    pub summary: Say,
    pub points: [Say; 4],
}

pub const SAFETY: [Safety; 5] = [
    Safety { id: "recovery-words", title: WORDS_TITLE, summary: WORDS_SUM, points: [WORDS_ONE, WORDS_TWO, WORDS_THREE, WORDS_FOUR] },
    Safety { id: "real-site", title: SITE_TITLE, summary: SITE_SUM, points: [SITE_ONE, SITE_TWO, SITE_THREE, SITE_FOUR] },
    Safety { id: "before-signing", title: SIGN_TITLE, summary: SIGN_SUM, points: [SIGN_ONE, SIGN_TWO, SIGN_THREE, SIGN_FOUR] },
    Safety { id: "phone-and-mail", title: PHONE_TITLE, summary: PHONE_SUM, points: [PHONE_ONE, PHONE_TWO, PHONE_THREE, PHONE_FOUR] },
    Safety { id: "after-a-theft", title: AFTER_TITLE, summary: AFTER_SUM, points: [AFTER_ONE, AFTER_TWO, AFTER_THREE, AFTER_FOUR] },
];
