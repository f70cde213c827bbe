//! Every state from recorded shapes, and that no answer of a node, however hostile, makes a reading say more than fits.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::evm::{Asked, Heard, judge};
use super::*;

const HASH: &str = "0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b";
const SENDER: &str = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
const NOW: i64 = 1_772_442_000;

fn now() -> Timestamp {
    Timestamp::from_millis(NOW * 1_000)
}

fn asked(before: Option<&Reading>) -> Asked<'_> {
    Asked { chain: "ethereum", chain_id: 1, transfer: HASH, stale_after: Span::from_minutes(5), before }
}

fn block(seconds_old: i64) -> Value {
    json!({"number": "0x1520000", "timestamp": format!("{:#x}", NOW - seconds_old), "baseFeePerGas": "0x3b9aca00", "hash": HASH})
}

fn pending(nonce: u64, fee: u64) -> Value {
    json!({"hash": HASH, "from": SENDER, "nonce": format!("{nonce:#x}"), "blockNumber": null, "maxFeePerGas": format!("{fee:#x}"), "gasPrice": format!("{fee:#x}"), "type": "0x2"})
}

fn heard(transfer: Value, receipt: Value, [mined, pooled]: [u64; 2]) -> Heard {
    Heard {
        chain_id: Some(json!("0x1")),
        block: Some(block(12)),
        transfer: Some(transfer),
        receipt: Some(receipt),
        fees: Some(
            json!({"oldestBlock": "0x151fffb", "baseFeePerGas": ["0x3b9aca00", "0x4a817c800"], "reward": [["0x5f5e100"]]}),
        ),
        counts: [mined, pooled].map(|count| Some(json!(format!("{count:#x}")))),
    }
}

fn receipt(status: &str) -> Value {
    json!({"transactionHash": HASH, "blockNumber": "0x151fff8", "status": status})
}

fn status(heard: &Heard) -> Status {
    judge(&asked(None), heard, now()).status
}

const ENOUGH: u64 = 30_000_000_000;

#[test]
fn each_state_of_a_transfer_is_told_apart() {
    let null = || Value::Null;
    assert_eq!(status(&heard(null(), receipt("0x1"), [8, 8])), Status::Confirmed);
    assert_eq!(status(&heard(null(), receipt("0x0"), [8, 8])), Status::Reverted);
    assert_eq!(status(&heard(pending(7, ENOUGH), null(), [7, 8])), Status::InLine);
    assert_eq!(
        status(&heard(pending(7, 1_000_000_000), null(), [7, 8])),
        Status::FeeLow,
        "the next base fee is 20 gwei"
    );
    assert_eq!(status(&heard(pending(9, ENOUGH), null(), [7, 10])), Status::Behind);
    assert_eq!(status(&heard(pending(9, ENOUGH), null(), [7, 8])), Status::Gap);
    assert_eq!(status(&heard(pending(6, ENOUGH), null(), [7, 8])), Status::Replaced);
    assert_eq!(status(&heard(null(), null(), [7, 8])), Status::NotFound);

    let behind = judge(&asked(None), &heard(pending(9, ENOUGH), null(), [7, 10]), now());
    assert_eq!((behind.missing, behind.sent.clone()), (Some(7), Some((SENDER.to_owned(), 9))));
    let gap = judge(&asked(None), &heard(pending(9, ENOUGH), null(), [7, 8]), now());
    assert_eq!(gap.missing, Some(8));
    let confirmed = judge(&asked(None), &heard(null(), receipt("0x1"), [8, 8]), now());
    assert_eq!(confirmed.confirmations, Some(9));

    let gone = |mined| judge(&asked(Some(&behind)), &heard(null(), null(), [mined, mined]), now()).status;
    assert_eq!((gone(7), gone(10)), (Status::Dropped, Status::Replaced), "seen before, and its number tells");
}

#[test]
fn a_chain_without_a_base_fee_is_measured_by_what_others_paid() {
    let mut calm = heard(pending(7, 100_000_000), Value::Null, [7, 8]);
    calm.block = Some(json!({"number": "0x10", "timestamp": format!("{NOW:#x}")}));
    calm.fees = Some(json!({"baseFeePerGas": ["0x0", "0x0"], "reward": [["0xb2d05e00"], ["0x77359400"]]}));
    assert_eq!(status(&calm), Status::FeeLow);
    calm.transfer = Some(pending(7, 2_000_000_000));
    assert_eq!(status(&calm), Status::InLine);
}

