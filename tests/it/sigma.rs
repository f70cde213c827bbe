//! Sigma rules say the same here as in `sigma-rust`, on our own rules always and on the public ones where they lie.
//!
//! Where the two differ on purpose, [`Apart`] says how; a difference that none of its rows explains fails the test.

#[path = "../sigma/corpus.rs"]
mod corpus;
#[path = "../sigma/events.rs"]
mod events;

use std::collections::{BTreeMap, BTreeSet};

use holdfast::playbook::network::{Builder, Network};
use serde_json::{Map, Value, json};
use sigma_rust::Event;

use corpus::{Rule, items, public_rules, samples};
use events::{Events, put};

/// What the two read differently, and which of them is nearer to Sigma's specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Apart {
    /// `field: null` holds when the field is missing or null, as specified; `sigma-rust` asks for a null that is there. It
    /// is shown events in which every missing field is null, and no null at all for rules that do not ask.
    Null,
    /// A list fits when one of its elements does (a signal's facts have several values); in `sigma-rust` never.
    List,
    /// A number of a rule fits the same number written as text, and `true` the word; in `sigma-rust` only its own type.
    /// Facts are texts.
    Type,
    /// `*` and `?` in one text are tried at every place; `sigma-rust` takes the first and misses later ones.
    Wildcard,
    /// Dashes of several flags vary independently, and with `all` each flag must be there in some form; `sigma-rust`
    /// varies one flag at a time and then asks for all forms.
    Windash,
    /// Fields are compared without regard to case, as texts are; `sigma-rust` compares them byte for byte.
    FieldRef,
}

struct Both {
    rules: Vec<Rule>,
    theirs: Vec<sigma_rust::Rule>,
    network: Network,
    /// Fields that a rule compares with null.
    nulls: Vec<BTreeSet<String>>,
}

impl Both {
    /// The rules that both take; how many only we took, and only they.
    fn read(texts: &[(String, String)]) -> (Self, usize, usize) {
        let (mut rules, mut theirs, mut only_ours, mut only_theirs) = (Vec::new(), Vec::new(), 0, 0);
        for (name, text) in texts {
            match (corpus::read(name, text), sigma_rust::rule_from_yaml(text)) {
                (Ok(rule), Ok(their)) => {
                    rules.push(rule);
                    theirs.push(their);
                }
                (Ok(_), Err(_)) => only_ours += 1,
                (Err(_), Ok(_)) => only_theirs += 1,
                (Err(_), Err(_)) => {}
            }
        }
        let mut builder = Builder::default();
        for rule in &rules {
            builder.add(&rule.condition);
        }
        let null_of = |rule: &Rule| {
            let has_null =
                |value: &Value| value.is_null() || value.as_array().is_some_and(|all| all.contains(&Value::Null));
            let items = items(&rule.detection);
            items.iter().filter(|(_, value)| has_null(value)).map(|(key, _)| (*key).to_owned()).collect()
        };
        let nulls = rules.iter().map(null_of).collect();
        (Self { rules, theirs, network: builder.build(), nulls }, only_ours, only_theirs)
    }

    /// Compares on one event; counts what is apart by reason, panics on what has none.
    fn compare(&self, event: &Value, apart: &mut BTreeMap<Apart, usize>) -> usize {
        let mut scratch = self.network.scratch();
        let ours = self.network.over_json(event.to_string().as_bytes(), &mut scratch).unwrap();
        let without_null = without_null(event);
        let plain = Event::try_from(without_null.clone()).unwrap();
        let mut hits = 0;
        for ((number, their), nulls) in (0_u32..).zip(&self.theirs).zip(&self.nulls) {
            let theirs = if nulls.is_empty() {
                their.is_match(&plain)
            } else {
                *apart.entry(Apart::Null).or_default() += 1;
                their.is_match(&Event::try_from(with_nulls(&without_null, nulls)).unwrap())
            };
            let ours = ours.binary_search(&number).is_ok();
            hits += usize::from(ours);
            if ours != theirs {
                let rule = &self.rules[number as usize];
                let reason = reason(rule, event);
                let reason = reason.unwrap_or_else(|| panic!("{}: ours {ours}, theirs {theirs}: {event}", rule.name));
                *apart.entry(reason).or_default() += 1;
            }
        }
        hits
    }
}

