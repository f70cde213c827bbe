//! One delivery of a source, from raw bytes to an arrival.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::net::IpAddr;
use std::sync::Arc;

use axum::http::HeaderMap;
use ring::digest::{SHA256, digest};

use super::mapping::{self, Batch, Effect, Mapping, Resolve};
use super::verify::{Bounds, Delivery, Refused, Scheme, Strength, Verifier, refuse_in_the_same_time};
use crate::phrase::{scrub_bytes, scrub_list};
use crate::playbook::{Policy, Set};
use crate::respond::{AlertArrival, Candidate, Incoming, Unreadable};
use crate::signal::{Decimal, Origin, PROOF};
use crate::text;
use crate::time::{Span, Timestamp};

/// A configured source of alerts.
pub struct Endpoint {
    pub name: String,
    pub mapping: Mapping,
    /// Whether an operator is connecting it: only then set-up requests are answered.
    pub set_up: bool,
    /// The longest silence before somebody should look; its own habit decides when this is not set.
    pub silent_after: Option<Span>,
    /// Whether what people write through it is taken as reports.
    pub reports: bool,
    /// What it may say at most.
    pub bounds: Say,
    /// Whether its alerts alone may bring about an order.
    pub orders: bool,
    /// Nothing for a source that comes by a stream alone: no delivery proves itself to it.
    verifier: Option<(Verifier, Strength)>,
}

/// What a source may say at most (HK-10).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Say {
    /// The severities that count, the least first; empty: any.
    pub severities: Vec<String>,
    /// Kinds, or beginnings of them; empty: any.
    pub kinds: Vec<String>,
    /// Whether its alerts stay with incidents of its own.
    pub apart: bool,
    /// Whether a tenth of intake is kept free for sources like it.
    pub critical: bool,
}

impl Say {
    /// Holds an event to what its source may say.
    fn hold(&self, incoming: &mut Incoming, endpoint: &str) {
        let facts = &mut incoming.facts;
        if let Some(highest) = self.severities.last()
            && facts.first("severity").is_some_and(|said| !self.severities.iter().any(|within| within == said))
        {
            facts.set("severity", highest.clone());
        }
        let kind = facts.first("kind").unwrap_or_default().to_owned();
        if !self.kinds.is_empty() && !self.kinds.iter().any(|may| kind.starts_with(may.as_str())) {
            facts.set("kind", "unclassified");
            if !facts.has("event") {
                facts.set("event", kind);
            }
        }
        if self.apart {
            for candidate in &mut incoming.candidates {
                // A name that no other source can give.
                candidate.value = format!("{endpoint}\u{1f}{}", candidate.value);
            }
        }
    }
}

/// Every configured source, by the name in its address; clones share them.
#[derive(Clone, Default)]
pub struct Endpoints(Arc<BTreeMap<String, Endpoint>>);

/// A message of a stream.
pub struct Streamed<'a> {
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// The same however often it comes.
    pub id: String,
    /// What the way it came by proves.
    pub strength: Strength,
    pub now: Timestamp,
}

