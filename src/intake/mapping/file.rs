//! A source file as it is written, and its check as a whole. Unknown members are refused.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::condition::Condition;
use super::effect::{self, Effects, Key};
use super::fault::{Fault, Flaw};
use super::field::{self, Field};
use super::handshake::{self, Handshake};
use super::json::Limits;
use super::kind::{self, Kind};
use super::place::Place;
use super::redact::Redaction;
use super::sample::{self, Sample};
use super::severity::{self, Severity};
use super::shape::{OneOrMany, WordOr};
use super::subject::{self, Subject};
use super::unwrap::{self, Step};
use super::{About, Each, Ignore, Mapping, Transport};
use crate::intake::verify::Scheme;
use crate::playbook::matcher::Match;
use crate::signal::Vocabulary;

/// What a sender gets for a delivery that is stored.
const ACCEPTED: u16 = 202;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    source: Spanned<String>,
    about: Spanned<About>,
    transport: Option<Spanned<Transport>>,
    auth: Spanned<Scheme>,
    #[serde(default)]
    handshake: Vec<Spanned<handshake::Written>>,
    #[serde(default)]
    unwrap: Vec<unwrap::Written>,
    #[serde(default)]
    ignore: Vec<WrittenIgnore>,
    each: Option<Spanned<Vec<Spanned<WordOr<WrittenEach>>>>>,
    #[serde(default)]
    fields: BTreeMap<String, Spanned<field::Written>>,
    kind: Option<Spanned<WordOr<kind::Written>>>,
    severity: Option<Spanned<severity::Written>>,
    subject: Option<Spanned<OneOrMany<subject::Written>>>,
    #[serde(default)]
    effect: effect::Written,
    key: Spanned<Vec<Spanned<OneOrMany<String>>>>,
    #[serde(default)]
    redact: Vec<Spanned<String>>,
    answer: Option<Spanned<WrittenAnswer>>,
    samples: Spanned<Vec<Spanned<sample::Written>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenIgnore {
    when: Spanned<Match>,
    reason: String,
    only_in: Option<Production>,
}

/// The one setting that a rule can be kept to.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Production {
    Production,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEach {
    at: Spanned<String>,
    kind: Option<Spanned<WordOr<kind::Written>>>,
    #[serde(default)]
    fields: BTreeMap<String, Spanned<field::Written>>,
    #[serde(default)]
    fallback: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAnswer {
    status: u16,
}

type Fields = BTreeMap<String, Field>;

/// Reads and checks a file.
pub fn read(file_name: &str, yaml: &str, vocabulary: &Vocabulary) -> Result<Mapping, Fault> {
    let written: Result<Written, _> = serde_saphyr::from_str(yaml).map_err(|error| Flaw::of_yaml(&error));
    written.and_then(|written| check(&written, file_name, vocabulary)).map_err(|flaw| flaw.in_file(file_name))
}

fn check(written: &Written, file_name: &str, vocabulary: &Vocabulary) -> Result<Mapping, Flaw> {
    let source = &written.source;
    let stem = file_name.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(".yaml"));
    if stem != Some(source.value.as_str()) {
        return Err(Flaw::at(
            source,
            format!("source `{}` belongs in a file of that name, {}.yaml", source.value, source.value),
        ));
    }
    if written.about.value.en.trim().is_empty() || written.about.value.zh.trim().is_empty() {
        return Err(Flaw::at(&written.about, "`about` is needed in en and zh"));
    }
    written.auth.value.check().map_err(|fault| Flaw::at(&written.auth, fault.to_string()))?;
    let common = fields(&written.fields, vocabulary)?;
    let kind = written.kind.as_ref().map(|kind| Kind::check(kind, vocabulary)).transpose()?;
    let each = elements(written, &common, kind.as_ref(), vocabulary)?;
    let redact = written.redact.iter().map(Redaction::check).collect::<Result<Vec<_>, _>>()?;
    keeps_redacted_out(written, &each, &redact)?;
    let named: BTreeSet<&str> = each.iter().flat_map(|each| each.fields.keys().map(String::as_str)).collect();
    let named: Vec<&str> = named.into_iter().collect();
    let subjects = written.subject.as_ref().map_or(Ok(Vec::new()), |subject| Subject::check(subject, &named))?;
    let steps = written
        .unwrap
        .iter()
        .enumerate()
        .map(|(place, step)| Step::check(step, place == 0))
        .collect::<Result<_, _>>()?;
    let severity =
        written.severity.as_ref().map_or(Ok(Severity::default()), |severity| Severity::check(severity, vocabulary))?;
    if written.samples.value.is_empty() {
        return Err(Flaw::at(&written.samples, "a mapping has at least one sample with what it gives"));
    }
    Ok(Mapping {
        source: source.value.clone(),
        about: written.about.value.clone(),
        transport: transport(written.transport.as_ref())?,
        auth: written.auth.value.clone(),
        handshakes: written.handshake.iter().map(Handshake::check).collect::<Result<_, _>>()?,
        steps,
        ignore: written.ignore.iter().map(ignore).collect::<Result<_, _>>()?,
        each,
        severity,
        subjects,
        effects: Effects::check(&written.effect)?,
        key: Key::check(&written.key)?,
        redact,
        answer: answer(written.answer.as_ref())?,
        samples: written
            .samples
            .value
            .iter()
            .map(|sample| Sample::check(sample, vocabulary))
            .collect::<Result<_, _>>()?,
    })
}

