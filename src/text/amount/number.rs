//! Numbers in digits, in Chinese words and in both ("3万6千", "十几万", "1,234.56"), read from
//! folded text.

use super::super::decimal::Decimal;

/// A number read from a text.
#[derive(Clone, Debug)]
pub struct Number {
    pub value: Decimal,
    pub roughly: bool,
    /// Said with a Chinese word, not with digits alone.
    pub spoken: bool,
    pub end: usize,
}

/// No number in use has more words; a longer row of them is not language.
const MOST_WORDS: usize = 32;

/// "几" and "数" at the head of a number: more than two, fewer than ten.
const SEVERAL: u8 = 3;

const ROUGHLY: [&str; 20] = [
    "约",
    "大概",
    "差不多",
    "将近",
    "接近",
    "超过",
    "至少",
    "起码",
    "总共有",
    "about",
    "around",
    "approximately",
    "approx",
    "approx.",
    "nearly",
    "almost",
    "roughly",
    "over",
    "more than",
    "at least",
];

/// True when the words before a number make it a rough one.
pub fn is_rough_before(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['~', '≈'])
        || ROUGHLY.iter().any(|word| {
            before
                .strip_suffix(word)
                .is_some_and(|rest| !word.is_ascii() || !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
        })
}

/// True where a number may begin, not in the middle of one or of a word with digits;
/// `written` is that of [`read`].
pub fn begins_at(text: &str, at: usize, written: impl Fn(usize) -> bool) -> bool {
    let mut before = text[..at].chars().rev();
    let (near, far) = (before.next(), before.next());
    let Some(c) = text[at..].chars().next() else {
        return false;
    };
    let inside = near.is_some_and(is_numeral);
    if c.is_ascii_digit() {
        let fraction = matches!(near, Some('.' | ',')) && far.is_some_and(|c| c.is_ascii_digit()) && written(at - 1);
        return !inside && !fraction && !near.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    }
    !inside && near != Some('第') && (digit(c).is_some() || matches!(c, '几' | '数' | '半' | '十' | '拾' | '百' | '千'))
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || power(c).is_some() || matches!(c, '几' | '数' | '半')
}

fn digit(c: char) -> Option<u8> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn power(c: char) -> Option<usize> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' => 4,
        '亿' => 8,
        _ => return None,
    })
}

/// Reads the number that begins at `start`; `written` tells whether a point or comma was
/// typed as such.
pub fn read(text: &str, start: usize, written: impl Fn(usize) -> bool) -> Option<Number> {
    let mut sum = Sum::default();
    let mut at = start;
    let mut end = start;
    for _ in 0..MOST_WORDS {
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if c == ' ' {
            let goes_on = |c: char| power(c).is_some() || matches!(c, '多' | '几' | '余');
            if end == at && end > start && text[at + 1..].starts_with(goes_on) {
                at += 1;
                continue;
            }
            break;
        }
        let length = if c.is_ascii_digit() {
            let (digits, length) = digits_at(text, at, &written);
            // "100 000": without knowing what the blank means, better nothing than zero.
            if digits.starts_with("00") {
                break;
            }
            if !sum.number(Decimal::parse(&digits)?, length == 1) {
                break;
            }
            length
        } else if c == '点' {
            let Some(length) = sum.point(&text[at + c.len_utf8()..]) else {
                break;
            };
            c.len_utf8() + length
        } else if sum.word(c) {
            c.len_utf8()
        } else {
            break;
        };
        at += length;
        end = at;
    }
    sum.finish(end)
}

/// The digits at a place without the commas of thousands, and the bytes they take.
fn digits_at(text: &str, at: usize, written: impl Fn(usize) -> bool) -> (String, usize) {
    let run = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = at + run(at);
    let mut digits = text[at..end].to_owned();
    if (1..=3).contains(&digits.len()) {
        while text[end..].starts_with(',') && written(end) && run(end + 1) == 3 {
            digits.push_str(&text[end + 1..end + 4]);
            end += 4;
        }
    }
    if text[end..].starts_with('.') && written(end) && run(end + 1) > 0 {
        let fraction = run(end + 1);
        digits.push_str(&text[end..=end + fraction]);
        end += 1 + fraction;
    }
    (digits, end - at)
}

