//! The closed set of converters: from what senders write to canonical text of one field type.

mod address;
mod chain;
mod number;
mod time;
mod words;

use serde::Deserialize;
use serde_json::Value;

pub use number::places;
pub use time::moment;

use super::json::{Limits, Reader};
use super::place::{plain, printed};
use crate::signal::FieldType;

/// A named way to read a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Converter {
    /// A time with a zone: any fraction, a blank for `T`, an offset with or without colon.
    Rfc3339,
    /// The same; without a zone it is UTC.
    Rfc3339Utc,
    /// As mails write it: `Fri, 5 May 2023 17:44:33 -0400`.
    Rfc2822,
    EpochS,
    EpochMs,
    EpochNs,
    /// Whole numbers of up to 78 digits, decimal or hexadecimal after `0x`.
    Int256,
    Decimal,
    /// Hundredths.
    MinorUnits,
    /// 20 bytes, or the last 20 of 32.
    EvmAddress,
    Hex32,
    Chain,
    /// A contract address or a symbol.
    Asset,
    Ip,
    Email,
    Lower,
    Text,
    Word,
    Bool,
    /// Any JSON as compact text; a text is read as JSON first.
    JsonText,
}

/// The value is not what the converter reads.
#[derive(Debug, PartialEq, Eq)]
pub struct Unfit;

/// Canonical text; nothing when the sender's form says that there is no value.
pub type Converted = Result<Option<String>, Unfit>;

impl Converter {
    pub const ALL: [Self; 20] = [
        Self::Rfc3339,
        Self::Rfc3339Utc,
        Self::Rfc2822,
        Self::EpochS,
        Self::EpochMs,
        Self::EpochNs,
        Self::Int256,
        Self::Decimal,
        Self::MinorUnits,
        Self::EvmAddress,
        Self::Hex32,
        Self::Chain,
        Self::Asset,
        Self::Ip,
        Self::Email,
        Self::Lower,
        Self::Text,
        Self::Word,
        Self::Bool,
        Self::JsonText,
    ];

    /// The word for it in a source file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rfc3339 => "rfc3339",
            Self::Rfc3339Utc => "rfc3339-utc",
            Self::Rfc2822 => "rfc2822",
            Self::EpochS => "epoch-s",
            Self::EpochMs => "epoch-ms",
            Self::EpochNs => "epoch-ns",
            Self::Int256 => "int256",
            Self::Decimal => "decimal",
            Self::MinorUnits => "minor-units",
            Self::EvmAddress => "evm-address",
            Self::Hex32 => "hex32",
            Self::Chain => "chain",
            Self::Asset => "asset",
            Self::Ip => "ip",
            Self::Email => "email",
            Self::Lower => "lower",
            Self::Text => "text",
            Self::Word => "word",
            Self::Bool => "bool",
            Self::JsonText => "json-text",
        }
    }

    /// Whether what it gives is right for a field of that type.
    pub const fn suits(self, field: FieldType) -> bool {
        match field {
            FieldType::Word | FieldType::Text => true,
            FieldType::Time => {
                matches!(
                    self,
                    Self::Rfc3339 | Self::Rfc3339Utc | Self::Rfc2822 | Self::EpochS | Self::EpochMs | Self::EpochNs
                )
            }
            FieldType::Decimal => matches!(self, Self::Int256 | Self::Decimal | Self::MinorUnits),
            FieldType::Integer => matches!(self, Self::Int256),
            FieldType::Bool => matches!(self, Self::Bool),
            FieldType::Ip => matches!(self, Self::Ip),
        }
    }

    /// Reads one value that is neither null nor empty.
    pub fn convert(self, value: &Value) -> Converted {
        if matches!(self, Self::JsonText) {
            return json_text(value);
        }
        let text = plain(value).ok_or(Unfit)?;
        let text = text.trim();
        match self {
            Self::Rfc3339 => time::written(text, None),
            Self::Rfc3339Utc => time::written(text, Some(0)),
            Self::Rfc2822 => time::mailed(text),
            Self::EpochS => time::epoch(text, 0),
            Self::EpochMs => time::epoch(text, 3),
            Self::EpochNs => time::epoch(text, 9),
            Self::Int256 => number::int256(text),
            Self::Decimal => number::decimal(text),
            Self::MinorUnits => number::minor_units(text),
            Self::EvmAddress => address::evm(text),
            Self::Hex32 => address::hex32(text),
            Self::Chain => chain::name(text),
            Self::Asset => address::evm(text).or_else(|_| words::symbol(text)),
            Self::Ip => words::ip(text),
            Self::Email => words::email(text),
            Self::Lower => words::line(text).map(|line| line.map(|line| line.to_lowercase())),
            Self::Text => words::text(text),
            Self::Word => words::line(text),
            Self::Bool => words::flag(text),
            Self::JsonText => Err(Unfit),
        }
    }
}

fn json_text(value: &Value) -> Converted {
    let Value::String(text) = value else { return words::text(&printed(value)) };
    let inner = Reader::new(Limits::DEFAULT).read(text).map_err(|_| Unfit)?;
    words::text(&inner.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_name_is_the_word_in_the_file() {
        for converter in Converter::ALL {
            assert_eq!(serde_json::from_value::<Converter>(json!(converter.name())).unwrap(), converter);
        }
    }

    #[test]
    fn lists_and_objects_are_no_plain_values() {
        for converter in Converter::ALL {
            let outcome = converter.convert(&json!({"a": 1}));
            assert_eq!(outcome.is_ok(), converter == Converter::JsonText, "{converter:?}");
        }
        assert_eq!(Converter::JsonText.convert(&json!("{\"b\": 1, \"a\":2}")), Ok(Some(r#"{"a":2,"b":1}"#.to_owned())));
        assert_eq!(Converter::JsonText.convert(&json!("{")), Err(Unfit));
    }

    proptest! {
        #[test]
        fn no_text_from_outside_makes_a_converter_panic(text in prop_oneof![".*", "[-+0-9a-fxTZ:. ]{0,90}", "0x[0-9a-f]{0,70}"]) {
            for converter in Converter::ALL {
                let _ = converter.convert(&json!(text));
            }
        }

        #[test]
        fn what_a_converter_gives_it_reads_again(text in "[0-9]{1,20}|0x[0-9a-fA-F]{64}|0x[0-9a-fA-F]{40}|[a-z]{1,9}") {
            for converter in [Converter::Int256, Converter::Decimal, Converter::EvmAddress, Converter::Hex32, Converter::Chain, Converter::Asset] {
                if let Ok(Some(once)) = converter.convert(&json!(text)) {
                    prop_assert_eq!(converter.convert(&json!(once)), Ok(Some(once.clone())), "{:?}", converter);
                }
            }
        }
    }
}
