//! Keeps the Merkle tree of the audit trail and vouches for it with signed checkpoints outside of the database (AUD-03).
//!
//! It reads what was committed and hashes it in a task of its own, so the writer does nothing for it. The whole trail is
//! hashed once at the start and must extend the last checkpoint known; afterwards the tree only grows.

mod file;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use tokio::sync::Mutex;

use self::file::Checkpoints;
use crate::audit::{Checkpoint, Frontier, Signer};
use crate::config::Config;
use crate::respond::Respond;
use crate::seal::Place;
use crate::store::{Db, audit, instance};
use crate::tasks::Tasks;

/// Entries after which a checkpoint is written at once.
const ENTRIES: u64 = 1_000;
/// Between two looks at the trail.
const LOOK: Duration = Duration::from_secs(5);
/// Looks after which a checkpoint is written when there is anything new: 50 seconds.
const LOOKS: u32 = 10;

const KEY: &str = "audit-key";
const KEY_PLACE: Place<'static> = Place { table: "instance", column: "value", row: KEY };

/// Whether a checkpoint is wanted now or only when many entries came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Now,
    WhenFull,
}

/// The tree of a trail and what signs it.
pub struct Keeper {
    db: Db,
    checkpoints: Checkpoints,
    tree: Frontier,
    signed: u64,
}

/// The file of checkpoints that settings name.
pub fn file_of(config: &Config) -> PathBuf {
    let named = &config.audit.checkpoints;
    if named.is_empty() { config.data.join("audit-checkpoints") } else { PathBuf::from(named) }
}

impl Keeper {
    /// Hashes the trail. An error in plain words when it does not extend the last checkpoint known.
    pub async fn begin(config: &Config, respond: &Respond) -> anyhow::Result<Self> {
        let file = file_of(config);
        let checkpoints = Checkpoints::open(&file, signer(respond).await?)?;
        let known = checkpoints.last().with_context(|| file.display().to_string())?;
        let mut keeper = Self { db: respond.db.clone(), checkpoints, tree: Frontier::default(), signed: 0 };
        let Some(known) = known else {
            keeper.read(u64::MAX, |_| Ok(())).await?;
            return Ok(keeper);
        };
        let extended = |tree: &Frontier| {
            ensure!(tree.size() != known.size || tree.root() == known.root, "{}", differs(&known, &file));
            Ok(())
        };
        extended(&keeper.tree)?;
        keeper.read(u64::MAX, extended).await?;
        ensure!(keeper.tree.size() >= known.size, "{}", older(keeper.tree.size(), &known, &file));
        keeper.signed = known.size;
        Ok(keeper)
    }

    /// Takes in what was written since, with a checkpoint at every 1,000 entries, and one at the end when it is wanted.
    pub async fn round(&mut self, wanted: Wanted) -> anyhow::Result<()> {
        loop {
            let room = ENTRIES.saturating_sub(self.tree.size() - self.signed).max(1);
            let more = self.read(room, |_| Ok(())).await?;
            if self.tree.size() - self.signed >= ENTRIES {
                self.sign().await?;
            }
            if !more {
                break;
            }
        }
        let last = audit::last(&mut self.db.read().await?).await?;
        if u64::try_from(last).is_ok_and(|last| last < self.tree.size()) {
            bail!("the audit trail has shrunk to {last} entries from {}: no checkpoint is signed", self.tree.size());
        }
        if wanted == Wanted::Now && self.tree.size() > self.signed {
            self.sign().await?;
        }
        Ok(())
    }

