//! Conditions of a source file: the one match language over places instead of fields.

use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::place::{Place, Scene};
use crate::playbook::matcher::{Match, Matcher};
use crate::signal::FieldType;

/// A checked condition.
#[derive(Debug, Clone)]
pub struct Condition {
    matcher: Matcher,
    of_element: bool,
}

impl Condition {
    pub fn check(written: &Spanned<Match>) -> Result<Self, Flaw> {
        let lines = match &written.value {
            Match::All(line) => std::slice::from_ref(line),
            Match::Any(lines) => lines,
        };
        let mut of_element = false;
        for key in lines.iter().flat_map(|line| line.keys()) {
            let place = key.split('|').next().unwrap_or_default();
            of_element |= Place::read(place).map_err(|says| Flaw::at(written, says))?.of_element();
        }
        // Every place was read above, so none is unknown to the matcher.
        let matcher = Matcher::new(&written.value, &|_| Some(FieldType::Text), &[])
            .map_err(|error| Flaw::at(written, error.to_string()))?;
        Ok(Self { matcher, of_element })
    }

    /// Whether some place it looks at is inside the element.
    pub fn of_element(&self) -> bool {
        self.of_element
    }

    pub fn fits(&self, scene: Scene<'_>) -> bool {
        self.matcher.fits(&scene)
    }
}
