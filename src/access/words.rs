//! The words that the holder of a case chooses and our staff then say: three plain ones, offered from lists and never typed,
//! so that nobody can choose a sentence that deceives. They open nothing; they prove who writes.

use crate::seal::{Digests, Purpose};
use crate::text::{Language, fold, traditional};

/// How many are offered at once.
pub const OFFERED: usize = 3;
/// How often others can be asked for.
pub const ROUNDS: u32 = 50;

type Lists = [&'static [&'static str]; 3];

const EN: Lists = [
    &[
        "amber", "ancient", "blue", "brave", "bright", "brown", "busy", "calm", "clever", "copper", "crimson",
        "curious", "deep", "dusty", "early", "emerald", "fluffy", "friendly", "gentle", "gilded", "golden", "grand",
        "green", "happy", "hidden", "honest", "humble", "indigo", "ivory", "jolly", "kindly", "late", "lively",
        "lucky", "merry", "mild", "misty", "modest", "olive", "orange", "patient", "pearly", "playful", "plum",
        "polite", "proud", "purple", "quick", "quiet", "round", "scarlet", "shiny", "silent", "silver", "sleepy",
        "snowy", "steady", "sunny", "teal", "tidy", "violet", "warm", "white", "yellow",
    ],
    &[
        "badger", "beaver", "beetle", "bison", "camel", "cat", "cricket", "crane", "deer", "dolphin", "donkey", "dove",
        "duck", "eagle", "falcon", "ferret", "finch", "fox", "frog", "gecko", "giraffe", "goat", "goose", "hamster",
        "hare", "hedgehog", "heron", "horse", "jay", "kitten", "koala", "lark", "lemur", "lion", "llama", "magpie",
        "mole", "moose", "mouse", "newt", "otter", "owl", "panda", "parrot", "pelican", "penguin", "pony", "puffin",
        "rabbit", "raven", "robin", "salmon", "seal", "sparrow", "squirrel", "starling", "stork", "swan", "tiger",
        "toad", "tortoise", "walrus", "whale", "zebra",
    ],
    &[
        "anchor",
        "apron",
        "barrel",
        "basket",
        "bell",
        "bicycle",
        "blanket",
        "boat",
        "bridge",
        "bucket",
        "button",
        "candle",
        "castle",
        "chimney",
        "clock",
        "cradle",
        "cup",
        "drum",
        "fence",
        "ferry",
        "flute",
        "fountain",
        "garden",
        "gate",
        "guitar",
        "hammock",
        "harbour",
        "kettle",
        "kite",
        "ladder",
        "lamp",
        "lantern",
        "library",
        "lighthouse",
        "mill",
        "mirror",
        "mitten",
        "needle",
        "oven",
        "paddle",
        "pencil",
        "piano",
        "pillow",
        "plate",
        "pocket",
        "rope",
        "saddle",
        "sail",
        "scarf",
        "shed",
        "spoon",
        "stove",
        "swing",
        "table",
        "teapot",
        "tent",
        "towel",
        "tower",
        "train",
        "trumpet",
        "umbrella",
        "violin",
        "wagon",
        "window",
    ],
];

