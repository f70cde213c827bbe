//! The same against a real node, where one is installed: `HOLDFAST_TEST_ANVIL` is the program. Skipped, and said so,
//! without it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use holdfast::config::{Chain, ChainApi, Config};
use holdfast::time::{Span, Timestamp};
use serde_json::{Value, json};

use super::chain::once;
use crate::support::app::{App, Plan, on_sqlite_with};
use crate::support::case::Holder;

static URL: OnceLock<String> = OnceLock::new();

fn with_node(config: &mut Config) {
    let chain = Chain {
        name: "ethereum".to_owned(),
        api: ChainApi::JsonRpc,
        chain_id: Some(31_337),
        urls: vec![URL.get().unwrap().clone()],
        stale_after_seconds: None,
    };
    config.chain = vec![chain];
}

/// A node that mines when it is told to; stopped with the story.
struct Anvil(Child);

impl Anvil {
    fn begin(program: &str) -> Self {
        let arguments = ["--host", "127.0.0.1", "--port", "0", "--chain-id", "31337", "--no-mining"];
        let mut child = Command::new(program).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let listening = lines.find_map(|line| line.strip_prefix("Listening on ").map(str::to_owned)).unwrap();
        URL.set(format!("http://{}", listening.trim())).unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        Self(child)
    }
}

impl Drop for Anvil {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

async fn call(app: &App, method: &str, params: Value) -> Value {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let answer: Value = app.visitor().post(URL.get().unwrap()).json(&body).send().await.unwrap().json().await.unwrap();
    assert!(answer["error"].is_null(), "{method}: {answer}");
    answer["result"].clone()
}

/// Sets the house's clock to the node's latest block.
async fn now(app: &App) {
    let block = call(app, "eth_getBlockByNumber", json!(["latest", false])).await;
    let seconds = i64::from_str_radix(block["timestamp"].as_str().unwrap().trim_start_matches("0x"), 16).unwrap();
    app.clock.set(Timestamp::from_millis(seconds * 1_000).plus(Span::from_seconds(1)));
}

async fn told(app: &App, hash: &Value) -> (Holder, Value) {
    let text = format!("my transaction {} is stuck pending, how do i speed it up", hash.as_str().unwrap());
    let holder = Holder::of(&app.report(&text).await);
    let case = once(app, &holder, |note| note["read_at"].is_string()).await;
    (holder, case["chain"][0].clone())
}

#[expect(clippy::print_stderr, reason = "a test that was left out says so")]
#[test]
fn a_real_node_is_understood() {
    #[expect(clippy::disallowed_methods, reason = "where the program lies is the machine's matter")]
    let Ok(program) = std::env::var("HOLDFAST_TEST_ANVIL") else {
        eprintln!("skipped: HOLDFAST_TEST_ANVIL names no node");
        return;
    };
    let anvil = Anvil::begin(&program);
    on_sqlite_with(Plan { settings: with_node, ..Plan::default() }, async |app| {
        now(&app).await;
        let accounts = call(&app, "eth_accounts", json!([])).await;
        let send = |from: usize, nonce: &str, fee: &str| json!([{"from": accounts[from], "to": accounts[9], "value": "0x1", "gas": "0x5208", "nonce": nonce, "maxFeePerGas": fee, "maxPriorityFeePerGas": "0x1"}]);
        let first = call(&app, "eth_sendTransaction", send(1, "0x0", "0x77359400")).await;
        let second = call(&app, "eth_sendTransaction", send(1, "0x1", "0x77359400")).await;
        let far = call(&app, "eth_sendTransaction", send(1, "0x5", "0x77359400")).await;
        let (holder, note) = told(&app, &first).await;
        assert_eq!(note["status"], "in-line", "{note}");
        let (_, note) = told(&app, &second).await;
        assert_eq!(note["status"], "behind", "{note}");
        let (_, note) = told(&app, &far).await;
        assert_eq!(note["status"], "gap", "{note}");
        assert!(note["text"].as_str().unwrap().contains("number 2"), "{note}");
        let unknown = json!(format!("0x{}", "ab".repeat(32)));
        let (_, note) = told(&app, &unknown).await;
        assert_eq!(note["status"], "not-found", "{note}");

        call(&app, "evm_mine", json!([])).await;
        now(&app).await;
        app.clock.pass(Span::from_minutes(2));
        let case = once(&app, &holder, |note| note["status"] == "confirmed").await;
        assert_eq!(case["chain"][0]["confirmations"], 1);

        let dropped = call(&app, "eth_sendTransaction", send(2, "0x0", "0x77359400")).await;
        let (holder, note) = told(&app, &dropped).await;
        assert_eq!(note["status"], "in-line", "{note}");
        call(&app, "anvil_dropTransaction", json!([dropped])).await;
        app.clock.pass(Span::from_minutes(2));
        once(&app, &holder, |note| note["status"] == "dropped").await;
    });
    drop(anvil);
}
