//! `holdfast source add`: a secret for a source, and the lines that connect it.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use base64::{Engine, engine::general_purpose};
use zeroize::Zeroizing;

use crate::cli::screen::{Ending, Screen};
use crate::id::Random;
use crate::intake::mapping::Mapping;
use crate::intake::verify::Scheme;

/// Bytes of a new secret (HK-07).
const SECRET_BYTES: usize = 32;

/// What is to be connected.
pub struct Wanted<'a> {
    pub mapping: &'a Mapping,
    /// The name in the endpoint's address; that of the source when left out.
    pub name: Option<&'a str>,
    /// Where to put a new secret; one that is there is never written over.
    pub secret_file: Option<&'a Path>,
}

/// Shows the lines for the settings, the address, and a new secret once where the sender takes one of ours.
pub fn add(wanted: &Wanted<'_>, random: &dyn Random, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let (mapping, name) = (wanted.mapping, wanted.name.unwrap_or(wanted.mapping.source()));
    let default = PathBuf::from(format!("{name}.secret"));
    let file = wanted.secret_file.unwrap_or(&default);
    let secret = secret(mapping.auth(), random);
    if let (Some(secret), Some(file)) = (&secret, wanted.secret_file) {
        let mut opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(file)
            .with_context(|| file.display().to_string())?;
        opened.write_all(secret.as_bytes()).with_context(|| file.display().to_string())?;
    }
    writeln!(screen.out, "{}\n", mapping.about().en)?;
    screen.heading("Put this into the settings")?;
    writeln!(screen.out, "[[endpoint]]\nname = \"{name}\"\nsource = \"{}\"", mapping.source())?;
    match mapping.auth() {
        Scheme::None {} => writeln!(screen.out, "allow = [\"203.0.113.0/24\"]   # the networks that it sends from")?,
        _ => writeln!(screen.out, "secret_file = \"{}\"", file.display())?,
    }
    match mapping.auth() {
        Scheme::AwsSns { .. } => writeln!(screen.out, "expects = \"arn:aws:sns:...\"   # the ARN of your topic")?,
        Scheme::JwtBodyDigest {} => writeln!(screen.out, "expects = \"...\"   # the audience of its tokens")?,
        _ => {}
    }
    if mapping.has_handshake() {
        writeln!(screen.out, "set_up = true   # while it is being connected; take it out afterwards")?;
    }
    screen.heading("Give this to the sender")?;
    writeln!(screen.out, "address: <public_url>/api/v1/alerts/{name}")?;
    match &secret {
        Some(secret) if wanted.secret_file.is_some() => {
            writeln!(screen.out, "secret:  {}   (not shown again)", secret.as_str())?;
        }
        Some(_) => writeln!(screen.out, "secret:  run this again with --secret-file {} for a new one", file.display())?,
        None => writeln!(screen.out, "secret:  {}", theirs(mapping.auth()))?,
    }
    let strength = mapping.auth().strength();
    writeln!(screen.out, "\nits deliveries prove: {}", strength.word())?;
    if !strength.may_order() {
        writeln!(
            screen.out,
            "that is too little for orders: its alerts open incidents and never act on an account alone"
        )?;
    }
    Ok(Ending::Fine)
}

/// A new secret, for schemes where the sender takes one of ours.
fn secret(scheme: &Scheme, random: &dyn Random) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    random.fill(&mut *bytes);
    let plain = || Zeroizing::new(general_purpose::URL_SAFE_NO_PAD.encode(*bytes));
    match scheme {
        Scheme::StandardWebhooks { .. } => {
            Some(Zeroizing::new(format!("whsec_{}", general_purpose::STANDARD.encode(*bytes))))
        }
        Scheme::StaticHeader { .. } | Scheme::Bearer {} | Scheme::HmacSha256(_) | Scheme::HmacSha1(_) => Some(plain()),
        Scheme::Basic {} => Some(Zeroizing::new(format!("holdfast:{}", plain().as_str()))),
        Scheme::Keccak256Suffix { .. }
        | Scheme::Twilio {}
        | Scheme::BodyMembers { .. }
        | Scheme::BodyCredential { .. }
        | Scheme::EcdsaP256 { .. }
        | Scheme::AwsSns { .. }
        | Scheme::JwtBodyDigest {}
        | Scheme::None {} => None,
    }
}

/// What the sender gives instead.
const fn theirs(scheme: &Scheme) -> &'static str {
    match scheme {
        Scheme::Keccak256Suffix { .. }
        | Scheme::Twilio {}
        | Scheme::BodyMembers { .. }
        | Scheme::BodyCredential { .. } => "the sender has one for you; put it into the file",
        Scheme::EcdsaP256 { .. } => "the sender has a public key for you; put it into the file",
        Scheme::AwsSns { .. } => "put the PEM of Amazon's signing certificate into the file",
        Scheme::JwtBodyDigest {} => "put the realm's JWKS into the file",
        Scheme::None {} => "none: the network is all there is",
        Scheme::StandardWebhooks { .. }
        | Scheme::HmacSha256(_)
        | Scheme::HmacSha1(_)
        | Scheme::StaticHeader { .. }
        | Scheme::Bearer {}
        | Scheme::Basic {} => "ours",
    }
}
