//! A text as a picture that telephones read, drawn on the server.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the picture, which readers need.
const MARGIN: usize = 4;

/// The picture of a text; none when the text is too long for one.
pub fn of(text: &str, title: &str) -> Option<Markup> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            write!(path, "M{} {}h1v1h-1z", at % width + MARGIN, at / width + MARGIN).ok()?;
        }
    }
    let side = width + 2 * MARGIN;
    Some(html! {
        svg.picture role="img" aria-label=(title) width="240" height="240" viewBox={ "0 0 " (side) " " (side) } {
            rect width="100%" height="100%" fill="#fff" {}
            path d=(path) fill="#000" shape-rendering="crispEdges" {}
        }
    })
}
