//! A client that does as little as possible: ready-made requests over one connection, one after the other.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use holdfast::outside::SystemClock;
use holdfast::time::Clock;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

/// The time from the first byte sent to the last byte received, a request.
pub type Answered = Vec<Duration>;

/// Signed deliveries, each with an id of its own.
pub struct Mail {
    key: Key,
    accounts: usize,
    next: usize,
}

impl Mail {
    /// The accounts that the deliveries are about, in turn.
    pub fn new(accounts: usize) -> Self {
        let key = Key::decode(&Secret::new(SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
        Self { key, accounts, next: 0 }
    }

    pub fn letters(&mut self, count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|_| self.letter()).collect()
    }

    /// A withdrawal as a wallet backend tells of it: about 1 KB with its head.
    fn letter(&mut self) -> Vec<u8> {
        self.next += 1;
        let number = self.next;
        let account = number % self.accounts;
        let body = json!({
            "type": "withdrawal.requested",
            "timestamp": "2026-03-02T09:00:00Z",
            "data": {
                "account": format!("account-{}-{account}", self.accounts), "severity": "high", "asset": "USDT", "chain": "tron", "amount": "2500.00", "usd": 2499.5,
                "new_device": true, "new_place": true, "ip": "203.0.113.7", "country": "DE", "device": format!("device-{account}"),
                "to": format!("0x{number:040x}"), "tx": format!("0x{number:064x}"),
                "agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
                "title": "withdrawal to an address that was never used before, from a device that was never seen before",
            },
        });
        let body = body.to_string();
        let id = format!("msg-{}-{number}", self.accounts);
        let now = SystemClock.now().millis() / 1_000;
        let signature = sign::sign_standard(&self.key, &id, now, body.as_bytes());
        let head = format!(
            "POST /api/v1/alerts/events HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\nwebhook-id: {id}\r\nwebhook-timestamp: {now}\r\nwebhook-signature: {signature}\r\n\r\n",
            body.len()
        );
        [head, body].concat().into_bytes()
    }
}

/// Sends letters one after the other; panics when one is not taken.
pub async fn send(address: SocketAddr, letters: Vec<Vec<u8>>) -> Answered {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = vec![0; 16 * 1024];
    let mut times = Vec::with_capacity(letters.len());
    for letter in letters {
        let began = Instant::now();
        stream.write_all(&letter).await.unwrap();
        let mut filled = 0;
        while !is_whole(&buffer[..filled]) {
            let count = stream.read(&mut buffer[filled..]).await.unwrap();
            assert!(count > 0, "the server hung up: {}", String::from_utf8_lossy(&buffer[..filled]));
            filled += count;
        }
        times.push(began.elapsed());
        assert!(buffer.starts_with(b"HTTP/1.1 202"), "{}", String::from_utf8_lossy(&buffer[..filled]));
    }
    times
}

/// Whether an answer with a length is there to its end.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    answer.len() >= end + 4 + length.expect("an answer says how long it is")
}
