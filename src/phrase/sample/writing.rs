//! The ways people write down a recovery phrase.

use bip39::Language;
use unicode_normalization::UnicodeNormalization;

use super::Draw;

/// Names of all layouts.
pub const LAYOUTS: &[&str] = &[
    "blanks",
    "several blanks",
    "ideographic blanks",
    "tabs",
    "lines",
    "blank lines",
    "commas",
    "bare commas",
    "ideographic commas",
    "full-width commas",
    "semicolons",
    "pipes",
    "slashes",
    "dashes",
    "underscores",
    "dots",
    "colons",
    "apostrophes",
    "arrows",
    "plus signs",
    "quoted",
    "brackets",
    "brackets around each",
    "json array",
    "json members",
    "numbered with dots",
    "numbered with brackets",
    "numbered lines",
    "circled numbers",
    "bare numbers",
    "numbers behind",
    "chinese ordinals",
    "chinese ordinals in lines",
    "chinese numerals",
    "labelled",
    "labelled with blanks",
    "english ordinals",
    "bullets",
    "stars",
    "html list",
    "upper case",
    "title case",
    "mixed case",
    "full width",
    "decomposed",
    "composed",
    "no accents",
    "hidden after words",
    "hidden inside words",
    "hidden between words",
    "run together",
    "unspaced",
    "unspaced in line",
    "unspaced groups",
    "abbreviated",
    "abbreviated and numbered",
    "columns",
    "three in a row",
    "table",
    "escaped lines",
    "given twice",
    "followed by list words",
];

pub struct Written {
    pub body: String,
    pub words: Vec<String>,
}

