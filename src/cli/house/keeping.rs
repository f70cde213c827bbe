//! Commands of those who answer for what is kept and of the streams, each to its own file.

use std::process::ExitCode;

use anyhow::bail;

use super::{audit, breach, consume, key, personal, settings};
use crate::cli::audit::AuditCommand;
use crate::cli::keeping::KeepingCommand;

pub async fn run(command: KeepingCommand) -> anyhow::Result<ExitCode> {
    let done: std::pin::Pin<Box<dyn Future<Output = _>>> = match command {
        KeepingCommand::Audit(AuditCommand::Export { out, store }) => {
            return Box::pin(audit::export(store, out.as_deref())).await;
        }
        KeepingCommand::Audit(AuditCommand::Key { store }) => Box::pin(audit::key(store)),
        KeepingCommand::Audit(AuditCommand::Adopt { store }) => Box::pin(audit::adopt(store)),
        KeepingCommand::Audit(AuditCommand::Verify(_)) => bail!("an export is verified without the house"),
        KeepingCommand::Person(command) => Box::pin(personal::run(command)),
        KeepingCommand::Retention(command) => Box::pin(personal::retention(command)),
        KeepingCommand::Key(command) => Box::pin(key::run(command)),
        KeepingCommand::Breach(arguments) => Box::pin(breach::run(arguments)),
        KeepingCommand::Consume(arguments) => Box::pin(consume::run(settings(&arguments)?)),
    };
    done.await
}
