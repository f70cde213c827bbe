//! A node on loopback that answers as it is told: JSON-RPC by method, Esplora by path.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a node does with a request.
#[derive(Clone)]
pub enum Answer {
    Result(Value),
    Text(String),
    Raw(&'static str),
    Hang,
    /// More bytes than anybody wants.
    Flood,
}

/// A running node; what it is asked is kept.
#[derive(Clone)]
pub struct Stub {
    pub address: SocketAddr,
    answers: Arc<Mutex<BTreeMap<String, Answer>>>,
    pub asked: Arc<Mutex<Vec<String>>>,
}

impl Stub {
    /// Begins to serve on the runtime of the story.
    pub fn begin() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let stub = Self { address, answers: Arc::default(), asked: Arc::default() };
        let serving = stub.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let set = tokio::task::LocalSet::new();
            set.block_on(&runtime, async move {
                let listener = TcpListener::from_std(listener).unwrap();
                while let Ok((socket, _)) = listener.accept().await {
                    let stub = serving.clone();
                    tokio::task::spawn_local(async move { stub.serve(socket).await });
                }
            });
        });
        stub
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it answers to a method or a path from now on.
    pub fn says(&self, what: &str, answer: Answer) {
        self.answers.lock().unwrap().insert(what.to_owned(), answer);
    }

    /// A node of this chain with a block of this second, which knows no transfer.
    pub fn healthy(&self, (chain_id, seconds): (u64, i64)) {
        self.says("eth_chainId", Answer::Result(json!(format!("{chain_id:#x}"))));
        let block = json!({"number": "0x1520000", "timestamp": format!("{seconds:#x}"), "baseFeePerGas": "0x3b9aca00", "transactions": []});
        self.says("eth_getBlockByNumber", Answer::Result(block));
        self.says("eth_getTransactionByHash", Answer::Result(Value::Null));
        self.says("eth_getTransactionReceipt", Answer::Result(Value::Null));
        self.says(
            "eth_feeHistory",
            Answer::Result(json!({"baseFeePerGas": ["0x3b9aca00", "0x4a817c800"], "reward": [["0x5f5e100"]]})),
        );
    }

    async fn serve(&self, mut socket: TcpStream) {
        loop {
            let Some((head, body)) = read(&mut socket).await else { return };
            let call: Value = serde_json::from_slice(&body).unwrap_or_default();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let what = match call["method"].as_str() {
                Some("eth_getTransactionCount") => {
                    format!("eth_getTransactionCount {}", call["params"][1].as_str().unwrap())
                }
                Some(method) => method.to_owned(),
                None => path,
            };
            self.asked.lock().unwrap().push(what.clone());
            let answer = self.answers.lock().unwrap().get(&what).cloned();
            let ok = |body: String| format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            let text = match answer {
                Some(Answer::Result(result)) => {
                    ok(json!({"jsonrpc": "2.0", "id": call["id"], "result": result}).to_string())
                }
                Some(Answer::Text(text)) => ok(text),
                Some(Answer::Raw(raw)) => raw.to_owned(),
                Some(Answer::Hang) => std::future::pending().await,
                Some(Answer::Flood) => ok("[".repeat(2 * 1024 * 1024)),
                None => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned(),
            };
            if socket.write_all(text.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

async fn read(socket: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
            let whole = end + 4 + length.unwrap_or(0);
            if bytes.len() >= whole {
                return Some((head, bytes[end + 4..whole].to_vec()));
            }
        }
        let mut piece = [0; 4_096];
        match socket.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
    }
}