/// The layout itself, or blanks where the language cannot be written so.
pub fn fitting(layout: &'static str, language: Language) -> &'static str {
    let latin = matches!(
        language,
        Language::English
            | Language::Czech
            | Language::French
            | Language::Italian
            | Language::Portuguese
            | Language::Spanish
    );
    let chinese = matches!(language, Language::SimplifiedChinese | Language::TraditionalChinese);
    let fits = match layout {
        "unspaced" | "unspaced in line" | "unspaced groups" => chinese,
        "abbreviated"
        | "abbreviated and numbered"
        | "no accents"
        | "run together"
        | "full width"
        | "upper case"
        | "title case"
        | "mixed case" => latin,
        "hidden inside words" | "hidden between words" => !chinese,
        "followed by list words" => language == Language::English,
        _ => true,
    };
    if fits { layout } else { "blanks" }
}

pub fn write(layout: &str, words: &[String], draw: &mut Draw) -> Written {
    let words: Vec<String> = words.iter().map(|word| dress(layout, word, draw)).collect();
    let each = |form: &dyn Fn(usize, &str) -> String, between: &str| {
        words.iter().enumerate().map(|(at, word)| form(at + 1, word)).collect::<Vec<_>>().join(between)
    };
    let body = match layout {
        "several blanks" => words.join("   "),
        "ideographic blanks" => words.join("\u{3000}"),
        "tabs" => words.join("\t"),
        "lines" => words.join("\n"),
        "blank lines" => words.join("\r\n\r\n"),
        "commas" => words.join(", "),
        "bare commas" => words.join(","),
        "ideographic commas" => words.join("、"),
        "full-width commas" => words.join("，"),
        "semicolons" => words.join("; "),
        "pipes" => words.join(" | "),
        "slashes" => words.join("/"),
        "dashes" => words.join("-"),
        "underscores" => words.join("_"),
        "dots" => words.join(". "),
        "colons" => words.join(":"),
        "apostrophes" => words.join("'"),
        "arrows" => words.join(" -> "),
        "plus signs" => words.join("+"),
        "quoted" => each(&|_, word| format!("\"{word}\""), " "),
        "brackets" => format!("[{}]", words.join(" ")),
        "brackets around each" => each(&|_, word| format!("[{word}]"), ""),
        "json array" => format!("[{}]", each(&|_, word| format!("\"{word}\""), ",")),
        "json members" => format!("{{{}}}", each(&|at, word| format!("\"word{at}\": \"{word}\""), ", ")),
        "numbered with dots" => each(&|at, word| format!("{at}. {word}"), " "),
        "numbered with brackets" => each(&|at, word| format!("{at}) {word}"), "  "),
        "numbered lines" | "abbreviated and numbered" => each(&|at, word| format!("{at}. {word}"), "\n"),
        "circled numbers" => each(&|at, word| format!("{}{word}", circled(at)), ""),
        "bare numbers" => each(&|at, word| format!("{at} {word}"), " "),
        "numbers behind" => each(&|at, word| format!("{word}({at})"), " "),
        "chinese ordinals" => each(&|at, word| format!("第{}个词：{word}", numeral(at)), "，"),
        "chinese ordinals in lines" => each(&|at, word| format!("第{at}个 {word}"), "\n"),
        "chinese numerals" => each(&|at, word| format!("{}、{word}", numeral(at)), " "),
        "labelled" => each(&|at, word| format!("word{at}: {word}"), " "),
        "labelled with blanks" => each(&|at, word| format!("Word {at} = {word}"), "\n"),
        "english ordinals" => each(&|at, word| format!("{at}{} word: {word}", ending(at)), ", "),
        "bullets" => each(&|_, word| format!("• {word}"), "\n"),
        "stars" => each(&|_, word| format!("* {word}"), "\n"),
        "html list" => each(&|_, word| format!("<li>{word}</li>"), ""),
        "hidden after words" => words.join("\u{200b} \u{feff}"),
        "hidden between words" => words.join("\u{200b}"),
        "run together" | "unspaced" | "unspaced in line" => words.concat(),
        "unspaced groups" => words.chunks(3).map(<[String]>::concat).collect::<Vec<_>>().join(" "),
        "columns" => columns(&words),
        "three in a row" => words.chunks(3).map(|row| row.join(" ")).collect::<Vec<_>>().join("\n"),
        "table" => words.chunks(3).map(|row| row.join(" | ")).collect::<Vec<_>>().join(" |\n| "),
        "escaped lines" => words.join("\\n"),
        "given twice" => format!("{0} and again {0}", words.join(" ")),
        "followed by list words" => format!("{} zoo zebra youth", words.join(" ")),
        _ => words.join(" "),
    };
    Written { body, words }
}

fn dress(layout: &str, word: &str, draw: &mut Draw) -> String {
    match layout {
        "upper case" => word.nfc().collect::<String>().to_uppercase(),
        "title case" => {
            let mut letters = word.nfc();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.by_ref()).collect()
        }
        "mixed case" => {
            word.nfc().map(|letter| if draw.below(2) == 0 { letter.to_ascii_uppercase() } else { letter }).collect()
        }
        "full width" => word.nfc().map(wide).collect(),
        "decomposed" => word.nfd().collect(),
        "no accents" => word.nfd().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter)).collect(),
        "hidden inside words" => {
            let letters: Vec<char> = word.nfc().collect();
            let at = 1 + draw.below(letters.len() - 1);
            letters[..at].iter().chain(&['\u{200b}']).chain(&letters[at..]).collect()
        }
        "abbreviated" | "abbreviated and numbered" => word.nfc().take(4).collect(),
        _ => word.nfc().collect(),
    }
}

fn wide(letter: char) -> char {
    if letter.is_ascii_graphic() { char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter) } else { letter }
}

fn circled(number: usize) -> char {
    let code = if number <= 20 { 0x2460 + number - 1 } else { 0x3251 + number - 21 };
    u32::try_from(code).ok().and_then(char::from_u32).unwrap_or('○')
}

fn numeral(number: usize) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        1..=9 => digits[number].to_owned(),
        10..=19 => format!("十{}", digits[number - 10]),
        _ => format!("二十{}", digits[number - 20]),
    }
}

fn ending(number: usize) -> &'static str {
    match number {
        1 | 21 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// Read across, written down: 1 5 9, 2 6 10.
fn columns(words: &[String]) -> String {
    let rows = words.len() / 3;
    let row = |at: usize| {
        format!(
            "{} {}\t{} {}\t{} {}",
            at + 1,
            words[at],
            at + 1 + rows,
            words[at + rows],
            at + 1 + rows * 2,
            words[at + rows * 2]
        )
    };
    (0..rows).map(row).collect::<Vec<_>>().join("\n")
}
