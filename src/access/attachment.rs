//! The names of attachments in addresses (CA-13).

use std::fmt;
use std::str::FromStr;

use super::{ALPHABET, NotATokenText, symbols};
use crate::id::Random;

/// Symbols of five bits: 160 bits.
const LENGTH: usize = 32;

/// The id of an attachment: random, and yet it opens nothing to whoever has not the case or the scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentId(String);

impl AttachmentId {
    pub fn new(random: &dyn Random) -> Self {
        Self(symbols(LENGTH, random))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AttachmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Nobody types one, so there is one way to write it.
impl FromStr for AttachmentId {
    type Err = NotATokenText;

    fn from_str(text: &str) -> Result<Self, NotATokenText> {
        let fits = text.len() == LENGTH && text.bytes().all(|symbol| ALPHABET.contains(&symbol));
        fits.then(|| Self(text.to_owned())).ok_or(NotATokenText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;

    impl Random for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.iter_mut().zip(0..).for_each(|(byte, number)| *byte = number);
        }
    }

    #[test]
    fn an_attachment_id_is_32_symbols_of_five_random_bits_and_is_read_in_one_way() {
        let id = AttachmentId::new(&Counting);
        assert_eq!(id.as_str(), "0123456789ABCDEFGHJKMNPQRSTVWXYZ");
        assert_eq!(id.as_str().parse(), Ok(id.clone()));
        for other in ["", "0123456789abcdefghjkmnpqrstvwxyz", "0123456789ABCDEFGHJKMNPQRSTVWXY", "../../etc/passwd"] {
            assert_eq!(other.parse::<AttachmentId>(), Err(NotATokenText), "{other}");
        }
    }
}
