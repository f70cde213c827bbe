//! What the commands about versions of the playbooks take.

use std::path::PathBuf;

use clap::Subcommand;

use super::StoreArguments;
use crate::time::Span;

/// Commands that work on the database of an installation, whether or not it runs.
#[derive(Debug, Subcommand)]
pub enum VersionCommand {
    /// Check a folder, run its examples and keep it as a draft; prints its digest
    Draft {
        /// Folder of playbooks
        directory: PathBuf,
        /// What is different, for those who read the list
        #[arg(long)]
        note: Option<String>,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// List every version that ran or was drafted
    Versions {
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Have every process run a version, within seconds; source mappings stay as they are until a restart
    Publish {
        /// The beginning of its digest
        digest: String,
        /// Take back the advice of all versions before it: open cases show this version's steps, marked as corrected
        #[arg(long)]
        withdraw_earlier: bool,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Go back to the version that was published before, and take back the advice of the one that goes
    Rollback {
        /// Leave the advice that the version gave as it is
        #[arg(long)]
        keep_advice: bool,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Have every running process read its playbooks again, also the configured folder; source mappings and endpoints are
    /// read at a start only
    Reload {
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Judge stored incidents under other playbooks and show what would change; writes nothing
    Replay {
        /// A folder of playbooks, or the beginning of a kept version's digest
        set: String,
        /// How far back, such as 30d or 12h
        #[arg(long, default_value = "30d")]
        since: Span,
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArguments,
    },
}
