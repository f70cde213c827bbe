//! Addresses and transaction hashes of Ethereum and the chains built like it.

use tiny_keccak::{Hasher, Keccak};

use super::{Checksum, Family, Observable};

/// Reads `0x` and 40 hex digits. Mixed case carries the EIP-55 checksum; the canonical form
/// is lower case, which every source writes alike.
pub fn address(token: &str) -> Option<Observable> {
    let digits = hex_digits(token)?;
    if digits.len() != 40 {
        return None;
    }
    let lower = digits.to_ascii_lowercase();
    let checksum = if digits == lower || digits == digits.to_ascii_uppercase() {
        Checksum::Absent
    } else if digits == eip55(&lower) {
        Checksum::Good
    } else {
        Checksum::Bad
    };
    Some(Observable::wallet(Family::Evm, format!("0x{lower}"), checksum))
}

/// Reads `0x` and 64 hex digits.
pub fn transaction(token: &str) -> Option<Observable> {
    let digits = hex_digits(token)?;
    let value = format!("0x{}", digits.to_ascii_lowercase());
    (digits.len() == 64).then(|| Observable::transaction(Some(Family::Evm), value))
}

fn hex_digits(token: &str) -> Option<&str> {
    let digits = token.strip_prefix("0x").or_else(|| token.strip_prefix("0X"))?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(digits)
}

/// The 40 digits with the case that EIP-55 gives them.
fn eip55(lower: &str) -> String {
    let mut hash = [0; 32];
    let mut keccak = Keccak::v256();
    keccak.update(lower.as_bytes());
    keccak.finalize(&mut hash);
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    lower
        .chars()
        .zip(nibbles)
        .map(|(digit, nibble)| if nibble >= 8 { digit.to_ascii_uppercase() } else { digit })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The examples of the EIP-55 document.
    const PUBLISHED: [&str; 8] = [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    ];

    #[test]
    fn the_published_addresses_hold() {
        for published in PUBLISHED {
            assert_eq!(eip55(&published[2..].to_lowercase()), published[2..], "{published}");
            let read = address(published).unwrap();
            assert_eq!(read.value, published.to_lowercase());
            assert_ne!(read.checksum, Checksum::Bad);
        }
    }

    #[test]
    fn case_tells_whether_there_is_a_checksum() {
        let checksum = |text: &str| address(text).unwrap().checksum;
        assert_eq!(checksum(PUBLISHED[3]), Checksum::Good);
        assert_eq!(checksum(&PUBLISHED[3].to_lowercase()), Checksum::Absent);
        assert_eq!(checksum(&PUBLISHED[3].replace("aAeb", "aaeb")), Checksum::Bad);
        assert_eq!(address("0x12"), None);
        assert_eq!(address(&format!("0x{}g", "0".repeat(39))), None);
    }

    #[test]
    fn a_hash_is_a_transaction() {
        let hash = format!("0x{}", "Ab".repeat(32));
        assert_eq!(transaction(&hash).unwrap().value, hash.to_lowercase());
        assert_eq!(transaction(PUBLISHED[0]), None);
    }
}
