//! Counting how rows were judged.

use serde::Serialize;

use super::rows::Row;
use crate::playbook::Class;
use crate::scoring::Assessment;
use crate::text::Language;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    pub part: usize,
    pub of: usize,
}

impl Share {
    fn count(&mut self, hit: bool) {
        self.part += usize::from(hit);
        self.of += 1;
    }

    /// `97.1 %`, or a dash for none of none.
    pub fn percent(self) -> String {
        if self.of == 0 {
            return "–".to_owned();
        }
        let tenths = (self.part * 2_000 + self.of) / (self.of * 2);
        format!("{}.{} %", tenths / 10, tenths % 10)
    }
}

/// What came of the rows of one language, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Incidents that jump the queue.
    pub found: Share,
    /// Routine requests that jump it.
    pub false_jumps: Share,
    /// Rows that nobody was sure of and that jump it.
    pub unclear_jumps: Share,
    /// Rows whose lead is right.
    pub lead: Share,
    /// Rows whose kind is the lead or one of the next two.
    pub among_three: Share,
}

/// One row's outcome.
pub struct Outcome {
    pub jumps: bool,
    pub chance: f64,
    pub lead: String,
    /// The lead and the two likeliest others.
    pub three: Vec<String>,
}

impl Outcome {
    pub fn of(assessment: &Assessment, chance: f64) -> Self {
        let others = assessment.standings.iter().filter(|standing| standing.kind != assessment.lead);
        let three = std::iter::once(assessment.lead.clone()).chain(others.take(2).map(|other| other.kind.clone()));
        Self {
            jumps: assessment.class == Class::Security,
            chance,
            lead: assessment.lead.clone(),
            three: three.collect(),
        }
    }

    /// Whether the class came out as the reader said.
    pub fn is_wrong(&self, row: &Row) -> bool {
        row.class.is_some_and(|class| (class == Class::Security) != self.jumps)
    }
}

/// The tally of the rows of a language, or of all.
pub fn tally(judged: &[(&Row, Outcome)], language: Option<Language>) -> Tally {
    let mut tally = Tally::default();
    for (row, outcome) in judged.iter().filter(|(row, _)| language.is_none_or(|language| row.language == language)) {
        match row.class {
            Some(Class::Security) => tally.found.count(outcome.jumps),
            Some(Class::Routine) => tally.false_jumps.count(outcome.jumps),
            None => tally.unclear_jumps.count(outcome.jumps),
        }
        if row.class.is_some() && !row.kinds.is_empty() {
            tally.lead.count(row.kinds.contains(&outcome.lead));
            tally.among_three.count(outcome.three.iter().any(|kind| row.kinds.contains(kind)));
        }
    }
    tally
}

/// One of ten bins of predicted chance.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Bin {
    /// Tenths, the lower end.
    pub from: usize,
    /// The mean chance predicted.
    pub predicted: f64,
    /// Rows that were incidents.
    pub incidents: Share,
}

/// Predicted chance against what was so, in ten bins; rows that nobody was sure of are left out.
pub fn reliability(judged: &[(&Row, Outcome)]) -> Vec<Bin> {
    let mut bins: Vec<Bin> = (0..10).map(|from| Bin { from, ..Bin::default() }).collect();
    for (row, outcome) in judged {
        let Some(class) = row.class else { continue };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chance lies between 0 and 1")]
        let bin = &mut bins[((outcome.chance * 10.0) as usize).min(9)];
        bin.predicted += outcome.chance;
        bin.incidents.count(class == Class::Security);
    }
    for bin in &mut bins {
        #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
        let rows = bin.incidents.of.max(1) as f64;
        bin.predicted /= rows;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(class: Option<Class>, kind: &str) -> Row {
        Row { id: "1".to_owned(), text: "x".to_owned(), language: Language::En, class, kinds: vec![kind.to_owned()] }
    }

    fn outcome(jumps: bool, chance: f64, three: &[&str]) -> Outcome {
        let three: Vec<String> = three.iter().map(|kind| (*kind).to_owned()).collect();
        Outcome { jumps, chance, lead: three[0].clone(), three }
    }

    #[test]
    fn rows_are_counted_by_what_the_reader_said() {
        let rows = [
            row(Some(Class::Security), "a"),
            row(Some(Class::Security), "b"),
            row(Some(Class::Routine), "r"),
            row(None, "a"),
        ];
        let outcomes = [
            outcome(true, 0.97, &["a", "b"]),
            outcome(false, 0.12, &["r", "s", "b"]),
            outcome(true, 0.62, &["a"]),
            outcome(true, 0.5, &["a"]),
        ];
        let judged: Vec<(&Row, Outcome)> = rows.iter().zip(outcomes).collect();
        let all = tally(&judged, None);
        assert_eq!((all.found, all.false_jumps), (Share { part: 1, of: 2 }, Share { part: 1, of: 1 }));
        assert_eq!((all.lead, all.among_three), (Share { part: 1, of: 3 }, Share { part: 2, of: 3 }));
        assert_eq!(tally(&judged, Some(Language::Zh)), Tally::default());
        let bins = reliability(&judged);
        assert_eq!((bins[9].incidents, bins[6].incidents), (Share { part: 1, of: 1 }, Share { part: 0, of: 1 }));
        assert_eq!(bins[5].incidents.of, 0, "nobody was sure of it");
    }

    #[test]
    fn shares_are_rounded_to_the_nearest_tenth() {
        assert_eq!(Share { part: 46, of: 48 }.percent(), "95.8 %");
        assert_eq!(Share { part: 2, of: 3 }.percent(), "66.7 %");
        assert_eq!(Share::default().percent(), "–");
    }
}