const ZH: Lists = [
    &[
        "琥珀", "蓝色", "勇敢", "明亮", "棕色", "安静", "聪明", "铜色", "深红", "好奇", "翠绿", "友善", "温和", "金色",
        "快乐", "诚实", "谦虚", "靛蓝", "象牙", "活泼", "幸运", "欢快", "朦胧", "橄榄", "橙色", "耐心", "珍珠", "顽皮",
        "紫色", "礼貌", "骄傲", "敏捷", "圆圆", "鲜红", "闪亮", "银色", "困倦", "雪白", "稳重", "晴朗", "青色", "整洁",
        "温暖", "白色", "黄色", "粉色", "灰色", "墨绿", "清晨", "傍晚", "春天", "夏天", "秋天", "冬天", "高高", "小小",
        "胖胖", "悠闲", "沉默", "古老", "新鲜", "细心", "轻轻", "慢慢",
    ],
    &[
        "海狸", "甲虫", "骆驼", "花猫", "蟋蟀", "白鹤", "小鹿", "海豚", "毛驴", "鸽子", "鸭子", "老鹰", "雪貂", "狐狸",
        "青蛙", "壁虎", "山羊", "大鹅", "仓鼠", "野兔", "刺猬", "白鹭", "骏马", "考拉", "云雀", "狐猴", "狮子", "羊驼",
        "喜鹊", "鼹鼠", "驼鹿", "蝾螈", "水獭", "熊猫", "鹦鹉", "鹈鹕", "企鹅", "兔子", "乌鸦", "海豹", "麻雀", "松鼠",
        "椋鸟", "天鹅", "老虎", "蟾蜍", "乌龟", "海象", "鲸鱼", "斑马", "燕子", "蜜蜂", "蝴蝶", "蜻蜓", "鲤鱼", "孔雀",
        "黄鹂", "猎豹", "河马", "犀牛", "浣熊", "大象", "水牛", "蜗牛",
    ],
    &[
        "船锚", "围裙", "木桶", "竹篮", "铃铛", "毛毯", "小船", "石桥", "水桶", "纽扣", "蜡烛", "城堡", "烟囱", "时钟",
        "摇篮", "茶杯", "大鼓", "篱笆", "渡船", "长笛", "喷泉", "花园", "大门", "吉他", "吊床", "港湾", "水壶", "风筝",
        "梯子", "台灯", "灯笼", "书房", "灯塔", "磨坊", "镜子", "手套", "烤炉", "船桨", "铅笔", "钢琴", "枕头", "盘子",
        "口袋", "绳子", "马鞍", "船帆", "围巾", "木屋", "汤匙", "炉子", "秋千", "桌子", "茶壶", "帐篷", "毛巾", "高塔",
        "火车", "喇叭", "雨伞", "提琴", "马车", "窗户", "凉亭", "书包",
    ],
];

/// The words on offer to one case: the same for the same round, others for the next.
pub fn offered(digests: &Digests, case: &str, (round, language): (u32, Language)) -> [String; OFFERED] {
    let digest = hex::decode(digests.of(Purpose::CasePhrase, "offer", &format!("{case}/{round}"))).unwrap_or_default();
    let word = |list: &'static [&'static str], place: usize| -> &'static str {
        let [high, low] = [0, 1].map(|at| usize::from(digest.get(place * 2 + at).copied().unwrap_or(0)));
        list[(high * 256 + low) % list.len()]
    };
    let lists = match language {
        Language::En => &EN,
        Language::Zh | Language::ZhHant => &ZH,
    };
    std::array::from_fn(|offer| {
        let words: Vec<&str> = (0..3).map(|at| word(lists[at], offer * 3 + at)).collect();
        let words = words.join(" ");
        if language == Language::ZhHant { traditional(&words) } else { words }
    })
}

/// Words as they are compared: letters alone, in one script and case.
pub fn comparable(words: &str) -> String {
    fold(words).as_str().chars().filter(|letter| letter.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::seal::Keys;

    #[test]
    fn the_lists_hold_no_word_twice_and_no_two_that_read_alike() {
        for lists in [EN, ZH] {
            let mut seen = BTreeSet::new();
            for word in lists.iter().copied().flatten() {
                assert!(seen.insert(comparable(word)), "{word}");
            }
            assert!(lists.iter().all(|list| list.len() == 64), "{:?}", lists.map(<[_]>::len));
        }
    }

    #[test]
    fn offers_stay_the_same_in_a_round_and_differ_between_rounds_and_cases() {
        let digests = Keys::new([7; 32]).digests;
        let first = offered(&digests, "a", (0, Language::En));
        assert_eq!(first, offered(&digests, "a", (0, Language::En)));
        assert_ne!(first, offered(&digests, "a", (1, Language::En)));
        assert_ne!(first, offered(&digests, "b", (0, Language::En)));
        assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), OFFERED);
        assert!(first.iter().all(|words| words.split(' ').count() == 3));
    }

    #[test]
    fn words_fit_in_either_script_and_however_they_are_typed() {
        let digests = Keys::new([7; 32]).digests;
        let (zh, hant) = (offered(&digests, "a", (3, Language::Zh)), offered(&digests, "a", (3, Language::ZhHant)));
        for (one, other) in zh.iter().zip(&hant) {
            assert_eq!(comparable(one), comparable(other));
            assert!(crate::text::traditional::wrong(other).is_empty(), "{other}");
        }
        assert_eq!(comparable(" Amber-OTTER, lantern"), "amberotterlantern");
        assert_eq!(comparable("1 2 3"), "");
    }

    #[test]
    fn three_words_are_no_recovery_phrase() {
        let digests = Keys::new([7; 32]).digests;
        for round in 0..20 {
            for words in offered(&digests, "a", (round, Language::En)) {
                assert!(crate::phrase::scrub(&words).removed.is_empty(), "{words}");
            }
        }
    }
}