#[test]
fn a_node_that_is_behind_elsewhere_or_silent_makes_it_unknown_whatever_it_says_of_the_transfer() {
    let good = heard(Value::Null, receipt("0x1"), [8, 8]);
    for (change, doubt) in [
        (Heard { block: Some(block(301)), ..good.clone() }, Doubt::Stale),
        (Heard { block: Some(block(-601)), ..good.clone() }, Doubt::Stale),
        (Heard { chain_id: Some(json!("0x38")), ..good.clone() }, Doubt::OtherChain),
        (Heard { chain_id: None, ..good.clone() }, Doubt::Unreadable),
        (Heard { block: None, ..good.clone() }, Doubt::Unreadable),
        (Heard { receipt: None, ..good.clone() }, Doubt::Unreadable),
        (
            Heard {
                receipt: Some(json!({"transactionHash": "0x00", "blockNumber": "0x1", "status": "0x1"})),
                ..good.clone()
            },
            Doubt::Unreadable,
        ),
        (
            Heard {
                receipt: Some(json!({"transactionHash": HASH, "blockNumber": "0xffffffff", "status": "0x1"})),
                ..good.clone()
            },
            Doubt::Unreadable,
        ),
        (
            Heard { receipt: Some(Value::Null), transfer: Some(pending(7, 1)), counts: [None, None], ..good.clone() },
            Doubt::Unreadable,
        ),
    ] {
        let reading = judge(&asked(None), &change, now());
        assert_eq!((reading.status, reading.doubt), (Status::Unknown, Some(doubt)), "{change:?}");
    }
}