/// The event without members that are null.
fn without_null(event: &Value) -> Value {
    match event {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name.clone(), without_null(value))).collect())
        }
        other => other.clone(),
    }
}

fn with_nulls(event: &Value, fields: &BTreeSet<String>) -> Value {
    let mut event: Map<String, Value> = event.as_object().unwrap().clone();
    for field in fields {
        if at(&Value::Object(event.clone()), field).is_none() {
            put(&mut event, field, Value::Null);
        }
    }
    Value::Object(event)
}

fn at<'a>(event: &'a Value, field: &str) -> Option<&'a Value> {
    event.get(field).or_else(|| field.split('.').try_fold(event, |value, name| value.get(name)))
}

/// Why the two may differ on a rule and an event.
fn reason(rule: &Rule, event: &Value) -> Option<Apart> {
    let items = items(&rule.detection);
    items.iter().find_map(|(key, value)| {
        let mut parts = key.split('|');
        let (field, modifiers): (&str, Vec<&str>) = (parts.next()?, parts.collect());
        let values = value.as_array().map_or_else(|| std::slice::from_ref(*value), Vec::as_slice);
        let there = at(event, field)?;
        let mixed = |value: &Value| {
            (value.is_number() || value.is_boolean()) && (there.is_string() || value.is_number() != there.is_number())
        };
        let both = |value: &Value| value.as_str().is_some_and(|text| text.contains('*') && text.contains('?'));
        if there.is_array() {
            Some(Apart::List)
        } else if values.iter().any(mixed) {
            Some(Apart::Type)
        } else if values.iter().any(both) {
            Some(Apart::Wildcard)
        } else if modifiers.contains(&"windash") {
            Some(Apart::Windash)
        } else {
            modifiers.contains(&"fieldref").then_some(Apart::FieldRef)
        }
    })
}

