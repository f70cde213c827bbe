//! A group on its way: what the database knew of it, the incidents it touches, what is to be written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{AlertArrival, Arrival, Candidate, Incoming, ReportArrival};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::respond::Room;
use crate::respond::file::{File, Kept};
use crate::respond::history;
use crate::respond::numbers::keep_measures;
use crate::respond::orders;
use crate::seal::{Place, Purpose};
use crate::signal::Signal;
use crate::store::aliases::Alias;
use crate::store::copies::{self, CopyRow, KEPT};
use crate::store::deliveries::{Asked, Delivery, Event};
use crate::store::observables::Observable;
use crate::store::quiet::{AsideRow, RuleRow};
use crate::store::source_hours::Hour;
use crate::store::{Result, Tx, aliases, cases, deliveries, incidents, observables, quiet, signals, source_hours};

/// A group of arrivals with the incidents they join.
pub(super) struct Batch {
    /// Open incidents by subject.
    pub files: BTreeMap<String, File>,
    /// New incidents of nobody known: reports without a proven account.
    pub loose: Vec<File>,
    /// Elements that became signals before, or did so in this group.
    pub known: BTreeMap<(String, String), Id<of::Signal>>,
    /// How many copies each event or delivery had.
    pub copied: BTreeMap<(String, String), i64>,
    pub copies: Vec<CopyRow>,
    /// Deliveries that were answered before, or in this group, by endpoint and key.
    pub answered: BTreeMap<(String, String), Delivery>,
    /// Digest of a name to the subject it belongs to.
    pub subjects: BTreeMap<String, String>,
    pub new_aliases: Vec<Alias>,
    pub new_events: Vec<Event>,
    pub new_deliveries: Vec<Delivery>,
    pub observables: Vec<Observable>,
    pub entries: Vec<Entry>,
    /// What each source sent.
    pub hours: BTreeMap<String, Hour>,
    /// Windows and rules that are not over.
    pub quiet: Vec<RuleRow>,
    pub aside: Vec<AsideRow>,
    /// What was seen, in closed incidents, of subjects that have no open one.
    past: BTreeMap<String, Vec<Signal>>,
    /// Subjects of whose open incident somebody holds a case already.
    pub held: BTreeSet<String>,
    /// Incidents with something new, and who brought it.
    pub touched: BTreeMap<String, Actor>,
    /// Signals that alone may bring about an order, by their subjects.
    pub prompts: Vec<(String, Id<of::Signal>)>,
}

impl Batch {
    /// Reads everything the group needs in a fixed number of queries, whatever its size.
    pub async fn load(tx: &mut Tx, room: &Room, arrivals: &[Arc<Arrival>]) -> Result<Self> {
        let alerts: Vec<&AlertArrival> = arrivals
            .iter()
            .filter_map(|arrival| if let Arrival::Alert(alert) = &**arrival { Some(alert) } else { None })
            .collect();
        let events: Vec<(&str, &Incoming)> =
            alerts.iter().flat_map(|alert| alert.events.iter().map(|event| (alert.endpoint.as_str(), event))).collect();
        let mut batch = Self {
            files: BTreeMap::new(),
            loose: Vec::new(),
            known: BTreeMap::new(),
            copied: BTreeMap::new(),
            copies: Vec::new(),
            answered: BTreeMap::new(),
            subjects: BTreeMap::new(),
            new_aliases: Vec::new(),
            new_events: Vec::new(),
            new_deliveries: Vec::new(),
            observables: Vec::new(),
            entries: Vec::new(),
            hours: BTreeMap::new(),
            quiet: Vec::new(),
            aside: Vec::new(),
            past: BTreeMap::new(),
            held: BTreeSet::new(),
            touched: BTreeMap::new(),
            prompts: Vec::new(),
        };
        let asked: Vec<Asked> = alerts
            .iter()
            .filter_map(|alert| Some(Asked { endpoint: alert.endpoint.clone(), key: delivery_key(room, alert)? }))
            .collect();
        if !asked.is_empty() {
            let known = deliveries::known(tx, &asked).await?;
            batch.answered = known
                .into_iter()
                .map(|delivery| ((delivery.endpoint.clone(), delivery.key.clone()), delivery))
                .collect();
            batch.count_copies(tx, asked).await?;
        }
        if !events.is_empty() {
            batch.quiet = quiet::running(tx, room.now()).await?;
        }
        let shown: Vec<Candidate> = arrivals.iter().filter_map(|arrival| shown(arrival)).collect();
        if events.is_empty() && shown.is_empty() {
            return Ok(batch);
        }
        let asked: Vec<Asked> = events
            .iter()
            .map(|(endpoint, event)| Asked { endpoint: (*endpoint).to_owned(), key: event.key.clone() })
            .collect();
        let known = deliveries::known_events(tx, &asked).await?;
        batch.known = known.into_iter().map(|event| ((event.endpoint, event.key), event.signal)).collect();
        batch.count_copies(tx, asked).await?;

        let names: BTreeSet<String> = events
            .iter()
            .flat_map(|(_, event)| &event.candidates)
            .chain(&shown)
            .map(|name| digest(room, name))
            .collect();
        let names: Vec<String> = names.into_iter().collect();
        let found = aliases::resolve_many(tx, &names).await?;
        batch.subjects = found.into_iter().map(|alias| (alias.digest, alias.subject)).collect();

        let accounts: BTreeSet<String> = shown.iter().map(|account| batch.known_as(room, account)).collect();
        let mut subjects: BTreeSet<String> =
            events.iter().map(|(endpoint, event)| batch.subject(room, endpoint, event).0).collect();
        subjects.extend(accounts.iter().cloned());
        batch.open(tx, room, &subjects.into_iter().collect::<Vec<_>>()).await?;
        for subject in accounts {
            if let Some(file) = batch.files.get(&subject)
                && !cases::of_incident(tx, file.id).await?.is_empty()
            {
                batch.held.insert(subject);
            }
        }
        Ok(batch)
    }

