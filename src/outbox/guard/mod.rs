//! The guard of everything that goes out (NET-01, NET-02): only listed hosts, only addresses that may be called, each name
//! resolved once with every answer checked.

mod literal;
mod ranges;
mod resolve;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use url::Url;

pub use literal::address_of;
pub use ranges::{is_nearby, is_refused};
pub use resolve::{Answered, Guarded, Resolve, SystemResolver};

use crate::intake::verify::Allowed;

/// Why a call did not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("not an address")]
    Malformed,
    #[error("neither https nor plain http to a listed network of one's own")]
    Scheme,
    #[error("a name, password or fragment in the address")]
    Extra,
    #[error("a host that is not listed")]
    NotListed,
    #[error("a port that is not listed")]
    Port,
    #[error("an address in a refused range")]
    Range,
    #[error("a name without an address")]
    NoAddress,
}

/// A host that may be called: its ports, and networks of its own among the refused ranges.
#[derive(Clone)]
struct Listed {
    ports: Vec<u16>,
    networks: Allowed,
}

/// The list of hosts. Made from the settings alone, never from what somebody sent.
#[derive(Clone, Default)]
pub struct Guard {
    hosts: Arc<BTreeMap<String, Listed>>,
}

impl Guard {
    /// A guard that lets through to the hosts of these addresses, each with the networks that it may lie in.
    pub fn new<'a>(listed: impl IntoIterator<Item = (&'a Url, Allowed)>) -> Self {
        let mut hosts: BTreeMap<String, Listed> = BTreeMap::new();
        for (url, networks) in listed {
            let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else { continue };
            let entry = hosts.entry(host.to_ascii_lowercase());
            entry.or_insert_with(|| Listed { ports: Vec::new(), networks }).ports.push(port);
        }
        Self { hosts: Arc::new(hosts) }
    }

    /// The address to be called, if it may be.
    pub fn check(&self, text: &str) -> Result<Url, Refused> {
        // The parser forgives what browsers forgive; here nothing is.
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
        if text.is_empty() || text.len() > 2_000 || !text.bytes().all(plain) {
            return Err(Refused::Malformed);
        }
        let url = Url::parse(text).map_err(|_| Refused::Malformed)?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(Refused::Extra);
        }
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err(Refused::Malformed);
        };
        let listed = self.hosts.get(host).ok_or(Refused::NotListed)?;
        // What stood in the text must be the host itself, not something that turns into it.
        let written = text.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
        let bare = written.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        if !bare.map_or(written, |(host, _)| host).eq_ignore_ascii_case(host) {
            return Err(Refused::NotListed);
        }
        if !listed.ports.contains(&port) {
            return Err(Refused::Port);
        }
        if let Some(address) = address_of(host) {
            listed.lets(address)?;
        }
        match url.scheme() {
            "https" => Ok(url),
            "http" if !listed.networks.is_any() => Ok(url),
            _ => Err(Refused::Scheme),
        }
    }

    /// The addresses to connect to, of those that a listed name was resolved to: all of them, or none.
    pub fn check_answers(&self, host: &str, answers: &[IpAddr]) -> Result<(), Refused> {
        let listed = self.hosts.get(host).ok_or(Refused::NotListed)?;
        if answers.is_empty() {
            return Err(Refused::NoAddress);
        }
        answers.iter().try_for_each(|address| listed.lets(*address))
    }
}

impl Listed {
    fn lets(&self, address: IpAddr) -> Result<(), Refused> {
        if !self.networks.is_any() {
            // Networks were named: the host lies in them, or this is not the host that was meant.
            return if self.networks.holds(address) { Ok(()) } else { Err(Refused::Range) };
        }
        if is_refused(address) { Err(Refused::Range) } else { Ok(()) }
    }
}
