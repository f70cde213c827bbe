//! Makes texts with recovery phrases planted in them, for tests; the same seed gives the same text.

mod carrier;
mod writing;

use bip39::{Language, Mnemonic};

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

/// Numbers that follow from a seed (`SplitMix64`); good enough to vary samples, useless for secrets.
pub struct Draw(u64);

impl Draw {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    pub fn one_of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
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
