//! `holdfast embed sign`: a signed link as an app's server makes it, for trying and for comparing bytes.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;

use super::settings;
use crate::access::{LinkWallet, ReportLink};
use crate::cli::{EmbedCommand, ServeArguments, SignArguments};
use crate::outside::SystemClock;
use crate::time::{Clock, Span};
use crate::web::pages::actions;

/// Prints the link.
pub fn run(command: EmbedCommand) -> anyhow::Result<ExitCode> {
    let EmbedCommand::Sign(arguments) = command;
    let SignArguments { app, account, wallet, language, text, minutes, config } = arguments;
    let settings = settings(&ServeArguments { config, ..ServeArguments::default() })?;
    let apps = settings.apps()?;
    let keys = &apps.0.get(&app).with_context(|| format!("the settings have no [[app]] named {app:?}"))?.keys;
    let until = SystemClock.now().plus(Span::from_minutes(i64::from(minutes)));
    let wallet = wallet.map(|wallet| match wallet.split_once(':') {
        Some((chain, address)) => LinkWallet { chain: Some(chain.to_owned()), address: address.to_owned() },
        None => LinkWallet { chain: None, address: wallet },
    });
    let language = language.map(|language| language.as_str().to_owned());
    let link = ReportLink { until: until.millis() / 1_000, account, wallet, language, text };
    let signed = keys.sign(&app, &link);
    writeln!(std::io::stdout(), "{}{}/{signed}", settings.public_url(settings.listen), actions::FROM)?;
    Ok(ExitCode::SUCCESS)
}