/// A request as it came.
pub struct Request<'a> {
    /// The whole address, as the outside knows it.
    pub url: &'a str,
    /// Who sent it, when that is known.
    pub client: Option<IpAddr>,
    /// Whether the body is packed with gzip.
    pub gzip: bool,
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
    /// An endpoint whose sender proves itself by a scheme; what does not fit it is a fault of the configuration.
    pub fn new(
        name: &str,
        mapping: Mapping,
        (scheme, bounds): (&Scheme, Bounds<'_>),
    ) -> Result<Self, super::verify::Fault> {
        let verifier = Verifier::bound(scheme, bounds)?;
        Ok(Self { verifier: Some((verifier, scheme.strength())), ..Self::closed(name, mapping) })
    }

    /// One that a stream feeds and nobody sends to.
    pub fn closed(name: &str, mapping: Mapping) -> Self {
        Self {
            name: name.to_owned(),
            mapping,
            set_up: false,
            silent_after: None,
            reports: false,
            bounds: Say::default(),
            orders: false,
            verifier: None,
        }
    }

    /// Whether its sender signs what a delivery says.
    pub fn signs_words(&self) -> bool {
        self.verifier.as_ref().is_some_and(|(_, strength)| strength.may_order())
    }

    /// Verifies the raw bytes before anything else looks at them, then reads them.
    pub fn receive(&self, request: &Request<'_>, set: &Set) -> Result<AlertArrival, NotTaken> {
        let Some((verifier, _)) = &self.verifier else {
            refuse_in_the_same_time(request.body);
            return Err(NotTaken::UnknownEndpoint);
        };
        let unpacked = if request.gzip { Some(self.unpack(request.body)?) } else { None };
        let body = unpacked.as_deref().unwrap_or(request.body);
        let delivery = Delivery {
            url: request.url,
            client: request.client,
            headers: request.headers,
            body,
            now_ms: request.now.millis(),
        };
        let proved = verifier.verify(&delivery).map_err(NotTaken::Refused)?;
        let skew = proved.signed_at.map(|at| request.now.millis().saturating_sub(at));
        let proved = (proved.id, proved.strength);
        // What comes by a stream or is brought in by hand never gets here, and orders nothing.
        let orders = self.orders && proved.1.may_order();
        let arrival = self.take((request.headers, body), (proved, request.now), set)?;
        Ok(AlertArrival { orders, skew, ..arrival })
    }

    /// A body that an operator brings in by hand, under an id of its own; nothing when it is over a limit. It proves as much
    /// as a fixed secret would.
    pub fn import(&self, body: &[u8], (id, now): (String, Timestamp), set: &Set) -> Option<AlertArrival> {
        let proved = (Some(id), Strength::StaticSecret);
        self.take((&HeaderMap::new(), body), (proved, now), set).ok()
    }

    /// Reads a message of a stream. Nothing is refused, for nobody would hear it: what is over a limit cannot be read either,
    /// and its beginning is kept.
    pub fn streamed(&self, message: Streamed<'_>, set: &Set) -> AlertArrival {
        let Streamed { headers, body, id, strength, now } = message;
        let packed = headers.get("content-encoding").is_some_and(|how| how.as_bytes().eq_ignore_ascii_case(b"gzip"));
        let unpacked = if packed { self.unpack(body).ok() } else { None };
        let proved = ((Some(id), strength), now);
        let taken = self.take((headers, unpacked.as_deref().unwrap_or(body)), proved.clone(), set);
        taken.unwrap_or_else(|_| {
            let mut arrival = self.arrival(proved.0, (body, set));
            // A secret may lie across the end of what is looked at, but hardly across what is kept of it.
            let mut begins = scrub_bytes(&body[..body.len().min(4 * BEGINNING)]);
            begins.truncate(BEGINNING);
            let reason = format!("over a limit of the mapping, with {} bytes; its beginning is kept", body.len());
            arrival.scrubbed.clone_from(&begins);
            arrival.unreadable = Some(Unreadable { reason, body: begins });
            arrival
        })
    }

    /// An arrival in which nothing was read so far.
    fn arrival(&self, (delivery, strength): (Option<String>, Strength), (body, set): (&[u8], &Set)) -> AlertArrival {
        let origin = Origin {
            endpoint: self.name.clone(),
            verified: strength > Strength::Network,
            reliability: reliability(&set.policy, strength),
        };
        AlertArrival {
            endpoint: self.name.clone(),
            origin,
            delivery,
            body: hex::encode(digest(&SHA256, body)),
            events: Vec::new(),
            ignored: 0,
            unreadable: None,
            scrubbed: Vec::new(),
            critical: self.bounds.critical,
            orders: false,
            skew: None,
        }
    }

    /// Reads a body that is known for what it is.
    fn take(
        &self,
        (headers, body): (&HeaderMap, &[u8]),
        ((delivery, strength), now): ((Option<String>, Strength), Timestamp),
        set: &Set,
    ) -> Result<AlertArrival, NotTaken> {
        let mut arrival = self.arrival((delivery, strength), (body, set));
        match self.mapping.apply(headers, body, now) {
            Ok(mut batch) => {
                batch.scrub(set.raw_paths());
                arrival.read(batch, (now, strength));
                for event in &mut arrival.events {
                    self.bounds.hold(event, &self.name);
                }
            }
            Err(undecodable) => {
                if undecodable.is_over_limit() {
                    return Err(NotTaken::TooLarge);
                }
                let body = scrub_bytes(body);
                arrival.scrubbed.clone_from(&body);
                arrival.unreadable = Some(Unreadable { reason: undecodable.to_string(), body });
            }
        }
        Ok(arrival)
    }

    /// The body before it was packed, when the source may pack its bodies.
    fn unpack(&self, packed: &[u8]) -> Result<Vec<u8>, NotTaken> {
        let transport = self.mapping.transport();
        if !transport.gzip {
            refuse_in_the_same_time(packed);
            return Err(NotTaken::Refused(Refused::Malformed));
        }
        let mut body = Vec::new();
        let most = u64::try_from(transport.max_bytes).unwrap_or(u64::MAX).saturating_add(1);
        let unpacked = flate2::read::GzDecoder::new(packed).take(most).read_to_end(&mut body);
        if unpacked.is_err() {
            return Err(NotTaken::Refused(Refused::Malformed));
        }
        if body.len() > transport.max_bytes {
            return Err(NotTaken::TooLarge);
        }
        Ok(body)
    }
}

/// Thousandths by which the weights of such evidence are multiplied.
pub fn reliability(policy: &Policy, strength: Strength) -> u16 {
    match strength {
        Strength::Signed => policy.reliability.signed,
        Strength::SignedWithoutTime => policy.reliability.signed_without_time,
        Strength::SignedInPart | Strength::StaticSecret => policy.reliability.static_secret,
        Strength::Network => policy.reliability.report.min(policy.reliability.static_secret),
    }
}

impl AlertArrival {
    /// Takes over a scrubbed batch.
    fn read(&mut self, batch: Batch, (now, strength): (Timestamp, Strength)) {
        self.scrubbed = serde_json::to_vec(&batch.redacted).expect("JSON prints");
        self.ignored = batch.ignored.len();
        if batch.is_unmapped() {
            self.unreadable =
                Some(Unreadable { reason: "nothing in it fits the mapping".to_owned(), body: self.scrubbed.clone() });
        }
        self.events = batch.events.into_iter().map(|event| incoming(event, (now, strength))).collect();
    }
}

/// Bytes that are kept of a message over a limit.
const BEGINNING: usize = 64 * 1024;
/// Characters of one value that a sender may bring into a signal.
const VALUE_LIMIT: usize = 8_192;

fn incoming(event: mapping::Event, (now, strength): (Timestamp, Strength)) -> Incoming {
    let mut facts = event.facts;
    facts.set(PROOF, strength.word());
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
    let sums = facts.get("usd").iter().filter_map(|sum| Some(sum.parse::<Decimal>().ok()?.hundredths()));
    if let Some(cents) = sums.reduce(i64::saturating_add) {
        facts.set("usd-cents", cents.to_string());
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
        Self(Arc::new(endpoints.into_iter().map(|endpoint| (endpoint.name.clone(), endpoint)).collect()))
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
