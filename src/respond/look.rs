//! What is shown of an incident: to its reporter (no weights, no names) and to staff (everything, with reasons).

use std::collections::BTreeMap;

use serde::Serialize;

use super::file::File;
use super::given::Led;
use super::history;
use super::said::{self, Conversation};
use super::view::{Alternative, CaseState, CaseView, IncidentView, Outcome, Place, SignalView};
use super::wishes::{self, Asked};
use super::{Respond, Room, attachments, progress, readings, shift};
use crate::audit::Entry;
use crate::guidance::{self, Guidance, Question, Step, StepState};
use crate::id::{Id, of};
use crate::playbook::{Audience, Class};
use crate::queue;
use crate::queue::tier::PRACTICE;
use crate::scoring::{Assessment, Chance};
use crate::store::cases::CaseRow;
use crate::store::incidents::{self, IncidentRow, State};
use crate::store::messages;
use crate::store::promises::{self, Owed};
use crate::store::{Error, Result, Tx, attention, consents, steps, verdicts};
use crate::text::Language;
use crate::time::Timestamp;

/// The most that a reporter is told stand before them.
const COUNTED: i64 = 1_000;

/// What a reporter sees of an incident.
pub(super) struct Seen {
    pub incident: IncidentView,
    pub guidance: Guidance,
    pub questions: Vec<Question>,
    /// Whom to call, when a life is in danger.
    pub danger: Option<guidance::Notice>,
    /// The warning of recovery scams, where something can be lost.
    pub second_theft: Option<guidance::Notice>,
}

/// The reporter's view of an incident on the desk.
pub(super) async fn incident(tx: &mut Tx, room: &Room, file: &File, language: Language) -> Result<Seen> {
    let states = step_states(tx, file.id).await?;
    let assessment = file.assessment.as_ref().ok_or(Error::Corrupt { table: "incident", column: "assessment" })?;
    let led = Led::of(tx, room, file).await?;
    let kind = led.lead();
    let standing = file.standing();
    let key = queue::place(standing.class, file.arrived, standing.head_start);
    let place = incidents::Place { lane: key.lane, due: key.due, id: file.id };
    let pool = shift::pool_of(tx, file).await?;
    let ahead = incidents::ahead_of(tx, &pool, place).await?.clamp(0, COUNTED);
    let alternatives = assessment.alternatives().filter_map(|standing| {
        let kind = room.playbooks.kind(&standing.kind)?;
        Some(Alternative {
            kind: kind.id.clone(),
            title: kind.title.get(language).to_owned(),
            confidence: rounded(standing.chance),
        })
    });
    let incident = IncidentView {
        class: standing.class,
        kind: kind.id.clone(),
        title: kind.title.get(language).to_owned(),
        summary: kind.summary.get(language).to_owned(),
        normal: kind.normal.as_ref().map(|normal| normal.get(language).to_owned()),
        level: standing.level,
        confidence: rounded(assessment.chance),
        alternatives: alternatives.collect(),
        outlook: guidance::outlook(kind, &assessment.situation, language),
        place: Place {
            lane: standing.class,
            ahead: u32::try_from(ahead).unwrap_or(0),
            first_reply_by: file
                .arrived
                .plus(room.playbooks.policy.first_reply(standing.level, standing.class == Class::Security)),
            never_passed_by_arrivals_after: queue::never_passed_after(key, &room.playbooks.policy),
            wait: progress::wait(tx, room, (&pool, place)).await?,
        },
    };
    let mut given = led.to_person(language, &file.known(), &states);
    guidance::bring(&mut given, (&room.playbooks, assessment), (&file.answers, &states));
    Ok(Seen {
        incident,
        second_theft: (kind.warns_of_recovery() && assessment.situation.tells_of_loss())
            .then(|| guidance::aftercare::second_theft(language)),
        guidance: given,
        questions: guidance::next_questions(&room.playbooks, assessment, &file.answers, language),
        danger: standing.danger.then(|| guidance::for_danger(&room.playbooks.help_lines, language)).flatten(),
    })
}

fn rounded(chance: Chance) -> f64 {
    (chance.share() * 100.0).round() / 100.0
}

async fn step_states(tx: &mut Tx, incident: Id<of::Incident>) -> Result<BTreeMap<String, StepState>> {
    let kept = steps::of_incident(tx, incident).await?;
    let mut states = BTreeMap::new();
    for word in kept {
        if let Some(kind) = &word.kind {
            states.insert(guidance::keyed(kind, &word.step), word.state);
        }
        states.insert(word.step, word.state);
    }
    Ok(states)
}

