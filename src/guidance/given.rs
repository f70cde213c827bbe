//! Steps that several versions of the playbooks gave one incident: what was given stays as it was, what came later is new.

use std::collections::BTreeMap;

use super::{Guidance, Step, StepState, for_person, for_staff, shown};
use crate::playbook::{CompiledStep, Kind, Set};
use crate::scoring::Assessment;
use crate::text::Language;

type Answers = BTreeMap<String, String>;
type States = BTreeMap<String, StepState>;

/// The person's steps under the kinds that led, version by version, oldest first. What later ones add is marked and stands
/// among the steps of its moment.
pub fn given_to_person(kinds: &[&Kind], language: Language, answers: &Answers, states: &States) -> Guidance {
    let mut versions = kinds.iter().map(|kind| for_person(kind, language, answers, states));
    let Some(mut given) = versions.next() else { return Guidance { language, steps: Vec::new(), never: Vec::new() } };
    for later in versions {
        add(&mut given.steps, later.steps);
        for never in later.never {
            if !given.never.iter().any(|known| known.text == never.text) {
                given.never.push(never);
            }
        }
    }
    given.steps.sort_by_key(|step| step.moment);
    given
}

/// Puts first what the playbook of a routine request says to do now that an answer made an incident of it: a transfer of
/// somebody else's that still waits can be cancelled, whatever comes after.
pub fn bring(given: &mut Guidance, (set, assessment): (&Set, &Assessment), (answers, states): (&Answers, &States)) {
    let place = |kind: &Kind| assessment.standings.iter().position(|standing| standing.kind == kind.id);
    let chosen =
        set.chosen(answers).into_iter().filter(|(_, _, answer)| answer.means.as_deref() == Some(&assessment.lead));
    let turned = chosen.map(|(kind, question, _)| (&set.kinds[kind], question));
    let Some((kind, question)) = turned.min_by_key(|(kind, _)| place(kind).unwrap_or(usize::MAX)) else { return };
    let field = format!("answer.{}", question.id);
    let hangs = |compiled: &&CompiledStep| compiled.when.as_ref().is_some_and(|when| when.mentions(&field));
    let ids: Vec<&str> = shown(kind, answers).filter(hangs).map(|compiled| compiled.step.id.as_str()).collect();
    let mut first = for_person(kind, given.language, answers, states).steps;
    first.retain(|step| ids.contains(&step.id.as_str()) && !given.steps.iter().any(|known| known.id == step.id));
    for step in &mut first {
        // The step to take instead belongs to the other playbook; without one a person is the way.
        step.instead = step.instead.take().filter(|id| given.steps.iter().any(|known| known.id == *id));
    }
    given.steps.splice(0..0, first);
}

/// The same for staff, whose steps keep the order of their playbook; what later versions add comes last.
pub fn given_to_staff(kinds: &[&Kind], language: Language, answers: &Answers, states: &States) -> Vec<Step> {
    let mut given = Vec::new();
    for (place, kind) in kinds.iter().enumerate() {
        let steps = for_staff(kind, language, answers, states);
        if place == 0 { given = steps } else { add(&mut given, steps) }
    }
    given
}

/// What an incident cannot be closed without: required staff steps that are neither done nor waived.
pub fn still_required(kinds: &[&Kind], language: Language, answers: &Answers, states: &States) -> Vec<Step> {
    let mut steps = given_to_staff(kinds, language, answers, states);
    steps.retain(|step| step.required && !step.state.settles());
    steps
}

/// Marks steps that said something else under playbooks whose advice was taken back, and, when nothing else was ever given,
/// those that these did not have.
pub fn mark_corrected(given: &mut [Step], withdrawn: &[&Kind], language: Language, first: bool) {
    for step in given.iter_mut().filter(|_| !withdrawn.is_empty()) {
        let steps = withdrawn.iter().flat_map(|kind| &kind.steps).map(|compiled| &compiled.step);
        let mut before = steps.filter(|old| old.id == step.id).peekable();
        step.new |= first && before.peek().is_none();
        step.corrected = before.any(|old| old.action.get(language) != step.text);
    }
}

fn add(given: &mut Vec<Step>, later: Vec<Step>) {
    for step in later {
        if !given.iter().any(|known| known.id == step.id) {
            given.push(Step { new: true, ..step });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::{builtin_files, compile};

    /// Two versions of one playbook: the later one words a step otherwise, adds one and leaves one out.
    fn versions() -> (Set, Set) {
        let mut files = builtin_files();
        let old = compile(&files, "old".to_owned()).unwrap_or_else(|faults| panic!("{}", faults[0]));
        let yaml = files.get_mut("routine-tx-pending.yaml").unwrap();
        let at = yaml.find("\nsteps:\n").unwrap() + "\nsteps:\n".len();
        yaml.insert_str(
            at,
            "  - { id: look-first, for: person, moment: now, do: { en: Look first, zh: 先看看 }, why: { en: It helps, zh: 有用 } }\n",
        );
        let new = compile(&files, "new".to_owned()).unwrap_or_else(|faults| panic!("{}", faults[0]));
        (old, new)
    }

    #[test]
    fn a_later_version_only_adds_and_what_it_adds_is_marked() {
        let (old, new) = versions();
        let (before, after) = (old.kind("routine-tx-pending").unwrap(), new.kind("routine-tx-pending").unwrap());
        let (answers, states) = (Answers::new(), States::new());
        let alone = given_to_person(&[before], Language::Zh, &answers, &states);
        assert_eq!(alone, for_person(before, Language::Zh, &answers, &states));

        let both = given_to_person(&[before, after], Language::Zh, &answers, &states);
        let (added, kept): (Vec<Step>, Vec<Step>) = both.steps.into_iter().partition(|step| step.new);
        assert_eq!(kept, alone.steps);
        assert_eq!(
            added.iter().map(|step| (step.id.as_str(), step.text.as_str())).collect::<Vec<_>>(),
            [("look-first", "先看看")]
        );

        let back = given_to_person(&[after, before], Language::Zh, &answers, &states);
        assert!(back.steps.iter().all(|step| !step.new), "going back takes nothing away and adds nothing");
        assert_eq!(back.steps[0].id, "look-first");
    }

    /// Whatever two playbooks stand for two versions: what was given stays in its order, nothing is there twice, and
    /// all that is further is marked.
    #[test]
    fn no_pair_of_playbooks_loses_doubles_or_hides_a_step() {
        let set = compile(&builtin_files(), "builtin".to_owned()).unwrap_or_else(|faults| panic!("{}", faults[0]));
        let (answers, states) = (Answers::new(), States::new());
        for first in &set.kinds {
            for second in &set.kinds {
                let [one, two] = [first, second].map(|kind| for_person(kind, Language::En, &answers, &states).steps);
                let given = given_to_person(&[first, second], Language::En, &answers, &states).steps;
                let (new, kept): (Vec<Step>, Vec<Step>) = given.into_iter().partition(|step| step.new);
                let further = |step: &&Step| !one.iter().any(|known| known.id == step.id);
                let further: Vec<&str> = two.iter().filter(further).map(|step| step.id.as_str()).collect();
                assert_eq!(new.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), further);
                assert_eq!(kept, one);
            }
        }
    }
}
