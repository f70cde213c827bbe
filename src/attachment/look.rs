//! What a file is, by its bytes alone.

use super::Refused;

/// A form that is taken.
pub(super) enum Form {
    Png,
    Jpeg,
    Webp,
    Pdf,
    /// In the encoding of its byte order mark; UTF-8 without one.
    Text(String),
}

/// First bytes of archives, office documents among them (ZIP, OLE).
const ARCHIVES: [&[u8]; 9] = [
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xfd7zXZ\x00",
    b"BZh",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
];

/// The form of a file, or why its form is not taken.
pub(super) fn at(bytes: &[u8]) -> Result<Form, Refused> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refused::Empty);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Form::Png);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(Form::Jpeg);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Form::Webp);
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(Form::Pdf);
    }
    // Some GIF files are text from end to end.
    if [b"GIF87a", b"GIF89a"].iter().any(|magic| bytes.starts_with(*magic)) {
        return Err(Refused::Unknown);
    }
    let is_tar = bytes.get(257..262) == Some(b"ustar");
    if is_tar || ARCHIVES.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Refused::Archive);
    }
    text(bytes).map(Form::Text).ok_or(Refused::Unknown)
}

/// The file as text, when it is one: no control characters but those of lines and tabs.
fn text(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok()?,
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => String::from_utf8(bytes.to_vec()).ok()?,
    };
    let is_plain = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}');
    text.chars().all(is_plain).then_some(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
}
