//! The words people and machines send: made clean, made comparable, and read for addresses,
//! links and sums of money.
//!
//! What the words mean for a person's safety is judged by the floors above; recovery phrases
//! and other secrets are the matter of `phrase`.

pub mod amount;
pub mod cell;
pub mod clean;
mod decimal;
pub mod defang;
pub mod fold;
mod hidden;
pub mod language;
mod mapped;
pub mod observable;
#[cfg(test)]
mod samples;
mod simplify;
pub mod traditional;

pub use amount::{Amount, Unit, amounts};
pub use clean::{Unclean, clean, clean_name};
pub use defang::defang;
pub use fold::{Folded, fold};
pub use language::{Language, UnknownLanguage};
pub use observable::{Checksum, Family, Found, Kind, NotAWallet, Observable, find, parse_wallet};
pub use traditional::traditional;
