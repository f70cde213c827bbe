//! What stands beside a case on its page: who looks, what was begun, other cases, where else things occur, what was
//! corrected, one line of time, the questions still open.

use std::collections::{BTreeMap, BTreeSet};

use super::correct::reason_at;
use super::drafts::{self, Draft};
use super::list::title;
use super::timeline::{self, Moment};
use crate::audit::{Actor, Entry};
use crate::guidance::{self, Question};
use crate::id::{Id, of};
use crate::respond::circle::{self, Circle};
use crate::respond::file::{File, unseal};
use crate::respond::{IncidentDetail, Respond, Room, SignalView, history, record};
use crate::seal::Purpose;
use crate::store::desk::{asides, list, looks, rulings};
use crate::store::incidents::{IncidentRow, State};
use crate::store::{Result, Tx, incidents, observables, signals, steps};
use crate::text::{Language, observable};
use crate::time::{Span, Timestamp};

/// Somebody counts as looking for this long after they opened the page.
const LOOKING: Span = Span::from_minutes(5);
/// Observables and other cases on a page.
const MOST: usize = 40;
/// Other cases that are linked from one observable.
const LINKS: usize = 5;

/// What stands beside a case.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Others who opened the page within five minutes, the latest first.
    pub looking: Vec<Looking>,
    /// Words begun and not sent, the latest first.
    pub drafts: Vec<Draft>,
    /// Other cases of the subject, the latest first.
    pub others: Vec<Other>,
    pub observables: Vec<SeenElsewhere>,
    pub aside: Vec<Aside>,
    pub ruling: Option<Ruled>,
    /// The latest first.
    pub timeline: Vec<Moment>,
    pub questions: Vec<Question>,
    /// Who of the staff spoke last of a step, by its id.
    pub owners: BTreeMap<String, String>,
    /// The person's steps in the language that they read.
    pub blocks: Vec<(String, String)>,
    /// The list that the case is closed to.
    pub circle: Option<Circle>,
}

/// Somebody else who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    pub who: String,
    pub at: Timestamp,
}

/// Another case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub id: Id<of::Incident>,
    pub title: String,
    pub level: i64,
    pub state: State,
    pub arrived: Timestamp,
}

/// Something seen in this case, and the others it was seen in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenElsewhere {
    pub kind: String,
    pub value: String,
    /// Other cases, counted to 1,000.
    pub count: usize,
    /// The latest of them.
    pub cases: Vec<Id<of::Incident>>,
}

/// A signal that speaks no longer.
#[derive(Debug, Clone)]
pub struct Aside {
    pub signal: SignalView,
    /// Moved to another case; false when it was found to be no true signal.
    pub moved: bool,
    /// The other case, if it is in sight.
    pub into: Option<Id<of::Incident>>,
    pub by: String,
    pub at: Timestamp,
    pub reason: String,
}

/// A person's word on level and kind, with what was computed then.
#[derive(Debug, Clone)]
pub struct Ruled {
    pub by: String,
    pub at: Timestamp,
    pub level: i64,
    pub kind: Option<String>,
    pub computed_level: i64,
    pub computed_kind: String,
    pub reason: String,
}

impl Respond {
    /// Notes that somebody looks at an incident: in the trail, and for the others who look.
    pub(in crate::respond) async fn seen_by(&self, id: Id<of::Incident>, by: &str) -> Result<()> {
        let (now, by) = (self.room().now(), by.to_owned());
        let entry = Entry::done(now, Actor::Staff(by.clone()), "incident.view", format!("incident:{id}"));
        self.writer
            .act(move |tx| {
                let (entry, by) = (entry.clone(), by.clone());
                Box::pin(async move {
                    looks::seen(tx, id, (&by, now)).await?;
                    record(tx, &[entry]).await
                })
            })
            .await
    }

    /// What stands beside a case, for this person. The view itself was noted with the case.
    pub async fn beside(&self, detail: &IncidentDetail, (by, language): (&str, Language)) -> Result<Beside> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some(row) = incidents::get(&mut tx, detail.id).await? else { return Ok(Beside::default()) };
        let file = history::open(&mut tx, &room, &row).await?;
        let looking = looks::since(&mut tx, row.id, room.now().minus(LOOKING)).await?;
        let owners = steps::of_incident(&mut tx, row.id).await?;
        Ok(Beside {
            looking: looking.into_iter().filter(|(who, _)| who != by).map(|(who, at)| Looking { who, at }).collect(),
            drafts: drafts::of_file(&mut tx, &file).await?,
            others: others(&mut tx, &room, (&row, language)).await?,
            observables: elsewhere(&mut tx, &room, &file).await?,
            aside: aside(&mut tx, &file).await?,
            ruling: ruling(&mut tx, &file).await?,
            timeline: timeline::of(&mut tx, detail).await?,
            questions: file.assessment.as_ref().map_or_else(Vec::new, |assessment| {
                guidance::next_questions(&room.playbooks, assessment, &file.answers, language)
            }),
            owners: owners.into_iter().filter_map(|word| Some((word.step, word.person?))).collect(),
            blocks: blocks(&mut tx, &room, &file).await?,
            circle: circle::of_row(&mut tx, &room, &row).await?,
        })
    }
}

