//! A small wallet backend that follows `docs/wallet-backend.md`, and misbehaves as it is told: the reference for others.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use serde_json::{Value, json};

use crate::support::app::EVENTS_SECRET;
use crate::support::server::serve;

/// How it takes one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Good,
    /// Carries it out and never answers.
    Late,
    /// Carries it out, and the connection breaks in the answer.
    Cut,
    /// Answers 500 and does nothing.
    Down,
    /// Carries it out and answers 500.
    DoneThenDown,
    /// Takes it, to be carried out on the next question.
    Working,
    /// Answers something that is not of the protocol, and does nothing.
    Garbage,
    /// Sends the letter on to somebody else.
    Redirect,
    Refuses,
    /// Says that it has never seen the order, and does nothing.
    NeverSeen,
}

/// What it keeps.
#[derive(Default)]
pub struct Ledger {
    /// The state it gave each key.
    keys: BTreeMap<String, &'static str>,
    /// Every effect, by account: the order and the action.
    effects: BTreeMap<String, Vec<(String, String)>>,
    fences: BTreeMap<(String, String), i64>,
    moods: BTreeMap<String, VecDeque<Mood>>,
    /// Letters with a good signature: the kind and the body.
    letters: Vec<Value>,
    pub forged: u32,
}

pub struct Backend {
    pub address: SocketAddr,
    ledger: Arc<Mutex<Ledger>>,
}

/// The one of this process.
pub fn backend() -> &'static Backend {
    static BACKEND: OnceLock<Backend> = OnceLock::new();
    BACKEND.get_or_init(|| {
        let ledger: Arc<Mutex<Ledger>> = Arc::default();
        let router = Router::new().route("/orders", post(take)).with_state(Arc::clone(&ledger));
        let address = serve(router);
        Backend { address, ledger }
    })
}

impl Backend {
    /// How the next letters with orders on an account are taken; then it is good again.
    pub fn moods(&self, account: &str, moods: &[Mood]) {
        self.ledger.lock().unwrap().moods.insert(account.to_owned(), moods.iter().copied().collect());
    }

    /// What was done to an account, in order.
    pub fn effects(&self, account: &str) -> Vec<(String, String)> {
        self.ledger.lock().unwrap().effects.get(account).cloned().unwrap_or_default()
    }

    /// The letters about an order: orders and questions.
    pub fn letters(&self, order: &str) -> Vec<Value> {
        let ledger = self.ledger.lock().unwrap();
        ledger.letters.iter().filter(|letter| letter["order"] == order).cloned().collect()
    }
}

fn genuine(headers: &HeaderMap, body: &[u8]) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
    let seconds = text("webhook-timestamp").parse().unwrap_or(0);
    sign::sign_standard(&key, &text("webhook-id"), seconds, body) == text("webhook-signature")
}

async fn take(State(ledger): State<Arc<Mutex<Ledger>>>, headers: HeaderMap, body: Bytes) -> Response {
    let (answer, mood) = decide(&ledger, (&headers, &body));
    match mood {
        Mood::Late => std::future::pending().await,
        Mood::Cut => {
            let broken = futures_util::stream::iter([Ok("{\"key\":"), Err(std::io::Error::other("cut"))]);
            axum::body::Body::from_stream(broken).into_response()
        }
        Mood::Down | Mood::DoneThenDown => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mood::Garbage => "<html>fine</html>".into_response(),
        Mood::Redirect => (StatusCode::TEMPORARY_REDIRECT, [("location", "http://127.0.0.1:1/")]).into_response(),
        Mood::Good | Mood::Working | Mood::Refuses | Mood::NeverSeen => axum::Json(answer).into_response(),
    }
}

fn decide(ledger: &Mutex<Ledger>, (headers, body): (&HeaderMap, &[u8])) -> (Value, Mood) {
    let mut ledger = ledger.lock().unwrap();
    if !genuine(headers, body) {
        ledger.forged += 1;
        return (json!({}), Mood::Down);
    }
    let letter: Value = serde_json::from_slice(body).unwrap();
    let text = |name: &str| letter[name].as_str().unwrap_or_default().to_owned();
    let (key, account) = (text("key"), text("account"));
    ledger.letters.push(letter.clone());
    match letter["type"].as_str() {
        Some("preview") => {
            let touches = json!({"sessions": 2, "pending-withdrawals": 1, "<script>": 7});
            (json!({"key": key, "state": "would-touch", "affects": touches}), Mood::Good)
        }
        Some("question") => {
            let state = ledger.keys.get(&key).copied().unwrap_or("never-seen");
            (json!({"key": key, "state": state}), Mood::Good)
        }
        Some("order") => {
            let mood = ledger.moods.get_mut(&account).and_then(VecDeque::pop_front).unwrap_or(Mood::Good);
            let acts = !matches!(mood, Mood::Down | Mood::Garbage | Mood::Redirect | Mood::NeverSeen);
            let state = if acts { carry_out(&mut ledger, &letter, mood) } else { "never-seen" };
            let shown = if mood == Mood::Working { "working" } else { state };
            (json!({"key": key, "state": shown, "reason": "not-allowed"}), mood)
        }
        _ => (json!({}), Mood::Down),
    }
}

/// Once for each key, and never behind a larger number for the same part of an account.
fn carry_out(ledger: &mut Ledger, letter: &Value, mood: Mood) -> &'static str {
    let text = |name: &str| letter[name].as_str().unwrap_or_default().to_owned();
    let (key, account, action) = (text("key"), text("account"), text("action"));
    if let Some(state) = ledger.keys.get(&key) {
        return state;
    }
    let part = action.split_once('-').map_or("", |(_, part)| part).to_owned();
    let fence = letter["fence"].as_i64().unwrap();
    let newest = ledger.fences.entry((account.clone(), part)).or_insert(0);
    let state = if mood == Mood::Refuses || fence < *newest { "refused" } else { "done" };
    if state == "done" {
        *newest = fence;
        ledger.effects.entry(account).or_default().push((text("order"), action));
    }
    ledger.keys.insert(key, state);
    state
}
