//! Numbers as nodes write them: `0x` and hex digits. What is longer than our numbers is no number here.

use serde_json::Value;

/// A hex quantity of up to 128 bits.
pub fn quantity(value: &Value) -> Option<u128> {
    let digits = value.as_str()?.strip_prefix("0x")?;
    let fits = !digits.is_empty() && digits.len() <= 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fits { u128::from_str_radix(digits, 16).ok() } else { None }
}

/// The same within 64 bits.
pub fn number(value: &Value) -> Option<u64> {
    quantity(value).and_then(|number| number.try_into().ok())
}

/// An address in lower case.
pub fn address(value: &Value) -> Option<String> {
    let digits = value.as_str()?.strip_prefix("0x")?;
    let fits = digits.len() == 40 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then(|| format!("0x{}", digits.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_a_node_writes_is_a_number() {
        assert_eq!(quantity(&json!("0x0")), Some(0));
        assert_eq!(number(&json!("0x1bc16d674ec80000")), Some(2_000_000_000_000_000_000));
        assert_eq!(number(&json!("0x1ffffffffffffffff")), None, "above 64 bits");
        for wrong in [
            json!("0x"),
            json!("10"),
            json!(16),
            json!(null),
            json!("0x-1"),
            json!("0x+1"),
            json!("0x".to_owned() + &"f".repeat(33)),
        ] {
            assert_eq!(quantity(&wrong), None, "{wrong}");
        }
        let mixed = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        assert_eq!(address(&json!(mixed)), Some(mixed.to_lowercase()));
        assert_eq!(address(&json!("0x12")), None);
    }
}
