//! What a playbook must be before it may run: complete in both languages, in range, and pointing only at things that exist.

use std::collections::BTreeSet;

use super::compile::{Room, answer_type};
use super::fault::{Fault, unknown};
use super::matcher::{Match, Matcher};
use super::set::Kind;
use super::shape::{Approval, Audience, Class, Moment, Playbook, Question, Step, Words};
use crate::time::Span;
use crate::transfer::Status;

/// What a step's condition calls that which the chain was seen to say of a transfer.
pub(super) const READING: &str = "reading.transfer";

/// Playbooks that lead when no other does.
pub const NEEDED: [&str; 2] = ["unauthorized-transfer-unknown", "routine-other"];

/// The largest weight, cap or prior a file may name, in centi-decibans: a billion to one.
pub(super) const LARGEST: i32 = 9_000;

/// What the house may order by itself: it makes an account safer for a short time and locks nobody out.
const BY_ITSELF: [&str; 2] = ["hold-withdrawals", "end-sessions"];
const LONGEST_BY_ITSELF: Span = Span::from_minutes(60);

pub(super) fn playbook(room: &Room<'_>, written: &Playbook) -> Result<(), Fault> {
    let name = room.file.strip_suffix(".yaml").unwrap_or(room.file);
    if written.id != name {
        return Err(room.fault(&["id"], format!("the id `{}` differs from the file's name", written.id)));
    }
    for (path, words) in [("title", &written.title), ("summary", &written.summary)] {
        complete(room, &[path], words)?;
    }
    if let Some(normal) = &written.normal {
        complete(room, &["normal"], normal)?;
    }
    if written.prior.abs() > LARGEST {
        return Err(room.fault(&["prior"], format!("{} is outside -9000 to 9000 centi-decibans", written.prior)));
    }
    super::spoken::safe(room, written)?;
    stakes(room, written)?;
    signs(room, written)?;
    questions(room, written)?;
    steps(room, written)?;
    orders(room, written)?;
    if written.sources.iter().any(|source| !source.starts_with("https://")) {
        return Err(room.fault(&["sources"], "a source is an https address"));
    }
    Ok(())
}

fn complete(room: &Room<'_>, path: &[&str], words: &Words) -> Result<(), Fault> {
    if words.en.trim().is_empty() || words.zh.trim().is_empty() {
        return Err(room.fault(path, "text is needed in en and zh"));
    }
    if let Some(wrong) = words.more.keys().find(|language| !["zh-Hant"].contains(&language.as_str())) {
        return Err(room.fault(path, unknown("language", wrong, &["en", "zh", "zh-Hant"])));
    }
    Ok(())
}

fn stakes(room: &Room<'_>, written: &Playbook) -> Result<(), Fault> {
    let stakes = &written.stakes;
    if room.span(&["stakes", "half_life"], &stakes.half_life)?.millis() <= 0 {
        return Err(room.fault(&["stakes", "half_life"], "a half-life is longer than nothing"));
    }
    if room.span(&["stakes", "handling"], &stakes.handling)?.minutes() < 1 {
        return Err(room.fault(&["stakes", "handling"], "handling takes at least a minute"));
    }
    for (bucket, share) in &stakes.reach {
        if !room.vocabulary.buckets.contains(bucket) {
            return Err(room.fault(&["stakes", "reach"], unknown("bucket", bucket, &room.vocabulary.buckets)));
        }
        if !(0.0..=1.0).contains(share) {
            return Err(room.fault(&["stakes", "reach"], format!("{bucket}: {share} is outside 0 to 1")));
        }
    }
    if !(0.0..=1.0).contains(&stakes.help_works) {
        return Err(room.fault(&["stakes", "help_works"], format!("{} is outside 0 to 1", stakes.help_works)));
    }
    if written.act_at.is_some_and(|chance| !(0.01..=0.99).contains(&chance)) {
        return Err(room.fault(&["act_at"], "a threshold lies between 0.01 and 0.99"));
    }
    Ok(())
}

