//! The house put together: database, keys, playbooks, writer, doors; and the order in which it stops.
//!
//! Takes its sockets, clock, chance and stop signal as arguments, so that tests run the real thing. `reload` chooses the
//! playbooks, `rounds` is what the house does by itself.

pub mod erasures;
pub mod keeper;
pub mod keys;
pub mod letters;
pub mod lists;
mod outside;
pub mod reload;
mod rounds;
pub mod streams;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use metrics_exporter_prometheus::PrometheusHandle;

use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use self::keeper::Keeper;
pub use self::outside::{Console, Outside, Rounds};
use self::reload::{Chosen, Watch};
use crate::chain::Lookout;
use crate::cli;
use crate::config::{self, Config};
use crate::guidance::official::Official;
use crate::guidance::security_txt;
use crate::intake::mapping::Mapping;
use crate::intake::verify::{Allowed, Bounds, Scheme, Secret};
use crate::intake::{Endpoint, Endpoints, Say};
use crate::outbox::issuer::Issuers;
use crate::playbook::{Set, examples};
use crate::queue::Hours;
use crate::respond::{Announcement, Asks, Keeping, NewNotice, Respond, Retention, Room};
use crate::signal::Report;
use crate::store::{self, Db};
use crate::tasks::Tasks;
use crate::text::Language;
use crate::time::{Clock, Span, Timestamp};
use crate::web::board::Board;
use crate::web::client::{Proxies, Trail};
use crate::web::door::Door;
use crate::web::house::{Limits, Plan, Rate, Rates};
use crate::web::{House, Shared, routes, trouble};

/// The sockets of a running house.
pub struct Listeners {
    pub public: TcpListener,
    /// The loopback listener of `/metrics`.
    pub metrics: Option<TcpListener>,
}

/// A house that is ready to open its doors.
pub struct Ready {
    pub house: Shared,
    pub report: String,
    pub staff: String,
    /// The one-time set-up link, while nobody has a token.
    pub set_up: Option<String>,
    /// The digest of the playbooks, and where they come from, in words.
    pub playbooks: (String, String),
    /// Has the playbooks read again at once.
    pub hang_up: Arc<Notify>,
    watch: Option<Watch>,
    keeper: Keeper,
    keeping: Keeping,
    tasks: Tasks,
    listeners: Listeners,
    door: Door,
    metrics: Option<PrometheusHandle>,
}

/// Opens the database and everything beneath the doors, with the playbooks that are in force. `say` is told what is being
/// done.
pub async fn respond(
    config: &Config,
    outside: &Outside,
    (public_url, say): (String, &dyn Fn(&str)),
) -> anyhow::Result<(Respond, Chosen, impl Future<Output = ()> + use<>)> {
    say("opening the database");
    let data = prepare(&config.data)?;
    let db = Db::open(database(config, &data)).await?;
    say("reading playbooks");
    let chosen = reload::begin(config, &db).await?;
    warm_up(&chosen.set);
    let keys = keys::open(config, &db, &*outside.random).await?;
    let room = Room {
        playbooks: Arc::clone(&chosen.set),
        keys: Arc::new(keys),
        clock: Arc::clone(&outside.clock),
        random: Arc::clone(&outside.random),
        public_url,
        shelf: Arc::default(),
        retention: Retention {
            unmapped: Span::from_days(i64::from(config.retention.unmapped_days)),
            conflicts: Span::from_days(i64::from(config.retention.conflicts_days)),
        },
        hours: Hours::read(&config.staff_hours, &config.staff_time_zone)?,
        looks_out: !config.chain.is_empty(),
        staff_rules: config.people.rules(&config.brand)?,
        known_bad: Arc::default(),
        backends: config.backend.iter().map(config::Backend::known).collect::<anyhow::Result<_>>()?,
        channels: config.target.iter().map(config::Target::known).collect(),
        templates: Arc::new(letters::templates(config)),
    };
    let (respond, writer) = Respond::new(db, room, outside.storing);
    respond.know().await?;
    Ok((respond, chosen, writer))
}

