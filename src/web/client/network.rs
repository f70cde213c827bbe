//! An address or a network of addresses.

use std::net::IpAddr;
use std::str::FromStr;

/// The text is neither an address nor a network.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0:?} is not an address or a network; write one like 10.0.0.0/8")]
pub struct NotANetwork(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    bits: u32,
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address as one number, left-aligned.
fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl Network {
    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let differ = number(address) ^ number(self.address);
        width(address) == width(self.address) && differ.leading_zeros() >= self.bits
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let refuse = || NotANetwork(text.to_owned());
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| refuse())?;
        let bits = match bits {
            Some(bits) => bits.parse().map_err(|_| refuse())?,
            None => width(address),
        };
        if bits > width(address) || address.to_canonical() != address {
            return Err(refuse());
        }
        Ok(Self { address, bits })
    }
}
