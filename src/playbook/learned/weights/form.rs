//! The bytes of a weights file: a header, the kinds, then features and entries in columns. Numbers are little-endian.
//!
//! `HFTW`, version, corpus digest, counts, calibration, kinds, steps, biases, differences of hashes, scales, numbers of
//! entries, channels, weights.

use super::{Calibration, Weights};
use crate::playbook::Class;

const MARK: &[u8; 4] = b"HFTW";
const VERSION: u16 = 1;
/// A file above this is refused.
pub const LARGEST: usize = 4 << 20;
const MOST_KINDS: usize = 200;
const MOST_KNOTS: usize = 64;
/// No score or piece of evidence is further from zero: a billion to one.
const FURTHEST: i32 = 9_000;
const STEEPEST: u32 = 1 << 26;

/// Why a file is no weights file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadWeights {
    #[error("not a file of weights")]
    Mark,
    #[error("weights of version {0}, this program reads {VERSION}")]
    Version(u16),
    #[error("weights of {0} bytes, at most {LARGEST}")]
    Large(usize),
    #[error("weights end in the middle of {0}")]
    Short(&'static str),
    #[error("weights hold {0} out of range")]
    Range(&'static str),
    #[error("weights go on after their end")]
    Long,
}

impl Weights {
    /// The bytes of the file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(MARK);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.corpus);
        for count in [self.kinds.len(), self.hashes.len(), self.entries.len()] {
            bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
        }
        let calibration = &self.calibration;
        bytes.extend(calibration.shrink.to_le_bytes());
        bytes.extend(calibration.class_share.to_le_bytes());
        bytes.extend(calibration.kind_spread.to_le_bytes());
        bytes.push(u8::try_from(calibration.class.len()).unwrap_or(u8::MAX));
        for (margin, evidence) in &calibration.class {
            bytes.extend(margin.to_le_bytes());
            bytes.extend(evidence.to_le_bytes());
        }
        for (kind, class) in &self.kinds {
            bytes.push(u8::from(*class == Class::Security));
            bytes.push(u8::try_from(kind.len()).unwrap_or(u8::MAX));
            bytes.extend(kind.as_bytes());
        }
        self.steps.iter().for_each(|step| bytes.extend(step.to_le_bytes()));
        self.bias.iter().for_each(|bias| bytes.extend(bias.to_le_bytes()));
        self.hashes.iter().for_each(|hash| bytes.extend(hash.to_le_bytes()));
        bytes.extend(&self.scales);
        let counts = self.starts.windows(2).map(|pair| u8::try_from(pair[1] - pair[0]).unwrap_or(u8::MAX));
        bytes.extend(counts);
        bytes.extend(self.entries.iter().map(|(channel, _)| *channel));
        bytes.extend(self.entries.iter().flat_map(|(_, weight)| weight.to_le_bytes()));
        bytes
    }

    /// Reads a file: every count, order and range is checked.
    pub fn read(bytes: &[u8]) -> Result<Self, BadWeights> {
        if bytes.len() > LARGEST {
            return Err(BadWeights::Large(bytes.len()));
        }
        let mut rest = Rest(bytes);
        if rest.take(4, "its mark").ok() != Some(MARK) {
            return Err(BadWeights::Mark);
        }
        let version = u16::from_le_bytes(rest.number("its version")?);
        if version != VERSION {
            return Err(BadWeights::Version(version));
        }
        let corpus = rest.number("the corpus digest")?;
        let [kinds, features, entries] = [rest.count()?, rest.count()?, rest.count()?];
        if kinds > MOST_KINDS {
            return Err(BadWeights::Range("a number of kinds"));
        }
        let calibration = calibration(&mut rest)?;
        let kinds = (0..kinds).map(|_| kind(&mut rest)).collect::<Result<Vec<_>, _>>()?;
        let channels = kinds.len() + 1;
        let steps = rest.column(channels, "steps", u32::from_le_bytes)?;
        let bias = rest.column(channels, "biases", i32::from_le_bytes)?;
        if steps.iter().any(|step| *step > STEEPEST) || bias.iter().any(|bias| !near(*bias)) {
            return Err(BadWeights::Range("a step or bias"));
        }
        let hashes = rest.column(features, "features", u32::from_le_bytes)?;
        if !hashes.is_sorted_by(|one, other| one < other) {
            return Err(BadWeights::Range("the order of features"));
        }
        let scales = rest.column(features, "scales", u8::from_le_bytes)?;
        let counts = rest.column(features, "numbers of entries", u8::from_le_bytes)?;
        let mut starts = vec![0];
        for count in counts {
            starts.push(starts.last().copied().unwrap_or(0) + u32::from(count));
        }
        if starts.last().is_none_or(|end| *end as usize != entries) {
            return Err(BadWeights::Range("the sum of entries"));
        }
        let of = rest.column(entries, "channels", u8::from_le_bytes)?;
        if of.iter().any(|channel| usize::from(*channel) >= channels) {
            return Err(BadWeights::Range("a channel"));
        }
        let weights = rest.column(entries, "weights", i8::from_le_bytes)?;
        if !rest.0.is_empty() {
            return Err(BadWeights::Long);
        }
        let entries = of.into_iter().zip(weights).collect();
        Ok(Self { corpus, kinds, steps, bias, calibration, hashes, scales, starts, entries })
    }
}

