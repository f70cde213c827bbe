//! The texts of the pages, from the Fluent files in `catalogues/`: one folder a language, one file a room.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Message};
use unic_langid::LanguageIdentifier;

use crate::text::Language;

macro_rules! rooms {
    ($($room:literal),* $(,)?) => {
        /// The files of one language, in the order of their names.
        fn files(language: Language) -> [&'static str; [$($room),*].len()] {
            match language {
                Language::En => [$(include_str!(concat!("../catalogues/en/", $room, ".ftl"))),*],
                Language::Zh => [$(include_str!(concat!("../catalogues/zh-Hans/", $room, ".ftl"))),*],
                Language::ZhHant => [$(include_str!(concat!("../catalogues/zh-Hant/", $room, ".ftl"))),*],
            }
        }
    };
}

rooms![
    "alarms",
    "answer",
    "attachment",
    "begin",
    "case",
    "casepage",
    "chats",
    "check",
    "circle",
    "desk",
    "door",
    "embedded",
    "evidence",
    "feedback",
    "frame",
    "help",
    "inbox",
    "letters",
    "numbers",
    "orders",
    "people",
    "plan",
    "report",
    "routine",
    "shift",
    "sources",
    "staff",
    "time"
];

/// What is put in where a text says `{ $piece }`, until the piece itself takes its place.
const PIECE: char = '\u{fffc}';

/// The texts of one language.
pub struct Catalogue {
    /// Texts that take in nothing, or one piece of the page: formatted once.
    texts: BTreeMap<String, String>,
    /// For texts that take in a count.
    bundle: FluentBundle<FluentResource>,
}

static CATALOGUES: LazyLock<[Catalogue; 3]> = LazyLock::new(|| Language::ALL.map(Catalogue::read));

impl Catalogue {
    pub fn of(language: Language) -> &'static Self {
        let [english, simplified, traditional] = &*CATALOGUES;
        match language {
            Language::En => english,
            Language::Zh => simplified,
            Language::ZhHant => traditional,
        }
    }

    fn read(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![identifier(language)]);
        // The marks that keep a piece in its own direction are `bdi` elements here.
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for file in files(language) {
            let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(read, _)| read);
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

#[cfg(test)]
mod tests;
