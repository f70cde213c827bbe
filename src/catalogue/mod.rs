//! The texts that people read, from Fluent files: one folder a language, one file a room. Who has texts keeps a shelf of
//! such files beside its own sources (`shelf!`), and names them there; here is only how they are read and put together.

#[cfg(test)]
pub mod complete;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Message};
use unic_langid::LanguageIdentifier;

use crate::text::Language;

/// Makes a module's shelf: `files` gives the rooms of a language, and `of` its catalogue, read once. The folder is written
/// from the file in which this stands.
macro_rules! shelf {
    ($folder:literal: $($room:literal),* $(,)?) => {
        /// The files of one language, in the order of their names.
        fn files(language: $crate::text::Language) -> &'static [&'static str] {
            match language {
                $crate::text::Language::En => &[$(include_str!(concat!($folder, "/en/", $room, ".ftl"))),*],
                $crate::text::Language::Zh => &[$(include_str!(concat!($folder, "/zh-Hans/", $room, ".ftl"))),*],
                $crate::text::Language::ZhHant => &[$(include_str!(concat!($folder, "/zh-Hant/", $room, ".ftl"))),*],
            }
        }

        /// The texts of one language.
        pub fn of(language: $crate::text::Language) -> &'static $crate::catalogue::Catalogue {
            static READ: std::sync::LazyLock<[$crate::catalogue::Catalogue; 3]> = std::sync::LazyLock::new(|| {
                $crate::text::Language::ALL.map(|language| $crate::catalogue::Catalogue::read(language, files(language)))
            });
            let [english, simplified, traditional] = &*READ;
            match language {
                $crate::text::Language::En => english,
                $crate::text::Language::Zh => simplified,
                $crate::text::Language::ZhHant => traditional,
            }
        }
    };
}
pub(crate) use shelf;

/// What is put in where a text says `{ $piece }`, until the piece itself takes its place.
const PIECE: char = '\u{fffc}';

/// The texts of one language.
pub struct Catalogue {
    /// Texts that take in nothing, or one piece of a page: formatted once.
    texts: BTreeMap<String, String>,
    /// For texts that take in a count, or pieces with names of their own.
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    pub fn read(language: Language, files: &[&'static str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![identifier(language)]);
        // The marks that keep a piece in its own direction are `bdi` elements on pages, and nothing in letters.
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for file in files {
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(read, _)| read);
            keys.extend(resource.entries().filter_map(key));
            bundle.add_resource_overriding(resource);
        }
        let mut catalogue = Self { texts: BTreeMap::new(), bundle };
        let mut piece = FluentArgs::new();
        piece.set("piece", PIECE.to_string());
        for key in keys {
            if let Some(text) = catalogue.format(&key, &piece) {
                catalogue.texts.insert(key, text);
            }
        }
        catalogue
    }

    /// The text, with [`PIECE`] where something is put in. A key without a text is shown itself; tests know of none.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The parts of a text before and after its piece.
    pub fn around<'a>(&'a self, key: &'a str) -> (&'a str, &'a str) {
        let text = self.text(key);
        text.split_once(PIECE).unwrap_or((text, ""))
    }

    /// The text in its form for a count, `{ $count }` written out.
    pub fn counted(&self, key: &str, count: i64) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("count", count);
        self.format(key, &arguments).unwrap_or_else(|| format!("{key} {count}"))
    }

    /// The text with its pieces, each under the name that the text has for it.
    pub fn with(&self, key: &str, pieces: &[(&'static str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, piece) in pieces {
            arguments.set(*name, (*piece).to_owned());
        }
        self.format(key, &arguments).unwrap_or_else(|| key.to_owned())
    }

    fn format(&self, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(arguments), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}

/// Decides which form of a text goes with a count.
fn identifier(language: Language) -> LanguageIdentifier {
    let tag = match language {
        Language::En => "en",
        Language::Zh => "zh-Hans",
        Language::ZhHant => "zh-Hant",
    };
    tag.parse().expect("the tags above are well-formed")
}

fn key(entry: &Entry<&str>) -> Option<String> {
    match entry {
        Entry::Message(Message { id, .. }) => Some(id.name.to_owned()),
        Entry::Term(_)
        | Entry::Comment(_)
        | Entry::GroupComment(_)
        | Entry::ResourceComment(_)
        | Entry::Junk { .. } => None,
    }
}
