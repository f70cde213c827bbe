//! The task that empties the outbox: for each target up to eight letters at once, each sent once and told of.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio_util::sync::CancellationToken;

use super::backoff::wait;
use super::channel::{Channel, Sent};
use super::circuit::Circuit;
use super::client::{Caller, Heard, Letter};
use super::guard::{Guard, Resolve};
use super::robot::{Robot, Spoken};
use super::target::Target;
use crate::containment::{Affects, Answer, Said};
use crate::id::Random;
use crate::respond::Respond;
use crate::respond::orders::{Dispatch, Radius, Returned, Sending};
use crate::time::Timestamp;

/// At once to one backend.
const AT_ONCE: i64 = 8;
/// A lost wake-up costs this much; what comes due by itself is found within it.
const POLL: Duration = Duration::from_millis(500);

/// The targets of the settings and the way to call them.
pub struct Outbox {
    targets: Vec<Target>,
    channels: Vec<Channel>,
    robots: BTreeMap<String, Robot>,
    caller: Caller,
}

/// Where letters go.
#[derive(Clone, Copy)]
enum Way<'a> {
    Backend(&'a Target),
    Channel(&'a Channel),
}

impl Way<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Backend(target) => &target.name,
            Self::Channel(channel) => &channel.name,
        }
    }
}

impl Outbox {
    /// Targets with a client that reaches them and nothing else; an error when the client cannot be built.
    pub fn new(targets: Vec<Target>, channels: Vec<Channel>, resolver: Arc<dyn Resolve>) -> anyhow::Result<Self> {
        Self::with_robots((targets, channels), BTreeMap::new(), resolver)
    }

    /// The same with the bots that answer in chats, by the names of the chats.
    pub fn with_robots(
        (targets, channels): (Vec<Target>, Vec<Channel>),
        robots: BTreeMap<String, Robot>,
        resolver: Arc<dyn Resolve>,
    ) -> anyhow::Result<Self> {
        let backends = targets.iter().map(|target| (&target.url, target.networks.clone()));
        let others = channels.iter().map(|channel| (&channel.url, channel.networks.clone()));
        let guard = Guard::new(backends.chain(others).chain(robots.values().filter_map(Robot::place)));
        Ok(Self { targets, channels, robots, caller: Caller::new(guard, resolver)? })
    }

    /// Answers somebody in a chat; an error is a word for counters.
    pub async fn answer(&self, chat: &str, to: (&str, &Spoken), now: Timestamp) -> Result<(), &'static str> {
        let Some(robot) = self.robots.get(chat) else { return Err("no-robot") };
        robot.tell(&self.caller, to, now).await
    }

    /// The target of a name, among those that carry words.
    pub fn channel(&self, name: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.name == name)
    }

    /// The way out, for a trial.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The task: sends until the stop signal. What is under way then is asked about after the next start.
    pub async fn run(self: Arc<Self>, respond: Respond, stop: CancellationToken) {
        while let Err(error) = respond.free_letters().await {
            tracing::warn!(%error, "the outbox could not be read, it is tried again: {error}");
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(POLL) => {}
            }
        }
        let ways = self.targets.iter().map(Way::Backend).chain(self.channels.iter().map(Way::Channel));
        let tending = ways.map(|way| self.tend(way, &respond));
        tokio::select! {
            () = stop.cancelled() => {}
            _ = futures_util::future::join_all(tending) => {}
        }
    }

    async fn tend(&self, way: Way<'_>, respond: &Respond) {
        let (mut under_way, mut circuit) =
            (FuturesUnordered::<Pin<Box<dyn Future<Output = bool> + Send>>>::new(), Circuit::default());
        loop {
            // Registered before looking, so that what is put in between is not missed.
            let posted = respond.posted.notified();
            let now = respond.room().now();
            let free = AT_ONCE - i64::try_from(under_way.len()).unwrap_or(AT_ONCE);
            let most = circuit.lets(free, now);
            if most > 0 {
                match respond.take_letters(way.name(), most).await {
                    Ok(letters) => {
                        for letter in letters {
                            under_way.push(Box::pin(self.carry(way, respond.clone(), letter)));
                        }
                    }
                    Err(error) => tracing::warn!(%error, "the outbox could not be read, it is tried again: {error}"),
                }
            }
            tokio::select! {
                Some(answered) = under_way.next(), if !under_way.is_empty() => {
                    let was_open = circuit.is_open();
                    circuit.note(answered, respond.room().now());
                    if circuit.is_open() != was_open {
                        let word = if was_open { "answers again" } else { "does not answer; it rests for half a minute" };
                        tracing::warn!(target = %way.name(), "target {} {word}", way.name());
                    }
                }
                () = posted => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Sends one letter and tells what came of it; whether the target answered as it should.
    async fn carry(&self, way: Way<'_>, respond: Respond, letter: Dispatch) -> bool {
        let room = respond.room();
        let returned = match (way, &letter.matter) {
            (Way::Backend(target), None) => {
                let sent = Letter { id: &letter.key, body: letter.body.clone(), now: room.now() };
                returned(self.caller.send(target, sent).await, &letter)
            }
            (Way::Channel(channel), Some(matter)) => {
                channel.send(&self.caller, Sent { matter, key: &letter.key, now: room.now() }).await
            }
            // A name that was given to a target of another kind since.
            (Way::Backend(_), Some(_)) | (Way::Channel(_), None) => Returned::Unreached("kind"),
        };
        let answered = matches!(returned, Returned::Said(_) | Returned::Taken | Returned::Unwanted(_));
        let outcome = match &returned {
            Returned::Said(_) | Returned::Taken => "answered",
            Returned::Unreached(word) | Returned::Silence(word) | Returned::Unwanted(word) => word,
        };
        metrics::counter!("holdfast_outbox_letters_total", "outcome" => outcome).increment(1);
        let pause = wait(letter.attempts, chance(&*room.random));
        if let Err(error) = respond.letter_returned(letter, returned, pause).await {
            // Its lease ends, and then it is asked about.
            tracing::warn!(%error, "what a backend answered could not be kept: {error}");
        }
        answered
    }

    /// What the backend counts that an order would touch; nothing when it does not say. It changes nothing there.
    pub async fn touches(&self, respond: &Respond, radius: &Radius) -> Option<Affects> {
        let target = self.targets.iter().find(|target| target.name == radius.target)?;
        let room = respond.room();
        let key = format!("preview-{:016x}", chance(&*room.random));
        let body = serde_json::json!({
            "type": "preview", "key": key, "account": radius.account, "action": radius.action, "until": radius.until,
        });
        let sent = self.caller.send(target, Letter { id: &key, body: body.to_string(), now: room.now() }).await;
        let Heard::Body(body) = sent else { return None };
        match Answer::read(&body, &key).ok()?.said {
            Said::WouldTouch(affects) => Some(affects),
            Said::Done | Said::Refused(_) | Said::Working | Said::NeverSeen => None,
        }
    }
}

fn returned(heard: Heard, letter: &Dispatch) -> Returned {
    match (heard, letter.what) {
        (Heard::Unreached(word), _) => Returned::Unreached(word),
        (Heard::Silence(word), _) => Returned::Silence(word),
        (Heard::Body(_), Sending::Words) => Returned::Taken,
        (Heard::Body(body), Sending::Order | Sending::Question) => match Answer::read(&body, &letter.key) {
            Ok(answer) => Returned::Said(answer.said),
            Err(_) => Returned::Silence("answer"),
        },
    }
}

fn chance(random: &dyn Random) -> u64 {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