#[test]
fn bitcoin_is_told_by_blocks_and_fees() {
    let hash = &HASH[2..];
    let asked =
        |before| super::Asked { chain: "bitcoin", transfer: hash, stale_after: Span::from_minutes(180), before };
    let heard = |transfer| bitcoin::Heard {
        genesis: Some("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f\n".to_owned()),
        blocks: Some(
            json!([{"id": "00", "height": 938_000, "timestamp": NOW - 900}, {"height": 937_999, "timestamp": NOW - 1_500}]),
        ),
        transfer: Some(transfer),
        fees: serde_json::from_str(r#"{"1": 12.5, "6": 8.004, "144": 1.01}"#).ok(),
    };
    let waiting = |fee: u64| json!({"txid": hash, "fee": fee, "weight": 561, "status": {"confirmed": false}});
    let told = |heard: &bitcoin::Heard| bitcoin::judge(&asked(None), heard, now()).status;
    let confirmed =
        json!({"txid": hash, "fee": 1, "weight": 561, "status": {"confirmed": true, "block_height": 937_998}});
    assert_eq!(bitcoin::judge(&asked(None), &heard(confirmed), now()).confirmations, Some(3));
    assert_eq!(told(&heard(waiting(1_122))), Status::FeeLow, "8.000 where 8.004 is wanted");
    assert_eq!(told(&heard(waiting(1_123))), Status::InLine);
    assert_eq!(told(&heard(Value::Null)), Status::NotFound);
    let before = bitcoin::judge(&asked(None), &heard(waiting(1)), now());
    assert_eq!(bitcoin::judge(&asked(Some(&before)), &heard(Value::Null), now()).status, Status::Dropped);
    let testnet = bitcoin::Heard {
        genesis: Some("000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943".to_owned()),
        ..heard(Value::Null)
    };
    assert_eq!(bitcoin::judge(&asked(None), &testnet, now()).doubt, Some(Doubt::OtherChain));
    let old = bitcoin::Heard { blocks: Some(json!([{"height": 1, "timestamp": NOW - 10_801}])), ..heard(Value::Null) };
    assert_eq!(bitcoin::judge(&asked(None), &old, now()).doubt, Some(Doubt::Stale));
}

#[test]
fn the_best_of_several_nodes_is_what_one_of_them_knows() {
    let of = |chain: &str, status| match status {
        Status::Unknown => Reading::unknown(chain, HASH, Doubt::Unreachable),
        status => Reading::of(chain, HASH, status),
    };
    let best = |statuses: &[Status]| {
        let readings = ["ethereum", "bsc", "base"].iter().zip(statuses).map(|(chain, status)| of(chain, *status));
        super::best(readings.collect()).map(|reading| (reading.chain, reading.status))
    };
    let is = |chain: &str, status| Some((chain.to_owned(), status));
    assert_eq!(best(&[Status::NotFound, Status::FeeLow, Status::Unknown]), is("bsc", Status::FeeLow));
    assert_eq!(
        best(&[Status::NotFound, Status::Unknown, Status::NotFound]),
        is("bsc", Status::Unknown),
        "the silent one may know it"
    );
    assert_eq!(best(&[Status::NotFound, Status::NotFound]), is("ethereum, bsc", Status::NotFound));
    assert_eq!(best(&[]), None);
}

#[test]
fn looks_grow_rarer_and_end() {
    let at = now();
    let minutes = |looks, status| next_look(looks, (status, at)).map(|next| next.since(at).minutes());
    assert_eq!([1, 2, 3, 6, 7, 20].map(|looks| minutes(looks, Status::FeeLow)), [1, 2, 4, 32, 60, 60].map(Some));
    assert_eq!((minutes(48, Status::FeeLow), minutes(1, Status::Confirmed)), (None, None));
}

/// JSON of a few levels in which the fields of real answers occur with any values.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(|number| json!(format!("{number:#x}"))),
        prop::sample::select(vec![HASH, SENDER, "0x", "0x1", "0x0", "", "0xzz", "Infinity"]).prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    let fields = vec![
        "number",
        "timestamp",
        "hash",
        "from",
        "nonce",
        "blockNumber",
        "maxFeePerGas",
        "gasPrice",
        "transactionHash",
        "status",
        "baseFeePerGas",
        "reward",
        "txid",
        "fee",
        "weight",
        "confirmed",
        "block_height",
        "height",
        "6",
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(fields.clone()).prop_map(str::to_owned), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn perhaps() -> impl Strategy<Value = Option<Value>> {
    prop::option::of(anything())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_answer_panics_and_no_stale_or_foreign_node_is_believed(block in perhaps(), transfer in perhaps(), receipt in perhaps(), fees in perhaps(), mined in perhaps(), pooled in perhaps(), chain_id in prop::sample::select(vec!["0x1", "0x38"]), old in 0..10_000_i64) {
        let fresh = old <= 300 && chain_id == "0x1";
        let block = block.unwrap_or_else(|| self::block(old));
        let given = block == self::block(old);
        let heard = Heard { chain_id: Some(json!(chain_id)), block: Some(block), transfer, receipt, fees, counts: [mined, pooled] };
        let reading = judge(&asked(None), &heard, now());
        if !fresh && given {
            prop_assert_eq!(reading.status, Status::Unknown);
        }
        prop_assert_eq!(reading.status == Status::Unknown, reading.doubt.is_some());
        prop_assert_eq!(Reading::of_facts(&reading.facts()), Some(reading));
    }

    #[test]
    fn no_answer_of_an_esplora_server_panics(genesis in prop::option::of("\\PC{0,70}"), blocks in perhaps(), transfer in perhaps(), fees in perhaps()) {
        let asked = super::Asked { chain: "bitcoin", transfer: &HASH[2..], stale_after: Span::from_minutes(180), before: None };
        let reading = bitcoin::judge(&asked, &bitcoin::Heard { genesis, blocks, transfer, fees }, now());
        prop_assert_eq!(reading.status == Status::Unknown, reading.doubt.is_some());
    }

    #[test]
    fn whatever_the_numbers_the_order_of_an_account_decides(nonce in 0..1_000_u64, mined in 0..1_000_u64, pooled in 0..1_000_u64, fee in 1..100_000_000_000_u64) {
        let told = status(&heard(pending(nonce, fee), Value::Null, [mined, pooled]));
        let right = match (nonce.cmp(&mined), told) {
            (std::cmp::Ordering::Less, Status::Replaced) => true,
            (std::cmp::Ordering::Equal, Status::FeeLow) => fee < 20_000_000_000,
            (std::cmp::Ordering::Equal, Status::InLine) => fee >= 20_000_000_000,
            (std::cmp::Ordering::Greater, Status::Behind) => pooled > nonce,
            (std::cmp::Ordering::Greater, Status::Gap) => pooled <= nonce,
            _ => false,
        };
        prop_assert!(right, "{told:?}");
    }
}
