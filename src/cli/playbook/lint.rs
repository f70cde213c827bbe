//! Warnings beyond the check: a set that runs, but not as its authors mean it to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::id::{Id, Random};
use crate::playbook::{Example, Files, Kind, Set, Test};
use crate::signal::{Origin, Report, Signal};
use crate::text::Language;
use crate::time::Timestamp;

/// Everything worth a second look, each as `FILE: PATH: what`.
pub fn warnings(files: &Files, set: &Set) -> Vec<String> {
    let mut warnings = Vec::new();
    for kind in &set.kinds {
        for order in kind.orders.iter().filter(|order| order.undo == "none" || order.undo == order.action) {
            warnings
                .push(format!("{}.yaml: orders.{}: has no inverse, so what it does stays done", kind.id, order.action));
        }
        if let Some(written) =
            files.get(&format!("{}.yaml", kind.id)).and_then(|yaml| serde_saphyr::from_str::<Value>(yaml).ok())
        {
            languages(&kind.id, &written, &mut warnings);
        }
    }
    strays(set, &mut warnings);
    warnings
}

/// Phrases in one language only, and languages that some texts of a file have and others lack.
fn languages(kind: &str, written: &Value, warnings: &mut Vec<String>) {
    for (group, signs) in written.get("signs").and_then(Value::as_object).into_iter().flatten() {
        for sign in signs.get("signs").and_then(Value::as_array).into_iter().flatten() {
            let Some(phrases) = sign.get("phrases") else { continue };
            let id = sign.get("id").and_then(Value::as_str).unwrap_or_default();
            for language in ["en", "zh"] {
                if phrases.get(language).and_then(Value::as_array).is_none_or(Vec::is_empty) {
                    warnings.push(format!("{kind}.yaml: signs.{group}.{id}: has no phrases in {language}"));
                }
            }
        }
    }
    let mut texts = Vec::new();
    collect(written, "", &mut texts);
    let more: BTreeSet<&str> = texts
        .iter()
        .flat_map(|(_, languages)| languages.iter().copied())
        .filter(|language| !["en", "zh"].contains(language))
        .collect();
    for language in more {
        let lacking: Vec<&str> = texts
            .iter()
            .filter(|(_, languages)| !languages.contains(&language))
            .map(|(path, _)| path.as_str())
            .collect();
        if let Some(first) = lacking.first() {
            warnings.push(format!(
                "{kind}.yaml: {first}: is not in {language}, as other texts are ({} more)",
                lacking.len() - 1
            ));
        }
    }
}

/// Every text for people with the languages it is in.
fn collect<'a>(value: &'a Value, path: &str, texts: &mut Vec<(String, Vec<&'a str>)>) {
    let within = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(members)
            if ["en", "zh"].iter().all(|language| members.get(*language).is_some_and(Value::is_string)) =>
        {
            texts.push((path.to_owned(), members.keys().map(String::as_str).collect()));
        }
        Value::Object(members) => members.iter().for_each(|(name, member)| collect(member, &within(name), texts)),
        Value::Array(items) => {
            for item in items {
                let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
                collect(item, &within(id), texts);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Phrases that speak for a kind of one class in an example of the other class. Groups that several kinds share are left out.
fn strays(set: &Set, warnings: &mut Vec<String>) {
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for kind in &set.kinds {
        for sign in kind.groups.iter().flat_map(|group| &group.signs) {
            owners.entry(&sign.id).or_default().insert(&kind.id);
        }
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for owner in &set.kinds {
        for (number, example) in (1..).zip(&owner.examples) {
            let Some((class, signal)) = own_report(set, owner, example) else { continue };
            for hit in set.recognise(&[signal]) {
                let (kind, sign) = (&set.kinds[hit.sign.kind as usize], set.sign(hit.sign));
                let own = owners.get(sign.id.as_str()).is_some_and(|kinds| kinds.len() == 1);
                if own && kind.class != class && sign.weight > 0 && matches!(sign.test, Test::Phrases) {
                    let words = hit.words.unwrap_or_default();
                    let place = format!("{}.yaml: signs.{}.{}", kind.id, set.group(hit.sign).id, sign.id);
                    found.entry(place).or_default().push(format!("“{words}” ({} example {number})", owner.id));
                }
            }
        }
    }
    for (place, hits) in found {
        let more = if hits.len() > 1 { format!(" and {} more", hits.len() - 1) } else { String::new() };
        warnings.push(format!("{place}: also hits examples of the other class: {}{more}", hits[0]));
    }
}

/// The class that an example of a playbook expects, with its report as a signal.
fn own_report(set: &Set, owner: &Kind, example: &Example) -> Option<(crate::playbook::Class, Signal)> {
    let report: Report = serde_json::from_value(example.report.clone()?).ok()?;
    let facts = report.read(Language::En).ok()?.facts;
    let lead = example.expect.lead.as_deref().and_then(|lead| set.kind(lead));
    let class = example.expect.class.or(lead.map(|kind| kind.class)).unwrap_or(owner.class);
    let now = Timestamp::from_millis(0);
    let origin = Origin { endpoint: "report".to_owned(), verified: false, reliability: set.policy.reliability.report };
    Some((class, Signal { id: Id::new(now, &Fixed), origin, at: now, received: now, facts }))
}

/// One signal at a time needs no chance.
struct Fixed;

impl Random for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}
