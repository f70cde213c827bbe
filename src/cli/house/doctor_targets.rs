//! What `holdfast doctor` says of targets: whether each can work, and whether anybody is told when it matters.

use std::sync::Arc;

use super::doctor::{Findings, Weight};
use super::notify::plain;
use crate::config::Config;
use crate::outbox::Outbox;
use crate::outbox::guard::SystemResolver;
use crate::respond::Respond;

/// What the settings say of each target, and whether it can be reached.
pub async fn settings(config: &Config, findings: &mut Findings) {
    if config.target.iter().all(|target| target.alarms == 0) {
        findings.add(
            Weight::Note,
            "no target for alarms: nobody is told outside of the console when a grave case waits; add a [[target]] with alarms",
        );
    }
    let (templates, faults) = config.templates();
    if templates.count() > 0 {
        findings.add(Weight::Good, format!("{} wordings of your own for alarms and mails", templates.count()));
    }
    for fault in faults {
        findings.add(Weight::Mind, format!("{fault}; the built-in words are used"));
    }
    for target in &config.target {
        let name = &target.name;
        let channel = match target.channel(config) {
            Ok(channel) => channel,
            Err(fault) => {
                findings.add(Weight::Broken, format!("{fault:#}"));
                continue;
            }
        };
        let made = Outbox::new(Vec::new(), vec![channel], Arc::new(SystemResolver));
        let reached = match &made {
            Ok(outbox) => match outbox.channel(name) {
                Some(channel) => channel.reach(outbox.caller()).await,
                None => Ok(()),
            },
            Err(_) => Err("certificate"),
        };
        match reached {
            Ok(()) => findings.add(
                Weight::Good,
                format!("target {name}: can be reached; `holdfast notify try {name} --send` sends a trial"),
            ),
            Err(word) => findings.add(Weight::Broken, format!("target {name}: {}", plain(word))),
        }
    }
}

/// Letters that were given up.
pub async fn letters(respond: &Respond, findings: &mut Findings) -> crate::store::Result<()> {
    let count = respond.dead_letters().await?.len();
    if count > 0 {
        findings.add(
            Weight::Mind,
            format!("{count} letters did not arrive: see /staff/outbox, mend what stood in the way, send them again"),
        );
    }
    Ok(())
}
