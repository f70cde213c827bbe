//! Who is asking, as an address (IN-15): the socket's, unless a configured proxy stands between.

mod network;

#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::middleware::Next;
use axum::response::Response;

use self::network::Network;

pub use self::network::NotANetwork;

/// A request extension that the door sets: the other end of the socket.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// A request extension: the client's address, which must not be logged in full for more than 7 days (LOG-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl Client {
    /// What limits are counted by.
    pub fn prefix(self) -> Prefix {
        Prefix::of(self.0)
    }
}

/// What one client can be taken to hold: a whole IPv4 address, or the 64 bits of an IPv6 network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prefix {
    V4(u32),
    V6(u64),
}

impl Prefix {
    /// The prefix of an address; an IPv4 address written as IPv6 is IPv4.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.to_bits()),
            IpAddr::V6(address) => Self::V6(network_bits(address)),
        }
    }
}

fn network_bits(address: Ipv6Addr) -> u64 {
    u64::try_from(address.to_bits() >> 64).expect("half of the bits are left")
}

/// The header that the proxies write. Only one is read: a proxy that writes one may pass on another that the client
/// wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trail {
    #[default]
    XForwardedFor,
    Forwarded,
}

/// The proxies that are believed.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    networks: Vec<Network>,
    trail: Trail,
}

impl Proxies {
    /// From addresses and networks like `10.0.0.0/8`; an empty list believes nobody.
    pub fn new<T: AsRef<str>>(networks: &[T], trail: Trail) -> Result<Self, NotANetwork> {
        let networks = networks.iter().map(|text| text.as_ref().parse()).collect::<Result<_, _>>()?;
        Ok(Self { networks, trail })
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(address))
    }

    /// The client behind a peer: the right-most entry of the trail that no proxy of ours stands behind.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let mut nearest = peer.to_canonical();
        for entry in entries(headers, self.trail) {
            if !self.contains(nearest) {
                break;
            }
            // An entry without an address hides the client; the last proxy that is known answers for it.
            let Some(address) = entry else { break };
            nearest = address;
        }
        Client(nearest)
    }
}

/// The entries of the trail from right to left.
///
/// Commas are cut without regard to quotes: the left end of the trail is the client's, and an open quote there would
/// otherwise swallow what our proxies added. No entry with an address has a comma in quotes.
fn entries(headers: &HeaderMap, trail: Trail) -> impl Iterator<Item = Option<IpAddr>> {
    let name = match trail {
        Trail::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
        Trail::Forwarded => header::FORWARDED,
    };
    let lines: Vec<_> = headers.get_all(name).iter().collect();
    lines.into_iter().rev().flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',')).map(move |entry| {
        let entry = str::from_utf8(entry).ok()?.trim();
        match trail {
            Trail::XForwardedFor => address(entry),
            Trail::Forwarded => forwarded_for(entry),
        }
    })
}

/// Of several `for` in one entry, which no honest proxy writes, the last.
fn forwarded_for(entry: &str) -> Option<IpAddr> {
    entry.rsplit(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| address(value.trim().trim_matches('"')))
    })?
}

/// An address, with or without a port: `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))?;
    Some(IpAddr::to_canonical(&address))
}

/// The layer that sets [`Client`]. A request that came through no socket has none.
pub async fn name(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    if let Some(Peer(peer)) = request.extensions().get().copied() {
        let client = proxies.client(peer.ip(), request.headers());
        request.extensions_mut().insert(client);
    }
    next.run(request).await
}
