//! Orders as people see them: what each would touch, who stands behind it, how it stands; and to the person only what holds.

use serde::{Deserialize, Serialize};

use super::ask::{self, NewOrder};
use super::{Backend, Refused, opened, order};
use crate::containment::{Action, Danger, People, State};
use crate::id::{Id, of};
use crate::playbook::{Approval as Wanted, Kind};
use crate::respond::file::{self, File};
use crate::respond::{Respond, Room};
use crate::store::desk::list;
use crate::store::incidents::{self, IncidentRow};
use crate::store::orders::{self, OrderRow};
use crate::store::{Result, Tx};
use crate::time::Timestamp;

/// Everything about orders on one incident.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Orders {
    /// What the leading playbook recommends.
    pub recommended: Vec<Recommended>,
    /// The latest first.
    pub placed: Vec<OrderView>,
    /// The accounts that signals name: orders go to these alone.
    pub accounts: Vec<AccountView>,
    pub backends: Vec<Backend>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Recommended {
    pub action: String,
    /// 1 or 2: what the playbook and the rules want together.
    pub people: u8,
    pub minutes: Option<i64>,
}

/// An account of an incident.
#[derive(Debug, Clone, Serialize)]
pub struct AccountView {
    pub account: String,
    /// Stands for the account where it must not be shown whole.
    pub handle: String,
    /// A verified source names it, not only the person.
    pub proved: bool,
}

/// One order.
#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and a member of the answer")]
pub struct OrderView {
    pub id: Id<of::Order>,
    pub action: Action,
    pub danger: Danger,
    pub account: String,
    pub target: String,
    pub state: State,
    /// A plain word on the last change of the state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    pub changed: Timestamp,
    pub requester: String,
    pub requested: Timestamp,
    pub reason: String,
    pub people: u8,
    /// From when on a second person may approve.
    pub opens: Timestamp,
    /// From then on it is neither approved nor sent.
    pub expires: Timestamp,
    /// When its effect ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Id<of::Order>>,
    pub approvals: Vec<ApprovalView>,
    /// What an approval approves.
    pub digest: String,
    /// Attempts to send it or to ask after it; nothing before it may leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<i64>,
    /// Given up after three days.
    pub dead_letter: bool,
    /// It left once: it is not taken back any more but lifted.
    pub may_have_left: bool,
    /// One person acted alone and nobody else has looked at it.
    pub to_review: bool,
    /// The house placed it by itself, on a signed alert.
    pub automatic: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct ApprovalView {
    pub by: String,
    pub at: Timestamp,
}

/// What an order would do, before it is asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Radius {
    pub action: Action,
    pub danger: Danger,
    pub account: String,
    /// Stands for the account where it must not be shown whole.
    pub handle: String,
    pub proved: bool,
    pub target: String,
    pub people: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    pub opens: Timestamp,
    /// What undoes it; nothing when what it does stays done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inverse: Option<Action>,
    /// What holds on the account now, as far as the cases behind it are in sight.
    pub in_force: Vec<Action>,
    /// Other open incidents about the same subject.
    pub other_incidents: usize,
    /// What the backend counts that would be touched; nothing when it was not asked or said nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub touches: Option<crate::containment::Affects>,
}

/// What holds on the person's account, as the backend has confirmed it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Protection {
    pub action: Action,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Respond {
    /// The orders of an incident, which `by` looks at; nothing when there is no such incident.
    pub async fn orders(&self, incident: Id<of::Incident>, by: &str) -> Result<Option<Orders>> {
        self.fetch_of(incident).await?;
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some(row) = incidents::get(&mut tx, incident).await? else { return Ok(None) };
        let file = crate::respond::history::open(&mut tx, &room, &row).await?;
        let kind = file.assessment.as_ref().and_then(|assessment| room.playbooks.kind(&assessment.lead));
        let orders = of_incident(&mut tx, &room, (&row, &file), kind).await?;
        drop(tx);
        self.seen_by(incident, by).await?;
        Ok(Some(orders))
    }

    /// What an order would do, which `by` looks at. Nothing is kept but the view, and nothing is sent.
    pub async fn preview_order(
        &self,
        incident: Id<of::Incident>,
        by: &str,
        new: NewOrder,
    ) -> Result<std::result::Result<Radius, Refused>> {
        self.fetch_of(incident).await?;
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some(row) = incidents::get(&mut tx, incident).await? else { return Ok(Err(Refused::Unknown)) };
        let draft = match ask::draft(&mut tx, &room, &row, (by, &new)).await? {
            Ok(draft) => draft,
            Err(refused) => {
                drop(tx);
                self.seen_by(incident, by).await?;
                return Ok(Err(refused));
            }
        };
        let in_force = ask::in_sight(&mut tx, draft.in_force).await?;
        let others = match &row.subject {
            Some(subject) => list::of_subjects(&mut tx, std::slice::from_ref(subject)).await?,
            None => Vec::new(),
        };
        let others = list::by_ids(&mut tx, &others).await?.into_iter();
        let others = others.filter(|other| other.state != incidents::State::Closed && other.id != row.id).count();
        drop(tx);
        self.seen_by(incident, by).await?;
        let order = draft.order;
        Ok(Ok(Radius {
            action: order.action,
            danger: order.action.danger(),
            account: draft.account,
            handle: order.account.clone(),
            proved: draft.proved,
            people: if order.people == People::One { 1 } else { 2 },
            until: order.until,
            opens: order.opens(),
            inverse: order.action.inverse(),
            in_force: in_force.into_iter().map(|row| row.action).collect(),
            other_incidents: others,
            touches: None,
            target: order.target,
        }))
    }
}

