//! What `holdfast doctor` says of streams: whether each can be reached, what waits there, what its consumer would lose.

use super::doctor::{Findings, Weight};
use crate::app::streams;
use crate::config::Config;
use crate::intake::stream::plain;
use crate::intake::verify::Strength;

/// Looks at every stream without taking anything.
pub async fn settings(config: &Config, findings: &mut Findings) {
    for stream in &config.stream {
        let name = &stream.name;
        let consumers = match streams::consumers(config, |other| other.name == *name) {
            Ok(consumers) => consumers,
            Err(fault) => {
                findings.add(Weight::Broken, format!("{fault:#}"));
                continue;
            }
        };
        for consumer in consumers {
            match consumer.glimpse().await {
                Ok(glimpse) => {
                    let (waiting, unanswered) = (glimpse.waiting, glimpse.unanswered);
                    findings.add(
                        Weight::Good,
                        format!("stream {name}: can be reached; {waiting} messages wait, {unanswered} are under way"),
                    );
                    for mend in glimpse.mend {
                        findings.add(Weight::Mind, format!("stream {name}: {mend}"));
                    }
                }
                Err(word) => findings.add(Weight::Broken, format!("stream {name}: {}", plain(word))),
            }
            if consumer.strength() == Strength::Network {
                findings.add(
                    Weight::Note,
                    format!("stream {name}: no login; its alerts open incidents and never trigger orders, and whoever reaches the server can send them"),
                );
            }
        }
        if stream.apart && config.database.is_empty() {
            findings.add(
                Weight::Mind,
                format!("stream {name}: apart is on, and on the embedded database `holdfast consume` cannot run beside `holdfast serve`; take it out"),
            );
        }
    }
}
