//! One delivery of a source, from raw bytes to an arrival.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use ring::digest::{SHA256, digest};

use super::mapping::{self, Batch, Effect, Mapping, Resolve};
use super::verify::{Delivery, Refused, Secret, Strength, Verifier, refuse_in_the_same_time};
use crate::phrase::{scrub_bytes, scrub_list};
use crate::playbook::Set;
use crate::respond::{AlertArrival, Candidate, Incoming, Unreadable};
use crate::signal::Origin;
use crate::text;
use crate::time::Timestamp;

/// A configured source of alerts.
pub struct Endpoint {
    pub name: String,
    pub mapping: Mapping,
    verifier: Verifier,
}

/// Every configured source, by the name in its address.
#[derive(Default)]
pub struct Endpoints(BTreeMap<String, Endpoint>);

/// A request as it came.
pub struct Request<'a> {
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    pub now: Timestamp,
}

/// Why a delivery is not taken in. The sender is told one thing for all but the size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    UnknownEndpoint,
    Refused(Refused),
    TooLarge,
}

impl NotTaken {
    /// The word for counters.
    pub fn label(self) -> &'static str {
        match self {
            Self::UnknownEndpoint => "unknown-endpoint",
            Self::Refused(refused) => refused.label(),
            Self::TooLarge => "too-large",
        }
    }
}

impl Endpoint {
    /// An endpoint with one or two live secrets; a secret that does not fit the scheme is a fault of the configuration.
    pub fn new(name: &str, mapping: Mapping, secrets: &[Secret]) -> Result<Self, super::verify::Fault> {
        let verifier = Verifier::new(mapping.auth(), secrets)?;
        Ok(Self { name: name.to_owned(), mapping, verifier })
    }

    /// Verifies the raw bytes before anything else looks at them, then reads them.
    pub fn receive(&self, request: &Request<'_>, set: &Set) -> Result<AlertArrival, NotTaken> {
        let delivery = Delivery { headers: request.headers, body: request.body, now_ms: request.now.millis() };
        let verified = self.verifier.verify(&delivery).map_err(NotTaken::Refused)?;
        let reliability = match verified.strength {
            Strength::Signed => set.policy.reliability.signed,
            Strength::SignedWithoutTime => set.policy.reliability.signed_without_time,
            Strength::StaticSecret => set.policy.reliability.static_secret,
        };
        let mut arrival = AlertArrival {
            endpoint: self.name.clone(),
            origin: Origin { endpoint: self.name.clone(), verified: true, reliability },
            delivery: verified.id,
            body: hex::encode(digest(&SHA256, request.body)),
            events: Vec::new(),
            ignored: 0,
            unreadable: None,
            scrubbed: Vec::new(),
        };
        match self.mapping.apply(request.headers, request.body, request.now) {
            Ok(mut batch) => {
                batch.scrub(set.raw_paths());
                arrival.read(batch, request.now);
            }
            Err(undecodable) => {
                if undecodable.is_over_limit() {
                    return Err(NotTaken::TooLarge);
                }
                let body = scrub_bytes(request.body);
                arrival.scrubbed.clone_from(&body);
                arrival.unreadable = Some(Unreadable { reason: undecodable.to_string(), body });
            }
        }
        Ok(arrival)
    }
}

impl AlertArrival {
    /// Takes over a scrubbed batch.
    fn read(&mut self, batch: Batch, now: Timestamp) {
        self.scrubbed = serde_json::to_vec(&batch.redacted).expect("JSON prints");
        self.ignored = batch.ignored.len();
        if batch.is_unmapped() {
            self.unreadable =
                Some(Unreadable { reason: "nothing in it fits the mapping".to_owned(), body: self.scrubbed.clone() });
        }
        self.events = batch.events.into_iter().map(|event| incoming(event, now)).collect();
    }
}

/// Characters of one value that a sender may bring into a signal.
const VALUE_LIMIT: usize = 8_192;

fn incoming(event: mapping::Event, now: Timestamp) -> Incoming {
    let mut facts = event.facts;
    let mut secrets = Vec::new();
    for list in facts.lists_mut() {
        secrets.extend(scrub_list(list));
    }
    for value in facts.values_mut() {
        *value = text::clean(value, VALUE_LIMIT).unwrap_or_else(|_| "[left out: too long or not text]".to_owned());
    }
    for secret in secrets {
        facts.add("secret", secret.word());
    }
    if event.effect == Effect::Close && facts.first("kind") == Some("monitoring.alert") {
        facts.set("kind", "monitoring.resolved");
    }
    if event.effect == Effect::Retract {
        facts.set("removed", "true");
    }
    let candidates = event.subject.into_iter().map(named).collect();
    let at = facts.first("time").and_then(|time| time.parse().ok()).unwrap_or(now);
    Incoming { at, candidates, key: event.key, thread: event.incident_key, facts }
}

fn named(candidate: mapping::Candidate) -> Candidate {
    match candidate.resolve {
        Resolve::Identity => {
            Candidate { space: "identity", field: candidate.field, value: candidate.value.to_lowercase() }
        }
        Resolve::Wallet => Candidate { space: "wallet", field: candidate.field, value: candidate.value },
        Resolve::Device => Candidate { space: "device", field: candidate.field, value: candidate.value },
    }
}

impl Endpoints {
    pub fn new(endpoints: impl IntoIterator<Item = Endpoint>) -> Self {
        Self(endpoints.into_iter().map(|endpoint| (endpoint.name.clone(), endpoint)).collect())
    }

    pub fn get(&self, name: &str) -> Option<&Endpoint> {
        self.0.get(name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Endpoint> {
        self.0.values()
    }

    /// Reads a delivery for a named endpoint; an unknown one costs the same time as a bad signature.
    pub fn receive(&self, name: &str, request: &Request<'_>, set: &Set) -> Result<AlertArrival, NotTaken> {
        let Some(endpoint) = self.get(name) else {
            refuse_in_the_same_time(request.body);
            return Err(NotTaken::UnknownEndpoint);
        };
        endpoint.receive(request, set)
    }
}
