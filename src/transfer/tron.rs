//! TRON, by the HTTP interface of its nodes: what to ask, and what the answers say of one transfer. There is no market for
//! fees: a transfer that waits is next in line, and one that nobody took within its minute is gone.

use serde_json::Value;

use super::{Asked, Reading, Status, vouched};
use crate::time::Timestamp;

/// The id of the first block of the main network; its last four bytes are the chain id 728126428.
const GENESIS: &str = "00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc";

/// The paths to ask for, all at once: the first block, the latest block, the transfer in a block, the transfer waiting.
pub fn paths(transfer: &str) -> [String; 4] {
    [
        "/wallet/getblockbynum?num=0".to_owned(),
        "/wallet/getnowblock".to_owned(),
        format!("/wallet/gettransactioninfobyid?value={transfer}"),
        format!("/wallet/gettransactionfrompending?value={transfer}"),
    ]
}

/// A node's answers; nothing where it gave none. An error comes as an object with `Error`, what is unknown as `{}`.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    pub genesis: Option<Value>,
    pub block: Option<Value>,
    pub mined: Option<Value>,
    pub pending: Option<Value>,
}

/// What the answers say.
pub fn judge(asked: &Asked<'_>, heard: &Heard, now: Timestamp) -> Reading {
    let genesis = heard.genesis.as_ref().and_then(|block| block.get("blockID")?.as_str());
    let node = (genesis.map(|genesis| genesis == GENESIS), heard.block.as_ref().and_then(tip));
    vouched(asked, node, now, |block| match (&heard.mined, &heard.pending) {
        (Some(mined), _) if !is_empty(mined) => in_block(asked, mined, block),
        (Some(_), Some(pending)) if is_empty(pending) => Some(absent(asked)),
        (Some(_), Some(pending)) => {
            is_named(pending, ("txID", asked)).then(|| Reading::of(asked.chain, asked.transfer, Status::InLine))
        }
        _ => None,
    })
}

fn is_empty(answer: &Value) -> bool {
    answer.as_object().is_some_and(serde_json::Map::is_empty)
}

