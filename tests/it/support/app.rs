//! The real server on a loopback port, with a clock that tests move, on every engine there is.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use holdfast::access::Scopes;
use holdfast::app::{self, Listeners, Outside};
use holdfast::config::{Config, Endpoint, Overrides};
use holdfast::respond::NewToken;
use holdfast::time::{Clock, Span, Timestamp};
use holdfast::web::Shared;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;

use super::db;

/// 2026-03-02T09:00:00Z.
const MORNING: i64 = 1_772_442_000_000;

/// A clock that stands until it is moved.
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

impl TestClock {
    pub fn pass(&self, span: Span) {
        self.0.fetch_add(span.millis(), Ordering::SeqCst);
    }
}

/// A running house.
pub struct App {
    pub address: SocketAddr,
    pub clock: Arc<TestClock>,
    pub house: Shared,
    /// A token with every scope.
    pub token: String,
    pub data: std::path::PathBuf,
}

/// The secret of the endpoint `events`, which speaks Standard Webhooks.
pub const EVENTS_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
/// The secrets of the other endpoints.
pub const STATIC_SECRET: &str = "a-long-static-secret-for-tests-0123456789";

/// Runs one story against a running house on every engine.
pub fn on_both(story: impl AsyncFn(App)) {
    on_sqlite(&story);
    if let Some(address) = db::postgres_address() {
        on_postgres(&address, &story);
    }
}

/// Runs one story on the embedded engine alone, for what has nothing to do with the engine.
pub fn on_sqlite(story: impl AsyncFn(App)) {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(with_house(config(folder.path(), String::new()), &story));
}

fn on_postgres(address: &str, story: &impl AsyncFn(App)) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let schema = format!("app_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = tempfile::tempdir().unwrap();
    let runtime = runtime();
    let config = config(folder.path(), format!("{address}#schema={schema}"));
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(with_house(config, story))));
    runtime.block_on(db::drop_schema(address, &schema));
    assert!(outcome.is_ok(), "the panic above happened on PostgreSQL");
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn config(data: &std::path::Path, database: String) -> Config {
    let overrides = Overrides { data: Some(data.to_path_buf()), database: Some(database), ..Overrides::default() };
    let mut config = Config::read(None, &overrides).unwrap();
    config.limits.reports_burst = 10_000;
    config.limits.staff_burst = 1_000_000;
    let file = |name: &str, secret: &str| {
        let file = data.join(format!("{name}.secret"));
        std::fs::write(&file, secret).unwrap();
        Some(file)
    };
    let sources = [
        ("events", "standard-webhooks", EVENTS_SECRET),
        ("okta", "okta", STATIC_SECRET),
        ("guardduty", "aws-guardduty", STATIC_SECRET),
        ("alertmanager", "prometheus-alertmanager", STATIC_SECRET),
        ("ocsf", "ocsf", STATIC_SECRET),
        ("alchemy", "alchemy", STATIC_SECRET),
        ("moralis", "moralis", STATIC_SECRET),
        ("github", "github", STATIC_SECRET),
        ("grafana", "grafana", STATIC_SECRET),
    ];
    config.endpoint = sources
        .into_iter()
        .map(|(name, source, secret)| Endpoint {
            name: name.to_owned(),
            source: source.to_owned(),
            secret_file: file(name, secret),
            secret_env: None,
            previous_secret_file: None,
            previous_secret_env: None,
        })
        .collect();
    config
}

async fn with_house(config: Config, story: &impl AsyncFn(App)) {
    let clock = Arc::new(TestClock(AtomicI64::new(MORNING)));
    let stop = CancellationToken::new();
    let public = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = public.local_addr().unwrap();
    let outside = Outside { clock: Arc::clone(&clock) as Arc<dyn Clock>, ..Outside::real() };
    let listeners = Listeners { public, metrics: None };
    let ready = app::prepare_house(&config, outside, (listeners, stop.clone()), &|_| {}).await.unwrap();
    let house = Arc::clone(&ready.house);
    let new = NewToken { person: "responder".to_owned(), scopes: Scopes::all(), days: 1 };
    let (_, token) = house.respond.new_token(new).await.unwrap();
    house.now_set_up();
    let app = App { address, clock, house, token: token.reveal().to_owned(), data: config.data.clone() };
    let running = async { ready.run().await };
    let told = async {
        story(app).await;
        stop.cancel();
    };
    let (ended, ()) = tokio::join!(running, told);
    ended.expect("every task ran until it was asked to stop");
    assert_eq!(panics(), 0, "a handler panicked");
}

/// How many panics the doors caught in this process.
fn panics() -> u64 {
    let metrics = holdfast::metrics::handle().map(|handle| handle.render()).unwrap_or_default();
    let line = metrics.lines().find(|line| line.starts_with("holdfast_panics_total"));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

impl App {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Somebody without any rights, who follows no redirects.
    pub fn visitor(&self) -> Client {
        Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
    }

    /// Sends a report and gives its answer.
    pub async fn report(&self, text: &str) -> Value {
        let response = self.visitor().post(self.url("/api/v1/reports")).json(&json!({"text": text})).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        response.json().await.unwrap()
    }

    /// A request of a member of staff.
    pub fn staff(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.visitor().request(method, self.url(path)).bearer_auth(&self.token)
    }

    pub async fn staff_get(&self, path: &str) -> Value {
        let response = self.staff(reqwest::Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    pub async fn staff_post(&self, path: &str, body: &Value) -> Response {
        self.staff(reqwest::Method::POST, path).json(body).send().await.unwrap()
    }

    /// Sends a signed event to the endpoint `events`.
    pub async fn event(&self, id: &str, body: &Value) -> Response {
        self.signed(id, &serde_json::to_vec(body).unwrap()).await
    }

    pub async fn signed(&self, id: &str, body: &[u8]) -> Response {
        use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
        let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
        let now = self.clock.now().millis() / 1_000;
        self.visitor()
            .post(self.url("/api/v1/alerts/events"))
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.to_string())
            .header("webhook-signature", sign::sign_standard(&key, id, now, body))
            .body(body.to_vec())
            .send()
            .await
            .unwrap()
    }
}
