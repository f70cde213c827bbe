//! PDF: kept as it came when nothing but a PDF, whole, and as far as can be seen without unpacking it nothing that runs.

use super::{Clean, Kind, Refused};

/// Names of what runs, leads out or carries files.
const ACTIVE: [&[u8]; 6] = [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/ImportData"];
const END: &[u8] = b"%%EOF";
/// An archive's directory ends within so many bytes of its end.
const DIRECTORY: usize = 66 * 1024;
/// How far in markup is looked for.
const BEGIN: usize = 1024;

pub(super) fn checked(bytes: &[u8]) -> Result<Clean, Refused> {
    let begin = bytes.get(..BEGIN).unwrap_or(bytes).to_ascii_lowercase();
    if [b"<html".as_slice(), b"<script", b"<svg", b"<!doctype"].iter().any(|tag| holds(&begin, tag)) {
        return Err(Refused::Markup);
    }
    let end = &bytes[bytes.len().saturating_sub(DIRECTORY)..];
    if holds(end, b"PK\x05\x06") {
        return Err(Refused::Archive);
    }
    let filler = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let last = bytes.iter().rposition(|byte| !filler(byte)).map_or(0, |at| at + 1);
    if !bytes[..last].ends_with(END) {
        return Err(Refused::Broken);
    }
    if ACTIVE.iter().any(|name| names(bytes, name)) {
        return Err(Refused::Active);
    }
    Ok(Clean { kind: Kind::Pdf, bytes: bytes.to_vec(), secrets: Vec::new() })
}

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}

/// Whether a name stands there whole: `/JS` is not the begin of `/JSomething`.
fn names(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).enumerate().any(|(at, window)| {
        let more = bytes.get(at + name.len()).is_some_and(|next| next.is_ascii_lowercase() || next.is_ascii_digit());
        window == name && (!more || name == b"/EmbeddedFile")
    })
}
