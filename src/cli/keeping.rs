//! Commands of those who answer for what is kept (the trail, people's data, keys, the report of a breach), and of streams.

use clap::{Args, Subcommand};

use super::audit::AuditCommand;
use super::personal::{PersonalCommand, RetentionCommand};
use super::{ServeArguments, StoreArguments};
use crate::time::Timestamp;

#[derive(Debug, Subcommand)]
pub enum KeepingCommand {
    /// The audit trail: export it, prove an export
    #[command(subcommand)]
    Audit(AuditCommand),
    /// What is kept of one person: export it, erase it, hold it for the law
    #[command(subcommand)]
    Person(PersonalCommand),
    /// Purging what is kept no longer
    #[command(subcommand)]
    Retention(RetentionCommand),
    /// The key that data keys are sealed with
    #[command(subcommand)]
    Key(KeyCommand),
    /// Who could be affected by a breach, which fields, since when
    Breach(BreachArguments),
    /// Consume the streams of the settings and serve nobody; `holdfast serve` does both
    Consume(ServeArguments),
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Seal every data key anew with a new key while everything runs; goes on where it was when it was ended before
    Rotate {
        /// Seconds that every running process has to learn of the new key; they look every 5 seconds
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(6..))]
        pause: u64,
        #[command(flatten)]
        store: StoreArguments,
    },
}

/// What a breach report goes by.
#[derive(Debug, Args)]
pub struct BreachArguments {
    /// From when on, such as `2026-03-01T00:00:00Z`
    #[arg(long, value_name = "TIME")]
    pub since: Timestamp,
    /// Until when (now when left out)
    #[arg(long, value_name = "TIME")]
    pub until: Option<Timestamp>,
    /// Only what was done by this member of staff
    #[arg(long, value_name = "NAME", conflicts_with = "session")]
    pub person: Option<String>,
    /// Only what was done in this session, as the trail names it
    #[arg(long, value_name = "DIGEST")]
    pub session: Option<String>,
    /// One JSON document instead of text
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub store: StoreArguments,
}
