//! Commands that need the house: serving it, a filled one to look at, tokens, versions of the playbooks, what is
//! wrong with it.

mod audit;
mod breach;
mod consume;
mod demo;
mod doctor;
mod doctor_issuers;
mod doctor_sources;
mod doctor_streams;
mod doctor_targets;
mod embed;
mod import;
mod keeping;
mod key;
mod known_bad;
mod notice;
mod notify;
mod personal;
mod replay;
mod serve;
mod staff;
mod token;
mod versions;
mod wordings;

use std::io::Write;
use std::process::ExitCode;

use super::{Remaining, ServeArguments, StoreArguments};
use crate::app::{self, Outside};
use crate::config::{Config, Overrides};
use crate::respond::Respond;
use crate::telemetry;

/// Runs one of them; errors go to standard error, and the exit code says whether it went well.
pub fn run(command: Remaining) -> ExitCode {
    match go(command) {
        Ok(code) => code,
        Err(error) => {
            // Nothing is left to do when standard error is gone too.
            drop(writeln!(std::io::stderr(), "holdfast: {error:#}"));
            ExitCode::from(1)
        }
    }
}

fn go(command: Remaining) -> anyhow::Result<ExitCode> {
    match command {
        Remaining::Serve(arguments) => wait(serve::run(settings(&arguments)?)),
        Remaining::Demo(arguments) => wait(demo::run(arguments)),
        Remaining::Doctor(arguments) => wait(doctor::run(settings(&arguments)?)),
        Remaining::Token(command) => wait(token::run(command)),
        Remaining::Staff(command) => wait(staff::run(command)),
        Remaining::Embed(command) => embed::run(*command),
        Remaining::Import(arguments) => wait(import::run(*arguments)),
        Remaining::KnownBad(command) => wait(known_bad::run(*command)),
        Remaining::Notice(command) => wait(notice::run(*command)),
        Remaining::Notify(command) => wait(notify::run(*command)),
        Remaining::Keeping(command) => wait(keeping::run(*command)),
        Remaining::Versions(command) => wait(versions::run(command)),
        Remaining::ConfigPrint(arguments) => {
            let settings = settings(&arguments)?.shown();
            writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&settings)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Remaining::Migrate(arguments) => wait(async move {
            let (respond, _) = open(&settings(&arguments.into())?, Missing::Made).await?;
            writeln!(std::io::stdout(), "the schema is at version {}", respond.db.schema_version().await?)?;
            Ok(ExitCode::SUCCESS)
        }),
    }
}

fn wait(command: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

/// The settings in force.
fn settings(arguments: &ServeArguments) -> anyhow::Result<Config> {
    let overrides = Overrides {
        listen: arguments.listen,
        data: arguments.data.clone(),
        database: arguments.database.clone(),
        playbooks: arguments.playbooks.clone(),
        public_url: arguments.public_url.clone(),
    };
    Config::read(arguments.config.as_deref(), &overrides)
}

/// What becomes of a house that is not there yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// It is made: database, master key, folder.
    Made,
    /// The command has nothing to do with an empty house, so the place is most likely mistyped.
    Refused,
}

/// Opens the house beneath its doors for one command, and closes it.
async fn with(
    (store, missing): (StoreArguments, Missing),
    command: impl AsyncFnOnce(&Respond) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    let (respond, tasks) = open(&settings(&store.into())?, missing).await?;
    let outcome = command(&respond).await;
    let db = respond.db.clone();
    drop(respond);
    tasks.tracker.close();
    tasks.tracker.wait().await;
    db.close().await;
    outcome
}

/// Opens the house beneath its doors, for one command. The writer's task is spawned and ends with the last `Respond`.
async fn open(config: &Config, missing: Missing) -> anyhow::Result<(Respond, crate::tasks::Tasks)> {
    if missing == Missing::Refused && config.database.is_empty() && !config.data.join("holdfast.db").is_file() {
        anyhow::bail!(
            "{}: there is no database in this folder; `holdfast serve` or `holdfast migrate` makes one",
            config.data.display()
        );
    }
    telemetry::begin(&config.log)?;
    let tasks = crate::tasks::Tasks::new(tokio_util::sync::CancellationToken::new());
    // Boxed, because every command's future would hold it else.
    let (respond, _, writer) =
        Box::pin(app::respond(config, &Outside::real(), (config.public_url(config.listen), &|_| {}))).await?;
    tasks.tracker.spawn(writer);
    Ok((respond, tasks))
}