/// Required staff steps of the leading playbook that are neither done nor waived.
pub(super) async fn still_required(
    tx: &mut Tx,
    room: &Room,
    row: &IncidentRow,
    language: Language,
) -> Result<Vec<Step>> {
    let file = history::open(tx, room, row).await?;
    if file.assessment.is_none() {
        return Ok(Vec::new());
    }
    let (led, states) = (Led::of(tx, room, &file).await?, step_states(tx, row.id).await?);
    Ok(guidance::still_required(&led.kinds(), language, &file.known(), &states))
}

/// The playbook of a step that an incident was given; nothing when it has no such step.
pub(super) async fn kind_of_step(
    tx: &mut Tx,
    room: &Room,
    file: &File,
    (step, audience): (&str, Audience),
) -> Result<Option<String>> {
    if file.assessment.is_none() {
        return Ok(None);
    }
    Ok(Led::of(tx, room, file).await?.with_step(step, audience).map(|kind| kind.id.clone()))
}

/// A case as its holder may see it, in its own language or another.
pub(super) async fn case(
    tx: &mut Tx,
    room: &Room,
    (case, language): (&CaseRow, Option<Language>),
) -> Result<Option<CaseView>> {
    let Some(row) = incidents::get(tx, case.incident).await? else { return Ok(None) };
    let file = history::open(tx, room, &row).await?;
    let language = language.or_else(|| case.language.parse().ok()).unwrap_or(Language::En);
    let mut seen = incident(tx, room, &file, language).await?;
    let standing = seen.incident.class;
    let outcome = outcome(tx, &row, (&file, standing)).await?;
    if row.state == State::Closed {
        // It is over: what could still be saved, and how fast, is nobody's question any more.
        seen.incident.outlook = None;
    }
    if let Some(outcome) = outcome {
        seen.second_theft = outcome.attracts_thieves().then(|| guidance::aftercare::second_theft(language));
    }
    let said = messages::of_incident(tx, row.id).await?;
    let messages = said.iter().map(|message| said::to_person(room, &file.key, message)).collect::<Result<_>>()?;
    let secrets: Vec<crate::phrase::Secret> = file
        .signals
        .iter()
        .filter(|signal| signal.origin.endpoint != "letter")
        .flat_map(|signal| signal.facts.get("secret"))
        .filter_map(|secret| serde_json::from_value(secret.as_str().into()).ok())
        .collect();
    let seen_by_all = seen.danger.into_iter().chain(guidance::for_secrets(&secrets, language)).chain(seen.second_theft);
    let trust = super::feedback::view(tx, room, (case, &row, &file)).await?;
    let attention = attention::get(tx, row.id).await?.unwrap_or_default();
    let rested = attention.rested.map(|why| guidance::for_rest(why, language));
    Ok(Some(CaseView {
        reference: case.reference.clone(),
        received: case.created,
        state: match row.state {
            State::Open => CaseState::Waiting,
            State::Held => CaseState::WithStaff,
            State::Closed => CaseState::Closed,
        },
        outcome,
        incident: seen.incident,
        guidance: seen.guidance,
        questions: seen.questions,
        messages,
        attachments: attachments::of_case(tx, case).await?,
        progress: progress::of(tx, case).await?,
        requests: progress::requests(tx, (case, room.now())).await?,
        wrong_codes: progress::wrong_codes(tx, case.id, room.now()).await?,
        notices: seen_by_all.chain(rested).collect(),
        stop: None,
        trust,
        asks_person: attention.asks_person.is_some(),
        consent: consents::of_case(tx, case.id).await?,
        solvable: standing == Class::Routine && row.state != State::Closed && attention.solved.is_none(),
        chain: readings::notes(room, &file, language),
        protections: super::orders::protections(tx, room, &row).await?,
    }))
}

/// How a closed incident ended, by the last verdict on it.
async fn outcome(tx: &mut Tx, row: &IncidentRow, (file, class): (&File, Class)) -> Result<Option<Outcome>> {
    if row.state != State::Closed {
        return Ok(None);
    }
    let last = verdicts::last_of(tx, &[row.id]).await?.remove(&row.id).and_then(|word| word.parse().ok());
    let situation = file.assessment.as_ref().map(|assessment| &assessment.situation);
    Ok(last.zip(situation).map(|(verdict, situation)| Outcome::of(verdict, class, situation)))
}

