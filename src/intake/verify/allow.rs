//! Networks that a source may send from.

use std::net::IpAddr;

use crate::web::client::{Proxies, Trail};

use super::{Fault, Refused};

/// The allowed networks; an empty list allows any.
#[derive(Debug, Clone, Default)]
pub struct Allowed(Option<Proxies>);

impl Allowed {
    /// From addresses and networks like `203.0.113.0/24`. One that spans half of the Internet is no rule.
    pub fn new<T: AsRef<str>>(networks: &[T]) -> Result<Self, Fault> {
        let wide = |network: &&T| {
            let (address, bits) = network.as_ref().split_once('/').unwrap_or((network.as_ref(), "128"));
            let least = if address.contains(':') { 16 } else { 8 };
            bits.parse::<u32>().is_ok_and(|bits| bits < least)
        };
        if let Some(wide) = networks.iter().find(wide) {
            return Err(Fault::Network(wide.as_ref().to_owned()));
        }
        if networks.is_empty() {
            return Ok(Self(None));
        }
        Proxies::new(networks, Trail::default())
            .map(|list| Self(Some(list)))
            .map_err(|error| Fault::Network(error.to_string()))
    }

    /// Whether there is a rule at all.
    pub const fn is_any(&self) -> bool {
        self.0.is_none()
    }

    /// Whether an address is in one of the networks.
    pub fn holds(&self, address: IpAddr) -> bool {
        self.0.as_ref().is_some_and(|list| list.contains(address))
    }

    /// Refuses a sender from elsewhere; one whose address is not known is from elsewhere.
    pub(super) fn check(&self, client: Option<IpAddr>) -> Result<(), Refused> {
        let Some(list) = &self.0 else { return Ok(()) };
        if client.is_some_and(|client| list.contains(client)) { Ok(()) } else { Err(Refused::WrongNetwork) }
    }
}
