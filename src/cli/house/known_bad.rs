//! `holdfast known-bad`: the operator's lists of bad addresses and domains.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, bail};

use super::{Missing, settings, with};
use crate::app::lists::{Lists, Outcome, plain};
use crate::audit::Actor;
use crate::cli::known_bad::{KnownBadCommand, ListArguments};
use crate::outbox::lines;
use crate::respond::{LONGEST_LIST, ListChange, Taken};
use crate::signal::KNOWN_BAD;
use crate::store::Error;
use crate::time::Span;
use crate::web::api::known_bad::is_name;

/// Runs a known-bad command.
pub async fn run(command: KnownBadCommand) -> anyhow::Result<ExitCode> {
    match command {
        KnownBadCommand::Set(arguments) => {
            change(arguments, |change, entries| {
                change.replace = true;
                change.add = entries;
            })
            .await
        }
        KnownBadCommand::Add(arguments) => change(arguments, |change, entries| change.add = entries).await,
        KnownBadCommand::Remove(arguments) => change(arguments, |change, entries| change.remove = entries).await,
        KnownBadCommand::List { store } => {
            with((store, Missing::Refused), async |respond| {
                let mut out = std::io::stdout().lock();
                for list in respond.known_lists().await? {
                    writeln!(
                        out,
                        "{}  {}  version {}  {} entries  changed {} by {}",
                        list.name, list.category, list.version, list.entries, list.changed, list.person
                    )?;
                }
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        KnownBadCommand::Fetch { name, accept, store } => {
            let lists = Lists::new(&settings(&store.clone().into())?)?;
            let feed =
                lists.feed(&name).with_context(|| format!("there is no [[known_bad]] {name:?} in the settings"))?;
            with((store, Missing::Refused), async |respond| {
                let outcome = lists.fetch(respond, feed, (Span::ZERO, accept)).await?;
                let mut out = std::io::stdout().lock();
                match outcome {
                    Outcome::NotDue => writeln!(out, "{name}: another process is fetching it")?,
                    Outcome::Nothing(word) => bail!("{name}: {}; the old one stays", plain(word)),
                    Outcome::Taken(Taken::Same) => writeln!(out, "{name}: nothing has changed")?,
                    Outcome::Taken(Taken::Changed(changed)) => {
                        writeln!(out, "{name}: version {}, {} entries", changed.version, changed.entries)?;
                    }
                    Outcome::Taken(Taken::Held { was, would }) => bail!(
                        "{name}: {would} entries instead of {was}, so nothing is taken over; look at the list, and with --accept it is"
                    ),
                }
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        KnownBadCommand::Drop { name, store } => {
            with((store, Missing::Refused), async |respond| {
                match respond.drop_list(Actor::System, &name).await {
                    Err(Error::Conflict { .. }) => bail!("there is no list {name:?}"),
                    outcome => outcome?,
                }
                writeln!(std::io::stdout(), "{name} is gone; running nodes follow within seconds")?;
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
    }
}

async fn change(arguments: ListArguments, put: impl FnOnce(&mut ListChange, Vec<String>)) -> anyhow::Result<ExitCode> {
    let ListArguments { name, file, category, store } = arguments;
    if !is_name(&name) {
        bail!("{name:?}: a name is 1 to 64 of a to z, 0 to 9 and -");
    }
    if !KNOWN_BAD.contains(&category.as_str()) {
        bail!("{}", crate::playbook::unknown("category", &category, &KNOWN_BAD));
    }
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let entries = lines(&text);
    if entries.len() > LONGEST_LIST {
        bail!("{}: {} entries; a list holds {LONGEST_LIST} at most", file.display(), entries.len());
    }
    let mut wanted = ListChange { name, category, replace: false, add: Vec::new(), remove: Vec::new() };
    put(&mut wanted, entries);
    with((store, Missing::Refused), async |respond| {
        let name = wanted.name.clone();
        let changed = respond.change_list(Actor::System, wanted).await?;
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "{name}: version {}, {} entries; running nodes follow within seconds",
            changed.version, changed.entries
        )?;
        if changed.unreadable > 0 {
            let shown = changed.unreadable_first.join(", ");
            writeln!(out, "{} are neither an address nor a domain and were left out: {shown}", changed.unreadable)?;
            return Ok(ExitCode::from(1));
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}
