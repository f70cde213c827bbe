//! A deed of staff from the outside: asked of the writer, answered with the incident, and the view of that answer on record.

use std::sync::Arc;

use super::look::IncidentDetail;
use super::staff::{Deed, Refused, act, entry};
use super::{Respond, Room};
use crate::audit::Entry;
use crate::id::{Id, of};
use crate::store::desk::looks;
use crate::store::incidents::IncidentRow;
use crate::store::{Error, Result, Tx};
use crate::text::Language;

/// What becomes of the incident that a deed is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Whoever asked sees it.
    Shown,
    /// Nobody does.
    Kept,
}

impl Respond {
    /// Does something to an incident and answers with it as it is then, for whoever goes on to its page or sees nothing of it.
    pub async fn staff_does(
        &self,
        id: Id<of::Incident>,
        by: (&str, Language),
        deed: Deed,
    ) -> Result<std::result::Result<IncidentDetail, Refused>> {
        self.does(id, by, (deed, Answer::Kept)).await
    }

    /// The same for whoever is shown the answer: the view is an entry beside that of the deed (RB-13, AUD-01).
    pub async fn staff_does_and_sees(
        &self,
        id: Id<of::Incident>,
        by: (&str, Language),
        deed: Deed,
    ) -> Result<std::result::Result<IncidentDetail, Refused>> {
        self.does(id, by, (deed, Answer::Shown)).await
    }

    async fn does(
        &self,
        id: Id<of::Incident>,
        (by, language): (&str, Language),
        (deed, answer): (Deed, Answer),
    ) -> Result<std::result::Result<IncidentDetail, Refused>> {
        self.fetch_of(id).await?;
        let (room, by) = (self.room(), by.to_owned());
        let outcome = self
            .writer
            .act(move |tx| {
                let (room, by, deed) = (Arc::clone(&room), by.clone(), deed.clone());
                Box::pin(async move { act(tx, &room, id, ((&by, language), (&deed, answer))).await })
            })
            .await;
        match outcome {
            // The checks of the statement itself refused: somebody else was first.
            Err(Error::Conflict { .. }) => Ok(Err(Refused::Stale)),
            other => other,
        }
    }
}

/// Notes that a deed's answer is seen: for the others who look, and an entry for the trail.
pub(super) async fn seen(
    tx: &mut Tx,
    (room, row): (&Room, &IncidentRow),
    (by, answer): (&str, Answer),
) -> Result<Option<Entry>> {
    if answer == Answer::Kept {
        return Ok(None);
    }
    looks::seen(tx, row.id, (by, room.now())).await?;
    Ok(Some(entry(room, by, "incident.view", row)))
}
