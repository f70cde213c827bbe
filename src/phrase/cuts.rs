//! Keeps what was cut from a text, shows the rest to the next pass, and writes the marks.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{Found, Removed, Scrubbed, Secret};

/// The parts removed so far, as disjoint ranges of the original text in order.
#[derive(Default)]
pub struct Cuts {
    kept: Vec<Found>,
}

/// The text with marks in place of the cuts, wiped when dropped.
pub struct View {
    text: Zeroizing<String>,
    marks: Vec<Removed>,
}

impl View {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original bytes under a range of the view; a range that touches a mark takes all of its cut.
    fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.position(range.start, Side::Start)..self.position(range.end, Side::End)
    }

    fn position(&self, at: usize, side: Side) -> usize {
        let index = self.marks.partition_point(|mark| mark.at.end <= at);
        if let Some(mark) = self.marks.get(index)
            && mark.at.start < at
        {
            return match side {
                Side::Start => mark.original.start,
                Side::End => mark.original.end,
            };
        }
        match index.checked_sub(1).map(|before| &self.marks[before]) {
            Some(mark) => mark.original.end + (at - mark.at.end),
            None => at,
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

impl Cuts {
    pub fn render(&self, original: &str) -> View {
        let marks: usize = self.kept.iter().map(|(_, secret)| secret.mark().len()).sum();
        let mut text = Zeroizing::new(String::with_capacity(original.len() + marks));
        let mut removed = Vec::with_capacity(self.kept.len());
        let mut from = 0;
        for (range, secret) in &self.kept {
            text.push_str(&original[from..range.start]);
            let start = text.len();
            text.push_str(secret.mark());
            removed.push(Removed { secret: *secret, at: start..text.len(), original: range.clone() });
            from = range.end;
        }
        text.push_str(&original[from..]);
        View { text, marks: removed }
    }

    /// Adds what a pass over the view found; says whether anything is new.
    pub fn add(&mut self, view: &View, found: &[Found]) -> bool {
        let before = self.kept.clone();
        self.kept.extend(found.iter().map(|(range, secret)| (view.original(range), *secret)));
        self.kept.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut merged: Vec<Found> = Vec::with_capacity(self.kept.len());
        for (range, secret) in self.kept.drain(..) {
            match merged.last_mut() {
                Some((last, kind)) if range.start < last.end => {
                    if range.len() > last.len() {
                        *kind = secret;
                    }
                    last.end = last.end.max(range.end);
                }
                Some(_) | None => merged.push((range, secret)),
            }
        }
        self.kept = merged;
        self.kept != before
    }

    pub fn finish(&self, original: &str) -> Scrubbed {
        let mut view = self.render(original);
        Scrubbed { text: std::mem::take(&mut *view.text), removed: std::mem::take(&mut view.marks) }
    }
}

/// The marks that stand in a text already scrubbed.
pub fn marks(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = text
        .match_indices("[removed: ")
        .filter_map(|(at, _)| {
            let secret = Secret::ALL.into_iter().find(|secret| text[at..].starts_with(secret.mark()))?;
            Some(at..at + secret.mark().len())
        })
        .collect();
    ranges.dedup();
    ranges
}
