//! Addresses and hashes of chains of the Ethereum kind, in one form: lower case after `0x`.

use super::{Converted, Unfit};

/// An address of 20 bytes; of the 32 bytes of an event topic the last 20, when the first are zero.
pub fn evm(text: &str) -> Converted {
    let digits = hex(text)?;
    let address = match digits.len() {
        40 => digits.as_str(),
        64 => digits.strip_prefix("000000000000000000000000").ok_or(Unfit)?,
        _ => return Err(Unfit),
    };
    Ok(Some(format!("0x{address}")))
}

/// Exactly 32 bytes: a transaction or a block.
pub fn hex32(text: &str) -> Converted {
    let digits = hex(text)?;
    if digits.len() == 64 { Ok(Some(format!("0x{digits}"))) } else { Err(Unfit) }
}

fn hex(text: &str) -> Result<String, Unfit> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) { Ok(digits.to_ascii_lowercase()) } else { Err(Unfit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_one_form() {
        let address = Ok(Some("0x00000000000000000000000000000000000000ab".to_owned()));
        for text in [
            "0x00000000000000000000000000000000000000AB",
            "00000000000000000000000000000000000000ab",
            "0x00000000000000000000000000000000000000000000000000000000000000ab",
        ] {
            assert_eq!(evm(text), address, "{text}");
        }
        for wrong in ["", "0x", "0xab", "0x0100000000000000000000000000000000000000000000000000000000000000", "TXYZ"] {
            assert_eq!(evm(wrong), Err(Unfit), "{wrong}");
        }
    }

    #[test]
    fn a_hash_has_32_bytes() {
        assert_eq!(hex32(&"AB".repeat(32)), Ok(Some(format!("0x{}", "ab".repeat(32)))));
        assert_eq!(hex32("0x12"), Err(Unfit));
    }
}
