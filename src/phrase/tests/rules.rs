//! What holds for any text: same result twice, exact ranges, no panic, bounded work.

use proptest::prelude::*;

use super::super::{cuts, lists::LISTS, sample, scrub, scrub_bytes};

fn checked(text: &str) -> String {
    let scrubbed = scrub(text);
    let mut from = (0, 0);
    for removed in &scrubbed.removed {
        assert_eq!(&scrubbed.text[removed.at.clone()], removed.secret.mark());
        assert_eq!(text[from.0..removed.original.start], scrubbed.text[from.1..removed.at.start]);
        assert!(removed.original.start < removed.original.end);
        from = (removed.original.end, removed.at.end);
    }
    assert_eq!(text[from.0..], scrubbed.text[from.1..]);
    scrubbed.text
}

fn bits() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "key",
        "私钥",
        "助记词",
        "tx",
        "0x",
        " ",
        "\n",
        ",",
        "，",
        "1. ",
        "第一个词",
        "word1:",
        "[",
        "]",
        "{",
        "}",
        "\\n",
        "\\u3000",
        "\"crypto\":{",
        "\"ciphertext\":\"",
        "\"kdf\":",
        "[removed: private key]",
        "[removed: ",
        "Bearer ",
        "Cookie: a=",
        "-----BEGIN PRIVATE KEY-----",
        "eyJ",
        "xprv9s21ZrQH143K3",
        "\u{200b}",
        "e\u{301}",
        "①",
        "的",
        "word",
        "。",
    ])
    .prop_map(str::to_owned);
    let word = (0..10_usize, 0..2048_usize).prop_map(|(language, index)| format!("{} ", LISTS.words(language)[index]));
    let run = (0..10_usize, 0..1900_usize, 3..20_usize)
        .prop_map(|(language, index, count)| LISTS.words(language)[index..index + count].join(" "));
    let hex = "[0-9a-f]{30,70}";
    prop::collection::vec(prop_oneof![4 => fixed, 2 => word, 2 => run, 1 => hex, 1 => any::<String>()], 0..14)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn scrubbing_twice_is_scrubbing_once(text in bits()) {
        let once = checked(&text);
        prop_assert_eq!(scrub(&once).text, once);
    }

    #[test]
    fn no_text_panics_and_what_is_left_is_the_text_itself(text in any::<String>()) {
        checked(&text);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = scrub_bytes(&bytes);
    }
}

#[test]
fn scrubbed_phrases_stay_scrubbed() {
    for seed in 0..600 {
        let once = checked(&sample::planted(seed).text);
        assert_eq!(scrub(&once).text, once);
    }
}

#[test]
fn only_whole_marks_are_marks() {
    let marks = cuts::marks("[removed: x] [removed: private key]");
    assert_eq!((marks.len(), marks[0].clone()), (1, 13..35));
}

#[test]
fn long_texts_of_list_words_end_soon() {
    let words = LISTS.words(0);
    let many: Vec<&str> = words.iter().map(AsRef::as_ref).cycle().take(9_000).collect();
    assert!(scrub(&many.join(" ")).text.len() < 100);
    let broken = many.chunks(9).map(|row| row.join(" ")).collect::<Vec<_>>().join(" qqq ");
    let _ = checked(&broken);
    let _ = checked(&"{\"ciphertext\":".repeat(4_000));
    let _ = checked(&"[1,".repeat(20_000));
    let _ = checked(&"的一是在不了有和人这".repeat(2_000));
    let _ = checked(&"key 0x ".repeat(9_000));
    let _ = checked(&"zoo".repeat(20_000));
    let _ = checked(&"[removed: private key] key ".repeat(2_500));
}
