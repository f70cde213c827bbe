//! `holdfast key rotate`: a new key-encryption key, online (CRY-05).

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use super::{Missing, settings, with};
use crate::app;
use crate::audit::{Actor, Entry};
use crate::cli::keeping::KeyCommand;
use crate::master_key;
use crate::outside::SystemRandom;

pub async fn run(command: KeyCommand) -> anyhow::Result<ExitCode> {
    let KeyCommand::Rotate { pause, store } = command;
    let config = settings(&store.clone().into())?;
    let file = app::keys::file_of(&config);
    // Before the house is opened, so that it opens with the new key.
    if file.exists() {
        master_key::begin_rotation(&file, &SystemRandom::default())?;
    }
    with((store, Missing::Refused), async |respond| {
        respond.name_newest_key().await?;
        let now = respond.room().now();
        respond.note(Entry::done(now, Actor::System, "key.rotate", "key:kek".to_owned())).await?;
        let mut resealed = respond.reseal(&progress).await?;
        // What was sealed with the older key and was still on its way when the newer one was named is found by the second walk.
        tokio::time::sleep(Duration::from_secs(pause)).await;
        resealed += respond.reseal(&progress).await?;
        master_key::end_rotation(&file)?;
        let now = respond.room().now();
        let entry = Entry::done(now, Actor::System, "key.rotated", "key:kek".to_owned()).with("data_keys", resealed);
        respond.note(entry).await?;
        writeln!(
            std::io::stdout(),
            "{resealed} data keys are sealed with the new key; the older one opens nothing any more. Back up {}.",
            file.display()
        )?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

fn progress(table: &str, resealed: u64) {
    if std::io::stderr().is_terminal() {
        drop(writeln!(std::io::stderr(), "  {table}: {resealed} so far"));
    }
}
