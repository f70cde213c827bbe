//! Seeded events for rules: of every event one in ten fulfils a path through some rule, three in ten fulfil one field of
//! one, the others are what machines say all day. Nested JSON with an envelope around the fields of one log source.

use std::collections::BTreeMap;

use holdfast::phrase::sample::Draw;
use holdfast::playbook::network::{Asks, Atom, Bound, Condition, Part, Text};
use serde_json::{Map, Value, json};

use super::corpus::{Rule, number_fields};

/// Events that fulfil a rule, and that fulfil a field of one, in a hundred.
const FULFIL: usize = 10;
const NEAR: usize = 30;
/// Fields of a log source that an event carries, those most asked for first.
const FIELDS: usize = 14;

const PROGRAMS: [&str; 8] = [
    r"C:\Windows\System32\svchost.exe",
    r"C:\Windows\explorer.exe",
    r"C:\Program Files\Backup\agent.exe",
    r"C:\Windows\System32\taskhostw.exe",
    r"C:\Users\kim\AppData\Local\Notes\notes.exe",
    "/usr/sbin/sshd",
    "/usr/lib/systemd/systemd-journald",
    "/opt/gateway/bin/gateway",
];
const WORDS: [&str; 24] = [
    "refresh",
    "--locale=en-GB",
    "session",
    "-k",
    "LocalService",
    "inventory",
    "monthly",
    "--quiet",
    "index",
    "worker",
    "health",
    "renewal",
    "certificate",
    "eu-central-1",
    "staging",
    "queue",
    "8443",
    "2026-03-01",
    "statement",
    "cache",
    "--type=utility",
    "printer",
    "tenant",
    r"D:\exports\april.xlsx",
];

pub struct Events<'a> {
    rules: &'a [Rule],
    numbers: BTreeMap<String, bool>,
    /// Texts that rules compare a field with as a whole.
    whole: BTreeMap<&'a str, Vec<&'a str>>,
    /// Log sources: their fields, their rules.
    classes: Vec<(&'a str, Vec<&'a str>, Vec<usize>)>,
    draw: Draw,
    made: usize,
}

