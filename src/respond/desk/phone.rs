//! Cases that staff name or take down for somebody.

use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::respond::Respond;
use crate::store::Result;

impl Respond {
    /// Notes in the trail that a report was taken down by somebody of the staff, and says which incident it became.
    pub async fn taken_down(&self, reference: &str, by: &str) -> Result<Option<Id<of::Incident>>> {
        let Some(id) = self.named(reference).await? else { return Ok(None) };
        let entry =
            Entry::done(self.room().now(), Actor::Staff(by.to_owned()), "incident.take-down", format!("incident:{id}"));
        self.note(entry).await?;
        Ok(Some(id))
    }
}
