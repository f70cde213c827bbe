//! What `holdfast import` takes.

use std::path::PathBuf;

use clap::Args;

use super::StoreArguments;

#[derive(Debug, Args)]
pub struct ImportArguments {
    /// JSON lines, or a CSV file (its name ends in .csv) whose head names the members
    pub file: PathBuf,
    /// The configured source whose mapping reads the rows
    #[arg(long)]
    pub endpoint: String,
    #[command(flatten)]
    pub store: StoreArguments,
}
