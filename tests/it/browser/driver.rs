//! `chromedriver` for one story: started on a port of its own choice, ended with every browser that it opened.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use tempfile::TempDir;

pub struct Driver {
    child: Child,
    port: u16,
    /// Goes last, with what the browsers left in it.
    _folder: TempDir,
}

/// What `chromedriver` says when the port that it was given for IPv4 was taken by somebody else for IPv6 meanwhile.
const TAKEN: &str = "port not available";

impl Driver {
    /// Fails with what to do when there is no `chromedriver`.
    pub fn start() -> Self {
        // It chooses a free port for IPv4 and needs the same one for IPv6: stories beside this one may have just that.
        (0..5).find_map(|_| Self::on_a_free_port()).expect("chromedriver finds a port that nobody else has")
    }

    /// None where somebody else was quicker.
    fn on_a_free_port() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let started = Command::new("chromedriver")
            .env("TMPDIR", folder.path())
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = match started {
            Ok(child) => child,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                panic!("chromedriver is not installed: run tests/run, which installs Chromium and its driver")
            }
            Err(error) => panic!("chromedriver does not start: {error}"),
        };
        let mut said = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
            if let Some(port) = line.strip_prefix("ChromeDriver was started successfully on port ") {
                let port = port.trim_end_matches('.').parse().expect("a port");
                return Some(Self { child, port, _folder: folder });
            }
            said.push(line);
        }
        child.wait().unwrap();
        assert!(said.iter().any(|line| line.contains(TAKEN)), "chromedriver says its port: {said:?}");
        None
    }

    /// A browser with nothing kept from any other.
    pub async fn open(&self, capabilities: Capabilities) -> Client {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        builder.connect(&format!("http://127.0.0.1:{}", self.port)).await.expect("chromedriver opens Chromium")
    }

    /// Asks it to close all browsers and then itself.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let host = format!("127.0.0.1:{}", self.port);
        stream.write_all(format!("GET /shutdown HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").as_bytes())?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            drop(self.child.kill());
        }
        drop(self.child.wait());
    }
}
