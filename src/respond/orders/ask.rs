//! Asking for an order: one person's short hold leaves at once, everything else waits for a second person.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::view::{self, AccountView, OrderView};
use super::{Refused, at, lift, post};
use crate::audit::{Actor, Entry};
use crate::containment::{Action, Danger, LONGEST, LONGEST_ALONE, Order, People, State, alone_may};
use crate::guidance;
use crate::guidance::mail::Told;
use crate::id::{Id, of};
use crate::playbook::Approval as Wanted;
use crate::queue::tier::PRACTICE;
use crate::respond::{Respond, Room, file, history, notices, record, staff};
use crate::seal::DataKey;
use crate::store::incidents::{self, IncidentRow};
use crate::store::orders::{self, OrderRow};
use crate::store::{Result, Tx, cases};
use crate::text::Language;
use crate::time::{Span, Timestamp};

/// What somebody asks for. The reason is scrubbed and cleaned by now.
#[derive(Clone)]
pub struct NewOrder {
    pub action: Action,
    /// One of the accounts that the incident's signals name; nothing for the only one.
    pub account: Option<String>,
    /// How long its effect lasts; nothing for what the playbook says.
    pub lasting: Option<Span>,
    pub undoes: Option<Id<of::Order>>,
    pub reason: String,
}

/// What was found out about an order before anything is kept.
pub(super) struct Draft {
    pub order: Order,
    pub account: String,
    pub proved: bool,
    /// What holds on the account now.
    pub in_force: Vec<OrderRow>,
}

impl Respond {
    /// Asks for an order on an account of an incident. One that takes one person is on its way with the commit.
    pub async fn ask_order(
        &self,
        incident: Id<of::Incident>,
        by: &str,
        new: NewOrder,
    ) -> Result<std::result::Result<OrderView, Refused>> {
        self.fetch_of(incident).await?;
        let (room, by) = (self.room(), by.to_owned());
        let asked = self
            .writer
            .act(move |tx| {
                let (room, by, new) = (Arc::clone(&room), by.clone(), new.clone());
                Box::pin(async move { ask(tx, &room, incident, (&by, &new)).await })
            })
            .await;
        self.posted.notify_one();
        asked
    }
}

async fn ask(
    tx: &mut Tx,
    room: &Room,
    incident: Id<of::Incident>,
    (by, new): (&str, &NewOrder),
) -> Result<std::result::Result<OrderView, Refused>> {
    let Some(row) = incidents::get(tx, incident).await? else { return Ok(Err(Refused::Unknown)) };
    place(tx, room, &row, (by, new)).await
}

/// Keeps an order; the same for one that was asked for and one that lifts another.
pub(super) async fn place(
    tx: &mut Tx,
    room: &Room,
    row: &IncidentRow,
    (by, new): (&str, &NewOrder),
) -> Result<std::result::Result<OrderView, Refused>> {
    // Before anything is looked at: another node may be placing the same one, or this person's eleventh.
    orders::one_at_a_time(tx).await?;
    let draft = match draft(tx, room, row, (by, new)).await? {
        Ok(draft) => draft,
        Err(refused) => return Ok(Err(refused)),
    };
    let Draft { order, account, in_force, .. } = draft;
    if order.people == People::One {
        let given = orders::alone_since(tx, by, room.now().minus(Span::from_minutes(60))).await?;
        if let Err(brake) = alone_may(u32::try_from(given).unwrap_or(u32::MAX)) {
            return Ok(Err(brake.into()));
        }
    }
    let key = file::data_key(room, row)?;
    let said = Said { account: &account, reason: &new.reason, automatic: false };
    let (kept, mut entry) = keep(tx, room, (&order, &key), said).await?;
    if order.action.danger() == Danger::Release {
        entry = entry.with("told", tell_all(tx, room, row, (&order, &in_force)).await?);
    }
    let view = view::of_row(tx, room, (row, &kept)).await?;
    record(tx, &[entry]).await?;
    Ok(Ok(view))
}

