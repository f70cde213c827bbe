//! `holdfast playbook export-cacao`: a playbook as a CACAO Security Playbook 2.0 (OASIS), so that other tools can read it.
//!
//! Person and staff work side by side, each in the order of the file, which holds every `after`; orders and what is never to
//! be done are branches of their own, and a step that hangs on answers stands behind an `if-condition`. Nothing undoes an
//! order when a playbook fails: protection ends by itself or by a decision. Nothing is signed: whoever publishes it signs it.

mod identifier;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::{Map, Value, json};

use self::identifier::{identity, of_part, of_playbook};
use crate::cli::screen::{Ending, Screen};
use crate::cli::words::moment;
use crate::playbook::matcher::Match;
use crate::playbook::{Approval, Audience, Class, Kind, Never, Order, Question, Set, Step};
use crate::text::Language;
use crate::time::{Span, Timestamp};

/// What the file does not say by itself.
#[derive(Debug, Clone)]
pub struct Publication {
    pub created: Timestamp,
    pub modified: Timestamp,
    /// A STIX identity, `identity--` and a UUID; Holdfast's own when absent.
    pub created_by: Option<String>,
    pub language: Language,
}

/// Writes kinds out: into a folder as `KIND.json`, else one after the other.
pub fn export(
    kinds: &[&Kind],
    publication: &Publication,
    (directory, screen): (Option<&Path>, &mut Screen<'_>),
) -> anyhow::Result<Ending> {
    anyhow::ensure!(publication.modified >= publication.created, "modified lies before created");
    for kind in kinds {
        let text = serde_json::to_string_pretty(&document(kind, publication))?;
        let Some(directory) = directory else {
            writeln!(screen.out, "{text}")?;
            continue;
        };
        let path = directory.join(format!("{}.json", kind.id));
        fs::write(&path, text + "\n").with_context(|| path.display().to_string())?;
        writeln!(screen.out, "{}", path.display())?;
    }
    Ok(Ending::Fine)
}

/// The kinds that were asked for: one, or all.
pub fn chosen<'a>(set: &'a Set, kind: Option<&str>) -> anyhow::Result<Vec<&'a Kind>> {
    let Some(id) = kind else { return Ok(set.kinds.iter().collect()) };
    let known: Vec<&str> = set.kinds.iter().map(|kind| kind.id.as_str()).collect();
    Ok(vec![set.kind(id).with_context(|| crate::playbook::unknown("playbook", id, &known))?])
}

/// What commands do, in the words of the specification's open vocabulary.
const FOR_PERSON: &str = "eliminate-risk";
const FOR_STAFF: &str = "identify-steps";
const CONTAIN: &str = "restrict-access";

fn document(kind: &Kind, publication: &Publication) -> Value {
    let language = publication.language;
    let name = kind.title.get(language);
    let types = match kind.class {
        Class::Security => ["investigation", "mitigation"].as_slice(),
        Class::Routine => ["notification"].as_slice(),
    };
    // By the kind and not by its name, which differs by language.
    let id = of_playbook(&kind.id, types);
    let urgency = urgency(kind);
    let workflow = Workflow::of(kind, id, language);
    let mut activities = vec![FOR_PERSON, FOR_STAFF];
    if !kind.orders.is_empty() {
        activities.push(CONTAIN);
    }
    let mut document = json!({
        "type": "playbook",
        "spec_version": "cacao-2.0",
        "id": format!("playbook--{id}"),
        "name": name,
        "description": kind.summary.get(language),
        "playbook_types": types,
        "playbook_activities": activities,
        "playbook_processing_summary": { "manual_playbook": true, "parallel_processing": true, "conditional_logic": workflow.is_conditional() },
        "created_by": publication.created_by.clone().unwrap_or_else(identity),
        "created": publication.created,
        "modified": publication.modified,
        "priority": 1 + 20 * (urgency - 1),
        "severity": 100 - 20 * (urgency - 1),
        "labels": [kind.id, kind.class.as_str()],
        "workflow_start": workflow.start,
        "workflow": workflow.steps,
        "agent_definitions": workflow.agents,
    });
    if !kind.questions.is_empty() {
        let variable = |question: &Question| (variable(&question.id), answered(question, language));
        document["playbook_variables"] = kind.questions.iter().map(variable).collect::<Map<String, Value>>().into();
    }
    if !kind.sources.is_empty() {
        let reference = |source: &String| json!({ "name": host(source), "url": source });
        document["external_references"] = kind.sources.iter().map(reference).collect();
    }
    document
}

