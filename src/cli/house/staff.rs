//! `holdfast staff`: people, from the command line of the machine itself; the way back in when no admin is left.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use super::{Missing, with};
use crate::access::Roles;
use crate::cli::StaffCommand;
use crate::respond::Respond;
use crate::respond::people::{Change, NewPerson, NotJoined, Unchanged};

/// Runs a command about people.
pub async fn run(command: StaffCommand) -> anyhow::Result<ExitCode> {
    let (store, missing) = match &command {
        StaffCommand::Invite { store, .. } => (store.clone(), Missing::Made),
        StaffCommand::List { store } | StaffCommand::Disable { store, .. } => (store.clone(), Missing::Refused),
    };
    with((store, missing), async |respond| act(respond, &command).await).await
}

async fn act(respond: &Respond, command: &StaffCommand) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout();
    match command {
        StaffCommand::Invite { login, name, roles, .. } => {
            let roles: Roles = roles.join(" ").parse()?;
            let name = crate::text::clean_name(name, 80)?;
            match respond.invite("command-line", NewPerson { login: login.clone(), name, roles }).await? {
                Ok((id, link)) => {
                    writeln!(
                        out,
                        "/staff/join/{}\n\nBehind the address of the console; shown once, good once, for three days. Id {id}.",
                        link.reveal()
                    )?;
                }
                Err(NotJoined::Taken) => bail!("somebody has this login or this name"),
                Err(NotJoined::Shape | NotJoined::NoLink | NotJoined::Password(_)) => {
                    bail!("--login: 1 to 80 characters without blanks; --name: not empty")
                }
            }
        }
        StaffCommand::List { .. } => {
            for listed in respond.people().await? {
                let person = listed.person;
                writeln!(
                    out,
                    "{}  {}  {}  [{}]  {}",
                    person.id,
                    person.login,
                    person.name,
                    person.roles,
                    person.state.as_str()
                )?;
            }
        }
        StaffCommand::Disable { id, .. } => {
            match respond.change_person(("command-line", id.parse()?), Change::Disable).await? {
                Ok(_) => writeln!(out, "switched off")?,
                Err(Unchanged::Unknown) => bail!("there is no such person"),
                Err(Unchanged::LastAdmin) => bail!("nobody could look after people any more"),
                Err(Unchanged::Own | Unchanged::AskedFirst | Unchanged::RolesAsked | Unchanged::Otherwise) => {
                    bail!("nothing was changed")
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
