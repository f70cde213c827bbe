//! The ranges that nothing is sent to unless the operator lists the network (IANA special-purpose registries).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is anything but a public one of a single host.
pub fn is_refused(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => four(address),
        IpAddr::V6(address) => six(address),
    }
}

/// Whether an address is of this machine or a network of one's own.
pub fn is_nearby(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

fn four(address: Ipv4Addr) -> bool {
    const RANGES: [(u32, u32); 16] = [
        (0x0000_0000, 8),  // this network
        (0x0a00_0000, 8),  // private
        (0x6440_0000, 10), // shared
        (0x7f00_0000, 8),  // loopback
        (0xa9fe_0000, 16), // link-local, where clouds keep their secrets
        (0xac10_0000, 12), // private
        (0xc000_0000, 24), // protocol assignments
        (0xc000_0200, 24), // documentation
        (0xc058_6300, 24), // 6to4 relays
        (0xc0a8_0000, 16), // private
        (0xc612_0000, 15), // benchmarks
        (0xc633_6400, 24), // documentation
        (0xcb00_7100, 24), // documentation
        (0xe000_0000, 4),  // multicast
        (0xf000_0000, 4),  // reserved, and broadcast
        (0xc01f_c400, 24), // AS112
    ];
    RANGES.iter().any(|(range, bits)| (address.to_bits() ^ range).leading_zeros() >= *bits)
}

fn six(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    // Only what is handed out as global unicast; with it fall loopback, `::`, mapped, compatible, NAT64, ULA, link- and
    // site-local, multicast and discard.
    if parts[0] & 0xe000 != 0x2000 {
        return true;
    }
    match (parts[0], parts[1]) {
        // Teredo, ORCHID, benchmarks and the other protocol assignments of 2001::/23
        (0x2001, second) if second < 0x0200 => true,
        // documentation, 6to4, documentation of 3fff::/20
        (0x2001, 0x0db8) | (0x2002, _) => true,
        (0x3fff, second) => second < 0x1000,
        _ => false,
    }
}
