//! The head of a request as it came over the wire: where it ends, its limits (IN-01), and whether two parties could
//! read it differently (IN-04).
//!
//! hyper parses the same bytes afterwards, but too late to tell: it removes a `Content-Length` that a
//! `Transfer-Encoding` overrules, folds equal lengths into one, and takes a bare line feed for a line end.

use std::ops::Range;

use axum::http::{HeaderName, HeaderValue, Method, Uri, header};

use super::Limits;

/// Room for a method and a version beside the target in the first line.
const AROUND_TARGET: usize = 64;

/// Why the door answers a head itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not HTTP/1, or HTTP that can be read in two ways; the word names the rule.
    Malformed(&'static str),
    /// A method that nothing here ever answers.
    Method,
    TargetTooLong,
    HeadersTooLarge,
    /// The head was begun and not ended in time.
    TooSlow,
}

/// What follows the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// This many bytes; 0 where there is no body.
    Length(u64),
    Chunked,
}

/// The bytes that came and are not handed on yet, read as a head while they come.
#[derive(Default)]
pub(super) struct Head {
    raw: Vec<u8>,
    scanned: usize,
    line_start: usize,
    lines: Vec<Range<usize>>,
}

impl Head {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
    }

    pub(super) fn len(&self) -> usize {
        self.raw.len()
    }

    /// Bytes of a body that arrived together with the head before it.
    pub(super) fn take_body(&mut self, at_most: usize) -> Vec<u8> {
        let count = at_most.min(self.raw.len());
        self.raw.drain(..count).collect()
    }

    /// The whole head once its last byte is here.
    pub(super) fn find(&mut self, limits: &Limits) -> Result<Option<(Vec<u8>, Framing)>, Refusal> {
        while let Some(&byte) = self.raw.get(self.scanned) {
            let at = self.scanned;
            self.scanned += 1;
            let after_return = at > self.line_start && self.raw[at - 1] == b'\r';
            if after_return != (byte == b'\n') {
                return Err(Refusal::Malformed("line-end"));
            }
            if byte != b'\n' {
                continue;
            }
            let line = self.line_start..at - 1;
            self.line_start = self.scanned;
            if !line.is_empty() {
                self.lines.push(line);
                self.within(limits)?;
            } else if !self.lines.is_empty() {
                self.within(limits)?;
                return self.take(limits).map(Some);
            }
        }
        self.within(limits)?;
        Ok(None)
    }

    fn within(&self, limits: &Limits) -> Result<(), Refusal> {
        let Some(first) = self.lines.first() else {
            let too_long = self.scanned > limits.target_bytes + AROUND_TARGET;
            return if too_long { Err(Refusal::TargetTooLong) } else { Ok(()) };
        };
        if first.end > limits.target_bytes + AROUND_TARGET {
            return Err(Refusal::TargetTooLong);
        }
        // Without the two bytes that end the first line.
        let headers = self.scanned - first.end - 2;
        if headers > limits.header_bytes || self.lines.len() > limits.header_lines + 1 {
            return Err(Refusal::HeadersTooLarge);
        }
        Ok(())
    }

    fn take(&mut self, limits: &Limits) -> Result<(Vec<u8>, Framing), Refusal> {
        let framing = check(&self.raw, &self.lines, limits)?;
        let head = self.raw[self.lines[0].start..self.scanned].to_vec();
        self.raw.drain(..self.scanned);
        self.scanned = 0;
        self.line_start = 0;
        self.lines.clear();
        Ok((head, framing))
    }
}

