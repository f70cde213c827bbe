//! What `holdfast known-bad` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::StoreArguments;

#[derive(Debug, Subcommand)]
pub enum KnownBadCommand {
    /// Make a list from a file, in place of what it held: one address, domain or URL a line, `#` for remarks
    Set(ListArguments),
    /// Add the entries of a file to a list
    Add(ListArguments),
    /// Take the entries of a file off a list
    Remove(ListArguments),
    /// List the lists with their versions
    List {
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Fetch a list of the settings now
    Fetch {
        /// Its name
        name: String,
        /// Take it over even when it shrank to less than half or looks like no list
        #[arg(long)]
        accept: bool,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Take a whole list away
    Drop {
        /// Its name
        name: String,
        #[command(flatten)]
        store: StoreArguments,
    },
}

#[derive(Debug, Args)]
pub struct ListArguments {
    /// Name of the list, as evidence shows it
    pub name: String,
    /// The file; a line's first word counts, so a CSV file with the entry in front will do
    pub file: PathBuf,
    /// What it is a list of: drainer, scam, lure, spender
    #[arg(long)]
    pub category: String,
    #[command(flatten)]
    pub store: StoreArguments,
}
