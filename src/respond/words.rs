//! The words of a case: offered to its holder, chosen by nobody else, shown under every message of ours.

use std::sync::Arc;

use super::{Respond, Room, file, marks, record};
use crate::access::words;
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::store::{self, Result, Tx, cases, incidents};
use crate::text::Language;

impl Respond {
    /// Three proposals; the same for the same round.
    pub fn words_on_offer(&self, case: Id<of::Case>, (round, language): (u32, Language)) -> [String; words::OFFERED] {
        words::offered(&self.room().keys.digests, &case.to_string(), (round, language))
    }

    /// Keeps one of the proposals as the words of a case. False when there is no such case or proposal.
    pub async fn choose_words(
        &self,
        case: Id<of::Case>,
        (round, language): (u32, Language),
        choice: usize,
    ) -> Result<bool> {
        if round >= words::ROUNDS {
            return Ok(false);
        }
        let Some(phrase) = self.words_on_offer(case, (round, language)).into_iter().nth(choice) else {
            return Ok(false);
        };
        let room = self.room();
        self.writer
            .act(move |tx| {
                let (room, phrase) = (Arc::clone(&room), phrase.clone());
                Box::pin(async move { keep(tx, &room, (case, &phrase)).await })
            })
            .await
    }
}

async fn keep(tx: &mut Tx, room: &Room, (id, phrase): (Id<of::Case>, &str)) -> Result<bool> {
    let Some(case) = cases::by_id(tx, id).await? else { return Ok(false) };
    let Some(row) = incidents::get(tx, case.incident).await? else { return Ok(false) };
    let key = file::data_key(room, &row)?;
    store::marks::put_phrase(tx, &marks::sealed_phrase(room, &key, (id, phrase)), room.now()).await?;
    record(tx, &[Entry::done(room.now(), Actor::CaseHolder, "case.words", format!("case:{id}"))]).await?;
    Ok(true)
}

/// The words that staff say to the holders of an incident's cases, with the reference of each case.
pub(super) async fn of_incident(
    tx: &mut Tx,
    file: &file::File,
    cases: &[cases::CaseRow],
) -> Result<Vec<(String, String)>> {
    let chosen = store::marks::phrases(tx, file.id).await?;
    let mut said = Vec::new();
    for case in cases {
        if let Some(chosen) = chosen.iter().find(|chosen| chosen.case == case.id) {
            said.push((case.reference.clone(), marks::phrase_of(&file.key, chosen)?));
        }
    }
    Ok(said)
}

/// The words of one case.
pub(super) async fn of_case(tx: &mut Tx, file: &file::File, case: Id<of::Case>) -> Result<Option<String>> {
    let chosen = store::marks::phrase(tx, case).await?;
    chosen.map(|chosen| marks::phrase_of(&file.key, &chosen)).transpose()
}
