//! The evidence pack as documents: composed once, written as text, as a page to print and as an archive. Words from outside
//! stand in lines of their own that begin with `>` and lead nowhere (OUT-01, OUT-05 to OUT-07).

mod compose;
mod pack;
#[cfg(test)]
mod tests;

pub use compose::{Chosen, documents, region_name};
pub use pack::Archive;

use crate::text::{Language, defang};

/// One document of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file's name without its ending.
    pub name: String,
    pub title: String,
    pub language: Language,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Text(String),
    Item(String),
    /// A label of ours with a value of ours.
    Fact(String, String),
    /// A label of ours with a value from outside, which is one line.
    Given(String, String),
    /// Words from outside under a line of ours.
    Quote(String, String),
}

impl Document {
    /// The document as plain text, with line feeds.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n", self.title, "=".repeat(self.title.chars().count().min(60)));
        let mut before_was_item = false;
        let colon = colon(self.language);
        for block in &self.blocks {
            let item = matches!(block, Block::Item(_) | Block::Fact(..) | Block::Given(..));
            if !(item && before_was_item) {
                text.push('\n');
            }
            before_was_item = item;
            let lines = match block {
                Block::Heading(words) => format!("{words}\n{}\n", "-".repeat(words.chars().count().min(60))),
                Block::Text(words) => format!("{words}\n"),
                Block::Item(words) => format!("- {words}\n"),
                Block::Fact(label, value) => format!("{label}{colon}{value}\n"),
                Block::Given(label, value) => format!("{label}{colon}{}\n", line(value)),
                Block::Quote(label, words) => {
                    let quoted: Vec<String> = defang(words).lines().map(|words| format!("> {words}\n")).collect();
                    format!("{label}\n{}", quoted.concat())
                }
            };
            text.push_str(&lines);
        }
        text
    }
}

/// What stands between a label and its value.
pub fn colon(language: Language) -> &'static str {
    match language {
        Language::En => ": ",
        Language::Zh | Language::ZhHant => "：",
    }
}

/// A value from outside on one line, with nothing to follow.
pub fn line(value: &str) -> String {
    let plain: String = value.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    defang(&plain)
}
