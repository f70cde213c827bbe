//! What the command line takes.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

use crate::playbook::Class;
use crate::text::Language;
use crate::time::Timestamp;

/// Account-security incident responder for providers of digital wallets and accounts.
///
/// Without a command it serves. Exit codes: 0 fine, 1 findings or failures, 2 misuse.
#[derive(Debug, Parser)]
#[command(name = "holdfast", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(flatten)]
    pub serve: ServeArguments,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the report page, the API and the console (the default)
    Serve(ServeArguments),
    /// Serve a filled system to look at; nothing of it is kept
    Demo(DemoArguments),
    /// Check settings, keys, database and playbooks, and say what to mend
    Doctor(ServeArguments),
    /// Access tokens of staff and programs
    #[command(subcommand)]
    Token(TokenCommand),
    /// People on the staff
    #[command(subcommand)]
    Staff(super::StaffCommand),
    /// Signed links by which apps open the report page
    #[command(subcommand)]
    Embed(super::EmbedCommand),
    /// Announcements on top of the public pages
    #[command(subcommand)]
    Notice(super::notice::NoticeCommand),
    /// Targets that staff are told through and people are written to
    #[command(subcommand)]
    Notify(super::notify::NotifyCommand),
    /// Take in alerts from a file by a source's mapping; each row once, however often it is given
    Import(super::import::ImportArguments),
    /// Lists of addresses and domains that are known to be bad
    #[command(subcommand)]
    KnownBad(super::known_bad::KnownBadCommand),
    #[command(flatten)]
    Keeping(super::keeping::KeepingCommand),
    /// Settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Bring the database to the form of this version
    Migrate(StoreArguments),
    /// Judge a report or an alert and explain it in full; nothing is kept
    Assess(AssessArguments),
    /// Playbooks: check, test, explain, begin a new one; draft, publish, replay
    #[command(subcommand)]
    Playbook(PlaybookCommand),
    /// Source mappings: check, try on a sample
    #[command(subcommand)]
    Source(SourceCommand),
}

/// What `serve` goes by; anything left out comes from the settings file, the environment, the defaults.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeArguments {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Folder of the embedded database and the keys
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A `PostgreSQL` database instead of the embedded one
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Folder of playbooks instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,
    /// Settings file (TOML)
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where people reach the pages; links are built from it
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
}