/// Has the word lists and tables built before the first person comes: they are made on first use.
fn warm_up(set: &Set) {
    let report = Report { text: "help, my wallet 我的钱包".to_owned(), ..Report::default() };
    if let Ok(reading) = report.read(Language::En) {
        drop(crate::text::fold(reading.facts.first("text").unwrap_or_default()));
    }
    if let Some(example) = set.kinds.iter().flat_map(|kind| &kind.examples).next() {
        drop(examples::judge(set, example));
    }
}

/// Builds the house and binds nothing: the sockets are given.
pub async fn prepare_house(
    config: &Config,
    outside: Outside,
    (listeners, stop): (Listeners, CancellationToken),
    say: &dyn Fn(&str),
) -> anyhow::Result<Ready> {
    let bound = listeners.public.local_addr()?;
    let public_url = config.public_url(bound);
    let (respond, chosen, writer) = respond(config, &outside, (public_url.clone(), say)).await?;
    say("checking the audit trail");
    let keeper = Keeper::begin(config, &respond).await?;
    let tasks = Tasks::new(stop);
    tasks.spawn("writer", writer);
    let respond = look_out(config, respond, &tasks)?;
    erasures::apply_again(&erasures::file_of(config), &respond).await?;
    let (outbox, chats) = letters::outbox(config)?;
    let outbox = Arc::new(outbox);
    if !config.backend.is_empty() || !config.target.is_empty() {
        tasks.spawn("outbox", Arc::clone(&outbox).run(respond.clone(), tasks.stop.clone()));
    }
    let watch = Watch::new(config.clone(), respond.clone(), &chosen).await?;
    say("connecting sources");
    let endpoints = endpoints(config, &respond.room().playbooks)?;
    streams::begin(streams::consumers(config, |stream| !stream.apart)?, (&respond, &endpoints), &tasks);
    lists::begin(config, &respond, &tasks)?;
    let needs_set_up = respond.needs_set_up().await?;
    if config.people.codes_for_admins {
        tracing::warn!("people.codes_for_admins: admins and approvers need no passkey");
    }
    let set_up = if needs_set_up { Some(set_up_link(config, &respond).await?) } else { None };
    let door = Door {
        limits: outside.door,
        proxies: Arc::new(Proxies::new(&config.proxies, trail(config))?),
        random: Arc::clone(&outside.random),
        page: trouble::problem_page(config.brand.clone()),
        stop: tasks.stop.clone(),
        tracker: tasks.tracker.clone(),
    };
    let house = House::new(Plan {
        respond,
        outbox,
        chats,
        issuers: issuers(config)?,
        endpoints,
        limits: limits(config, &outside.clock),
        brand: config.brand.clone(),
        apps: config.apps()?,
        security_contacts: security_txt::contacts(&config.security_contact)?,
        official: official(config, &public_url),
        board: Board::new(standing(config, outside.clock.now())),
        security_policy: config.security_policy.clone(),
        is_set_up: !needs_set_up,
        tokens_open_console: outside.console == Console::TokensToo,
    });
    let metrics = crate::metrics::handle();
    Ok(Ready {
        house,
        report: format!("{public_url}/"),
        staff: format!("{public_url}/staff"),
        set_up,
        playbooks: (chosen.set.digest.clone(), chosen.told()),
        hang_up: Arc::default(),
        watch: (outside.rounds == Rounds::Own).then_some(watch),
        keeper,
        keeping: keeping(config),
        tasks,
        listeners,
        door,
        metrics,
    })
}

impl Ready {
    /// Opens the doors and stays until the stop signal; then closes in order: doors, requests, rounds, writer, database.
    /// An error when a task ended by itself.
    pub async fn run(self) -> anyhow::Result<()> {
        let db = self.house.respond.db.clone();
        rounds::begin(&self.tasks, &self.house, (self.watch, self.hang_up));
        rounds::purge(&self.tasks, &self.house, self.keeping);
        let keeper = keeper::keep(&self.tasks, self.keeper);
        if let (Some(listener), Some(handle)) = (self.listeners.metrics, self.metrics) {
            self.tasks.spawn("metrics", crate::metrics::serve(listener, handle, self.door.clone()));
        }
        let router = routes::router(&self.house);
        drop(self.house);
        self.door.serve(self.listeners.public, router).await;
        // Every sender to the writer is gone with the doors and the rounds, so the writer empties its queue and ends.
        self.tasks.tracker.close();
        self.tasks.tracker.wait().await;
        keeper::end(&keeper).await;
        db.close().await;
        if self.tasks.failed() {
            bail!("a task ended by itself; the log says which");
        }
        Ok(())
    }
}

