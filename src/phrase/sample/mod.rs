//! Makes texts with recovery phrases planted in them, for tests; the same seed gives the same text.

mod carrier;
mod writing;

use bip39::{Language, Mnemonic};

pub use crate::draw::Draw;
pub use writing::LAYOUTS;

/// A text that carries a recovery phrase nobody owns.
pub struct Planted {
    pub text: String,
    /// The phrase's words as they are written in the text, in order.
    pub words: Vec<String>,
    pub language: Language,
    /// One of [`LAYOUTS`].
    pub layout: &'static str,
}

/// A valid phrase in a carrying sentence; seeds in a row go through all layouts.
#[must_use]
pub fn planted(seed: u64) -> Planted {
    plant(seed, false)
}

/// The same with one word misspelt.
#[must_use]
pub fn misspelt(seed: u64) -> Planted {
    plant(seed, true)
}

fn plant(seed: u64, slip: bool) -> Planted {
    let mut draw = Draw::new(seed);
    let wanted = LAYOUTS[usize::try_from(seed % 1_000_000).unwrap_or(0) % LAYOUTS.len()];
    let language = Language::ALL[draw.below(Language::ALL.len())];
    let layout = writing::fitting(wanted, language);
    let bytes = [16, 16, 20, 24, 28, 32][draw.below(6)];
    let entropy: Vec<u8> = (0..bytes).map(|_| draw.number().to_le_bytes()[0]).collect();
    let phrase = Mnemonic::from_entropy_in(language, &entropy).expect("16 to 32 bytes in steps of four are a phrase");
    let mut words: Vec<String> = phrase.words().map(str::to_owned).collect();
    if slip {
        let at = draw.below(words.len());
        words[at] = misspell(&words[at], &mut draw);
    }
    let written = writing::write(layout, &words, &mut draw);
    let text = carrier::around(&written.body, layout, &mut draw);
    Planted { text, words: written.words, language, layout }
}

/// One slip of the pen: letters swapped, left out, doubled or wrong; for a Chinese character another one.
fn misspell(word: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() == 1 {
        let offset = u32::try_from(draw.below(5000)).unwrap_or(0);
        return char::from_u32(0x4e00 + offset).into_iter().collect();
    }
    let at = draw.below(letters.len() - 1);
    match draw.below(4) {
        0 if letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        1 if letters.len() > 3 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = if letters[at] == letters[at + 1] { letters[0] } else { letters[at + 1] },
    }
    letters.into_iter().collect()
}
