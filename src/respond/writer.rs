//! Group commit: takes what is queued, does it in one transaction, acknowledges after the commit, takes what came meanwhile.
//!
//! It never waits for a group to fill. When anything in a group fails, each item is done again alone, so one bad item
//! cannot take its neighbours with it. A caller that hangs up cannot cut a write in half: the work is the writer's.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::FutureExt;
use tokio::sync::{mpsc, oneshot};

use super::accept::{Arrival, Outcome, accept};
use super::people::Hashing;
use super::{Asks, Respond, Room, Running, rekey, session};
use crate::store::{Db, Error, Result, Sight, Tx};

/// The most that one transaction does.
const LARGEST_GROUP: usize = 256;
/// What may wait before callers are told to come back.
const QUEUE: usize = 4_096;
/// How often work is tried that another node got in the way of.
const TRIES: usize = 5;

type Step<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Something to do in a transaction; may be done again from the start.
trait Work: Send + Sync {
    /// Does it; what comes back tells the caller, once the commit has happened.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Step<'a, Result<()>>;
    /// Tells the caller the result.
    fn tell(self: Box<Self>, committed: Result<()>);
}

enum Job {
    Arrive { arrival: Arc<Arrival>, reply: oneshot::Sender<Result<Outcome>> },
    Act(Box<dyn Work>),
}

/// Whether what is accepted is also stored; only benches and tests switch it off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storing {
    On,
    /// Everything is judged and answered, nothing is written: the yardstick of the intake bench.
    #[cfg(feature = "testing")]
    Off,
}

/// The way to the writer; clones share it.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Job>,
}

impl Writer {
    /// A writer, and the task that has to run for it. The task ends when the last clone of the writer is gone.
    pub fn new(db: Db, running: Arc<Running>, storing: Storing) -> (Self, impl Future<Output = ()>) {
        let (queue, jobs) = mpsc::channel(QUEUE);
        (Self { queue }, run(db, running, storing, jobs))
    }

    /// Takes in a report or alert; answers after the commit. `Unavailable` when too much waits already.
    pub async fn arrive(&self, arrival: Arrival) -> Result<Outcome> {
        // The last tenth of the queue is for people, and for sources that the operator marked (HK-09).
        if matches!(&arrival, Arrival::Alert(alert) if !alert.critical) && self.queue.capacity() < QUEUE / 10 {
            return Err(Error::Busy);
        }
        let (reply, answer) = oneshot::channel();
        self.send(Job::Arrive { arrival: Arc::new(arrival), reply })?;
        answer.await.unwrap_or(Err(Error::Stopped))
    }

    /// Does something in a transaction of the writer; answers after the commit. The work may be run more than once, each
    /// time from the start in a fresh transaction.
    pub async fn act<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + Sync + 'static,
        F: for<'a> Fn(&'a mut Tx) -> Step<'a, Result<T>> + Send + Sync + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Act(Box::new(Deed { work, done: None, reply, asker: (session::current(), Sight::current()) })))?;
        answer.await.unwrap_or(Err(Error::Stopped))
    }

    fn send(&self, job: Job) -> Result<()> {
        self.queue.try_send(job).map_err(|_| Error::Busy)
    }
}

struct Deed<T, F> {
    work: F,
    done: Option<T>,
    reply: oneshot::Sender<Result<T>>,
    /// The session and the sight of whoever asked: the writer runs in a task of its own.
    asker: (Option<String>, Sight),
}

impl<T, F> Work for Deed<T, F>
where
    T: Send + Sync + 'static,
    F: for<'a> Fn(&'a mut Tx) -> Step<'a, Result<T>> + Send + Sync,
{
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Step<'a, Result<()>> {
        Box::pin(async move {
            let (session, sight) = self.asker.clone();
            tx.look_as(sight);
            self.done = Some(session::within(session, (self.work)(tx)).await?);
            tx.look_as(Sight::House);
            Ok(())
        })
    }

    fn tell(self: Box<Self>, committed: Result<()>) {
        let Self { done, reply, .. } = *self;
        let answer = committed.and_then(|()| done.ok_or(Error::Stopped));
        // A caller that went away needs no answer; the deed stands.
        drop(reply.send(answer));
    }
}

