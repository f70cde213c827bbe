//! What durability costs: signed alerts over loopback into a house that stores and into one that does everything but.
//!
//! `cargo bench --features testing --bench intake`; PostgreSQL too when `HOLDFAST_TEST_POSTGRES` names one. Both houses
//! and all clients share one runtime of two threads; the houses take turns, round by round.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench measures time and prints it"
)]

mod client;
mod house;

use std::io::Write;
use std::time::{Duration, Instant};

use holdfast::respond::Storing;
use tokio::runtime::Builder;

use self::client::{Answered, Mail};
use self::house::House;

const CONNECTIONS: usize = 64;
const ROUNDS: usize = 5;
/// About how long a round takes; how many deliveries that is follows from the round before.
const ROUND: f64 = 1.2;
/// Deliveries that one connection sends to find out.
const FIRST: usize = 20;
/// Accounts that come again and again.
const ACCOUNTS: usize = 1_000;

/// Medians over the rounds of one house.
#[derive(Default)]
struct Figures {
    per_second: Vec<f64>,
    p50: Vec<f64>,
    p99: Vec<f64>,
    group: Vec<f64>,
}

fn main() {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    println!("fdatasync of 4 KB, one at a time: {:.0}/s", syncs());
    runtime.block_on(both("SQLite", ""));
    if let Ok(address) = std::env::var("HOLDFAST_TEST_POSTGRES") {
        let schema = format!("bench_{}", std::process::id());
        runtime.block_on(both("PostgreSQL", &format!("{address}#schema={schema}")));
        runtime.block_on(house::drop_schema(&address, &schema));
    }
}

async fn both(engine: &str, database: &str) {
    let durable = Box::pin(House::open(database, Storing::On)).await;
    let yardstick = Box::pin(House::open("", Storing::Off)).await;
    for (name, accounts) in [("an account each", usize::MAX), ("1,000 accounts", ACCOUNTS)] {
        let mut mail = Mail::new(accounts);
        let (mut on, mut off) = (Figures::default(), Figures::default());
        for _ in 0..=ROUNDS {
            off.add(round(&yardstick, &mut mail, off.each()).await);
            on.add(round(&durable, &mut mail, on.each()).await);
        }
        on.forget_first();
        off.forget_first();
        println!("\n{engine}, {name}, {CONNECTIONS} connections, {ROUNDS} rounds of about {ROUND} s");
        println!("{:>10}  {:>10}  {:>8}  {:>8}  {:>13}", "", "requests/s", "p50, ms", "p99, ms", "rows a commit");
        for (name, figures) in [("durable", &mut on), ("not stored", &mut off)] {
            println!(
                "{name:>10}  {:>10.0}  {:>8.2}  {:>8.2}  {:>13.1}",
                median(&mut figures.per_second),
                median(&mut figures.p50),
                median(&mut figures.p99),
                median(&mut figures.group)
            );
        }
        println!("ratio durable / not stored: {:.2}", median(&mut on.per_second) / median(&mut off.per_second));
    }
    durable.close().await;
    yardstick.close().await;
}

/// Sends one round and gives requests a second, p50 and p99 in milliseconds, and rows a commit.
async fn round(house: &House, mail: &mut Mail, each: usize) -> [f64; 4] {
    let letters: Vec<Vec<Vec<u8>>> = (0..CONNECTIONS).map(|_| mail.letters(each)).collect();
    let groups = house::groups();
    let began = Instant::now();
    let connections = letters.into_iter().map(|letters| tokio::spawn(client::send(house.address, letters)));
    let answered: Vec<Answered> =
        futures_util::future::join_all(connections).await.into_iter().map(Result::unwrap).collect();
    let took = began.elapsed().as_secs_f64();
    let mut times: Vec<f64> = answered.into_iter().flatten().map(|time| time.as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    let count = f64::from(u32::try_from(times.len()).unwrap());
    let (jobs, commits) = house::groups();
    [count / took, times[times.len() / 2], times[times.len() * 99 / 100], (jobs - groups.0) / (commits - groups.1)]
}

impl Figures {
    fn add(&mut self, [per_second, p50, p99, group]: [f64; 4]) {
        for (list, value) in
            [(&mut self.per_second, per_second), (&mut self.p50, p50), (&mut self.p99, p99), (&mut self.group, group)]
        {
            list.push(value);
        }
    }

    /// Deliveries a connection for the next round.
    fn each(&self) -> usize {
        let Some(last) = self.per_second.last() else { return FIRST };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some thousands")]
        let deliveries = (last * ROUND) as usize;
        deliveries / CONNECTIONS + 1
    }

    /// The round that found out how many deliveries make one.
    fn forget_first(&mut self) {
        for list in [&mut self.per_second, &mut self.p50, &mut self.p99, &mut self.group] {
            list.remove(0);
        }
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What the disk can do at most.
fn syncs() -> f64 {
    let mut file = tempfile::tempfile().unwrap();
    let (began, mut count) = (Instant::now(), 0_u32);
    while began.elapsed() < Duration::from_millis(500) {
        file.write_all(&[1; 4096]).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    f64::from(count) / began.elapsed().as_secs_f64()
}
