//! Pictures, decoded and written anew: turned as they were meant to be seen, and nothing else of what came with them is left.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits};

use super::{Clean, KEPT, Kind, Refused};

const PIXELS: u64 = 40_000_000;
/// For a decoded picture and the copy that turning or converting it makes.
const MEMORY: u64 = 256 * 1024 * 1024;
/// How good a JPEG is: the first that is short enough.
const QUALITIES: [u8; 3] = [88, 70, 45];

pub(super) fn png(bytes: &[u8]) -> Result<Clean, Refused> {
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(|_| Refused::Broken)?;
    let picture = decoded(decoder, 0)?;
    let mut kept = Cursor::new(Vec::new());
    let encoder = PngEncoder::new_with_quality(&mut kept, CompressionType::Default, FilterType::Adaptive);
    picture.write_with_encoder(encoder).map_err(|_| Refused::Broken)?;
    within(Kind::Png, kept.into_inner())
}

pub(super) fn jpeg(bytes: &[u8]) -> Result<Clean, Refused> {
    let scan = Scan::of(bytes).ok_or(Refused::Broken)?;
    // Its decoder has a limit of its own on the sides, and calls what is beyond it damaged.
    if scan.pixels > PIXELS {
        return Err(Refused::TooManyPixels);
    }
    let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(|_| Refused::Broken)?;
    // A progressive picture is put together from its coefficients, two bytes each, before there is any of it.
    let picture = decoded(decoder, if scan.progressive { 6 } else { 0 })?;
    as_jpeg(picture)
}

pub(super) fn webp(bytes: &[u8]) -> Result<Clean, Refused> {
    // The length in the head tells a file that was cut off.
    let length = bytes.get(4..8).and_then(|length| length.try_into().ok()).map_or(0, u32::from_le_bytes);
    if usize::try_from(length).is_ok_and(|length| length.saturating_add(8) > bytes.len()) {
        return Err(Refused::Broken);
    }
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_| Refused::Broken)?;
    as_jpeg(decoded(decoder, 3)?)
}

fn as_jpeg(picture: DynamicImage) -> Result<Clean, Refused> {
    // JPEG knows nothing of what shows through: white is what the page behind it was.
    let picture = match picture {
        grey @ DynamicImage::ImageLuma8(_) => grey,
        solid @ DynamicImage::ImageRgb8(_) => solid,
        other if other.color().has_alpha() => DynamicImage::ImageRgb8(on_white(&other)),
        other => DynamicImage::ImageRgb8(other.into_rgb8()),
    };
    for quality in QUALITIES {
        let mut kept = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut kept, quality)).map_err(|_| Refused::Broken)?;
        if kept.len() <= KEPT {
            return within(Kind::Jpeg, kept);
        }
    }
    Err(Refused::TooLong)
}

fn on_white(picture: &DynamicImage) -> image::RgbImage {
    use image::GenericImageView;
    let (width, height) = picture.dimensions();
    image::RgbImage::from_fn(width, height, |x, y| {
        let image::Rgba([red, green, blue, alpha]) = picture.get_pixel(x, y);
        let over = |color: u8| {
            let mixed = (u32::from(color) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        image::Rgb([over(red), over(green), over(blue)])
    })
}

fn within(kind: Kind, bytes: Vec<u8>) -> Result<Clean, Refused> {
    if bytes.len() > KEPT {
        return Err(Refused::TooLong);
    }
    Ok(Clean { kind, bytes, secrets: Vec::new() })
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    limits
}

/// Decodes a picture and turns it as its metadata says. What it takes is known from its head, before anything is unpacked;
/// `more` is what its form needs beside, in bytes for each pixel.
fn decoded(mut decoder: impl ImageDecoder, more: u64) -> Result<DynamicImage, Refused> {
    let (width, height) = decoder.dimensions();
    let (pixels, bytes) = (u64::from(width) * u64::from(height), decoder.total_bytes());
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let turned = match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            bytes
        }
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => 0,
    };
    if pixels > PIXELS || bytes.saturating_add(turned.max(pixels.saturating_mul(more))) > MEMORY {
        return Err(Refused::TooManyPixels);
    }
    decoder.set_limits(limits()).map_err(|_| Refused::TooManyPixels)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Broken)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// What a JPEG's markers tell before it is decoded.
struct Scan {
    progressive: bool,
    pixels: u64,
}

impl Scan {
    /// Nothing for a picture that was cut off: its decoder would fill up what is missing.
    fn of(bytes: &[u8]) -> Option<Self> {
        let (mut at, mut progressive, mut pixels) = (2, false, 0);
        loop {
            let [0xff, marker] = *bytes.get(at..at + 2)?.first_chunk::<2>()? else { return None };
            match marker {
                // fill bytes, and markers without a length
                0xff => {
                    at += 1;
                    continue;
                }
                0x01 | 0xd0..=0xd8 => {
                    at += 2;
                    continue;
                }
                0xd9 => return None,
                0xda => break,
                // a frame, but for the tables and marks among these numbers
                0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                    progressive |= matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce);
                    let side = |from: usize| Some(u64::from(u16::from_be_bytes(*bytes.get(from..)?.first_chunk()?)));
                    pixels = side(at + 5)? * side(at + 7)?;
                }
                _ => {}
            }
            let length = u16::from_be_bytes(*bytes.get(at + 2..at + 4)?.first_chunk::<2>()?);
            at += 2 + usize::from(length.max(2));
        }
        bytes.get(at..)?.windows(2).any(|pair| pair == [0xff, 0xd9]).then_some(Self { progressive, pixels })
    }
}
