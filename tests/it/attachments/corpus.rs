//! Files that are one thing and want to be another, written here.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

const SCRIPT: &[u8] = b"<script>fetch('https://evil.example/')</script>";
/// What no kept file may hold.
pub const MARKS: [&[u8]; 4] = [b"<script", b"evil.example", b"51.5074 north", b"PK\x03\x04"];

pub fn picture(format: ImageFormat) -> Vec<u8> {
    let faded = |x: u32, y: u32| Rgb([u8::try_from(x * 4).unwrap(), u8::try_from(y * 4).unwrap(), 120]);
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_fn(60, 40, faded)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn pdf(body: &str) -> Vec<u8> {
    format!("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {body} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\nxref\n0 3\ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n9\n%%EOF\n").into_bytes()
}

fn chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(body);
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [length.as_slice(), kind, body, &sum.sum().to_be_bytes()].concat()
}

/// A PNG with chunks behind its head.
fn png_with(chunks: &[Vec<u8>]) -> Vec<u8> {
    let png = picture(ImageFormat::Png);
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

/// A PNG that says it is so large.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let png = picture(ImageFormat::Png);
    let head = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &png[24..29]].concat();
    [&png[..8], &chunk(b"IHDR", &head), &png[33..]].concat()
}

fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = picture(ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

fn jpeg_with(marker: u8, body: &[u8]) -> Vec<u8> {
    let jpeg = picture(ImageFormat::Jpeg);
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, body, &jpeg[2..]].concat()
}

fn exif() -> Vec<u8> {
    let words = b"51.5074 north <script>1</script>\0";
    let length = u32::try_from(words.len()).unwrap().to_le_bytes();
    [b"II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0".as_slice(), &length, b"\x1a\0\0\0\0\0\0\0", words].concat()
}

fn half(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}

/// What is taken, whatever it is called, with the kind that it becomes.
pub fn taken() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let (png, jpeg, webp) = (ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP);
    let behind = |format, tail: &[u8]| [&picture(format), tail].concat();
    vec![
        ("a PNG", picture(png), "png"),
        ("a JPEG", picture(jpeg), "jpeg"),
        ("a WebP", picture(webp), "jpeg"),
        ("a PDF", pdf(""), "pdf"),
        ("a text", b"they called at noon".to_vec(), "text"),
        ("a PNG that is HTML behind", behind(png, SCRIPT), "png"),
        ("a PNG that is an archive behind", behind(png, b"PK\x03\x04 evil.example"), "png"),
        ("a PNG with script in its words", png_with(&[chunk(b"tEXt", &[b"Comment\0", SCRIPT].concat())]), "png"),
        ("a PNG with a place", png_with(&[chunk(b"eXIf", &exif())]), "png"),
        ("a PNG with a chunk of its own", png_with(&[chunk(b"huLL", SCRIPT)]), "png"),
        ("a JPEG with script in its comment", jpeg_with(0xfe, SCRIPT), "jpeg"),
        ("a JPEG with a place", jpeg_with(0xe1, &[b"Exif\0\0", exif().as_slice()].concat()), "jpeg"),
        ("a JPEG with a profile of script", jpeg_with(0xe2, &[b"ICC_PROFILE\0\x01\x01", SCRIPT].concat()), "jpeg"),
        ("a JPEG that is HTML behind", behind(jpeg, SCRIPT), "jpeg"),
        ("a WebP that is HTML behind", behind(webp, SCRIPT), "jpeg"),
    ]
}