impl<'a> Events<'a> {
    pub fn new(rules: &'a [Rule], seed: u64) -> Self {
        let mut classes: BTreeMap<&str, (BTreeMap<&str, usize>, Vec<usize>)> = BTreeMap::new();
        let mut whole: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (number, rule) in rules.iter().enumerate() {
            let (fields, of) = classes.entry(&rule.class).or_default();
            of.push(number);
            rule.condition.each_atom(&mut |atom| {
                *fields.entry(&atom.field).or_default() += 1;
                if let Asks::Text(Text::Equal(text), _) = &atom.asks {
                    whole.entry(&atom.field).or_default().push(text);
                }
            });
        }
        let class = |(name, (fields, rules)): (&'a str, (BTreeMap<&'a str, usize>, Vec<usize>))| {
            let mut fields: Vec<(&str, usize)> = fields.into_iter().collect();
            fields.sort_by_key(|(name, count)| (usize::MAX - count, *name));
            (name, fields.into_iter().take(FIELDS).map(|(name, _)| name).collect(), rules)
        };
        let classes = classes.into_iter().map(class).collect();
        Self { rules, numbers: number_fields(rules), whole, classes, draw: Draw::new(seed), made: 0 }
    }

    /// The next event.
    pub fn event(&mut self) -> Value {
        let chosen = self.draw.below(self.rules.len());
        let class = self.classes.iter().position(|(_, _, rules)| rules.contains(&chosen)).unwrap();
        let (name, fields, rules) = self.classes[class].clone();
        let mut values: Vec<(String, Value)> =
            fields.iter().map(|field| ((*field).to_owned(), self.usual(field))).collect();
        let lot = self.draw.below(100);
        if lot < FULFIL + NEAR {
            let rule = rules[self.draw.below(rules.len())];
            let mut wanted = Vec::new();
            self.fulfil(&self.rules[rule].condition, &mut wanted);
            if lot >= FULFIL && !wanted.is_empty() {
                wanted = vec![wanted.swap_remove(self.draw.below(wanted.len()))];
            }
            for (field, asks) in wanted {
                let Some(value) = self.value(&field, &asks) else { continue };
                values.retain(|(known, _)| *known != field);
                values.push((field, value));
            }
        }
        let mut event = self.envelope(name);
        for (field, value) in values {
            put(&mut event, &field, value);
        }
        self.made += 1;
        Value::Object(event)
    }

    fn envelope(&mut self, class: &str) -> Map<String, Value> {
        let draw = &mut self.draw;
        let envelope = json!({
            "@event": format!("{:016x}{:016x}", draw.number(), draw.number()),
            "@time": format!("2026-03-{:02}T{:02}:{:02}:{:02}.{:03}Z", 1 + self.made % 28, draw.below(24), draw.below(60), draw.below(60), draw.below(1_000)),
            "@class": class,
            "@tenant": format!("tenant-{}", draw.below(50)),
            "@account": format!("account-{:06}", draw.below(80_000)),
            "@host": format!("machine-{:04}.branch.example.org", draw.below(6_000)),
            "@session": format!("{:016x}", draw.number()),
            "@number": self.made,
        });
        envelope.as_object().unwrap().clone()
    }

    /// What a machine would say in this field on any day.
    fn usual(&mut self, field: &str) -> Value {
        let name = field.to_lowercase();
        let any = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        let number = self.numbers.get(field).copied().unwrap_or_default();
        let known = self.whole.get(field).filter(|_| self.draw.below(100) < if number { 50 } else { 30 });
        if let Some(known) = known {
            let text = known[self.draw.below(known.len())];
            return self.typed(field, text);
        }
        if number {
            return json!(self.draw.below(65_536));
        }
        if any(&["commandline", "scriptblock", "payload", "message"]) {
            let words = 5 + self.draw.below(14);
            let said: Vec<&str> = (0..words).map(|_| WORDS[self.draw.below(WORDS.len())]).collect();
            return json!(format!("\"{}\" {}", PROGRAMS[self.draw.below(PROGRAMS.len())], said.join(" ")));
        }
        if any(&["image", "path", "file", "process", "dll", "object"]) {
            return json!(PROGRAMS[self.draw.below(PROGRAMS.len())]);
        }
        if any(&["hash", "md5", "sha"]) {
            let mut part = || format!("{:016X}", self.draw.number());
            let digest = [part(), part(), part(), part()].concat();
            return json!(format!("SHA256={digest}"));
        }
        if any(&["ip", "addr"]) {
            let mut part = || self.draw.below(200) + 11;
            return json!(format!("{}.{}.{}.{}", part(), part(), part(), part()));
        }
        let words = 1 + self.draw.below(4);
        json!((0..words).map(|_| WORDS[self.draw.below(WORDS.len())]).collect::<Vec<_>>().join(" "))
    }

    /// Draws a path through a condition: what fields must hold along it.
    fn fulfil(&mut self, condition: &Condition, wanted: &mut Vec<(String, Vec<Asks>)>) {
        match condition {
            Condition::Atom(Atom { field, asks }) => match wanted.iter_mut().find(|(known, _)| known == field) {
                Some((_, all)) => all.push(asks.clone()),
                None => wanted.push((field.clone(), vec![asks.clone()])),
            },
            Condition::All(parts) => parts.iter().for_each(|part| self.fulfil(part, wanted)),
            Condition::Any(parts) if parts.is_empty() => {}
            Condition::Any(parts) => {
                let part = self.draw.below(parts.len());
                self.fulfil(&parts[part], wanted);
            }
            Condition::Not(_) => {}
        }
    }

    /// A value that passes these tests, as far as one can be written down.
    fn value(&mut self, field: &str, asks: &[Asks]) -> Option<Value> {
        let (mut start, mut inside, mut end) = (String::new(), String::new(), String::new());
        for asks in asks {
            match asks {
                Asks::Text(Text::Equal(text), _) => return Some(self.typed(field, text)),
                Asks::Text(Text::Wildcard(wildcard), _) => return Some(json!(wildcard.longest_literal())),
                Asks::Text(Text::Part(Part::Start, text), _) => start.clone_from(text),
                Asks::Text(Text::Part(Part::End, text), _) => end.clone_from(text),
                Asks::Text(Text::Part(Part::Anywhere, text), _) => inside = format!("{inside} {text}"),
                Asks::Within(network, _) => return Some(json!(network.to_string())),
                Asks::Number(Bound::Equal(bound) | Bound::AtLeast(bound) | Bound::AtMost(bound)) => {
                    return serde_json::from_str(&bound.to_string()).ok();
                }
                Asks::Exists | Asks::Number(_) | Asks::Matches(_) | Asks::Field(..) => return None,
            }
        }
        let word =
            if start.is_empty() && inside.is_empty() && end.starts_with('\\') { r"C:\Users\Public" } else { "run" };
        let mut text = if inside.is_empty() { format!("{start}{word}{end}") } else { format!("{start}{inside} {end}") };
        if self.draw.below(100) < 30 {
            text = text.to_uppercase();
        }
        Some(json!(text))
    }

    /// A text as a number where rules take the field for one.
    fn typed(&self, field: &str, text: &str) -> Value {
        match text.parse::<i64>() {
            Ok(number) if self.numbers.get(field).copied().unwrap_or_default() => json!(number),
            Ok(_) | Err(_) if text == "true" || text == "false" => json!(text == "true"),
            Ok(_) | Err(_) => json!(text),
        }
    }
}

/// Puts a value where a name with points leads, unless something else is there.
pub fn put(object: &mut Map<String, Value>, field: &str, value: Value) {
    match field.split_once('.') {
        Some((head, tail)) => {
            if let Value::Object(inner) = object.entry(head).or_insert_with(|| json!({})) {
                put(inner, tail, value);
            }
        }
        None if object.get(field).is_some_and(Value::is_object) => {}
        None => {
            object.insert(field.to_owned(), value);
        }
    }
}
