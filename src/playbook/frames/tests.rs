use super::*;
use crate::text::fold;

const LISTS: &str = "
who:
  not-me: { en: [i never, not me], zh: [我没, 不是我] }
did:
  moved: { en: [transfer*, sent], zh: [转出, 转走] }
  stolen: { en: [stolen, hacked], zh: [被盗] }
what:
  coins: { en: [coins, usdt, transfer], zh: [币, u] }
  platform: { en: [support], zh: [客服] }
when:
  night: { en: [while i slept], zh: [半夜] }
right: [stolon]
";

fn frame(yaml: &str) -> Frame {
    serde_saphyr::from_str(yaml).unwrap()
}

fn frames(written: &[&str]) -> Frames {
    let mut builder = Builder::new(Lexicon::new(&serde_saphyr::from_str(LISTS).unwrap()).unwrap());
    for (sign, yaml) in (0..).zip(written) {
        builder.add(&frame(yaml), (SignRef { kind: 0, group: 0, sign }, true)).unwrap();
    }
    builder.build(&["coinage"])
}

fn found(written: &[&str], text: &str) -> Vec<String> {
    let frames = frames(written);
    let folded = fold(text);
    let folded = frames.mend(&folded).unwrap_or(folded);
    let hits = frames.find(&folded, &Stance::of(&folded));
    hits.into_iter().map(|(_, at)| text[folded.original_range(at)].to_owned()).collect()
}

#[test]
fn roles_may_stand_in_any_order_and_the_words_are_quoted_as_written() {
    let theft = &["{ who: [not-me], did: [moved] }"];
    assert_eq!(found(theft, "a TRANSFER out that I never made"), ["TRANSFER out that I never"]);
    assert_eq!(found(theft, "這筆轉出不是我做的"), ["轉出不是我"]);
    assert_eq!(found(&["{ who: [not-me], did: [moved], order: given }"], "a transfer that i never made").len(), 0);
}

#[test]
fn nearness_and_sentences_bound_a_frame() {
    let theft = "{ did: [stolen], what: [coins], within: 20 }";
    assert_eq!(found(&[theft], "coins were stolen").len(), 1);
    assert_eq!(found(&[theft], "coins are a thing I like a lot, and my bike was stolen").len(), 0);
    assert_eq!(found(&[theft], "I like coins. Stolen goods.").len(), 0);
    assert_eq!(found(&["{ did: [stolen], what: [coins], span: text }"], "I had coins. Stolen!").len(), 1);
    assert_eq!(found(&["{ did: [stolen], what: [coins], span: clause }"], "no coins, all stolen").len(), 0);
}

#[test]
fn one_word_fills_one_role() {
    let both = &["{ did: [moved], what: [coins] }"];
    assert_eq!(found(both, "transfer").len(), 0);
    assert_eq!(found(both, "transfer of usdt").len(), 1);
}

#[test]
fn what_must_not_stand_beside_it_stops_a_frame() {
    let theft = &["{ did: [stolen], what: [coins], not: [platform] }"];
    assert_eq!(found(theft, "support, you have stolen my coins").len(), 0);
    assert_eq!(found(theft, "Support! Someone has stolen my coins").len(), 1);
}

#[test]
fn a_denied_frame_is_none_unless_the_denial_is_its_point() {
    assert_eq!(found(&["{ did: [stolen], what: [coins] }"], "my coins were not stolen").len(), 0);
    assert_eq!(found(&["{ who: [not-me], did: [moved] }"], "不是我转出的").len(), 1);
    assert_eq!(found(&["{ did: [stolen], what: [coins] }"], "如果币被盗了会怎样").len(), 0);
}

#[test]
fn sums_of_money_fill_a_role() {
    assert_eq!(found(&["{ did: [moved], what: [amount] }"], "转走了我两万块"), ["转走了我两万块"]);
    assert_eq!(found(&["{ did: [stolen], what: [amount] }"], "3,000 usdt stolen").len(), 1);
}

#[test]
fn a_slip_of_the_finger_is_mended_and_a_right_word_is_left() {
    let theft = &["{ did: [stolen], what: [coins] }"];
    for slip in ["stoleen", "sttolen", "stlolen"] {
        assert_eq!(found(theft, &format!("coins {slip}")).len(), 1, "{slip}");
    }
    assert_eq!(found(theft, "coins stolon").len(), 0);
    assert_eq!(found(theft, "coins atolen").len(), 0, "the first letter is seldom wrong");
    assert_eq!(found(&["{ did: [moved], what: [coins] }"], "my usdt got tranfer"), ["usdt got tranfer"]);
}

#[test]
fn a_name_that_no_list_has_is_refused_with_the_nearest() {
    let mut builder = Builder::new(Lexicon::new(&serde_saphyr::from_str(LISTS).unwrap()).unwrap());
    let place = (SignRef { kind: 0, group: 0, sign: 0 }, true);
    let refused = builder.add(&frame("{ did: [moves] }"), place).unwrap_err();
    assert!(refused.contains("moves") && refused.contains("moved"), "{refused}");
    assert!(builder.add(&frame("{}"), place).is_err());
    assert!(builder.add(&frame("{ did: [moved], within: 4000 }"), place).is_err());
}

proptest::proptest! {
    #[test]
    fn every_place_lies_in_the_text_and_holds_words_of_the_lists(
        text in proptest::collection::vec(
            proptest::sample::select(vec!["coins", "stolen", "转走", "币", "not ", ". ", ", ", "i never", " 3 usdt ", "ﬁ", "transfr "]),
            0..24,
        )
    ) {
        let text = text.concat();
        for words in found(&["{ did: [stolen, moved], what: [coins, amount] }", "{ who: [not-me], did: [moved], span: text }"], &text) {
            proptest::prop_assert!(text.contains(&words) && words.len() >= 4, "{words}");
        }
    }
}
