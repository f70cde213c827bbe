//! Whether a shelf is complete: every text in every language, in its script, asked for by a name, taking in the same.
//! Faults are told one by one, for a whole catalogue in a message is read by nobody.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};

use super::Catalogue;
use crate::text::Language;

pub type Files = fn(Language) -> &'static [&'static str];

/// A shelf as its tests see it.
pub struct Shelf {
    pub files: Files,
    pub of: fn(Language) -> &'static Catalogue,
    /// Every name by which texts are called, with the pieces that it hands over; nothing where any will do.
    pub names: Vec<(&'static str, Option<Vec<&'static str>>)>,
}

impl Shelf {
    /// All that is wrong, a line each.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = self.unnamed();
        let english = held(self.files, Language::En);
        for language in Language::ALL {
            let own = held(self.files, language);
            for key in english.keys().chain(own.keys()).collect::<BTreeSet<_>>() {
                match (english.get(key), own.get(key)) {
                    (Some(_), None) => faults.push(format!("{key} is missing in {language}")),
                    (None, Some(_)) => faults.push(format!("{key} is in {language} and not in English")),
                    (one, other) if one != other => {
                        faults.push(format!("{key} takes in {other:?} in {language}, {one:?} in English"));
                    }
                    _ => {}
                }
            }
        }
        faults.extend(english.iter().filter_map(|(key, takes)| self.in_their_script(key, takes)));
        faults
    }

    /// Names without a text, texts without a name, pieces that are handed over and not taken in.
    fn unnamed(&self) -> Vec<String> {
        let held = held(self.files, Language::En);
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for (key, hands) in &self.names {
            if !seen.insert(*key) {
                faults.push(format!("{key} has two names"));
            }
            match (held.get(*key), hands) {
                (None, _) => faults.push(format!("{key} is named and has no text")),
                (Some(takes), Some(hands))
                    if *takes != hands.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>() =>
                {
                    faults.push(format!("{key} takes in {takes:?}, its name hands over {hands:?}"));
                }
                (Some(_), _) => {}
            }
        }
        faults.extend(held.keys().filter(|key| !seen.contains(key.as_str())).map(|key| format!("{key} has no name")));
        faults
    }

    fn in_their_script(&self, key: &str, takes: &BTreeSet<String>) -> Option<String> {
        let han = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        let named = self.names.iter().find(|(name, _)| *name == key);
        let shown = |language: Language| {
            let catalogue = (self.of)(language);
            match named.and_then(|(_, hands)| hands.as_ref()) {
                Some(hands) => catalogue.with(key, &hands.iter().map(|name| (*name, "-")).collect::<Vec<_>>()),
                None if takes.contains("count") => catalogue.counted(key, 2),
                None => catalogue.text(key).to_owned(),
            }
        };
        let [english, simplified, traditional] = Language::ALL.map(shown);
        let wrong = crate::text::traditional::wrong(&traditional);
        // Formats of moments and bare brackets need no word.
        let bare = takes.contains("piece") || key.starts_with("time-");
        if english.trim().is_empty() || han(&english) || english == key {
            Some(format!("{key} in English: {english}"))
        } else if !han(&simplified) && !bare {
            Some(format!("{key} in Chinese: {simplified}"))
        } else if !wrong.is_empty() {
            Some(format!("{key} in traditional script: {wrong:?} in {traditional}"))
        } else {
            None
        }
    }
}

/// The keys of one language with what each takes in.
pub fn held(files: Files, language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut held = BTreeMap::new();
    for file in files(language) {
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(_, faults)| panic!("{faults:?}"));
        for entry in resource.entries() {
            let Entry::Message(message) = entry else {
                assert!(matches!(entry, Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_)));
                continue;
            };
            let mut takes = BTreeSet::new();
            for element in &message.value.as_ref().expect("a message has a text").elements {
                if let PatternElement::Placeable { expression } = element {
                    match expression {
                        Expression::Select { selector: InlineExpression::VariableReference { id }, .. }
                        | Expression::Inline(InlineExpression::VariableReference { id }) => {
                            takes.insert(id.name.to_owned());
                        }
                        Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
                        Expression::Select { .. } | Expression::Inline(_) => {
                            panic!("{} is too clever", message.id.name)
                        }
                    }
                }
            }
            let again = held.insert(message.id.name.to_owned(), takes);
            assert!(again.is_none(), "{} stands twice in {language}", message.id.name);
        }
    }
    held
}
