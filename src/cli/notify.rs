//! What `holdfast notify` takes.

use clap::{Args, Subcommand};

use super::StoreArguments;
use crate::text::Language;

#[derive(Debug, Subcommand)]
pub enum NotifyCommand {
    /// Show what would leave for a target and whether it can be reached; nothing is sent
    Try(TryArguments),
    /// Check your own words for alarms and mails
    Check(StoreArguments),
    /// Show an alarm or a mail as it would leave, or list what there is
    Show(ShowArguments),
}

#[derive(Debug, Args)]
pub struct ShowArguments {
    /// A name such as `mail-answered` or `alarm-waits`; left out: the list
    pub name: Option<String>,
    #[arg(long, default_value = "en")]
    pub lang: Language,
    #[command(flatten)]
    pub store: StoreArguments,
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
