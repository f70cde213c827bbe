//! A whole house on a loopback port, storing or not.

use std::net::SocketAddr;

use holdfast::app::{self, Listeners, Outside};
use holdfast::config::{Config, Endpoint, Overrides};
use holdfast::respond::Storing;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::client::SECRET;

pub struct House {
    pub address: SocketAddr,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
    _data: tempfile::TempDir,
}

impl House {
    pub async fn open(database: &str, storing: Storing) -> Self {
        let data = tempfile::tempdir().unwrap();
        let overrides = Overrides {
            data: Some(data.path().join("data")),
            database: Some(database.to_owned()),
            ..Overrides::default()
        };
        let mut config = Config::read(None, &overrides).unwrap();
        config.limits.alerts_burst = 100_000_000;
        let secret = data.path().join("events.secret");
        std::fs::write(&secret, SECRET).unwrap();
        let endpoint = Endpoint {
            name: "events".to_owned(),
            source: "standard-webhooks".to_owned(),
            secret_file: Some(secret),
            secret_env: None,
            previous_secret_file: None,
            ..Endpoint::default()
        };
        config.endpoint.push(endpoint);
        let public = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = public.local_addr().unwrap();
        let (stop, outside) = (CancellationToken::new(), Outside { storing, ..Outside::real() });
        let ready = app::prepare_house(&config, outside, (Listeners { public, metrics: None }, stop.clone()), &|_| {})
            .await
            .unwrap();
        Self { address, stop, running: tokio::spawn(ready.run()), _data: data }
    }

    pub async fn close(self) {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
    }
}

/// Jobs and commits of all writers so far.
pub fn groups() -> (f64, f64) {
    let text = holdfast::metrics::handle().map(|handle| handle.render()).unwrap_or_default();
    let of = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok()).unwrap_or(0.0);
    (of("holdfast_commit_group_size_sum"), of("holdfast_commit_group_size_count"))
}

pub async fn drop_schema(address: &str, schema: &str) {
    let mut connection = PgConnection::connect(address).await.unwrap();
    connection.execute(sqlx::raw_sql(AssertSqlSafe(format!("drop schema if exists {schema} cascade")))).await.unwrap();
}