fn is_named(answer: &Value, (field, asked): (&str, &Asked<'_>)) -> bool {
    answer.get(field).and_then(Value::as_str).is_some_and(|id| id.eq_ignore_ascii_case(asked.transfer))
}

/// Its number and its time, which the node gives in milliseconds.
fn tip(block: &Value) -> Option<(u64, Timestamp)> {
    let raw = block.get("block_header")?.get("raw_data")?;
    let millis = raw.get("timestamp")?.as_i64().filter(|millis| (0..1 << 50).contains(millis))?;
    Some((raw.get("number")?.as_u64()?, Timestamp::from_millis(millis)))
}

fn in_block(asked: &Asked<'_>, mined: &Value, tip: u64) -> Option<Reading> {
    if !is_named(mined, ("id", asked)) {
        return None;
    }
    // The node that answers for the block may be a little ahead of the one that told the latest.
    let block = mined.get("blockNumber")?.as_u64().filter(|block| *block <= tip.saturating_add(20))?;
    let word = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let failed = word(mined.get("result")).is_some_and(|result| result == "FAILED");
    // A plain transfer of TRX has no result at all.
    let of_contract = word(mined.get("receipt").and_then(|receipt| receipt.get("result")));
    let failed = failed || of_contract.is_some_and(|result| !["SUCCESS", "DEFAULT"].contains(&result.as_str()));
    let status = if failed { Status::Reverted } else { Status::Confirmed };
    let confirmations = (!failed).then(|| tip.saturating_sub(block) + 1);
    Some(Reading { confirmations, ..Reading::of(asked.chain, asked.transfer, status) })
}

/// Neither in a block nor waiting. A transfer is good for about a minute, so one that waited before has run out.
fn absent(asked: &Asked<'_>) -> Reading {
    let waited = asked.before.is_some_and(|before| [Status::InLine, Status::Dropped].contains(&before.status));
    Reading::of(asked.chain, asked.transfer, if waited { Status::Dropped } else { Status::NotFound })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::time::Span;
    use crate::transfer::Doubt;

    const HASH: &str = "c558bd35978267d8999baf6148703cbc94786f3f2e22893637588ca05437d7f0";
    const NOW: i64 = 1_772_442_000_000;

    fn heard(mined: Value, pending: Value) -> Heard {
        let block =
            json!({"blockID": "x", "block_header": {"raw_data": {"number": 60_000_000, "timestamp": NOW - 3_000}}});
        Heard {
            genesis: Some(json!({"blockID": GENESIS})),
            block: Some(block),
            mined: Some(mined),
            pending: Some(pending),
        }
    }

    fn status(heard: &Heard, before: Option<&Reading>) -> Status {
        let asked = Asked { chain: "tron", transfer: HASH, stale_after: Span::from_minutes(2), before };
        judge(&asked, heard, Timestamp::from_millis(NOW)).status
    }

    #[test]
    fn each_state_of_a_transfer_is_told_apart() {
        let mined = |more: Value| {
            let mut info = json!({"id": HASH, "blockNumber": 59_999_990, "receipt": {"net_usage": 345}});
            info.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            info
        };
        let waiting = || json!({"txID": HASH, "raw_data": {}});
        assert_eq!(status(&heard(mined(json!({})), json!({})), None), Status::Confirmed);
        assert_eq!(
            status(&heard(mined(json!({"receipt": {"result": "SUCCESS"}})), json!({})), None),
            Status::Confirmed
        );
        assert_eq!(
            status(&heard(mined(json!({"receipt": {"result": "OUT_OF_ENERGY"}})), json!({})), None),
            Status::Reverted
        );
        assert_eq!(status(&heard(mined(json!({"result": "FAILED"})), json!({})), None), Status::Reverted);
        assert_eq!(status(&heard(json!({}), waiting()), None), Status::InLine);
        assert_eq!(status(&heard(json!({}), json!({})), None), Status::NotFound);
        let before = Reading::of("tron", HASH, Status::InLine);
        assert_eq!(status(&heard(json!({}), json!({})), Some(&before)), Status::Dropped);
    }

    #[test]
    fn a_node_that_is_behind_elsewhere_or_at_a_loss_is_not_believed() {
        let doubt = |heard: &Heard| {
            let asked = Asked { chain: "tron", transfer: HASH, stale_after: Span::from_minutes(2), before: None };
            judge(&asked, heard, Timestamp::from_millis(NOW)).doubt
        };
        let good = heard(json!({}), json!({}));
        let testnet = Heard {
            genesis: Some(json!({"blockID": "0000000000000000de1aa88295e1fcf982742f773e0419c5a9c134c994a9059e"})),
            ..good.clone()
        };
        assert_eq!(doubt(&testnet), Some(Doubt::OtherChain));
        let old = json!({"block_header": {"raw_data": {"number": 1, "timestamp": NOW - 600_000}}});
        assert_eq!(doubt(&Heard { block: Some(old), ..good.clone() }), Some(Doubt::Stale));
        let busy = json!({"Error": "class java.lang.IllegalAccessException : lack of computing resources"});
        for unreadable in [
            Heard { mined: Some(busy.clone()), ..good.clone() },
            Heard { pending: Some(busy), ..good.clone() },
            Heard { mined: None, ..good.clone() },
            Heard { pending: None, ..good.clone() },
            heard(json!({"id": "another", "blockNumber": 1}), json!({})),
            heard(json!({"id": HASH, "blockNumber": 70_000_000}), json!({})),
        ] {
            assert_eq!(doubt(&unreadable), Some(Doubt::Unreadable), "{unreadable:?}");
        }
    }

    fn anything() -> impl Strategy<Value = Option<Value>> {
        let leaf = prop_oneof![
            Just(json!({})),
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,20}".prop_map(Value::from)
        ];
        let words = prop::sample::select(vec![
            "id",
            "txID",
            "blockNumber",
            "receipt",
            "result",
            "blockID",
            "block_header",
            "raw_data",
            "number",
            "timestamp",
        ]);
        let tree = leaf.prop_recursive(3, 16, 4, move |inner| {
            prop::collection::btree_map(words.clone(), inner, 0..4).prop_map(|map| json!(map))
        });
        prop::option::of(tree)
    }

    proptest! {
        #[test]
        fn no_answer_of_a_node_panics(genesis in anything(), block in anything(), mined in anything(), pending in anything()) {
            let reading = status(&Heard { genesis, block, mined, pending }, None);
            prop_assert!(Status::ALL.contains(&reading));
        }
    }
}
