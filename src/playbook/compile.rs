//! From written files to a running [`Set`]: every name resolved, every range checked, every test filed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::check;
use super::fault::{Fault, unknown};
use super::frames::{self, Lexicon};
use super::help::Region;
use super::learned::{self, Reader, Weights};
use super::matcher::Matcher;
use super::network::{Asks, Condition, Text};
use super::phrases::Builder;
use super::policy::Policy;
use super::raw::RawPaths;
use super::set::{CompiledStep, Correlation, Filed, Group, Kind, Layers, Network, Set, Sign, SignRef, Stakes, Test};
use super::shape::{Class, Group as WrittenGroup, Playbook, Sign as WrittenSign};
use super::sigma;
use crate::scoring::log_odds_of;
use crate::signal::{FieldType, Vocabulary};
use crate::time::Span;

/// The files of a set by name, as read from a directory or compiled in. Names: `vocabulary.yaml`, `policy.yaml`,
/// `shared.yaml`, `frames.yaml`, `help-lines.yaml`; every other `*.yaml` is a playbook.
pub type Files = BTreeMap<String, String>;

const NOT_PLAYBOOKS: [&str; 5] = ["vocabulary.yaml", "policy.yaml", "shared.yaml", "frames.yaml", "help-lines.yaml"];

/// The group of signs that several playbooks share.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    signs: Vec<WrittenSign>,
}

/// What is known while compiling one file.
pub(super) struct Room<'a> {
    pub file: &'a str,
    pub yaml: &'a str,
    pub vocabulary: &'a Vocabulary,
    pub fields: Vec<&'a str>,
}

impl Room<'_> {
    pub fn fault(&self, path: &[&str], what: impl Into<String>) -> Fault {
        Fault::in_text(self.file, self.yaml, path, what)
    }

    pub fn span(&self, path: &[&str], text: &str) -> Result<Span, Fault> {
        text.parse().map_err(|error| self.fault(path, format!("`{text}` is {error}")))
    }

    pub fn matcher(&self, path: &[&str], written: &super::matcher::Match) -> Result<Matcher, Fault> {
        let type_of = |field: &str| self.vocabulary.type_of(field);
        let matcher =
            Matcher::new(written, &type_of, &self.fields).map_err(|error| self.fault(path, error.to_string()))?;
        for kind in matcher.pinned("kind").unwrap_or_default() {
            if !self.vocabulary.kinds.contains_key(kind) {
                let known: Vec<&String> = self.vocabulary.kinds.keys().collect();
                return Err(self.fault(path, unknown("signal kind", kind, &known)));
            }
        }
        Ok(matcher)
    }

    /// A condition in Sigma's form; kinds that it asks for are known ones.
    pub fn detection(&self, path: &[&str], written: &sigma::Detection) -> Result<Condition, Fault> {
        let type_of = |field: &str| self.vocabulary.type_of(field);
        let fields = sigma::Fields { type_of: &type_of, known: &self.fields };
        let condition = sigma::condition(written, fields).map_err(|refused| {
            let path: Vec<&str> = path.iter().copied().chain(refused.path.iter().map(String::as_str)).collect();
            self.fault(&path, refused.what)
        })?;
        let mut wrong = None;
        condition.each_atom(&mut |atom| match &atom.asks {
            Asks::Text(Text::Equal(kind), _) if atom.field == "kind" && !self.vocabulary.kinds.contains_key(kind) => {
                wrong = wrong.or(Some(kind));
            }
            _ => {}
        });
        if let Some(kind) = wrong {
            let known: Vec<&String> = self.vocabulary.kinds.keys().collect();
            return Err(self.fault(path, unknown("signal kind", kind, &known)));
        }
        Ok(condition)
    }
}