fn near(score: i32) -> bool {
    (-FURTHEST..=FURTHEST).contains(&score)
}

fn calibration(rest: &mut Rest<'_>) -> Result<Calibration, BadWeights> {
    let shrink = u32::from_le_bytes(rest.number("calibration")?);
    let class_share = u16::from_le_bytes(rest.number("calibration")?);
    let kind_spread = u16::from_le_bytes(rest.number("calibration")?);
    let knots = usize::from(u8::from_le_bytes(rest.number("calibration")?));
    let knot = |rest: &mut Rest<'_>| -> Result<(i32, i32), BadWeights> {
        Ok((i32::from_le_bytes(rest.number("calibration")?), i32::from_le_bytes(rest.number("calibration")?)))
    };
    let class = (0..knots).map(|_| knot(rest)).collect::<Result<Vec<_>, _>>()?;
    let rising = class.is_sorted_by(|one, other| one.0 < other.0 && one.1 <= other.1);
    let in_range = class.iter().all(|(margin, evidence)| near(*margin) && near(*evidence));
    if !rising || !in_range || class.is_empty() || class.len() > MOST_KNOTS || class_share > 1_000 {
        return Err(BadWeights::Range("calibration"));
    }
    Ok(Calibration { shrink, class_share, class, kind_spread })
}

fn kind(rest: &mut Rest<'_>) -> Result<(String, Class), BadWeights> {
    let class = match u8::from_le_bytes(rest.number("kinds")?) {
        0 => Class::Routine,
        1 => Class::Security,
        _ => return Err(BadWeights::Range("a class")),
    };
    let length = usize::from(u8::from_le_bytes(rest.number("kinds")?));
    let name = std::str::from_utf8(rest.take(length, "kinds")?).map_err(|_| BadWeights::Range("a kind"))?;
    Ok((name.to_owned(), class))
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize, what: &'static str) -> Result<&'a [u8], BadWeights> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(BadWeights::Short(what))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], BadWeights> {
        self.take(N, what)?.try_into().map_err(|_| BadWeights::Short(what))
    }

    fn count(&mut self) -> Result<usize, BadWeights> {
        let count = u32::from_le_bytes(self.number("its counts")?);
        usize::try_from(count).ok().filter(|count| *count <= LARGEST).ok_or(BadWeights::Range("a count"))
    }

    fn column<T, const N: usize>(
        &mut self,
        length: usize,
        what: &'static str,
        number: fn([u8; N]) -> T,
    ) -> Result<Vec<T>, BadWeights> {
        let bytes = self.take(length.saturating_mul(N), what)?;
        Ok(bytes.as_chunks::<N>().0.iter().map(|chunk| number(*chunk)).collect())
    }
}
