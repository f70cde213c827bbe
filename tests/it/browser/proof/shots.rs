//! Small pictures of whole pages, for the documentation and for looking at: kept where `TEST_SHOTS` says.

use std::path::PathBuf;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::browser::window::{Screen, Window};
use holdfast::text::Language;

/// Bytes of a picture.
const LARGEST: usize = 60_000;
/// Pixels of a picture; the rest of a page is not shown.
const LARGEST_AREA: f64 = 1_000_000.0;

/// What a picture shows: the page, on which screen, in which language.
type Seen<'a> = (&'a str, Screen, Language);

/// Keeps a picture of the page as it is: on a phone in Chinese, on a desk in English, so that both are seen of each. The
/// console's on phones are dark ones.
pub async fn keep(window: &Window, (name, screen, language): Seen<'_>) {
    match (screen, language) {
        (Screen::Desk, Language::En) => take(window, (name, screen, language)).await,
        (Screen::Phone, Language::Zh) if !name.starts_with("staff-") => take(window, (name, screen, language)).await,
        (Screen::Phone | Screen::Desk, Language::En | Language::Zh | Language::ZhHant) => {}
    }
}

/// The same in the dark.
pub async fn keep_dark(window: &Window, (name, screen, language): Seen<'_>) {
    if name.starts_with("staff-") && (screen, language) == (Screen::Phone, Language::Zh) {
        take(window, (&format!("{name}-dark"), screen, language)).await;
    }
}

async fn take(window: &Window, (name, screen, language): Seen<'_>) {
    let Some(folder) = std::env::var_os("TEST_SHOTS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let metrics = window.devtools("Page.getLayoutMetrics", json!({})).await;
    let (width, _) = screen.size();
    let height = metrics["cssContentSize"]["height"].as_f64().unwrap().min(LARGEST_AREA / f64::from(width)).round();
    let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
    // What lies beyond the screen has its letters from the second picture on.
    window
        .devtools("Page.captureScreenshot", json!({"format": "webp", "captureBeyondViewport": true, "clip": clip}))
        .await;
    // There are many pages of staff, so each is drawn coarser.
    let finest = if name.starts_with("staff-") { 25 } else { 60 };
    for quality in [60, 40, 25, 15, 8].into_iter().filter(|quality| *quality <= finest) {
        let asked = json!({"format": "webp", "quality": quality, "captureBeyondViewport": true, "clip": clip});
        let taken = window.devtools("Page.captureScreenshot", asked).await;
        let picture = BASE64_STANDARD.decode(taken["data"].as_str().unwrap()).unwrap();
        if picture.len() < LARGEST {
            std::fs::write(folder.join(format!("{}-{name}-{language}.webp", screen.name())), picture).unwrap();
            return;
        }
    }
    panic!("{name} cannot be made small enough");
}