/// What is sealed of an order, and whether a person asked for it.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub account: &'a str,
    pub reason: &'a str,
    /// The house itself places it.
    pub automatic: bool,
}

/// Keeps an order that nothing stands against; one that takes one person is in the outbox with it. The entry is to be recorded.
pub(super) async fn keep(
    tx: &mut Tx,
    room: &Room,
    (order, key): (&Order, &DataKey),
    said: Said<'_>,
) -> Result<(OrderRow, Entry)> {
    let id = order.id.to_string();
    let kept = OrderRow {
        id: order.id,
        incident: order.incident,
        account: key.seal(at("account", &id), said.account.as_bytes(), &*room.random),
        account_digest: order.account.clone(),
        action: order.action,
        target: order.target.clone(),
        until: order.until,
        undoes: order.undoes,
        requester: order.requester.clone(),
        requested: order.requested,
        expires: order.expires,
        people: if order.people == People::One { 1 } else { 2 },
        automatic: said.automatic,
        reason: key.seal(at("reason", &id), said.reason.as_bytes(), &*room.random),
        digest: order.digest(),
        state: if order.people == People::One { State::Approved } else { State::Proposed },
        changed: order.requested,
        word: None,
        reviewer: None,
        reviewed: None,
        may_have_left: false,
    };
    orders::insert(tx, &kept).await?;
    let overtaken = lift::overtake(tx, room, &kept).await?;
    record(tx, &overtaken).await?;
    let actor = if said.automatic { Actor::System } else { Actor::Staff(order.requester.clone()) };
    let entry = Entry::done(room.now(), actor, "order.ask", format!("incident:{}", order.incident))
        .with("order", id)
        .with("order_action", order.action.as_str())
        .with("people", kept.people)
        .with("digest", kept.digest.clone());
    if order.people == People::One {
        post::put(tx, room, &kept).await?;
    }
    Ok((kept, entry))
}

/// What an order would be, and everything that stands against it but the count of the one who asks.
pub(super) async fn draft(
    tx: &mut Tx,
    room: &Room,
    row: &IncidentRow,
    (by, new): (&str, &NewOrder),
) -> Result<std::result::Result<Draft, Refused>> {
    if row.pool == PRACTICE {
        return Ok(Err(Refused::Practice));
    }
    let undone = match new.undoes {
        Some(undone) => orders::get(tx, undone).await?,
        None => None,
    };
    let backend = undone.as_ref().map_or_else(|| room.backend(new.action), |held| room.backend_of(held, new.action));
    let Some(backend) = backend else { return Ok(Err(Refused::NoBackend)) };
    let file = history::open(tx, room, row).await?;
    let known = view::accounts(room, &file);
    let account = match (&undone, &new.account) {
        // It was held when a signal named it, whatever became of that signal.
        (Some(held), Some(account)) => {
            let proved = known.iter().any(|known| known.account == *account && known.proved);
            Some(AccountView { account: account.clone(), handle: held.account_digest.clone(), proved })
        }
        (_, Some(account)) => known.into_iter().find(|known| known.account == *account || known.handle == *account),
        (_, None) if known.len() == 1 => known.into_iter().next(),
        (_, None) => None,
    };
    let Some(account) = account else { return Ok(Err(Refused::NotOfIncident)) };
    let digest = account.handle;
    let is_release = new.action.danger() == Danger::Release;
    let open = orders::open_on(tx, &digest, new.action).await?;
    // Lifting is refused by whatever is under way; of a hold nobody is told that a case out of their sight asked for it too.
    let open = if is_release { open } else { in_sight(tx, open).await? };
    // What waits for a second person stands in the way of what takes two as well, and of no emergency.
    let (proposed, open): (Vec<_>, Vec<_>) = open.into_iter().partition(|open| open.state == State::Proposed);
    if let Some(open) = open.first() {
        return Ok(Err(Refused::Already(open.id)));
    }
    if is_release && undone.is_none() {
        return Ok(Err(Refused::NotByItself));
    }
    let kind = file.assessment.as_ref().and_then(|assessment| room.playbooks.kind(&assessment.lead));
    let recommended = kind.and_then(|kind| kind.orders.iter().find(|order| order.action == new.action.as_str()));
    let lasting = match (new.action.lasts(), new.lasting) {
        (false, None) => None,
        (false, Some(_)) => return Ok(Err(Refused::Lasting)),
        (true, Some(span)) => Some(span),
        (true, None) => Some(recommended.and_then(|order| order.expires.parse().ok()).unwrap_or(LONGEST_ALONE)),
    };
    if lasting.is_some_and(|span| span <= Span::ZERO || span > LONGEST) {
        return Ok(Err(Refused::Lasting));
    }
    let wanted = match recommended.map(|order| order.approval) {
        Some(Wanted::Two) => People::Two,
        Some(Wanted::One) | None => People::One,
    };
    let people = Order::people_for(new.action, lasting, wanted);
    if let Some(proposed) = proposed.first().filter(|_| people == People::Two) {
        return Ok(Err(Refused::Already(proposed.id)));
    }
    let now = room.now();
    let until = lasting.map(|lasting| now.plus(lasting));
    let in_force = orders::in_force(tx, &digest, now).await?;
    let longer = |kept: &&OrderRow| kept.action == new.action && kept.until > until;
    let longer = in_force.iter().filter(longer).cloned().collect();
    // What a case out of sight holds for longer is not shortened either: `post` says its end to the backend.
    let longer = in_sight(tx, longer).await?;
    if let Some(held) = longer.first()
        && !is_being_lifted(tx, (&digest, new.action)).await?
    {
        return Ok(Err(Refused::Shorter(held.id)));
    }
    let order = Order {
        id: Id::new(now, &*room.random),
        incident: row.id,
        account: digest,
        action: new.action,
        target: backend.name.clone(),
        until,
        undoes: new.undoes,
        requester: by.to_owned(),
        requested: now,
        expires: now.plus(Order::open_for(new.action)),
        people,
    };
    Ok(Ok(Draft { order, account: account.account, proved: account.proved, in_force }))
}

