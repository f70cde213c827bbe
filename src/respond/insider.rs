//! Looks at who reads how much, and raises an alarm once an hour for whoever reads unusually many cases (RB-13).

use serde::Serialize;

use super::Respond;
use crate::audit::insider::{FEW, unusual};
use crate::audit::{Actor, Entry};
use crate::store::{Result, audit_views};
use crate::time::{Span, Timestamp};

const HOUR: Span = Span::from_minutes(60);
/// What somebody's habit is made from.
const HABIT: Span = Span::from_days(30);
/// How long an alarm stays on the desk.
const SHOWN: Span = Span::from_days(1);
const ALARM: &str = "insider.alarm";

/// Something the house raised; who it is about stands in the trail, under its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alarm {
    /// The number of its entry in the audit trail.
    pub entry: i64,
    pub at: Timestamp,
    /// `insider.alarm`, `retention.braked`, `circle.glass` or `circle.orphaned`.
    pub what: String,
    /// Different cases within the hour before, where it is about reading.
    pub cases: Option<u32>,
}

impl Respond {
    /// Raises an alarm for everybody who reads unusually many cases, and says how many it raised.
    pub async fn look_for_unusual_reading(&self) -> Result<usize> {
        let now = self.room().now();
        let mut tx = self.db.read().await?;
        let readers = audit_views::readers(&mut tx, now.minus(HOUR), i64::from(FEW)).await?;
        let raised = audit_views::alarms(&mut tx, now.minus(HOUR)).await?;
        let mut entries = Vec::new();
        for (actor, cases) in readers {
            if raised.iter().any(|alarm| alarm.action == ALARM && alarm.object == actor) {
                continue;
            }
            let before = audit_views::hours(&mut tx, &actor, (now.minus(HABIT), now.minus(HOUR))).await?;
            let before: Vec<u32> = before.into_iter().map(counted).collect();
            let cases = counted(cases);
            let Some(why) = unusual(cases, &before) else { continue };
            entries.push(Entry::done(now, Actor::System, ALARM, actor).with("cases", cases).with("why", why.as_str()));
            tracing::warn!(
                name: "insider.alarm",
                cases,
                "one member of staff read {cases} different cases within an hour; the audit trail says who"
            );
            metrics::counter!("holdfast_insider_alarms_total").increment(1);
        }
        drop(tx);
        let count = entries.len();
        for entry in entries {
            self.note(entry).await?;
        }
        Ok(count)
    }

    /// Alarms of the last day, the newest first; they name nobody.
    pub async fn alarms(&self) -> Result<Vec<Alarm>> {
        let since = self.room().now().minus(SHOWN);
        let rows = audit_views::alarms(&mut self.db.read().await?, since).await?;
        let alarm = |row: audit_views::AlarmRow| {
            let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap_or_default();
            let cases = detail["cases"].as_u64().and_then(|cases| u32::try_from(cases).ok());
            Alarm { entry: row.sequence, at: row.at, what: row.action, cases }
        };
        Ok(rows.into_iter().map(alarm).collect())
    }
}

fn counted(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
