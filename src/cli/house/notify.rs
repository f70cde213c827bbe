//! `holdfast notify try`: what would leave for a target, whether it can be reached, and on request a trial.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::anyhow;

use super::{settings, wordings};
use crate::cli::notify::{NotifyCommand, TryArguments};
use crate::id::{Id, Random};
use crate::outbox::Outbox;
use crate::outbox::channel::Sent;
use crate::outbox::guard::SystemResolver;
use crate::outside::{SystemClock, SystemRandom};
use crate::respond::Matter;
use crate::respond::alarms::{AlarmWords, Cause, Stage};
use crate::respond::orders::Returned;
use crate::time::{Clock, Timestamp};

/// Runs a notify command; the exit code is 1 when the target cannot be reached or did not take the trial.
pub async fn run(command: NotifyCommand) -> anyhow::Result<ExitCode> {
    let TryArguments { target: name, send, store } = match command {
        NotifyCommand::Try(arguments) => arguments,
        NotifyCommand::Check(store) => return wordings::check(&settings(&store.into())?),
        NotifyCommand::Show(arguments) => return wordings::show(arguments),
    };
    let config = settings(&store.into())?;
    let known: Vec<&str> = config.target.iter().map(|target| target.name.as_str()).collect();
    let target = config.target.iter().find(|target| target.name == name);
    let target = target.ok_or_else(|| anyhow!("{}", crate::playbook::unknown("target", &name, &known)))?;
    let outbox = Outbox::new(Vec::new(), vec![target.channel(&config)?], Arc::new(SystemResolver))?;
    let channel = outbox.channel(&name).ok_or_else(|| anyhow!("target {name:?} is gone"))?;
    let (now, random) = (SystemClock.now(), SystemRandom::default());
    let matter = Matter::Alarm(Box::new(trial(&config.public_url(config.listen), (now, &random))));
    let key = format!("trial_{}", Id::<crate::id::of::Posted>::new(now, &random));
    let sent = Sent { matter: &matter, key: &key, now };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}\n", channel.shown(&sent))?;
    if let Err(word) = channel.reach(outbox.caller()).await {
        writeln!(out, "{name} cannot be reached: {}", plain(word))?;
        return Ok(ExitCode::from(1));
    }
    if !send {
        writeln!(out, "{name} can be reached. Nothing was sent; --send sends it as a trial.")?;
        return Ok(ExitCode::SUCCESS);
    }
    match channel.send(outbox.caller(), sent).await {
        Returned::Taken | Returned::Said(_) => {
            writeln!(out, "{name} took it.")?;
            Ok(ExitCode::SUCCESS)
        }
        Returned::Unreached(word) | Returned::Silence(word) | Returned::Unwanted(word) => {
            writeln!(out, "{name} did not take it: {}", plain(word))?;
            Ok(ExitCode::from(1))
        }
    }
}

/// An alarm about nothing.
pub(super) fn trial(public_url: &str, (now, random): (Timestamp, &dyn Random)) -> AlarmWords {
    AlarmWords {
        id: Id::new(now, random),
        stage: Stage::Raised,
        cause: Cause::Waits,
        level: 5,
        many: 1,
        reference: "TRIAL".to_owned(),
        kind: None,
        since: now,
        waited_minutes: 0,
        link: format!("{public_url}/staff"),
    }
}

/// What a word of the outbox means for whoever mends it.
pub(super) fn plain(word: &str) -> &str {
    match word {
        "guard" => "its name leads to an address that is not allowed; list its network in `networks` if it is yours",
        "no-address" => "its name has no address: a typing error, or the name server does not answer",
        "no-connection" => "nothing answers there: wrong port, a firewall, or it is down",
        "no-starttls" => "it offers no STARTTLS: use smtps://, or plain = true on your own network",
        "no-tls" | "certificate" => {
            "its certificate is not to be trusted: wrong name, out of date, or needs authority_file"
        }
        "not-let-in" => "it does not let us in: wrong address, secret, chat, password or signature",
        "refused" => "it refuses the letter",
        "late" => "it did not answer within ten seconds",
        "redirect" => "it points somewhere else; put the right address into url",
        "busy" => "it asks to come back later",
        other => other,
    }
}
