//! How many entries of the audit trail are verified a second (AUD-04), and what the keeper of the tree costs the writer.
//!
//! `cargo bench --features testing --bench trail`. The trail is written by 64 writers at once, in turns with and without a
//! keeper beside them; medians count. The verifier reads the whole export of a trail of 200,000 entries.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench measures time and prints it"
)]

use std::time::{Duration, Instant};

use holdfast::app::keeper::{Keeper, Wanted};
use holdfast::app::{self, Outside};
use holdfast::audit::verifier::{self, Key};
use holdfast::audit::{Actor, Checkpoint, Entry, Frontier, Line, Signer};
use holdfast::config::{Config, Overrides};
use holdfast::respond::Respond;
use holdfast::time::Timestamp;

const VERIFIED: i64 = 200_000;
const WRITERS: usize = 64;
const EACH: usize = 40;
const ROUNDS: usize = 7;

fn main() {
    verified();
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(written());
}

fn verified() {
    let (signer, mut tree, mut export, mut notes) =
        (Signer::new(&[7; 32]), Frontier::default(), String::new(), String::new());
    for sequence in 1..=VERIFIED {
        let object = format!("incident:{sequence:036}");
        let line = Line {
            sequence,
            at: Timestamp::from_millis(1_772_442_000_000 + sequence),
            actor: "staff:ada",
            session: Some("00112233445566778899aabbccddeeff"),
            action: "incident.view",
            object: &object,
            outcome: "done",
            detail: "{}",
        };
        let line = line.to_string();
        tree.push(line.as_bytes());
        export.push_str(&line);
        export.push('\n');
        if sequence % 1_000 == 0 {
            notes.push('\n');
            notes.push_str(&signer.sign(&Checkpoint { size: tree.size(), root: tree.root() }));
        }
    }
    export.push_str(&notes);
    let key: Key = signer.public().parse().unwrap();
    let began = Instant::now();
    let report = verifier::verify(&export, "", &key);
    let took = began.elapsed();
    assert!(report.findings.is_empty() && report.checkpoints == 200);
    println!("verified: {:.0} entries/s", f64::from(u32::try_from(VERIFIED).unwrap()) / took.as_secs_f64());
}

async fn written() {
    let folder = tempfile::tempdir().unwrap();
    let overrides = Overrides { data: Some(folder.path().to_path_buf()), ..Overrides::default() };
    let config = Config::read(None, &overrides).unwrap();
    let (respond, _, writer) = app::respond(&config, &Outside::real(), (String::new(), &|_| {})).await.unwrap();
    let writer = tokio::task::spawn(writer);
    let (mut alone, mut kept) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.push(round(&respond).await);
        let mut keeper = Keeper::begin(&config, &respond).await.unwrap();
        let keeping = tokio::task::spawn(async move {
            loop {
                keeper.round(Wanted::Now).await.unwrap();
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        kept.push(round(&respond).await);
        keeping.abort();
        drop(keeping.await);
    }
    alone.sort_unstable();
    kept.sort_unstable();
    let rate = |took: &[Duration]| f64::from(u32::try_from(WRITERS * EACH).unwrap()) / took[ROUNDS / 2].as_secs_f64();
    println!(
        "written:  {:.0} entries/s alone, {:.0} entries/s with a keeper 20 times a second",
        rate(&alone),
        rate(&kept)
    );
    drop(respond);
    writer.await.unwrap();
}

async fn round(respond: &Respond) -> Duration {
    let began = Instant::now();
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..WRITERS {
        let respond = respond.clone();
        writers.spawn(async move {
            for _ in 0..EACH {
                let now = respond.room().now();
                respond.note(Entry::done(now, Actor::System, "bench.note", "bench:1".to_owned())).await.unwrap();
            }
        });
    }
    writers.join_all().await;
    began.elapsed()
}