fn signs(room: &Room<'_>, written: &Playbook) -> Result<(), Fault> {
    for (group, signs) in &written.signs {
        if signs.cap > LARGEST {
            return Err(room.fault(&["signs", group, "cap"], format!("{} is above 9000 centi-decibans", signs.cap)));
        }
        let mut seen = BTreeSet::new();
        for sign in &signs.signs {
            let path = ["signs", group.as_str(), sign.id.as_str()];
            complete(room, &path, &sign.because)?;
            if sign.weight == 0 && sign.sets == super::shape::Sets::default() || sign.weight.abs() > LARGEST {
                return Err(room.fault(&path, format!("a weight of {} says nothing or too much", sign.weight)));
            }
            if !seen.insert(&sign.id) {
                return Err(room.fault(&path, "this sign is there twice"));
            }
        }
    }
    Ok(())
}

fn questions(room: &Room<'_>, written: &Playbook) -> Result<(), Fault> {
    for question in &written.questions {
        let path = ["questions", question.id.as_str()];
        complete(room, &path, &question.ask)?;
        if !question.answers.iter().any(|answer| answer.id == "not-sure") {
            return Err(room.fault(&path, "a question needs the answer `not-sure`"));
        }
        for answer in &question.answers {
            let path = ["questions", question.id.as_str(), answer.id.as_str()];
            complete(room, &path, &answer.text)?;
            if !(-LARGEST..=LARGEST).contains(&answer.weight) {
                return Err(room.fault(&path, format!("a weight of {} is outside -9000 to 9000", answer.weight)));
            }
        }
    }
    Ok(())
}

fn steps(room: &Room<'_>, written: &Playbook) -> Result<(), Fault> {
    let ids: Vec<&str> = written.steps.iter().map(|step| step.id.as_str()).collect();
    let mut last: Option<Moment> = None;
    for (number, step) in written.steps.iter().enumerate() {
        let path = ["steps", step.id.as_str()];
        if ids[..number].contains(&step.id.as_str()) {
            return Err(room.fault(&path, "this step is there twice"));
        }
        order(room, step, &written.steps[..number])?;
        complete(room, &path, &step.action)?;
        complete(room, &path, &step.why)?;
        if let Some(worked) = &step.worked {
            complete(room, &path, worked)?;
        }
        if let Some(instead) = &step.instead {
            let others = written.steps.iter().filter(|other| other.audience == step.audience && other.id != step.id);
            let others: Vec<&str> = others.map(|other| other.id.as_str()).collect();
            if !others.contains(&instead.as_str()) {
                return Err(room.fault(&path, unknown("other step of the same audience", instead, &others)));
            }
        }
        if step.audience == Audience::Person {
            if last.is_some_and(|last| last > step.moment) {
                return Err(room.fault(&path, "steps for the person stand in the order of their moments"));
            }
            last = Some(step.moment);
        }
    }
    let person = || written.steps.iter().filter(|step| step.audience == Audience::Person);
    // One that gives way to another step under some answers is there, or the other is.
    let gives_way = |step: &Step| {
        person().any(|other| other.moment == step.moment && other.unless.is_none() && other.when == step.unless)
    };
    let first = person().find(|step| step.when.is_none() && (step.unless.is_none() || gives_way(step)));
    if first.is_none_or(|step| written.class == Class::Security && step.moment != Moment::Now) {
        return Err(room.fault(
            &["steps"],
            "a playbook needs a first step for the person, `now` for a security kind, that hangs on no answer",
        ));
    }
    for never in &written.never {
        complete(room, &["never"], &never.action)?;
        complete(room, &["never"], &never.why)?;
    }
    Ok(())
}

/// No step id may be the person's in one playbook and staff's in another: a tick by the one would count for the other.
pub(super) fn step_ids(kinds: &[Kind]) -> Vec<Fault> {
    let steps = || kinds.iter().flat_map(|kind| kind.steps.iter().map(move |step| (kind, &step.step)));
    let staff: BTreeSet<&str> =
        steps().filter(|(_, step)| step.audience == Audience::Staff).map(|(_, step)| step.id.as_str()).collect();
    let both = steps().filter(|(_, step)| step.audience == Audience::Person && staff.contains(step.id.as_str()));
    let fault = |(kind, step): (&Kind, &Step)| {
        let what = format!("the id `{}` names a staff step in another playbook", step.id);
        Fault::in_text(&format!("{}.yaml", kind.id), "", &["steps", &step.id], what)
    };
    both.map(fault).collect()
}

