//! `holdfast serve`: opens the doors and says where they are.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::app::{self, Listeners, Outside, Ready, streams};
use crate::config::Config;
use crate::telemetry;

/// Serves until SIGINT or SIGTERM.
pub async fn run(config: Config) -> anyhow::Result<ExitCode> {
    telemetry::begin(&config.log)?;
    without_core_dumps();
    let writing = streams::Writing::claim(&config);
    if let Err(error) = &writing {
        tracing::warn!("{error:#}");
    }
    let stop = stop_signal()?;
    // Taken before anything takes time: unheard, the signal would end the process.
    let hang_up = signal(SignalKind::hangup())?;
    let listeners = Listeners { public: bind(config.listen).await?, metrics: Some(bind(config.metrics_listen).await?) };
    let ready = app::prepare_house(&config, Outside::real(), (listeners, stop), &say).await?;
    pass_on(hang_up, Arc::clone(&ready.hang_up));
    announce(&ready)?;
    ready.run().await?;
    drop(writing);
    Ok(ExitCode::SUCCESS)
}

async fn bind(address: std::net::SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| anyhow::anyhow!("{address}: {error}"))
}

/// A core dump would hold keys (CRY-08).
pub fn without_core_dumps() {
    let none = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
    if let Err(error) = rustix::process::setrlimit(rustix::process::Resource::Core, none) {
        tracing::warn!(%error, "core dumps could not be switched off: {error}");
    }
}

/// Tells a person at a terminal what is being done; programs only want the line that says it is ready.
pub fn say(what: &str) {
    if std::io::stdout().is_terminal() {
        drop(writeln!(std::io::stdout(), "  {what} …"));
    }
}

/// Says where the doors are: in words on a terminal, as one JSON line off it.
pub fn announce(ready: &Ready) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if !out.is_terminal() {
        let (digest, from) = &ready.playbooks;
        let line = json!({
            "ready": true, "report": ready.report, "staff": ready.staff, "setup": ready.set_up,
            "playbooks": {"digest": digest, "from": from},
        });
        writeln!(out, "{line}")?;
        return Ok(out.flush()?);
    }
    writeln!(out, "\nHoldfast is ready.\n  report   {}\n  staff    {}", ready.report, ready.staff)?;
    writeln!(out, "  rules    {}", ready.playbooks.1)?;
    if let Some(link) = &ready.set_up {
        writeln!(out, "  set up   {link}\n           (once, within an hour; staff can do nothing before)")?;
    }
    Ok(writeln!(out, "\nCtrl-C stops it; `holdfast doctor` says whether it may face the internet.")?)
}

/// Has the playbooks read again at every SIGHUP.
fn pass_on(mut hang_up: Signal, reload: Arc<Notify>) {
    #[expect(clippy::disallowed_methods, reason = "it holds nothing that a stop would have to wait for")]
    tokio::spawn(async move {
        while hang_up.recv().await.is_some() {
            reload.notify_one();
        }
    });
}

/// The stop signal: SIGINT or SIGTERM.
pub fn stop_signal() -> anyhow::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let cancel = stop.clone();
    #[expect(
        clippy::disallowed_methods,
        reason = "it waits for the signal that ends everything else, and is never waited for"
    )]
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        cancel.cancel();
    });
    Ok(stop)
}
