//! The streams that are consumed, put together from the settings; and a house that does nothing else.

use std::fs::File;
use std::sync::Arc;

use anyhow::{Context, bail};
use tokio_util::sync::CancellationToken;

use super::reload::Watch;
use super::{Outside, rounds};
use crate::config::{self, Config};
use crate::intake::Endpoints;
use crate::intake::stream::Consumer;
use crate::outbox::guard::SystemResolver;
use crate::respond::Respond;
use crate::tasks::Tasks;

/// A consumer for each stream that is wanted.
pub fn consumers(config: &Config, wanted: impl Fn(&config::Stream) -> bool) -> anyhow::Result<Vec<Consumer>> {
    let streams = config.stream.iter().filter(|stream| wanted(stream));
    streams.map(|stream| Consumer::new(stream.made()?, Arc::new(SystemResolver))).collect()
}

/// Begins to consume; ends at the stop signal with what was begun acknowledged.
pub fn begin(consumers: Vec<Consumer>, (respond, endpoints): (&Respond, &Endpoints), tasks: &Tasks) {
    for consumer in consumers {
        tasks.spawn("stream", consumer.run((respond.clone(), endpoints.clone()), tasks.stop.clone()));
    }
}

/// Consumes every stream and serves nobody until the stop signal; `ready` is told their names once all is put together. An
/// error when a task ended by itself.
pub async fn alone(
    config: &Config,
    stop: CancellationToken,
    ready: impl FnOnce(&[String]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let outside = Outside::real();
    let made = super::respond(config, &outside, (config.public_url(config.listen), &|_| {}));
    let (respond, chosen, writer) = Box::pin(made).await?;
    let tasks = Tasks::new(stop);
    let consumers = consumers(config, |_| true)?;
    let endpoints = super::endpoints(config, &respond.room().playbooks)?;
    let names: Vec<String> = consumers.iter().map(|consumer| consumer.name().to_owned()).collect();
    tasks.spawn("writer", writer);
    rounds::beside(&tasks, &respond, Watch::new(config.clone(), respond.clone(), &chosen).await?);
    begin(consumers, (&respond, &endpoints), &tasks);
    ready(&names)?;
    tasks.stop.cancelled().await;
    let db = respond.db.clone();
    drop((respond, endpoints));
    tasks.tracker.close();
    tasks.tracker.wait().await;
    db.close().await;
    if tasks.failed() {
        bail!("a task ended by itself; the log says which");
    }
    Ok(())
}

/// The one process that writes to an embedded database all the time; gone with the process. Nothing for PostgreSQL, where
/// there may be many.
pub struct Writing(#[expect(dead_code, reason = "held, for the lock that goes with it")] Option<File>);

impl Writing {
    /// Takes the place; an error in plain words when another process has it.
    pub fn claim(config: &Config) -> anyhow::Result<Self> {
        if !config.database.is_empty() {
            return Ok(Self(None));
        }
        let path = super::prepare(&config.data)?.join("writing.lock");
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(&path);
        let file = file.with_context(|| path.display().to_string())?;
        match file.try_lock() {
            Ok(()) => Ok(Self(Some(file))),
            Err(std::fs::TryLockError::WouldBlock) => bail!(
                "{}: another process of Holdfast works on this embedded database; where `holdfast serve` runs, it consumes \
                 the streams itself. On PostgreSQL both run side by side",
                config.data.display()
            ),
            Err(std::fs::TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
        }
    }
}
