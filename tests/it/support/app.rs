//! The real server on a loopback port, with a clock that tests move, on every engine there is.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use holdfast::access::Scopes;
use holdfast::app::{self, Console, Listeners, Outside, Rounds};
use holdfast::config::{Config, Endpoint, Overrides};
use holdfast::respond::NewToken;
use holdfast::time::{Clock, Span, Timestamp};
use holdfast::web::Shared;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::db;
use super::person::Member;

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

    pub fn set(&self, now: Timestamp) {
        self.0.store(now.millis(), Ordering::SeqCst);
    }
}

/// How the house of a story differs from the usual one.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Changes the settings.
    pub settings: fn(&mut Config),
    /// Whether somebody has used the set-up link.
    pub set_up: bool,
    /// Who looks for other playbooks.
    pub rounds: Rounds,
    /// Who comes into the console.
    pub console: Console,
}

impl Default for Plan {
    fn default() -> Self {
        Self { settings: |_| {}, set_up: true, rounds: Rounds::Own, console: Console::TokensToo }
    }
}

/// A running house.
pub struct App {
    pub address: SocketAddr,
    pub clock: Arc<TestClock>,
    pub house: Shared,
    /// A token with every scope; empty before the set-up.
    pub token: String,
    pub data: std::path::PathBuf,
    /// As the settings name it: empty for the embedded one.
    pub database: String,
    /// The set-up link that was made when the house began.
    pub set_up: Option<String>,
    /// The people who have come so far, by their logins.
    pub people: Mutex<BTreeMap<String, Member>>,
}

/// The secret of the endpoint `events`, which speaks Standard Webhooks.
pub const EVENTS_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
/// The secrets of the other endpoints.
pub const STATIC_SECRET: &str = "a-long-static-secret-for-tests-0123456789";

/// Runs one story against a running house on every engine.
pub fn on_both(story: impl AsyncFn(App)) {
    on_both_with(Plan::default(), story);
}

/// The same in another house.
pub fn on_both_with(plan: Plan, story: impl AsyncFn(App)) {
    on_sqlite_with(plan, &story);
    if let Some(address) = db::postgres_address() {
        on_postgres(&address, plan, &story);
    }
}

/// Runs one story on the embedded engine alone, for what has nothing to do with the engine.
pub fn on_sqlite(story: impl AsyncFn(App)) {
    on_sqlite_with(Plan::default(), story);
}

/// The same in another house.
pub fn on_sqlite_with(plan: Plan, story: impl AsyncFn(App)) {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(with_house(config(folder.path(), String::new()), plan, &story));
}

fn on_postgres(address: &str, plan: Plan, story: &impl AsyncFn(App)) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let schema = format!("app_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = tempfile::tempdir().unwrap();
    let runtime = runtime();
    let config = config(folder.path(), format!("{address}#schema={schema}"));
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(with_house(config, plan, story))));
    runtime.block_on(db::drop_schema(address, &schema));
    assert!(outcome.is_ok(), "the panic above happened on PostgreSQL");
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn config(data: &std::path::Path, database: String) -> Config {
    let overrides = Overrides { data: Some(data.to_path_buf()), database: Some(database), ..Overrides::default() };
    let mut config = Config::read(None, &overrides).unwrap();
    config.people.codes_for_admins = true;
    config.limits.reports_burst = 10_000;
    config.limits.reports_rush_each_minute = 1_000_000;
    config.limits.staff_burst = 1_000_000;
    config.limits.deeds_burst = 1_000_000;
    config.limits.case_calls_burst = 1_000_000;
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
        ("svix", "svix", EVENTS_SECRET),
    ];
    config.endpoint = sources
        .into_iter()
        .map(|(name, source, secret)| Endpoint {
            name: name.to_owned(),
            source: source.to_owned(),
            secret_file: file(name, secret),
            secret_env: None,
            previous_secret_file: None,
            // Its challenge is asked for in a story.
            set_up: name == "okta",
            ..Endpoint::default()
        })
        .collect();
    config
}

async fn with_house(mut config: Config, plan: Plan, story: &impl AsyncFn(App)) {
    (plan.settings)(&mut config);
    let clock = Arc::new(TestClock(AtomicI64::new(MORNING)));
    let stop = CancellationToken::new();
    let public = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = public.local_addr().unwrap();
    // A house that is reached by a name.
    config.public_url = config.public_url.replace(":0", &format!(":{}", address.port()));
    let clock_given = Arc::clone(&clock) as Arc<dyn Clock>;
    let outside = Outside { clock: clock_given, rounds: plan.rounds, console: plan.console, ..Outside::real() };
    let listeners = Listeners { public, metrics: None };
    let ready = app::prepare_house(&config, outside, (listeners, stop.clone()), &|_| {}).await.unwrap();
    let house = Arc::clone(&ready.house);
    let (data, database, set_up) = (config.data.clone(), config.database.clone(), ready.set_up.clone());
    let mut app = App { address, clock, house, token: String::new(), data, database, set_up, people: Mutex::default() };
    if plan.set_up {
        app.token = app.token_of("responder", Scopes::all()).await;
        app.house.now_set_up();
    }
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

    /// The time of the story.
    pub fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Somebody without any rights, who follows no redirects.
    #[expect(clippy::unused_self, reason = "clients are asked of the app, by their role")]
    pub fn visitor(&self) -> Client {
        Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
    }

    /// Sends a report and gives its answer.
    pub async fn report(&self, text: &str) -> Value {
        let response =
            self.visitor().post(self.url("/api/v1/reports")).json(&json!({"text": text})).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        response.json().await.unwrap()
    }

    /// A new token, good for a day.
    pub async fn token_of(&self, person: &str, scopes: Scopes) -> String {
        let new = NewToken { person: person.to_owned(), scopes, days: 1 };
        let (_, token) = self.house.respond.new_token(new).await.unwrap();
        token.reveal().to_owned()
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

    /// The waiting incidents in order.
    pub async fn queue(&self) -> Vec<Value> {
        self.staff_get("/api/v1/queue").await["rows"].as_array().unwrap().clone()
    }

    /// Sends a signed event to the endpoint `events`.
    pub async fn event(&self, id: &str, body: &Value) -> Response {
        self.signed(id, &serde_json::to_vec(body).unwrap()).await
    }

    pub async fn signed(&self, id: &str, body: &[u8]) -> Response {
        use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
        let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
        let now = self.clock.now().millis() / 1_000;
        let request = self
            .visitor()
            .post(self.url("/api/v1/alerts/events"))
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.to_string())
            .header("webhook-signature", sign::sign_standard(&key, id, now, body));
        request.body(body.to_vec()).send().await.unwrap()
    }
}
