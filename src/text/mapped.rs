//! A rewritten text that remembers where each of its characters came from.

use std::ops::Range;

/// Text made from another text, with the way back from every byte to the original bytes.
#[derive(Clone, Debug, Default)]
pub struct Mapped {
    text: String,
    // One entry a character, in order. Entries of characters that were made from the same
    // original characters share their range.
    origin: Vec<Origin>,
}

#[derive(Clone, Debug)]
struct Origin {
    at: usize,
    original: Range<usize>,
}

impl Mapped {
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), origin: Vec::with_capacity(bytes) }
    }

    /// Adds a character made from this range of the original.
    pub fn push(&mut self, c: char, original: Range<usize>) {
        self.origin.push(Origin { at: self.text.len(), original });
        self.text.push(c);
    }

    /// Lets the last character stand for everything up to this original offset.
    pub fn stretch(&mut self, end: usize) {
        if let Some(last) = self.origin.last_mut() {
            last.original.end = last.original.end.max(end);
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The original bytes behind a range of this text; a range that cuts a character or
    /// exceeds the text is widened or clipped to whole characters.
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let first = self.origin.partition_point(|origin| origin.at <= range.start);
        let after = self.origin.partition_point(|origin| origin.at < range.end);
        let Some(start) = self.origin.get(first.saturating_sub(1)) else {
            return 0..0;
        };
        if range.start >= self.text.len() {
            let end = start.original.end;
            return end..end;
        }
        let last = &self.origin[after.max(first).saturating_sub(1)];
        if range.end <= range.start {
            return start.original.start..start.original.start;
        }
        start.original.start..last.original.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_finds_its_way_back() {
        let mut mapped = Mapped::default();
        mapped.push('盗', 0..3);
        mapped.push('f', 6..9);
        mapped.push('i', 6..9);

        assert_eq!(mapped.as_str(), "盗fi");
        assert_eq!(mapped.original_range(0..3), 0..3);
        assert_eq!(mapped.original_range(0..5), 0..9);
        assert_eq!(mapped.original_range(4..5), 6..9);
        assert_eq!(mapped.original_range(1..2), 0..3, "a cut character counts whole");
        assert_eq!(mapped.original_range(3..3), 6..6);
        assert_eq!(mapped.original_range(5..99), 9..9);
        assert_eq!(Mapped::default().original_range(0..4), 0..0);
    }
}
