//! "Is this really us?", and the words of a case.

use super::Say;
use crate::guidance::official::{Place, Whose};

super::say! {
    TITLE: "Is this really us?", "这真的是我们吗？";
    LEAD: "If somebody is on the line or writing to you right now: hang up, stop replying. You can check in peace.", "如果对方正在通话或聊天：先挂断，别再回复。您可以慢慢核对。";
    MESSAGE: "What did you get?", "您收到了什么？";
    MESSAGE_HINT: "Paste the message with its check number, or a link, address, name or number that claims to be ours. Nothing you paste here is kept.", "粘贴整条消息（连同核对号），或自称是我们的链接、邮箱、用户名、电话。这里粘贴的内容不会保存。";
    SECRET: "Your three words, or your code", "您的三个词，或访问码";
    SECRET_HINT: "From your own note, never from the message. Needed only for a check number, so that nobody else learns of your case.", "请看您自己的记录，不要照抄消息里的。只有核对号需要它，这样别人查不到您的案件。";
    SECRET_OPEN: "Your case page is open in this browser, so a check number needs nothing else.", "您的案件页已在这个浏览器中打开，核对号不用再填别的。";
    GO: "Check", "核对";

    GENUINE: "This message is from us", "这条消息是我们发的";
    GENUINE_SAME: "Word for word as we wrote it.", "与我们写的一字不差。";
    GENUINE_NUMBER: "The number is right. Compare the words too: they stand on your case page, and only what stands there is ours.", "核对号正确。文字也请对照案件页，只有那里写的才是我们说的。";
    GENUINE_CASE: "It belongs to case {}. If that is not your reference, someone sent you a message from another case: it is not for you.", "它属于案件 {}。如果这不是您的编号，说明有人把别的案件的消息发给了您，与您无关。";
    GENUINE_WORDS: "The words of that case are: {}. If you never chose them, do nothing of what the message says.", "该案件的三个词是：{}。如果不是您选的，消息里说什么都不要做。";
    GENUINE_STILL: "Even we never ask for recovery words, codes, payment or your screen.", "就算真是我们，也绝不会要助记词、验证码、付款或看您的屏幕。";

    MIXED: "Only a part of this is ours", "只有一部分是我们写的";
    MIXED_MORE: "Our words are in it, and others around them that we did not write. Follow nothing in it. Read the message on your case page.", "里面有我们的话，也有我们没写的内容。请都不要照做，到案件页看原文。";
    ALTERED: "Not ours: the words were changed", "不是我们写的：内容被改过";
    ALTERED_MORE: "The number is ours, the words are not those that we wrote. Follow nothing in it. Read the message on your case page.", "核对号是真的，但文字不是我们写的。请不要照做，到案件页看原文。";
    REFUSED: "We cannot confirm this. Treat it as not ours.", "无法确认，请当作不是我们发的。";
    REFUSED_MORE: "Either the number is not ours, or the words or code do not belong to it. Compare both with your own note and try once more. After several tries checking pauses for a while.", "可能核对号不是我们的，也可能三个词或访问码对不上。请对照自己的记录再试一次；多次不对会暂停一会儿。";
    CANNOT: "We cannot tell yet", "现在还判断不了";
    CANNOT_SECRET: "A check number alone proves nothing, since anyone can copy it. Add your three words or your code, or open your case page in this browser and check there.", "只有核对号不能证明什么，谁都能抄。请填上三个词或访问码，或先在这个浏览器里打开案件页再核对。";
    CANNOT_PLACE: "We have no list of this kind of place here. Type the address of our site or app yourself and ask us there.", "这类地址我们这里没有清单。请自己输入我们的网址或打开应用询问。";
    NO_NUMBER: "Nothing shows that this is ours", "没有任何迹象表明这是我们发的";
    NO_NUMBER_MORE: "Every message of ours stands on your case page and carries a check number that begins with CK. This has none. Treat it as not ours.", "我们的每条消息都在您的案件页上，并带有 CK 开头的核对号。这条没有，请当作不是我们发的。";
    PLACE_OURS: "This place is ours", "这是我们的官方渠道";
    PLACE_OURS_MORE: "A name or number can be faked on a screen all the same. Type it in yourself instead of following a link or answering a call.", "不过来电号码和显示的名字都可以伪造。请自己输入，不要点链接，也不要接着对方的电话聊。";
    PLACE_NOT: "Not ours", "不是我们的";
    PLACE_NOT_MORE: "Do not open it, do not reply, do not call back. Keep a screenshot.", "不要打开，不要回复，也不要回拨。请截图留存。";
    EMPTY: "Paste what you got, or type its check number.", "请粘贴收到的内容，或输入核对号。";
    SECRET_SENT: "You pasted recovery words or a key. We kept nothing of it, but if you gave them to anyone else, report it now.", "您粘贴的内容里有助记词或私钥。我们没有保存，但如果您把它给过别人，请马上报告。";
    PLACES: "Places in it", "其中的链接和联系方式";
    NEXT_GAVE: "Did you already do what they asked?", "已经照对方说的做了？";
    NEXT_REPORT: "Report it now, you get your steps at once", "马上报告，立刻给您步骤";
    NEXT_CASE: "Open my case page", "打开我的案件页";

    LINK: "Link", "链接";
    EMAIL: "E-mail", "邮箱";
    HANDLE: "Name", "用户名";
    NUMBER: "Telephone", "电话";
    OURS: "ours", "是我们的";
    NOT_OURS: "not ours", "不是我们的";
    LOOKS: "made to look like ours, and is not", "仿冒我们，不是我们的";
    UNKNOWN: "we have no list of these", "没有这类清单";

    TELL: "How to tell", "怎样分辨";
    TELL_FIRST: "We never write or call first. You come to us, through the app or an address that you type yourself.", "我们不会主动私信或打电话。是您来找我们：通过应用，或自己输入的网址。";
    TELL_PAGE: "Whatever we write stands on your case page. If it is not there, we did not write it.", "我们写的每句话都在您的案件页上。那里没有的，就不是我们写的。";
    TELL_WORDS: "Every message shows the three words that you chose and a number to check here. On the telephone, ask for your three words before anything else.", "每条消息都带有您选的三个词和核对号。打电话时，先让对方说出这三个词。";
    TELL_KNOW: "Knowing your name, your balance or your case number proves nothing. Such things are stolen and sold.", "知道您的姓名、余额或案件编号不能证明什么，这些信息会被偷、被卖。";
    TELL_HURRY: "Hurry, secrecy and fear are tools of thieves. We never mind if you check first.", "催促、保密、恐吓都是骗子的手段。您先核对，我们绝不会介意。";
    NEVER: "Besides what stands below, our staff never", "除了页底所列，工作人员也绝不会";
    NEVER_SIGN: "have you sign a message or transaction “to verify”", "让您签名或发交易来“验证”";
    NEVER_WALLET: "give you a wallet, an address or a QR code to move coins to", "给您钱包、地址或二维码让您转币";
    NEVER_CARD: "ask for a photo of your backup card, your ID in a chat, or a test transfer", "在聊天里要备份卡照片、证件，或让您转一笔试试";
    NEVER_SECRET: "tell you to keep the talk from your family, your bank or the police", "让您瞒着家人、银行或警察";
    OFFICIAL: "Our places", "我们的官方渠道";
    OFFICIAL_SITES: "Sites", "网站";
    OFFICIAL_MAIL: "E-mail", "邮箱";
    OFFICIAL_NAMES: "Names", "用户名";
    OFFICIAL_NUMBERS: "Telephone", "电话";
    OFFICIAL_APPS: "App", "应用下载";

    WORDS: "Your three words", "您的三个词";
    WORDS_WHY: "They stand under every message of ours, and staff say them on the telephone. Whoever does not know them is not us. They open nothing.", "我们的每条消息下面都有它们，工作人员打电话时也会先说。说不出来的就不是我们。它们打不开任何内容。";
    WORDS_NONE: "Choose three words that only you and we know, so that nobody can pose as us.", "选三个只有您和我们知道的词，谁也冒充不了我们。";
    WORDS_CHOOSE: "Choose my words", "选三个词";
    WORDS_CHANGE: "Change them", "更换";
    WORDS_PICK: "Which will you remember?", "哪一组您最容易记住？";
    WORDS_OTHER: "Show me others", "换一批";
    WORDS_KEEP: "Take these", "就用这组";
    WORDS_NOTE: "Write them on paper, beside your code. They are no recovery words and open no wallet.", "请抄在纸上，放在访问码旁边。它们不是助记词，打不开钱包。";
    BACK: "Back to my case", "回到我的案件";
    UNDER_NUMBER: "Check number", "核对号";
    UNDER_WORDS: "your words: {}", "您的三个词：{}";
    UNDER_LINK: "Is this really us?", "这真的是我们吗？";
}

/// What sort of place it is.
pub fn place(place: Place) -> Say {
    match place {
        Place::Link => LINK,
        Place::Email => EMAIL,
        Place::Handle => HANDLE,
        Place::Number => NUMBER,
    }
}

/// Whose a place is.
pub fn whose(whose: Whose) -> Say {
    match whose {
        Whose::Ours => OURS,
        Whose::NotOurs => NOT_OURS,
        Whose::LooksLikeOurs => LOOKS,
        Whose::Unknown => UNKNOWN,
    }
}