/// What an answer makes of a routine request is a security kind. One that a set does not have is the unknown theft.
pub(super) fn meanings(kinds: &[Kind]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for kind in kinds {
        let answers =
            kind.questions.iter().flat_map(|question| question.answers.iter().map(move |one| (question, one)));
        for (question, answer) in answers {
            let Some(means) = &answer.means else { continue };
            let named = kinds.iter().find(|other| other.id == *means).map(|other| other.class);
            let what = match (kind.class, named) {
                (Class::Routine, Some(Class::Security) | None) => continue,
                (Class::Security, _) => {
                    "means: only an answer about a routine request makes another kind of it".to_owned()
                }
                (Class::Routine, Some(Class::Routine)) => format!("means: `{means}` is no security kind"),
            };
            let path = ["questions", question.id.as_str(), answer.id.as_str()];
            faults.push(Fault::in_text(&format!("{}.yaml", kind.id), "", &path, what));
        }
    }
    faults
}

/// What a step waits for stands before it, so steps can never wait for one another in a ring.
fn order(room: &Room<'_>, step: &Step, before: &[Step]) -> Result<(), Fault> {
    let path = ["steps", step.id.as_str()];
    let known: Vec<&str> =
        before.iter().filter(|other| other.audience == step.audience).map(|other| other.id.as_str()).collect();
    if let Some(wrong) = step.after.iter().find(|first| !known.contains(&first.as_str())) {
        return Err(
            room.fault(&path, format!("after: {}", unknown("earlier step of the same audience", wrong, &known)))
        );
    }
    for (name, span) in [("takes", &step.takes), ("time_box", &step.time_box)] {
        if let Some(span) = span
            && room.span(&path, span)?.millis() <= 0
        {
            return Err(room.fault(&path, format!("{name} is longer than nothing")));
        }
    }
    if step.required && step.audience == Audience::Person {
        return Err(room.fault(&path, "only a staff step can be required: nothing is demanded of a person in need"));
    }
    Ok(())
}

fn orders(room: &Room<'_>, written: &Playbook) -> Result<(), Fault> {
    for order in &written.orders {
        let path = ["orders", order.action.as_str()];
        for action in [&order.action, &order.undo] {
            if !room.vocabulary.orders.contains(action) {
                return Err(room.fault(&path, unknown("order", action, &room.vocabulary.orders)));
            }
        }
        let lasting = room.span(&path, &order.expires)?;
        let mild = BY_ITSELF.contains(&order.action.as_str()) && lasting <= LONGEST_BY_ITSELF;
        if order.automatic && !(mild && order.approval == Approval::One) {
            let what =
                "only what one person may do alone for an hour, hold-withdrawals or end-sessions, may be automatic";
            return Err(room.fault(&path, what));
        }
    }
    Ok(())
}

/// The condition of a step, over answers to the playbook's own questions.
pub(super) fn condition(
    room: &Room<'_>,
    [step, name]: [&str; 2],
    when: &Match,
    questions: &[Question],
) -> Result<Matcher, Fault> {
    let path = ["steps", step, name];
    let answers = questions.iter().map(|question| format!("answer.{}", question.id));
    let known: Vec<String> = answers.chain([READING.to_owned()]).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let matcher = Matcher::new(when, &|field| answer_type(field, questions), &known)
        .map_err(|error| room.fault(&path, error.to_string()))?;
    for value in matcher.pinned(READING).unwrap_or_default() {
        if value.parse::<Status>().is_err() {
            return Err(room.fault(&path, unknown("reading", value, &Status::ALL.map(Status::as_str))));
        }
    }
    for question in questions {
        for value in matcher.pinned(&format!("answer.{}", question.id)).unwrap_or_default() {
            let choices: Vec<&str> = question.answers.iter().map(|answer| answer.id.as_str()).collect();
            if !choices.contains(&value) {
                return Err(room.fault(&path, unknown("answer", value, &choices)));
            }
        }
    }
    Ok(matcher)
}
