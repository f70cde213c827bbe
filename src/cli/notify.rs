//! What `holdfast notify` takes.

use clap::{Args, Subcommand};

use super::StoreArguments;

#[derive(Debug, Subcommand)]
pub enum NotifyCommand {
    /// Show what would leave for a target and whether it can be reached; nothing is sent
    Try(TryArguments),
}

#[derive(Debug, Args)]
pub struct TryArguments {
    /// The name of a `[[target]]`
    pub target: String,
    /// Send it after all, marked as a trial
    #[arg(long)]
    pub send: bool,
    #[command(flatten)]
    pub store: StoreArguments,
}
