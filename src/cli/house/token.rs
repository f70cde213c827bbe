//! `holdfast token`: tokens for programs and staff, from the command line of the machine itself.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use super::{Missing, with};
use crate::access::Scopes;
use crate::cli::TokenCommand;
use crate::respond::{NewToken, Respond};
use crate::store::Error;

/// Runs a token command.
pub async fn run(command: TokenCommand) -> anyhow::Result<ExitCode> {
    let (store, what) = match command {
        TokenCommand::Create { person, scopes, days, store } => (store, What::Create { person, scopes, days }),
        TokenCommand::List { store } => (store, What::List),
        TokenCommand::Revoke { id, store } => (store, What::Revoke(id)),
    };
    let missing = if matches!(what, What::Create { .. }) { Missing::Made } else { Missing::Refused };
    with((store, missing), async |respond| act(respond, what).await).await
}

enum What {
    Create { person: String, scopes: Vec<String>, days: u32 },
    List,
    Revoke(String),
}

async fn act(respond: &Respond, what: What) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout();
    match what {
        What::Create { person, scopes, days } => {
            let person = crate::text::clean_name(&person, 80)?;
            if person.is_empty() {
                bail!("--person: a name is needed");
            }
            let scopes = if scopes.is_empty() { Scopes::responder() } else { scopes.join(" ").parse()? };
            let (id, token) =
                respond.new_token(NewToken { person, scopes: scopes.clone(), days: i64::from(days) }).await?;
            writeln!(out, "{}\n\nThis is shown once. Id {id}, scopes {scopes}, good for {days} days.", token.reveal())?;
        }
        What::List => {
            for token in respond.tokens().await? {
                let ended = token.revoked.map_or_else(String::new, |at| format!(", revoked {at}"));
                writeln!(out, "{}  {}  [{}]  until {}{ended}", token.id, token.person, token.scopes, token.expires)?;
            }
        }
        What::Revoke(id) => match respond.revoke_token(id.parse()?).await {
            Ok(()) => writeln!(out, "revoked")?,
            Err(Error::Conflict { .. }) => bail!("there is no such token, or it has been revoked before"),
            Err(error) => return Err(error.into()),
        },
    }
    Ok(ExitCode::SUCCESS)
}