    /// The subject that a name is known by, else the name itself.
    pub fn known_as(&self, room: &Room, name: &Candidate) -> String {
        let name = digest(room, name);
        self.subjects.get(&name).cloned().unwrap_or(name)
    }

    /// Notes how many copies there were of what came before.
    async fn count_copies(&mut self, tx: &mut Tx, mut asked: Vec<Asked>) -> Result<()> {
        asked.retain(|one| {
            let name = (one.endpoint.clone(), one.key.clone());
            self.known.contains_key(&name) || self.answered.contains_key(&name)
        });
        if !asked.is_empty() {
            let numbers = copies::numbers(tx, &asked).await?;
            self.copied.extend(numbers.into_iter().map(|(one, number)| ((one.endpoint, one.key), number)));
        }
        Ok(())
    }

    /// Notes a copy of an event or delivery, with what was in it.
    pub fn copy(&mut self, room: &Room, of: &Asked, (signal, content): (Option<String>, &[u8])) {
        let number = self.copied.entry((of.endpoint.clone(), of.key.clone())).or_default();
        *number += 1;
        let id = Id::new(room.now(), &*room.random);
        let row = id.to_string();
        let place = |column| Place { table: "copy", column, row: &row };
        let (key, data_key) = room.keys.new_data_key(place("data_key"), &*room.random);
        let sealed = key.seal(place("body"), content, &*room.random);
        let mut made = CopyRow::new((id, room.now()), (of, *number), (data_key, sealed));
        made.signal = signal;
        // Only the last of one event in a group has a slot of its own left when there are very many.
        self.copies
            .retain(|copy| copy.endpoint != made.endpoint || copy.key != made.key || copy.number + KEPT > made.number);
        self.copies.push(made);
    }

    async fn open(&mut self, tx: &mut Tx, room: &Room, subjects: &[String]) -> Result<()> {
        let rows = incidents::open_for_subjects(tx, subjects).await?;
        let open: BTreeSet<&String> = rows.iter().filter_map(|row| row.subject.as_ref()).collect();
        let without = subjects.iter().filter(|subject| !open.contains(subject)).cloned().collect();
        self.past = history::past(tx, room, without).await?;
        for file in history::open_many(tx, room, &rows).await? {
            if let Some(subject) = &file.subject {
                self.files.insert(subject.clone(), file);
            }
        }
        Ok(())
    }