/// Compiles a whole set; all faults of all files at once, or the set. `digest` names the files' content.
pub fn compile(files: &Files, digest: String) -> Result<Set, Vec<Fault>> {
    let vocabulary: Vocabulary = read(files, "vocabulary.yaml").map_err(|fault| vec![fault])?;
    let policy: Policy = read(files, "policy.yaml").map_err(|fault| vec![fault])?;
    policy.check().map_err(|what| vec![Fault::in_text("policy.yaml", "", &[], what)])?;
    let mut help_lines: Vec<Region> = read(files, "help-lines.yaml").map_err(|fault| vec![fault])?;
    help_lines.iter_mut().for_each(Region::fill);
    let shared: BTreeMap<String, Shared> = read(files, "shared.yaml").map_err(|fault| vec![fault])?;
    let lexicon = Lexicon::new(&read(files, "frames.yaml").map_err(|fault| vec![fault])?)
        .map_err(|what| vec![Fault::in_text("frames.yaml", "", &[], what)])?;

    let mut faults = Vec::new();
    let mut kinds = Vec::new();
    let mut phrases =
        Phrasebook { builder: Builder::default(), signs: Vec::new(), frames: frames::Builder::new(lexicon) };
    for (file, yaml) in files.iter().filter(|(file, _)| !NOT_PLAYBOOKS.contains(&file.as_str())) {
        let room = Room {
            file,
            yaml,
            vocabulary: &vocabulary,
            fields: vocabulary.fields.keys().map(String::as_str).collect(),
        };
        let written: Result<Playbook, _> = serde_saphyr::from_str(yaml);
        let place = u32::try_from(kinds.len()).unwrap_or(u32::MAX);
        let outcome = written
            .map_err(|error| Fault::of_yaml(file, &error))
            .and_then(|written| one(&room, written, (&policy, &shared), (place, &mut phrases)));
        match outcome {
            Ok(kind) => kinds.push(kind),
            Err(fault) => faults.push(fault),
        }
    }
    let by_id: BTreeMap<String, usize> =
        kinds.iter().enumerate().map(|(place, kind)| (kind.id.clone(), place)).collect();
    for needed in check::NEEDED {
        if !by_id.contains_key(needed) && faults.is_empty() {
            faults.push(Fault::in_text(
                &format!("{needed}.yaml"),
                "",
                &[],
                "this playbook is needed: it leads when no other does",
            ));
        }
    }
    faults.extend(check::step_ids(&kinds));
    faults.extend(check::meanings(&kinds));
    if !faults.is_empty() {
        return Err(faults);
    }
    let network = file_signs(&kinds, phrases).map_err(|what| vec![Fault::in_text("playbooks", "", &[], what)])?;
    let mut by_question: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (place, kind) in kinds.iter().enumerate() {
        for (number, question) in kind.questions.iter().enumerate() {
            by_question.entry(question.id.clone()).or_default().push((place, number));
        }
    }
    let learned = reader(learned::builtin(), policy.reliability.report, &kinds, &by_id);
    let (layers, raw) = (Layers::ALL, RawPaths::of(&kinds));
    Ok(Set { digest, policy, vocabulary, kinds, help_lines, by_id, by_question, network, learned, layers, raw })
}

impl Set {
    /// Reads texts by other weights than those compiled in.
    pub fn learn(&mut self, weights: Weights) {
        self.learned = reader(Arc::new(weights), self.policy.reliability.report, &self.kinds, &self.by_id);
    }
}

fn reader(weights: Arc<Weights>, report: u16, kinds: &[Kind], by_id: &BTreeMap<String, usize>) -> Reader {
    Reader::new(weights, report, |kind| by_id.get(kind).map(|place| (*place, kinds[*place].class)))
}

fn read<T: serde::de::DeserializeOwned>(files: &Files, name: &str) -> Result<T, Fault> {
    let yaml = files.get(name).ok_or_else(|| Fault::in_text(name, "", &[], "this file is missing"))?;
    serde_saphyr::from_str(yaml).map_err(|error| Fault::of_yaml(name, &error))
}

/// What is collected over all files for the texts of people.
struct Phrasebook {
    builder: Builder,
    signs: Vec<(usize, SignRef)>,
    frames: frames::Builder,
}

type Beside<'a> = (&'a Policy, &'a BTreeMap<String, Shared>);

