//! What `holdfast notice` takes.

use clap::{Args, Subcommand};

use super::StoreArguments;

#[derive(Debug, Subcommand)]
pub enum NoticeCommand {
    /// Announce something on top of the public pages, in both languages, until it ends by itself
    Set(NoticeArguments),
    /// Take an announcement down
    Clear {
        /// The identifier that `list` shows
        id: String,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// List announcements, also ended ones
    List {
        #[command(flatten)]
        store: StoreArguments,
    },
}

#[derive(Debug, Args)]
pub struct NoticeArguments {
    /// What it is about: outage, maintenance, market, outbreak, other
    #[arg(long)]
    pub kind: String,
    /// What happens and who is affected, in English
    #[arg(long)]
    pub en: String,
    /// The same in Chinese
    #[arg(long)]
    pub zh: String,
    /// What to do now, in English
    #[arg(long, default_value = "")]
    pub advice_en: String,
    /// The same in Chinese
    #[arg(long, default_value = "")]
    pub advice_zh: String,
    /// Hours until it ends
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=2160))]
    pub hours: u32,
    /// Put it in place of an earlier one, by the identifier that `list` shows
    #[arg(long, value_name = "ID")]
    pub instead_of: Option<String>,
    #[command(flatten)]
    pub store: StoreArguments,
}
