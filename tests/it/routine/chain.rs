//! Transfers explained from the chain, in the background: the answer never waits, and a node that is behind, silent or
//! hostile says nothing.

use std::sync::OnceLock;

use holdfast::config::{Chain, ChainApi, Config};
use holdfast::time::Span;
use serde_json::{Value, json};

use super::stub::{Answer, Stub};
use crate::support::app::{App, Plan, on_both_with, on_sqlite, on_sqlite_with};
use crate::support::case::Holder;

const HASH: &str = "0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b";
const SENDER: &str = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
/// 2026-03-02T09:00:00Z, when every story begins.
const MORNING: i64 = 1_772_442_000;

/// One stub serves all stories; the plan of a house is a plain function.
fn stub() -> &'static Stub {
    static STUB: OnceLock<Stub> = OnceLock::new();
    STUB.get_or_init(Stub::begin)
}

/// Stories of one stub come one after another.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn with_node(config: &mut Config) {
    let chain = |name: &str, api, chain_id, url| Chain {
        name: name.to_owned(),
        api,
        chain_id,
        urls: vec![url],
        stale_after_seconds: None,
    };
    config.chain = vec![
        chain("ethereum", ChainApi::JsonRpc, Some(1), stub().url()),
        chain("bitcoin", ChainApi::Esplora, None, format!("{}/api", stub().url())),
    ];
}

fn looking() -> Plan {
    Plan { settings: with_node, ..Plan::default() }
}

fn pending(nonce: u64, fee: u64) -> Answer {
    Answer::Result(
        json!({"hash": HASH, "from": SENDER, "nonce": format!("{nonce:#x}"), "blockNumber": null, "maxFeePerGas": format!("{fee:#x}"), "maxPriorityFeePerGas": "0x1", "gasPrice": format!("{fee:#x}"), "type": "0x2", "input": "0x"}),
    )
}

fn counts(mined: u64, pooled: u64) {
    stub().says("eth_getTransactionCount latest", Answer::Result(json!(format!("{mined:#x}"))));
    stub().says("eth_getTransactionCount pending", Answer::Result(json!(format!("{pooled:#x}"))));
}

