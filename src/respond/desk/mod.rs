//! The desk of staff: the list and what narrows it, words that were begun, who looks, deeds on many cases at once, and
//! taking a deed back.

mod beside;
mod bulk;
mod correct;
mod drafts;
mod lens;
mod list;
mod meanwhile;
mod merge;
mod outline;
mod phone;
mod reveal;
mod search;
mod timeline;
mod undo;
mod views;

pub use beside::{Aside, Beside, Looking, Other, Ruled, SeenElsewhere};
pub use bulk::{Bulk, Fate, Many, Planned};
pub use correct::Correction;
pub use drafts::{Draft, Field};
pub use lens::{Counts, Lens, Stand};
pub use list::{DeskList, DeskRow, New, Reason, Spot};
pub use meanwhile::{Changed, Meanwhile};
pub use outline::Outline;
pub use reveal::{PERSONAL, Revealed, masked, masked_in};
pub use timeline::{Moment, Whose};
pub use undo::{Undoable, Undone, What as Took};

pub(super) use correct::{keep_raised, promise_anew};
pub(super) use drafts::sent;
pub(super) use undo::{ONE, remember};

use super::Room;
use crate::store::{Result, Tx, desk};
use crate::time::Span;

/// Words that nobody touched for this long are let go.
const DRAFTS: Span = Span::from_days(30);
/// Looks are kept for this long; they are shown for minutes.
const LOOKS: Span = Span::from_minutes(60);

/// Forgets a batch of what is over, and says how many rows of each sort.
pub(super) async fn forget(tx: &mut Tx, room: &Room, batch: i64) -> Result<[u64; 3]> {
    let now = room.now();
    Ok([
        desk::drafts::forget_before(tx, now.minus(DRAFTS), batch).await?,
        desk::looks::forget_before(tx, now.minus(LOOKS), batch).await?,
        desk::undo::forget_before(tx, now, batch).await?,
    ])
}