    /// Whom an event is about: the subject that one of its names is known by, else the first name itself, else the thread
    /// of alerts it belongs to. With it, which candidate decided.
    pub fn subject<'a>(&self, room: &Room, endpoint: &str, event: &'a Incoming) -> (String, Option<&'a Candidate>) {
        for candidate in &event.candidates {
            if let Some(subject) = self.subjects.get(&digest(room, candidate)) {
                return (subject.clone(), Some(candidate));
            }
        }
        if let Some(first) = event.candidates.first() {
            return (digest(room, first), Some(first));
        }
        let thread = event.thread.as_deref().unwrap_or(&event.key);
        (room.keys.digests.of(Purpose::Lookup, &format!("thread.{endpoint}"), thread), None)
    }

    /// Adds a signal to the incident of a subject, opening one when there is none.
    pub fn join(&mut self, room: &Room, (subject, actor): (&str, Actor), signal: Signal) {
        let language = signal.facts.first("language").unwrap_or("en").to_owned();
        let file = self.files.entry(subject.to_owned()).or_insert_with(|| {
            let mut file = File::new(room, Some(subject.to_owned()), &language);
            file.past = self.past.remove(subject).unwrap_or_default();
            file
        });
        file.observe(signal);
        self.touched.insert(subject.to_owned(), actor);
    }

    /// Whether anything in it may bring about an order.
    pub fn may_order(&self) -> bool {
        !self.prompts.is_empty()
    }

    /// Orders what the house may by itself, once the incidents are kept.
    pub async fn order(&mut self, tx: &mut Tx, room: &Room) -> Result<()> {
        for (subject, signal) in &self.prompts {
            let Some(file) = self.files.get(subject) else { continue };
            self.entries.extend(orders::by_itself(tx, room, (file, *signal)).await?);
        }
        Ok(())
    }

    /// Judges every touched incident and writes the group.
    pub async fn keep(&mut self, tx: &mut Tx, room: &Room) -> Result<()> {
        let (mut new, mut changed, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let (mut measured, mut promised) = (Vec::new(), Vec::new());
        let by_subject =
            self.files.iter_mut().filter_map(|(subject, file)| Some((file, self.touched.get(subject)?.clone())));
        let loose = self.loose.iter_mut().map(|file| (file, Actor::CaseHolder));
        for (file, actor) in by_subject.chain(loose) {
            let (kept, signals, entry) = file.keep(room, &actor);
            match kept {
                Kept::New(incident) => new.push(*incident),
                Kept::Changed(incident) => changed.push(*incident),
            }
            measured.extend(file.measure(room));
            promised.extend(file.promise(room));
            rows.extend(signals);
            self.entries.push(entry);
        }
        if !new.is_empty() {
            incidents::insert_many(tx, &new).await?;
        }
        if !changed.is_empty() {
            incidents::update_many(tx, &changed).await?;
        }
        keep_measures(tx, &measured, &promised).await?;
        if !rows.is_empty() {
            signals::insert_many(tx, &rows).await?;
        }
        if !self.new_aliases.is_empty() {
            aliases::put_many(tx, &self.new_aliases).await?;
        }
        if !self.new_events.is_empty() {
            deliveries::remember_events(tx, &self.new_events).await?;
        }
        if !self.copies.is_empty() {
            copies::put_many(tx, &self.copies).await?;
        }
        if !self.new_deliveries.is_empty() {
            deliveries::remember(tx, &self.new_deliveries).await?;
        }
        if !self.observables.is_empty() {
            observables::put_many(tx, &self.observables).await?;
        }
        if !self.aside.is_empty() {
            quiet::keep(tx, &self.aside).await?;
        }
        if !self.hours.is_empty() {
            let hours: Vec<Hour> = self.hours.values().cloned().collect();
            source_hours::add(tx, &hours).await?;
        }
        Ok(())
    }
}

/// The account that a report is shown to be about.
pub(super) fn shown(arrival: &Arrival) -> Option<Candidate> {
    let Arrival::Report(ReportArrival { shown: Some(shown), .. }) = arrival else { return None };
    let value = shown.account.to_lowercase();
    Some(Candidate { space: "identity", field: "account".to_owned(), value })
}

/// The digest a name is looked up by; names of one space meet whatever field they came from.
pub(super) fn digest(room: &Room, candidate: &Candidate) -> String {
    room.keys.digests.of(Purpose::Lookup, candidate.space, &candidate.value)
}

/// The key that a delivery is known by. A digest: the sender's id is text from outside and may hold anything.
pub(super) fn delivery_key(room: &Room, alert: &AlertArrival) -> Option<String> {
    alert.delivery.as_deref().map(|id| room.keys.digests.of(Purpose::Lookup, "delivery", id))
}
