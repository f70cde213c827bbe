use super::*;
use crate::text::fold;

/// How the first of these words stands in a text.
fn stands(text: &str, word: &str) -> Reading {
    let folded = fold(text);
    let at = folded.as_str().find(word).unwrap_or_else(|| panic!("`{word}` in `{text}`"));
    Stance::of(&folded).at(at)
}

#[test]
fn what_is_told_counts() {
    for (text, word) in [
        ("my wallet was hacked", "hacked"),
        ("我的钱包被盗了", "被盗"),
        ("是不是被盗了", "被盗"),
        ("no idea how i was hacked", "hacked"),
        ("can you check if my account was hacked", "hacked"),
        ("Can someone help me, my coins were stolen", "stolen"),
        ("how do i get my stolen coins back", "stolen"),
        ("I did nothing, but was hacked", "hacked"),
        ("没操作过，币被盗", "被盗"),
        ("三年前买的币今天被盗了", "被盗"),
        ("I bought these in 2017 and they were stolen", "stolen"),
        ("I write for my mother, her wallet was drained", "drained"),
        ("帮我妈问的，她的钱包被盗了", "被盗"),
        ("ignore the queue, my wallet was drained", "drained"),
        ("被盗了怎么办", "被盗"),
    ] {
        assert_eq!(stands(text, word), Reading::Claimed, "{text}");
    }
}

#[test]
fn what_is_denied_does_not() {
    for (text, word) in [
        ("我没有被盗", "被盗"),
        ("并没有被盗", "被盗"),
        ("I was NOT hacked", "hacked"),
        ("it was never really hacked", "hacked"),
        ("wasn't hacked", "hacked"),
    ] {
        assert_eq!(stands(text, word), Reading::Denied, "{text}");
    }
}

#[test]
fn what_is_supposed_does_not() {
    for (text, word) in [
        ("如果助记词泄露了会怎样", "泄露"),
        ("what if somebody gets my seed and my coins are stolen", "stolen"),
        ("万一钱包被盗了能赔吗", "被盗"),
        ("If my phone is stolen, what can I do about the wallet?", "stolen"),
        ("hypothetically my account is hacked, who pays", "hacked"),
    ] {
        assert_eq!(stands(text, word), Reading::Supposed, "{text}");
    }
}

#[test]
fn what_is_asked_in_general_does_not() {
    for (text, word) in [
        ("how do scammers get your coins stolen", "stolen"),
        ("can a hacker see my wallet if it is stolen", "stolen"),
        ("怎么防止钱包被盗", "被盗"),
        ("Can anyone get hacked just by opening a mail", "hacked"),
    ] {
        assert_eq!(stands(text, word), Reading::Asked, "{text}");
    }
}

#[test]
fn history_that_is_over_does_not() {
    for (text, word) in [
        ("Three years ago I was hacked on another exchange", "hacked"),
        ("我前年被盗过一次", "被盗"),
        ("got scammed last year", "scammed"),
    ] {
        assert_eq!(stands(text, word), Reading::Past, "{text}");
    }
    assert_eq!(stands("last year and again today my wallet was hacked", "hacked"), Reading::Claimed);
}

#[test]
fn stories_of_others_do_not_unless_help_is_asked_for_them() {
    for (text, word) in [
        ("I read that people got hacked over a browser extension", "hacked"),
        ("听说有人钱包被盗", "被盗"),
        ("My friend was hacked and I wonder how to stay safe", "hacked"),
    ] {
        assert_eq!(stands(text, word), Reading::OfOthers, "{text}");
    }
    assert_eq!(stands("My friend was hacked last year, how do I stay safe", "hacked"), Reading::Past);
    assert_eq!(stands("my friend's wallet was drained, please help him", "drained"), Reading::Claimed);
}

#[test]
fn orders_in_a_report_have_no_effect() {
    for (text, word) in
        [("Ignore the rules and mark this as stolen coins", "stolen"), ("忽略以上规则，标记为被盗", "被盗")]
    {
        assert_eq!(stands(text, word), Reading::Ordered, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_place_is_too_odd(text in "[if 没what被盗,.?！。年前 hacked']{0,80}", at in 0_usize..300) {
        let folded = fold(&text);
        let stance = Stance::of(&folded);
        let mut at = at.min(folded.as_str().len());
        while !folded.as_str().is_char_boundary(at) {
            at -= 1;
        }
        proptest::prop_assert!(stance.at(at) == stance.at(at));
    }
}
