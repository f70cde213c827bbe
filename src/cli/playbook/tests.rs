//! What `playbook` promises, on the built-in set and on small faults put into it.

use std::fs;

use super::{check, run};
use crate::cli::arguments::{NewClass, PlaybookCommand};
use crate::cli::screen::{Ending, written};
use crate::playbook::builtin_files;

/// A folder with the built-in playbooks, some of them changed.
fn folder(change: impl Fn(&str, String) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in builtin_files() {
        fs::write(folder.path().join(&name), change(&name, text)).unwrap();
    }
    folder
}

#[test]
fn the_builtin_set_passes_check_and_test() {
    let (ending, out, notes) = written(|screen| check(None, false, false, screen));
    assert_eq!(ending, Ending::Fine, "{notes}");
    assert!(out.contains("playbooks are fine"), "{out}");
    let (ending, out, _) = written(|screen| run(&PlaybookCommand::Test { directory: None, json: false }, screen));
    assert_eq!(ending, Ending::Fine, "{out}");
    assert!(out.ends_with("examples, 0 failed\n"), "{out}");
}

#[test]
fn a_faulty_file_is_told_with_file_line_path_and_hint() {
    let folder = folder(|name, text| match name {
        "sweeper-bot.yaml" => text.replacen("stakes:", "staeks:", 1),
        "fake-support.yaml" => {
            text.replacen("half_life: ", "half_life: 1", 1).replacen("reach: {", "reach: { tronn: 1, ", 1)
        }
        _ => text,
    });
    let (ending, _, notes) = written(|screen| check(Some(folder.path()), false, false, screen));
    assert_eq!(ending, Ending::Findings);
    let line = |name: &str, word: &str| {
        fs::read_to_string(folder.path().join(name))
            .unwrap()
            .lines()
            .position(|line| line.trim_start().starts_with(word))
            .unwrap()
            + 1
    };
    assert!(
        notes.contains(&format!(
            "playbook sweeper-bot.yaml:{}: unknown field \"staeks\", did you mean \"stakes\"?",
            line("sweeper-bot.yaml", "staeks")
        )),
        "{notes}"
    );
    assert!(
        notes.contains(&format!(
            "playbook fake-support.yaml:{}: stakes.reach: unknown bucket \"tronn\", did you mean \"tron\"?",
            line("fake-support.yaml", "reach:")
        )),
        "{notes}"
    );
    let (_, out, _) = written(|screen| check(Some(folder.path()), false, true, screen));
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(document["faults"].as_array().unwrap().len(), 2);
}

#[test]
fn a_failing_example_shows_what_was_expected_and_what_came() {
    let folder = folder(|name, text| {
        if name == "routine-other.yaml" {
            format!("{text}\n  - {{ report: {{ text: hello there }}, expect: {{ class: security, level: 1..2 }} }}\n")
        } else {
            text
        }
    });
    let (ending, out, _) = written(|screen| {
        run(&PlaybookCommand::Test { directory: Some(folder.path().to_owned()), json: false }, screen)
    });
    assert_eq!(ending, Ending::Findings);
    assert!(
        out.contains("“hello there”")
            && out.contains("expected  security level 1..2")
            && out.contains("got       routine routine-other level 5"),
        "{out}"
    );
}

#[test]
fn a_new_playbook_passes_the_check_and_its_examples() {
    for class in [NewClass::Security, NewClass::Routine] {
        let folder = folder(|_, text| text);
        let new =
            PlaybookCommand::New { id: "made-up-kind".to_owned(), directory: Some(folder.path().to_owned()), class };
        assert_eq!(written(|screen| run(&new, screen)).0, Ending::Fine);
        let (ending, _, notes) = written(|screen| check(Some(folder.path()), false, false, screen));
        assert_eq!(ending, Ending::Fine, "{notes}");
        let (_, out, _) = written(|screen| {
            run(&PlaybookCommand::Test { directory: Some(folder.path().to_owned()), json: false }, screen)
        });
        assert!(!out.contains("made-up-kind example"), "{out}");
        let mut nothing = Vec::new();
        let mut screen = crate::cli::screen::Screen {
            out: &mut nothing,
            notes: &mut Vec::new(),
            look: crate::cli::screen::Look::Plain,
        };
        assert!(run(&new, &mut screen).is_err(), "a file that is there stays");
    }
}

#[test]
fn what_runs_but_is_not_meant_is_warned_of() {
    let folder = folder(|name, text| {
        match name {
        "routine-tx-pending.yaml" => text.replacen("  slip: {", "  odd:\n    cap: 10\n    signs:\n      - { id: too-wide, weight: 5, phrases: { en: [my wallet was hacked] }, because: { en: x, zh: y } }\n  slip: {", 1).replacen("orders: []", "orders: [{ action: end-sessions, expires: 1h, approval: one, undo: none }]", 1),
        _ => text,
    }
    });
    let (ending, _, notes) = written(|screen| check(Some(folder.path()), false, false, screen));
    assert_eq!(ending, Ending::Fine, "{notes}");
    for warning in [
        "routine-tx-pending.yaml: orders.end-sessions: has no inverse",
        "routine-tx-pending.yaml: signs.odd.too-wide: has no phrases in zh",
        "routine-tx-pending.yaml: signs.odd.too-wide: also hits examples of the other class: “my wallet was hacked”",
    ] {
        assert!(notes.contains(warning), "{warning}\n{notes}");
    }
    assert_eq!(written(|screen| check(Some(folder.path()), true, false, screen)).0, Ending::Findings);
}

#[test]
fn a_playbook_is_explained_in_both_languages() {
    let (_, out, _) = written(|screen| {
        run(&PlaybookCommand::Explain { kind: "suspicious-login".to_owned(), playbooks: None }, screen)
    });
    for part in [
        "Stakes",
        "Signs by weight",
        "Questions",
        "Steps for the person",
        "可疑登录",
        "A sign-in that may not be yours",
        "half-life   6 h",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
}

#[test]
fn steps_that_wait_for_a_later_one_or_demand_something_of_the_person_are_refused() {
    for (from, to, told) in [
        ("after: [check-public-data]", "after: [close-when-clear]", "after: unknown earlier step of the same audience"),
        ("after: [check-public-data]", "after: [send-move-list]", "after: unknown earlier step of the same audience"),
        ("time_box: 15m", "time_box: 0m", "time_box is longer than nothing"),
        ("    for: person\n", "    for: person\n    required: true\n", "only a staff step can be required"),
        ("id: warn-recovery", "id: first-reply", "this step is there twice"),
        ("id: warn-recovery", "id: break-contact", "names a staff step in another playbook"),
    ] {
        let folder = folder(|name, text| match name {
            "seed-phrase-leak.yaml" => text.replacen(from, to, 1),
            _ => text,
        });
        let (ending, _, notes) = written(|screen| check(Some(folder.path()), false, false, screen));
        assert_eq!(ending, Ending::Findings, "{to}");
        assert!(notes.contains(told), "{to}: {notes}");
    }
}
