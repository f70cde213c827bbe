//! Cases that staff name or take down for somebody.

use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::respond::Respond;
use crate::store::{Result, cases, incidents};

impl Respond {
    /// The case that somebody means: a reference, or the number of an incident.
    pub async fn named(&self, named: &str) -> Result<Option<Id<of::Incident>>> {
        let (named, mut tx) = (named.trim(), self.db.read().await?);
        if let Ok(id) = named.parse() {
            return Ok(incidents::get(&mut tx, id).await?.map(|row| row.id));
        }
        Ok(cases::by_reference(&mut tx, &named.to_uppercase()).await?.map(|case| case.incident))
    }

    /// Notes in the trail that a report was taken down by somebody of the staff, and says which incident it became.
    pub async fn taken_down(&self, reference: &str, by: &str) -> Result<Option<Id<of::Incident>>> {
        let Some(id) = self.named(reference).await? else { return Ok(None) };
        let entry =
            Entry::done(self.room().now(), Actor::Staff(by.to_owned()), "incident.take-down", format!("incident:{id}"));
        self.note(entry).await?;
        Ok(Some(id))
    }
}
