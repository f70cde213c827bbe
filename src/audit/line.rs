//! The canonical form of an entry: one line of JSON with its fields in a fixed order. Its bytes are the leaf of the tree and
//! the line of an export, so a verifier hashes what it reads and needs no canonical form of its own.

use std::fmt::{self, Write};

use crate::time::Timestamp;

/// An entry as it stands in the trail.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Counted from 1, without gaps.
    pub sequence: i64,
    pub at: Timestamp,
    pub actor: &'a str,
    /// Digest of the session or token it was done with; nothing for what had none.
    pub session: Option<&'a str>,
    pub action: &'a str,
    pub object: &'a str,
    pub outcome: &'a str,
    /// JSON, taken as it stands. It comes last, so no two entries have the same line.
    pub detail: &'a str,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{\"sequence\":{},\"at\":\"{}\",\"actor\":", self.sequence, self.at)?;
        quoted(f, self.actor)?;
        f.write_str(",\"session\":")?;
        match self.session {
            Some(session) => quoted(f, session)?,
            None => f.write_str("null")?,
        }
        for (name, text) in [("action", self.action), ("object", self.object), ("outcome", self.outcome)] {
            write!(f, ",\"{name}\":")?;
            quoted(f, text)?;
        }
        write!(f, ",\"detail\":{}}}", self.detail)
    }
}

/// The shortest JSON string that every writer of JSON agrees on.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for letter in text.chars() {
        match letter {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            control if u32::from(control) < 0x20 => write!(f, "\\u{:04x}", u32::from(control))?,
            plain => f.write_char(plain)?,
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Line<'static> {
        Line {
            sequence: 7,
            at: Timestamp::from_millis(1_772_442_000_000),
            actor: "staff:\"a\"\n",
            session: None,
            action: "incident.view",
            object: "incident:1",
            outcome: "done",
            detail: r#"{"level":2}"#,
        }
    }

    /// AUD-02: sequence, UTC time, actor, session, action, object and outcome, in this order.
    #[test]
    fn an_entry_is_one_line_of_json() {
        let text = entry().to_string();
        assert_eq!(
            text,
            r#"{"sequence":7,"at":"2026-03-02T09:00:00.000Z","actor":"staff:\"a\"\n","session":null,"action":"incident.view","object":"incident:1","outcome":"done","detail":{"level":2}}"#
        );
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["actor"], "staff:\"a\"\n");
    }

    #[test]
    fn every_field_counts() {
        let first = entry();
        let others = [
            Line { sequence: 8, ..first },
            Line { at: Timestamp::from_millis(1), ..first },
            Line { actor: "system", ..first },
            Line { session: Some("null"), ..first },
            Line { action: "incident.note", ..first },
            Line { object: "incident:2", ..first },
            Line { outcome: "refused", ..first },
            Line { detail: r#"{"level": 2}"#, ..first },
        ];
        for other in others {
            assert_ne!(other.to_string(), first.to_string());
        }
    }
}
