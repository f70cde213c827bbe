//! The checksum of BIP-39: whether indices of a word list are a recovery phrase.

use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

/// The lengths a recovery phrase can have, longest first.
pub const LENGTHS: [usize; 5] = [24, 21, 18, 15, 12];

/// True if the indices (0 to 2047 each) have a length of a phrase and carry its checksum.
pub fn holds(indices: &[u16]) -> bool {
    if !LENGTHS.contains(&indices.len()) {
        return false;
    }
    let mut entropy = Zeroizing::new([0_u8; 33]);
    for (word, index) in indices.iter().enumerate() {
        for bit in 0..11 {
            if (index >> (10 - bit)) & 1 == 1 {
                let place = word * 11 + bit;
                entropy[place / 8] |= 0x80 >> (place % 8);
            }
        }
    }
    let bytes = indices.len() / 3 * 4;
    let Ok(phrase) = Mnemonic::from_entropy_in(Language::English, &entropy[..bytes]) else {
        return false;
    };
    phrase.word_indices().map(|index| u16::try_from(index).unwrap_or(u16::MAX)).eq(indices.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors_hold() {
        assert!(holds(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]));
        assert!(!holds(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]));
        let mut long = [2047; 24];
        long[23] = 1967;
        assert!(holds(&long));
    }

    #[test]
    fn other_lengths_do_not_hold() {
        assert!(!holds(&[0; 11]));
        assert!(!holds(&[0; 25]));
        assert!(!holds(&[]));
    }
}
