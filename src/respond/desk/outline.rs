//! The next case in outline, for the first page: what to do first, and what happened last.

use super::timeline::{self, Moment};
use crate::audit::{Actor, Entry};
use crate::guidance::Step;
use crate::id::{Id, of};
use crate::respond::{Respond, look};
use crate::store::promises::{self, Owed};
use crate::store::{Result, incidents};
use crate::text::Language;

/// Steps and moments of an outline.
const SHOWN: usize = 3;

/// A case in outline.
#[derive(Debug, Clone)]
pub struct Outline {
    /// Staff's steps that are still open, the most urgent first.
    pub steps: Vec<Step>,
    /// The latest first.
    pub timeline: Vec<Moment>,
}

impl Respond {
    /// A case in outline; nothing when there is none. The view is an audit entry, and without the entry there is no view
    /// (AUD-01). Nobody is shown as looking: the first page shows the same case to everybody.
    pub async fn outline(&self, id: Id<of::Incident>, (by, language): (&str, Language)) -> Result<Option<Outline>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some(row) = incidents::get(&mut tx, id).await? else { return Ok(None) };
        let detail = look::detail(&mut tx, &room, &row, language).await?;
        let mut timeline = timeline::of(&mut tx, &detail).await?;
        drop(tx);
        timeline.truncate(SHOWN);
        let steps = detail.steps.into_iter().filter(|step| !step.state.settles()).take(SHOWN).collect();
        let viewed = Entry::done(room.now(), Actor::Staff(by.to_owned()), "incident.view", format!("incident:{id}"));
        self.note(viewed).await?;
        Ok(Some(Outline { steps, timeline }))
    }

    /// What a case was promised.
    pub async fn promised(&self, id: Id<of::Incident>) -> Result<Option<Owed>> {
        promises::of_incident(&mut self.db.read().await?, id).await
    }
}
