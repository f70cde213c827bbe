//! What the holder of a case may do: open it with link and code, answer, tick steps, write.
//!
//! Reading stops when a code is guessed at (CA-05); words still come in, and the place in the queue does not change.

use std::sync::Arc;

use super::file::{File, Kept};
use super::progress::{self, What};
use super::view::CaseView;
use super::{Respond, Room, first, history, look, numbers, readings, record, rest};
use crate::access::{CaseToken, Code, StaffToken, digest_of};
use crate::attention::Stir;
use crate::audit::{Actor, Entry, Outcome};
use crate::guidance::StepState;
use crate::id::{Id, of};
use crate::playbook::Audience;
use crate::seal::{Place, Purpose};
use crate::signal::{Facts, Origin};
use crate::store::answers::{self, Answered};
use crate::store::cases;
use crate::store::incidents::{self, Decision, State};
use crate::store::messages::{self, Author, MessageRow};
use crate::store::steps::{self, Step};
use crate::store::{Error, Result, Tx, consents, refusals, signals};
use crate::text::Language;
use crate::time::{Span, Timestamp};

/// Wrong codes of a case, or wrong proofs beside a number of a message, before nothing is confirmed for a while; and the
/// span they are counted over (CA-05).
pub(super) const GUESSES: [(i64, Span); 2] = [(5, Span::from_minutes(15)), (20, Span::from_minutes(24 * 60))];
/// A case session that is not used, and one at all, ends after this (SES-11).
pub(super) const IDLE: Span = Span::from_minutes(20);
pub(super) const ABSOLUTE: Span = Span::from_minutes(60);

/// A case that was opened; the session's text goes into the cookie.
pub struct Opened {
    pub case: Id<of::Case>,
    pub session: StaffToken,
}

/// Who made a request under a case session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    ByPerson,
    /// A page that refreshes itself.
    ByItself,
}

/// What a holder does to a case. Texts are scrubbed and cleaned by now.
#[derive(Clone)]
pub enum HolderDeed {
    Answer {
        question: String,
        choice: String,
    },
    Step {
        step: String,
        state: StepState,
    },
    Message {
        text: String,
        secrets: Vec<crate::phrase::Secret>,
    },
    /// Words that came with the link alone.
    Letter {
        text: String,
        secrets: Vec<crate::phrase::Secret>,
    },
    /// What a person adds after the first steps.
    Details {
        facts: Facts,
    },
    /// Wants a person to look at it, not only steps.
    AskForPerson,
    /// Says that a routine request is solved; a security case has no such thing.
    Solved,
    /// Lets the details of the case be passed to exchanges and the police, or takes that back (PRIV-06).
    Consent {
        given: bool,
    },
}

impl Respond {
    /// Opens a case with link and code. Nothing for a wrong code, an unknown link or too many guesses, which are not
    /// told apart; the work is the same (CA-04).
    pub async fn open_case(&self, token: Option<CaseToken>, code: Option<Code>) -> Result<Option<Opened>> {
        let Some(case) = self.prove(token, code).await? else { return Ok(None) };
        let session = StaffToken::new(&*self.room().random);
        let digest = digest_of(session.reveal());
        let room = self.room();
        self.writer
            .act(move |tx| {
                let (room, digest) = (Arc::clone(&room), digest.clone());
                Box::pin(async move {
                    cases::session_insert(tx, &digest, case, room.now()).await?;
                    record(tx, &[Entry::done(room.now(), Actor::CaseHolder, "case.open", format!("case:{case}"))]).await
                })
            })
            .await?;
        Ok(Some(Opened { case, session }))
    }

