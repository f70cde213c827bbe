//! The command line: what it takes, and the commands that need no running system (`assess`, `playbook`, `source`).
//!
//! Commands that need the house (serving, the database, keys) are handed back as [`Remaining`] for the binary to do.

mod arguments;
mod assess;
pub mod audit;
mod corpus;
mod embed;
mod files;
pub mod house;
pub mod import;
pub mod keeping;
pub mod known_bad;
pub mod notice;
pub mod notify;
pub mod personal;
mod playbook;
mod screen;
mod source;
mod staff;
mod token_owner;
mod versions;
mod words;

pub use arguments::{Arguments, Command, ConfigCommand, DemoArguments, ServeArguments, StoreArguments, TokenCommand};
pub use embed::{EmbedCommand, SignArguments};
pub use files::{compile_with, digest, digest_with, own_weights, read_files, read_mappings, read_set, read_sources};
pub use screen::Ending;
pub use staff::StaffCommand;
pub use token_owner::TokenOwner;
pub use versions::VersionCommand;

use arguments::PlaybookCommand;
use audit::AuditCommand;
use keeping::KeepingCommand;
use screen::Screen;

use crate::time::Timestamp;

/// What is left to do after [`run`].
pub enum Outcome {
    /// The command has run; the process ends with this.
    Done(Ending),
    Remaining(Remaining),
}

/// A command that needs the house.
#[derive(Debug)]
pub enum Remaining {
    Serve(ServeArguments),
    Demo(DemoArguments),
    Doctor(ServeArguments),
    Token(TokenCommand),
    Staff(StaffCommand),
    Embed(Box<EmbedCommand>),
    Notice(Box<notice::NoticeCommand>),
    Notify(Box<notify::NotifyCommand>),
    Import(Box<import::ImportArguments>),
    KnownBad(Box<known_bad::KnownBadCommand>),
    Keeping(Box<keeping::KeepingCommand>),
    /// Print the settings as they are in force, without secrets.
    ConfigPrint(ServeArguments),
    Migrate(StoreArguments),
    Versions(VersionCommand),
}

/// Runs a command that needs no house, or hands back one that does. `now` is when alerts are taken as received.
pub fn run(arguments: Arguments, now: Timestamp) -> Outcome {
    let command = arguments.command.unwrap_or(Command::Serve(arguments.serve));
    let outcome = match command {
        Command::Serve(serve) => return Outcome::Remaining(Remaining::Serve(serve)),
        Command::Demo(demo) => return Outcome::Remaining(Remaining::Demo(demo)),
        Command::Doctor(settings) => return Outcome::Remaining(Remaining::Doctor(settings)),
        Command::Import(arguments) => return Outcome::Remaining(Remaining::Import(Box::new(arguments))),
        Command::KnownBad(command) => return Outcome::Remaining(Remaining::KnownBad(Box::new(command))),
        Command::Notice(command) => return Outcome::Remaining(Remaining::Notice(Box::new(command))),
        Command::Notify(command) => return Outcome::Remaining(Remaining::Notify(Box::new(command))),
        Command::Keeping(KeepingCommand::Audit(AuditCommand::Verify(arguments))) => {
            Screen::with_standard(|screen| audit::verify(&arguments, screen))
        }
        Command::Keeping(command) => return Outcome::Remaining(Remaining::Keeping(Box::new(command))),
        Command::Token(command) => return Outcome::Remaining(Remaining::Token(command)),
        Command::Staff(command) => return Outcome::Remaining(Remaining::Staff(command)),
        Command::Embed(command) => return Outcome::Remaining(Remaining::Embed(Box::new(command))),
        Command::Config(ConfigCommand::Print(settings)) => return Outcome::Remaining(Remaining::ConfigPrint(settings)),
        Command::Migrate(store) => return Outcome::Remaining(Remaining::Migrate(store)),
        Command::Assess(arguments) => Screen::with_standard(|screen| assess::run(&arguments, now, screen)),
        Command::Playbook(PlaybookCommand::Version(command)) => {
            return Outcome::Remaining(Remaining::Versions(command));
        }
        Command::Playbook(command) => Screen::with_standard(|screen| playbook::run(&command, screen)),
        Command::Source(command) => Screen::with_standard(|screen| source::run(&command, now, screen)),
    };
    Outcome::Done(outcome)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_a_command_it_serves() {
        let arguments = Arguments::try_parse_from(["holdfast", "--listen", "127.0.0.1:0", "--data", "there"]).unwrap();
        let Outcome::Remaining(Remaining::Serve(serve)) = run(arguments, Timestamp::from_millis(0)) else {
            panic!("must serve")
        };
        assert_eq!(serve.listen, Some("127.0.0.1:0".parse().unwrap()));
        assert_eq!(serve.data.as_deref(), Some(std::path::Path::new("there")));
    }

    #[test]
    fn misuse_is_told_apart() {
        for wrong in [
            &["holdfast", "asess"][..],
            &["holdfast", "assess"],
            &["holdfast", "assess", "--text", "a", "--jsonl"],
            &["holdfast", "assess", "--alert", "a.json"],
            &["holdfast", "--data", "x", "doctor"],
        ] {
            let Err(error) = Arguments::try_parse_from(wrong) else { panic!("{wrong:?} must be refused") };
            assert_eq!(error.exit_code(), 2, "{wrong:?}");
        }
    }
}
