//! What the built-in playbooks say in traditional script.

use super::{Set, Words, builtin_files, compile};
use crate::text::Language;
use crate::text::traditional::wrong;

fn builtin() -> Set {
    compile(&builtin_files(), String::new()).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

/// Everything that a person reads, with its place.
fn read(set: &Set) -> Vec<(String, &Words)> {
    let mut texts = Vec::new();
    for kind in &set.kinds {
        let mut add = |words| texts.push((kind.id.clone(), words));
        add(&kind.title);
        add(&kind.summary);
        for question in &kind.questions {
            add(&question.ask);
            question.why.iter().for_each(&mut add);
            question.answers.iter().for_each(|answer| add(&answer.text));
        }
        for step in kind.steps.iter().map(|compiled| &compiled.step) {
            add(&step.action);
            add(&step.why);
            step.worked.iter().for_each(&mut add);
        }
        for never in &kind.never {
            add(&never.action);
            add(&never.why);
        }
    }
    let lines = set.help_lines.iter().flat_map(|region| &region.report);
    texts.extend(
        lines.flat_map(|line| [("help-lines".to_owned(), &line.name), ("help-lines".to_owned(), &line.purpose)]),
    );
    texts
}

#[test]
fn every_text_has_the_traditional_script_and_none_is_wrongly_converted() {
    let set = builtin();
    let mut faults = Vec::new();
    for (place, words) in read(&set) {
        let text = words.get(Language::ZhHant);
        assert!(words.more.contains_key("zh-Hant"), "{place}: {text}");
        let found = wrong(text);
        if !found.is_empty() {
            faults.push(format!("{place}: {found:?} in {text}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn words_in_the_file_go_before_converted_ones() {
    let mut files = builtin_files();
    let file = files.get_mut("routine-other.yaml").unwrap();
    let title = file.lines().find(|line| line.starts_with("title:")).unwrap().to_owned();
    *file = file.replacen(&title, "title: { en: Other, zh: 其他账户问题, zh-Hant: 其他事項 }", 1);
    let set = compile(&files, String::new()).unwrap_or_else(|faults| panic!("{}", faults[0]));
    let kind = set.kind("routine-other").unwrap();
    assert_eq!((kind.title.get(Language::ZhHant), kind.title.get(Language::Zh)), ("其他事項", "其他账户问题"));
    assert_eq!(set.kind("seed-phrase-leak").unwrap().never[0].action.get(Language::ZhHant).matches('权').count(), 0);
}
