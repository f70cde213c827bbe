use std::io::Cursor;

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;

use super::*;

/// Red on the left, blue on the right, wider than high.
fn flag() -> DynamicImage {
    let red_and_blue = |x, _| if x < 24 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(48, 16, red_and_blue))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A picture's metadata: which way up it is, and who knows what in words.
fn exif(orientation: u8, words: &[u8]) -> Vec<u8> {
    let length = u32::try_from(words.len()).unwrap().to_le_bytes();
    let mut exif = b"II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([&[0x0e, 0x01, 2, 0], length.as_slice(), &[38, 0, 0, 0]].concat());
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(words);
    exif
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], length.as_slice(), body].concat()
}

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}

fn jpeg_with(metadata: &[u8]) -> Vec<u8> {
    let plain = encoded(&flag(), ImageFormat::Jpeg);
    [&plain[..2], metadata, &plain[2..]].concat()
}

#[test]
fn a_photograph_is_turned_as_it_was_meant_and_nothing_of_its_metadata_is_left() {
    let where_taken = b"<script>51.5 north 0.12 west</script>";
    let exif = segment(0xe1, &[b"Exif\0\0", exif(6, where_taken).as_slice()].concat());
    let comment = segment(0xfe, where_taken);
    let photograph = [jpeg_with(&[exif, comment].concat()), b"<html>behind</html>".to_vec()].concat();
    let clean = clean(&photograph).unwrap();
    assert_eq!(clean.kind, Kind::Jpeg);
    for piece in [b"Exif".as_slice(), b"51.5", b"<script", b"<html"] {
        assert!(!holds(&clean.bytes, piece));
    }
    let seen = image::load_from_memory(&clean.bytes).unwrap();
    assert_eq!(seen.dimensions(), (16, 48));
    let (top, bottom) = (seen.get_pixel(8, 4).0, seen.get_pixel(8, 44).0);
    assert!(top[0] > 150 && bottom[2] > 150, "clockwise: red on top: {top:?} {bottom:?}");
}

#[test]
fn a_png_keeps_its_pixels_and_loses_every_chunk_that_is_none() {
    let clean = clean(&[encoded(&flag(), ImageFormat::Png), b"<script>1</script>".to_vec()].concat()).unwrap();
    assert_eq!(clean.kind, Kind::Png);
    assert_eq!(image::load_from_memory(&clean.bytes).unwrap().to_rgb8(), flag().to_rgb8());
    let (mut at, mut chunks) = (8, Vec::new());
    while let Some(head) = clean.bytes.get(at..at + 8) {
        chunks.push(String::from_utf8_lossy(&head[4..]).into_owned());
        at += 12 + usize::try_from(u32::from_be_bytes(head[..4].try_into().unwrap())).unwrap();
    }
    chunks.dedup();
    assert_eq!(chunks, ["IHDR", "IDAT", "IEND"]);
}

#[test]
fn a_webp_becomes_a_jpeg_and_what_shows_through_becomes_white() {
    let glass = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(20, 20, image::Rgba([9, 9, 9, 0])));
    let clean = clean(&encoded(&glass, ImageFormat::WebP)).unwrap();
    assert_eq!(clean.kind, Kind::Jpeg);
    assert_eq!(image::load_from_memory(&clean.bytes).unwrap().get_pixel(5, 5).0[..3], [255, 255, 255]);
}

#[test]
fn whatever_is_cut_off_is_refused() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let whole = encoded(&flag(), format);
        assert!(clean(&whole).is_ok());
        for length in [whole.len() / 4, whole.len() / 2, whole.len() * 3 / 4, whole.len() - 20] {
            let cut = clean(&whole[..length]);
            assert!(matches!(cut, Err(Refused::Broken)), "{format:?} {length}");
        }
    }
}

/// A thumbnail's end is not the end of the picture around it.
#[test]
fn a_cut_photograph_with_a_thumbnail_is_refused_too() {
    let thumbnail = encoded(&flag(), ImageFormat::Jpeg);
    let photograph = jpeg_with(&segment(0xe1, &[b"Exif\0\0", exif(1, &thumbnail).as_slice()].concat()));
    assert!(clean(&photograph).is_ok());
    assert!(matches!(clean(&photograph[..photograph.len() - 8]), Err(Refused::Broken)));
}

#[test]
fn a_text_is_kept_in_utf_8_without_its_secrets() {
    let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let words = format!("They wrote:\r\n{phrase}\r\nand left. 他们走了\r\n");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(words.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [words.clone().into_bytes(), [b"\xef\xbb\xbf", words.as_bytes()].concat(), utf16] {
        let clean = clean(&bytes).unwrap();
        let text = String::from_utf8(clean.bytes).unwrap();
        assert!(text.starts_with("They wrote:\n") && text.ends_with("and left. 他们走了\n"), "{text}");
        assert!(!text.contains("sausage") && text.contains("[removed"), "{text}");
        assert_eq!(clean.secrets, [Secret::RecoveryPhrase]);
    }
}

#[test]
fn words_in_angle_brackets_are_no_markup() {
    for text in ["<mo@example.org> wrote this", "<3 <3", "a < b > c", "<address>: unknown"] {
        assert!(clean(text.as_bytes()).is_ok(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// No bytes bring it down, and what it makes of a file it takes again.
    #[test]
    fn any_bytes_are_taken_or_refused(
        begin in prop::sample::select(vec![&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff", b"RIFF\x10\0\0\0WEBP", b"%PDF-1.7\n", b""]),
        rest in prop::collection::vec(any::<u8>(), 0..300),
        change in any::<(prop::sample::Index, u8)>(),
    ) {
        let _ = clean(&[begin, &rest].concat());
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let mut picture = encoded(&flag(), format);
            let at = change.0.index(picture.len());
            picture[at] = change.1;
            if let Ok(taken) = clean(&picture) {
                prop_assert_eq!(clean(&taken.bytes).ok().map(|again| again.kind), Some(taken.kind));
            }
        }
    }
}
