//! What the commands about one person's data take. Whoever runs them shows a token with the scope `persons:handle`, so that
//! two people are two people.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::StoreArguments;

#[derive(Debug, Subcommand)]
pub enum PersonalCommand {
    /// Ask for a file with everything that is kept of a person; somebody else decides
    Export(About),
    /// Ask for a person's cases to be erased for good; somebody else decides
    Erase(About),
    /// Requests that wait for a second person
    Requests {
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Grant somebody else's request and carry it out at once
    Grant {
        /// The id that the request was given
        request: String,
        /// Where an export is written
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        who: Who,
    },
    /// Refuse somebody else's request
    Refuse {
        request: String,
        #[command(flatten)]
        who: Who,
    },
    /// Keep a case from being erased or purged until the hold is lifted
    Hold {
        /// Why; it is sealed with the case
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        about: About,
    },
    /// Lift a hold
    LiftHold(About),
}

#[derive(Debug, Subcommand)]
pub enum RetentionCommand {
    /// Say that the clock is right, so that a purge that braked goes on
    Confirm(Who),
}

/// The person, by one of their cases.
#[derive(Debug, Args)]
pub struct About {
    /// A case reference (HF-…) or the id of an incident; all incidents of the same account belong to the person
    #[arg(value_name = "CASE")]
    pub case: String,
    #[command(flatten)]
    pub who: Who,
}

/// Who runs the command, and where.
#[derive(Debug, Args)]
pub struct Who {
    /// A file with your token, which carries `persons:handle`
    #[arg(long, value_name = "FILE")]
    pub token_file: PathBuf,
    #[command(flatten)]
    pub store: StoreArguments,
}
