//! `holdfast consume`: the streams alone, for a house on PostgreSQL that serves elsewhere, or one that does not serve.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use super::serve::{stop_signal, without_core_dumps};
use crate::app::streams;
use crate::config::Config;
use crate::telemetry;

/// Consumes until SIGINT or SIGTERM.
pub async fn run(config: Config) -> anyhow::Result<ExitCode> {
    if config.stream.is_empty() {
        bail!("no [[stream]] in the settings: there is nothing to consume");
    }
    let writing = streams::Writing::claim(&config)?;
    telemetry::begin(&config.log)?;
    without_core_dumps();
    let ready = |names: &[String]| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", serde_json::json!({"ready": true, "streams": names}))?;
        Ok(out.flush()?)
    };
    streams::alone(&config, stop_signal()?, ready).await?;
    drop(writing);
    Ok(ExitCode::SUCCESS)
}