fn fields(written: &BTreeMap<String, Spanned<field::Written>>, vocabulary: &Vocabulary) -> Result<Fields, Flaw> {
    written.iter().map(|(name, field)| Ok((name.clone(), Field::check(name, field, vocabulary)?))).collect()
}

/// The elements; without `each` the body is the one there is.
fn elements(
    written: &Written,
    common: &Fields,
    kind: Option<&Kind>,
    vocabulary: &Vocabulary,
) -> Result<Vec<Each>, Flaw> {
    let Some(each) = &written.each else {
        let kind = kind.ok_or_else(|| Flaw::of_file("`kind` is missing"))?;
        return Ok(vec![Each { at: String::new(), kind: kind.clone(), fields: common.clone(), fallback: false }]);
    };
    let mut elements = Vec::new();
    for one in &each.value {
        let (at, own_kind, own_fields, fallback) = match &one.value {
            WordOr::Word(at) => (at, None, Fields::new(), false),
            WordOr::Long(long) => {
                let own_kind = long.kind.as_ref().map(|kind| Kind::check(kind, vocabulary)).transpose()?;
                (&long.at.value, own_kind, fields(&long.fields, vocabulary)?, long.fallback)
            }
        };
        if !(at.is_empty() || at.starts_with('/')) {
            return Err(Flaw::at(one, format!("`{at}` is not a place in the body")));
        }
        let place = Place::read(at).map_err(|says| Flaw::at(one, says))?;
        let kind =
            own_kind.or_else(|| kind.cloned()).ok_or_else(|| Flaw::at(one, "no `kind` here nor for the file"))?;
        let mut fields = common.clone();
        fields.extend(own_fields);
        elements.push(Each { at: place.as_str().to_owned(), kind, fields, fallback });
    }
    if elements.iter().all(|each| each.fallback) {
        return Err(Flaw::at(each, "`each` needs a place that is no fallback"));
    }
    Ok(elements)
}

/// A credential that is taken out of the body must not get into the facts beside it.
fn keeps_redacted_out(written: &Written, each: &[Each], redact: &[Redaction]) -> Result<(), Flaw> {
    for (pointer, redaction) in written.redact.iter().zip(redact) {
        for (name, field) in each.iter().flat_map(|each| &each.fields) {
            if field.places().any(|place| redaction.covers(place)) {
                return Err(Flaw::at(pointer, format!("field `{name}` reads what `{}` takes out", pointer.value)));
            }
        }
    }
    Ok(())
}

fn transport(written: Option<&Spanned<Transport>>) -> Result<Transport, Flaw> {
    let Some(written) = written else { return Ok(Transport::default()) };
    if written.value.max_bytes == 0 || written.value.max_bytes > Limits::DEFAULT.bytes {
        return Err(Flaw::at(
            written,
            format!("max_bytes {} is not within 1 to {}", written.value.max_bytes, Limits::DEFAULT.bytes),
        ));
    }
    Ok(written.value.clone())
}

fn ignore(written: &WrittenIgnore) -> Result<Ignore, Flaw> {
    let only_in_production = matches!(written.only_in, Some(Production::Production));
    Ok(Ignore { when: Condition::check(&written.when)?, reason: written.reason.clone(), only_in_production })
}

fn answer(written: Option<&Spanned<WrittenAnswer>>) -> Result<u16, Flaw> {
    match written {
        None => Ok(ACCEPTED),
        Some(answer) if (200..=299).contains(&answer.value.status) => Ok(answer.value.status),
        Some(answer) => Err(Flaw::at(
            answer,
            format!("an accepted delivery is answered with a status from 200 to 299, not {}", answer.value.status),
        )),
    }
}