    /// The state of the tree.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { size: self.tree.size(), root: self.tree.root() }
    }

    /// What a verifier needs.
    pub fn public_key(&self) -> String {
        self.checkpoints.signer.public()
    }

    /// Every checkpoint that the file holds, as it stands there.
    pub fn history(&self) -> anyhow::Result<String> {
        self.checkpoints.all()
    }

    /// Reads entries into the tree, `most` at most; whether there may be more. `after_each` sees the tree after each entry.
    async fn read(&mut self, most: u64, after_each: impl Fn(&Frontier) -> anyhow::Result<()>) -> anyhow::Result<bool> {
        let mut left = i64::try_from(most).unwrap_or(i64::MAX);
        while left > 0 {
            let after = i64::try_from(self.tree.size())?;
            let page = audit::page(&mut self.db.read().await?, after, left).await?;
            if page.is_empty() {
                return Ok(false);
            }
            for (due, entry) in (after + 1..).zip(&page) {
                ensure!(
                    entry.sequence == due,
                    "entry {due} of the audit trail is missing: {} stands there",
                    entry.sequence
                );
                self.tree.push(entry.line().as_bytes());
                after_each(&self.tree)?;
            }
            left -= i64::try_from(page.len())?;
        }
        Ok(true)
    }

    async fn sign(&mut self) -> anyhow::Result<()> {
        let checkpoint = self.checkpoint();
        let (checkpoints, now) = (self.checkpoints.clone(), checkpoint.clone());
        tokio::task::spawn_blocking(move || checkpoints.add(&now)).await??;
        let root = hex::encode(checkpoint.root);
        tracing::info!(name: "audit.checkpoint", size = checkpoint.size, root, "the audit trail stands at {checkpoint}");
        self.signed = checkpoint.size;
        Ok(())
    }
}

fn differs(known: &Checkpoint, file: &Path) -> String {
    format!(
        "the audit trail is another one than {} vouches for: its first {} entries have changed since they were signed. \
         Put the right database back, or find out with `holdfast audit export` and `holdfast audit verify` where it differs. \
         Where the database is the one that is wanted, `holdfast audit adopt` goes on from it",
        file.display(),
        known.size
    )
}

fn older(entries: u64, known: &Checkpoint, file: &Path) -> String {
    format!(
        "the audit trail ends at entry {entries}, but {} vouches for {}: an older database was put back, or entries were \
         removed. Put the newer database back; where the older one is the one that is wanted, \
         `holdfast audit adopt` goes on from it",
        file.display(),
        known.size
    )
}

/// The key of this house's trail, made when there is none. Nodes of one database share it.
pub async fn signer(respond: &Respond) -> anyhow::Result<Signer> {
    let room = respond.room();
    let kept = instance::get(&mut respond.db.read().await?, KEY).await?;
    let kept = if let Some(kept) = kept {
        kept
    } else {
        let (_, sealed) = room.keys.new_data_key(KEY_PLACE, &*room.random);
        let mut tx = respond.db.begin().await?;
        let kept = instance::put_new(&mut tx, KEY, &hex::encode(sealed)).await?;
        tx.commit().await?;
        kept
    };
    let seed = room.keys.open_secret(KEY_PLACE, &hex::decode(kept)?).context("the key of the audit trail")?;
    Ok(Signer::new(&seed))
}

/// Looks at the trail every few seconds until the stop.
pub fn keep(tasks: &Tasks, keeper: Keeper) -> Arc<Mutex<Keeper>> {
    let keeper = Arc::new(Mutex::new(keeper));
    let (shared, stop) = (Arc::clone(&keeper), tasks.stop.clone());
    tasks.spawn("audit", async move {
        let mut looks = 0;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            looks = (looks + 1) % LOOKS;
            let wanted = if looks == 0 { Wanted::Now } else { Wanted::WhenFull };
            look(&shared, wanted).await;
        }
    });
    keeper
}

/// The last checkpoint, when nothing is written any more.
pub async fn end(keeper: &Mutex<Keeper>) {
    look(keeper, Wanted::Now).await;
}

async fn look(keeper: &Mutex<Keeper>, wanted: Wanted) {
    if let Err(error) = keeper.lock().await.round(wanted).await {
        metrics::counter!("holdfast_checkpoints_failed_total").increment(1);
        tracing::error!("the audit trail could not be vouched for, it is tried again: {error:#}");
    }
}
