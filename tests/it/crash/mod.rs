//! SIGKILL at a random moment under load, again and again: what was acknowledged is there, once, and the program is
//! ready again within seconds (AVL-02).
//!
//! `CRASH_ROUNDS` says how often each engine is killed, `CRASH_SEED` repeats the moments of an earlier run.

mod ledger;
mod load;

use std::time::Duration;

use holdfast::outside::SystemRandom;
use holdfast::phrase::sample::Draw;
use tokio::runtime::{Builder, Runtime};
use tokio::time::{Instant, sleep};

use self::ledger::{Findings, Ledger};
use crate::support::db;
use crate::support::process::{Installation, client};

const ROUNDS: u32 = 50;
/// From the start of the process to a 200 of `/health/ready`.
const READY: Duration = Duration::from_secs(5);
/// The load runs for up to this many milliseconds before the kill.
const LONGEST: usize = 350;

#[test]
fn a_killed_process_has_lost_and_doubled_nothing_on_sqlite() {
    runtime().block_on(story("SQLite", &Installation::new("", "info,sqlx=warn")));
}

#[test]
fn a_killed_process_has_lost_and_doubled_nothing_on_postgresql() {
    let Some(address) = db::postgres_or_say("the crash") else { return };
    let schema = format!("crash_{}", std::process::id());
    let installation = Installation::new(&format!("{address}#schema={schema}"), "info,sqlx=warn");
    runtime().block_on(async {
        story("PostgreSQL", &installation).await;
        db::drop_schema(&address, &schema).await;
    });
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[expect(clippy::disallowed_methods, reason = "how long to try, only who runs the test knows")]
fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

fn fresh_seed() -> u64 {
    use holdfast::id::Random;
    let mut bytes = [0; 8];
    SystemRandom::default().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
async fn story(engine: &str, installation: &Installation) {
    let seed = setting("CRASH_SEED").unwrap_or_else(fresh_seed);
    let rounds = setting("CRASH_ROUNDS").map_or(ROUNDS, |rounds| u32::try_from(rounds).unwrap());
    println!("{engine}: {rounds} rounds, CRASH_SEED={seed}");
    let mut draw = Draw::new(seed);
    let mut ledger = Ledger::default();
    let mut findings = Findings::default();
    let mut slowest = Duration::ZERO;
    for round in 0..rounds {
        let running = installation.start();
        let lasting = Duration::from_millis(u64::try_from(draw.below(LONGEST)).unwrap());
        let load = load::Load { installation, client: client(), address: running.address.clone(), round };
        let sending = load.run(draw.number(), &ledger);
        // The kill falls into the middle of the sending, which ends for want of a server.
        let ((), ()) = tokio::join!(sending, async {
            sleep(lasting).await;
            tokio::task::block_in_place(|| running.kill());
        });

        let began = Instant::now();
        let running = installation.start();
        let again = load::Load { installation, client: client(), address: running.address.clone(), round };
        again.is_ready().await;
        slowest = slowest.max(began.elapsed());
        assert!(began.elapsed() < READY, "round {round}: ready after {:?}", began.elapsed());
        again.send_again(&ledger, &mut findings).await;
        again.read_back(&mut ledger, &mut findings).await;
        assert!(findings.is_clean(), "{engine}, round {round}, CRASH_SEED={seed}: {findings}");
        running.kill();
    }
    let counts = ledger.counts();
    println!(
        "{engine}: lost {} doubled {} of {} acknowledged",
        findings.lost.len(),
        findings.doubled.len(),
        counts.acknowledged
    );
    println!("{engine}: {counts}; {} incidents; ready again within {} ms", ledger.incidents(), slowest.as_millis());
    assert!(counts.acknowledged > 0);
}