/// Small rules that between them use what Sigma has.
const OWN: &str = r"
s: { Image|endswith: '\tool.exe', CommandLine|contains|all: [' -x ', 'http'] }
f: { User|contains: [system, 'NT '] }
condition: s and not f
---
a_1: { EventID: [1, 4688], Status: 'ok*' }
a_2: [ { Path|startswith: 'c:\temp\' }, { Path|re: '^d:\\[a-z]+$' } ]
condition: all of a_*
---
a: { Source|cidr: [10.0.0.0/8, 'fe80::/10'] }
b: { Note: null }
c: { Size|gte: 100, Size|lt: 4000 }
condition: (a or c) and b
---
a: { Name|cased|startswith: Run, Line|windash|contains: ' -s' }
b: { Line|base64offset|contains: secret }
c: { Deep.Inner.Name: ['*ab?d', 'x\*y'] }
condition: 1 of them
---
a: { Left|fieldref: Right }
b: { Flag: true, Deep.Inner|exists: true }
condition: a or b
---
a: { Name: 'a*b?c' }
condition: a
";

fn own() -> Vec<(String, String)> {
    let rule = |(number, text): (usize, &str)| {
        let indented = format!("  {}\n", text.trim().replace('\n', "\n  "));
        let head = format!("title: own {number}\nlogsource: {{ product: own }}\ndetection:\n");
        (format!("own-{number}"), head + &indented)
    };
    OWN.split("---").enumerate().map(rule).collect()
}

#[test]
fn own_rules_say_the_same_as_in_sigma_rust() {
    let (both, only_ours, only_theirs) = Both::read(&own());
    assert_eq!((both.rules.len(), only_ours, only_theirs), (6, 0, 0));
    let (mut apart, mut hits) = (BTreeMap::new(), 0);
    let written = [
        json!({ "Image": r"C:\x\TOOL.exe", "CommandLine": "run -X HTTP://a", "User": "kim" }),
        json!({ "Image": r"C:\x\TOOL.exe", "CommandLine": "run -x http", "User": "SYSTEM" }),
        json!({ "EventID": 4688, "Status": "okay", "Path": r"D:\abc" }),
        json!({ "EventID": 4688, "Status": "okay", "Path": r"d:\abc" }),
        json!({ "Source": "10.2.3.4", "Note": null }),
        json!({ "Source": "FE80::1" }),
        json!({ "Size": 100, "Note": "x" }),
        json!({ "Size": 3999 }),
        json!({ "Name": "running", "Line": "a /s" }),
        json!({ "Name": "Running", "Line": "a –S" }),
        json!({ "Line": "cmFuIHNlY3JldA==" }),
        json!({ "Deep": { "Inner": { "Name": "12ABxD" } }, "Flag": true }),
        json!({ "Deep": { "Inner": { "Name": "x*y" } } }),
        json!({ "Left": "x", "Right": "x" }),
    ];
    for event in &written {
        hits += both.compare(event, &mut apart);
    }
    assert_eq!(hits, 11);
    assert_eq!(apart.remove(&Apart::Null), Some(written.len()), "one rule asks for null");
    assert!(apart.is_empty(), "{apart:?}");
    let differing = [
        (json!({ "Name": ["x", "axbxyc", "azb1c"] }), Apart::List),
        (json!({ "EventID": "4688", "Status": "ok", "Path": r"c:\temp\x" }), Apart::Type),
        (json!({ "Name": "axbxybzc" }), Apart::Wildcard),
        (json!({ "Left": "x", "Right": "X" }), Apart::FieldRef),
    ];
    for (event, reason) in differing {
        both.compare(&event, &mut apart);
        apart.remove(&Apart::Null);
        assert_eq!(std::mem::take(&mut apart), BTreeMap::from([(reason, 1)]), "{event}");
    }
    let mut events = Events::new(&both.rules, 7);
    for _ in 0..2_000 {
        both.compare(&events.event(), &mut apart);
    }
}

/// Published webhook bodies that are JSON objects.
fn payloads() -> Vec<Value> {
    let Some(root) = samples().map(|samples| samples.join("webhooks")) else { return Vec::new() };
    let (mut folders, mut bodies) = (vec![root], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(body) = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok()) {
                bodies.push(body);
            }
        }
    }
    bodies.retain(Value::is_object);
    bodies
}

/// Generated events to compare on; each costs `sigma-rust` a walk over all rules.
const EVENTS: usize = 150;

#[test]
#[expect(clippy::print_stdout, reason = "a test that was left out says so, one that ran says on how much")]
fn public_rules_say_the_same_as_in_sigma_rust() {
    let Some(texts) = public_rules() else {
        println!("skipped: HOLDFAST_SAMPLES names no folder of public rules");
        return;
    };
    let (both, only_ours, only_theirs) = Both::read(&texts);
    let (mut apart, mut hits) = (BTreeMap::new(), 0);
    let mut events = Events::new(&both.rules, 1);
    for _ in 0..EVENTS {
        hits += both.compare(&events.event(), &mut apart);
    }
    let payloads = payloads();
    for payload in &payloads {
        hits += both.compare(payload, &mut apart);
    }
    apart.remove(&Apart::Null);
    println!(
        "{} rules of {} in both, {only_ours} only ours, {only_theirs} only theirs; {EVENTS} events and {} payloads: {hits} matches, apart: {apart:?}",
        both.rules.len(),
        texts.len(),
        payloads.len()
    );
    assert!(both.rules.len() > 3_500 && hits > 10, "{} rules, {hits} matches", both.rules.len());
}
