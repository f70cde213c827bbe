//! Streams of alerts: a real server, the real program; each message has one effect, and none is lost.

mod alone;
mod secured;
mod server;

use std::sync::atomic::Ordering;
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::consumer::{AckPolicy, pull};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use tokio::runtime::{Builder, Runtime};

use self::server::{CONSUMER, Nats, STREAM, nats, settled, until, wire};
use crate::support::db;
use crate::support::process::{Installation, Running, client};

pub fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// The settings of a stream that feeds a source to which nobody can post.
pub fn fed(nats: &Nats, port: u16) -> String {
    format!(
        "[[endpoint]]\nname = 'fed'\nsource = 'standard-webhooks'\n\
         [[stream]]\nname = 'chain-alerts'\nendpoint = 'fed'\nservers = ['nats://127.0.0.1:{port}']\nnetworks = ['127.0.0.0/8']\n\
         stream = '{STREAM}'\nconsumer = '{CONSUMER}'\nsubject = 'alerts.chain.>'\nnkey_file = '{}'\n",
        nats.file("nkey").display()
    )
}

/// Something that opens an incident of an account.
pub fn alert(account: &str) -> Vec<u8> {
    let event = json!({
        "type": "chain.permission-changed",
        "timestamp": "2026-03-02T08:59:00Z",
        "data": {"account": account, "chain": "tron", "severity": "high"},
    });
    serde_json::to_vec(&event).unwrap()
}

/// What the house has, as staff read it.
pub struct Eye<'a> {
    pub house: &'a Installation,
    pub client: Client,
    pub address: &'a str,
}

impl<'a> Eye<'a> {
    pub fn new(house: &'a Installation, running: &'a Running) -> Self {
        Self { house, client: client(), address: &running.address }
    }

    pub async fn get(&self, path: &str) -> Value {
        self.house.staff_get((&self.client, self.address), path).await
    }

    pub async fn incidents(&self) -> Vec<Value> {
        self.get("/api/v1/queue?limit=100").await["rows"].as_array().unwrap().clone()
    }

    /// What came of the source `fed` within the last day.
    pub async fn came(&self) -> Value {
        let sources = self.get("/api/v1/sources").await;
        let fed = sources["sources"].as_array().unwrap().iter().find(|one| one["endpoint"] == "fed").unwrap().clone();
        fed["last_day"].clone()
    }
}