fn check(raw: &[u8], lines: &[Range<usize>], limits: &Limits) -> Result<Framing, Refusal> {
    let mut lines = lines.iter().map(|line| &raw[line.clone()]);
    let newest = request_line(lines.next().unwrap_or_default(), limits)?;
    let mut length = None;
    let mut chunked = false;
    let mut hosts = 0;
    for line in lines {
        let (name, value) = field(line)?;
        if name == header::CONTENT_LENGTH {
            if length.replace(whole_number(value)?).is_some() {
                return Err(Refusal::Malformed("content-length"));
            }
        } else if name == header::TRANSFER_ENCODING {
            if chunked || !newest || !value.eq_ignore_ascii_case(b"chunked") {
                return Err(Refusal::Malformed("transfer-encoding"));
            }
            chunked = true;
        } else if name == header::HOST {
            hosts += 1;
        }
    }
    if hosts > 1 || (newest && hosts == 0) {
        return Err(Refusal::Malformed("host"));
    }
    match (chunked, length) {
        (true, Some(_)) => Err(Refusal::Malformed("framing")),
        (true, None) => Ok(Framing::Chunked),
        (false, length) => Ok(Framing::Length(length.unwrap_or(0))),
    }
}

/// Whether the line is of HTTP/1.1, rather than 1.0, which front ends still speak.
fn request_line(line: &[u8], limits: &Limits) -> Result<bool, Refusal> {
    let malformed = Refusal::Malformed("request-line");
    let mut words = line.split(|byte| *byte == b' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(malformed);
    };
    let newest = match version {
        b"HTTP/1.1" => true,
        b"HTTP/1.0" => false,
        _ => return Err(malformed),
    };
    let method = Method::from_bytes(method).map_err(|_| malformed)?;
    if target.len() > limits.target_bytes {
        return Err(Refusal::TargetTooLong);
    }
    if method == Method::CONNECT || method == Method::TRACE {
        return Err(Refusal::Method);
    }
    // Only a path: an authority here could differ from the host, and a fragment would be dropped without a word.
    if !target.starts_with(b"/") || target.contains(&b'#') || Uri::try_from(target).is_err() {
        return Err(malformed);
    }
    Ok(newest)
}

/// A folded line begins with a blank and a blank before the colon is no part of a name, so both fail as names.
fn field(line: &[u8]) -> Result<(HeaderName, &[u8]), Refusal> {
    let malformed = Refusal::Malformed("header");
    let colon = line.iter().position(|byte| *byte == b':').ok_or(malformed)?;
    let name = HeaderName::from_bytes(&line[..colon]).map_err(|_| malformed)?;
    let value = line[colon + 1..].trim_ascii();
    HeaderValue::from_bytes(value).map_err(|_| malformed)?;
    Ok((name, value))
}

/// Digits only, and so few that the number fits: a sign, a blank or a list could be read differently elsewhere.
fn whole_number(value: &[u8]) -> Result<u64, Refusal> {
    let malformed = Refusal::Malformed("content-length");
    if value.len() > 18 || !value.iter().all(u8::is_ascii_digit) {
        return Err(malformed);
    }
    str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()).ok_or(malformed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Read = Result<Option<(Vec<u8>, Framing)>, Refusal>;

    fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Read {
        let mut head = Head::default();
        for piece in pieces {
            head.push(piece);
            if let found @ (Ok(Some(_)) | Err(_)) = head.find(&Limits::default()) {
                return found;
            }
        }
        Ok(None)
    }

    proptest! {
        #[test]
        fn however_the_bytes_are_cut_they_are_read_the_same(
            lines in prop::collection::vec("(Host: a|Content-Length: [0-9,+]{1,3}|X: [a-z\r\n\t]{0,3}|\\PC{0,8}|)", 0..5),
            cut in 1_usize..20,
        ) {
            let bytes = format!("POST /echo HTTP/1.1\r\n{}\r\n\r\nbody", lines.join("\r\n"));
            let whole = read(std::iter::once(bytes.as_bytes()));
            prop_assert_eq!(&read(bytes.as_bytes().chunks(cut)), &whole);
            if let Ok(Some((head, _))) = whole {
                prop_assert!(head.ends_with(b"\r\n\r\n") && bytes.as_bytes().starts_with(&head));
            }
        }
    }
}
