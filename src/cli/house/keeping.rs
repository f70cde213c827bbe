//! Commands of those who answer for what is kept, each to its own file.

use std::process::ExitCode;

use anyhow::bail;

use super::{audit, breach, key, personal};
use crate::cli::audit::AuditCommand;
use crate::cli::keeping::KeepingCommand;

pub async fn run(command: KeepingCommand) -> anyhow::Result<ExitCode> {
    match command {
        KeepingCommand::Audit(AuditCommand::Export { out, store }) => audit::export(store, out.as_deref()).await,
        KeepingCommand::Audit(AuditCommand::Key { store }) => audit::key(store).await,
        KeepingCommand::Audit(AuditCommand::Adopt { store }) => audit::adopt(store).await,
        KeepingCommand::Audit(AuditCommand::Verify(_)) => bail!("an export is verified without the house"),
        KeepingCommand::Person(command) => personal::run(command).await,
        KeepingCommand::Retention(command) => personal::retention(command).await,
        KeepingCommand::Key(command) => key::run(command).await,
        KeepingCommand::Breach(arguments) => breach::run(arguments).await,
    }
}
