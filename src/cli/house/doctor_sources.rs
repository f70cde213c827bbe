//! What `holdfast doctor` says of alert sources: how they are set up, and how they have been sending.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::doctor::{Findings, Weight};
use crate::config::{Config, Endpoint};
use crate::intake::Endpoints;
use crate::intake::verify::Scheme;
use crate::respond::Respond;

/// Beyond this a clock that signs is soon refused.
const SKEW: i64 = 60_000;

/// What the settings say of each source.
pub fn settings(config: &Config, endpoints: &Endpoints, findings: &mut Findings) {
    let mut secrets: BTreeMap<String, &str> = BTreeMap::new();
    for endpoint in &config.endpoint {
        let name = &endpoint.name;
        if endpoint.set_up {
            findings.add(
                Weight::Mind,
                format!("source {name}: set_up is on, so anybody's set-up requests are answered; take it out once alerts come in"),
            );
        }
        if endpoint.orders {
            findings.add(
                Weight::Note,
                format!("source {name}: orders is on, so its signed alerts alone may hold withdrawals for an hour; /staff/review lists each"),
            );
        }
        if endpoint.previous_secret_file.is_some() || endpoint.previous_secret_env.is_some() {
            findings.add(
                Weight::Note,
                format!("source {name}: its previous secret still counts; take it out once the sender uses the new one, within three days"),
            );
        }
        for file in [&endpoint.secret_file, &endpoint.previous_secret_file].into_iter().flatten() {
            if readable_by_others(file) {
                findings.add(
                    Weight::Mind,
                    format!("source {name}: others can read its secret; run chmod 600 {}", file.display()),
                );
            }
        }
        // Two sources under one secret can pass for each other.
        for secret in endpoint.secrets().unwrap_or_default() {
            if let Some(other) = secrets.insert(hex::encode(digest(&secret)), name).filter(|other| *other != name) {
                findings.add(
                    Weight::Mind,
                    format!("sources {other} and {name} share a secret: whoever has one can send as the other; give each its own"),
                );
            }
        }
        if let Some(weak) = endpoints.get(name).and_then(|made| weakness(made.mapping.auth(), endpoint)) {
            findings.add(Weight::Note, format!("source {name}: {weak}"));
        }
    }
}

fn digest(secret: &str) -> Vec<u8> {
    ring::digest::digest(&ring::digest::SHA256, secret.as_bytes()).as_ref().to_vec()
}

fn readable_by_others(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|about| about.mode() & 0o077 != 0)
}

/// What a scheme leaves open, in words; nothing when it signs the body.
fn weakness(scheme: &Scheme, endpoint: &Endpoint) -> Option<&'static str> {
    if endpoint.auth.is_some() {
        return None;
    }
    match scheme {
        Scheme::None {} => Some("known by its network alone; its alerts open incidents and never trigger orders"),
        Scheme::StaticHeader { .. } | Scheme::Bearer {} | Scheme::Basic {} | Scheme::BodyCredential { .. }
            if endpoint.allow.is_empty() =>
        {
            Some(
                "proves itself by a fixed secret alone; add allow = [\"its network\"], so that a leaked secret is not enough",
            )
        }
        Scheme::BodyMembers { .. } => Some("its signature does not cover the event; add allow = [\"its network\"]"),
        Scheme::StandardWebhooks { .. }
        | Scheme::HmacSha256(_)
        | Scheme::HmacSha1(_)
        | Scheme::Keccak256Suffix { .. }
        | Scheme::StaticHeader { .. }
        | Scheme::Bearer {}
        | Scheme::Basic {}
        | Scheme::Twilio {}
        | Scheme::BodyCredential { .. }
        | Scheme::EcdsaP256 { .. }
        | Scheme::AwsSns { .. }
        | Scheme::JwtBodyDigest {} => None,
    }
}

/// How fetching the lists of what is known to be bad goes.
pub async fn lists(config: &Config, respond: &Respond, findings: &mut Findings) -> crate::store::Result<()> {
    let states = respond.fetched_lists().await?;
    for list in &config.known_bad {
        let name = &list.name;
        let (weight, told) = match states.get(name) {
            None => (Weight::Note, "it was not fetched yet".to_owned()),
            Some(state) => match (state.held, state.word.as_str()) {
                (Some((was, would)), _) => (
                    Weight::Mind,
                    format!(
                        "it would have {would} entries instead of {was} and was not taken over; look at it, then `holdfast known-bad fetch {name} --accept`"
                    ),
                ),
                (None, "") => (Weight::Good, format!("fetched at {}", state.checked)),
                (None, word) => (Weight::Mind, format!("{}; the one before stays", crate::app::lists::plain(word))),
            },
        };
        findings.add(weight, format!("known-bad list {name}: {told}"));
    }
    Ok(())
}

/// How the sources have been sending.
pub async fn sending(config: &Config, respond: &Respond, findings: &mut Findings) -> crate::store::Result<()> {
    let pulses = respond.pulses().await?;
    for Endpoint { name, .. } in &config.endpoint {
        let Some(pulse) = pulses.get(name).filter(|pulse| pulse.last_seen.is_some()) else {
            findings.add(
                Weight::Note,
                format!("source {name}: nothing ever came that proved itself; send a test alert, and see /staff/sources for refusals"),
            );
            continue;
        };
        if let Some(since) = pulse.silent_since {
            findings.add(
                Weight::Mind,
                format!(
                    "source {name}: silent since {since}, longer than is usual for it; ask whether it still sends here"
                ),
            );
        }
        if let Some(skew) = pulse.clock_skew_ms.filter(|skew| skew.abs() > SKEW) {
            let off = skew.abs() / 1_000;
            let way = if skew > 0 { "behind" } else { "ahead" };
            findings.add(
                Weight::Mind,
                format!("source {name}: its clock is {off} seconds {way}; beyond five minutes its alerts are refused"),
            );
        }
        if pulse.last_day.conflicts > 0 {
            findings.add(
                Weight::Mind,
                format!("source {name}: {} deliveries of the last day came under a known id with another body; it may number them wrongly, or somebody replays", pulse.last_day.conflicts),
            );
        }
        if pulse.last_day.unmapped > 0 {
            findings.add(
                Weight::Mind,
                format!("source {name}: {} deliveries of the last day could not be read; see /staff/sources/{name}, then `holdfast source try`", pulse.last_day.unmapped),
            );
        }
    }
    Ok(())
}
