//! Who a server is: its certificate is held to the configured name whatever address that has, and a secret goes to nobody else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::server::{Nats, nats};
use crate::support::process::Installation;

const TLS: &str = "tls { cert_file: \"FOLDER/server.crt\", key_file: \"FOLDER/server.key\" }\n\
    authorization { token: \"a-token-of-the-stream\" }\n";

/// A certificate for a name with its key, from openssl.
fn certificate(folder: &Path, name: &str) -> PathBuf {
    let (key, certificate) = (folder.join("server.key"), folder.join("server.crt"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", &format!("/CN={name}"), "-addext", &format!("subjectAltName=DNS:{name}")])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"])
        .arg(key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .unwrap();
    assert!(made.status.success(), "openssl makes a certificate");
    certificate
}

/// What `holdfast doctor` says of a stream at a server with a certificate for a name.
fn told(name: &str, more: impl Fn(&Nats) -> String) -> Option<String> {
    let mut nats = nats(TLS)?;
    nats.kill();
    let certificate = certificate(nats.file("").as_path(), name);
    nats.start();
    let house = Installation::new("", "info,sqlx=warn");
    house.append(&format!(
        "[[endpoint]]\nname = 'fed'\nsource = 'standard-webhooks'\n\
         [[stream]]\nname = 'safe'\nendpoint = 'fed'\nservers = ['tls://localhost:{}']\nnetworks = ['127.0.0.0/8', '::1/128']\n\
         stream = 'ALERTS'\nconsumer = 'holdfast'\nauthority_file = '{}'\n{}",
        nats.port,
        certificate.display(),
        more(&nats)
    ));
    // The server needs a moment to listen.
    while std::net::TcpStream::connect(("127.0.0.1", nats.port)).is_err() {
        std::thread::yield_now();
    }
    let output = house.command(&["doctor"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.lines().filter(|line| line.contains("stream safe")).collect::<Vec<_>>().join("\n"))
}

fn token(text: &'static str) -> impl Fn(&Nats) -> String {
    move |nats| {
        let file = nats.file("token");
        fs::write(&file, text).unwrap();
        format!("secret_file = '{}'\n", file.display())
    }
}

#[test]
fn the_certificate_is_held_to_the_configured_name() {
    let Some(good) = told("localhost", token("a-token-of-the-stream")) else { return };
    assert!(good.contains("no such stream"), "it was let in, and there is nothing yet: {good}");
    let other = told("nats.example.org", token("a-token-of-the-stream")).unwrap();
    assert!(other.contains("certificate is not trusted"), "{other}");
}

#[test]
fn a_login_that_the_server_does_not_know_is_told_and_a_server_outside_of_its_networks_is_not_called() {
    let Some(wrong) = told("localhost", token("another-token")) else { return };
    assert!(wrong.contains("does not know this login"), "{wrong}");
    let Some(nats) = nats("") else { return };
    let house = Installation::new("", "info,sqlx=warn");
    house.append(&format!(
        "[[endpoint]]\nname = 'fed'\nsource = 'standard-webhooks'\n\
         [[stream]]\nname = 'safe'\nendpoint = 'fed'\nservers = ['tls://localhost:{}']\nstream = 'ALERTS'\nconsumer = 'holdfast'\n",
        nats.port
    ));
    let output = house.command(&["doctor"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("stream safe: its address lies in no network"), "{text}");
}
