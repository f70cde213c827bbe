//! The interrupt that a holder's words call for: what they say is read by itself, in the light of the case.

use super::file::File;
use super::{Respond, history};
use crate::guidance;
use crate::id::{Id, of};
use crate::phrase::Secret;
use crate::playbook::Stop;
use crate::signal::{Facts, Origin};
use crate::store::{Result, cases, incidents};

impl Respond {
    /// What these words, which are scrubbed, say that their author is about to do; or what was taken out of them.
    pub async fn stop_before(&self, case: Id<of::Case>, (text, secrets): (&str, &[Secret])) -> Result<Option<Stop>> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let Some(case) = cases::by_id(&mut tx, case).await? else { return Ok(None) };
        let Some(row) = incidents::get(&mut tx, case.incident).await? else { return Ok(None) };
        let file = history::open(&mut tx, &room, &row).await?;
        let Some(judged) = &file.assessment else { return Ok(guidance::stop_for_secrets(secrets)) };
        let reliability = room.playbooks.policy.reliability.report;
        let origin = Origin { endpoint: "report".to_owned(), verified: false, reliability };
        let signal = File::signal(&room, origin, Facts::new().with("kind", "message").with("text", text));
        Ok(guidance::stop_in(&room.playbooks, &signal, (judged, secrets)))
    }
}
