use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};

use super::*;
use crate::web::pages::words::{Say, rooms};

/// The keys of one language with what each takes in.
fn held(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut held = BTreeMap::new();
    for file in files(language) {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(_, faults)| panic!("{faults:?}"));
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

#[test]
fn every_text_exists_in_every_language_and_takes_in_the_same() {
    let english = held(Language::En);
    for language in Language::ALL {
        assert_eq!(held(language), english, "{language} beside English");
    }
    let takes = |key: &str| english[key].iter().map(String::as_str).collect::<Vec<_>>();
    for key in english.keys() {
        assert!([vec![], vec!["piece"], vec!["count"]].contains(&takes(key)), "{key} takes in {:?}", takes(key));
    }
}

#[test]
fn the_pages_ask_for_the_texts_that_there_are_and_leave_none_unused() {
    let asked: Vec<Say> = rooms().flatten().map(|(_, say)| *say).collect();
    let keys: BTreeSet<String> = asked.iter().map(|say| say.key().to_owned()).collect();
    assert_eq!(keys.len(), asked.len(), "two names for one text");
    assert_eq!(keys, held(Language::En).into_keys().collect());
}

#[test]
fn texts_are_in_their_language_and_script() {
    let han = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    for (key, takes) in held(Language::En) {
        let shown = |language| {
            let catalogue = Catalogue::of(language);
            if takes.contains("count") { catalogue.counted(&key, 2) } else { catalogue.text(&key).to_owned() }
        };
        let [english, simplified, traditional] = Language::ALL.map(shown);
        assert!(!english.trim().is_empty() && !han(&english), "{key}: {english}");
        // Formats of moments and bare brackets need no word.
        assert!(han(&simplified) || takes.contains("piece") || key.starts_with("time-"), "{key}: {simplified}");
        let wrong = crate::text::traditional::wrong(&traditional);
        assert!(wrong.is_empty(), "{key}: {wrong:?} in {traditional}");
    }
}

#[test]
fn counts_take_their_form() {
    let english = Catalogue::of(Language::En);
    assert_eq!(english.counted("time-hours", 1), "1 hour");
    assert_eq!(english.counted("time-hours", 7), "7 hours");
    assert_eq!(Catalogue::of(Language::ZhHant).counted("time-minutes", 1), "1 分鐘");
}

#[test]
fn a_key_without_a_text_is_shown_itself() {
    assert_eq!(Catalogue::of(Language::En).text("no-such-text"), "no-such-text");
}
