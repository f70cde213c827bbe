//! Which playbooks a process runs, and the change to others while it runs. A faulty set never takes a running one's place.
//!
//! The published version goes before the configured folder, and that before the program's own set.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, bail};

use crate::cli;
use crate::config::Config;
use crate::playbook::{Fault, Set, builtin_files, compile, compile_weighed};
use crate::respond::Respond;
use crate::respond::versions::{self, Content, Kept, Origin, Wanted};
use crate::store::Db;

/// A set with where it came from.
pub struct Chosen {
    pub set: Arc<Set>,
    pub from: From,
    content: Content,
}

/// Where the running set came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Published,
    Folder,
    BuiltIn,
}

impl Chosen {
    /// In one line, for the operator. A program's own set that differs from a published one is named: an upgrade changes
    /// nothing by itself.
    pub fn told(&self) -> String {
        let digest = short(&self.set.digest);
        match self.from {
            From::Folder => format!("{digest}, from the configured folder"),
            From::BuiltIn => format!("{digest}, the built-in set"),
            From::Published if self.set.digest == builtin().digest => format!("{digest}, published, the built-in set"),
            From::Published => format!(
                "{digest}, published; the built-in set of this program is another ({}) and is not used",
                short(&builtin().digest)
            ),
        }
    }

    fn kept(&self) -> Kept {
        let origin = match self.from {
            From::Published => Origin::Command,
            From::Folder => Origin::Folder,
            From::BuiltIn => Origin::BuiltIn,
        };
        Kept { digest: self.set.digest.clone(), content: self.content.clone(), origin, note: None }
    }
}

/// The beginning of a digest, enough to name a version.
pub fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

/// The program's own set. It is the same for every house of a process and takes half a second to compile.
pub fn builtin() -> &'static Arc<Set> {
    static BUILTIN: OnceLock<Arc<Set>> = OnceLock::new();
    BUILTIN.get_or_init(|| {
        let files = builtin_files();
        let set = compile(&files, cli::digest(&files));
        Arc::new(set.unwrap_or_else(|faults| panic!("the built-in playbooks are tested to compile: {}", told(&faults))))
    })
}

/// The set that the settings name: the folder's, else the program's own.
pub fn written(config: &Config) -> anyhow::Result<Chosen> {
    if config.playbooks.is_empty() {
        let content = Content { files: builtin_files(), weights: None };
        return Ok(Chosen { set: Arc::clone(builtin()), from: From::BuiltIn, content });
    }
    let folder = Path::new(&config.playbooks);
    let content = Content { files: cli::read_files(Some(folder))?, weights: cli::own_weights(folder)? };
    Ok(Chosen { set: compiled(&content, None)?, from: From::Folder, content })
}

fn compiled(content: &Content, digest: Option<&str>) -> anyhow::Result<Arc<Set>> {
    let weights = content.weights.as_deref();
    let digest = digest.map_or_else(|| cli::digest_with(&content.files, weights), str::to_owned);
    let set = compile_weighed(&content.files, digest, weights).map_err(|faults| anyhow::anyhow!(told(&faults)));
    Ok(Arc::new(set?))
}

fn told(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| format!("playbook {fault}")).collect();
    lines.join("\n")
}

/// The set of a kept version. It is compiled beside the tasks that serve.
pub async fn kept(db: &Db, digest: &str) -> anyhow::Result<Chosen> {
    let Some(content) = versions::content(db, digest).await? else { bail!("version {} is not kept", short(digest)) };
    if digest == builtin().digest {
        return Ok(Chosen { set: Arc::clone(builtin()), from: From::Published, content });
    }
    if cli::digest_with(&content.files, content.weights.as_deref()) != digest {
        // Weights are kept when they are a folder's own; these were those of another program.
        tracing::warn!(
            playbooks = short(digest),
            "version {} was made with other weights of the learned sign; texts are read by this program's",
            short(digest)
        );
    }
    let named = digest.to_owned();
    let work = move || compiled(&content, Some(&named)).map(|set| Chosen { set, from: From::Published, content });
    tokio::task::spawn_blocking(work).await?.with_context(|| format!("version {}", short(digest)))
}

