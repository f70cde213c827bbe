//! `holdfast notice`: what the operator announces on top of the public pages.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use super::{Missing, with};
use crate::cli::notice::{NoticeArguments, NoticeCommand};
use crate::respond::{Announcement, NewNotice, Respond};
use crate::store::Error;
use crate::time::{Span, Timestamp};

/// Runs a notice command.
pub async fn run(command: NoticeCommand) -> anyhow::Result<ExitCode> {
    match command {
        NoticeCommand::Set(arguments) => set(arguments).await,
        NoticeCommand::Clear { id, store } => {
            let id = id.parse()?;
            with((store, Missing::Refused), async |respond| {
                gone(respond.clear_announcement(id).await)?;
                writeln!(std::io::stdout(), "taken down; pages follow within seconds")?;
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        NoticeCommand::List { store } => with((store, Missing::Refused), list).await,
    }
}

async fn set(arguments: NoticeArguments) -> anyhow::Result<ExitCode> {
    let NoticeArguments { kind, en, zh, advice_en, advice_zh, hours, instead_of, store } = arguments;
    let words = NewNotice { kind: kind.parse()?, en, zh, advice_en, advice_zh };
    let words = words.read().map_err(|fault| anyhow::anyhow!("notice: {fault}"))?;
    let instead_of = instead_of.map(|id| id.parse()).transpose()?;
    let lasting = Span::from_minutes(i64::from(hours) * 60);
    with((store, Missing::Refused), async |respond| {
        let id = gone(respond.announce(words, lasting, instead_of).await)?;
        writeln!(std::io::stdout(), "{id}\n\nOn the pages within seconds, for {hours} hours.")?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

fn gone<T>(outcome: crate::store::Result<T>) -> anyhow::Result<T> {
    match outcome {
        Err(Error::Conflict { .. }) => bail!("there is no such notice, or it has been taken down before"),
        outcome => Ok(outcome?),
    }
}

async fn list(respond: &Respond) -> anyhow::Result<ExitCode> {
    let now = respond.room().now();
    let mut out = std::io::stdout().lock();
    for announcement in respond.announcements().await? {
        writeln!(out, "{}", line(&announcement, now))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(announcement: &Announcement, now: Timestamp) -> String {
    let state = match (announcement.cleared, announcement.expires) {
        (Some(at), _) => format!("taken down {at}"),
        (None, Some(until)) if until <= now => format!("ended {until}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => String::new(),
    };
    let id = announcement.id.map_or_else(String::new, |id| id.to_string());
    format!("{id}  {:<11}  {state}  {}", announcement.words.kind.as_str(), announcement.words.en)
}