/// The case once its first transfer has been looked at so many times that the wish is fulfilled.
pub async fn once(app: &App, holder: &Holder, wish: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..600 {
        let case = holder.case(app).await;
        if wish(&case["chain"][0]) {
            return case;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nothing was seen: {}", holder.case(app).await["chain"]);
}

/// The incident of a case, as staff see it.
async fn incident(app: &App, holder: &Holder) -> Value {
    for row in app.queue().await {
        let detail = app.staff_get(&format!("/api/v1/incidents/{}", row["id"].as_str().unwrap())).await;
        if detail["references"][0] == holder.reference.as_str() {
            return detail;
        }
    }
    panic!("{} is in no queue", holder.reference);
}

fn read(note: &Value) -> bool {
    note["read_at"].is_string()
}

fn step_ids(case: &Value) -> Vec<&str> {
    case["guidance"]["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap()).collect()
}

async fn stuck(app: &App) -> Holder {
    let answer = app.report(&format!("my transaction {HASH} is stuck pending, how do i speed it up")).await;
    assert_eq!(answer["incident"]["kind"], "routine-tx-pending");
    Holder::of(&answer)
}

#[test]
fn a_stuck_transfer_is_explained_and_the_steps_follow_what_the_chain_says() {
    on_both_with(looking(), async |app| {
        let _turn = TURN.lock().await;
        stub().healthy((1, MORNING - 12));
        stub().says("eth_getTransactionByHash", pending(9, 30_000_000_000));
        counts(7, 10);
        let holder = stuck(&app).await;
        let case = once(&app, &holder, read).await;
        let note = &case["chain"][0];
        assert_eq!(
            (&note["status"], &note["chain"], &note["block"]),
            (&json!("behind"), &json!("ethereum"), &json!(22_151_168))
        );
        assert_eq!(
            (&note["read_at"], &note["block_at"]),
            (&json!("2026-03-02T09:00:00.000Z"), &json!("2026-03-02T08:59:48.000Z"))
        );
        assert!(note["text"].as_str().unwrap().contains("number 7"), "{note}");
        assert!(step_ids(&case).contains(&"chain-says-earlier"));
        let detail =
            app.staff_get(&format!("/api/v1/incidents/{}", app.queue().await[0]["id"].as_str().unwrap())).await;
        let signal = detail["signals"]
            .as_array()
            .unwrap()
            .iter()
            .find(|signal| signal["facts"]["kind"] == "chain.reading")
            .unwrap();
        assert_eq!(
            (&signal["endpoint"], &signal["facts"]["nonce"], &signal["facts"]["missing-nonce"]),
            (&json!("holdfast"), &json!("9"), &json!("7"))
        );

        // An hour later the earlier ones are through and this one is in a block.
        app.clock.pass(Span::from_minutes(60));
        stub().healthy((1, MORNING + 3_590));
        let receipt = json!({"transactionHash": HASH, "blockNumber": "0x151ffff", "status": "0x1", "logs": []});
        stub().says("eth_getTransactionReceipt", Answer::Result(receipt));
        let case = once(&app, &holder, |note| note["status"] == "confirmed").await;
        assert_eq!((&case["chain"][0]["confirmations"], &case["chain"][0]["settled"]), (&json!(2), &json!(true)));
        assert!(step_ids(&case).contains(&"chain-says-confirmed") && !step_ids(&case).contains(&"chain-says-earlier"));
    });
}

#[test]
fn a_transfer_that_was_seen_and_is_gone_was_replaced_or_dropped() {
    on_sqlite_with(looking(), async |app| {
        let _turn = TURN.lock().await;
        stub().healthy((1, MORNING));
        stub().says("eth_getTransactionByHash", pending(7, 1_000_000_000));
        counts(7, 8);
        let holder = stuck(&app).await;
        let case = once(&app, &holder, read).await;
        assert_eq!(case["chain"][0]["status"], "fee-low");
        assert!(step_ids(&case).contains(&"chain-says-fee-low"));
        app.clock.pass(Span::from_minutes(2));
        stub().healthy((1, MORNING + 120));
        once(&app, &holder, |note| note["status"] == "dropped").await;
        app.clock.pass(Span::from_minutes(4));
        stub().healthy((1, MORNING + 360));
        counts(8, 8);
        let case = once(&app, &holder, |note| note["status"] == "replaced").await;
        assert!(step_ids(&case).contains(&"chain-says-gone"));
    });
}

#[test]
fn a_hash_in_a_message_is_looked_up_as_well() {
    on_sqlite_with(looking(), async |app| {
        let _turn = TURN.lock().await;
        stub().healthy((1, MORNING));
        let holder = Holder::of(&app.report("my transfer is stuck pending for two hours").await);
        assert_eq!(holder.case(&app).await["chain"], Value::Null, "nothing to look at yet");
        holder.does(&app, "/messages", &json!({"text": format!("here is the hash: {HASH}")})).await;
        let case = once(&app, &holder, read).await;
        assert_eq!(case["chain"][0]["status"], "not-found");
    });
}

#[test]
fn a_node_that_is_behind_elsewhere_silent_or_hostile_means_unknown_and_delays_no_answer() {
    on_sqlite_with(looking(), async |app| {
        let _turn = TURN.lock().await;
        let redirect = "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        let receipt = Answer::Result(json!({"transactionHash": HASH, "blockNumber": "0x1", "status": "0x1"}));
        let stale = json!({"number": "0x1520000", "timestamp": format!("{:#x}", MORNING - 301)});
        let nested: &'static str =
            Box::leak(format!("HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n{}", "[".repeat(4_000)).into_boxed_str());
        for (method, answer, doubt) in [
            ("eth_getBlockByNumber", Answer::Result(stale), "stale"),
            ("eth_chainId", Answer::Result(json!("0x38")), "other-chain"),
            ("eth_getBlockByNumber", Answer::Hang, "unreadable"),
            ("eth_chainId", Answer::Raw(redirect), "unreadable"),
            ("eth_getTransactionReceipt", Answer::Flood, "unreadable"),
            ("eth_getTransactionReceipt", Answer::Raw(nested), "unreadable"),
            ("eth_getTransactionReceipt", Answer::Result(json!([1, "<script>", {"status": "0x1"}])), "unreadable"),
        ] {
            stub().healthy((1, MORNING));
            stub().says("eth_getTransactionReceipt", receipt.clone());
            stub().says(method, answer);
            let began = tokio::time::Instant::now();
            let holder = stuck(&app).await;
            assert!(began.elapsed().as_millis() < 1_500, "the answer waited for the node");
            let case = once(&app, &holder, read).await;
            assert_eq!(case["chain"][0]["status"], "unknown", "{method}");
            assert!(case["chain"][0]["text"].as_str().unwrap().starts_with("Unknown"), "{method}");
            let detail = incident(&app, &holder).await;
            let facts =
                detail["signals"].as_array().unwrap().iter().find(|signal| signal["facts"]["kind"] == "chain.reading");
            assert_eq!(facts.unwrap()["facts"]["doubt"], doubt, "{method}");
            assert!(!step_ids(&case).iter().any(|id| id.starts_with("chain-says")), "{method}");
        }
    });
}

#[test]
fn a_chain_without_a_node_is_said_to_be_unknown() {
    on_sqlite(async |app| {
        let case = stuck(&app).await.case(&app).await;
        assert_eq!(case["chain"][0]["status"], "unknown");
        assert!(case["chain"][0]["text"].as_str().unwrap().contains("no node of this network"));
    });
    on_sqlite_with(looking(), async |app| {
        let _turn = TURN.lock().await;
        let body = json!({"text": format!("my transaction {HASH} is stuck pending"), "wallets": [{"chain": "bsc", "address": SENDER}]});
        let answer: Value =
            app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap().json().await.unwrap();
        let case = once(&app, &Holder::of(&answer), read).await;
        assert_eq!((&case["chain"][0]["status"], &case["chain"][0]["chain"]), (&json!("unknown"), &json!("bsc")));
    });
}

#[test]
fn bitcoin_is_looked_up_at_an_esplora_server() {
    on_sqlite_with(looking(), async |app| {
        let _turn = TURN.lock().await;
        let hash = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";
        let genesis = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
        stub().says("/api/block-height/0", Answer::Text(genesis.to_owned()));
        stub().says("/api/blocks", Answer::Text(json!([{"height": 938_000, "timestamp": MORNING - 900}]).to_string()));
        stub().says("/api/fee-estimates", Answer::Text(r#"{"1": 12.5, "6": 8.004}"#.to_owned()));
        let waiting = json!({"txid": hash, "fee": 200, "weight": 561, "status": {"confirmed": false}});
        stub().says(&format!("/api/tx/{hash}"), Answer::Text(waiting.to_string()));
        let answer = app.report(&format!("my btc transaction {hash} is unconfirmed since morning, fee too low")).await;
        let case = once(&app, &Holder::of(&answer), read).await;
        assert_eq!((&case["chain"][0]["status"], &case["chain"][0]["chain"]), (&json!("fee-low"), &json!("bitcoin")));
    });
}

#[test]
fn tron_is_looked_up_at_a_full_node() {
    let settings = |config: &mut Config| {
        let node = format!("{}/tron", stub().url());
        let (name, api) = ("tron".to_owned(), ChainApi::Tron);
        config.chain = vec![Chain { name, api, chain_id: None, urls: vec![node], stale_after_seconds: None }];
    };
    on_sqlite_with(Plan { settings, ..Plan::default() }, async |app| {
        let _turn = TURN.lock().await;
        let hash = "c558bd35978267d8999baf6148703cbc94786f3f2e22893637588ca05437d7f0";
        let says =
            |path: &str, body: Value| stub().says(&format!("/tron/wallet/{path}"), Answer::Text(body.to_string()));
        let genesis = "00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc";
        says("getblockbynum?num=0", json!({"blockID": genesis}));
        let tip = json!({"number": 60_000_000, "timestamp": MORNING * 1_000});
        says("getnowblock", json!({"block_header": {"raw_data": tip}}));
        let failed =
            json!({"id": hash, "blockNumber": 59_999_000, "receipt": {"result": "OUT_OF_ENERGY"}, "result": "FAILED"});
        says(&format!("gettransactioninfobyid?value={hash}"), failed);
        says(&format!("gettransactionfrompending?value={hash}"), json!({}));
        let answer = app.report(&format!("我转的 USDT 一直没到账，交易哈希 {hash}")).await;
        let case = once(&app, &Holder::of(&answer), read).await;
        assert_eq!((&case["chain"][0]["status"], &case["chain"][0]["chain"]), (&json!("reverted"), &json!("tron")));
    });
}

#[test]
fn only_what_is_needed_leaves_the_house() {
    on_sqlite_with(looking(), async |app| {
        let _turn = TURN.lock().await;
        stub().healthy((1, MORNING));
        stub().asked.lock().unwrap().clear();
        let holder = stuck(&app).await;
        once(&app, &holder, read).await;
        for _ in 0..5 {
            holder.case(&app).await;
        }
        let mut asked = stub().asked.lock().unwrap().clone();
        asked.sort();
        assert_eq!(
            asked,
            [
                "eth_chainId",
                "eth_feeHistory",
                "eth_getBlockByNumber",
                "eth_getTransactionByHash",
                "eth_getTransactionReceipt"
            ],
            "once, not once a page"
        );
    });
}
