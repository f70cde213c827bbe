//! The mail server of Debian (aiosmtpd), one for each story, and the mails that it took.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use base64::{Engine, engine::general_purpose::STANDARD};

/// A server that ends with its story.
pub struct MailServer {
    child: Child,
    pub port: u16,
    folder: tempfile::TempDir,
    /// Its own certificate, when it speaks TLS.
    pub certificate: Option<PathBuf>,
}

/// One mail as it arrived.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: Vec<String>,
    pub from: String,
    /// Every byte.
    pub data: String,
    pub tls: bool,
    pub login: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    Plain,
    /// STARTTLS and a login.
    Tls,
}

/// A server, where the machine has one; `tests/run` installs it and says that it must be there.
#[expect(clippy::disallowed_methods, reason = "whether it must be there, only who runs the test knows")]
#[expect(clippy::print_stdout, reason = "a story that was passed by says so")]
pub fn server(speaks: Speaks) -> Option<MailServer> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/letters/smtp.py");
    let there = Command::new("/usr/bin/python3").args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        let must = std::env::var("HOLDFAST_TEST_MAIL").is_ok();
        assert!(!must, "python3-aiosmtpd is not there, and HOLDFAST_TEST_MAIL says that it must be");
        println!("this story is passed by: install python3-aiosmtpd to have it told");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let certificate = (speaks == Speaks::Tls).then(|| certificate(folder.path()));
    let mut command = Command::new("/usr/bin/python3");
    command.arg(script).arg(folder.path()).args(&certificate).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().parse().expect("the server says its port");
    Some(MailServer { child, port, folder, certificate })
}

/// A certificate for 127.0.0.1 with its key in one file, from openssl.
fn certificate(folder: &Path) -> PathBuf {
    let file = folder.join("server.pem");
    let name = file.to_str().unwrap();
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args([
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ])
        .args(["-keyout", &format!("{name}.key"), "-out", &format!("{name}.crt")])
        .stderr(Stdio::null())
        .status();
    assert!(made.is_ok_and(|status| status.success()), "openssl makes a certificate");
    let read = |end: &str| std::fs::read_to_string(format!("{name}.{end}")).unwrap();
    std::fs::write(&file, format!("{}{}", read("key"), read("crt"))).unwrap();
    file
}

impl MailServer {
    /// The mails so far, in their order.
    pub fn mails(&self) -> Vec<Mail> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> =
            entries.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
        files.sort();
        files.iter().map(|file| mail(&std::fs::read_to_string(file).unwrap())).collect()
    }

    /// The file of the certificate alone, as a client trusts it.
    pub fn authority(&self) -> Option<PathBuf> {
        self.certificate.as_ref().map(|file| PathBuf::from(format!("{}.crt", file.display())))
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn mail(text: &str) -> Mail {
    let kept: serde_json::Value = serde_json::from_str(text).unwrap();
    let texts = |value: &serde_json::Value| {
        value.as_array().unwrap().iter().map(|to| to.as_str().unwrap().to_owned()).collect()
    };
    Mail {
        to: texts(&kept["to"]),
        from: kept["from"].as_str().unwrap().to_owned(),
        data: kept["data"].as_str().unwrap().to_owned(),
        tls: kept["tls"] == true,
        login: kept["login"] == true,
    }
}

impl Mail {
    /// A header in one line, as it was sent; empty when there is none.
    pub fn header(&self, name: &str) -> String {
        let head = self.data.replace("\r\n", "\n").split("\n\n").next().unwrap_or_default().replace("\n ", " ");
        let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_default().to_owned()
    }

    /// The subject as it is read.
    pub fn subject(&self) -> String {
        let raw = self.header("Subject").replace("?= =?", "?==?");
        let mut read = String::new();
        for (at, part) in raw.split("=?utf-8?b?").enumerate() {
            match part.split_once("?=") {
                Some((word, rest)) if at > 0 => {
                    read.push_str(&String::from_utf8(STANDARD.decode(word).unwrap()).unwrap());
                    read.push_str(rest);
                }
                _ => read.push_str(part),
            }
        }
        read
    }

    /// The words as they are read.
    pub fn text(&self) -> String {
        let data = self.data.replace("\r\n", "\n");
        let body = data.split_once("\n\n").unwrap().1.to_owned();
        match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => {
                String::from_utf8(STANDARD.decode(body.replace('\n', "")).unwrap()).unwrap().replace("\r\n", "\n")
            }
            "quoted-printable" => unquoted(&body),
            _ => body,
        }
    }

    /// Everything but the one header that must hold an address (RFC 8058), encoded and as it is read.
    pub fn but_for_the_stop(&self) -> String {
        let data = self.data.replace("\r\n", "\n").replace("\n ", " ");
        let lines = data.lines().filter(|line| !line.starts_with("List-Unsubscribe:"));
        format!("{}\n{}\n{}", lines.collect::<Vec<_>>().join("\n"), self.subject(), self.text())
    }
}

fn unquoted(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let (mut bytes, mut rest) = (Vec::new(), joined.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let hex = (first == b'=').then(|| after.get(..2)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]),
            None => (bytes.push(first), rest = after),
        };
    }
    String::from_utf8(bytes).unwrap()
}
