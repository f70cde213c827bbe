//! Many rows as one argument: a JSON array of objects, sealed bytes as hex, times as milliseconds.

use serde::{Serialize, Serializer};

use super::{Error, Result};
use crate::time::{Span, Timestamp};

/// The rows as one text argument for `json_each` or `json_to_recordset`.
pub fn rows<T: Serialize + ?Sized>(table: &'static str, rows: &T) -> Result<String> {
    serde_json::to_string(rows).map_err(|cause| Error::Failed { table, source: sqlx::Error::Encode(cause.into()) })
}

/// Writes a moment as the number its column holds; for `serialize_with`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub fn millis<S: Serializer>(at: &Timestamp, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_i64(at.millis())
}

/// Writes a span as milliseconds; for `serialize_with`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub fn span<S: Serializer>(span: &Span, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_i64(span.millis())
}

/// Writes sealed bytes as hex, which JSON can carry and both engines can read back; for `serialize_with`.
pub fn hex<S: Serializer>(bytes: &[u8], to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_str(&hex::encode(bytes))
}
