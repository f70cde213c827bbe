//! `holdfast token`: tokens for programs and staff, from the command line of the machine itself.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use super::{Missing, with};
use crate::access::Scopes;
use crate::cli::{TokenCommand, TokenOwner};
use crate::id::{Id, of};
use crate::respond::{NewToken, Respond};
use crate::store::Error;
use crate::store::tokens::TokenRow;

/// Runs a token command.
pub async fn run(command: TokenCommand) -> anyhow::Result<ExitCode> {
    let (store, what) = match command {
        TokenCommand::Create { owner, scopes, days, store } => (store, What::Create { owner, scopes, days }),
        TokenCommand::List { store } => (store, What::List),
        TokenCommand::Revoke { id, store } => (store, What::Revoke(id)),
    };
    let missing = if matches!(what, What::Create { .. }) { Missing::Made } else { Missing::Refused };
    with((store, missing), async |respond| act(respond, what).await).await
}

enum What {
    Create { owner: TokenOwner, scopes: Vec<String>, days: u32 },
    List,
    Revoke(String),
}

/// What cases and the trail call whoever a token is for: a person's id, or the name of a program.
async fn key_of(respond: &Respond, owner: TokenOwner) -> anyhow::Result<String> {
    if let Some(login) = owner.person {
        return match respond.active_by_login(&login).await? {
            Some(id) => Ok(id.to_string()),
            None => bail!("--person: nobody active has this login; --program NAME is for programs"),
        };
    }
    let name = crate::text::clean_name(&owner.program.unwrap_or_default(), 80)?;
    if name.is_empty() || name.parse::<Id<of::Person>>().is_ok() {
        bail!("--program: a name is needed, and no identifier of a person");
    }
    Ok(name)
}

async fn act(respond: &Respond, what: What) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout();
    match what {
        What::Create { owner, scopes, days } => {
            let person = key_of(respond, owner).await?;
            let scopes = if scopes.is_empty() { Scopes::responder() } else { scopes.join(" ").parse()? };
            let (id, token) =
                respond.new_token(NewToken { person, scopes: scopes.clone(), days: i64::from(days) }).await?;
            writeln!(out, "{}\n\nThis is shown once. Id {id}, scopes {scopes}, good for {days} days.", token.reveal())?;
        }
        What::List => {
            for token in respond.tokens().await? {
                let used = token.last_used.map_or_else(|| ", never used".to_owned(), |at| format!(", last used {at}"));
                let ended = token.revoked.map_or_else(String::new, |at| format!(", revoked {at}"));
                let TokenRow { id, person, scopes, expires, .. } = token;
                writeln!(out, "{id}  {person}  [{scopes}]  until {expires}{used}{ended}")?;
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
