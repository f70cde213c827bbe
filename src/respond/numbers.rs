//! The desk's numbers: what is kept for them while cases are judged, and the tables over a window.

use super::file::{self, File};
use super::{Respond, Room};
use crate::id::{Id, of};
use crate::numbers::{self, Steps, Table};
use crate::playbook::Class;
use crate::scoring::Line;
use crate::store::incidents::IncidentRow;
use crate::store::measures::{self, MeasureRow};
use crate::store::promises::{self, Promise};
use crate::store::{Result, Tx, numbers as counts};
use crate::time::Timestamp;

/// Whose deeds the table of people shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People<'a> {
    All,
    /// One's own alone.
    Only(&'a str),
}

impl Respond {
    /// The tables of a window, its end left out.
    pub async fn numbers(&self, window: (Timestamp, Timestamp), people: People<'_>) -> Result<Vec<Table>> {
        let steps = Steps::of(window);
        let mut tx = self.db.read().await?;
        let mut rows = counts::count(&mut tx, window, &steps).await?;
        drop(tx);
        match people {
            People::All => {}
            People::Only(name) => rows.people.retain(|row| row.person == name),
        }
        Ok(numbers::tables(&rows, &steps))
    }
}

impl File {
    /// What is at stake by the last assessment; nothing before there is one, or when its playbook is gone.
    pub(super) fn measure(&self, room: &Room) -> Option<MeasureRow> {
        let assessment = self.assessment.as_ref()?;
        let lead = room.playbooks.kind(&assessment.lead)?;
        let found = numbers::measure(assessment, lead, room.playbooks.policy.order.delay);
        Some(MeasureRow {
            incident: self.id,
            band: found.band.as_str(),
            stake: found.stake_cents,
            half_life: found.half_life.millis(),
            help_works: found.help_works,
        })
    }
}

impl File {
    /// By when somebody should reply and close, by where the case stands now; nothing while no person is to see it.
    pub(super) fn promise(&self, room: &Room) -> Option<Promise> {
        if !self.is_for_people() {
            return None;
        }
        let (policy, standing) = (&room.playbooks.policy, self.standing());
        let jumps = standing.class == Class::Security;
        Some(Promise {
            incident: self.id,
            reply_due: self.arrived.plus(policy.first_reply(standing.level, jumps)).millis(),
            resolve_due: self.arrived.plus(policy.resolution(standing.level, jumps)).millis(),
        })
    }
}

/// Keeps what is at stake in one incident, and by when somebody should reply.
pub(super) async fn keep_measure(tx: &mut Tx, room: &Room, file: &File) -> Result<()> {
    keep_measures(
        tx,
        &file.measure(room).into_iter().collect::<Vec<_>>(),
        &file.promise(room).into_iter().collect::<Vec<_>>(),
    )
    .await
}

/// The same for many.
pub(super) async fn keep_measures(tx: &mut Tx, measured: &[MeasureRow], promised: &[Promise]) -> Result<()> {
    if !measured.is_empty() {
        measures::put_many(tx, measured).await?;
    }
    if !promised.is_empty() {
        promises::put_many(tx, promised).await?;
    }
    Ok(())
}

/// Keeps which signs spoke for what an incident was taken for when a verdict was given. Without them the verdict stands.
pub(super) async fn keep_signs(
    tx: &mut Tx,
    room: &Room,
    (verdict, row): (Id<of::Verdict>, &IncidentRow),
) -> Result<()> {
    let key = file::data_key(room, row)?;
    let Ok(assessment) = file::assessment(&key, row) else { return Ok(()) };
    let Some(lead) = assessment.lead_standing() else { return Ok(()) };
    let spoke = lead.lines.iter().filter_map(|line| match line {
        Line::Evidence { sign, points, .. } if *points > 0 => Some(sign.as_str()),
        Line::Evidence { .. } | Line::Prior { .. } | Line::GroupCap { .. } | Line::AnonymousCap { .. } => None,
    });
    let signs: Vec<&str> = spoke.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    if signs.is_empty() {
        return Ok(());
    }
    measures::put_signs(tx, (verdict, &lead.kind), &signs).await
}
