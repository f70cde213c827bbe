//! The real program: what SIGHUP does, and a kill in the middle of judging again.

use std::time::Duration;

use holdfast::playbook::builtin_files;
use holdfast::store::{Config, Db, incidents};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use super::command::{draft, run};
use super::{TEAPOT, digest, louder, small, write};
use crate::support::db;
use crate::support::process::{Installation, Running, client};

/// What a slow machine may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// Incidents to be judged again: enough to take a second or more.
const CASES: usize = 240;

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Looks again and again until it is so.
async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let looking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("{what}"));
}

async fn playbooks(installation: &Installation, (client, running): (&Client, &Running)) -> String {
    let list = installation.staff_get((client, &running.address), "/api/v1/playbooks").await;
    list["digest"].as_str().unwrap().to_owned()
}

#[test]
fn sighup_has_the_configured_folder_read_again() {
    let installation = Installation::new("", "info,sqlx=warn");
    let folder = tempfile::tempdir().unwrap();
    write(&builtin_files(), folder.path());
    installation.set(&format!("playbooks = '{}'", folder.path().display()));
    let running = installation.start();
    runtime().block_on(async {
        let client = client();
        assert_eq!(playbooks(&installation, (&client, &running)).await, digest(&builtin_files()));
        write(&louder(), folder.path());
        running.hang_up();
        let loud = digest(&louder());
        until("the folder is read again", async || playbooks(&installation, (&client, &running)).await == loud).await;
        assert_eq!(report(&client, &running).await["incident"]["class"], "security");
    });
}

async fn report(client: &Client, running: &Running) -> Value {
    let request = client.post(format!("{}/api/v1/reports", running.address)).json(&json!({"text": TEAPOT}));
    request.send().await.unwrap().json().await.unwrap()
}

#[test]
fn a_kill_in_the_middle_of_judging_again_is_made_up_for_on_sqlite() {
    let installation = Installation::new("", "info,sqlx=warn");
    let database = Config::Sqlite { path: installation.data().join("holdfast.db"), readers: 1 };
    runtime().block_on(killed(&installation, database));
}

#[test]
fn a_kill_in_the_middle_of_judging_again_is_made_up_for_on_postgresql() {
    let Some(address) = db::postgres_or_say("the restart") else { return };
    let schema = format!("rescore_{}", std::process::id());
    let installation = Installation::new(&format!("{address}#schema={schema}"), "info,sqlx=warn");
    let database = Config::Postgres { address: address.clone(), schema: Some(schema.clone()), connections: 2 };
    runtime().block_on(async {
        killed(&installation, database).await;
        db::drop_schema(&address, &schema).await;
    });
}

async fn killed(installation: &Installation, database: Config) {
    let (client, running) = (client(), installation.start());
    for _ in 0..CASES {
        assert_eq!(report(&client, &running).await["incident"]["class"], "routine");
    }
    let loud = draft(installation, &small(), "fewer kinds");
    let db = Db::open(database).await.unwrap();
    let behind = async || incidents::count_behind(&mut db.read().await.unwrap(), &loud).await.unwrap();
    assert_eq!(usize::try_from(behind().await).unwrap(), CASES);

    run(installation, &["playbook", "publish", &loud], 0);
    until("judging again begins", async || usize::try_from(behind().await).unwrap() < CASES).await;
    running.kill();
    let left = behind().await;
    assert!(left > 0, "the kill came too late to be in the middle");

    let running = installation.start();
    assert_eq!(playbooks(installation, (&client, &running)).await, loud, "the published version, also after a restart");
    until("the rest is judged again", async || behind().await == 0).await;
    let page = installation.staff_get((&client, &running.address), "/api/v1/queue?lane=security&limit=200").await;
    assert_eq!(page["rows"].as_array().unwrap().len(), 200);
    assert_eq!(
        installation.staff_get((&client, &running.address), "/api/v1/queue?lane=routine").await["rows"],
        json!([])
    );
    db.close().await;
}
