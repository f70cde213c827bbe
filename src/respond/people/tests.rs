//! The queue of slow sums.

use std::sync::mpsc;

use super::Hashing;
use crate::store::Error;

/// ID-03: as many at once as there are places, 64 behind them, and whoever comes then is told to come back.
#[tokio::test]
async fn a_flood_of_slow_sums_is_told_to_come_back() {
    let hashing = Hashing::new(1);
    let (go, wait) = mpsc::channel::<()>();
    let first = hashing.run(move || wait.recv().is_err());
    let others: Vec<_> = (0..64).map(|number| hashing.run(move || number)).collect();
    let over = hashing.run(|| 0);
    let all = async {
        let (first, others) = tokio::join!(first, futures_util::future::join_all(others));
        assert!(first.unwrap(), "it waited until it was let go");
        assert!(others.into_iter().map(Result::unwrap).eq(0..64));
    };
    let late = async {
        assert!(matches!(over.await, Err(Error::Busy)));
        drop(go);
    };
    tokio::join!(all, late);
    assert_eq!(hashing.run(|| 7).await.unwrap(), 7, "there is room again");
}
