//! Traditional to simplified Chinese, one character at a time.

use std::sync::LazyLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};

const FIRST: char = '\u{3400}';
const LAST: char = '\u{9FFF}';

/// The simplified form of every character from `FIRST` to `LAST`, by its distance from
/// `FIRST`. The rare characters outside that range are left as they are.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let opencc =
        OpenCC::from_config(BuiltinConfig::T2s).expect("the table from traditional to simplified is compiled in");
    // A line feed between the characters keeps the converter from seeing words. Twice,
    // because a variant may lead to a traditional character first.
    let all: String = (FIRST..=LAST).flat_map(|c| [c, '\n']).collect();
    let simplified = opencc.convert(&opencc.convert(&all));
    let table = (FIRST..=LAST).zip(simplified.lines()).map(|(c, line)| match line.chars().next() {
        Some('帐') => '账',
        Some(simple) => simple,
        None => c,
    });
    table.collect()
});

/// The simplified form of a character. `帐` becomes `账` as well: people write `帐号` and
/// `账号` for the same thing.
pub fn simplify(c: char) -> char {
    if !(FIRST..=LAST).contains(&c) {
        return c;
    }
    let place = u32::from(c) - u32::from(FIRST);
    usize::try_from(place).ok().and_then(|place| SIMPLIFIED.get(place)).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_words_become_simplified_ones() {
        let simple: String = "錢包被盜，帳號異常，轉賬記錄，發鏈接，裡面後來".chars().map(simplify).collect();
        assert_eq!(simple, "钱包被盗，账号异常，转账记录，发链接，里面后来");
    }

    #[test]
    fn the_table_covers_its_range_and_is_stable() {
        assert_eq!(SIMPLIFIED.len(), (FIRST..=LAST).count());
        for c in FIRST..=LAST {
            assert_eq!(simplify(simplify(c)), simplify(c), "{c}");
        }
    }
}
