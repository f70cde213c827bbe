//! What `holdfast embed` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::text::Language;

#[derive(Debug, Subcommand)]
pub enum EmbedCommand {
    /// Print a link as an app's server would make it, to try it
    Sign(SignArguments),
}

/// What a signed link fills in.
#[derive(Debug, Args)]
pub struct SignArguments {
    /// An app of the settings, whose key signs
    #[arg(long, value_name = "NAME")]
    pub app: String,
    /// The account that is signed in to the app
    #[arg(long)]
    pub account: Option<String>,
    /// A wallet address, or a chain and an address, such as `tron:TR7N…`
    #[arg(long, value_name = "[CHAIN:]ADDRESS")]
    pub wallet: Option<String>,
    /// en, zh or zh-Hant
    #[arg(long)]
    pub language: Option<Language>,
    /// What happened
    #[arg(long)]
    pub text: Option<String>,
    /// Minutes until the link is over
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub minutes: u32,
    /// Settings file (TOML)
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}
