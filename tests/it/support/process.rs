//! The real binary as a process of its own, which a test may end as roughly as a power cut would end it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use holdfast::outside::SystemClock;
use holdfast::time::Clock;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

use super::app::EVENTS_SECRET;

/// The program, its settings and its data, before and between starts.
pub struct Installation {
    folder: tempfile::TempDir,
    /// A token with the scopes of a responder and of somebody who looks after sources.
    pub token: String,
    key: Key,
}

/// A running program.
pub struct Running {
    child: Child,
    pub address: String,
}

impl Installation {
    /// A fresh one with the endpoint `events`. `database` is as in the settings, empty for the embedded engine; `log` is
    /// the filter of the log file.
    pub fn new(database: &str, log: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("events.secret");
        fs::write(&secret, EVENTS_SECRET).unwrap();
        let settings = format!(
            "listen = '127.0.0.1:0'\nmetrics_listen = '127.0.0.1:0'\ndata = '{data}'\ndatabase = '{database}'\nlog = '{log}'\n\
             [limits]\nreports_burst = 1000000\nreports_rush_each_minute = 1000000\nstaff_burst = 1000000\nalerts_burst = 1000000\ndeeds_burst = 1000000\ncase_calls_burst = 1000000\n\
             [[endpoint]]\nname = 'events'\nsource = 'standard-webhooks'\nsecret_file = '{secret}'\n",
            data = folder.path().join("data").display(),
            secret = secret.display(),
        );
        fs::write(folder.path().join("holdfast.toml"), settings).unwrap();
        let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
        let mut installation = Self { folder, token: String::new(), key };
        installation.token = installation.new_token();
        installation
    }

    fn new_token(&self) -> String {
        let scopes = "queue:read incident:read incident:claim incident:work incident:judge playbooks:read sources:read";
        let arguments = ["token", "create", "--program", "responder", "--scopes", scopes];
        let output = self.command(&arguments).stderr(self.log()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "a token is made: {text}");
        text.lines().next().unwrap().to_owned()
    }

    /// A command of the program under these settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"));
        command.args(arguments).arg("--config").arg(self.folder.path().join("holdfast.toml")).stdin(Stdio::null());
        command
    }

    /// Adds a line before the others to the settings.
    pub fn set(&self, line: &str) {
        let file = self.folder.path().join("holdfast.toml");
        let settings = fs::read_to_string(&file).unwrap();
        fs::write(file, format!("{line}\n{settings}")).unwrap();
    }

    /// Adds lines after the others.
    pub fn append(&self, lines: &str) {
        let file = self.folder.path().join("holdfast.toml");
        let settings = fs::read_to_string(&file).unwrap();
        fs::write(file, format!("{settings}{lines}")).unwrap();
    }

    /// Where the database and its side files lie.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What the program wrote to standard error, over all starts.
    pub fn log_file(&self) -> PathBuf {
        self.folder.path().join("holdfast.log")
    }

    fn log(&self) -> File {
        File::options().create(true).append(true).open(self.log_file()).unwrap()
    }

    /// Starts it and waits for the line that says it is ready. Panics when it ends instead.
    pub fn start(&self) -> Running {
        let mut child = self.command(&[]).stdout(Stdio::piped()).stderr(self.log()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Ok(ready) = serde_json::from_str::<Value>(&line) else {
            drop(child.kill());
            panic!("it did not start: {}", last_lines(&self.log_file()));
        };
        let address = ready["report"].as_str().unwrap().trim_end_matches('/').to_owned();
        Running { child, address }
    }

    /// A signed delivery of the endpoint `events`, as sent now.
    pub fn event(&self, (client, address): (&Client, &str), (id, body): (&str, &[u8])) -> RequestBuilder {
        let now = SystemClock.now().millis() / 1_000;
        client
            .post(format!("{address}/api/v1/alerts/events"))
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.to_string())
            .header("webhook-signature", sign::sign_standard(&self.key, id, now, body))
            .body(body.to_vec())
    }

    /// What staff read at a path of the API.
    pub async fn staff_get(&self, (client, address): (&Client, &str), path: &str) -> Value {
        let request = client.get(format!("{address}{path}")).bearer_auth(&self.token);
        let response =
            request.send().await.and_then(Response::error_for_status).unwrap_or_else(|error| panic!("{path}: {error}"));
        response.json().await.unwrap()
    }
}

impl Running {
    /// Sends SIGHUP.
    pub fn hang_up(&self) {
        let process = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(process, rustix::process::Signal::HUP).unwrap();
    }

    /// Ends it with SIGKILL: nothing is flushed, nobody is told.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Fails when it is gone already, which is as well.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A client that waits no longer than the server would let it.
pub fn client() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(20)).build().unwrap()
}

fn last_lines(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}
