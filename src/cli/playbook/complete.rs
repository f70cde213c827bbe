//! What a playbook should have beyond what it must have: enough examples and look-alikes, staff steps that are never left
//! out, words for how to know that a step worked. The check accepts less; these are warnings.

use std::collections::BTreeMap;

use crate::id::{Id, Random};
use crate::playbook::{Audience, Class, Danger, Example, Kind, Moment, Set, Step, Test, Words};
use crate::signal::{Origin, Report, Signal};
use crate::text::Language;
use crate::time::Timestamp;

/// Look-alikes that say which kind must not lead, for every kind.
const LOOK_ALIKES: usize = 2;

/// The least weight of a phrase, in centi-decibans, from which a hit on another kind's example is worth a warning: it makes
/// its own kind ten times as likely.
const STRONG: i32 = 1_000;

/// What is missing in a set, each as `FILE: PATH: what`.
pub fn gaps(set: &Set) -> Vec<String> {
    let mut gaps = Vec::new();
    for kind in &set.kinds {
        let found = [
            examples(kind),
            staff(kind),
            person(kind),
            second_theft(kind),
            sources(kind),
            normal(kind),
            meanings(set, kind),
        ];
        gaps.extend(found.into_iter().flatten().map(|what| format!("{}.yaml: {what}", kind.id)));
    }
    gaps
}

fn examples(kind: &Kind) -> Vec<String> {
    let least = match kind.class {
        Class::Security => 10,
        Class::Routine => 8,
    };
    let look_alikes =
        kind.examples.iter().filter(|example| example.expect.not.as_ref().is_some_and(|not| *not == kind.id)).count();
    let mut gaps = Vec::new();
    if kind.examples.len() < least {
        gaps.push(format!("examples: {} where at least {least} are wanted", kind.examples.len()));
    }
    if look_alikes < LOOK_ALIKES {
        gaps.push(format!("examples: {look_alikes} look-alikes (`not: {}`) where {LOOK_ALIKES} are wanted", kind.id));
    }
    gaps
}

/// Whether danger to a person may show in this kind: then people act, and no form letter goes out.
fn is_about_danger(kind: &Kind) -> bool {
    let signs = kind.groups.iter().flat_map(|group| &group.signs).map(|sign| sign.sets);
    let answers = kind.questions.iter().flat_map(|question| &question.answers).map(|answer| answer.sets);
    signs.chain(answers).any(|sets| sets.danger == Some(Danger::Life))
}

fn steps(kind: &Kind, audience: Audience) -> impl Iterator<Item = &Step> {
    kind.steps.iter().map(|compiled| &compiled.step).filter(move |step| step.audience == audience)
}

fn staff(kind: &Kind) -> Vec<String> {
    let ids: Vec<&str> = steps(kind, Audience::Staff).map(|step| step.id.as_str()).collect();
    let required = steps(kind, Audience::Staff).filter(|step| step.required).count();
    let wanted = match kind.class {
        Class::Security => 1..=3,
        Class::Routine => 0..=1,
    };
    let mut gaps = Vec::new();
    if ids.is_empty() {
        gaps.push("steps: none for staff".to_owned());
    }
    if !wanted.contains(&required) {
        gaps.push(format!("steps: {required} required, where {} to {} are wanted", wanted.start(), wanted.end()));
    }
    if kind.class == Class::Security && !is_about_danger(kind) {
        if !ids.contains(&"first-reply") {
            gaps.push("steps: staff have no `first-reply`, which says what we never ask for".to_owned());
        }
        if !ids.iter().any(|id| id.starts_with("preserve")) {
            gaps.push("steps: staff have no `preserve` for the evidence".to_owned());
        }
        if !ids.contains(&"warn-recovery") {
            gaps.push("steps: staff have no `warn-recovery`: victims are sought out a second time".to_owned());
        }
    }
    if is_about_danger(kind) && !steps(kind, Audience::Person).any(|step| step.id == "beware-recovery") {
        gaps.push("steps: the person has no `beware-recovery`: victims are sought out a second time".to_owned());
    }
    gaps
}

