//! Many claim the same cases at once: no case has two holders, no number that guards a claim is given twice, none is lost.
//! `TEST_RACED_CLAIMS=1000000` says how many claims; how long they took is printed.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use holdfast::id::{Id, of};
use holdfast::store::queue::{self, Claimant, Turn};
use holdfast::store::{Db, Row, Sql};
use holdfast::time::{Span, Timestamp};
use tokio::task::JoinSet;

use crate::support::app::on_both;
use crate::support::db::{read, write};
use crate::support::fill;

/// Cases that are raced for before all leases end and the next round begins.
const CASES: usize = 10_000;
/// Claimed in one transaction.
const TOGETHER: usize = 64;
const LEASE: Span = Span::from_minutes(5);
/// Who goes for each case by its name, and who takes whatever is next.
const BY_NAME: usize = 2;
const NEXT: usize = 2;

const ROUNDS: Sql = Sql::both("select min(fence) as least, max(fence) as most from incident");

type Claimed = Vec<(Id<of::Incident>, i64)>;

/// Goes for every case in turn, like everybody else of this sort.
async fn by_name(db: Db, (by, now): (String, Timestamp), cases: Arc<Vec<Id<of::Incident>>>) -> Claimed {
    let mut claimed = Vec::new();
    for chunk in cases.chunks(TOGETHER) {
        let claimant = Claimant { by: &by, now, lease: LEASE };
        claimed.extend(
            write(&db, async |tx| {
                let mut taken = Vec::new();
                for case in chunk {
                    taken.extend(queue::claim_one(tx, *case, claimant).await.unwrap().map(|row| (row.id, row.fence)));
                }
                taken
            })
            .await,
        );
    }
    claimed
}

/// Takes whatever is next until nothing is.
async fn next(db: Db, (by, now): (String, Timestamp)) -> Claimed {
    let mut claimed = Vec::new();
    loop {
        let claimant = Claimant { by: &by, now, lease: LEASE };
        let taken: Claimed = write(&db, async |tx| {
            let mut taken = Vec::new();
            for turn in 0..TOGETHER {
                let pool = ["second", "first"][turn % 2];
                let row = queue::claim_next(tx, pool, Turn::MostUrgent, claimant).await.unwrap();
                taken.extend(row.map(|row| (row.id, row.fence)));
            }
            taken
        })
        .await;
        if taken.is_empty() {
            return claimed;
        }
        claimed.extend(taken);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how many and how long, only who runs the test wants to know")]
#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
fn of_raced_claims_none_is_given_twice_and_none_is_lost() {
    let wanted = std::env::var("TEST_RACED_CLAIMS").map_or(300, |wanted| wanted.parse::<usize>().unwrap());
    on_both(async |app| {
        let (db, many) = (app.house.respond.db.clone(), wanted.clamp(1, CASES));
        fill::open_cases(&app, 0, many).await;
        let cases: Arc<Vec<Id<of::Incident>>> =
            Arc::new((0..many).map(|number| fill::id(number).parse().unwrap()).collect());
        let (mut given, mut claims, mut doubles, mut rounds) = (HashSet::new(), 0_usize, 0_usize, 0_i64);
        let begun = Instant::now();
        while claims < wanted {
            let now = app.clock_now().plus(Span::from_minutes(10 * rounds));
            let mut racers = JoinSet::new();
            for racer in 0..BY_NAME {
                racers.spawn(by_name(db.clone(), (format!("name-{racer}"), now), Arc::clone(&cases)));
            }
            for racer in 0..NEXT {
                racers.spawn(next(db.clone(), (format!("next-{racer}"), now)));
            }
            let taken: Claimed = racers.join_all().await.into_iter().flatten().collect();
            let mut held = HashSet::new();
            for (case, fence) in &taken {
                doubles += usize::from(!held.insert(*case));
                doubles += usize::from(!given.insert((*case, *fence)));
            }
            assert_eq!(held.len(), many, "every case is in somebody's hands");
            claims += taken.len();
            rounds += 1;
            let over = now.plus(LEASE);
            let mut back = 0;
            while back < many {
                back += write(&db, async |tx| queue::expire_leases(tx, over).await.unwrap()).await.len();
            }
            assert_eq!(back, many, "each came back once");
        }
        let took = begun.elapsed().as_secs_f64();
        let engine = if app.database.is_empty() { "SQLite" } else { "PostgreSQL" };
        println!("{engine}: {claims} raced claims by {} at once, {doubles} doubles, {took:.1} s", BY_NAME + NEXT);
        assert_eq!(doubles, 0);
        let fences: (i64, i64) = read(&db, async |tx| {
            tx.one(ROUNDS, Vec::new(), |row: &Row| Ok((row.get("least")?, row.get("most")?))).await.unwrap()
        })
        .await;
        assert_eq!(fences, (rounds, rounds), "one number a claim, and no claim without one");
    });
}
