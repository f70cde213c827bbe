//! Forms that carry a file, as browsers send them.

use reqwest::RequestBuilder;

/// A file with what a client says of it.
pub struct Sent<'a> {
    pub name: &'a str,
    pub kind: &'a str,
    pub bytes: &'a [u8],
}

impl<'a> Sent<'a> {
    /// A file about which nothing true is said.
    pub fn misnamed(bytes: &'a [u8]) -> Self {
        Self { name: "../../holiday.php\u{202e}gpj.exe", kind: "application/x-httpd-php", bytes }
    }
}

const BOUNDARY: &str = "----story7MA4YWxkTrZu0gW";

/// A request with fields and a file in the part `file`.
pub fn with_file(request: RequestBuilder, fields: &[(&str, &str)], file: &Sent<'_>) -> RequestBuilder {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    let Sent { name, kind, bytes } = file;
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
    );
    body.extend([head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat());
    request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}")).body(body)
}
