//! What comes of labelled reports: how many incidents are found, how many routine requests jump the queue.

use std::io::{self, Write};

use serde_json::Value;

use super::line::{Label, Labelled};
use crate::playbook::Class;
use crate::scoring::Assessment;

/// Counts over one run.
#[derive(Default)]
pub struct Tally {
    pub assessed: usize,
    pub refused: usize,
    seen: Vec<Seen>,
}

struct Seen {
    id: String,
    label: Label,
    kind: String,
    language: String,
    jumps: bool,
    lead: String,
}

impl Tally {
    pub fn note(&mut self, id: &Value, labelled: Labelled, assessment: &Assessment) {
        self.seen.push(Seen {
            id: id.as_str().map_or_else(|| id.to_string(), str::to_owned),
            label: labelled.label,
            kind: labelled.kind,
            language: if labelled.language.is_empty() { "?".to_owned() } else { labelled.language },
            jumps: assessment.class == Class::Security,
            lead: assessment.lead.clone(),
        });
    }

    /// Writes the summary; nothing when there is nothing to sum up.
    pub fn write(&self, notes: &mut dyn Write) -> io::Result<()> {
        if self.seen.is_empty() && self.refused == 0 {
            return Ok(());
        }
        writeln!(notes, "{} assessed, {} refused", self.assessed, self.refused)?;
        for (label, text) in [
            (Label::Incident, "recall of incidents"),
            (Label::Routine, "routine that jumps"),
            (Label::Unclear, "unclear that jumps"),
        ] {
            self.share(notes, label, text)?;
        }
        self.list(notes, "missed", |seen| seen.label == Label::Incident && !seen.jumps)?;
        self.list(notes, "jumped", |seen| seen.label == Label::Routine && seen.jumps)
    }

    fn share(&self, notes: &mut dyn Write, label: Label, text: &str) -> io::Result<()> {
        let all = self.count(label, None);
        if all.1 == 0 {
            return Ok(());
        }
        write!(notes, "{text}  {}", shown(all))?;
        let mut languages: Vec<&str> = self.seen.iter().map(|seen| seen.language.as_str()).collect();
        languages.sort_unstable();
        languages.dedup();
        for language in languages {
            let part = self.count(label, Some(language));
            if part.1 > 0 {
                write!(notes, "   {language} {}", shown(part))?;
            }
        }
        writeln!(notes)
    }

    /// How many of a label jump, and how many there are.
    fn count(&self, label: Label, language: Option<&str>) -> (usize, usize) {
        let of = self
            .seen
            .iter()
            .filter(|seen| seen.label == label && language.is_none_or(|language| seen.language == language));
        of.fold((0, 0), |(jump, all), seen| (jump + usize::from(seen.jumps), all + 1))
    }

    fn list(&self, notes: &mut dyn Write, text: &str, wrong: impl Fn(&Seen) -> bool) -> io::Result<()> {
        for seen in self.seen.iter().filter(|seen| wrong(seen)) {
            writeln!(notes, "{text}  {}  {} {} led to {}", seen.id, seen.language, seen.kind, seen.lead)?;
        }
        Ok(())
    }
}

/// `46 of 48 (95.8 %)`, rounded to the nearest tenth.
fn shown((part, all): (usize, usize)) -> String {
    let tenths = (part * 2_000 + all) / (all * 2);
    format!("{part} of {all} ({}.{} %)", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_the_nearest_tenth() {
        assert_eq!(shown((46, 48)), "46 of 48 (95.8 %)");
        assert_eq!(shown((2, 3)), "2 of 3 (66.7 %)");
        assert_eq!(shown((48, 48)), "48 of 48 (100.0 %)");
    }
}
