//! What `holdfast audit` takes, and `audit verify`, which needs nothing but an export and a key.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};

use super::StoreArguments;
use super::screen::{Ending, Screen};
use crate::audit::verifier::{self, Key};

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Write the whole trail with its signed checkpoints, one more of this moment among them
    Export {
        /// File to write (standard output when left out)
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Prove an export: every entry, every checkpoint, every signature; needs no database
    Verify(VerifyArguments),
    /// Print the public key that checkpoints are verified with
    Key {
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Go on from this database although the checkpoints vouch for another or a longer trail; they are kept aside
    Adopt {
        #[command(flatten)]
        store: StoreArguments,
    },
}

#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The export
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The public key, or a file that holds it
    #[arg(long, value_name = "KEY")]
    pub key: String,
    /// Checkpoints kept somewhere else, which the trail must extend: they show a whole trail that was put back
    #[arg(long, value_name = "FILE")]
    pub known: Option<PathBuf>,
    /// One JSON document instead of text
    #[arg(long)]
    pub json: bool,
}

/// Proves an export; findings when anything is not as it was written.
pub fn verify(arguments: &VerifyArguments, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let key: Key = match arguments.key.parse() {
        Ok(key) => key,
        Err(error) => text(Path::new(&arguments.key))
            .with_context(|| format!("--key: {error}, nor a file with one"))?
            .parse()
            .with_context(|| format!("--key {}", arguments.key))?,
    };
    let known = arguments.known.as_deref().map(text).transpose()?.unwrap_or_default();
    let report = verifier::verify(&text(&arguments.file)?, &known, &key);
    if arguments.json {
        writeln!(screen.out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        for finding in &report.findings {
            writeln!(screen.out, "{finding}")?;
        }
        writeln!(
            screen.out,
            "{} entries and {} checkpoints verified, signed up to entry {}{}",
            report.entries,
            report.checkpoints,
            report.covered,
            if report.findings.is_empty() { "" } else { "; the trail is not whole" }
        )?;
    }
    Ok(if report.findings.is_empty() { Ending::Fine } else { Ending::Findings })
}

fn text(file: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    // A byte that is no text is a damage for the verifier to find, not a reason to stop.
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}
