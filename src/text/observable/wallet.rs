//! Wallet addresses that are given as such, with or without the name of a chain.

use super::{Family, Observable, bitcoin, evm, solana, tron, view};

/// Why an address given for a chain cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAWallet {
    #[error("{0:?} is not an address of a known form")]
    Unreadable(String),
    #[error("{address:?} is an address of {seen}, not of {named}")]
    OfAnotherFamily { address: String, named: Family, seen: Family },
}

/// Reads the address of the API field `wallets`; a chain nobody knows is no hint.
///
/// An address with a bad checksum is returned as such: it is evidence, not a target (IN-16).
///
/// # Errors
/// [`NotAWallet`] when the address has no known form, or that of another family than named.
pub fn parse_wallet(chain_hint: Option<&str>, address: &str) -> Result<Observable, NotAWallet> {
    let view = view::readable(address);
    let address = view.as_str().trim();
    let named = chain_hint.and_then(Family::of_chain);
    let readable = address.len() <= 100 && address.is_ascii();
    if readable && let Some(wallet) = named.and_then(|family| of_family(family, address)) {
        return Ok(wallet);
    }
    let wallet = [Family::Evm, Family::Tron, Family::Bitcoin, Family::Solana]
        .into_iter()
        .filter(|_| readable)
        .find_map(|family| of_family(family, address));
    match (wallet, named) {
        (Some(wallet), None) => Ok(wallet),
        (Some(Observable { family: Some(seen), .. }), Some(named)) => {
            Err(NotAWallet::OfAnotherFamily { address: address.to_owned(), named, seen })
        }
        (Some(Observable { family: None, .. }) | None, _) => {
            Err(NotAWallet::Unreadable(address.chars().take(100).collect()))
        }
    }
}

fn of_family(family: Family, address: &str) -> Option<Observable> {
    match family {
        Family::Evm => evm::address(address),
        Family::Tron => tron::address(address).or_else(|| tron::hex_address(address)),
        Family::Bitcoin => bitcoin::address(address),
        Family::Solana => solana::address(address),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Checksum, *};

    #[test]
    fn an_address_is_kept_in_one_form_per_chain() {
        let read = parse_wallet(Some("BSC"), " 0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED ").unwrap();
        assert_eq!(read.value, "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
        let read = parse_wallet(None, "TR7NHqjeKQxGTCi8q8ZY4pL8\u{200B}otSzgjLj6t").unwrap();
        assert_eq!((read.family, read.checksum), (Some(Family::Tron), Checksum::Good));
        let system = parse_wallet(Some("solana"), &"1".repeat(32)).unwrap();
        assert_eq!(system.family, Some(Family::Solana));
    }

    #[test]
    fn a_bad_checksum_is_kept_as_evidence() {
        let read = parse_wallet(Some("tron"), "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T").unwrap();
        assert_eq!(read.checksum, Checksum::Bad);
    }

    #[test]
    fn a_refusal_says_what_was_seen() {
        let refused = parse_wallet(Some("eth"), "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t").unwrap_err();
        assert_eq!(refused.to_string(), "\"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t\" is an address of tron, not of evm");
        assert_eq!(parse_wallet(None, "钱包"), Err(NotAWallet::Unreadable("钱包".to_owned())));
        assert!(parse_wallet(Some("ton"), "").is_err());
    }
}
