//! `holdfast doctor`: says in plain words what is wrong with this installation, and whether it may face the internet.

use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::process::ExitCode;

use super::{Missing, doctor_issuers, doctor_sources, doctor_streams, doctor_targets, open};
use crate::app::{self, reload};
use crate::config::Config;
use crate::playbook::examples;
use crate::respond::orders::Standing;
use crate::respond::{Respond, versions};

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Good,
    /// Holds for every installation of this version.
    Note,
    /// Works, but not for the open internet.
    Mind,
    /// Does not work.
    Broken,
}

pub(super) struct Findings(Vec<(Weight, String)>);

impl Findings {
    pub(super) fn add(&mut self, weight: Weight, text: impl Into<String>) {
        self.0.push((weight, text.into()));
    }
}

/// Checks everything and prints what it found; the exit code is 1 when anything is broken.
pub async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let mut findings = Findings(Vec::new());
    doors(&config, &mut findings);
    playbooks_and_sources(&config, &mut findings);
    doctor_targets::settings(&config, &mut findings).await;
    doctor_streams::settings(&config, &mut findings).await;
    doctor_issuers::settings(&config, &mut findings).await;
    if config.database.is_empty() && !config.data.join("holdfast.db").exists() {
        findings.add(Weight::Mind, format!("{}: no database yet; the first start makes it", config.data.display()));
    } else {
        memory(&config, &mut findings).await;
    }
    let mut out = std::io::stdout().lock();
    for (weight, text) in &findings.0 {
        let mark = match weight {
            Weight::Good => "ok    ",
            Weight::Note => "note  ",
            Weight::Mind => "mind  ",
            Weight::Broken => "BROKEN",
        };
        writeln!(out, "{mark}  {text}")?;
    }
    let worst = findings.0.iter().map(|(weight, _)| *weight).max().unwrap_or(Weight::Good);
    let verdict = match worst {
        Weight::Good | Weight::Note => "This installation may face the internet, as long as the notes are kept.",
        Weight::Mind => {
            "Do not expose this installation to the internet before the points marked \"mind\" are settled."
        }
        Weight::Broken => "This installation does not work as it stands.",
    };
    writeln!(out, "\n{verdict}")?;
    Ok(if worst == Weight::Broken { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn doors(config: &Config, findings: &mut Findings) {
    if config.public_url.starts_with("https://") {
        findings.add(Weight::Good, format!("public pages at {}", config.public_url));
    } else {
        findings.add(Weight::Mind, "public_url is not an https address: people would send reports in the clear");
    }
    if config.listen.ip().is_loopback() {
        findings.add(Weight::Good, format!("listens on {}, which only this machine reaches", config.listen));
    } else {
        findings.add(
            Weight::Mind,
            format!("listens on {} in plain HTTP: make sure that only the TLS front end reaches it", config.listen),
        );
    }
    if config.proxies.is_empty() && config.public_url.starts_with("https://") {
        findings.add(Weight::Mind, "proxies is empty: behind a front end every client looks like the front end, and limits hit all of them at once");
    }
    if config.security_contact.is_empty() {
        findings.add(Weight::Mind, "security_contact is empty: researchers find no /.well-known/security.txt");
    } else {
        let text = "/.well-known/security.txt names security_contact, good for 180 days from each reading: look yourself whether somebody still reads there";
        findings.add(Weight::Note, text);
    }
    let people = config.official.emails.iter().find(|email| config.security_contact.contains(email.as_str()));
    if let Some(email) = people {
        let text = format!(
            "security_contact: {email} is where people in trouble write as well; give researchers one of their own"
        );
        findings.add(Weight::Mind, text);
    }
    if config.people.codes_for_admins {
        findings.add(
            Weight::Mind,
            "people.codes_for_admins: a code alone makes an admin; codes can be asked out of people, passkeys cannot",
        );
    } else if url::Url::parse(&config.public_url).ok().is_none_or(|url| url.domain().is_none()) {
        findings.add(Weight::Mind, "public_url has no name: browsers make no passkeys for a number, and what admins and approvers alone may do needs one");
    }
}

fn playbooks_and_sources(config: &Config, findings: &mut Findings) {
    let set = match reload::written(config) {
        Ok(written) => written.set,
        Err(error) => return findings.add(Weight::Broken, error.to_string()),
    };
    let (ran, failures) = examples::run(&set);
    if failures.is_empty() {
        findings.add(Weight::Good, format!("{} playbooks, all {ran} examples come out as they say", set.kinds.len()));
    } else {
        findings.add(
            Weight::Mind,
            format!("{} of {ran} playbook examples come out otherwise: see `holdfast playbook test`", failures.len()),
        );
    }
    match app::endpoints(config, &set) {
        Ok(endpoints) if endpoints.iter().count() == 0 => {
            findings.add(Weight::Note, "no alert source is configured: only people's reports come in");
        }
        Ok(endpoints) => {
            findings.add(Weight::Good, format!("{} alert sources", endpoints.iter().count()));
            doctor_sources::settings(config, &endpoints, findings);
        }
        Err(error) => findings.add(Weight::Broken, format!("{error:#}")),
    }
}

async fn memory(config: &Config, findings: &mut Findings) {
    if let Ok(about) = std::fs::metadata(&config.data)
        && about.mode() & 0o077 != 0
    {
        findings.add(
            Weight::Mind,
            format!("{}: others can look into the data folder; run chmod 700 on it", config.data.display()),
        );
    }
    match open(config, Missing::Refused).await {
        Ok((respond, _tasks)) => {
            if let Err(error) = published(&respond, findings).await {
                findings.add(Weight::Broken, format!("the playbooks in the database: {error:#}"));
            }
            match respond.db.schema_version().await {
                Ok(version) => findings.add(
                    Weight::Good,
                    format!("the database opens and is sound, schema {version}, sealed with the right key"),
                ),
                Err(error) => findings.add(Weight::Broken, format!("the database: {error}")),
            }
            if let Err(error) = doctor_sources::sending(config, &respond, findings).await {
                findings.add(Weight::Broken, format!("the database: {error}"));
            }
            if let Err(error) = doctor_sources::lists(config, &respond, findings).await {
                findings.add(Weight::Broken, format!("the database: {error}"));
            }
            if let Err(error) = doctor_targets::letters(&respond, findings).await {
                findings.add(Weight::Broken, format!("the database: {error}"));
            }
            match respond.review_standing().await {
                Ok(standing) => orders(standing, findings),
                Err(error) => findings.add(Weight::Broken, format!("the database: {error}")),
            }
            match respond.unmapped_count().await {
                Ok(0) => {}
                Ok(count) => findings.add(
                    Weight::Mind,
                    format!("{count} deliveries verified but could not be read: see /api/v1/sources/unmapped"),
                ),
                Err(error) => findings.add(Weight::Broken, format!("the database: {error}")),
            }
        }
        Err(error) => findings.add(Weight::Broken, format!("{error:#}")),
    }
}

/// What the house has stopped doing by itself, and what nobody has looked at in time.
fn orders(standing: Standing, findings: &mut Findings) {
    if let Some(since) = standing.braked {
        findings.add(
            Weight::Mind,
            format!("the house orders nothing by itself since {since}: look at /staff/review and let it go on"),
        );
    }
    if standing.accounts_braked > 0 {
        findings.add(
            Weight::Mind,
            format!(
                "the house orders nothing by itself on {} accounts today: see /staff/review",
                standing.accounts_braked
            ),
        );
    }
    if standing.overdue > 0 {
        findings.add(
            Weight::Mind,
            format!(
                "{} orders of one person alone or of the house were not looked at within a day: see /staff/review",
                standing.overdue
            ),
        );
    }
}

/// The published version, when there is one, and whom it has not reached yet.
async fn published(respond: &Respond, findings: &mut Findings) -> anyhow::Result<()> {
    if let Some(digest) = versions::wanted(&respond.db).await?.published {
        let chosen = reload::kept(&respond.db, &digest).await?;
        let (ran, failures) = examples::run(&chosen.set);
        if failures.is_empty() {
            let weight = if chosen.set.digest == reload::builtin().digest { Weight::Good } else { Weight::Note };
            findings.add(weight, format!("playbooks {}", chosen.told()));
        } else {
            let what = format!("{} of {ran} examples of the published version come out otherwise", failures.len());
            findings.add(Weight::Mind, what);
        }
    }
    let behind = respond.behind().await?;
    if behind > 0 {
        let what = format!("{behind} open incidents still carry an older version of the playbooks");
        findings.add(Weight::Note, what);
    }
    Ok(())
}