/// An incident with everything staff may see.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentDetail {
    pub id: Id<of::Incident>,
    pub state: String,
    pub version: i64,
    pub fence: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lease_until: Option<Timestamp>,
    pub class: Class,
    pub kind: String,
    pub title: String,
    pub level: u8,
    pub arrived: Timestamp,
    pub head_start_minutes: i64,
    pub language: String,
    pub danger: bool,
    pub references: Vec<String>,
    /// The words that holders chose, each with the reference of its case: staff say them.
    pub words: Vec<(String, String)>,
    pub assessment: Assessment,
    pub steps: Vec<Step>,
    pub person_steps: Vec<Step>,
    pub orders: super::orders::Orders,
    pub signals: Vec<SignalView>,
    pub answers: BTreeMap<String, String>,
    pub conversation: Vec<Conversation>,
    /// Files of holders and staff, oldest first.
    pub attachments: Vec<attachments::Enclosed>,
    /// What the holders of its cases asked for and staff decide.
    pub requests: Vec<Asked>,
    /// The references of the cases whose details may be passed to exchanges and the police, and since when.
    pub consents: Vec<(String, Timestamp)>,
    /// Wrong codes that were tried at its cases within a day; from five on, reading by link and code stops for a while.
    pub wrong_codes: u32,
    /// Since when whoever reported it asks for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks_person: Option<Timestamp>,
    /// When they said that it is solved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solved: Option<Timestamp>,
    /// What the person was promised; of a made-up case nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<Owed>,
    /// Made up for practice.
    pub practice: bool,
}

impl Respond {
    /// An incident with everything staff may see; nothing when there is none. The view is an audit entry, and without
    /// the entry there is no view (AUD-01).
    pub async fn incident(
        &self,
        id: Id<of::Incident>,
        (by, language): (&str, Language),
    ) -> Result<Option<IncidentDetail>> {
        let mut tx = self.db.read().await?;
        let Some(row) = incidents::get(&mut tx, id).await? else { return Ok(None) };
        let detail = detail(&mut tx, &self.room(), &row, language).await?;
        drop(tx);
        self.seen_by(id, by).await?;
        Ok(Some(detail))
    }

    /// Writes one entry to the audit trail.
    pub async fn note(&self, entry: Entry) -> Result<()> {
        self.writer
            .act(move |tx| {
                let entry = entry.clone();
                Box::pin(async move { super::record(tx, &[entry]).await })
            })
            .await
    }
}

/// Everything staff may see of an incident.
pub(super) async fn detail(tx: &mut Tx, room: &Room, row: &IncidentRow, language: Language) -> Result<IncidentDetail> {
    let file = history::open(tx, room, row).await?;
    let assessment = file.assessment.clone().ok_or(Error::Corrupt { table: "incident", column: "assessment" })?;
    let led = Led::of(tx, room, &file).await?;
    let kind = led.lead();
    let states = step_states(tx, row.id).await?;
    let cases = crate::store::cases::of_incident(tx, row.id).await?;
    let standing = file.standing();
    let conversation = said::conversation(tx, &file).await?;
    let requests = wishes::asked(tx, &file.key, row.id).await?;
    let mut wrong_codes = 0;
    for case in &cases {
        wrong_codes += progress::wrong_codes(tx, case.id, room.now()).await?;
    }
    let attention = attention::get(tx, row.id).await?.unwrap_or_default();
    let practice = row.pool == PRACTICE;
    Ok(IncidentDetail {
        id: row.id,
        state: row.state.to_string(),
        version: row.version,
        fence: row.fence,
        holder: row.holder.clone(),
        lease_until: row.lease_until,
        class: standing.class,
        kind: kind.id.clone(),
        title: kind.title.get(language).to_owned(),
        level: standing.level,
        arrived: row.arrived,
        head_start_minutes: row.head_start.minutes(),
        language: row.language.clone(),
        danger: row.danger,
        words: super::words::of_incident(tx, &file, &cases).await?,
        attachments: attachments::of_incident(tx, (row.id, &cases)).await?,
        references: cases.into_iter().map(|case| case.reference).collect(),
        steps: led.to_staff(language, &file.known(), &states),
        person_steps: led.to_person(language, &file.known(), &states).steps,
        orders: super::orders::of_incident(tx, room, (row, &file), Some(kind)).await?,
        signals: file.signals.iter().map(SignalView::of).collect(),
        answers: file.answers.clone(),
        assessment,
        conversation,
        requests,
        consents: consents::of_incident(tx, row.id).await?,
        wrong_codes,
        asks_person: attention.asks_person,
        solved: attention.solved,
        promised: if practice { None } else { promises::of_incident(tx, row.id).await? },
        practice,
    })
}
