//! Simplified to traditional Chinese, for what a person reads in Taiwan, Hong Kong or Macao.
//!
//! One text serves all three: Taiwan's standard letters, and words that all of them understand.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use ferrous_opencc::{OpenCC, config::BuiltinConfig};

/// What the converter leaves as a mainland word, or writes in a letter that nobody there uses.
const TERMS: [(&str, &str); 37] = [
    ("臺", "台"),
    ("后", "後"),
    ("隻", "只"),
    ("髮", "發"),
    ("籤", "簽"),
    ("標籤", "標籤"),
    ("明瞭", "明了"),
    ("併發", "並發"),
    ("賬", "帳"),
    ("登錄", "登入"),
    ("登陸", "登入"),
    ("退出登入", "登出"),
    ("退出登錄", "登出"),
    ("信息", "資訊"),
    ("鏈接", "連結"),
    ("屏幕", "螢幕"),
    ("共享螢幕", "分享螢幕"),
    ("共享屏幕", "分享螢幕"),
    ("屏幕共享", "分享螢幕"),
    ("設置", "設定"),
    ("粘貼", "貼上"),
    ("剪貼板", "剪貼簿"),
    ("二維碼", "QR 碼"),
    ("郵箱", "信箱"),
    ("短信", "簡訊"),
    ("程序", "程式"),
    ("網絡", "網路"),
    ("軟件", "軟體"),
    ("硬件", "硬體"),
    ("搜索", "搜尋"),
    ("打印", "列印"),
    ("視頻", "影片"),
    ("服務器", "伺服器"),
    ("默認", "預設"),
    ("刷新", "重新整理"),
    ("數據", "資料"),
    ("殺毒", "防毒"),
];

struct Converter {
    opencc: OpenCC,
    terms: AhoCorasick,
}

static CONVERTER: LazyLock<Converter> = LazyLock::new(|| Converter {
    opencc: OpenCC::from_config(BuiltinConfig::S2tw).expect("the table from simplified to traditional is compiled in"),
    terms: AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(TERMS.map(|(from, _)| from))
        .expect("a few short words make an automaton"),
});

/// The text in traditional script. Other scripts stay as they are.
pub fn traditional(text: &str) -> String {
    let converted = CONVERTER.opencc.convert(text);
    CONVERTER.terms.replace_all(&converted, &TERMS.map(|(_, to)| to))
}

/// Whether a letter is written otherwise in traditional script, by its distance from `FIRST`.
static DIFFERS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    // A line feed between the letters keeps the converter from seeing words.
    let all: String = (FIRST..=LAST).flat_map(|letter| [letter, '\n']).collect();
    let converted = CONVERTER.opencc.convert(&all);
    (FIRST..=LAST).zip(converted.lines()).map(|(letter, line)| !line.starts_with(letter)).collect()
});

const FIRST: char = '\u{4E00}';
const LAST: char = '\u{9FFF}';

/// Whether a letter belongs to simplified script alone, as far as one letter can tell.
pub fn is_simplified(letter: char) -> bool {
    if !(FIRST..=LAST).contains(&letter) {
        return false;
    }
    let place = u32::from(letter) - u32::from(FIRST);
    usize::try_from(place).ok().and_then(|place| DIFFERS.get(place)).copied().unwrap_or(false)
}

/// Wrong conversions that are easy to make, and letters of simplified script with several traditional ones.
#[cfg(test)]
pub const WRONG: [&str; 43] = [
    "后", "发", "髮", "臺", "賬", "里面", "哪里", "里的", "這里", "干淨", "幹淨", "乾擾", "干什", "聯系", "聯係",
    "關系", "關繫", "繫統", "係統", "隻", "復製", "复", "復制", "復雜", "准確", "標准", "批準", "余額", "剩余", "几",
    "游戲", "製止", "限製", "控製", "麵", "多籤", "籤名", "明瞭", "併發", "委托", "登錄", "網絡", "併查",
];

/// What of a text is wrongly converted.
#[cfg(test)]
pub fn wrong(text: &str) -> Vec<&'static str> {
    WRONG.into_iter().filter(|wrong| text.contains(wrong)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fixed_terms_are_the_ones_people_use() {
        for (simple, wanted) in [
            ("钱包", "錢包"),
            ("助记词", "助記詞"),
            ("私钥", "私鑰"),
            ("授权", "授權"),
            ("地址", "地址"),
            ("账户", "帳戶"),
            ("账号", "帳號"),
            ("登录", "登入"),
            ("退出登录", "登出"),
            ("验证码", "驗證碼"),
            ("交易所", "交易所"),
            ("网络", "網路"),
            ("平台", "平台"),
            ("浏览器里", "瀏覽器裡"),
            ("以后", "以後"),
            ("发行方", "發行方"),
            ("干净的设备", "乾淨的設備"),
            ("联系", "聯繫"),
            ("关系", "關係"),
            ("剩余余额", "剩餘餘額"),
            ("只有您", "只有您"),
            ("是不是只有您", "是不是只有您"),
            ("没有少东西后", "沒有少東西後"),
            ("价格只影响价值", "價格只影響價值"),
            ("冻结发布", "凍結發布"),
            ("被多签，标签", "被多簽，標籤"),
            ("写明了该合约并发出", "寫明了該合約並發出"),
            ("复制", "複製"),
            ("签名", "簽名"),
            ("准确", "準確"),
            ("面交", "面交"),
        ] {
            assert_eq!(traditional(simple), wanted, "{simple}");
        }
    }

    #[test]
    fn other_scripts_and_names_stay() {
        for text in ["revoke.cash", "USDT (TRC20) 0xabc", "Приложение", "", "錢包被盜"] {
            assert_eq!(traditional(text), text);
        }
    }

    #[test]
    fn letters_tell_their_script() {
        assert!(['钱', '盗', '转', '账'].into_iter().all(is_simplified));
        assert!(!['錢', '盜', '人', 'a', '\u{20000}'].into_iter().any(is_simplified));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_is_converted_and_a_second_time_changes_nothing(text in "[\u{4E00}-\u{4FFF}a-z ]{0,12}|.{0,20}") {
            let once = traditional(&text);
            prop_assert!(traditional(&once).chars().count() <= once.chars().count() + TERMS.len());
        }
    }
}
