//! After a change of version: open incidents are judged again in small batches through the writer, and only rise.
//!
//! Nothing remembers how far it came but the incidents themselves, which name the version that judged them; so it goes on
//! after a restart where it was. A case in somebody's hands waits until it is handed back.

use super::file::{File, Kept};
use super::given::Earlier;
use super::running::AT_HAND;
use super::{Respond, Room, history, numbers, record};
use crate::audit::Actor;
use crate::id::{Id, of};
use crate::incident::Standing;
use crate::store::incidents::{self, Behind, IncidentRow, State};
use crate::store::{Result, Tx, versions};

/// Incidents of one transaction: few, because reports that arrive meanwhile wait for it.
const BATCH: i64 = 20;

/// A walk over the incidents that another version judged.
#[derive(Debug, Default)]
pub struct Rescore {
    walk: Behind,
}

/// What one batch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Incidents that were judged again.
    pub rescored: usize,
    /// Of these, those that rose.
    pub risen: usize,
    /// Incidents that could not be opened; they are tried again on the next walk.
    pub unreadable: usize,
    /// Incidents that are not closed and still carry another version, those in somebody's hands too; counted to 200,000.
    pub behind: i64,
    /// Nothing more waits: the next batch begins a new walk.
    pub ended: bool,
}

impl Respond {
    /// Compiles the versions that most open incidents still go by, so that nobody waits for it later.
    pub async fn fetch_earlier(&self) -> Result<()> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let mut counts = incidents::counts(&mut tx).await?;
        counts.sort_by_key(|count| std::cmp::Reverse(count.incidents));
        for count in counts.iter().take(AT_HAND) {
            room.set(&mut tx, &count.playbooks).await?;
        }
        Ok(())
    }
}

impl Respond {
    /// Compiles the versions that one incident goes by, so that the writer need not while others wait for it.
    pub(super) async fn fetch_of(&self, id: Id<of::Incident>) -> Result<()> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some(row) = incidents::get(&mut tx, id).await? else { return Ok(()) };
        let earlier = row.earlier.parse::<Earlier>().unwrap_or_default();
        for digest in earlier.0.iter().map(|giver| &giver.playbooks).chain([&row.playbooks]) {
            room.set(&mut tx, digest).await?;
        }
        Ok(())
    }
}

impl Rescore {
    /// Judges the next few incidents again. Does nothing while this process runs another version than it should, so that
    /// two processes in the middle of a change do not undo each other's work.
    pub async fn batch(&mut self, respond: &Respond) -> Result<Progress> {
        let room = respond.room();
        let digest = &room.playbooks.digest;
        let mut tx = respond.db.read().await?;
        if versions::in_force(&mut tx).await?.as_ref() != Some(digest) {
            return Ok(Progress { ended: true, ..Progress::default() });
        }
        let mut walk = self.walk.clone();
        let ids = incidents::behind(&mut tx, digest, (&mut walk, BATCH)).await?;
        // The old sets are compiled here rather than while the writer waits.
        for id in &ids {
            if let Some(row) = incidents::get(&mut tx, *id).await? {
                room.set(&mut tx, &row.playbooks).await?;
            }
        }
        let behind = incidents::count_behind(&mut tx, digest).await?;
        drop(tx);
        let mut progress = Progress { behind, ended: ids.is_empty(), ..Progress::default() };
        if !ids.is_empty() {
            let work = room.clone();
            let done = respond
                .writer
                .act(move |tx| {
                    let (room, ids) = (work.clone(), ids.clone());
                    Box::pin(async move { judge_again(tx, &room, &ids).await })
                })
                .await?;
            let rescored = i64::try_from(done.rescored).unwrap_or(behind);
            progress = Progress { behind: (behind - rescored).max(0), ended: false, ..done };
        }
        self.walk = if progress.ended { Behind::default() } else { walk };
        Ok(progress)
    }
}

async fn judge_again(tx: &mut Tx, room: &Room, ids: &[Id<of::Incident>]) -> Result<Progress> {
    let mut rows: Vec<IncidentRow> = Vec::new();
    for id in ids {
        let row = incidents::get(tx, *id).await?;
        rows.extend(row.filter(|row| row.state == State::Open && row.playbooks != room.playbooks.digest));
    }
    let files = history::open_each(tx, room, &rows).await?;
    let mut progress = Progress::default();
    let (mut changed, mut entries) = (Vec::new(), Vec::new());
    let (mut measured, mut promised) = (Vec::new(), Vec::new());
    for (row, file) in rows.iter().zip(files) {
        let Ok(mut file) = file else {
            progress.unreadable += 1;
            tracing::error!(incident.id = %row.id, "incident {} cannot be opened to be judged again", row.id);
            continue;
        };
        let before = file.standing_before();
        let (kept, _, entry) = file.keep(room, &Actor::System);
        let Kept::Changed(kept) = kept else { continue };
        measured.extend(file.measure(room));
        promised.extend(file.promise(room));
        progress.rescored += 1;
        progress.risen += usize::from(Some(file.standing()) != before);
        changed.push(*kept);
        entries.push(entry.with("before", row.playbooks.clone()));
    }
    if !changed.is_empty() {
        incidents::update_many(tx, &changed).await?;
    }
    numbers::keep_measures(tx, &measured, &promised).await?;
    record(tx, &entries).await?;
    Ok(progress)
}

impl File {
    /// Where the incident stood when it was opened.
    fn standing_before(&self) -> Option<Standing> {
        self.assessment.is_some().then(|| self.standing())
    }
}
