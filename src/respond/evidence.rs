//! What a holder can carry to an exchange or the police: their own words as kept, what these name, when what was done.
//! Link and code of the case are taken out wherever somebody wrote them down (CA-07).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::file::{data_key_of, unseal};
use super::view::{CaseView, Done};
use super::{Respond, Room, history, look, record};
use crate::access::{CaseToken, Code};
use crate::audit::{Actor, Entry};
use crate::guidance::StepState;
use crate::id::{Id, of};
use crate::seal::Purpose;
use crate::signal::Signal;
use crate::store::cases::CaseRow;
use crate::store::incidents::IncidentRow;
use crate::store::{Result, Tx, cases, incidents, signals, steps};
use crate::text::{self, Family, Kind, Language};
use crate::time::Timestamp;

/// The pack's matter in one language.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub reference: String,
    pub language: Language,
    pub prepared: Timestamp,
    pub received: Timestamp,
    /// What it may be, in a few words and in a sentence.
    pub title: String,
    pub summary: String,
    /// What the person wrote, oldest first.
    pub statements: Vec<Statement>,
    /// What staff wrote, oldest first.
    pub answers: Vec<Statement>,
    /// Addresses, transactions, sites and contacts that the person named, each once.
    pub named: Vec<Named>,
    /// Amounts and accounts as the person gave them: claims.
    pub claims: Vec<(&'static str, String)>,
    pub steps: Vec<StepTaken>,
    pub progress: Vec<Done>,
}

/// Words from outside, scrubbed.
#[derive(Debug, Clone)]
pub struct Statement {
    pub at: Timestamp,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct Named {
    pub kind: Kind,
    pub family: Option<Family>,
    pub value: String,
    /// When the person first named it to us.
    pub first: Timestamp,
}

#[derive(Debug, Clone)]
pub struct StepTaken {
    pub text: String,
    pub state: StepState,
    pub at: Timestamp,
}

/// Where a person's words come in.
const REPORT: &str = "report";
/// Fields of a report that are told as claims.
const CLAIMS: [&str; 7] = ["account", "asset", "chain", "claimed-usd", "first-sign", "used-device", "tried"];
/// What was said with one tap.
const HAPPENED: &str = "happened";

/// A token as it stands in a link, and a code however it is grouped.
static KEYS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9A-Za-z]{32}|[0-9A-Za-z]{5}[- ]?[0-9A-Za-z]{5}").expect("a fixed pattern"));
const REMOVED: &str = "[removed: key of the case]";

impl Respond {
    /// Gathers the evidence of a case, in these languages. It leaves the house, so the trail says so.
    pub async fn evidence(&self, id: Id<of::Case>, languages: &[Language]) -> Result<Option<Vec<Evidence>>> {
        let mut tx = self.db.read().await?;
        let room = self.room();
        let Some(case) = cases::by_id(&mut tx, id).await? else { return Ok(None) };
        let Some(row) = incidents::get(&mut tx, case.incident).await? else { return Ok(None) };
        let own = said(&mut tx, &room, &row).await?;
        let words = steps::of_incident(&mut tx, row.id).await?;
        let ticked: BTreeMap<&str, Timestamp> =
            words.iter().filter(|word| word.person.is_none()).map(|word| (word.step.as_str(), word.at)).collect();
        let clean = |text: &str| without_keys(text, |text| opens(&room, &case, text));
        let mut statements: Vec<Statement> = own
            .iter()
            .flat_map(|signal| {
                signal.facts.get("text").iter().map(|text| Statement { at: signal.at, text: clean(text) })
            })
            .collect();
        statements.sort_by_key(|statement| statement.at);
        let mut named = Vec::new();
        let mut claims = Vec::new();
        for signal in &own {
            for text in ["wallet", "text"].iter().flat_map(|field| signal.facts.get(field)) {
                note(&mut named, &clean(text), signal.at);
            }
            for field in CLAIMS {
                let known = signal.facts.get(field).iter().filter(|value| *value != "not-sure");
                claims.extend(known.map(|value| (field, clean(value))));
            }
        }
        claims.dedup();
        let mut packs = Vec::with_capacity(languages.len());
        for language in languages {
            let Some(view) = look::case(&mut tx, &room, (&case, Some(*language))).await? else { return Ok(None) };
            let taps = own.iter().flat_map(|signal| signal.facts.get(HAPPENED));
            let taps = taps.filter_map(|id| room.playbooks.vocabulary.happened.iter().find(|tap| tap.id == *id));
            let mut given: Vec<_> = taps.map(|tap| (HAPPENED, tap.label(*language))).collect();
            given.extend(claims.iter().cloned());
            let answers = view.messages.iter().filter(|message| message.from == super::view::Author::Staff);
            packs.push(Evidence {
                reference: view.reference.clone(),
                language: *language,
                prepared: room.now(),
                received: view.received,
                title: view.incident.title.clone(),
                summary: view.incident.summary.clone(),
                statements: statements.clone(),
                answers: answers.map(|said| Statement { at: said.at, text: clean(&said.text) }).collect(),
                named: named.clone(),
                claims: given,
                steps: taken(&view, &ticked),
                progress: view.progress,
            });
        }
        drop(tx);
        let entry = Entry::done(room.now(), Actor::CaseHolder, "case.evidence", format!("case:{id}"));
        self.writer
            .act(move |tx| {
                let entry = entry.clone();
                Box::pin(async move { record(tx, &[entry]).await })
            })
            .await?;
        Ok(Some(packs))
    }
}

