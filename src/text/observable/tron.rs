//! Addresses of TRON.

use super::{Checksum, Family, Observable, token::is_base58};

const VERSION: u8 = 0x41;

/// Reads the 34 characters of a base58check address beginning with `T`.
pub fn address(token: &str) -> Option<Observable> {
    if token.len() != 34 || !token.starts_with('T') || !is_base58(token) {
        return None;
    }
    let checksum = match bs58::decode(token).with_check(Some(VERSION)).into_vec() {
        Ok(payload) if payload.len() == 21 => Checksum::Good,
        Ok(_) | Err(_) => Checksum::Bad,
    };
    Some(Observable::wallet(Family::Tron, token.to_owned(), checksum))
}

/// Reads the hex form that nodes use: `41` and 40 hex digits, with or without `0x`.
pub fn hex_address(token: &str) -> Option<Observable> {
    let digits = token.strip_prefix("0x").unwrap_or(token);
    if digits.len() != 42 || !digits.is_ascii() || !digits.starts_with("41") {
        return None;
    }
    let payload: Option<Vec<u8>> =
        (0..21).map(|i| u8::from_str_radix(digits.get(2 * i..2 * i + 2)?, 16).ok()).collect();
    let value = bs58::encode(payload?).with_check().into_string();
    Some(Observable::wallet(Family::Tron, value, Checksum::Absent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usdt_contract_is_read_in_both_forms() {
        let usdt = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
        assert_eq!(address(usdt).unwrap().checksum, Checksum::Good);
        let hex = hex_address("41a614f803b6fd780986a42c78ec9c7f77e6ded13c").unwrap();
        assert_eq!((hex.value.as_str(), hex.checksum), (usdt, Checksum::Absent));
    }

    #[test]
    fn a_wrong_character_is_seen() {
        assert_eq!(address("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T").unwrap().checksum, Checksum::Bad);
        assert_eq!(address("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj"), None);
        assert_eq!(hex_address("41zz14f803b6fd780986a42c78ec9c7f77e6ded13c"), None);
    }
}
