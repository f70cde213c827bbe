//! `holdfast demo`: a filled system to look at within seconds. Everything in it is made up from the playbooks' own
//! examples, and nothing of it is kept.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::net::TcpListener;

use super::serve;
use crate::access::Scopes;
use crate::app::{self, Console, Listeners, Outside};
use crate::cli::DemoArguments;
use crate::config::{Config, Overrides};
use crate::incident::Verdict;
use crate::outside::SystemClock;
use crate::playbook::examples;
use crate::respond::{AlertArrival, Arrival, Candidate, Deed, Incoming, NewToken, ReportArrival, Respond};
use crate::signal::{Origin, Report};
use crate::telemetry;
use crate::text::Language;
use crate::time::{Clock, Span, Timestamp};

/// The story begins this long ago.
const STORY: Span = Span::from_minutes(9 * 60);

/// A clock behind the real one by an amount that shrinks as the story is told.
struct StoryClock(AtomicI64);

impl Clock for StoryClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().minus(Span::from_millis(self.0.load(Ordering::Relaxed)))
    }
}

/// Fills a house in a temporary folder and serves it until it is stopped.
pub async fn run(arguments: DemoArguments) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let overrides = Overrides {
        listen: Some(arguments.listen),
        data: Some(folder.path().to_path_buf()),
        database: Some(String::new()),
        ..Overrides::default()
    };
    let config = Config::read(None, &overrides)?;
    telemetry::begin("warn")?;
    let stop = serve::stop_signal()?;
    let clock = Arc::new(StoryClock(AtomicI64::new(STORY.millis())));
    let listeners = Listeners { public: TcpListener::bind(arguments.listen).await?, metrics: None };
    let outside =
        Outside { clock: Arc::clone(&clock) as Arc<dyn Clock>, console: Console::TokensToo, ..Outside::real() };
    let mut ready = app::prepare_house(&config, outside, (listeners, stop), &serve::say).await?;
    serve::say("telling a story");
    let told = fill(&ready.house.respond, &clock).await?;
    let (_, token) =
        ready.house.respond.new_token(NewToken { person: "demo".to_owned(), scopes: Scopes::all(), days: 1 }).await?;
    ready.house.now_set_up();
    ready.set_up = None;
    serve::announce(&ready)?;
    writeln!(
        std::io::stdout(),
        "  token    {}\n           ({told} cases; everything is made up and goes when this stops)",
        token.reveal()
    )?;
    ready.run().await?;
    Ok(ExitCode::SUCCESS)
}

/// Tells the story: every example of every playbook as a report or alert, spread over the hours; some cases are claimed,
/// some answered, some closed.
async fn fill(respond: &Respond, clock: &StoryClock) -> anyhow::Result<usize> {
    let arrivals = arrivals(respond);
    let count = i64::try_from(arrivals.len()).unwrap_or(1).max(1);
    let step = STORY.millis() / count;
    let mut told = 0;
    for (place, arrival) in (0..).zip(arrivals) {
        clock.0.store((STORY.millis() - place * step).max(0), Ordering::Relaxed);
        respond.writer.arrive(arrival).await?;
        told += 1;
        if told % 7 == 0 {
            work(respond, told).await?;
        }
    }
    clock.0.store(0, Ordering::Relaxed);
    for _ in 0..3 {
        // Left in hand, so that the list shows who holds what.
        drop(respond.claim_next("demo", Language::En).await?);
    }
    Ok(told)
}

async fn work(respond: &Respond, told: usize) -> anyhow::Result<()> {
    let Ok(taken) = respond.claim_next("night shift", Language::En).await? else { return Ok(()) };
    let by = ("night shift", Language::En);
    let note = Deed::Note { text: "read the chain; nothing to add to what the playbook says".to_owned() };
    let message = Deed::Message {
        text: "We have your case in hand. Please go on with the steps; we will never ask for your recovery words."
            .to_owned(),
    };
    drop(respond.staff_does(taken.id, by, message).await?);
    drop(respond.staff_does(taken.id, by, note).await?);
    let last = match told % 3 {
        0 => Deed::Release { fence: taken.fence },
        1 => Deed::Verdict {
            version: taken.version,
            verdict: Verdict::Confirmed,
            kind: Some(taken.kind.clone()),
            reason: "the chain shows it".to_owned(),
        },
        _ => Deed::Verdict {
            version: taken.version,
            verdict: Verdict::FalseAlarm,
            kind: None,
            reason: "the person's own second device".to_owned(),
        },
    };
    drop(respond.staff_does(taken.id, by, last).await?);
    Ok(())
}

/// Reports that the examples leave out: little left (level 4), nothing left (level 5).
const QUIET: [&str; 4] = [
    r#"{"text": "there was a login from a city I have never been to, nothing is missing", "assets": [{"usd": "40"}]}"#,
    r#"{"text": "收到异地登录提醒，不是我本人，里面只有几块钱", "assets": [{"usd": "5"}]}"#,
    r#"{"text": "someone stole my crypto last night, I did not make this transfer", "answers": {"something-left": "no"}}"#,
    r#"{"text": "币被盗了，不是我转的", "answers": {"something-left": "no"}}"#,
];

/// The examples in an order that mixes kinds: the first of each, then the second of each, and so on.
fn arrivals(respond: &Respond) -> Vec<Arrival> {
    let set = &respond.room().playbooks;
    let most = set.kinds.iter().map(|kind| kind.examples.len()).max().unwrap_or(0);
    let mut arrivals = Vec::new();
    for turn in 0..most {
        for kind in &set.kinds {
            let Some(example) = kind.examples.get(turn) else { continue };
            let report = example.report.as_ref().and_then(|body| serde_json::from_value::<Report>(body.clone()).ok());
            if let Some(reading) = report.and_then(|report| report.read(Language::En).ok()) {
                arrivals.push(Arrival::Report(ReportArrival {
                    reading,
                    repeat: None,
                    shown: None,
                    set_back: Span::ZERO,
                }));
            } else if let Some(facts) = example.alert.as_ref().and_then(examples::facts) {
                let key = format!("{}-{turn}", kind.id);
                let candidates = vec![Candidate { space: "identity", field: "account".to_owned(), value: key.clone() }];
                let origin = Origin {
                    endpoint: "demo-monitor".to_owned(),
                    verified: true,
                    reliability: set.policy.reliability.signed,
                };
                let event = Incoming { facts, at: respond.room().now(), candidates, key: key.clone(), thread: None };
                arrivals.push(Arrival::Alert(AlertArrival {
                    endpoint: "demo-monitor".to_owned(),
                    origin,
                    delivery: None,
                    body: key,
                    events: vec![event],
                    ignored: 0,
                    unreadable: None,
                    scrubbed: Vec::new(),
                    critical: false,
                    orders: false,
                    skew: None,
                }));
            }
        }
    }
    let quiet = QUIET.iter().filter_map(|body| serde_json::from_str::<Report>(body).ok()?.read(Language::En).ok());
    arrivals
        .extend(quiet.map(|reading| {
            Arrival::Report(ReportArrival { reading, repeat: None, shown: None, set_back: Span::ZERO })
        }));
    arrivals
}