fn person(kind: &Kind) -> Vec<String> {
    let urgent = kind.class == Class::Security && !is_about_danger(kind);
    let gap = |step: &Step| {
        let mut lacking = Vec::new();
        if step.takes.is_none() && !is_about_danger(kind) {
            lacking.push("takes");
        }
        if step.worked.is_none() {
            lacking.push("worked");
        }
        if urgent && step.moment == Moment::Now && step.time_box.is_none() && step.when.is_none() {
            lacking.push("time_box");
        }
        (!lacking.is_empty()).then(|| format!("steps.{}: has no {}", step.id, lacking.join(", no ")))
    };
    steps(kind, Audience::Person).filter_map(gap).collect()
}

/// Words of getting coins back and of asking something for it; a text that has both warns of the second theft.
const BACK: [&[&str]; 2] = [&[" back", "recover", "unfreez"], &["追", "找回", "拿回", "要回", "取回", "恢复", "解冻"]];
const FOR_MONEY: [&[&str]; 2] =
    [&["fee", "pay", "offer", "promise", "charge"], &["收费", "付", "费用", "承诺", "交钱", "收钱"]];

/// Whoever was robbed is sought out again by people who sell the coins' return, so the person is warned in both languages.
fn second_theft(kind: &Kind) -> Vec<String> {
    if kind.class != Class::Security || is_about_danger(kind) {
        return Vec::new();
    }
    let told = steps(kind, Audience::Person).flat_map(|step| [&step.action, &step.why].into_iter().chain(&step.worked));
    let never = kind.never.iter().flat_map(|never| [&never.action, &never.why]);
    let texts: Vec<&Words> = told.chain(never).collect();
    let warns = |language: usize, text: &str| {
        let text = text.to_lowercase();
        let has = |list: &[&str]| list.iter().any(|word| text.contains(word));
        has(BACK[language]) && has(FOR_MONEY[language])
    };
    let mut gaps = Vec::new();
    for (language, name) in ["en", "zh"].into_iter().enumerate() {
        let of = |words: &Words| if language == 0 { words.en.clone() } else { words.zh.clone() };
        if !texts.iter().any(|words| warns(language, &of(words))) {
            gaps.push(format!("steps: the person is not warned in {name} of those who sell the coins' return"));
        }
    }
    gaps
}

fn sources(kind: &Kind) -> Vec<String> {
    kind.sources.is_empty().then(|| "sources: none".to_owned()).into_iter().collect()
}

/// What answers make of a routine request exists in the set.
fn meanings(set: &Set, kind: &Kind) -> Vec<String> {
    let answers = kind.questions.iter().flat_map(|question| question.answers.iter().map(move |one| (question, one)));
    let missing = answers.filter_map(|(question, answer)| {
        let means = answer.means.as_ref().filter(|means| set.kind(means).is_none())?;
        Some(format!("questions.{}.{}: means `{means}`, which is no kind of this set", question.id, answer.id))
    });
    missing.collect()
}

/// Who has an everyday question is told what is usual, so that waiting is not guessing.
fn normal(kind: &Kind) -> Vec<String> {
    let lacks = kind.class == Class::Routine && kind.normal.is_none();
    lacks.then(|| "normal: a routine kind says how long such a thing usually takes".to_owned()).into_iter().collect()
}

/// Strong phrases of one kind that stand in the examples of another, one line for each two kinds of one class. Signs that
/// several kinds share are left out.
pub fn overlaps(set: &Set) -> Vec<String> {
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for sign in set.kinds.iter().flat_map(|kind| &kind.groups).flat_map(|group| &group.signs) {
        *owners.entry(&sign.id).or_default() += 1;
    }
    let mut found: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for owner in &set.kinds {
        for (number, example) in (1..).zip(&owner.examples) {
            let Some((lead, signal)) = led(set, owner, example) else { continue };
            for hit in set.recognise(&[signal]) {
                let (kind, sign) = (&set.kinds[hit.sign.kind as usize], set.sign(hit.sign));
                let strong = matches!(sign.test, Test::Phrases) && sign.weight >= STRONG;
                let same_class = set.kind(&lead).is_some_and(|lead| lead.class == kind.class);
                if strong && same_class && kind.id != lead && owners.get(sign.id.as_str()) == Some(&1) {
                    let words = hit.words.unwrap_or_default();
                    let hit = format!("{} “{words}” ({} example {number})", sign.id, owner.id);
                    found.entry((kind.id.clone(), lead.clone())).or_default().push(hit);
                }
            }
        }
    }
    let line = |((kind, lead), hits): ((String, String), Vec<String>)| {
        let more = if hits.len() > 1 { format!(" and {} more", hits.len() - 1) } else { String::new() };
        format!("{kind}.yaml: phrases also hit examples of {lead}: {}{more}", hits[0])
    };
    found.into_iter().map(line).collect()
}