/// Whom staff may sign in through.
fn issuers(config: &Config) -> anyhow::Result<Issuers> {
    config.issuer.iter().map(config::Issuer::made).collect::<anyhow::Result<_>>().map(Issuers)
}

/// Begins to look at chains, where there are nodes to ask.
fn look_out(config: &Config, respond: Respond, tasks: &Tasks) -> anyhow::Result<Respond> {
    if config.chain.is_empty() {
        return Ok(respond);
    }
    let nodes = config.chain.iter().map(config::Chain::node).collect::<anyhow::Result<Vec<_>>>()?;
    let (asks, taken) = Asks::new();
    let respond = Respond { asks, ..respond };
    tasks.spawn("chain", Lookout::new(nodes)?.run(respond.clone(), taken, tasks.stop.clone()));
    Ok(respond)
}

/// How long closed cases are kept.
pub fn keeping(config: &Config) -> Keeping {
    let days = |days: u16| Span::from_days(i64::from(days));
    let kept = &config.retention;
    Keeping { cases: days(kept.cases_days), signals: days(kept.signals_days), attachments: days(kept.attachments_days) }
}

/// The one header that proxies are believed in.
fn trail(config: &Config) -> Trail {
    match config.forwarded_header {
        config::ForwardedHeader::XForwardedFor => Trail::XForwardedFor,
        config::ForwardedHeader::Forwarded => Trail::Forwarded,
    }
}

/// The folder for the database, made with mode 0700 when missing.
fn prepare(data: &Path) -> anyhow::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data).with_context(|| data.display().to_string())?;
    Ok(data.to_path_buf())
}

fn database(config: &Config, data: &Path) -> store::Config {
    if config.database.is_empty() {
        return store::Config::Sqlite { path: data.join("holdfast.db"), readers: 4 };
    }
    let (address, schema) = match config.database.split_once("#schema=") {
        Some((address, schema)) => (address.to_owned(), Some(schema.to_owned())),
        None => (config.database.clone(), None),
    };
    store::Config::Postgres { address, schema, connections: 8 }
}

/// The configured sources with their mappings and secrets; every fault names the endpoint.
pub fn endpoints(config: &Config, set: &Set) -> anyhow::Result<Endpoints> {
    let sources = cli::read_sources(reload::folder(config))?;
    let mut made = Vec::new();
    for endpoint in &config.endpoint {
        let fed = config.stream.iter().any(|stream| stream.endpoint == endpoint.name);
        made.push(
            make_endpoint((endpoint, fed), &sources, set).with_context(|| format!("endpoint {:?}", endpoint.name))?,
        );
    }
    Ok(Endpoints::new(made))
}

/// Whether the mapping of every configured source can be read with a set's vocabulary.
pub fn connects(config: &Config, set: &Set) -> anyhow::Result<()> {
    let sources = cli::read_sources(reload::folder(config))?;
    for endpoint in &config.endpoint {
        mapping_of(endpoint, &sources, set).with_context(|| format!("endpoint {:?}", endpoint.name))?;
    }
    Ok(())
}

fn mapping_of(endpoint: &config::Endpoint, sources: &crate::playbook::Files, set: &Set) -> anyhow::Result<Mapping> {
    let file = format!("{}.yaml", endpoint.source);
    let Some(yaml) = sources.get(&file) else {
        let known: Vec<&str> = sources.keys().filter_map(|name| name.strip_suffix(".yaml")).collect();
        bail!("{}", crate::playbook::unknown("source", &endpoint.source, &known));
    };
    Mapping::read(&format!("sources/{file}"), yaml, &set.vocabulary).map_err(|fault| anyhow::anyhow!("{fault}"))
}

