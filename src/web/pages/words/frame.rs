//! What stands on every page.

use crate::text::Language;

super::say! {
    SKIP: "Skip to the content", "跳到正文";
    NAVIGATION: "Help and leaving", "帮助与离开";
    HELP: "A person, please", "我要找真人";
    LEAVE: "Leave quickly", "快速离开";
    COPY: "Copy", "复制";
    COPIED: "Copied", "已复制";

    NEVER: "What we never ask for", "我们绝不会向您索要";
    NEVER_WORDS: "Recovery words or private keys, not even one word", "助记词或私钥，一个词都不要";
    NEVER_CODES: "Passwords, PINs or sign-in codes", "密码、PIN 码、验证码";
    NEVER_MONEY: "Payment of any kind: no fee, no deposit, no tax", "任何付款：没有手续费、押金、税费";
    NEVER_REMOTE: "Your screen, remote access, or an app to install", "共享屏幕、远程控制、安装应用";
    NEVER_MOVE: "Moving coins to an address that we name", "把币转到我们给出的地址";
    NEVER_FAKE: "Whoever asks for one of these is not us, whatever name, case number or badge they show.", "谁向您要其中任何一样，谁就不是我们，不管对方报出什么名字、编号或工号。";
}

/// The other languages, each named in itself.
pub fn others(language: Language) -> impl Iterator<Item = (Language, &'static str)> {
    let name = |language| match language {
        Language::En => "English",
        Language::Zh => "简体中文",
        Language::ZhHant => "繁體中文",
    };
    Language::ALL.into_iter().filter(move |other| *other != language).map(move |other| (other, name(other)))
}

/// The tag for `lang`, which also picks the right shapes of Chinese letters.
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Zh => "zh-Hans",
        Language::ZhHant => "zh-Hant",
    }
}
