//! What `holdfast staff` takes.

use clap::Subcommand;

use super::StoreArguments;

#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Make an invitation and print its link once
    Invite {
        /// What they type to sign in
        #[arg(long)]
        login: String,
        /// What they are called
        #[arg(long)]
        name: String,
        /// What they may do: viewer, responder, approver, auditor, admin
        #[arg(long, num_args = 1.., required = true)]
        roles: Vec<String>,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// List people with their roles
    List {
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Switch somebody off, by the identifier that `list` shows
    Disable {
        id: String,
        #[command(flatten)]
        store: StoreArguments,
    },
}