/// How urgent a kind is before anything is known of a case, 1 to 5 as our levels: by how fast the money goes. CACAO counts
/// priority the same way (1 is the highest, 100 the lowest) and severity the other way round.
fn urgency(kind: &Kind) -> u8 {
    if kind.class == Class::Routine {
        return 5;
    }
    match kind.stakes.half_life.minutes() {
        ..=15 => 1,
        16..=120 => 2,
        121..=1_440 => 3,
        _ => 4,
    }
}

fn host(source: &str) -> &str {
    source.trim_start_matches("https://").split('/').next().unwrap_or(source)
}

struct Workflow {
    start: String,
    steps: Map<String, Value>,
    agents: Map<String, Value>,
}

/// One action before it knows what follows.
struct Action {
    id: String,
    body: Value,
    /// The step is taken only when this holds.
    only_if: Option<Condition>,
}

struct Condition {
    id: String,
    /// Where the taken step ends.
    end: String,
    text: String,
}

impl Workflow {
    fn of(kind: &Kind, playbook: uuid::Uuid, language: Language) -> Self {
        let name = |type_of: &str, part: &str| format!("{type_of}--{}", of_part(playbook, part));
        let agents = [
            (
                name("individual", "agent person"),
                json!({ "type": "individual", "name": "person", "description": "The person whose wallet or account it is." }),
            ),
            (
                name("organization", "agent staff"),
                json!({ "type": "organization", "name": "staff", "description": "The staff of the provider." }),
            ),
        ];
        let [(person, _), (staff, _)] = &agents;
        let mut branches = Vec::new();
        for (audience, agent, activity) in [(Audience::Person, person, FOR_PERSON), (Audience::Staff, staff, FOR_STAFF)]
        {
            let own = kind.steps.iter().map(|compiled| &compiled.step).filter(|step| step.audience == audience);
            let action = |step: &Step| Action {
                id: name("action", &format!("step {}", step.id)),
                body: action(
                    (&step.id, step.action.get(language)),
                    (&about(step, language), step.why.get(language)),
                    (agent, activity),
                ),
                only_if: condition(step).map(|text| Condition {
                    id: name("if-condition", &format!("if {}", step.id)),
                    end: name("end", &format!("end of {}", step.id)),
                    text,
                }),
            };
            branches.push(own.map(action).collect::<Vec<Action>>());
        }
        let order = |order: &Order| Action {
            id: name("action", &format!("order {}", order.action)),
            body: action(
                (&format!("order {}", order.action), &placed(order)),
                ("", "Asked of the wallet's backend."),
                (staff, CONTAIN),
            ),
            only_if: None,
        };
        branches.push(kind.orders.iter().map(order).collect());
        branches.push(never(kind, language, (person, name("action", "never"))).into_iter().collect());

        let mut steps = Map::new();
        let mut heads = Vec::new();
        for (number, branch) in branches.into_iter().enumerate() {
            heads.extend(chain(&mut steps, branch, name("end", &format!("end of branch {number}"))));
        }
        let (start, end) = (name("start", "start"), name("end", "end"));
        let next = if let [only] = heads.as_slice() {
            only.clone()
        } else {
            let parallel = name("parallel", "side by side");
            steps.insert(parallel.clone(), json!({ "type": "parallel", "next_steps": heads, "on_completion": end }));
            steps.insert(end, json!({ "type": "end" }));
            parallel
        };
        steps.insert(start.clone(), json!({ "type": "start", "on_completion": next }));
        Self { start, steps, agents: agents.into_iter().collect() }
    }
}

impl Workflow {
    fn is_conditional(&self) -> bool {
        self.steps.values().any(|step| step["type"] == "if-condition")
    }
}

impl Action {
    /// Where whoever comes to the action goes in.
    fn entry(&self) -> String {
        self.only_if.as_ref().map_or_else(|| self.id.clone(), |condition| condition.id.clone())
    }
}

/// What is never to be done, as one action of the person: CACAO has no word for it.
fn never(kind: &Kind, language: Language, (person, id): (&str, String)) -> Option<Action> {
    let command = |never: &Never| {
        let text = format!("NEVER: {} ({})", never.action.get(language), never.why.get(language));
        json!({ "type": "manual", "command": text, "playbook_activity": FOR_PERSON })
    };
    let commands: Vec<Value> = kind.never.iter().map(command).collect();
    let body = json!({
        "type": "action",
        "name": "never",
        "description": "What the person never does, whoever asks for it.",
        "commands": commands,
        "agent": person,
    });
    (!kind.never.is_empty()).then_some(Action { id, body, only_if: None })
}