/// Whether what holds may soon hold no more, so that holding anew is worth it however long that is.
async fn is_being_lifted(tx: &mut Tx, (account, action): (&str, Action)) -> Result<bool> {
    let Some(release) = action.inverse() else { return Ok(false) };
    Ok(!orders::under_way(tx, account, release).await?.is_empty())
}

/// Those of orders whose case is in the sight of whoever asks.
pub(super) async fn in_sight(tx: &mut Tx, orders: Vec<OrderRow>) -> Result<Vec<OrderRow>> {
    let mut seen = Vec::new();
    for order in orders {
        if incidents::get(tx, order.incident).await?.is_some() {
            seen.push(order);
        }
    }
    Ok(seen)
}

/// Tells everybody whose case rests on what is lifted: the same account may be held from several incidents.
async fn tell_all(
    tx: &mut Tx,
    room: &Room,
    row: &IncidentRow,
    (order, in_force): (&Order, &[OrderRow]),
) -> Result<usize> {
    let mut told = tell(tx, room, row, order.opens()).await?;
    let others: BTreeSet<_> = in_force
        .iter()
        .filter(|kept| kept.action.inverse() == Some(order.action) && kept.incident != row.id)
        .map(|kept| kept.incident)
        .collect();
    for other in others {
        if let Some(other) = incidents::whatever_in_sight(tx, other).await? {
            told += tell(tx, room, &other, order.opens()).await?;
        }
    }
    Ok(told)
}

/// Tells the person over every channel there is that protection may be lifted, and from when on (RB-11). Says how many
/// channels that were.
async fn tell(tx: &mut Tx, room: &Room, row: &IncidentRow, from: Timestamp) -> Result<usize> {
    let cases = cases::of_incident(tx, row.id).await?;
    let Some(first) = cases.first() else { return Ok(0) };
    let language = first.language.parse().unwrap_or(Language::En);
    staff::message(tx, room, row, &guidance::release_ahead(from, language)).await?;
    let mails = notices::tell(tx, room, row.id, Told::Release).await?;
    Ok(cases.len().saturating_add(mails))
}
