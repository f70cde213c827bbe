//! What goes along when a case is merged into another, besides its signals: where its observables occur, whose it is, and the
//! word to whoever reported it.

use crate::attention::Stir;
use crate::id::{Id, of};
use crate::respond::{Room, progress, rest};
use crate::store::incidents::{self, IncidentRow};
use crate::store::progress::What;
use crate::store::{Result, Tx, observables};

/// Carries over what a case that was just closed as the same leaves to another. Two accounts are never tied for good by it:
/// a case that has a subject keeps its own.
pub(super) async fn carry(
    tx: &mut Tx,
    room: &Room,
    (from, into): (&IncidentRow, Id<of::Incident>),
    by: &str,
) -> Result<()> {
    observables::copy(tx, from.id, into).await?;
    if let Some(subject) = &from.subject {
        incidents::take_subject(tx, into, subject).await?;
    }
    rest::stir_if_reported(tx, room, from.id, Stir::StaffClose).await?;
    progress::note_by(tx, room, (from.id, by), What::Closed).await
}
