//! Seals every data key anew under the newest key-encryption key, in batches, while everything goes on (CRY-05).
//!
//! Which rows are still under an older key is found by trying, so a run that was killed is simply run again.

use std::sync::Arc;

use super::{Respond, Room};
use crate::seal::Place;
use crate::store::data_keys::{self, KEYED, Keyed, Sealed};
use crate::store::{Db, Error, Result, Tx, instance};

const BATCH: i64 = 200;
/// Secrets of the house itself, kept as text.
const INSTANCE: [&str; 2] = ["key-check", "audit-key"];

/// Where the name of the key stands that everybody has to have before they seal.
const NEWEST: &str = "newest-key";

/// Begins a transaction that may seal. A process without the key that the database names would seal with one that is about to
/// go away, and is refused: it has been given no key file since the keys were changed (CRY-05).
pub(super) async fn begin(db: &Db, room: &Room) -> Result<Tx> {
    let mut tx = db.begin().await?;
    match instance::get(&mut tx, NEWEST).await? {
        Some(name) if !room.keys.has(&name) => Err(Error::OlderKey),
        Some(_) | None => Ok(tx),
    }
}

impl Respond {
    /// Tells every process by the database which key they must have from now on.
    pub async fn name_newest_key(&self) -> Result<()> {
        let mut tx = self.db.begin().await?;
        instance::put(&mut tx, NEWEST, &self.room().keys.newest()).await?;
        tx.commit().await
    }

    /// Seals anew whatever is not under the newest key, and says how many there were. `told` hears of every batch.
    pub async fn reseal(&self, told: &(dyn Fn(&str, u64) + Sync)) -> Result<u64> {
        let mut resealed = self.reseal_instance().await?;
        for keyed in KEYED {
            let mut after = String::new();
            loop {
                let page = data_keys::page(&mut self.db.read().await?, keyed, &after, BATCH).await?;
                let Some(last) = page.last() else { break };
                after.clone_from(&last.id);
                resealed += self.reseal_batch(keyed, page).await?;
                told(keyed.table, resealed);
            }
        }
        Ok(resealed)
    }

    async fn reseal_batch(&self, keyed: &'static Keyed, page: Vec<Sealed>) -> Result<u64> {
        let room = self.room();
        let mut anew = Vec::new();
        for row in page {
            let place = Place { table: keyed.table, column: "data_key", row: &row.place };
            let now = room.keys.resealed(place, &row.data_key, &*room.random);
            let now = now.map_err(|_| Error::Corrupt { table: keyed.table, column: "data_key" })?;
            anew.extend(now.map(|now| (row, now)));
        }
        if anew.is_empty() {
            return Ok(0);
        }
        let anew = Arc::new(anew);
        self.writer
            .act(move |tx| {
                let anew = Arc::clone(&anew);
                Box::pin(async move {
                    let mut count = 0;
                    for (before, now) in anew.iter() {
                        count += u64::from(data_keys::put(tx, keyed, before, now).await?);
                    }
                    Ok(count)
                })
            })
            .await
    }

    async fn reseal_instance(&self) -> Result<u64> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = Arc::clone(&room);
                Box::pin(async move {
                    let mut count = 0;
                    for name in INSTANCE {
                        let damaged = || Error::Corrupt { table: "instance", column: "value" };
                        let Some(kept) = instance::get(tx, name).await? else { continue };
                        let kept = hex::decode(kept).map_err(|_| damaged())?;
                        let place = Place { table: "instance", column: "value", row: name };
                        let now = room.keys.resealed(place, &kept, &*room.random).map_err(|_| damaged())?;
                        if let Some(now) = now {
                            instance::put(tx, name, &hex::encode(now)).await?;
                            count += 1;
                        }
                    }
                    Ok(count)
                })
            })
            .await
    }
}