/// The database of a story, by engine; the schema is dropped by the caller.
fn engines() -> Vec<(String, Option<(String, String)>)> {
    use std::sync::atomic::AtomicU32;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut engines = vec![(String::new(), None)];
    if let Some(address) = db::postgres_address() {
        let schema = format!("streams_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        engines.push((format!("{address}#schema={schema}"), Some((address, schema))));
    }
    engines
}

/// Tells a story on every engine, each time with a server of its own.
fn on_both(story: impl AsyncFn(Nats, Installation)) {
    for (database, schema) in engines() {
        let Some(nats) = nats("") else { return };
        runtime().block_on(async {
            story(nats, Installation::new(&database, "info,sqlx=warn")).await;
            if let Some((address, schema)) = schema {
                db::drop_schema(&address, &schema).await;
            }
        });
    }
}

#[test]
fn each_message_is_judged_and_kept_once_and_then_acknowledged() {
    on_both(async |nats, house| {
        let (publisher, stream) = nats.stream().await;
        house.append(&fed(&nats, nats.port));
        let running = house.start();
        let eye = Eye::new(&house, &running);
        for number in 0..20 {
            let sent = publisher.publish("alerts.chain.tron", alert(&format!("account-{number}")).into()).await;
            sent.unwrap().await.unwrap();
        }
        publisher.publish("alerts.weather", alert("somebody-else").into()).await.unwrap().await.unwrap();
        assert!(until(async || settled(&stream).await && eye.incidents().await.len() == 20).await);
        assert_eq!(eye.came().await["accepted"], 20, "what is on another subject stays there");

        let id = eye.incidents().await[0]["id"].as_str().unwrap().to_owned();
        let signal = eye.get(&format!("/api/v1/incidents/{id}")).await["signals"][0].clone();
        assert_eq!(signal["facts"]["proof"], "static-secret", "a login at the stream signs nothing: {signal}");
        assert_eq!(signal["facts"]["source"], "fed");

        // Nobody can post to a source that only a stream feeds.
        let address = &running.address;
        let posted = eye.client.post(format!("{address}/api/v1/alerts/fed")).body(alert("forged")).send().await;
        assert_eq!(posted.unwrap().status(), StatusCode::UNAUTHORIZED);
        assert_eq!(eye.incidents().await.len(), 20);
    });
}

#[test]
fn the_senders_own_name_for_a_message_makes_it_one_however_often_it_is_in_the_stream() {
    on_both(async |nats, house| {
        let (publisher, stream) = nats.stream().await;
        house.append(&fed(&nats, nats.port));
        let running = house.start();
        let eye = Eye::new(&house, &running);
        let mut named = HeaderMap::new();
        named.insert("Nats-Msg-Id", "transfer-7");
        let send = async |body: Vec<u8>| {
            let sent = publisher.publish_with_headers("alerts.chain.tron", named.clone(), body.into()).await;
            sent.unwrap().await.unwrap().duplicate
        };
        assert!(!send(alert("account-1")).await);
        // The server forgets the name soon, the house does not.
        assert!(until(async || !send(alert("account-1")).await).await);
        assert!(until(async || settled(&stream).await && eye.came().await["duplicates"] == 1).await);
        assert_eq!((eye.incidents().await.len(), &eye.came().await["accepted"]), (1, &json!(1)));
        // Other words under a known name are kept for the operator and judge nobody.
        assert!(until(async || !send(alert("account-2")).await).await);
        assert!(until(async || settled(&stream).await && eye.came().await["conflicts"] == 1).await);
        assert_eq!(eye.incidents().await.len(), 1);
    });
}

#[test]
fn what_no_mapping_reads_is_kept_on_the_shelf_and_comes_no_more() {
    on_both(async |nats, house| {
        let (publisher, stream) = nats.stream().await;
        house.append(&fed(&nats, nats.port));
        let running = house.start();
        let eye = Eye::new(&house, &running);
        let large = format!("{{\"type\": \"{}\"}}", "x".repeat(600_000));
        for body in ["no JSON at all", "[1, 2, 3]", &large] {
            publisher.publish("alerts.chain.tron", body.to_owned().into()).await.unwrap().await.unwrap();
        }
        assert!(until(async || settled(&stream).await).await);
        assert_eq!((&eye.came().await["unmapped"], eye.incidents().await.len()), (&json!(3), 0));
        let shelf = eye.get("/api/v1/sources/unmapped").await.to_string();
        assert!(shelf.contains("no JSON at all") && shelf.contains("over a limit"), "{}", &shelf[..400]);
        publisher.publish("alerts.chain.tron", alert("account-1").into()).await.unwrap().await.unwrap();
        assert!(until(async || settled(&stream).await && eye.incidents().await.len() == 1).await);
        assert_eq!(eye.came().await["deliveries"], 4, "none of them came a second time");
    });
}

#[test]
fn a_process_that_ends_between_commit_and_acknowledgement_has_doubled_nothing() {
    on_both(async |nats, house| {
        let (publisher, stream) = nats.stream().await;
        let config = pull::Config {
            durable_name: Some(CONSUMER.to_owned()),
            ack_policy: AckPolicy::Explicit,
            ack_wait: Duration::from_secs(2),
            filter_subject: "alerts.chain.>".to_owned(),
            ..pull::Config::default()
        };
        stream.create_consumer(config).await.unwrap();
        let wire = wire(nats.port).await;
        house.append(&fed(&nats, wire.port));
        let running = house.start();
        publisher.publish("alerts.chain.tron", alert("account-0").into()).await.unwrap().await.unwrap();
        assert!(until(async || settled(&stream).await).await);
        // The server still hands out what it was asked for; no acknowledgement gets there.
        wire.deaf.store(true, Ordering::SeqCst);
        publisher.publish("alerts.chain.tron", alert("account-1").into()).await.unwrap().await.unwrap();
        let eye = Eye::new(&house, &running);
        assert!(until(async || eye.incidents().await.len() == 2).await, "the commit has happened");
        assert!(!settled(&stream).await, "and the server does not know");
        drop(eye);
        running.kill();

        wire.deaf.store(false, Ordering::SeqCst);
        let running = house.start();
        let eye = Eye::new(&house, &running);
        assert!(until(async || settled(&stream).await).await, "it came again");
        let came = eye.came().await;
        assert_eq!((&came["accepted"], eye.incidents().await.len()), (&json!(2), 2));
        assert!(came["duplicates"].as_i64().unwrap() >= 1, "as often as it came again: {came}");
    });
}

#[test]
fn while_the_store_is_away_nothing_is_acknowledged_and_afterwards_nothing_is_missing() {
    let Some(nats) = nats("") else { return };
    let house = Installation::new("", "info,sqlx=warn");
    runtime().block_on(async {
        let (publisher, stream) = nats.stream().await;
        house.append(&fed(&nats, nats.port));
        let running = house.start();
        let eye = Eye::new(&house, &running);
        publisher.publish("alerts.chain.tron", alert("account-0").into()).await.unwrap().await.unwrap();
        assert!(until(async || settled(&stream).await).await);

        let file = format!("sqlite:{}", house.data().join("holdfast.db").display());
        let mut other = SqliteConnection::connect(&file).await.unwrap();
        sqlx::query("begin immediate").execute(&mut other).await.unwrap();
        for number in 1..4 {
            let sent = publisher.publish("alerts.chain.tron", alert(&format!("account-{number}")).into()).await;
            sent.unwrap().await.unwrap();
        }
        let told =
            async || std::fs::read_to_string(house.log_file()).unwrap().contains("could not be kept, it comes again");
        assert!(until(told).await);
        assert!(!settled(&stream).await);
        sqlx::query("rollback").execute(&mut other).await.unwrap();
        assert!(until(async || settled(&stream).await && eye.incidents().await.len() == 4).await);
        assert_eq!(eye.came().await["accepted"], 4);
    });
}

#[test]
fn a_server_that_was_away_is_read_again_where_it_was_left() {
    let Some(mut nats) = nats("") else { return };
    let house = Installation::new("", "info,sqlx=warn");
    runtime().block_on(async {
        let (publisher, _) = nats.stream().await;
        house.append(&fed(&nats, nats.port));
        let running = house.start();
        let eye = Eye::new(&house, &running);
        publisher.publish("alerts.chain.tron", alert("account-1").into()).await.unwrap().await.unwrap();
        assert!(until(async || eye.incidents().await.len() == 1).await);
        nats.kill();
        let log = async || std::fs::read_to_string(house.log_file()).unwrap();
        assert!(until(async || log().await.contains("the connection was lost")).await);
        nats.start();
        let publisher = nats.publisher().await;
        publisher.publish("alerts.chain.tron", alert("account-2").into()).await.unwrap().await.unwrap();
        assert!(until(async || eye.incidents().await.len() == 2).await);
        assert_eq!(eye.came().await["accepted"], 2);
    });
}
