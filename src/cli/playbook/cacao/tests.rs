//! The shape that CACAO 2.0 asks for, held over every built-in playbook.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::*;
use crate::cli::screen::written;
use crate::playbook::{builtin_files, compile};

fn builtin() -> Set {
    compile(&builtin_files(), String::new()).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

fn publication(language: Language) -> Publication {
    let at = |text: &str| text.parse().unwrap();
    Publication {
        created: at("2026-01-01T00:00:00Z"),
        modified: at("2026-02-03T04:05:06Z"),
        created_by: None,
        language,
    }
}

fn all() -> Vec<(String, Value)> {
    let set = builtin();
    let both = set.kinds.iter().flat_map(|kind| [Language::En, Language::Zh].map(|language| (kind, language)));
    both.map(|(kind, language)| (kind.id.clone(), document(kind, &publication(language)))).collect()
}

fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    value[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Property names that section 4 and 5 of the specification allow, with those that must be there marked.
fn allowed(type_of: &str) -> &'static [&'static str] {
    match type_of {
        "start" => &["!type", "!on_completion"],
        "end" => &["!type"],
        "parallel" => &["!type", "!next_steps", "!on_completion"],
        "if-condition" => &["!type", "!condition", "!on_true", "!on_completion"],
        "action" => &["!type", "!name", "!description", "!commands", "!agent", "!on_completion"],
        "manual" => &["!type", "!command", "!playbook_activity"],
        "individual" | "organization" => &["!type", "!name", "!description"],
        "playbook" => &[
            "!type",
            "!spec_version",
            "!id",
            "!name",
            "!description",
            "!playbook_types",
            "!playbook_activities",
            "!playbook_processing_summary",
            "!created_by",
            "!created",
            "!modified",
            "!priority",
            "!severity",
            "!labels",
            "!workflow_start",
            "playbook_variables",
            "!workflow",
            "!agent_definitions",
            "external_references",
        ],
        other => panic!("a {other}"),
    }
}

fn has_the_right_members(object: &Value) {
    let type_of = object["type"].as_str().unwrap();
    let members: BTreeSet<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    let allowed = allowed(type_of);
    for name in &members {
        assert!(allowed.iter().any(|known| known.trim_start_matches('!') == *name), "{type_of} has {name}");
    }
    for needed in allowed.iter().filter_map(|name| name.strip_prefix('!')) {
        assert!(members.contains(needed), "{type_of} lacks {needed}");
    }
}

#[test]
fn every_playbook_has_the_members_and_identifiers_of_the_specification() {
    let id = |prefix: &str| {
        Regex::new(&format!(
            "^{prefix}--[0-9a-f]{{8}}-[0-9a-f]{{4}}-[1-5][0-9a-f]{{3}}-[89ab][0-9a-f]{{3}}-[0-9a-f]{{12}}$"
        ))
        .unwrap()
    };
    let time = Regex::new(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$").unwrap();
    for (kind, document) in all() {
        has_the_right_members(&document);
        assert!(id("playbook").is_match(document["id"].as_str().unwrap()), "{kind}");
        assert!(id("identity").is_match(document["created_by"].as_str().unwrap()), "{kind}");
        for at in ["created", "modified"] {
            assert!(time.is_match(document[at].as_str().unwrap()), "{kind} {at}");
        }
        let mut activities = BTreeSet::new();
        for (key, step) in document["workflow"].as_object().unwrap() {
            has_the_right_members(step);
            assert!(id(step["type"].as_str().unwrap()).is_match(key), "{kind} {key}");
            for command in step["commands"].as_array().into_iter().flatten() {
                has_the_right_members(command);
                activities.insert(command["playbook_activity"].as_str().unwrap());
                assert!(!command["command"].as_str().unwrap().is_empty(), "{kind} {key}");
            }
            if let Some(agent) = step.get("agent") {
                assert!(document["agent_definitions"].get(agent.as_str().unwrap()).is_some(), "{kind} {key}");
            }
        }
        for activity in texts(&document, "playbook_activities") {
            assert!(activities.contains(activity), "{kind}: nothing does {activity}");
        }
        for (key, agent) in document["agent_definitions"].as_object().unwrap() {
            has_the_right_members(agent);
            assert!(id(agent["type"].as_str().unwrap()).is_match(key), "{kind} {key}");
        }
        for reference in document["external_references"].as_array().into_iter().flatten() {
            assert!(reference["name"].is_string() && reference["url"].as_str().unwrap().starts_with("https://"));
        }
    }
}

/// The steps that lie behind one another from here to an end.
fn walk<'a>(steps: &'a Value, from: &'a str) -> Vec<&'a str> {
    let (mut way, mut at) = (Vec::new(), from);
    loop {
        way.push(at);
        if let Some(taken) = steps[at]["on_true"].as_str() {
            way.extend([taken, steps[taken]["on_completion"].as_str().unwrap()]);
        }
        assert!(way.len() <= 200, "the way from {from} ends");
        match steps[at].get("on_completion").and_then(Value::as_str) {
            Some(next) => at = next,
            None => return way,
        }
    }
}

#[test]
fn every_step_is_reached_once_and_comes_after_what_it_waits_for() {
    let set = builtin();
    for (kind, document) in all() {
        let steps = &document["workflow"];
        let trunk = walk(steps, document["workflow_start"].as_str().unwrap());
        let parallel: Vec<&str> = trunk.iter().flat_map(|id| texts(&steps[*id], "next_steps")).collect();
        let branches: Vec<Vec<&str>> = parallel.into_iter().map(|head| walk(steps, head)).collect();
        assert!(branches.len() >= 2, "{kind}");
        let reached: Vec<&str> = branches.iter().flatten().chain(&trunk).copied().collect();
        let once: BTreeSet<&str> = reached.iter().copied().collect();
        assert_eq!((reached.len(), once.len()), (steps.as_object().unwrap().len(), reached.len()), "{kind}");
        for way in branches.iter().chain([&trunk]) {
            assert_eq!(steps[*way.last().unwrap()]["type"], "end", "{kind}");
        }

        let place: BTreeMap<&str, (usize, usize)> = (0..)
            .zip(&branches)
            .flat_map(|(branch, way)| (0..).zip(way).map(move |(place, id)| (*id, (branch, place))))
            .filter_map(|(id, at)| steps[id]["name"].as_str().map(|name| (name, at)))
            .collect();
        for step in set.kind(&kind).unwrap().steps.iter().map(|compiled| &compiled.step) {
            for first in &step.after {
                let (before, after) = (place[first.as_str()], place[step.id.as_str()]);
                assert!(before.0 == after.0 && before.1 < after.1, "{kind}: {} before {}", first, step.id);
            }
        }
    }
}

#[test]
fn priority_runs_as_our_levels_do_and_severity_the_other_way() {
    let set = builtin();
    let of = |kind: &str| document(set.kind(kind).unwrap(), &publication(Language::En));
    let (fast, routine) = (of("remote-control-scam"), of("routine-tx-pending"));
    assert_eq!((fast["priority"].as_u64(), fast["severity"].as_u64()), (Some(1), Some(100)));
    assert_eq!((routine["priority"].as_u64(), routine["severity"].as_u64()), (Some(81), Some(20)));
    for kind in &set.kinds {
        let document = document(kind, &publication(Language::En));
        let (priority, severity) = (document["priority"].as_u64().unwrap(), document["severity"].as_u64().unwrap());
        assert_eq!(priority + severity, 101, "{}", kind.id);
        assert!((1..=100).contains(&priority), "{}", kind.id);
    }
}

#[test]
fn nothing_undoes_an_order_by_itself_and_what_is_never_to_be_done_is_told() {
    let set = builtin();
    for kind in &set.kinds {
        let [english, chinese] = [Language::En, Language::Zh].map(|language| document(kind, &publication(language)));
        assert_eq!(english["id"], chinese["id"], "{}: one playbook in every language", kind.id);
        assert!(english.get("workflow_exception").is_none(), "{}", kind.id);
        let text = english["workflow"].to_string();
        for never in &kind.never {
            let told = serde_json::to_string(&never.action.en).unwrap();
            assert!(text.contains(&told[1..told.len() - 1]), "{}: {told}", kind.id);
        }
        assert!(!kind.orders.iter().any(|order| text.contains(&format!("\"order {}\"", order.undo))), "{}", kind.id);
    }
}

#[test]
fn a_step_that_hangs_on_an_answer_stands_behind_a_condition() {
    let set = builtin();
    let document = document(set.kind("permit-signature-phishing").unwrap(), &publication(Language::En));
    let steps = document["workflow"].as_object().unwrap();
    let condition = |name: &str| {
        let leads = |step: &&Value| step["on_true"].as_str().is_some_and(|id| steps[id]["name"] == name);
        steps.values().find(leads).unwrap()["condition"].as_str().unwrap().to_owned()
    };
    let known = "(__typed-words__:value = 'yes') OR (__native-coin-gone__:value = 'yes')";
    assert_eq!(condition("key-is-known"), known);
    assert_eq!(condition("move-tokens"), format!("NOT ({known})"));
    assert_eq!(document["playbook_variables"]["__typed-words__"]["external"], true);
}

#[test]
fn a_set_goes_into_a_folder_and_the_same_words_come_out_twice() {
    let set = builtin();
    let folder = tempfile::tempdir().unwrap();
    let kinds = chosen(&set, None).unwrap();
    for _ in 0..2 {
        let (ending, out, _) =
            written(|screen| export(&kinds, &publication(Language::Zh), (Some(folder.path()), screen)));
        assert_eq!((ending, out.lines().count()), (Ending::Fine, kinds.len()));
    }
    let first = fs::read_to_string(folder.path().join("sim-swap.json")).unwrap();
    let (_, out, _) =
        written(|screen| export(&chosen(&set, Some("sim-swap")).unwrap(), &publication(Language::Zh), (None, screen)));
    assert_eq!(first, out);
    let told = chosen(&set, Some("simswap")).err().unwrap().to_string();
    assert_eq!(told, "unknown playbook \"simswap\", did you mean \"sim-swap\"?");
    let mut backwards = publication(Language::En);
    backwards.modified = backwards.created.minus(Span::from_seconds(1));
    let mut screen = Screen { out: &mut Vec::new(), notes: &mut Vec::new(), look: crate::cli::screen::Look::Plain };
    assert!(export(&kinds, &backwards, (None, &mut screen)).is_err());
}
