//! Addresses of the Bitcoin main network: base58check, bech32 and bech32m.

use super::{
    Checksum, Family, Observable,
    token::{is_base58, is_mixed},
};

/// Versions of base58check on the main network: pay to public key hash and to script hash.
const VERSIONS: [u8; 2] = [0x00, 0x05];

/// Reads an address of any of the three forms.
pub fn address(token: &str) -> Option<Observable> {
    segwit(token).or_else(|| base58(token))
}

/// Reads `bc1…`. Version 0 must carry a bech32 checksum and later versions a bech32m one
/// (BIP-350); mixed case is no address (BIP-173).
fn segwit(token: &str) -> Option<Observable> {
    let lower = token.to_ascii_lowercase();
    if token != lower && token != token.to_ascii_uppercase() {
        return None;
    }
    let rest = lower.strip_prefix("bc1")?;
    if !(14..=90).contains(&token.len()) || !rest.bytes().all(is_bech32_digit) {
        return None;
    }
    let checksum = match bech32::segwit::decode(&lower) {
        Ok(_) => Checksum::Good,
        Err(_) => Checksum::Bad,
    };
    Some(Observable::wallet(Family::Bitcoin, lower, checksum))
}

fn is_bech32_digit(b: u8) -> bool {
    b"qpzry9x8gf2tvdw0s3jn54khce6mua7l".contains(&b)
}

fn base58(token: &str) -> Option<Observable> {
    if !(25..=35).contains(&token.len()) || !token.starts_with(['1', '3']) || !is_base58(token) {
        return None;
    }
    let wallet = |checksum| Some(Observable::wallet(Family::Bitcoin, token.to_owned(), checksum));
    if let Ok(payload) = bs58::decode(token).with_check(None).into_vec() {
        let known = payload.len() == 21 && VERSIONS.contains(&payload[0]);
        return if known { wallet(Checksum::Good) } else { None };
    }
    // One character too many or too few still tells what was meant.
    let length = bs58::decode(token).into_vec().ok()?.len();
    if (24..=26).contains(&length) && is_mixed(token) { wallet(Checksum::Bad) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(token: &str) -> Option<Checksum> {
        address(token).map(|read| read.checksum)
    }

    #[test]
    fn the_published_addresses_hold() {
        for published in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
            // BIP-173 and BIP-350.
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
            "BC1SW50QGDZ25J",
            "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
        ] {
            assert_eq!(checksum(published), Some(Checksum::Good), "{published}");
        }
    }

    #[test]
    fn the_published_faults_are_refused() {
        for fault in [
            // BIP-350: bech32 where bech32m is due, and the other way round.
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
            "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
            // Wrong lengths of the program.
            "bc1pw5dgrnzv",
            "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
            // Base58check with one character changed.
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        ] {
            assert_ne!(checksum(fault), Some(Checksum::Good), "{fault}");
        }
        assert_eq!(checksum("bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"), None, "mixed case");
        assert_eq!(checksum("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"), None, "test network");
        assert_eq!(checksum("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"), None, "test network");
    }
}
