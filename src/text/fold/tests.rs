use proptest::prelude::*;

use super::*;

fn folded(text: &str) -> String {
    fold(text).as_str().to_owned()
}

fn sentences(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.sentences().map(|range| folded.as_str()[range].to_owned()).collect()
}

fn clauses(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.clauses().map(|range| folded.as_str()[range].to_owned()).collect()
}

#[test]
fn every_way_of_typing_the_same_words_folds_to_one() {
    assert_eq!(folded("ＵＳＤＴ　Ｗallet"), "usdt wallet");
    assert_eq!(folded("錢包被盜了！"), "钱包被盗了!");
    assert_eq!(folded("Can’t “log in”"), "can't \"log in\"");
    assert_eq!(folded("  a \r\n\t b"), "a b");
    assert_eq!(folded("微信，支付宝；１２３。"), "微信,支付宝;123.");
    assert_eq!(folded("帳號 帐户"), "账号 账户");
    assert_eq!(folded("Ha\u{200B}ck\u{202E}ed"), "hacked");
    assert_eq!(folded("cafe\u{200D}\u{301}"), "café");
}

#[test]
fn the_original_words_are_found_again() {
    let text = "我的錢\u{200B}包　ＵＳＤＴ";
    let folded = fold(text);
    let at = folded.as_str().find("钱包").unwrap();
    assert_eq!(&text[folded.original_range(at..at + "钱包".len())], "錢\u{200B}包");
    let at = folded.as_str().find("usdt").unwrap();
    assert_eq!(&text[folded.original_range(at..at + 4)], "ＵＳＤＴ");
}

#[test]
fn a_point_inside_a_number_or_a_domain_does_not_end_a_sentence() {
    assert_eq!(
        sentences("I lost 1.2 ETH on tpwallet.io. Please help! https://a.io/?x=1;y now?"),
        ["i lost 1.2 eth on tpwallet.io.", "please help!", "https://a.io/?x=1;y now?"]
    );
    assert_eq!(sentences("我丢了3.5u。help me\n后来呢？？没有了"), ["我丢了3.5u.", "help me", "后来呢??", "没有了"]);
    assert_eq!(sentences(" ... ! "), Vec::<String>::new());
}

#[test]
fn clauses_also_end_at_commas_and_before_but() {
    assert_eq!(
        clauses("I sent 6,000 usdt, but nothing came but it left. Butter"),
        ["i sent 6,000 usdt", "but nothing came", "but it left.", "butter"]
    );
    assert_eq!(
        clauses("我没有被盗，但是朋友被盗了但钱还在，不但没丢，还转不过来"),
        ["我没有被盗", "但是朋友被盗了", "但钱还在", "不但没丢", "还转不过来"]
    );
    assert_eq!(clauses("丢了50，100个人"), ["丢了50", "100个人"]);
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,40}|[a-zA-Z \\n。，錢帳İßﬁ\u{301}\u{308}\u{1100}\u{1161}\u{11A8}¨ﾞｶ\u{200B}]{0,30}") {
        let once = fold(&text);
        let twice = fold(once.as_str());
        prop_assert_eq!(twice.as_str(), once.as_str());
    }

    #[test]
    fn ranges_lie_on_characters_and_in_order(text in any::<String>(), from in 0usize..60, long in 0usize..60) {
        let folded = fold(&text);
        let range = folded.original_range(from..from + long);
        prop_assert!(text.get(range).is_some());
        for pieces in [folded.sentences().collect::<Vec<_>>(), folded.clauses().collect()] {
            let mut last = 0;
            for piece in pieces {
                prop_assert!(piece.start >= last && piece.start < piece.end);
                prop_assert!(folded.as_str().get(piece.clone()).is_some());
                prop_assert!(text.get(folded.original_range(piece.clone())).is_some());
                last = piece.end;
            }
        }
    }

    #[test]
    fn nothing_hidden_and_no_double_blank_is_left(text in any::<String>()) {
        let folded = fold(&text);
        prop_assert!(!folded.as_str().contains("  "));
        prop_assert!(!folded.as_str().chars().any(is_hidden));
    }
}

#[test]
fn the_short_way_for_chinese_leads_where_the_long_one_does() {
    for c in ('\u{4e00}'..='\u{9fff}').chain("，！？；：（）。、".chars()) {
        assert_eq!(plain(c).map(String::from), Some(settle(&c.to_string())), "{c}");
        assert!(!joins_the_one_before(c), "{c}");
    }
}

#[test]
fn other_words_in_a_text_lead_back_to_what_was_written() {
    let folded = fold("My ＳＴＯＬＥＮN coins。 Hepl");
    let at = folded.as_str().find("stolenn").unwrap();
    let end = folded.as_str().len();
    let mended = folded.with_words(&[(at..at + 7, "stolen"), (end - 4..end, "help")]);
    assert_eq!(mended.as_str(), "my stolen coins. help");
    assert_eq!(mended.original_range(3..9), folded.original_range(at..at + 7));
    assert_eq!(mended.sentences().count(), folded.sentences().count());
}
