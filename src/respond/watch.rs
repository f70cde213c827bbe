//! What tells one state of a case's page from the next, and until when somebody may watch it change.

use super::Respond;
use super::file::POOL;
use super::holder::is_good;
use crate::access::digest_of;
use crate::id::{Id, of};
use crate::store::incidents;
use crate::store::{Result, cases, progress};

/// By what somebody may watch a case.
#[derive(Debug, Clone)]
pub enum Watcher {
    /// The digest of a case session.
    Session(String),
    /// The digest of the link that was proved with its code.
    Link(String),
}

impl Watcher {
    /// Whoever holds this session cookie.
    pub fn session(token: &str) -> Self {
        Self::Session(digest_of(token))
    }
}

/// What a watcher is told: a text that changes with whatever the page shows, and the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    pub mark: String,
    pub state: String,
    pub messages: i64,
    pub ahead: i64,
}

impl Respond {
    /// A case at a glance; nothing once the session has ended, the link was replaced or the case is gone. Watching is not
    /// using: it does not keep a session alive.
    pub async fn glance(&self, case: Id<of::Case>, watcher: &Watcher) -> Result<Option<Glance>> {
        let mut tx = self.db.read().await?;
        let may = match watcher {
            Watcher::Session(digest) => {
                let session = cases::session_by_digest(&mut tx, digest).await?;
                session.is_some_and(|session| session.case == case && is_good(&session, self.room().now()))
            }
            Watcher::Link(link) => cases::by_id(&mut tx, case).await?.is_some_and(|row| row.link == *link),
        };
        if !may {
            return Ok(None);
        }
        let Some(mark) = progress::mark(&mut tx, case).await? else { return Ok(None) };
        let ahead = incidents::ahead_of(&mut tx, POOL, mark.place).await?;
        let away = self.room().hours.as_ref().and_then(|hours| hours.back_at(self.room().now())).is_some();
        let text = format!(
            "{}.{}.{}.{}.{}.{}.{}.{ahead}.{}",
            mark.version,
            mark.messages,
            mark.done,
            mark.ticked,
            mark.asked,
            mark.decided,
            mark.ordered,
            i32::from(away)
        );
        Ok(Some(Glance { mark: format!("{}.{text}", mark.state), state: mark.state, messages: mark.messages, ahead }))
    }

    /// The link of a case, as a watcher of it.
    pub async fn link_watcher(&self, case: Id<of::Case>) -> Result<Option<Watcher>> {
        let mut tx = self.db.read().await?;
        Ok(cases::by_id(&mut tx, case).await?.map(|row| Watcher::Link(row.link)))
    }
}