/// The kind that an example says must lead, with its report as a signal.
fn led(set: &Set, owner: &Kind, example: &Example) -> Option<(String, Signal)> {
    let lead = match (&example.expect.lead, &example.expect.not) {
        (Some(lead), _) => lead.clone(),
        (None, None) => owner.id.clone(),
        (None, Some(_)) => return None,
    };
    let report: Report = serde_json::from_value(example.report.clone()?).ok()?;
    let facts = report.read(Language::En).ok()?.facts;
    let now = Timestamp::from_millis(0);
    let origin = Origin { endpoint: "report".to_owned(), verified: false, reliability: set.policy.reliability.report };
    Some((lead, Signal { id: Id::new(now, &Fixed), origin, at: now, received: now, facts }))
}

/// One signal at a time needs no chance.
struct Fixed;

impl Random for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::{builtin_files, compile};

    fn changed(file: &str, from: &str, to: &str) -> Vec<String> {
        let mut files = builtin_files();
        let text = files.get_mut(file).unwrap();
        assert!(text.contains(from), "{file} holds {from}");
        *text = text.replacen(from, to, 1);
        gaps(&compile(&files, String::new()).unwrap_or_else(|faults| panic!("{}", faults[0])))
    }

    #[test]
    fn the_builtin_playbooks_lack_nothing() {
        let set = compile(&builtin_files(), String::new()).unwrap_or_else(|faults| panic!("{}", faults[0]));
        let found = gaps(&set);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn what_is_taken_out_is_missed() {
        for (file, from, to, told) in [
            ("sim-swap.yaml", "id: first-reply", "id: hello", "sim-swap.yaml: steps: staff have no `first-reply`"),
            ("sim-swap.yaml", "id: warn-recovery", "id: hello", "sim-swap.yaml: steps: staff have no `warn-recovery`"),
            ("sweeper-bot.yaml", "id: preserve", "id: keep", "sweeper-bot.yaml: steps: staff have no `preserve`"),
            (
                "crisis.yaml",
                "id: beware-recovery",
                "id: hello",
                "crisis.yaml: steps: the person has no `beware-recovery`",
            ),
            ("sim-swap.yaml", "    time_box: 5m\n", "", "sim-swap.yaml: steps.lock-over-wifi: has no time_box"),
        ] {
            let found = changed(file, from, to);
            assert!(found.iter().any(|gap| gap.starts_with(told)), "{told}: {found:?}");
        }
    }

    #[test]
    fn a_person_who_is_not_warned_of_the_second_theft_is_missed() {
        let mut files = builtin_files();
        let text = files.get_mut("suspicious-login.yaml").unwrap();
        for (from, to) in [
            ("Pay anyone who promises to get your coins or your account back", "Pay anyone at all"),
            ("Whoever asks a fee for that is the next thief; nobody can pull a transfer back.", "It is lost."),
        ] {
            assert!(text.contains(from), "{from}");
            *text = text.replacen(from, to, 1);
        }
        let found = gaps(&compile(&files, String::new()).unwrap_or_else(|faults| panic!("{}", faults[0])));
        let told = "suspicious-login.yaml: steps: the person is not warned in en";
        assert!(found.iter().any(|gap| gap.starts_with(told)), "{found:?}");
    }

    #[test]
    fn a_look_alike_that_is_taken_out_is_missed() {
        let mut files = builtin_files();
        let text = files.get_mut("sim-swap.yaml").unwrap();
        *text = text.replace("not: sim-swap", "not: routine-other");
        let found = gaps(&compile(&files, String::new()).unwrap_or_else(|faults| panic!("{}", faults[0])));
        assert!(found.iter().any(|gap| gap.starts_with("sim-swap.yaml: examples: 0 look-alikes")), "{found:?}");
    }
}
