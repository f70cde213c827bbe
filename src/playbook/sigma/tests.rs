//! What a detection means, and what importing rules gives.

use std::collections::BTreeMap;

use super::*;
use crate::playbook::network::{Builder, Network};
use crate::playbook::{builtin_files, compile};
use crate::signal::Vocabulary;

#[expect(clippy::unnecessary_wraps, reason = "it stands for a vocabulary, which does not know every field")]
fn any_field(_: &str) -> Option<FieldType> {
    Some(FieldType::Text)
}

fn read(yaml: &str) -> Result<Network, Refused> {
    let written: Detection = serde_saphyr::from_str(yaml).unwrap();
    let mut builder = Builder::default();
    builder.add(&condition(&written, Fields { type_of: &any_field, known: &["Image"] })?);
    Ok(builder.build())
}

fn holds(yaml: &str, json: &str) -> bool {
    let network = read(yaml).unwrap();
    let mut scratch = network.scratch();
    !network.over_json(json.as_bytes(), &mut scratch).unwrap().is_empty()
}

#[test]
fn modifiers_mean_what_sigma_says() {
    for (item, json, meant) in [
        ("A: abc", r#"{"A": "ABC"}"#, true),
        ("A|cased: abc", r#"{"A": "ABC"}"#, false),
        ("A: a*c", r#"{"A": "abbc"}"#, true),
        (r"A: 'a\*c'", r#"{"A": "abbc"}"#, false),
        ("A|contains|all: [b, c]", r#"{"A": "xbxcx"}"#, true),
        ("A|contains|all: [b, d]", r#"{"A": "xbxcx"}"#, false),
        ("A|startswith: [x, z]", r#"{"A": "Zes"}"#, true),
        ("A|endswith: .exe", r#"{"A": "c:\\x.EXE"}"#, true),
        ("A|re: '^a.c$'", r#"{"A": "aBC"}"#, false),
        ("A|re|i: '^a.c$'", r#"{"A": "aBC"}"#, true),
        ("A|re|s: 'a.b'", r#"{"A": "a\nb"}"#, true),
        ("A|cidr: 10.0.0.0/8", r#"{"A": "10.200.1.1"}"#, true),
        ("A|cidr: ['192.168.1.1', 'fe80::/10']", r#"{"A": "fe81::2"}"#, true),
        ("A|gt: 5", r#"{"A": 5.5}"#, true),
        ("A|lte: 5", r#"{"A": "5.5"}"#, false),
        ("A|exists: true", r#"{"A": {"b": 1}}"#, true),
        ("A|exists: false", r#"{"B": 1}"#, true),
        ("A: null", r#"{"A": null}"#, true),
        ("A: null", r"{}", true),
        ("A: [null, x]", r#"{"A": "y"}"#, false),
        ("A: ''", r#"{"A": ""}"#, true),
        ("A: 4688", r#"{"A": 4688}"#, true),
        ("A.B: x", r#"{"A": {"B": ["y", "X"]}}"#, true),
        ("A|windash|contains: ' -enc'", r#"{"A": "p /enc x"}"#, true),
        ("A|base64|contains: foobar", r#"{"A": "x Zm9vYmFy y"}"#, true),
        ("A|base64offset|contains: /bin/bash", r#"{"A": "x L2Jpbi9iYXNo"}"#, true),
        ("A|wide|base64offset|contains: ping", r#"{"A": "AAcABpAG4AZwA"}"#, true),
        ("A|fieldref: B", r#"{"A": "x", "B": "X"}"#, true),
        ("A|fieldref|startswith: B", r#"{"A": "xyz", "B": "X"}"#, true),
    ] {
        assert_eq!(holds(&format!("s: {{ {item} }}\ncondition: s"), json), meant, "{item} {json}");
    }
}

#[test]
fn lists_of_maps_and_conditions_combine() {
    let rule = "
selection_img: [ { Image|endswith: '\\7z.exe' }, { OriginalFileName: 7z.exe } ]
selection_dump: { CommandLine|contains: [ .dmp, .dump ] }
filter_main: { User: system }
condition: all of selection_* and not 1 of filter_*
";
    assert!(holds(rule, r#"{"Image": "C:\\7Z.exe", "CommandLine": "a x.DMP"}"#));
    assert!(holds(rule, r#"{"OriginalFileName": "7z.exe", "CommandLine": "a x.dump"}"#));
    assert!(!holds(rule, r#"{"Image": "C:\\7z.exe", "CommandLine": "a x.dmp", "User": "SYSTEM"}"#));
    assert!(!holds(rule, r#"{"Image": "C:\\7z.exe"}"#));
}

#[test]
fn what_is_not_supported_is_refused_with_place_and_reason() {
    for (yaml, path, what) in [
        ("keywords: [a, b]\ncondition: keywords", "keywords", "keywords without a field are not supported"),
        (
            "s: { A|contian: x }\ncondition: s",
            "s.A|contian",
            "unknown modifier \"contian\", did you mean \"contains\"?",
        ),
        (
            "s: { A|expand: '%x%' }\ncondition: s",
            "s.A|expand",
            "`expand` names a list kept elsewhere; write its values here instead",
        ),
        (
            "s: { A|re: '(?=x)' }\ncondition: s",
            "s.A|re",
            "look-around, including look-ahead and look-behind, is not supported",
        ),
        ("s: { A|cidr: here }\ncondition: s", "s.A|cidr", "`here` is not a network like 10.0.0.0/8"),
        (
            "s: { A|contains|re: x }\ncondition: s",
            "s.A|contains|re",
            "these modifiers are more than one way of comparing",
        ),
        (
            "s: { A|contains|endswith: x }\ncondition: s",
            "s.A|contains|endswith",
            "these modifiers are more than one way of comparing",
        ),
        ("s: { A: [] }\ncondition: s", "s.A", "an empty list never matches"),
        ("s: {}\ncondition: s", "s", "a selection needs at least one field"),
        ("s: { A: x }", "", "a detection needs a `condition`"),
        (
            "s: { A: x }\ntimeframe: 5m\ncondition: s",
            "timeframe",
            "counting over time is a correlation, not a detection",
        ),
    ] {
        let refused = read(yaml).err().unwrap_or_else(|| panic!("{yaml} was taken"));
        assert_eq!((refused.path.join(".").as_str(), refused.what.as_str()), (path, what), "{yaml}");
    }
}

fn vocabulary() -> Vocabulary {
    Vocabulary::read(&builtin_files()["vocabulary.yaml"]).unwrap()
}

const RULES: &str = "
title: Login from an anonymizer
id: 6d1b3f3c-0000-4000-8000-000000000001
name: anonymous_login
author: The test
level: high
detection:
  selection: { event.type: login, client.proxy: true }
  filter: { Country: DE }
  condition: selection and not filter
---
title: Failed login
name: failed_login
detection: { selection: { event.type: failed }, condition: selection }
---
title: Many failed logins
level: critical
correlation: { type: event_count, rules: failed_login, group-by: [user], timespan: 1w, condition: { gt: 4 } }
---
title: Many countries
correlation: { type: value_count, rules: [failed_login], timespan: 1h, condition: { gte: 3, field: Country } }
---
title: Then moved
correlation: { type: temporal_ordered, rules: [failed_login, anonymous_login], timespan: 1h }
---
title: Not sayable
correlation: { type: event_count, rules: [nobody], timespan: 1h, condition: { gte: 3 } }
---
title: Moved out
name: moved_out
detection: { selection: { event.type: moved }, condition: selection }
---
title: In any order
correlation: { type: temporal, rules: [moved_out, failed_login], timespan: 1h }
";

#[test]
fn imported_rules_become_signs_that_fire_in_a_playbook() {
    let names = BTreeMap::from([("Country".to_owned(), "country".to_owned())]);
    let import = import(&[("a/Login Rules.yml".to_owned(), RULES.to_owned())], &names, &vocabulary()).unwrap();
    let left: Vec<String> = import.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(
        left,
        [
            "a/Login Rules.yml:24: correlation: anonymous_login: a correlation takes no rule with `not`",
            "a/Login Rules.yml:27: correlation: no rule is called `nobody`",
        ]
    );
    assert_eq!(import.raw.iter().map(String::as_str).collect::<Vec<_>>(), ["event.type"]);
    let mut files = builtin_files();
    let signs = format!("  {}\n", import.yaml.replace('\n', "\n  "));
    let playbook = files["routine-other.yaml"].replacen("signs:\n", &format!("signs:\n{signs}"), 1);
    assert_ne!(playbook, files["routine-other.yaml"]);
    files.insert("routine-other.yaml".to_owned(), playbook);
    let set = compile(&files, String::new()).unwrap_or_else(|faults| panic!("{}\n{}", faults[0], import.yaml));
    let ids: Vec<&str> = set
        .kind("routine-other")
        .unwrap()
        .groups
        .iter()
        .find(|group| group.id == "sigma")
        .unwrap()
        .signs
        .iter()
        .map(|sign| sign.id.as_str())
        .collect();
    assert_eq!(ids, ["login-rules", "login-rules-2", "login-rules-3"]);
    assert!(import.yaml.contains("together"), "{}", import.yaml);
}

#[test]
fn a_detection_in_a_playbook_is_checked_like_everything_else() {
    let with = |detection: &str| {
        let mut files = builtin_files();
        let sign = format!(
            "signs:\n  odd:\n    cap: 10\n    signs:\n      - {{ id: own, weight: 5, detection: {detection}, because: {{ en: x, zh: y }} }}\n"
        );
        let text = files["routine-other.yaml"].replacen("signs:\n", &sign, 1);
        files.insert("routine-other.yaml".to_owned(), text);
        compile(&files, String::new()).map(|_| ()).map_err(|faults| faults[0].to_string())
    };
    assert_eq!(with("{ a: { chain: tron }, b: { raw.what.ever|contains: x }, condition: a and not b }"), Ok(()));
    for (detection, what) in [
        (
            "{ a: { chian: tron }, condition: a }",
            "signs.odd.own.a.chian: unknown field \"chian\", did you mean \"chain\"?",
        ),
        (
            "{ a: { kind: auth.lgin }, condition: a }",
            "signs.odd.own: unknown signal kind \"auth.lgin\", did you mean \"auth.login\"?",
        ),
        (
            "{ alpha: { chain: x }, condition: alpah }",
            "signs.odd.own.condition: unknown selection \"alpah\", did you mean \"alpha\"?",
        ),
    ] {
        let fault = with(detection).unwrap_err();
        assert!(fault.ends_with(what), "{fault}");
    }
}
