//! Lists of what is known to be bad that come from addresses: fetched when they are due, by whichever node comes first.

use std::sync::Arc;
use std::time::Duration;

use crate::audit::Actor;
use crate::config::{self, Config};
use crate::outbox::guard::{Guard, Resolve, SystemResolver};
use crate::outbox::{Caller, Feed, Got};
use crate::respond::{Respond, Taken};
use crate::tasks::Tasks;
use crate::time::Span;

/// Between two looks whether one is due.
const LOOK: Duration = Duration::from_secs(30);
/// A fetch that came to nothing is tried again after this, when that is sooner.
const SOONER: Span = Span::from_minutes(30);

/// The lists of the settings with the way to them.
pub struct Lists {
    feeds: Vec<Feed>,
    caller: Caller,
}

/// What came of one fetch.
pub enum Outcome {
    /// Somebody looked not long ago.
    NotDue,
    /// Nothing came; a word why.
    Nothing(&'static str),
    Taken(Taken),
}

impl Lists {
    /// An error when a secret cannot be read or the system has no root certificates.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        Self::through(config, Arc::new(SystemResolver))
    }

    fn through(config: &Config, resolver: Arc<dyn Resolve>) -> anyhow::Result<Self> {
        let feeds = config.known_bad.iter().map(config::KnownBad::feed).collect::<anyhow::Result<Vec<_>>>()?;
        let guard = Guard::new(feeds.iter().map(|feed| (&feed.url, feed.networks.clone())));
        Ok(Self { feeds, caller: Caller::new(guard, resolver)? })
    }

    /// The list of a name.
    pub fn feed(&self, name: &str) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.name == name)
    }

    /// Fetches a list when its turn has come; `accepted` says that a person wants it whatever it looks like.
    pub async fn fetch(
        &self,
        respond: &Respond,
        feed: &Feed,
        (every, accepted): (Span, bool),
    ) -> crate::store::Result<Outcome> {
        let Some(turn) = respond.fetch_turn(&feed.name, every).await? else { return Ok(Outcome::NotDue) };
        let known = respond.known_lists().await?.into_iter().any(|list| list.name == feed.name);
        // A list that is not there any more is fetched whole.
        let named = if known && !accepted { (turn.etag.clone(), turn.modified.clone()) } else { Default::default() };
        match self.caller.fetch(feed, (&named.0, &named.1)).await {
            Got::Nothing(word) => {
                respond.fetch_failed(turn, word).await?;
                Ok(Outcome::Nothing(word))
            }
            Got::Unchanged => {
                respond.fetch_unchanged(turn).await?;
                Ok(Outcome::Taken(Taken::Same))
            }
            Got::List { entries, etag, modified } => {
                let turn = crate::respond::Fetching { etag, modified, ..turn };
                let taken = respond.take_fetched(turn, (&feed.category, entries), (Actor::System, accepted)).await?;
                Ok(Outcome::Taken(taken))
            }
        }
    }

    async fn round(&self, respond: &Respond) -> crate::store::Result<()> {
        let states = respond.fetched_lists().await?;
        for feed in &self.feeds {
            let failed = states.get(&feed.name).is_some_and(|state| !state.word.is_empty());
            let every = if failed { feed.every.min(SOONER) } else { feed.every };
            let name = &feed.name;
            match self.fetch(respond, feed, (every, false)).await? {
                Outcome::NotDue | Outcome::Taken(Taken::Same) => {}
                Outcome::Nothing(word) => {
                    tracing::warn!(list = %name, word, "known-bad list {name} could not be fetched ({word}), the old one stays");
                }
                Outcome::Taken(Taken::Changed(changed)) => tracing::info!(
                    list = %name,
                    version = changed.version,
                    entries = changed.entries,
                    "known-bad list {name} is at version {} with {} entries",
                    changed.version,
                    changed.entries
                ),
                Outcome::Taken(Taken::Held { was, would }) => tracing::warn!(
                    list = %name,
                    was,
                    would,
                    "known-bad list {name} would have {would} entries instead of {was}: a person has to say yes"
                ),
            }
        }
        Ok(())
    }
}

/// Fetches lists when they are due, until the stop signal.
pub fn begin(config: &Config, respond: &Respond, tasks: &Tasks) -> anyhow::Result<()> {
    if config.known_bad.is_empty() {
        return Ok(());
    }
    let (lists, respond, stop) = (Lists::new(config)?, respond.clone(), tasks.stop.clone());
    tasks.spawn("known-bad", async move {
        loop {
            let looked = tokio::select! {
                () = stop.cancelled() => return,
                looked = lists.round(&respond) => looked,
            };
            if let Err(error) = looked {
                tracing::warn!(%error, "known-bad lists could not be looked after, it is tried again: {error}");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    });
    Ok(())
}

/// A word of a fetch that came to nothing, as a sentence.
pub fn plain(word: &str) -> &str {
    match word {
        "guard" => "its address lies where it may not lie",
        "no-connection" => "no server answers there",
        "late" => "the server took longer than a minute",
        "cut-off" => "the connection broke off",
        "redirect" => "the server sends elsewhere; name the new address in the settings",
        "status" => "the server answers that it has no such list, or that this login may not read it",
        "too-long" => "it is longer than 96 MB, or the connection broke off",
        "form" => "it is neither lines nor CSV nor a JSON array, or has no such field",
        other => other,
    }
}
