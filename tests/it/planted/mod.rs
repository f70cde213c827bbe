//! Recovery phrases and keys go through every door in every field, and are afterwards nowhere: not in the database and
//! its side files, not in the log, not in what the house can open again, not in its answers (CRY-09, LOG-02).

mod garden;
mod hunt;
mod visit;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use futures_util::StreamExt;
use futures_util::stream::iter;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::runtime::Builder;

use self::garden::Garden;
use self::hunt::Hunt;
use self::visit::Street;
use crate::support::db;
use crate::support::process::{Installation, Running, client};

/// Plants on each engine.
const ON_SQLITE: u64 = 10_000;
const ON_POSTGRES: u64 = 10_000;

/// Fields whose text has to be taken as it is meant, so that the search is not one through refusals.
const TAKEN: [(&str, u16); 11] = [
    ("report", 201),
    ("form", 303),
    ("alert", 202),
    ("alert unreadable", 202),
    ("case message", 200),
    ("case file", 200),
    ("staff note", 200),
    ("staff message", 200),
    ("staff step", 200),
    ("staff verdict", 200),
    ("staff reopen", 200),
];

#[test]
fn planted_secrets_are_nowhere_on_sqlite() {
    let installation = Installation::new("", "debug");
    block_on(story("SQLite", &installation, (ON_SQLITE, None)));
}

#[test]
fn planted_secrets_are_nowhere_on_postgresql() {
    let Some(address) = db::postgres_or_say("the planted phrases") else { return };
    let schema = format!("planted_{}", std::process::id());
    let installation = Installation::new(&format!("{address}#schema={schema}"), "debug");
    block_on(async {
        story("PostgreSQL", &installation, (ON_POSTGRES, Some((&address, &schema)))).await;
        db::drop_schema(&address, &schema).await;
    });
}

fn block_on(story: impl Future<Output = ()>) {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(story);
}

type Elsewhere<'a> = Option<(&'a String, &'a String)>;

#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
async fn story(engine: &str, installation: &Installation, (wanted, elsewhere): (u64, Elsewhere<'_>)) {
    let running = installation.start();
    let street = Street {
        installation,
        client: client(),
        address: running.address.clone(),
        garden: Garden::default(),
        answers: Mutex::default(),
        statuses: Mutex::default(),
    };
    let enough = || street.garden.counts().0 >= wanted;
    let mut visits =
        iter(0..).take_while(|_| std::future::ready(!enough())).map(|number| street.visit(number)).buffer_unordered(8);
    while visits.next().await.is_some() {}
    drop(visits);

    let opened = open_all(installation, &running).await;
    let (planted, keys, fields) = street.garden.counts();
    let (answers, statuses) = (street.answers.into_inner().unwrap(), street.statuses.into_inner().unwrap());
    for (door, status) in TAKEN {
        let all: u64 = statuses.iter().filter(|((name, _), _)| *name == door).map(|(_, count)| count).sum();
        let taken = statuses.get(&(door, status)).copied().unwrap_or(0);
        assert!(taken * 10 >= all * 9 && taken > 0, "{door}: {taken} of {all} were taken: {statuses:?}");
    }
    println!("{engine}: planted {planted} ({keys} raw keys) in {} fields: {fields:?}", fields.len());

    let mut places = vec![("answers".to_owned(), answers), ("what staff can open".to_owned(), opened)];
    places.extend(files(&installation.data()));
    places.push(("log".to_owned(), fs::read(installation.log_file()).unwrap()));
    if let Some((address, schema)) = elsewhere {
        places.push(("tables".to_owned(), dump(address, schema).await));
    }
    let found = search(&street.garden.into_hunt(), &places);
    println!("{engine}: found {} of {planted} planted", found.values().map(BTreeSet::len).sum::<usize>());
    let pieces: Vec<_> = found.iter().map(|(place, pieces)| (place, pieces.len(), pieces.first())).collect();
    assert!(found.is_empty(), "{pieces:#?}");
    running.kill();
}

/// What was found, by place and field, with one piece of each.
type Found = BTreeMap<(String, &'static str), BTreeSet<String>>;

#[expect(clippy::print_stdout, reason = "says where was looked, and through how much")]
fn search(hunt: &Hunt, places: &[(String, Vec<u8>)]) -> Found {
    let mut found = Found::new();
    for (name, bytes) in places {
        println!("  searched {name}: {} bytes", bytes.len());
        // a log that was just emptied, and a lock that never holds anything
        assert!(!bytes.is_empty() || name.ends_with("-wal") || name == "writing.lock", "{name} is empty");
        for (field, stretch) in hunt.find(bytes) {
            found.entry((name.clone(), field)).or_default().insert(stretch);
        }
    }
    found
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push((path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
        }
    }
    files
}

/// Everything that staff may read, as plain text: sealing must not hide from this test what the scrubber let through.
async fn open_all(installation: &Installation, running: &Running) -> Vec<u8> {
    let client = client();
    let at = (&client, running.address.as_str());
    let mut all = Vec::new();
    let mut path = "/api/v1/queue?limit=200".to_owned();
    loop {
        let page = installation.staff_get(at, &path).await;
        let ids: Vec<String> =
            page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        let incidents =
            iter(ids).map(|id| async move { installation.staff_get(at, &format!("/api/v1/incidents/{id}")).await });
        let incidents: Vec<Value> = incidents.buffer_unordered(4).collect().await;
        all.extend(incidents.iter().flat_map(plain));
        for incident in &incidents {
            for file in incident["attachments"].as_array().unwrap() {
                let (id, file) = (incident["id"].as_str().unwrap(), file["id"].as_str().unwrap());
                let path = format!("{}/api/v1/incidents/{id}/attachments/{file}", running.address);
                let read = client.get(path).bearer_auth(&installation.token).send().await.unwrap();
                all.extend(read.error_for_status().unwrap().bytes().await.unwrap());
            }
        }
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/queue?limit=200&cursor={next}");
    }
    let mut path = "/api/v1/sources/unmapped?limit=100".to_owned();
    loop {
        let page = installation.staff_get(at, &path).await;
        all.extend(plain(&page));
        let Some(last) = page["unmapped"].as_array().unwrap().last() else { break };
        path = format!("/api/v1/sources/unmapped?limit=100&after={}", last["id"].as_str().unwrap());
    }
    all
}

/// The texts of a JSON value without its escapes.
fn plain(value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) => [text.as_bytes(), b"\n"].concat(),
        Value::Array(items) => items.iter().flat_map(plain).collect(),
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| [name.as_bytes(), b" ", &plain(value)].concat()).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

const TABLES: &str = "select table_name::text from information_schema.tables where table_schema = $1";

/// Every row of every table.
async fn dump(address: &str, schema: &str) -> Vec<u8> {
    let mut connection = PgConnection::connect(address).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(TABLES).bind(schema).fetch_all(&mut connection).await.unwrap();
    let mut all = Vec::new();
    for table in tables {
        let rows = AssertSqlSafe(format!("select row::text from \"{schema}\".\"{table}\" as row"));
        let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut connection).await.unwrap();
        all.extend(rows.join("\n").into_bytes());
    }
    all
}
