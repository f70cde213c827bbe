use proptest::prelude::*;

use super::*;

fn all(text: &str) -> Vec<(String, &str)> {
    let show = |found: Found| {
        let observable = found.observable;
        let family = observable.family.map(|family| format!(" {family}")).unwrap_or_default();
        let checksum = match observable.checksum {
            Checksum::Absent => String::new(),
            checksum @ (Checksum::Good | Checksum::Bad) => format!(" {checksum}"),
        };
        (format!("{}{family}{checksum} {}", observable.kind, observable.value), &text[found.at])
    };
    find(text).into_iter().map(show).collect()
}

fn values(text: &str) -> Vec<String> {
    all(text).into_iter().map(|(value, _)| value).collect()
}

#[test]
fn a_chinese_report_without_blanks_gives_up_everything() {
    let text = "我在hxxps://tp-wallet[.]io/claim授权后，钱转到TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t了，\
                客服help@tp-wallet.io，电话13812345678，IP是203.0.113.7";
    assert_eq!(
        all(text),
        [
            ("url https://tp-wallet.io/claim".to_owned(), "hxxps://tp-wallet[.]io/claim"),
            ("domain tp-wallet.io".to_owned(), "tp-wallet[.]io"),
            ("wallet tron good TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t".to_owned(), "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
            ("email help@tp-wallet.io".to_owned(), "help@tp-wallet.io"),
            ("phone +8613812345678".to_owned(), "13812345678"),
            ("ip 203.0.113.7".to_owned(), "203.0.113.7"),
        ]
    );
}

#[test]
fn what_stands_around_or_hides_inside_does_not_matter() {
    let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    let canonical = format!("wallet evm good {}", address.to_lowercase());
    for text in [
        format!("地址{address}。"),
        format!("**{address}**, "),
        format!("\"{address}\""),
        format!("`{address}`…"),
        format!("({address})"),
        format!("{}\u{200B}{}", &address[..9], &address[9..]),
        address.replace('5', "５"),
        format!("ethereum:{address}@1"),
    ] {
        assert_eq!(values(&text), [canonical.as_str()], "{text}");
    }
    assert_eq!(values(&format!("{address}0")), Vec::<String>::new());
}

#[test]
fn an_explorer_link_gives_up_its_transaction() {
    let hash = format!("0x{}", "ab".repeat(32));
    let text = format!("https://etherscan.io/tx/{hash}");
    assert_eq!(
        values(&text),
        [format!("url {text}"), "domain etherscan.io".to_owned(), format!("transaction evm {hash}")]
    );
    assert_eq!(values(&"AB".repeat(32)), [format!("transaction {}", "ab".repeat(32))]);
}

#[test]
fn ordinary_words_give_up_nothing() {
    for text in [
        "",
        "Donaudampfschifffahrtsgesellschaftskapitaen",
        "I lost 1.2 ETH at 10:30, v2.0.1, see readme.md... e.g. nothing",
        "1111111111111111111111111111111111",
        "我昨天提现3.5个u怎么到现在还没到帐？",
    ] {
        assert_eq!(values(text), Vec::<String>::new(), "{text}");
    }
}

const GOOD: [&str; 5] = [
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
];

proptest! {
    #[test]
    fn one_changed_character_is_never_good(which in 0..GOOD.len(), place in 0usize..42, to in "[0-9A-Za-z]") {
        let good = GOOD[which];
        let place = place % good.len();
        let changed = format!("{}{to}{}", &good[..place], &good[place + 1..]);
        prop_assume!(changed != good);
        for found in find(&changed) {
            // Only the prefix of an EVM address carries no checksum: 0X for 0x.
            prop_assume!(!changed.starts_with("0X"));
            prop_assert_ne!(found.observable.checksum, Checksum::Good, "{}", changed);
        }
    }

    #[test]
    fn any_text_is_survived_and_places_are_in_order(text in "\\PC{0,60}|([a-z0-9.:/@+ -]|hxxp://|https://|\\[\\.\\]|点|。| dot |com|币|\u{200B}|１){0,25}") {
        let mut last = 0;
        let mut url = 0..0;
        for found in find(&text) {
            prop_assert!(text.get(found.at.clone()).is_some());
            prop_assert!(found.at.start >= last || (url.start <= found.at.start && found.at.end <= url.end));
            last = last.max(found.at.end);
            if found.observable.kind == Kind::Url {
                url = found.at;
            }
        }
    }

    #[test]
    fn a_canonical_value_is_found_as_itself(which in 0..GOOD.len(), before in "[ ，(（\"]", after in "[ 。)，\"]") {
        let text = format!("{before}{}{after}", GOOD[which]);
        let found = find(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&text[found[0].at.clone()], GOOD[which]);
        let again = find(&found[0].observable.value);
        prop_assert_eq!(&again[0].observable.value, &found[0].observable.value);
    }
}
