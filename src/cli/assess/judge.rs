//! The judgement of one report or alert on its own, as the road would make it, with nothing kept.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::cli::words::word;
use crate::guidance::{self, Guidance, Notice};
use crate::id::{Id, Random};
use crate::intake::mapping::{Effect, Event, Mapping, Trouble, Undecodable};
use crate::intake::reliability;
use crate::intake::verify::Strength;
use crate::phrase::{Secret, scrub};
use crate::playbook::{Kind, Set};
use crate::queue;
use crate::scoring::{Assessment, Case, Line, Standing, assess};
use crate::signal::{BadField, Origin, PROOF, Report, Signal};
use crate::text::{self, Language};
use crate::time::Timestamp;

/// Characters of one value that a sender may bring into a signal.
const VALUE_LIMIT: usize = 8_192;

/// What every judgement of a run shares.
pub struct Desk {
    pub set: Set,
    /// The language asked for; a report is else answered in its own.
    pub language: Option<Language>,
    pub now: Timestamp,
}

/// One judgement with everything there is to say of it.
pub struct Judged {
    pub language: Language,
    pub signals: Vec<Signal>,
    pub assessment: Assessment,
    pub guidance: Guidance,
    pub notices: Vec<Notice>,
}

/// What a delivery comes to: a judgement for each subject, the most urgent first, and what else there was in it.
pub struct Heard {
    pub judged: Vec<Judged>,
    pub ignored: Vec<String>,
    pub troubles: Vec<Trouble>,
}

/// One delivery of a source.
pub struct Delivery<'a> {
    pub mapping: &'a Mapping,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

impl Desk {
    pub fn report(&self, report: &Report) -> Result<Judged, Vec<BadField>> {
        let reading = report.read(self.language.unwrap_or(Language::En))?;
        let origin =
            Origin { endpoint: "report".to_owned(), verified: false, reliability: self.set.policy.reliability.report };
        let signal = Signal {
            id: Id::new(Timestamp::from_millis(0), &Counting::default()),
            origin,
            at: self.now,
            received: self.now,
            facts: reading.facts,
        };
        let language = self.language.unwrap_or(reading.language);
        Ok(self.judge(vec![signal], &reading.answers, &reading.secrets, language))
    }

    /// Takes the delivery as verified: its evidence counts as far as the scheme of its source can prove.
    pub fn alert(&self, delivery: &Delivery<'_>) -> Result<Heard, Undecodable> {
        let mut batch = delivery.mapping.apply(delivery.headers, delivery.body, self.now)?;
        batch.scrub(self.set.raw_paths());
        let strength = delivery.mapping.auth().strength();
        let origin = Origin {
            endpoint: delivery.mapping.source().to_owned(),
            verified: strength > Strength::Network,
            reliability: reliability(&self.set.policy, strength),
        };
        let mut secrets = Vec::new();
        let chance = Counting::default();
        let mut by_subject: BTreeMap<String, Vec<Signal>> = BTreeMap::new();
        for event in batch.events {
            let subject = subject_of(&event);
            let mut signal = self.signal(event, &origin, &chance, &mut secrets);
            signal.facts.set(PROOF, strength.word());
            by_subject.entry(subject).or_default().push(signal);
        }
        let language = self.language.unwrap_or(Language::En);
        let mut judged: Vec<Judged> =
            by_subject.into_values().map(|signals| self.judge(signals, &BTreeMap::new(), &secrets, language)).collect();
        judged.sort_by_key(|judged| queue::place(judged.assessment.class, self.now, judged.assessment.head_start));
        Ok(Heard { judged, ignored: batch.ignored, troubles: batch.troubles })
    }

    /// An event as the road takes it in: every value scrubbed and cleaned, the sender's closing or withdrawing told in the facts.
    fn signal(&self, event: Event, origin: &Origin, chance: &Counting, secrets: &mut Vec<Secret>) -> Signal {
        let mut facts = event.facts;
        let mut own = Vec::new();
        for value in facts.values_mut() {
            let scrubbed = scrubbed(value, &mut own);
            *value =
                text::clean(&scrubbed, VALUE_LIMIT).unwrap_or_else(|_| "[left out: too long or not text]".to_owned());
        }
        for secret in &own {
            facts.add("secret", word(secret));
        }
        secrets.append(&mut own);
        if event.effect == Effect::Close && facts.first("kind") == Some("monitoring.alert") {
            facts.set("kind", "monitoring.resolved");
        }
        if event.effect == Effect::Retract {
            facts.set("removed", "true");
        }
        let at = facts.first("time").and_then(|time| time.parse().ok()).unwrap_or(self.now);
        Signal { id: Id::new(Timestamp::from_millis(0), chance), origin: origin.clone(), at, received: self.now, facts }
    }

    fn judge(
        &self,
        signals: Vec<Signal>,
        answers: &BTreeMap<String, String>,
        secrets: &[Secret],
        language: Language,
    ) -> Judged {
        let assessment = assess(&self.set, &Case { signals: &signals, answers });
        let guidance = guidance::for_person(self.lead(&assessment), language, answers, &BTreeMap::new());
        let notices = guidance::for_secrets(secrets, language).into_iter().collect();
        Judged { language, signals, assessment, guidance, notices }
    }

    /// The leading playbook.
    pub fn lead(&self, assessment: &Assessment) -> &Kind {
        self.set.kind(&assessment.lead).unwrap_or(&self.set.kinds[0])
    }

    /// The leading playbook's standing; one that nothing speaks for stands at its prior.
    pub fn lead_standing(&self, assessment: &Assessment) -> Standing {
        assessment.lead_standing().cloned().unwrap_or_else(|| {
            let kind = self.lead(assessment);
            Standing {
                kind: kind.id.clone(),
                class: kind.class,
                log_odds: kind.prior,
                chance: assessment.chance,
                acts: kind.prior >= kind.act_at,
                lines: vec![Line::Prior { points: kind.prior }],
            }
        })
    }
}

/// Who the event is about, as far as it says: without known accounts the likeliest name stands for the person.
fn subject_of(event: &Event) -> String {
    match (event.subject.first(), &event.incident_key) {
        (Some(candidate), _) => format!("{:?} {}", candidate.resolve, candidate.value),
        (None, Some(key)) => format!("thread {key}"),
        (None, None) => format!("event {}", event.key),
    }
}

fn scrubbed(text: &str, secrets: &mut Vec<Secret>) -> String {
    let scrubbed = scrub(text);
    for removed in scrubbed.removed {
        if !secrets.contains(&removed.secret) {
            secrets.push(removed.secret);
        }
    }
    scrubbed.text
}

/// Headers as `Name: value`.
pub fn headers<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name.trim()), HeaderValue::try_from(value.trim())) else {
            return Err(format!("`{name}` is not a header"));
        };
        headers.append(name, value);
    }
    Ok(headers)
}

/// Headers from the command line.
pub fn given_headers(given: &[String]) -> anyhow::Result<HeaderMap> {
    let pairs: Option<Vec<(&str, &str)>> = given.iter().map(|header| header.split_once(':')).collect();
    let pairs = pairs.ok_or_else(|| anyhow::anyhow!("a header is written `Name: value`"))?;
    headers(pairs.into_iter()).map_err(anyhow::Error::msg)
}

/// Identifiers here only keep signals apart, and the same input gives the same output.
#[derive(Default)]
struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}