async fn run(db: Db, running: Arc<Running>, storing: Storing, mut jobs: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(LARGEST_GROUP);
    while jobs.recv_many(&mut group, LARGEST_GROUP).await > 0 {
        let room = running.room();
        metrics::histogram!("holdfast_commit_group_size")
            .record(f64::from(u32::try_from(group.len()).unwrap_or(u32::MAX)));
        let (mut arrivals, mut replies, mut deeds) = (Vec::new(), Vec::new(), Vec::new());
        for job in group.drain(..) {
            match job {
                Job::Arrive { arrival, reply } => {
                    arrivals.push(arrival);
                    replies.push(reply);
                }
                Job::Act(deed) => deeds.push(deed),
            }
        }
        match caught(together(&db, &room, storing, (&arrivals, &mut deeds))).await {
            Ok(outcomes) => {
                for (reply, outcome) in replies.into_iter().zip(outcomes) {
                    drop(reply.send(Ok(outcome)));
                }
                for deed in deeds {
                    deed.tell(Ok(()));
                }
                continue;
            }
            // Not done again: a commit whose answer was lost may have happened, and with the database gone each try
            // would keep everybody waiting. Who sent it is told, and sends it again under the same key.
            Err(error) if error.is_out_of_order() => {
                tracing::error!(%error, waiting = arrivals.len() + deeds.len(), "a group could not be kept: {error}");
                for reply in replies {
                    drop(reply.send(Err(Error::Uncertain)));
                }
                for deed in deeds {
                    deed.tell(Err(Error::Uncertain));
                }
                continue;
            }
            Err(_) => {}
        }
        for (arrival, reply) in arrivals.into_iter().zip(replies) {
            let outcome = alone(&db, &room, storing, Single::Arrival(arrival)).await;
            drop(reply.send(outcome.and_then(|outcome| outcome.ok_or(Error::Stopped))));
        }
        for mut deed in deeds {
            let done = alone(&db, &room, storing, Single::Deed(&mut deed)).await;
            deed.tell(done.map(drop));
        }
    }
}

/// Turns a panic into a failure of this one piece of work: what one sender sent must not end the writer.
async fn caught<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| {
        metrics::counter!(PANICS).increment(1);
        Err(Error::Spoiled)
    })
}

/// Counts panics that were caught, at the doors and here.
const PANICS: &str = "holdfast_panics_total";

type Group<'a> = (&'a [Arc<Arrival>], &'a mut [Box<dyn Work>]);

async fn together(db: &Db, room: &Room, storing: Storing, (arrivals, deeds): Group<'_>) -> Result<Vec<Outcome>> {
    let mut tx = rekey::begin(db, room).await?;
    let outcomes = accept(&mut tx, room, arrivals).await?;
    for deed in deeds {
        deed.run(&mut tx).await?;
    }
    finish(tx, storing).await?;
    Ok(outcomes)
}

enum Single<'a> {
    Arrival(Arc<Arrival>),
    Deed(&'a mut Box<dyn Work>),
}

/// Does one thing in a transaction of its own, again when another node got in the way.
async fn alone(db: &Db, room: &Room, storing: Storing, mut single: Single<'_>) -> Result<Option<Outcome>> {
    let mut tries = 0;
    loop {
        tries += 1;
        let outcome = caught(once(db, room, storing, &mut single)).await;
        match outcome {
            Err(error) if error.is_passing() && tries < TRIES => {}
            other => return other,
        }
    }
}

async fn once(db: &Db, room: &Room, storing: Storing, single: &mut Single<'_>) -> Result<Option<Outcome>> {
    let mut tx = rekey::begin(db, room).await?;
    let outcome = match single {
        Single::Arrival(arrival) => accept(&mut tx, room, std::slice::from_ref(arrival)).await?.pop(),
        Single::Deed(deed) => {
            deed.run(&mut tx).await?;
            None
        }
    };
    finish(tx, storing).await?;
    Ok(outcome)
}

async fn finish(tx: Tx, storing: Storing) -> Result<()> {
    match storing {
        Storing::On => tx.commit().await,
        #[cfg(feature = "testing")]
        Storing::Off => {
            drop(tx);
            Ok(())
        }
    }
}

impl Respond {
    /// The flow over a database, and the writer's task, which has to run.
    pub fn new(db: Db, room: Room, storing: Storing) -> (Self, impl Future<Output = ()>) {
        let running = Arc::new(Running::new(room));
        let (writer, task) = Writer::new(db.clone(), Arc::clone(&running), storing);
        let (asks, hashing) = (Asks::default(), Hashing::default());
        (
            Self {
                db,
                running,
                writer,
                asks,
                posted: Arc::default(),
                kept: Arc::default(),
                hashing,
                decoy: Arc::default(),
            },
            task,
        )
    }
}
