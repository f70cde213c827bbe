//! Whether the words before a phrase deny it ("没有被盗") or only suppose it ("what if I get hacked").
//!
//! Works on one folded sentence, looking back from the phrase within its clause. Wrongly dropping a cry for help costs
//! more than one false alarm, so only words that stand close before the phrase count.

use std::sync::LazyLock;

use regex::Regex;

/// How far back, in bytes of folded text, a denial can stand.
const BACK: usize = 60;

static DENIED_ZH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(没有|没|未|未曾|并未|从未|从没|不是|并非|不会|不曾|别|勿|避免|防止|防范|预防|如何防|怎么防|以防|会不会|是否会|怕|担心|万一|如果|假如|要是|若)(再|曾|有人|会|真的|我的?|钱包|账户|账号|资产|币|的|突然|哪天)*(被|给|遭|受)?$",
    )
});

static DENIED_EN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:not|never|isnt|wasnt|werent|hasnt|havent|didnt|dont|without|nor)\b|n't\b)(?: (?:been|get|got|getting|be|being|really|actually|yet|even|a|any|the|my|your|was|were)){0,3} ?$|\b(?:what if|in case|in the event|even if|avoid|prevent|against|worried about|afraid of|protect from|protect against|safe from|if (?:i|my|you|your|someone|it|they|we)|would)\b(?: [a-z']+){0,3} ?$",
    )
});

static CLAUSE_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[,:;]|\bbut\b|\bhowever\b|但是|可是|不过|但|结果|却"));

static ABSENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:没|未|不|非|无|别)|\b(?:not|never|no|cannot|cant|dont|didnt|isnt|wasnt|havent|hasnt|wont|without)\b|n't",
    )
});

/// Whether a phrase itself speaks of something that is not so, as in "不是我转的" or "didn't make".
pub fn speaks_of_absence(phrase: &str) -> bool {
    ABSENCE.is_match(phrase)
}

/// Whether the phrase that begins at `at` (bytes) in a folded sentence is denied or only supposed.
pub fn denied(sentence: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(BACK);
    while !sentence.is_char_boundary(from) {
        from += 1;
    }
    let before = &sentence[from..at];
    let clause = CLAUSE_END.find_iter(before).last().map_or(before, |end| &before[end.end()..]);
    // "是不是被盗了" asks, and whoever asks fears that it is so: its "不是" denies nothing.
    let clause = clause.replace("是不是", "吗");
    DENIED_ZH.is_match(clause.trim_end()) || DENIED_EN.is_match(&clause)
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern written in this file")
}