/// Puts actions into the workflow one after the other; the first one's id, or nothing when there is none.
fn chain(steps: &mut Map<String, Value>, actions: Vec<Action>, end: String) -> Option<String> {
    let first = actions.first()?.entry();
    let next: Vec<String> = actions.iter().skip(1).map(Action::entry).chain([end.clone()]).collect();
    for (mut action, next) in actions.into_iter().zip(next) {
        if let Some(Condition { id, end, text }) = action.only_if {
            let taken = &action.id;
            let condition =
                json!({ "type": "if-condition", "condition": text, "on_true": taken, "on_completion": next });
            steps.insert(id, condition);
            steps.insert(end.clone(), json!({ "type": "end" }));
            action.body["on_completion"] = end.into();
        } else {
            action.body["on_completion"] = next.into();
        }
        steps.insert(action.id, action.body);
    }
    steps.insert(end, json!({ "type": "end" }));
    Some(first)
}

fn action((id, command): (&str, &str), (about, why): (&str, &str), (agent, activity): (&str, &str)) -> Value {
    let description = if about.is_empty() { why.to_owned() } else { format!("{why} {about}") };
    json!({
        "type": "action",
        "name": id,
        "description": description,
        "commands": [{ "type": "manual", "command": command, "playbook_activity": activity }],
        "agent": agent,
    })
}

/// What a step says beside its instruction, which CACAO has no field of its own for. A time box is no `timeout`: when it
/// ends the next step begins, and nothing has failed.
fn about(step: &Step, language: Language) -> String {
    let mut parts = vec![format!("[due: {}]", moment(step.moment))];
    let mut add = |name: &str, value: &str| parts.push(format!("[{name}: {value}]"));
    if let Some(takes) = &step.takes {
        add("takes", takes);
    }
    if let Some(span) = &step.time_box {
        add("time box", span);
    }
    if !step.after.is_empty() {
        add("after", &step.after.join(", "));
    }
    if step.required {
        add("required", "yes");
    }
    if let Some(instead) = &step.instead {
        add("when it cannot be done", instead);
    }
    if let Some(worked) = &step.worked {
        add("it worked when", worked.get(language));
    }
    parts.join(" ")
}

/// The answers that a step hangs on, as a pattern over the playbook's variables; nothing when it hangs on none.
fn condition(step: &Step) -> Option<String> {
    let when = step.when.as_ref().map(pattern);
    let unless = step.unless.as_ref().map(|unless| format!("NOT ({})", pattern(unless)));
    let parts: Vec<String> = when.into_iter().chain(unless).collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

fn pattern(when: &Match) -> String {
    let equal = |field: &str, value: &Value| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{}:value = '{}'", variable(field), value.replace('\'', "\\'"))
    };
    let test = |(field, value): (&String, &Value)| {
        let field = field.strip_prefix("answer.").unwrap_or(field);
        match value.as_array() {
            Some(any) => {
                let any: Vec<String> = any.iter().map(|value| equal(field, value)).collect();
                format!("({})", any.join(" OR "))
            }
            None => equal(field, value),
        }
    };
    let line = |line: &BTreeMap<String, Value>| line.iter().map(test).collect::<Vec<_>>().join(" AND ");
    match when {
        Match::All(tests) => line(tests),
        Match::Any(lines) => lines.iter().map(|tests| format!("({})", line(tests))).collect::<Vec<_>>().join(" OR "),
    }
}

/// The name of the variable that holds the answer to a question.
fn variable(question: &str) -> String {
    format!("__{question}__")
}

fn answered(question: &Question, language: Language) -> Value {
    let choices: Vec<&str> = question.answers.iter().map(|answer| answer.id.as_str()).collect();
    let about = format!("{} [{}]", question.ask.get(language), choices.join(", "));
    json!({ "type": "string", "description": about, "constant": false, "external": true })
}

fn placed(order: &Order) -> String {
    let approval = match order.approval {
        Approval::One => "one person approves",
        Approval::Two => "two people approve",
    };
    let lasts = order
        .expires
        .parse::<Span>()
        .map_or_else(|_| order.expires.clone(), |span| format!("{} minutes", span.minutes()));
    format!("{}: ends by itself after {lasts}, {approval}, undone by {}", order.action, order.undo)
}