/// What is refused, with the word for it.
pub fn refused() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let (png, jpeg, webp) = (picture(ImageFormat::Png), picture(ImageFormat::Jpeg), picture(ImageFormat::WebP));
    let har = r#"{"log": {"version": "1.2", "entries": [{"request": {"cookies": [{"name": "sid", "value": "1"}]}}]}}"#;
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>"#;
    vec![
        ("nothing", Vec::new(), "empty"),
        ("blanks", b" \n\n ".to_vec(), "empty"),
        ("an SVG", svg.into(), "markup"),
        ("an SVG behind its declaration", format!("<?xml version=\"1.0\"?>\n{svg}").into(), "markup"),
        ("an SVG behind a comment", format!("<!-- a picture -->{svg}").into(), "markup"),
        ("HTML", b"<!DOCTYPE html><title>x</title>".to_vec(), "markup"),
        ("HTML behind a byte order mark", b"\xef\xbb\xbf  <HTML><body onload=1>".to_vec(), "markup"),
        ("HTML behind words", [b"dear all, ".as_slice(), SCRIPT].concat(), "markup"),
        ("HTML in UTF-16", "\u{feff}<script>1</script>".encode_utf16().flat_map(u16::to_le_bytes).collect(), "markup"),
        ("an image element", b"<img src=x onerror=alert(1)>".to_vec(), "markup"),
        ("a HAR", har.into(), "recording"),
        ("a HAR with an escaped name", har.replace("log", "\\u006cog").into(), "recording"),
        ("half a HAR", har.as_bytes()[..70].to_vec(), "recording"),
        ("a ZIP", b"PK\x03\x04\x14\0\0\0".to_vec(), "archive"),
        ("an empty ZIP", b"PK\x05\x06\0\0".to_vec(), "archive"),
        ("a gzip", b"\x1f\x8b\x08\0".to_vec(), "archive"),
        ("a 7z", b"7z\xbc\xaf\x27\x1c\0".to_vec(), "archive"),
        ("a tar", [vec![b'a'; 257], b"ustar\x0000".to_vec(), vec![0; 248]].concat(), "archive"),
        ("an old office document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "archive"),
        ("a GIF", b"GIF89a\x01\0\x01\0\x80\0\0".to_vec(), "unknown"),
        ("a GIF that is a script", b"GIF89a=1;alert(1)//".to_vec(), "unknown"),
        ("a BMP", b"BM\x46\0\0\0\0\0\0\0\x36\0".to_vec(), "unknown"),
        ("a program", b"MZ\x90\0\x03\0\0\0".to_vec(), "unknown"),
        ("a text with NUL", b"they called\0 at noon".to_vec(), "unknown"),
        ("a text with an escape", b"\x1b[2Jthey called".to_vec(), "unknown"),
        ("bytes that are no text", b"\xc3\x28\xa0\xa1".to_vec(), "unknown"),
        ("half a PNG", half(&png), "broken"),
        ("half a JPEG", half(&jpeg), "broken"),
        ("half a WebP", half(&webp), "broken"),
        ("half a PDF", half(&pdf("")), "broken"),
        ("the head of a PNG and a script", [&png[..33], SCRIPT].concat(), "broken"),
        ("the head of a JPEG and a script", [b"\xff\xd8\xff\xe0", SCRIPT].concat(), "broken"),
        ("a PNG of 60000 by 60000", png_of(60_000, 60_000), "too-many-pixels"),
        ("a JPEG of 60000 by 60000", jpeg_of(60_000, 60_000), "too-many-pixels"),
        ("a PNG of 41 megapixels", png_of(8_200, 5_000), "too-many-pixels"),
        ("a PDF behind HTML", [b"<html>".as_slice(), &pdf("")].concat(), "markup"),
        ("a PDF that is HTML too", pdf("<html><script>1</script>"), "markup"),
        ("a PDF with HTML behind", [pdf("").as_slice(), SCRIPT].concat(), "markup"),
        ("a PDF with a program behind", [pdf("").as_slice(), b"MZ\x90\0"].concat(), "broken"),
        ("a PDF that is an archive too", [pdf("").as_slice(), b"PK\x05\x06\0\0"].concat(), "archive"),
        ("a PDF with a script", pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "active"),
        ("a PDF that starts a program", pdf("/OpenAction << /S /Launch /F (cmd.exe) >>"), "active"),
        ("a PDF with a file in it", pdf("/Names << /EmbeddedFiles 3 0 R >>"), "active"),
    ]
}
