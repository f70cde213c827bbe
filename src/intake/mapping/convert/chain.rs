//! Names and numbers of chains to the words of the vocabulary. Test networks keep names of their own, so that play
//! money is never taken for value.

use super::{Converted, Unfit, number};

/// Numbers of EIP-155.
const NUMBERS: [(&str, &str); 7] = [
    ("1", "ethereum"),
    ("10", "optimism"),
    ("56", "bsc"),
    ("137", "polygon"),
    ("8453", "base"),
    ("42161", "arbitrum"),
    ("43114", "avalanche"),
];

const NAMES: [(&str, &str); 36] = [
    ("mainnet", "ethereum"),
    ("eth", "ethereum"),
    ("eth-mainnet", "ethereum"),
    ("ethereum-mainnet", "ethereum"),
    ("bnb", "bsc"),
    ("bnb-mainnet", "bsc"),
    ("bsc-mainnet", "bsc"),
    ("binance-smart-chain", "bsc"),
    ("bnb-smart-chain", "bsc"),
    ("matic", "polygon"),
    ("matic-mainnet", "polygon"),
    ("polygon-mainnet", "polygon"),
    ("polygon-pos", "polygon"),
    ("arb", "arbitrum"),
    ("arb-mainnet", "arbitrum"),
    ("arbitrum-mainnet", "arbitrum"),
    ("arbitrum-one", "arbitrum"),
    ("opt", "optimism"),
    ("opt-mainnet", "optimism"),
    ("optimism-mainnet", "optimism"),
    ("op-mainnet", "optimism"),
    ("base-mainnet", "base"),
    ("avax", "avalanche"),
    ("avax-mainnet", "avalanche"),
    ("avalanche-mainnet", "avalanche"),
    ("avalanche-c", "avalanche"),
    ("avax-c", "avalanche"),
    ("trx", "tron"),
    ("tron-mainnet", "tron"),
    ("btc", "bitcoin"),
    ("btc-mainnet", "bitcoin"),
    ("bitcoin-mainnet", "bitcoin"),
    ("sol", "solana"),
    ("sol-mainnet", "solana"),
    ("solana-mainnet", "solana"),
    ("solana-mainnet-beta", "solana"),
];

/// The vocabulary's word; else the sender's name in lower case, or `eip155:` and the number.
pub fn name(text: &str) -> Converted {
    let number = text.strip_prefix("eip155:").unwrap_or(text);
    if number.starts_with(|digit: char| digit.is_ascii_digit()) {
        let Some(number) = number::int256(number)? else { return Ok(None) };
        let known = NUMBERS.iter().find(|(id, _)| *id == number).map(|(_, name)| (*name).to_owned());
        return Ok(Some(known.unwrap_or_else(|| format!("eip155:{number}"))));
    }
    let word = text.to_lowercase().replace(['_', ' '], "-");
    let plain = (1..=64).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:.".contains(&byte));
    if !plain {
        return Err(Unfit);
    }
    let known = NAMES.iter().find(|(name, _)| *name == word).map(|(_, name)| (*name).to_owned());
    Ok(Some(known.unwrap_or(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_chain_has_one_name() {
        for (text, word) in [
            ("ETH_MAINNET", "ethereum"),
            ("0x1", "ethereum"),
            ("1", "ethereum"),
            ("Ethereum", "ethereum"),
            ("MAINNET", "ethereum"),
            ("eip155:1", "ethereum"),
            ("0x38", "bsc"),
            ("MATIC_MAINNET", "polygon"),
            ("0xa4b1", "arbitrum"),
            ("OPT_MAINNET", "optimism"),
            ("8453", "base"),
            ("AVAX_MAINNET", "avalanche"),
            ("tron", "tron"),
            ("SOLANA_MAINNET", "solana"),
        ] {
            assert_eq!(name(text), Ok(Some(word.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_test_network_is_never_taken_for_the_real_one() {
        assert_eq!(name("ETH_SEPOLIA"), Ok(Some("eth-sepolia".to_owned())));
        assert_eq!(name("0xaa36a7"), Ok(Some("eip155:11155111".to_owned())));
        assert_eq!(name("eip155:11155111"), Ok(Some("eip155:11155111".to_owned())));
        assert_eq!(name("<b>"), Err(Unfit));
    }
}