/// The person's steps as blocks for a reply, in their language.
async fn blocks(tx: &mut Tx, room: &Room, file: &File) -> Result<Vec<(String, String)>> {
    if file.assessment.is_none() {
        return Ok(Vec::new());
    }
    let language = file.language.parse().unwrap_or(Language::En);
    let led = crate::respond::given::Led::of(tx, room, file).await?;
    let given = led.to_person(language, &file.answers, &BTreeMap::new());
    Ok(given.steps.into_iter().map(|step| (step.id, step.text)).collect())
}

async fn others(tx: &mut Tx, room: &Room, (row, language): (&IncidentRow, Language)) -> Result<Vec<Other>> {
    let Some(subject) = row.subject.clone() else { return Ok(Vec::new()) };
    let mut ids = list::of_subjects(tx, &[subject]).await?;
    ids.retain(|id| *id != row.id);
    ids.truncate(MOST);
    let mut rows = list::by_ids(tx, &ids).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    Ok(rows
        .into_iter()
        .map(|row| Other {
            id: row.id,
            title: title(&room.playbooks, &row.kind, language),
            level: row.level,
            state: row.state,
            arrived: row.arrived,
        })
        .collect())
}

/// What is found in the case's words and values, with the other cases it was seen in.
async fn elsewhere(tx: &mut Tx, room: &Room, file: &File) -> Result<Vec<SeenElsewhere>> {
    let mut found = BTreeSet::new();
    for values in file.signals.iter().flat_map(|signal| signal.facts.iter().map(|(_, values)| values)) {
        for seen in values.iter().flat_map(|value| observable::find(value)) {
            found.insert((seen.observable.kind.to_string(), seen.observable.value.clone()));
        }
    }
    let mut all = Vec::new();
    for (kind, value) in found.into_iter().take(MOST) {
        let digest = room.keys.digests.of(Purpose::Lookup, "observable", &value);
        let seen = observables::incidents_with(tx, &kind, &digest, Timestamp::from_millis(0)).await?;
        let mut cases: Vec<_> = seen.into_iter().map(|(id, _)| id).filter(|id| *id != file.id).collect();
        let count = cases.len();
        cases.reverse();
        cases.truncate(LINKS);
        all.push(SeenElsewhere { kind, value, count, cases });
    }
    all.sort_by_key(|seen| std::cmp::Reverse(seen.count));
    Ok(all)
}

fn reason(file: &File, (table, row): (&'static str, &str), sealed: &[u8]) -> String {
    let plain = file.key.open(reason_at(table, row), sealed).ok();
    plain.and_then(|plain| String::from_utf8(plain).ok()).unwrap_or_default()
}

async fn aside(tx: &mut Tx, file: &File) -> Result<Vec<Aside>> {
    let rows = asides::of_incidents(tx, &[file.id]).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.signal.to_string()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let kept = signals::with_ids(tx, &ids).await?;
    let mut all = Vec::new();
    for row in rows {
        let Some(kept) = kept.iter().find(|kept| kept.id == row.signal) else { continue };
        let Ok(signal) = unseal(&file.key, kept) else { continue };
        let into = match row.into {
            Some(into) => incidents::get(tx, into).await?.map(|into| into.id),
            None => None,
        };
        all.push(Aside {
            signal: SignalView {
                id: signal.id,
                endpoint: signal.origin.endpoint.clone(),
                verified: signal.origin.verified,
                at: signal.at,
                received: signal.received,
                facts: signal.facts.clone(),
            },
            moved: row.into.is_some(),
            into,
            by: row.person,
            at: row.at,
            reason: reason(file, ("signal_aside", &row.signal.to_string()), &row.reason),
        });
    }
    Ok(all)
}

async fn ruling(tx: &mut Tx, file: &File) -> Result<Option<Ruled>> {
    let row = rulings::of_incidents(tx, &[file.id]).await?.pop();
    Ok(row.map(|row| Ruled {
        reason: reason(file, ("ruling", &file.id.to_string()), &row.reason),
        by: row.person,
        at: row.at,
        level: row.level,
        kind: row.kind,
        computed_level: row.computed_level,
        computed_kind: row.computed_kind,
    }))
}
