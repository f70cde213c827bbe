//! What stands beside a case on its page and is not the case itself: who looks, what was begun, where else things occur.

use super::drafts::{self, Draft};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::respond::{Respond, history, record};
use crate::store::desk::looks;
use crate::store::{Result, incidents};
use crate::text::Language;
use crate::time::{Span, Timestamp};

/// Somebody counts as looking for this long after they opened the page.
const LOOKING: Span = Span::from_minutes(5);

/// What stands beside a case.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Others who opened the page within five minutes, the latest first.
    pub looking: Vec<Looking>,
    /// Words begun and not sent, the latest first.
    pub drafts: Vec<Draft>,
}

/// Somebody else who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    pub who: String,
    pub at: Timestamp,
}

impl Respond {
    /// Notes that somebody looks at an incident: in the trail, and for the others who look.
    pub(in crate::respond) async fn seen_by(&self, id: Id<of::Incident>, by: &str) -> Result<()> {
        let (now, by) = (self.room().now(), by.to_owned());
        let entry = Entry::done(now, Actor::Staff(by.clone()), "incident.view", format!("incident:{id}"));
        self.writer
            .act(move |tx| {
                let (entry, by) = (entry.clone(), by.clone());
                Box::pin(async move {
                    looks::seen(tx, id, (&by, now)).await?;
                    record(tx, &[entry]).await
                })
            })
            .await
    }

    /// What stands beside a case, for this person; nothing when there is no such case. The view itself was noted with the
    /// case.
    pub async fn beside(&self, id: Id<of::Incident>, (by, _): (&str, Language)) -> Result<Option<Beside>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some(row) = incidents::get(&mut tx, id).await? else { return Ok(None) };
        let file = history::open(&mut tx, &room, &row).await?;
        let looking = looks::since(&mut tx, id, room.now().minus(LOOKING)).await?;
        Ok(Some(Beside {
            looking: looking.into_iter().filter(|(who, _)| who != by).map(|(who, at)| Looking { who, at }).collect(),
            drafts: drafts::of_file(&mut tx, &room, &file).await?,
        }))
    }
}