fn one(
    room: &Room<'_>,
    mut written: Playbook,
    (policy, shared): Beside<'_>,
    (place, phrases): (u32, &mut Phrasebook),
) -> Result<Kind, Fault> {
    check::playbook(room, &written)?;
    written.fill();
    let mut groups = Vec::new();
    for (id, group) in &written.signs {
        let at = (place, u16::try_from(groups.len()).map_err(|_| room.fault(&["signs"], "too many groups"))?);
        groups.push(compile_group(room, (id, group), shared, (at, written.class, phrases))?);
    }
    groups.push(learned::group(policy.text_learned_cap));
    let steps = written.steps.into_iter().map(|step| {
        let condition = |name, written_as: &Option<_>| {
            let condition = |asked| check::condition(room, [&step.id, name], asked, &written.questions);
            written_as.as_ref().map(condition).transpose()
        };
        let (when, unless) = (condition("when", &step.when)?, condition("unless", &step.unless)?);
        Ok(CompiledStep { step, when, unless })
    });
    Ok(Kind {
        steps: steps.collect::<Result<_, Fault>>()?,
        stakes: Stakes {
            half_life: room.span(&["stakes", "half_life"], &written.stakes.half_life)?,
            reach: written.stakes.reach,
            assumed_cents: i64::try_from(written.stakes.assumed_value).unwrap_or(i64::MAX).saturating_mul(100),
            help_works: written.stakes.help_works,
            handling: room.span(&["stakes", "handling"], &written.stakes.handling)?,
            exposure: written.stakes.exposure,
            activity: written.stakes.activity,
            can_act: written.stakes.can_act,
        },
        act_at: log_odds_of(written.act_at.unwrap_or(policy.acting)),
        id: written.id,
        class: written.class,
        title: written.title,
        summary: written.summary,
        normal: written.normal,
        prior: written.prior,
        groups,
        questions: written.questions,
        never: written.never,
        orders: written.orders,
        sources: written.sources,
        examples: written.examples,
    })
}

type Placed<'a> = ((u32, u16), Class, &'a mut Phrasebook);

fn compile_group(
    room: &Room<'_>,
    (id, group): (&String, &WrittenGroup),
    shared: &BTreeMap<String, Shared>,
    (at, class, phrases): Placed<'_>,
) -> Result<Group, Fault> {
    let mut signs = group.signs.clone();
    if let Some(name) = &group.shared {
        let Some(found) = shared.get(name) else {
            let known: Vec<&String> = shared.keys().collect();
            return Err(room.fault(&["signs", id, "shared"], unknown("shared group", name, &known)));
        };
        let scale = i64::from(group.scale.unwrap_or(1_000));
        signs.extend(found.signs.iter().cloned().map(|mut sign| {
            let largest = i64::from(check::LARGEST);
            let scaled = (i64::from(sign.weight) * scale / 1_000).clamp(-largest, largest);
            sign.weight = i32::try_from(scaled).unwrap_or(0);
            sign
        }));
    }
    let mut seen = std::collections::BTreeSet::new();
    if let Some(twice) = signs.iter().find(|sign| !seen.insert(sign.id.clone())) {
        return Err(room.fault(&["signs", id, &twice.id], "this sign is there twice"));
    }
    if signs.is_empty() || group.cap <= 0 {
        return Err(room.fault(&["signs", id], "a group needs signs and a cap above zero"));
    }
    let mut compiled = Vec::new();
    for sign in signs {
        let number = u16::try_from(compiled.len()).map_err(|_| room.fault(&["signs", id], "too many signs"))?;
        let place = SignRef { kind: at.0, group: at.1, sign: number };
        compiled.push(compile_sign(room, id, sign, (place, class, &mut *phrases))?);
    }
    Ok(Group { id: id.clone(), cap: group.cap, signs: compiled })
}

const ONE_TEST: &str = "a sign has exactly one of match, detection, phrases, frame, frames, correlate";