    /// Proves link and code without a session, for programs; the same limits hold.
    pub async fn prove(&self, token: Option<CaseToken>, code: Option<Code>) -> Result<Option<Id<of::Case>>> {
        let digests = &self.room().keys.digests;
        let unknown = CaseToken::new(&*self.room().random);
        let link = digests.of(Purpose::CaseLink, "token", token.as_ref().unwrap_or(&unknown).reveal());
        let code = code.unwrap_or_else(|| Code::new(&*self.room().random));
        let mut tx = self.db.read().await?;
        let found = cases::by_link(&mut tx, &link).await?;
        drop(tx);
        let (id, digest) = match &found {
            Some(case) => (case.id.to_string(), case.code.clone()),
            None => (link.clone(), digests.of(Purpose::CaseCode, &link, unknown.reveal())),
        };
        let fits = digests.fits(Purpose::CaseCode, (&id, code.reveal()), &digest);
        self.weigh(found.map(|case| case.id), fits).await
    }

    /// Whether a case goes by this reference.
    pub async fn is_called(&self, id: Id<of::Case>, reference: &str) -> Result<bool> {
        let mut tx = self.db.read().await?;
        Ok(cases::by_id(&mut tx, id).await?.is_some_and(|case| case.reference == reference))
    }

    /// Believes a proof unless the case was guessed at too often. It counts in the writer's order, so that guesses that
    /// come at once are as many as guesses one after another (CA-05). Every refusal writes, whatever its reason: one that
    /// answered sooner would tell which links are real (CA-04).
    async fn weigh(&self, case: Option<Id<of::Case>>, fits: bool) -> Result<Option<Id<of::Case>>> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = Arc::clone(&room);
                Box::pin(async move {
                    let guessed = match case {
                        Some(case) => guessed_too_often(tx, case, room.now()).await?,
                        None => false,
                    };
                    if fits && !guessed && case.is_some() {
                        return Ok(case);
                    }
                    let refused = refusals::count(tx, case, room.now()).await?;
                    let checked = case.filter(|_| !guessed);
                    if let Some(case) = checked {
                        cases::record_guess(tx, case, room.now()).await?;
                    }
                    if checked.is_some() || is_round(refused) {
                        let object = case.map_or_else(|| "case:unknown".to_owned(), |case| format!("case:{case}"));
                        let entry = Entry::done(room.now(), Actor::CaseHolder, "case.open", object);
                        let entry = Entry { outcome: Outcome::Refused, ..entry }.with("this_hour", refused);
                        record(tx, &[entry]).await?;
                    }
                    Ok(None)
                })
            })
            .await
    }

    /// The case of a session cookie, when the session is still good. Only what the person does keeps it so.
    pub async fn case_of_session(&self, session: &str, used: Used) -> Result<Option<Id<of::Case>>> {
        let mut tx = self.db.read().await?;
        let Some(kept) = cases::session_by_digest(&mut tx, &digest_of(session)).await? else { return Ok(None) };
        drop(tx);
        let now = self.room().now();
        if !is_good(&kept, now) {
            return Ok(None);
        }
        // A minute's grain keeps reading from costing a write each time.
        if used == Used::ByPerson && now.since(kept.last_used) > Span::from_minutes(1) {
            let digest = kept.digest.clone();
            self.writer
                .act(move |tx| {
                    let digest = digest.clone();
                    Box::pin(async move { cases::session_touch(tx, &digest, now).await })
                })
                .await?;
        }
        Ok(Some(kept.case))
    }

    /// A case as its holder may see it, in the language it was reported in or another.
    pub async fn case(&self, id: Id<of::Case>, language: Option<Language>) -> Result<Option<CaseView>> {
        let mut tx = self.db.read().await?;
        let Some(case) = cases::by_id(&mut tx, id).await? else { return Ok(None) };
        let (room, seen) = (self.room(), look::case(&mut tx, &self.room(), (&case, language)).await?);
        if seen.as_ref().is_some_and(|seen| readings::are_old(&seen.chain, room.now())) {
            self.asks.put(&case.reference);
        }
        Ok(seen)
    }

    /// Keeps the language that the holder chose for the case, so that every device shows it from then on.
    pub async fn speak(&self, id: Id<of::Case>, language: Language) -> Result<()> {
        let mut tx = self.db.read().await?;
        let known = cases::by_id(&mut tx, id).await?.is_some_and(|case| case.language != language.as_str());
        drop(tx);
        if !known {
            return Ok(());
        }
        self.writer.act(move |tx| Box::pin(async move { cases::speak(tx, id, language.as_str()).await })).await
    }

    /// Ends a case session, and with it every look at link and code; ending one twice is no fault.
    pub async fn leave_case(&self, session: &str) -> Result<()> {
        let (room, digest) = (self.room(), digest_of(session));
        self.writer
            .act(move |tx| {
                let (room, digest) = (Arc::clone(&room), digest.clone());
                Box::pin(async move {
                    first::end_of_session(tx, &room, &digest).await?;
                    cases::session_end(tx, &digest).await
                })
            })
            .await
    }

    /// Does what the holder asks and answers with the case as it is then; nothing when there is no such case, question,
    /// choice or step.
    pub async fn holder_does(&self, case: Id<of::Case>, deed: HolderDeed) -> Result<Option<CaseView>> {
        let incident = cases::by_id(&mut self.db.read().await?, case).await?.map(|case| case.incident);
        if let Some(incident) = incident {
            self.fetch_of(incident).await?;
        }
        let room = self.room();
        let done = self
            .writer
            .act(move |tx| {
                let (room, deed) = (Arc::clone(&room), deed.clone());
                Box::pin(async move { act(tx, &room, case, &deed).await })
            })
            .await?;
        if done { self.case(case, None).await } else { Ok(None) }
    }
}