/// A number under way, in the Chinese order: [ [section] 亿 ] [ [section] 万 ] section.
struct Sum {
    total: Decimal,
    section: Decimal,
    open: Option<Decimal>,
    /// The open number is one digit, so that "一万五" may mean 15,000.
    short: bool,
    /// The power last named, the one last named inside this section, and the last of 万, 亿.
    last: usize,
    inner: usize,
    outer: usize,
    roughly: bool,
    spoken: bool,
}

impl Default for Sum {
    fn default() -> Self {
        let (total, section) = (Decimal::zero(), Decimal::zero());
        Self { total, section, open: None, short: false, last: 0, inner: 4, outer: 0, roughly: false, spoken: false }
    }
}

impl Sum {
    fn begun(&self) -> bool {
        self.open.is_some() || self.last > 0
    }

    /// Takes a number in digits; false when another one stands right before it.
    fn number(&mut self, number: Decimal, short: bool) -> bool {
        if self.open.is_some() {
            return false;
        }
        (self.open, self.short) = (Some(number), short);
        true
    }

    /// Takes one Chinese word; false when it does not belong to the number.
    fn word(&mut self, c: char) -> bool {
        let taken = if let Some(power) = power(c) {
            self.power(power)
        } else if let Some(digit) = digit(c) {
            // A zero inside a number only keeps the place: 一万零五.
            if digit == 0 && self.begun() && self.open.is_none() {
                self.last = 1;
                true
            } else {
                self.number(Decimal::digit(digit), true)
            }
        } else {
            match c {
                '半' if !self.begun() => self.number(Decimal::digit(5).tenth(), false),
                '几' | '数' if !self.begun() => {
                    self.roughly = true;
                    self.number(Decimal::digit(SEVERAL), false)
                }
                '几' | '多' | '余' | '来' if self.begun() => {
                    self.roughly = true;
                    true
                }
                _ => false,
            }
        };
        self.spoken |= taken;
        taken
    }

    fn power(&mut self, power: usize) -> bool {
        if power < 4 {
            if power >= self.inner {
                return false;
            }
            let number = match self.open.take() {
                Some(number) => number,
                // "十万" and "百万" stand for one ten and one hundred of them.
                None if self.section.is_zero() => Decimal::digit(1),
                None => return false,
            };
            self.section = self.section.plus(&number.shifted(power));
            self.inner = power;
        } else {
            let mut base = self.section.clone();
            if let Some(open) = &self.open {
                base = base.plus(open);
            }
            if power == 8 {
                base = base.plus(&self.total);
            }
            if base.is_zero() || !base.fits() || self.outer == power {
                return false;
            }
            // What stands before "亿" is counted by it, "万" too: "三万亿".
            let kept = if power == 8 { Decimal::zero() } else { self.total.clone() };
            self.total = kept.plus(&base.shifted(power));
            (self.open, self.section, self.outer) = (None, Decimal::zero(), power);
            self.inner = 4;
        }
        self.last = power;
        true
    }

    /// Reads the digits after "点" and returns the bytes they take.
    fn point(&mut self, after: &str) -> Option<usize> {
        let open = self.open.as_ref()?;
        let mut fraction = String::new();
        let mut length = 0;
        for c in after.chars().take(MOST_WORDS) {
            let Some(digit) = c.to_digit(10).or_else(|| digit(c).map(u32::from)) else {
                break;
            };
            fraction.push_str(&digit.to_string());
            length += c.len_utf8();
        }
        if fraction.is_empty() {
            return None;
        }
        let written = open.to_string();
        let joined = if written.contains('.') {
            return None;
        } else {
            format!("{written}.{fraction}")
        };
        (self.open, self.short, self.spoken) = (Some(Decimal::parse(&joined)?), false, true);
        Some(length)
    }

    fn finish(self, end: usize) -> Option<Number> {
        if !self.begun() {
            return None;
        }
        let mut value = self.total.plus(&self.section);
        if let Some(open) = self.open {
            // "一万五" is 15,000 and "3万6" 36,000: the digit counts the next lower power.
            let power = if self.short && self.last > 1 { self.last - 1 } else { 0 };
            value = value.plus(&open.shifted(power));
        }
        Some(Number { value, roughly: self.roughly, spoken: self.spoken, end })
    }
}
