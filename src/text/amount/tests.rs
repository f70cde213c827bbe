use proptest::prelude::*;

use super::*;

/// Each sum as "~" when rough, the value, the unit and the words it was read from.
fn read(text: &str) -> Vec<String> {
    let show = |(amount, at): (Amount, Range<usize>)| {
        let rough = if amount.approximate { "~" } else { "" };
        format!("{rough}{} {} <{}>", amount.value, amount.unit, &text[at])
    };
    amounts(text).into_iter().map(show).collect()
}

#[test]
fn sums_are_read_as_people_write_them() {
    for (text, sums) in [
        ("被转走3000多u，怎么办", "~3000 U <3000多u>"),
        ("3000 多 U", "~3000 U <3000 多 U>"),
        ("I lost 1.2 ETH.", "1.2 ETH <1.2 ETH>"),
        ("一万多个U没了", "~10000 U <一万多个U>"),
        ("两万块", "20000 CNY <两万块>"),
        ("Lost $6,000 from FRAUD", "6000 USD <$6,000>"),
        ("6k usdt", "6000 USDT <6k usdt>"),
        ("6kusdt+", "6000 USDT <6kusdt>"),
        ("1,234.56 USDT", "1234.56 USDT <1,234.56 USDT>"),
        ("0.5个btc", "0.5 BTC <0.5个btc>"),
        ("半个btc", "0.5 BTC <半个btc>"),
        ("3万6千u", "36000 U <3万6千u>"),
        ("3万6的u", ""),
        ("3万6 u", "36000 U <3万6 u>"),
        ("十几万u", "~100000 U <十几万u>"),
        ("几十万块钱", "~300000 CNY <几十万块钱>"),
        ("10多万 U", "~100000 U <10多万 U>"),
        ("500 dollars", "500 USD <500 dollars>"),
        ("about 500 dollars", "~500 USD <500 dollars>"),
        ("20 sol", "20 SOL <20 sol>"),
        ("五千刀", "5000 USD <五千刀>"),
        ("¥3000", "3000 CNY <¥3000>"),
        ("￥3万左右", "~30000 CNY <￥3万>"),
        ("2.5w u", "25000 U <2.5w u>"),
        ("2.5Wu", "25000 U <2.5Wu>"),
        ("668 TRC20 USDT", "668 USDT <668 TRC20 USDT>"),
        ("１００ＵＳＤＴ", "100 USDT <１００ＵＳＤＴ>"),
        ("壹萬貳仟元", "12000 CNY <壹萬貳仟元>"),
        ("一百零五个u", "105 U <一百零五个u>"),
        ("一万零五百块", "10500 CNY <一万零五百块>"),
        ("三点五万u", "35000 U <三点五万u>"),
        ("1亿2000万u", "120000000 U <1亿2000万u>"),
        ("$1.5 million gone", "1500000 USD <$1.5 million>"),
        ("$1000 BTC purchase", "1000 USD <$1000>"),
        ("USD 1,500 left", "1500 USD <USD 1,500>"),
        ("余额 0 U", "0 U <0 U>"),
        ("500$ please", "500 USD <500$>"),
        ("大概3000u左右", "~3000 U <3000u>"),
        ("2 万元人民币的 usdt", "20000 CNY <2 万元>"),
    ] {
        assert_eq!(read(text).join(", "), sums, "{text}");
    }
}

#[test]
fn what_is_not_a_sum_is_left_alone() {
    for text in [
        "六位数",
        "3000",
        "我们一块去",
        "2024年3月",
        "HK$500",
        "第三个u",
        "3个u盘",
        "2 u later",
        "trc20 usdt",
        "0x12eth",
        "一二三四",
        "千万不要",
        "3 links",
        "7%",
        "v2.5.1 eth2",
        "1.2.3 eth",
        "100 000 usdt",
        "50。u",
        "唯一",
        "数据",
        "半天",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn several_sums_stand_in_order() {
    assert_eq!(read("先转50、100u，再转 20 trx，共 $300 usdt"), ["100 U <100u>", "20 TRX <20 trx>", "300 USD <$300>"]);
    assert_eq!(read("100 usdt 500"), ["100 USDT <100 usdt>"]);
}

#[test]
fn only_dollars_have_cents() {
    let cents = |text: &str| amounts(text)[0].0.usd_cents();
    assert_eq!(cents("$6,000.559"), Some(600_055));
    assert_eq!(cents("3000u"), Some(300_000));
    assert_eq!(cents("0.01 usdc"), Some(1));
    assert_eq!(cents("1 btc"), None);
    assert_eq!(cents("¥5"), None);
    assert_eq!(cents(&format!("{} usdt", "9".repeat(78))), Some(i64::MAX));
    assert_eq!(read(&format!("{} usdt", "9".repeat(79))), Vec::<String>::new());
}

#[test]
fn a_unit_is_one_word_on_the_wire() {
    let amount = amounts("约3000u").remove(0).0;
    let json = serde_json::to_string(&amount).unwrap();
    assert_eq!(json, r#"{"value":"3000","unit":"U","approximate":true}"#);
    assert_eq!(serde_json::from_str::<Amount>(&json).unwrap(), amount);
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,40}|[0-9.,$¥ kwmuusdteth一二两十百千万亿几多半点零个块元刀第\u{200B}。、１万]{0,40}") {
        let mut last = 0;
        for (amount, at) in amounts(&text) {
            prop_assert!(at.start >= last && at.start < at.end);
            prop_assert!(text.get(at.clone()).is_some());
            prop_assert!(amount.value.len() <= 80);
            prop_assert!(amount.value.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
            last = at.end;
        }
    }

    #[test]
    fn a_printed_sum_is_read_again(whole in 0u64..10_000_000_000, cents in 1u8..100) {
        let text = format!("{whole}.{cents:02} USDT");
        let sums = amounts(&text);
        prop_assert_eq!(sums.len(), 1);
        let expected = i64::try_from(whole).unwrap() * 100 + i64::from(cents);
        prop_assert_eq!(sums[0].0.usd_cents(), Some(expected));
    }
}
