//! Figures that take long to reckon. Those of a large house are kept for a while and renewed behind the page, so that it
//! answers at once; those of a small one are reckoned anew each time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinHandle;

use super::numbers::People;
use super::{Respond, Room};
use crate::numbers::{self, Rows, Steps, Table};
use crate::store::{Error, Result, Sight, circles, numbers as counts};
use crate::time::{Span, Timestamp};

/// From so many cases in a window on, arrived or open, its figures are kept: they take tens of milliseconds to count.
const LARGE: i64 = 2_000;
/// Figures that are older are reckoned anew, and shown until that is done.
const FRESH: Span = Span::from_minutes(1);
/// Figures that are older are not shown any more.
const LASTS: Span = Span::from_minutes(15);
/// Windows that are kept at most, for all who see different cases together.
const MOST: usize = 32;

/// Days of the window, and the cases that are out of sight of whoever looks: equal ones see equal figures.
type Key = (i64, Vec<String>);

#[derive(Clone)]
struct Reckoned {
    at: Timestamp,
    steps: Steps,
    rows: Arc<Rows>,
}

impl Reckoned {
    fn tables(&self, people: People<'_>) -> Vec<Table> {
        match people {
            People::All => numbers::tables(&self.rows, &self.steps),
            People::Only(name) => {
                let mut rows = Rows::clone(&self.rows);
                rows.people.retain(|row| row.person == name);
                numbers::tables(&rows, &self.steps)
            }
        }
    }

    fn is_large(&self) -> bool {
        let all = self.rows.turnover.iter().filter(|row| row.by == "all");
        all.map(|row| row.arrived.saturating_add(row.open)).sum::<i64>() >= LARGE
    }
}

/// What is kept, and the turn to reckon: one at a time is enough.
#[derive(Default)]
pub struct Kept {
    figures: Mutex<BTreeMap<Key, Reckoned>>,
    turn: tokio::sync::Mutex<()>,
}

impl Kept {
    fn get(&self, key: &Key, now: Timestamp) -> Option<Reckoned> {
        let mut figures = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        figures.retain(|_, kept| now.since(kept.at) <= LASTS);
        figures.get(key).cloned()
    }

    fn put(&self, key: Key, reckoned: &Reckoned) {
        let mut figures = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        if figures.len() >= MOST && !figures.contains_key(&key) {
            let oldest = figures.iter().min_by_key(|(_, kept)| kept.at).map(|(key, _)| key.clone());
            oldest.map(|oldest| figures.remove(&oldest));
        }
        figures.insert(key, reckoned.clone());
    }
}

/// Reckons, also when whoever asked went away.
#[expect(clippy::disallowed_methods, reason = "it only reads, so no stop has to wait for it")]
fn apart<T: Send + 'static>(sight: Sight, reckon: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    tokio::spawn(sight.within(reckon))
}

impl Respond {
    /// The tables of the last days until now, and since when they stand where they are kept ones.
    pub async fn figures(&self, days: i64, people: People<'_>) -> Result<(Vec<Table>, Option<Timestamp>)> {
        let (room, sight) = (self.room(), Sight::current());
        let mut tx = self.db.read().await?;
        let key = (days, circles::out_of_sight(&mut tx).await?);
        drop(tx);
        let respond = self.clone();
        if let Some(kept) = self.kept.get(&key, room.now()) {
            if room.now().since(kept.at) > FRESH {
                drop(apart(sight, async move { respond.renew(&room, key).await }));
            }
            return Ok((kept.tables(people), Some(kept.at)));
        }
        // It goes on when whoever asked goes away, or waits for too long: then the next one finds it.
        let reckoned = apart(sight, async move { respond.first(&room, key).await });
        let (reckoned, since) = reckoned.await.map_err(|_| Error::Stopped)??;
        Ok((reckoned.tables(people), since))
    }

    async fn first(&self, room: &Room, key: Key) -> Result<(Reckoned, Option<Timestamp>)> {
        let _turn = self.kept.turn.lock().await;
        match self.kept.get(&key, room.now()) {
            Some(kept) => Ok((kept.clone(), Some(kept.at))),
            None => Ok((self.reckon(room, key).await?, None)),
        }
    }

    /// Reckons anew behind the page, unless somebody does already.
    async fn renew(&self, room: &Room, key: Key) {
        let Ok(_turn) = self.kept.turn.try_lock() else { return };
        if let Err(error) = self.reckon(room, key).await {
            tracing::warn!(%error, "figures were not renewed");
        }
    }

    async fn reckon(&self, room: &Room, key: Key) -> Result<Reckoned> {
        let at = room.now();
        // The moment itself counts.
        let window = (at.minus(Span::from_days(key.0)), at.plus(Span::from_millis(1)));
        let steps = Steps::of(window);
        let mut tx = self.db.read().await?;
        let rows = counts::count(&mut tx, window, &steps).await?;
        // A case that was closed to others meanwhile belongs to another key.
        let unseen = circles::out_of_sight(&mut tx).await?;
        let reckoned = Reckoned { at, steps, rows: Arc::new(rows) };
        if reckoned.is_large() && unseen == key.1 {
            self.kept.put(key, &reckoned);
        }
        Ok(reckoned)
    }
}