/// All that the person told us, from the first word on: a flood of alerts pushes none of it out.
async fn said(tx: &mut Tx, room: &Room, row: &IncidentRow) -> Result<Vec<Signal>> {
    let unreadable = |_| history::unreadable();
    let key = data_key_of(room, row.id, &row.data_key).map_err(unreadable)?;
    let rows = signals::of_endpoint(tx, row.id, REPORT).await?;
    rows.iter().map(|row| unseal(&key, row).map_err(unreadable)).collect()
}

fn taken(view: &CaseView, ticked: &BTreeMap<&str, Timestamp>) -> Vec<StepTaken> {
    let steps = view.guidance.steps.iter().filter(|step| step.state != StepState::Open);
    steps
        .filter_map(|step| {
            let at = *ticked.get(step.id.as_str())?;
            Some(StepTaken { text: step.text.clone(), state: step.state, at })
        })
        .collect()
}

fn note(named: &mut Vec<Named>, text: &str, at: Timestamp) {
    for found in text::find(text) {
        let seen = found.observable;
        if named.iter().any(|known| known.kind == seen.kind && known.value == seen.value) {
            continue;
        }
        named.push(Named { kind: seen.kind, family: seen.family, value: seen.value, first: at });
    }
}

/// Whether a text is the link's token or the code of a case.
fn opens(room: &Room, case: &CaseRow, text: &str) -> bool {
    let digests = &room.keys.digests;
    let token = text.parse::<CaseToken>();
    let code = text.parse::<Code>();
    token.is_ok_and(|token| digests.fits(Purpose::CaseLink, ("token", token.reveal()), &case.link))
        || code.is_ok_and(|code| digests.fits(Purpose::CaseCode, (&case.id.to_string(), code.reveal()), &case.code))
}

/// The text with every piece taken out that opens something.
fn without_keys(text: &str, opens: impl Fn(&str) -> bool) -> String {
    let (mut clean, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(found) = KEYS.find(rest) {
        if opens(found.as_str()) {
            clean.push_str(&rest[..found.start()]);
            clean.push_str(REMOVED);
            rest = &rest[found.end()..];
        } else {
            // The key may begin within what only looked like one. All that is found is ASCII.
            clean.push_str(&rest[..=found.start()]);
            rest = &rest[found.start() + 1..];
        }
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_opens_the_case_is_taken_out() {
        let token = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let opens = |text: &str| [token, "ABCDE-FGHJK", "abcdefghjk"].contains(&text);
        let text = format!(
            "my link is https://help.example/c/{token} passcode ABCDE-FGHJK, number ABCDE-FGHJK or abcdefghjk, tx 0x52908400098527886e0f7030069857d2e4169ee7"
        );
        assert_eq!(
            without_keys(&text, opens),
            format!(
                "my link is https://help.example/c/{REMOVED} passcode {REMOVED}, number {REMOVED} or {REMOVED}, tx 0x52908400098527886e0f7030069857d2e4169ee7"
            )
        );
    }
}
