//! Addresses and signatures of Solana, which carry no checksum.

use super::{
    Checksum, Family, Observable,
    token::{is_base58, is_mixed},
};

/// Reads base58 text that decodes to the 32 bytes of a public key.
pub fn address(token: &str) -> Option<Observable> {
    if !(32..=44).contains(&token.len()) || decoded_length(token)? != 32 {
        return None;
    }
    Some(Observable::wallet(Family::Solana, token.to_owned(), Checksum::Absent))
}

/// As [`address`], for text in which it may also be a long word: digits and letters of both
/// cases are required.
pub fn address_in_text(token: &str) -> Option<Observable> {
    if is_mixed(token) { address(token) } else { None }
}

/// Reads base58 text that decodes to the 64 bytes of a signature.
pub fn transaction(token: &str) -> Option<Observable> {
    if !(80..=88).contains(&token.len()) || !is_mixed(token) || decoded_length(token)? != 64 {
        return None;
    }
    Some(Observable::transaction(Some(Family::Solana), token.to_owned()))
}

fn decoded_length(token: &str) -> Option<usize> {
    if !is_base58(token) {
        return None;
    }
    bs58::decode(token).into_vec().ok().map(|bytes| bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_has_32_bytes() {
        let usdc = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
        assert_eq!(address_in_text(usdc).unwrap().value, usdc);
        assert_eq!(address_in_text(&usdc[2..]), None, "31 bytes");
        let system = "1".repeat(32);
        assert!(address(&system).is_some(), "the system program");
        assert_eq!(address_in_text(&system), None, "a row of ones in a text");
    }

    #[test]
    fn a_signature_has_64_bytes() {
        let signature = bs58::encode([7; 64]).into_string();
        assert_eq!(transaction(&signature).unwrap().value, signature);
        assert_eq!(transaction(&signature[1..]), None);
    }
}