/// The accounts that signals of an incident name, those of verified sources first.
pub(super) fn accounts(room: &Room, file: &File) -> Vec<AccountView> {
    let mut accounts: Vec<AccountView> = Vec::new();
    for proved in [true, false] {
        for signal in file.signals.iter().filter(|signal| signal.origin.verified == proved) {
            for account in signal.facts.get("account") {
                if !accounts.iter().any(|known| known.account == *account) {
                    let handle = room.account_digest(account);
                    accounts.push(AccountView { account: account.clone(), handle, proved });
                }
            }
        }
    }
    accounts
}

/// Everything about orders on an incident.
pub(in crate::respond) async fn of_incident(
    tx: &mut Tx,
    room: &Room,
    (row, file): (&IncidentRow, &File),
    kind: Option<&Kind>,
) -> Result<Orders> {
    let mut placed = Vec::new();
    for kept in orders::of_incident(tx, row.id).await? {
        placed.push(of_row(tx, room, (row, &kept)).await?);
    }
    let recommended = kind.into_iter().flat_map(|kind| &kind.orders).map(|order| {
        let lasting = order.expires.parse::<crate::time::Span>().ok();
        let wanted = if order.approval == Wanted::Two { People::Two } else { People::One };
        let action: Option<Action> = order.action.parse().ok();
        let lasting = lasting.filter(|_| action.is_some_and(Action::lasts));
        let people = action.map_or(wanted, |action| crate::containment::Order::people_for(action, lasting, wanted));
        Recommended {
            action: order.action.clone(),
            people: if people == People::One { 1 } else { 2 },
            minutes: lasting.map(crate::time::Span::minutes),
        }
    });
    Ok(Orders {
        recommended: recommended.collect(),
        placed,
        accounts: accounts(room, file),
        backends: room.backends.clone(),
    })
}

pub(super) async fn of_row(tx: &mut Tx, room: &Room, (row, kept): (&IncidentRow, &OrderRow)) -> Result<OrderView> {
    let key = file::data_key(room, row)?;
    let account = opened(&key, ("account", kept.id), &kept.account)?;
    let order = order(room, kept, &account);
    let posted = crate::store::outbox::of_object(tx, &kept.id.to_string()).await?;
    let approvals = orders::approvals(tx, kept.id).await?;
    Ok(OrderView {
        id: kept.id,
        action: kept.action,
        danger: kept.action.danger(),
        target: kept.target.clone(),
        state: kept.state,
        word: kept.word.clone(),
        changed: kept.changed,
        requester: kept.requester.clone(),
        requested: kept.requested,
        reason: opened(&key, ("reason", kept.id), &kept.reason)?,
        people: if kept.people == 1 { 1 } else { 2 },
        opens: order.opens(),
        expires: kept.expires,
        until: kept.until,
        undoes: kept.undoes,
        approvals: approvals.into_iter().map(|approval| ApprovalView { by: approval.by, at: approval.at }).collect(),
        digest: order.digest(),
        attempts: posted.last().map(|posted| posted.attempts),
        dead_letter: posted.iter().any(|letter| letter.state == "dead"),
        may_have_left: kept.may_have_left,
        to_review: kept.people == 1 && kept.reviewed.is_none(),
        automatic: kept.automatic,
        account,
    })
}

/// What holds on the accounts of an incident as its backend has confirmed it, and nothing else: no hope is shown as a fact.
pub(in crate::respond) async fn protections(tx: &mut Tx, room: &Room, row: &IncidentRow) -> Result<Vec<Protection>> {
    let now = room.now();
    let placed = orders::of_incident(tx, row.id).await?;
    let holds = |order: &&OrderRow| {
        order.state == State::Confirmed && order.action.lasts() && order.until.is_none_or(|until| until > now)
    };
    Ok(placed.iter().filter(holds).map(|order| Protection { action: order.action, until: order.until }).collect())
}