/// The trail tells of the first refusal of an hour and of each ten times as many: guessing at nothing, or at a case that is
/// locked, must not fill it.
fn is_round(refused: i64) -> bool {
    refused > 0 && 10_i64.pow(refused.ilog10()) == refused
}

/// Whether a case session is neither unused nor open for too long.
pub(super) fn is_good(session: &cases::Session, now: Timestamp) -> bool {
    now >= session.last_used && now.since(session.last_used) <= IDLE && now.since(session.created) <= ABSOLUTE
}

async fn guessed_too_often(tx: &mut Tx, case: Id<of::Case>, now: Timestamp) -> Result<bool> {
    for (most, span) in GUESSES {
        if cases::guesses_since(tx, case, now.minus(span)).await? >= most {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) async fn act(tx: &mut Tx, room: &Room, case: Id<of::Case>, deed: &HolderDeed) -> Result<bool> {
    let Some(case) = cases::by_id(tx, case).await? else { return Ok(false) };
    let Some(row) = incidents::get(tx, case.incident).await? else { return Ok(false) };
    let stir = match deed {
        HolderDeed::AskForPerson => return rest::wish(tx, room, &row, Stir::PersonAsksForAPerson).await,
        HolderDeed::Solved => return rest::wish(tx, room, &row, Stir::PersonSaysSolved).await,
        HolderDeed::Consent { given } => return consent(tx, room, (&case, &row), *given).await,
        HolderDeed::Message { .. } | HolderDeed::Letter { .. } => Stir::PersonWrites,
        HolderDeed::Answer { .. } | HolderDeed::Step { .. } | HolderDeed::Details { .. } => Stir::PersonActs,
    };
    let mut file = history::open(tx, room, &row).await?;
    let mut facts = Facts::new();
    match deed {
        HolderDeed::AskForPerson | HolderDeed::Solved | HolderDeed::Consent { .. } => return Ok(false),
        HolderDeed::Answer { question, choice } => {
            if !room.playbooks.knows_answer(question, choice) {
                return Ok(false);
            }
            if file.answers.get(question) == Some(choice) {
                return Ok(true);
            }
            answers::put(tx, file.id, &Answered { question: question.clone(), choice: choice.clone(), at: room.now() })
                .await?;
            file.answers.insert(question.clone(), choice.clone());
            facts.set("kind", "answer");
            facts.set("event", question.clone());
            facts.set("outcome", choice.clone());
        }
        HolderDeed::Step { step, state } => {
            let waived = *state == StepState::Waived;
            let kind = look::kind_of_step(tx, room, &file, (step, Audience::Person)).await?;
            if waived || kind.is_none() {
                return Ok(false);
            }
            let known = steps::of_incident(tx, file.id).await?;
            if known.iter().rfind(|known| known.step == *step).is_some_and(|last| last.state == *state) {
                return Ok(true);
            }
            let word = Step { step: step.clone(), kind, state: *state, at: room.now(), person: None, reason: None };
            steps::say(tx, file.id, &word).await?;
            facts.set("kind", "step-outcome");
            facts.set("event", step.clone());
            facts.set("outcome", state.as_str());
        }
        HolderDeed::Details { facts: added } => facts = added.clone(),
        HolderDeed::Message { text, secrets } | HolderDeed::Letter { text, secrets } => {
            let id = Id::new(room.now(), &*room.random);
            let body = file.key.seal(
                Place { table: "message", column: "body", row: &id.to_string() },
                text.as_bytes(),
                &*room.random,
            );
            let unproven = matches!(deed, HolderDeed::Letter { .. });
            let row = MessageRow { id, incident: file.id, at: room.now(), author: Author::Person, body, unproven };
            messages::insert(tx, &row).await?;
            facts.set("kind", "message");
            facts.set("text", text.clone());
            for secret in secrets {
                facts.add("secret", secret.word());
            }
        }
    }
    // What came with the link alone is nobody's word for sure: it weighs the same and is told apart.
    let endpoint = if matches!(deed, HolderDeed::Letter { .. }) { "letter" } else { "report" };
    let entry = observed(tx, room, (&row, file), (endpoint, facts)).await?;
    rest::stir(tx, room, case.incident, stir).await?;
    record(tx, &[entry]).await?;
    Ok(true)
}

/// Judges an incident again with what its holder did, which opens a closed one; the entry is for the trail.
pub(super) async fn observed(
    tx: &mut Tx,
    room: &Room,
    (row, mut file): (&incidents::IncidentRow, File),
    (endpoint, facts): (&str, Facts),
) -> Result<Entry> {
    let origin = Origin {
        endpoint: endpoint.to_owned(),
        verified: false,
        reliability: room.playbooks.policy.reliability.report,
    };
    file.observe(File::signal(room, origin, facts));
    let (kept, rows, entry) = file.keep(room, &Actor::CaseHolder);
    reopen(tx, room, row).await?;
    if let Kept::Changed(mut changed) = kept {
        changed.version += i64::from(row.state == State::Closed);
        incidents::update_many(tx, &[*changed]).await?;
    }
    numbers::keep_measure(tx, room, &file).await?;
    signals::insert_many(tx, &rows).await?;
    Ok(entry)
}

/// A closed incident takes words and files as well; they open it again.
pub(super) async fn reopen(tx: &mut Tx, room: &Room, row: &incidents::IncidentRow) -> Result<()> {
    if row.state != State::Closed {
        return Ok(());
    }
    let decision = Decision { incident: row.id, version: row.version, by: "system", at: room.now() };
    incidents::set_state(tx, &decision, State::Open).await?;
    progress::note(tx, room, row.id, What::Reopened).await
}

/// Keeps a word on passing details on; saying the same again changes nothing.
async fn consent(
    tx: &mut Tx,
    room: &Room,
    (case, row): (&cases::CaseRow, &incidents::IncidentRow),
    given: bool,
) -> Result<bool> {
    if consents::of_case(tx, case.id).await?.is_some() == given {
        return Ok(true);
    }
    consents::say(tx, case.id, (given, room.now())).await?;
    let entry = Entry::done(room.now(), Actor::CaseHolder, "case.consent", format!("case:{}", case.id));
    rest::stir(tx, room, row.id, Stir::PersonActs).await?;
    record(tx, &[entry.with("given", given.to_string())]).await?;
    Ok(true)
}

/// A case whose page cannot be shown.
impl From<crate::seal::NotOpened> for Error {
    fn from(_: crate::seal::NotOpened) -> Self {
        Self::Corrupt { table: "incident", column: "data_key" }
    }
}
