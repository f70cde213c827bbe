//! A backend of the settings: its name, where it is, what it understands, the key that it is signed with.

use url::Url;

use super::guard::{address_of, is_nearby, is_refused};
use crate::containment::Action;
use crate::intake::verify::{Allowed, Key};

/// A wallet backend. The address may hold a key and the key is one, so no `Debug`.
pub struct Target {
    pub name: String,
    pub url: Url,
    /// Networks that it may lie in; none: any public address.
    pub networks: Allowed,
    pub key: Key,
    /// What it can be asked for; empty: everything.
    pub actions: Vec<Action>,
}

/// Why an address of a backend was refused; never the address, which may hold a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an https address without a name, a password or a fragment; http, and addresses that are not public, only with `networks`"
)]
pub struct BadTarget;

impl Target {
    /// The address of a backend, if something may be sent there.
    pub fn address(text: &str, networks: &Allowed) -> Result<Url, BadTarget> {
        let url = Url::parse(text).map_err(|_| BadTarget)?;
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let host = url.host_str().ok_or(BadTarget)?;
        let literal = address_of(host);
        let fits = match (url.scheme(), networks.is_any()) {
            ("https", true) => literal.is_none_or(|address| !is_refused(address)),
            ("https", false) => literal.is_none_or(|address| networks.holds(address)),
            // Plain http never crosses the Internet.
            ("http", false) => literal.is_some_and(|address| networks.holds(address) && is_nearby(address)),
            _ => false,
        };
        if plain && fits { Ok(url) } else { Err(BadTarget) }
    }

    pub fn understands(&self, action: Action) -> bool {
        self.actions.is_empty() || self.actions.contains(&action)
    }
}