fn compile_sign(
    room: &Room<'_>,
    group: &str,
    sign: WrittenSign,
    (place, class, phrases): (SignRef, Class, &mut Phrasebook),
) -> Result<Sign, Fault> {
    let path = ["signs", group, sign.id.as_str()];
    let for_incident = (class == Class::Security) == (sign.weight > 0);
    if let Some(written) = &sign.detection {
        if sign.matches.is_some() || sign.phrases.is_some() || sign.correlate.is_some() || !sign.frames().is_empty() {
            return Err(room.fault(&path, ONE_TEST));
        }
        let test = Test::Match(room.detection(&path, written)?);
        return Ok(Sign {
            id: sign.id,
            weight: sign.weight,
            for_incident,
            test,
            because: sign.because,
            sets: sign.sets,
        });
    }
    let test = match (&sign.matches, &sign.phrases, &sign.correlate, sign.frames()) {
        (Some(written), None, None, []) => Test::Match(room.matcher(&path, written)?.condition()),
        (None, None, None, written @ [_, ..]) => {
            for frame in written {
                phrases.frames.add(frame, (place, for_incident)).map_err(|what| room.fault(&path, what))?;
            }
            Test::Frames
        }
        (None, Some(written), None, []) => {
            for phrase in written.en.iter().chain(&written.zh) {
                let number = phrases.builder.add(phrase).map_err(|error| room.fault(&path, error.to_string()))?;
                phrases.signs.push((number, place));
            }
            Test::Phrases
        }
        (None, None, Some(written), []) => Test::Correlate(Correlation {
            matches: room.matcher(&path, &written.matches)?,
            count: written.count.as_ref().map(|count| count.gte),
            distinct: written.distinct.as_ref().map(|distinct| (distinct.field.clone(), distinct.gte)),
            together: written.together.iter().map(|other| room.matcher(&path, other)).collect::<Result<_, _>>()?,
            then: written.then.iter().flatten().map(|then| room.matcher(&path, then)).collect::<Result<_, _>>()?,
            within: room.span(&path, &written.within)?,
        }),
        _ => return Err(room.fault(&path, ONE_TEST)),
    };
    Ok(Sign { id: sign.id, weight: sign.weight, for_incident, test, because: sign.because, sets: sign.sets })
}

/// Files every sign where its signal will look: under the rarest field and value that it needs.
fn file_signs(kinds: &[Kind], phrases: Phrasebook) -> Result<Network, String> {
    let (mut conditions, mut by_condition) = (super::network::Builder::default(), Vec::new());
    let mut correlations = Vec::new();
    for (kind, playbook) in (0..).zip(kinds) {
        for (group, signs) in (0..).zip(&playbook.groups) {
            for (number, sign) in (0..).zip(&signs.signs) {
                let place = SignRef { kind, group, sign: number };
                match &sign.test {
                    Test::Match(condition) => {
                        conditions.add(condition);
                        by_condition.push(place);
                    }
                    Test::Correlate(correlation) => correlations.push((place, &correlation.matches)),
                    Test::Phrases | Test::Frames | Test::Learned => {}
                }
            }
        }
    }
    let frames = phrases.frames.build(&phrases.builder.parts().collect::<Vec<_>>());
    let automaton = phrases.builder.build().map_err(|error| error.to_string())?;
    let most = phrases.signs.iter().map(|(number, _)| number + 1).max().unwrap_or(0);
    let mut by_phrase = vec![Vec::new(); most];
    for (number, place) in phrases.signs {
        by_phrase[number].push(place);
    }
    let conditions = conditions.build();
    Ok(Network { phrases: automaton, by_phrase, frames, conditions, by_condition, correlations: filed(&correlations) })
}

fn filed(matchers: &[(SignRef, &Matcher)]) -> Filed {
    let mut crowd: HashMap<(&str, &str), usize> = HashMap::new();
    for (_, matcher) in matchers {
        for (field, values) in matcher.pins() {
            for value in values {
                *crowd.entry((field, value)).or_default() += 1;
            }
        }
    }
    let mut filed = Filed::default();
    for (place, matcher) in matchers {
        let crowding = |values: &[&str], field| {
            values.iter().map(|value| crowd.get(&(field, *value)).copied().unwrap_or(0)).sum::<usize>()
        };
        match matcher.pins().into_iter().min_by_key(|(field, values)| crowding(values, field)) {
            Some((field, values)) => {
                let by_value = filed.by_value.entry(field.to_owned()).or_default();
                for value in values {
                    by_value.entry(value.to_owned()).or_default().push(*place);
                }
            }
            None => filed.open.push(*place),
        }
    }
    filed
}

/// The types of the answers to questions, for step conditions: every question id is a word.
pub(super) fn answer_type(field: &str, questions: &[super::shape::Question]) -> Option<FieldType> {
    if field == check::READING {
        return Some(FieldType::Word);
    }
    let id = field.strip_prefix("answer.")?;
    questions.iter().any(|question| question.id == id).then_some(FieldType::Word)
}