/// Where the database is, for commands that need nothing else.
#[derive(Debug, Clone, Default, Args)]
pub struct StoreArguments {
    /// Folder of the embedded database and the keys
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A `PostgreSQL` database instead of the embedded one
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Settings file (TOML)
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl From<StoreArguments> for ServeArguments {
    fn from(store: StoreArguments) -> Self {
        let StoreArguments { data, database, config } = store;
        Self { data, database, config, ..Self::default() }
    }
}

#[derive(Debug, Clone, Args)]
pub struct DemoArguments {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Issue a token and print it once
    Create {
        #[command(flatten)]
        owner: super::TokenOwner,
        /// What it may do, such as `queue:read incident:claim`; all that a responder needs when left out
        #[arg(long, num_args = 1.., value_delimiter = ' ')]
        scopes: Vec<String>,
        /// Days until it ends
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=365))]
        days: u32,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// List tokens, also ended ones, without what they open
    List {
        #[command(flatten)]
        store: StoreArguments,
    },
    /// End a token at once
    Revoke {
        /// The identifier that `list` shows
        id: String,
        #[command(flatten)]
        store: StoreArguments,
    },
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print the settings in force, without secrets
    Print(ServeArguments),
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("input").required(true))]
pub struct AssessArguments {
    /// A report in the person's own words
    #[arg(long, group = "input", value_name = "TEXT")]
    pub text: Option<String>,
    /// A file with the body of a report, as the API takes it (`-`: standard input)
    #[arg(long, group = "input", value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// A file with the body of an alert (`-`: standard input)
    #[arg(long, group = "input", value_name = "FILE", requires = "source")]
    pub alert: Option<PathBuf>,
    /// Many reports and alerts, one a line, from a file or standard input; one assessment a line comes out
    #[arg(long, group = "input", value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    pub jsonl: Option<PathBuf>,
    /// The source whose mapping reads the alert
    #[arg(long, value_name = "NAME", requires = "alert")]
    pub source: Option<String>,
    /// A header of the alert, such as `X-Event: ping`
    #[arg(long = "header", value_name = "HEADER", requires = "alert")]
    pub headers: Vec<String>,
    /// One JSON document instead of text
    #[arg(long, conflicts_with = "jsonl")]
    pub json: bool,
    /// Take only `id`, `text` and `lang` or `language` of each line and leave the rest
    #[arg(long, requires = "jsonl")]
    pub lenient: bool,
    /// Language of steps and reasons: en or zh (that of the report when left out)
    #[arg(long)]
    pub language: Option<Language>,
    /// Folder of playbooks instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum PlaybookCommand {
    /// Compile every file; say what is wrong, where, and what was probably meant
    Check {
        /// Folder of playbooks (the built-in ones when left out)
        directory: Option<PathBuf>,
        /// Count warnings as findings
        #[arg(long)]
        strict: bool,
        #[arg(long)]
        json: bool,
    },
    /// Run every example
    Test {
        /// Folder of playbooks (the built-in ones when left out)
        directory: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Show one playbook: stakes, signs by weight, questions, steps
    Explain {
        kind: String,
        /// Folder of playbooks instead of the built-in ones
        #[arg(long, value_name = "DIR")]
        playbooks: Option<PathBuf>,
    },
    /// Train the learned text sign from the corpus
    Train(TrainArguments),
    /// Measure how labelled reports are judged, layer by layer
    Measure(MeasureArguments),
    /// Begin a playbook: a file that passes the check, to fill in
    New {
        /// Its id: lower case words with `-` between
        id: String,
        /// Folder to write the file to (standard output when left out)
        directory: Option<PathBuf>,
        #[arg(long, value_enum, default_value_t = NewClass::Security)]
        class: NewClass,
    },
    /// Make signs of Sigma rules; what cannot be taken over is listed with the reason
    ImportSigma {
        /// Rule files, or folders of them
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// YAML map from fields of Sigma to fields of the vocabulary; others become `raw.` and their name
        #[arg(long, value_name = "MAP.yaml")]
        fields: Option<PathBuf>,
        /// Folder to write sigma-signs.yaml to (standard output when left out)
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Folder of playbooks whose vocabulary counts instead of the built-in one
        #[arg(long, value_name = "DIR")]
        playbooks: Option<PathBuf>,
    },
    /// Print how many examples, phrases and steps each kind has, as Markdown
    Table {
        /// Folder of playbooks (the built-in ones when left out)
        directory: Option<PathBuf>,
        /// Put it between the table marks of the folder's README.md instead
        #[arg(long, requires = "directory")]
        write: bool,
    },
    /// Write playbooks as CACAO Security Playbooks 2.0 (JSON), unsigned
    ExportCacao(ExportArguments),
    #[command(flatten)]
    Version(super::VersionCommand),
}

#[derive(Debug, Args)]
pub struct TrainArguments {
    /// Folder of the corpus: a folder for each writer with en.txt and zh.txt
    #[arg(long, value_name = "DIR", default_value = "playbooks/corpus")]
    pub corpus: PathBuf,
    /// The writer who is not trained on: calibrates and measures
    #[arg(long, value_name = "WRITER", default_value = "meadow")]
    pub keep: String,
    /// The weights to write
    #[arg(long, value_name = "FILE", default_value = "playbooks/text-sign.weights")]
    pub out: PathBuf,
    /// Reports that staff decided, `{"text", "kind"}` a line, to learn from besides
    #[arg(long, value_name = "FILE")]
    pub verdicts: Option<PathBuf>,
    /// Write nothing; say whether the weights there are what the corpus gives
    #[arg(long)]
    pub check: bool,
    /// Folder of playbooks whose kinds are learned (the built-in ones when left out)
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct MeasureArguments {
    /// Labelled reports: JSON lines with text, label and kind, or a writer's folder of the corpus
    #[arg(required = true)]
    pub rows: Vec<PathBuf>,
    /// A table of labels: YAML, each kind of the rows with the playbook or playbooks it stands for
    #[arg(long, value_name = "FILE")]
    pub labels: Option<PathBuf>,
    /// How many of the rows that go wrong are shown
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub wrong: usize,
    #[arg(long)]
    pub json: bool,
    /// Folder of playbooks instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true))]
pub struct ExportArguments {
    /// The playbook to write
    #[arg(group = "which")]
    pub kind: Option<String>,
    /// Write every playbook
    #[arg(long, group = "which")]
    pub all: bool,
    /// Folder for one file each (standard output when left out)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// When the playbook was first published, such as 2026-01-01T00:00:00Z
    #[arg(long, value_name = "TIME")]
    pub created: Timestamp,
    /// When this version was published (as created when left out)
    #[arg(long, value_name = "TIME")]
    pub modified: Option<Timestamp>,
    /// The STIX identity that publishes it
    #[arg(long, value_name = "IDENTITY", value_parser = identity)]
    pub created_by: Option<String>,
    /// Language of the words: en, zh or zh-Hant
    #[arg(long, default_value = "en")]
    pub language: Language,
    /// Folder of playbooks instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,
}

/// A STIX identity: `identity--` and a UUID.
fn identity(text: &str) -> Result<String, String> {
    let id = text.strip_prefix("identity--").filter(|id| uuid::Uuid::try_parse(id).is_ok() && id.len() == 36);
    id.map(|_| text.to_owned()).ok_or_else(|| "not `identity--` and a UUID".to_owned())
}

/// [`Class`] as the command line takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NewClass {
    Security,
    Routine,
}

impl From<NewClass> for Class {
    fn from(class: NewClass) -> Self {
        match class {
            NewClass::Security => Self::Security,
            NewClass::Routine => Self::Routine,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Read every mapping and run its samples
    Check {
        /// Folder of source files, or of playbooks with `sources/` in it (the built-in ones when left out)
        directory: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Show field by field what a mapping makes of a sample, and the assessment that would follow
    Try {
        /// The mapping
        file: PathBuf,
        /// The body of a delivery (`-`: standard input)
        sample: PathBuf,
        /// A header of the delivery, such as `X-Event: ping`
        #[arg(long = "header", value_name = "HEADER")]
        headers: Vec<String>,
        /// List every place of the sample first, with what stands there
        #[arg(long)]
        places: bool,
        /// Language of steps and reasons: en or zh
        #[arg(long)]
        language: Option<Language>,
        /// Folder of playbooks instead of the built-in ones
        #[arg(long, value_name = "DIR")]
        playbooks: Option<PathBuf>,
    },
    /// Show the lines that connect a source, with a new secret where the sender takes one of ours
    Add {
        /// The source, such as okta
        source: String,
        /// The name in its address (the source's own when left out)
        #[arg(long)]
        name: Option<String>,
        /// File for a new secret; one that is there is never written over
        #[arg(long, value_name = "FILE")]
        secret_file: Option<PathBuf>,
        /// Folder of playbooks instead of the built-in ones
        #[arg(long, value_name = "DIR")]
        playbooks: Option<PathBuf>,
    },
    /// Print the JSON Schema of source files, for editors
    Schema {
        /// Folder of playbooks whose vocabulary counts instead of the built-in one
        #[arg(long, value_name = "DIR")]
        playbooks: Option<PathBuf>,
    },
}
