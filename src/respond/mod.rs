//! The flow: what comes in is judged, kept, placed and answered, in one transaction a group.
//!
//! `accept` is the road every report and alert walks; `writer` groups what waits and acknowledges after the commit;
//! `holder` and `staff` are what people do to a case afterwards; `sweep` is what time does. `running` holds the playbooks in
//! use, `versions` publishes others, `rescore` judges again under them, `replay` says what would follow.

mod accept;
mod aftercare;
pub mod alarms;
mod announce;
mod attachments;
pub mod chat;
pub mod circle;
pub mod desk;
mod directory;
mod doing;
mod evidence;
mod feedback;
mod file;
mod first;
mod given;
mod halt;
mod history;
mod holder;
mod imports;
mod inbox;
mod insider;
mod known;
mod letterbox;
mod look;
mod marks;
mod next;
mod notices;
mod numbers;
mod operator;
pub mod orders;
mod outgoing;
pub mod people;
mod practice;
mod privacy;
mod progress;
mod purge;
mod readings;
mod reckoned;
mod rekey;
mod replay;
mod rescore;
mod rest;
mod running;
mod said;
pub mod session;
mod shift;
mod sources;
mod staff;
mod sweep;
pub mod versions;
pub mod view;
mod waiting;
mod watch;
mod wishes;
mod writer;

pub use accept::{
    AlertAnswer, AlertArrival, Arrival, Candidate, Incoming, Outcome, ReportArrival, ShownAccount, Unreadable,
};
pub use attachments::{Download, Enclosed, MOST as MOST_ATTACHMENTS, NotAdded};
pub use directory::{AccountNames, Attached, Learned, Name, Unattributed};
pub use evidence::{Evidence, Named, Statement, StepTaken};
pub use feedback::{Feedback, PUBLIC_FEEDBACK_DAYS, Written};
pub use first::{First, Looker, Shown};
pub use holder::{HolderDeed, Opened, Used};
pub use inbox::{CareOutcome, InboxItem};
pub use insider::Alarm;
mod words;

pub use announce::{About, Announcement, NewNotice};
pub use known::{Fetched, Fetching, LONGEST_LIST, ListChange, ListChanged, ListShown, Taken};
pub use look::IncidentDetail;
pub use marks::{Confirmed, Proof};
pub use notices::NoticeWords;
pub use numbers::People;
pub use operator::{CopyOpened, LONGEST_TOKEN_DAYS, NewToken, TOKEN_DAYS, Unmapped};
pub use outgoing::{DeadLetter, Matter};
pub use privacy::{NotDone, Right};
pub use purge::{Keeping, Pulse, Purged};
pub use readings::{Asks, ToLook, Wanted};
pub use replay::{Move, Replay, Side};
pub use rescore::{Progress, Rescore};
pub use running::{Running, Shelf};
pub use said::Conversation;
pub use shift::{HandedOver, Pressing, PressingCase, Setting, Shift, ShiftPerson};
pub use sources::{Came, Kept, LONGEST_SNOOZE, LONGEST_WINDOW, Liveness, NewQuiet, Quiet, Shelved};
pub use staff::{Deed, Refused, Seen};
pub use sweep::{Retention, sweep};
pub use view::SignalView;
pub use waiting::QueueRow;
pub use watch::{Glance, Watcher};
pub use wishes::{Asked, Wish};
pub use writer::{Storing, Writer};

use std::sync::Arc;

use tokio::sync::OnceCell;

use crate::audit::Entry;
use crate::guidance::template::Templates;
use crate::id::Random;
use crate::playbook::Set;
use crate::queue::Hours;
use crate::seal::Keys;
use crate::signal::KnownBad;
use crate::store::{self, Db, Tx};
use crate::time::{Clock, Timestamp};

/// What a transaction of the flow needs beside the database: one set of playbooks from its begin to its end.
#[derive(Clone)]
pub struct Room {
    pub playbooks: Arc<Set>,
    pub keys: Arc<Keys>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    /// Where the public pages are, without a slash at the end: links are built from this, never from a request.
    pub public_url: String,
    /// Earlier versions that open incidents still go by.
    pub shelf: Arc<Shelf>,
    pub retention: Retention,
    /// When staff are at work; nothing for always.
    pub hours: Option<Hours>,
    /// Whether somebody looks at chains for us.
    pub looks_out: bool,
    /// What passwords of staff have to be.
    pub staff_rules: people::Rules,
    /// What the operator knows to be bad.
    pub known_bad: Arc<KnownBad>,
    /// The wallet backends that orders go to.
    pub backends: Vec<orders::Backend>,
    /// The targets that staff are told through and people are written to.
    pub channels: Vec<alarms::Channel>,
    /// The operator's own words for mails.
    pub templates: Arc<Templates>,
}

impl Room {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// The flow as the doors use it; clones share everything.
#[derive(Clone)]
pub struct Respond {
    pub db: Db,
    pub running: Arc<Running>,
    pub writer: Writer,
    /// Where cases are put whose transfers are to be looked at.
    pub asks: Asks,
    pub hashing: people::Hashing,
    /// The hash of a password that nobody has, for logins that nobody has.
    pub decoy: Arc<OnceCell<String>>,
    /// Rung when something was put into the outbox.
    pub posted: Arc<tokio::sync::Notify>,
    /// Figures that took long to reckon.
    pub kept: Arc<reckoned::Kept>,
}

impl Respond {
    /// The room now. A piece of work takes it once.
    pub fn room(&self) -> Arc<Room> {
        self.running.room()
    }
}

/// Writes audit entries of the deed in hand. Comes last in a transaction: on PostgreSQL others wait from here on.
async fn record(tx: &mut Tx, entries: &[Entry]) -> store::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let session = session::current();
    let rows: Vec<store::audit::NewEntry> = entries
        .iter()
        .map(|entry| store::audit::NewEntry {
            at: entry.at,
            actor: entry.actor.text(),
            session: session.clone(),
            action: entry.action.to_owned(),
            object: entry.object.clone(),
            outcome: entry.outcome.as_str().to_owned(),
            detail: serde_json::Value::Object(entry.detail.clone()).to_string(),
        })
        .collect();
    store::audit::append_many(tx, &rows).await.map(drop)
}
