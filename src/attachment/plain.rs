//! Plain text: nothing that is markup or a browser's recording, and nothing in it that opens an account.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Clean, Kind, Refused};
use crate::phrase::scrub;
use crate::text::{Unclean, clean};

/// Characters of a text; looking for secrets takes a while.
const LONGEST: usize = 1024 * 1024;
/// How far into a text markup is looked for: what guesses at a type looks no further.
const BEGIN: usize = 1024;
/// Markup when a text begins with one of them.
const TAGS: [&str; 30] = [
    "html", "head", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b", "body", "br", "p",
    "svg", "math", "img", "meta", "link", "object", "embed", "form", "input", "base", "frameset", "video", "audio",
    "template", "rss",
];
/// Markup wherever they stand near the begin.
const SURE: [&str; 6] = ["<!doctype", "<html", "<script", "<svg", "<?xml", "<iframe"];

pub(super) fn scrubbed(text: &str) -> Result<Clean, Refused> {
    if text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    if is_markup(text) {
        return Err(Refused::Markup);
    }
    if is_recording(text) {
        return Err(Refused::Recording);
    }
    if text.chars().count() > LONGEST {
        return Err(Refused::TooLong);
    }
    let scrubbed = scrub(text);
    let secrets = scrubbed.removed.iter().map(|removed| removed.secret).collect();
    let text = clean(&scrubbed.text, LONGEST * 2).map_err(|unclean| match unclean {
        Unclean::TooLong { .. } => Refused::TooLong,
        Unclean::Nul => Refused::Unknown,
    })?;
    Ok(Clean { kind: Kind::Text, bytes: text.into_bytes(), secrets })
}

fn is_markup(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(BEGIN).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!--") || SURE.iter().any(|sure| start.contains(sure)) {
        return true;
    }
    let Some(rest) = start.strip_prefix('<') else { return false };
    TAGS.iter().any(|tag| {
        rest.strip_prefix(tag).is_some_and(|after| after.starts_with([' ', '\t', '\n', '\r', '\u{c}', '>', '/']))
    })
}

#[derive(Deserialize)]
struct Recording {
    #[serde(rename = "log")]
    _log: Log,
}

#[derive(Deserialize)]
struct Log {
    #[serde(rename = "entries")]
    _entries: IgnoredAny,
}

/// A HAR file, also one that was cut off.
fn is_recording(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{')
        && (serde_json::from_str::<Recording>(text).is_ok()
            || ["\"log\"", "\"entries\"", "\"request\""].iter().all(|member| text.contains(member)))
}