async fn choose(config: &Config, db: &Db, wanted: &Wanted) -> anyhow::Result<Chosen> {
    let config = config.clone();
    match &wanted.published {
        Some(digest) => kept(db, digest).await,
        None => tokio::task::spawn_blocking(move || written(&config)).await?,
    }
}

/// Whether every source mapping, of a folder or the built-in ones, can be read with the vocabulary of a set: the next
/// start connects the sources with it. The error lists the mappings that cannot.
pub fn maps(playbooks: Option<&Path>, set: &Set) -> anyhow::Result<()> {
    cli::read_mappings(playbooks, &set.vocabulary)?.map(drop).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| format!("source mapping {fault}")).collect();
        anyhow::anyhow!(lines.join("\n"))
    })
}

/// The folder that the settings name.
pub fn folder(config: &Config) -> Option<&Path> {
    (!config.playbooks.is_empty()).then(|| Path::new(&config.playbooks))
}

/// What a process begins with. A published version that this program cannot read, or with which a configured source cannot
/// be connected, gives way to the folder or the built-in set, loudly: a report gets steps all the same.
pub async fn begin(config: &Config, db: &Db) -> anyhow::Result<Chosen> {
    let wanted = versions::wanted(db).await?;
    let chosen = choose(config, db, &wanted).await;
    if wanted.published.is_none() {
        return chosen;
    }
    let connects = |chosen: Chosen| super::connects(config, &chosen.set).map(|()| chosen);
    match chosen.and_then(connects) {
        Err(error) => {
            refused(&error);
            written(config)
        }
        chosen => chosen,
    }
}

fn refused(error: &anyhow::Error) {
    metrics::counter!("holdfast_playbooks_refused_total").increment(1);
    tracing::error!("playbooks cannot be used, the running ones stay: {error:#}");
}

/// Keeps a running house's playbooks at what they should be.
pub struct Watch {
    config: Config,
    respond: Respond,
    seen: Wanted,
}

impl Watch {
    /// A watch over a house that runs what was chosen, which is kept from now on.
    pub async fn new(config: Config, respond: Respond, chosen: &Chosen) -> anyhow::Result<Self> {
        let seen = versions::wanted(&respond.db).await?;
        respond.runs_version(chosen.kept()).await?;
        Ok(Self { config, respond, seen })
    }

    /// Looks for another published version or a wish to reload, and follows it. Says whether another set runs now.
    pub async fn look(&mut self) -> anyhow::Result<bool> {
        let wanted = versions::wanted(&self.respond.db).await?;
        if wanted == self.seen { Ok(false) } else { self.follow(wanted).await }
    }

    /// Reads everything again, whether or not anything seems to have changed.
    pub async fn reload(&mut self) -> anyhow::Result<bool> {
        let wanted = versions::wanted(&self.respond.db).await?;
        self.follow(wanted).await
    }

    /// What was seen is remembered also when it is refused, so that a faulty set is refused once and not every few seconds.
    async fn follow(&mut self, wanted: Wanted) -> anyhow::Result<bool> {
        let chosen = choose(&self.config, &self.respond.db, &wanted).await;
        let chosen = chosen.and_then(|chosen| maps(folder(&self.config), &chosen.set).map(|()| chosen));
        if let Err(error) = &chosen
            && error.downcast_ref::<crate::store::Error>().is_none()
        {
            refused(error);
            self.seen = wanted;
            return Ok(false);
        }
        let chosen = chosen?;
        self.respond.runs_version(chosen.kept()).await?;
        self.seen = wanted;
        if self.respond.room().playbooks.digest == chosen.set.digest {
            return Ok(false);
        }
        self.respond.running.run(Arc::clone(&chosen.set));
        metrics::counter!("holdfast_playbooks_changes_total").increment(1);
        tracing::info!(playbooks = chosen.set.digest, "playbooks changed: {}", chosen.told());
        Ok(true)
    }
}
