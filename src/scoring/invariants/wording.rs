//! Pairs of reports that say the same in another dress: the judgement must not tell them apart.

use proptest::prelude::*;

use super::{BUILTIN, Case, assess, judge, says, signal, texts};
use crate::phrase::sample::Draw;
use crate::scoring::{Assessment, Line};
use crate::signal::{Facts, Report};
use crate::text::Language;

/// What was judged, without the words quoted for staff, which differ as the texts do.
fn judgement(assessment: &Assessment) -> Assessment {
    let mut plain = assessment.clone();
    for line in plain.standings.iter_mut().flat_map(|standing| &mut standing.lines) {
        if let Line::Evidence { because, .. } = line {
            because.words = None;
        }
    }
    plain
}

fn of(text: &str) -> Assessment {
    judgement(&judge(&says(text)))
}

/// Upper case, full width, or wide blanks for some of the Latin letters and blanks.
fn dressed(text: &str, seed: u64) -> String {
    let mut draw = Draw::new(seed);
    let dress = |letter: char| match (letter, draw.below(4)) {
        ('a'..='z', 1) => letter.to_ascii_uppercase(),
        ('a'..='z' | 'A'..='Z', 2) => char::from_u32(u32::from(letter) + 0xfee0).unwrap(),
        (' ', 1) => '\u{3000}',
        _ => letter,
    };
    text.chars().map(dress).collect()
}

/// Simplified beside traditional, for the characters of the reports below.
const SCRIPTS: [(char, char); 24] = [
    ('钱', '錢'),
    ('盗', '盜'),
    ('词', '詞'),
    ('记', '記'),
    ('账', '賬'),
    ('转', '轉'),
    ('户', '戶'),
    ('号', '號'),
    ('资', '資'),
    ('产', '產'),
    ('权', '權'),
    ('签', '簽'),
    ('骗', '騙'),
    ('现', '現'),
    ('网', '網'),
    ('页', '頁'),
    ('输', '輸'),
    ('连', '連'),
    ('链', '鏈'),
    ('没', '沒'),
    ('给', '給'),
    ('谁', '誰'),
    ('显', '顯'),
    ('击', '擊'),
];

fn in_script(text: &str, seed: u64) -> String {
    let mut draw = Draw::new(seed);
    let write =
        |letter: char| SCRIPTS.iter().find(|pair| pair.0 == letter && draw.below(2) == 1).map_or(letter, |pair| pair.1);
    text.chars().map(write).collect()
}

const NEUTRAL: [&str; 6] = [
    "Hello and good morning.",
    "Thank you for reading this.",
    "The weather is fine today.",
    "你好，早上好。",
    "今天天气很好。",
    "谢谢你看到这里。",
];

fn phrase(seed: u64) -> String {
    let mut draw = Draw::new(seed);
    let entropy: Vec<u8> = (0..16).map(|_| draw.number().to_le_bytes()[0]).collect();
    bip39::Mnemonic::from_entropy(&entropy).unwrap().to_string()
}

fn key(seed: u64) -> String {
    let mut draw = Draw::new(seed);
    hex::encode((0..4).flat_map(|_| draw.number().to_be_bytes()).collect::<Vec<u8>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn invariant_09_width_and_case_do_not_change_the_score(place in any::<usize>(), seed: u64) {
        let texts = texts();
        let text = texts[place % texts.len()];
        prop_assert_eq!(of(&dressed(text, seed)), of(text), "{}", text);
    }

    #[test]
    fn invariant_09_traditional_and_simplified_score_the_same(place in any::<usize>(), seed: u64) {
        let texts = texts();
        let text = texts[place % texts.len()];
        prop_assert_eq!(of(&in_script(text, seed)), of(text), "{}", text);
    }

    #[test]
    fn invariant_09_length_does_not_change_the_score(place in any::<usize>(), before in prop::collection::vec(0..NEUTRAL.len(), 0..6), after in prop::collection::vec(0..NEUTRAL.len(), 0..6)) {
        let texts = texts();
        let text = texts[place % texts.len()];
        let padding = |places: &[usize]| places.iter().map(|place| NEUTRAL[*place]).collect::<Vec<_>>().join("\n");
        let padded = format!("{}\n{text}\n{}", padding(&before), padding(&after));
        prop_assert_eq!(of(&padded), of(text), "{}", padded);
    }

    #[test]
    fn invariant_09_the_channel_and_the_language_asked_for_do_not_change_the_score(place in any::<usize>(), endpoint in "[a-z-]{1,20}") {
        let texts = texts();
        let text = texts[place % texts.len()];
        let plain = judge(&says(text));
        for language in ["en", "zh", "zh-Hant-TW"] {
            prop_assert_eq!(&judge(&Report { language: Some(language.to_owned()), ..says(text) }), &plain);
        }
        let reading = says(text).read(Language::Zh).unwrap_or_else(|bad| panic!("{bad:?}"));
        let mut elsewhere = signal(0, false, reading.facts);
        elsewhere.origin.endpoint = endpoint;
        prop_assert_eq!(&assess(&BUILTIN, &Case { signals: &[elsewhere], answers: &reading.answers }), &plain);
    }

    #[test]
    fn invariant_09_a_message_counts_as_a_report_does(place in any::<usize>()) {
        let texts = texts();
        let judged = |kind: &str| {
            let facts = Facts::new().with("kind", kind).with("text", texts[place % texts.len()]);
            assess(&BUILTIN, &Case { signals: &[signal(0, false, facts)], answers: &std::collections::BTreeMap::new() })
        };
        prop_assert_eq!(judged("report"), judged("message"));
    }

    #[test]
    fn invariant_09_whose_secret_was_scrubbed_does_not_change_the_score(place in any::<usize>(), one: u64, other: u64) {
        let texts = texts();
        let text = texts[place % texts.len()];
        let with = |secret: String| judge(&says(&format!("{text}\nMy recovery phrase: {secret}")));
        prop_assert_eq!(with(phrase(one)), with(phrase(other)));
        let with = |secret: String| judge(&says(&format!("{text}\nMy private key: {secret}")));
        prop_assert_eq!(with(key(one)), with(key(other)));
    }
}
