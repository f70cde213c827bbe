//! The box of what people said of us: who looks after it, and what came of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Respond, feedback, record};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::store::Result;
use crate::store::feedback_care::{self as care, InboxRow};
use crate::time::Timestamp;

const SHOWN: i64 = 100;

/// What came of a piece of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CareOutcome {
    /// Something of ours got better.
    Improved,
    /// A playbook was changed.
    Playbook,
    /// The person was answered.
    Answered,
    /// It was known before.
    Known,
    /// Nothing follows.
    Nothing,
}

impl CareOutcome {
    pub const ALL: [Self; 5] = [Self::Improved, Self::Playbook, Self::Answered, Self::Known, Self::Nothing];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Playbook => "playbook",
            Self::Answered => "answered",
            Self::Known => "known",
            Self::Nothing => "nothing",
        }
    }
}

/// A piece of feedback in the box. What the holder of a case wrote stands in their incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InboxItem {
    pub id: Id<of::Feedback>,
    pub at: Timestamp,
    pub lane: String,
    pub level: i64,
    pub language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solved: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<of::Incident>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

impl Respond {
    /// What waits in the box, the newest hundred; what is settled as well when asked. Reading it is an audit entry.
    pub async fn inbox(&self, by: &str, settled: bool) -> Result<Vec<InboxItem>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let rows = care::inbox(&mut tx, settled, SHOWN).await?;
        drop(tx);
        let items = rows.into_iter().map(|row| {
            let said = &row.feedback;
            let text = match (&row.incident, &said.body, &said.data_key) {
                (None, Some(body), Some(sealed)) => Some(feedback::open_public(&room, (said.id, sealed, body))?),
                (Some(_) | None, _, _) => None,
            };
            Ok(item(row, text))
        });
        let items = items.collect::<Result<Vec<_>>>()?;
        let entry = Entry::done(room.now(), Actor::Staff(by.to_owned()), "feedback.view", "feedback:inbox".to_owned());
        self.note(entry).await?;
        Ok(items)
    }

    /// Takes a piece of feedback in hand, or says what came of it. False when there is no such piece.
    pub async fn care_for(&self, by: &str, id: Id<of::Feedback>, outcome: Option<CareOutcome>) -> Result<bool> {
        let (room, by) = (self.room(), by.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by) = (Arc::clone(&room), by.clone());
                Box::pin(async move {
                    if !care::exists(tx, id).await? {
                        return Ok(false);
                    }
                    let now = room.now();
                    let entry = |action| Entry::done(now, Actor::Staff(by.clone()), action, format!("feedback:{id}"));
                    let entry = match outcome {
                        None => {
                            care::take(tx, id, (&by, now)).await?;
                            entry("feedback.take")
                        }
                        Some(outcome) => {
                            care::settle(tx, (id, outcome.as_str()), (&by, now)).await?;
                            entry("feedback.settle").with("outcome", outcome.as_str())
                        }
                    };
                    record(tx, &[entry]).await?;
                    Ok(true)
                })
            })
            .await
    }
}

fn item(row: InboxRow, text: Option<String>) -> InboxItem {
    let InboxRow { feedback: said, incident, owner, outcome } = row;
    InboxItem {
        id: said.id,
        at: said.at,
        lane: said.lane,
        level: said.level,
        language: said.language,
        satisfaction: said.satisfaction,
        solved: said.solved,
        speed: said.speed,
        text,
        incident,
        owner,
        outcome,
    }
}
