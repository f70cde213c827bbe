//! `holdfast person` and `holdfast retention`: what is kept of one person, and what is kept no longer.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use zeroize::Zeroizing;

use super::{Missing, settings, with};
use crate::access::Permission;
use crate::app::erasures;
use crate::cli::personal::{About, PersonalCommand, RetentionCommand, Who};
use crate::config::Config;
use crate::id::{Id, of};
use crate::respond::{NotDone, Respond, Right};

/// Runs a command about one person's data.
pub async fn run(command: PersonalCommand) -> anyhow::Result<ExitCode> {
    match command {
        PersonalCommand::Export(about) => ask(about, Right::Export).await,
        PersonalCommand::Erase(about) => ask(about, Right::Erase).await,
        PersonalCommand::Requests { store } => {
            with((store, Missing::Refused), async |respond| {
                for request in respond.privacy_requests().await? {
                    let (id, what, asked, by) = (request.id, request.what, request.asked, request.asked_by);
                    let stand = if request.granted { "granted, not carried out: grant it again" } else { "waits" };
                    writeln!(std::io::stdout(), "{id}  {what:<6}  asked {asked} by {by}  {stand}")?;
                }
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        PersonalCommand::Grant { request, out, who } => {
            let config = settings(&who.store.clone().into())?;
            let id = request.parse().context("the id of a request")?;
            as_person(who, async |respond, by| grant((respond, &config), (id, by), out.as_deref()).await).await
        }
        PersonalCommand::Refuse { request, who } => {
            let id = request.parse().context("the id of a request")?;
            as_person(who, async |respond, by| {
                respond.decide_privacy(id, by, false).await??;
                say("refused")
            })
            .await
        }
        PersonalCommand::Hold { reason, about } => hold(about, Some(reason)).await,
        PersonalCommand::LiftHold(about) => hold(about, None).await,
    }
}

/// Confirms that a purge may go on.
pub async fn retention(command: RetentionCommand) -> anyhow::Result<ExitCode> {
    let RetentionCommand::Confirm(who) = command;
    as_person(who, async |respond, by| {
        respond.confirm_purge(by).await?;
        say("confirmed; the next purge comes within minutes")
    })
    .await
}

fn say(text: &str) -> anyhow::Result<ExitCode> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(ExitCode::SUCCESS)
}

/// Runs something in the name of whoever the token belongs to.
async fn as_person(
    who: Who,
    command: impl AsyncFnOnce(&Respond, &str) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    let token = std::fs::read_to_string(&who.token_file).with_context(|| who.token_file.display().to_string())?;
    let token = Zeroizing::new(token);
    with((who.store, Missing::Refused), async |respond| {
        let by = respond.bearer(token.trim(), Permission::HandlePersons).await?;
        let Some(by) = by else { bail!("the token is not good, or lacks the scope {}", Permission::HandlePersons) };
        command(respond, &by).await
    })
    .await
}

async fn named(respond: &Respond, case: &str) -> anyhow::Result<Id<of::Incident>> {
    respond.named(case).await?.ok_or(NotDone::Unknown).with_context(|| case.to_owned())
}

async fn ask(about: About, right: Right) -> anyhow::Result<ExitCode> {
    as_person(about.who, async |respond, by| {
        let incident = named(respond, &about.case).await?;
        let id = respond.ask_privacy(right, incident, by).await?;
        say(&format!("{id}\n\nSomebody else grants it with `holdfast person grant {id}`."))
    })
    .await
}

async fn hold(about: About, reason: Option<String>) -> anyhow::Result<ExitCode> {
    as_person(about.who, async |respond, by| {
        let incident = named(respond, &about.case).await?;
        let done = if reason.is_some() { "held" } else { "the hold is lifted" };
        respond.hold_for_law(incident, by, reason).await??;
        say(done)
    })
    .await
}

async fn grant(
    (respond, config): (&Respond, &Config),
    (id, by): (Id<of::PrivacyRequest>, &str),
    out: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let request = respond.privacy_request(id).await?.ok_or(NotDone::Decided)?;
    let is_export = request.what == Right::Export.as_str();
    if is_export && out.is_none() {
        bail!("--out: an export needs a file");
    }
    let (_, all) = respond.decide_privacy(id, by, true).await??;
    if is_export {
        let file = out.context("--out: an export needs a file")?;
        let told = respond.exported(&all).await?;
        write_private(file, &serde_json::to_vec_pretty(&told)?)?;
        respond.export_done(id, all.len()).await?;
        return say(&format!("{} incidents are in {}", all.len(), file.display()));
    }
    erasures::add(&erasures::file_of(config), &all, respond.room().now())?;
    let gone = respond.erase_granted(id, all).await??;
    say(&format!("{gone} incidents are erased, with everything that hung on them"))
}

/// A file that only its owner reads.
fn write_private(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let mut handle = opened.with_context(|| file.display().to_string())?;
    handle.write_all(bytes)?;
    Ok(handle.sync_all()?)
}