fn make_endpoint(
    (endpoint, fed): (&config::Endpoint, bool),
    sources: &crate::playbook::Files,
    set: &Set,
) -> anyhow::Result<Endpoint> {
    let mapping = mapping_of(endpoint, sources, set)?;
    let secrets: Vec<Secret> =
        endpoint.secrets()?.into_iter().map(|text| Secret::new(text.to_string())).collect::<Result<_, _>>()?;
    let mut made = if fed && secrets.is_empty() && endpoint.auth.is_none() && endpoint.allow.is_empty() {
        Endpoint::closed(&endpoint.name, mapping)
    } else {
        let own: Option<Scheme> =
            endpoint.auth.as_ref().map(figment::value::Value::deserialize).transpose().context("auth")?;
        let scheme = own.unwrap_or_else(|| mapping.auth().clone());
        let allowed = Allowed::new(&endpoint.allow)?;
        let bounds = Bounds { secrets: &secrets, expects: endpoint.expects.as_deref(), allowed };
        Endpoint::new(&endpoint.name, mapping, (&scheme, bounds))?
    };
    made.set_up = endpoint.set_up;
    made.bounds = Say {
        severities: match &endpoint.severity_ceiling {
            Some(ceiling) => set.vocabulary.severities_up_to(ceiling)?,
            None => Vec::new(),
        },
        kinds: endpoint.kinds.clone(),
        apart: endpoint.apart,
        critical: endpoint.critical,
    };
    made.reports = endpoint.reports;
    if endpoint.orders && (endpoint.reports || !made.signs_words()) {
        bail!("orders = true: only alerts that are signed over their words may order, and never what people write");
    }
    made.orders = endpoint.orders;
    made.silent_after = endpoint.silent_after_minutes.map(|minutes| Span::from_minutes(i64::from(minutes)));
    Ok(made)
}

/// Where the operator can be found: what the settings list, and the host of the pages themselves.
fn official(config: &Config, public_url: &str) -> Official {
    let mut official = config.official.clone();
    if let Some(host) = url::Url::parse(public_url).ok().and_then(|url| url.domain().map(str::to_owned))
        && !config.public_url.is_empty()
        && !official.domains.contains(&host)
    {
        official.domains.push(host);
    }
    official
}

/// The announcements of the settings; their words were checked when they were read.
fn standing(config: &Config, now: Timestamp) -> Vec<Announcement> {
    let notices = config.notice.iter().filter_map(|notice| notice.clone().read().ok());
    let announcement = |words: NewNotice| Announcement { id: None, words, changed: now, expires: None, cleared: None };
    notices.map(announcement).collect()
}

fn limits(config: &Config, clock: &Arc<dyn Clock>) -> Limits {
    let limits = &config.limits;
    let each = |burst: u32, per: Duration| Rate { burst, per };
    let minute = |count: u32| Duration::from_mins(1) / count.max(1);
    let seconds = |seconds: u32| Duration::from_secs(u64::from(seconds));
    let rates = Rates {
        reports: each(limits.reports_burst, seconds(limits.reports_each_seconds)),
        rush: each((limits.reports_rush_each_minute / 30).max(1), minute(limits.reports_rush_each_minute)),
        codes: each(limits.codes_burst, seconds(limits.codes_each_seconds)),
        alerts: each(limits.alerts_burst, minute(limits.alerts_each_minute)),
        staff: each(limits.staff_burst, minute(limits.staff_each_minute)),
        deeds: each(limits.deeds_burst, seconds(limits.deeds_each_seconds)),
        case_calls: each(limits.case_calls_burst, minute(limits.case_calls_each_minute)),
        sign_in: each(config.people.sign_in_burst, seconds(config.people.sign_in_each_seconds)),
        forgotten: each(config.people.forgotten_burst, seconds(config.people.forgotten_each_seconds)),
    };
    Limits::new(rates, clock)
}

/// A fresh set-up link, also in a file that only the owner can read.
async fn set_up_link(config: &Config, respond: &Respond) -> anyhow::Result<String> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let token = respond.new_set_up().await?;
    let link = format!("{}/staff/set-up/{}", respond.room().public_url, token.reveal());
    let file = config.data.join("set-up-link");
    // Removed first, because the mode is only given to a file that is new.
    drop(std::fs::remove_file(&file));
    let mut handle = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file)?;
    writeln!(handle, "{link}")?;
    Ok(link)
}
