//! `holdfast audit export`, `key` and `adopt`: what of the trail needs the house.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use super::{Missing, settings, with};
use crate::app::keeper::{self, Keeper, Wanted};
use crate::audit::{Actor, Entry};
use crate::cli::StoreArguments;
use crate::config::Config;
use crate::respond::Respond;
use crate::store;

pub async fn export(store: StoreArguments, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    let config = settings(&store.clone().into())?;
    with((store, Missing::Refused), async |respond| {
        let now = respond.room().now();
        respond.note(Entry::done(now, Actor::System, "audit.export", "audit:trail".to_owned())).await?;
        let mut keeper = Keeper::begin(&config, respond).await?;
        keeper.round(Wanted::Now).await?;
        let mut to: Box<dyn Write + Send> = match out {
            Some(file) => Box::new(BufWriter::new(std::fs::File::create(file)?)),
            None => Box::new(BufWriter::new(std::io::stdout())),
        };
        let size = i64::try_from(keeper.checkpoint().size)?;
        let mut after = 0;
        while after < size {
            let page = store::audit::page(&mut respond.db.read().await?, after, size - after).await?;
            for entry in &page {
                writeln!(to, "{}", entry.line())?;
            }
            after += i64::try_from(page.len())?;
        }
        write!(to, "\n{}", keeper.history()?)?;
        to.flush()?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

pub async fn key(store: StoreArguments) -> anyhow::Result<ExitCode> {
    with((store, Missing::Refused), async |respond| {
        writeln!(std::io::stdout(), "{}", keeper::signer(respond).await?.public())?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

pub async fn adopt(store: StoreArguments) -> anyhow::Result<ExitCode> {
    let config = settings(&store.clone().into())?;
    with((store, Missing::Refused), async |respond| adopt_in(&config, respond).await).await
}

/// Puts the checkpoints aside and says so in the trail, which is vouched for from its first entry on.
async fn adopt_in(config: &Config, respond: &Respond) -> anyhow::Result<ExitCode> {
    let file = keeper::file_of(config);
    let now = respond.room().now();
    let mut aside = file.as_os_str().to_owned();
    aside.push(format!(".until-{}", now.millis()));
    let last = store::audit::last(&mut respond.db.read().await?).await?;
    std::fs::rename(&file, &aside)?;
    let entry = Entry::done(now, Actor::System, "audit.adopt", "audit:trail".to_owned()).with("from", last);
    respond.note(entry).await?;
    Keeper::begin(config, respond).await?.round(Wanted::Now).await?;
    writeln!(
        std::io::stdout(),
        "the trail goes on from entry {last}; the earlier checkpoints are kept in {}",
        aside.display()
    )?;
    Ok(ExitCode::SUCCESS)
}
