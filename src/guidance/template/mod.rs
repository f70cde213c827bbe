//! The operator's own words for alarms and mails, in place of the built-in ones: read from Fluent files without logic, and
//! checked so that no wording can do what a thief's mail would. What frames a mail (reference, way in, footer, check number)
//! stays ours, whatever the words.

mod check;
mod known;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use self::check::Part;
pub use self::known::{KNOWN, Known, Sort};
use super::mail::{Mail, Told, framed, says, subject};
use crate::text::{Language, traditional};

/// One of the operator's files.
#[derive(Debug, Clone)]
pub struct Written {
    pub language: Language,
    /// As it is named in faults.
    pub file: String,
    pub text: String,
}

/// Why a wording is not used; the built-in one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub what: String,
    pub hint: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.what, self.hint)
    }
}

/// The wordings that passed.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    texts: BTreeMap<(Language, &'static str), Vec<Part>>,
}

impl Templates {
    /// Takes what passes and says what does not. `own` is the host of the house, to which alone an alarm may link.
    pub fn read(files: &[Written], own: Option<&str>) -> (Self, Vec<Fault>) {
        let (mut texts, mut faults) = (BTreeMap::new(), Vec::new());
        for written in files {
            for (name, parts) in check::file(written, own, &mut faults) {
                texts.insert((written.language, name), parts);
            }
        }
        (Self { texts }, faults)
    }

    /// How many wordings are the operator's.
    pub fn count(&self) -> usize {
        self.texts.len()
    }

    /// The operator's words, with the pieces in their places; nothing when there are none. Traditional script is made from
    /// simplified where only that was written.
    pub fn render(&self, name: &str, language: Language, pieces: &[(&str, &str)]) -> Option<String> {
        let find = |language| self.texts.iter().find(|((of, key), _)| *of == language && *key == name);
        let (found, converts) = match (find(language), language) {
            (Some((_, parts)), _) => (parts, false),
            (None, Language::ZhHant) => (find(Language::Zh)?.1, true),
            (None, Language::En | Language::Zh) => return None,
        };
        let part = |part: &Part| match part {
            Part::Text(text) if converts => traditional(text),
            Part::Text(text) => text.clone(),
            Part::Piece(piece) => {
                let given = pieces.iter().find(|(name, _)| name == piece);
                given.map_or_else(String::new, |(_, value)| (*value).to_owned())
            }
        };
        Some(found.iter().map(part).collect())
    }

    /// The mail about a case, in the operator's words where there are any; whether there are.
    pub fn mail(&self, told: Told, reference: &str, language: Language) -> (Mail, bool) {
        let pieces = [("reference", reference)];
        let own_subject = self.render(&format!("mail-{told}-subject"), language, &pieces);
        let own_text = self.render(&format!("mail-{told}-text"), language, &pieces);
        let own = own_subject.is_some() || own_text.is_some();
        let subject = own_subject.unwrap_or_else(|| subject(told, reference, language));
        let text = own_text.as_deref().unwrap_or_else(|| says(told, language));
        (Mail { subject, text: framed(text, reference, language) }, own)
    }
}
