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

/// Where the part by which a page is known begins and how far down it is to be seen, in pixels from the top of the page.
const PLACE: &str = r"(() => {
  let part = document.querySelector(SHOWS);
  // What takes no place by itself is seen where what holds it is.
  while (part && !part.getClientRects().length) part = part.parentElement;
  if (!part) return [0, 0];
  const { top, height } = part.getBoundingClientRect();
  return [top + scrollY, top + scrollY + Math.min(height, 300)];
})()";
/// Pixels above that part which are shown as well.
const ABOVE: f64 = 200.0;
/// Two frames, so that what a change of the screen moved and worded anew is painted.
const PAINTED: &str = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

/// A page by its name, and a selector of what it is known by.
type Page<'a> = (&'a str, &'a str);
type Seen = (Screen, Language);

/// Keeps a picture of the page as it is: on a phone in Chinese, on a desk in English, so that both are seen of each. The
/// console's on phones are dark ones.
pub async fn keep(window: &Window, page: Page<'_>, seen: Seen) {
    match seen {
        (Screen::Desk, Language::En) => take(window, page, seen).await,
        (Screen::Phone, Language::Zh) if !page.0.starts_with("staff-") => take(window, page, seen).await,
        (Screen::Phone | Screen::Desk, Language::En | Language::Zh | Language::ZhHant) => {}
    }
}

/// The same in the dark.
pub async fn keep_dark(window: &Window, (name, shows): Page<'_>, seen: Seen) {
    if name.starts_with("staff-") && seen == (Screen::Phone, Language::Zh) {
        take(window, (&format!("{name}-dark"), shows), seen).await;
    }
}

async fn take(window: &Window, (name, shows): Page<'_>, (screen, language): Seen) {
    let Some(folder) = std::env::var_os("TEST_SHOTS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    window.evaluate(PAINTED.to_owned()).await;
    let metrics = window.devtools("Page.getLayoutMetrics", json!({})).await;
    let (width, _) = screen.size();
    let whole = metrics["cssContentSize"]["height"].as_f64().unwrap();
    let most = (LARGEST_AREA / f64::from(width)).round();
    let place = window.evaluate(PLACE.replace("SHOWS", &json!(shows).to_string())).await;
    let (top, until) = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
    // Where what tells this page from others lies further down, the picture begins above it.
    let from = if until > most { (top - ABOVE).min(whole - most).max(0.0).round() } else { 0.0 };
    let height = (whole - from).min(most).round();
    let clip = json!({"x": 0, "y": from, "width": width, "height": height, "scale": 1});
    // Not everything beyond a screen is painted, so the screen is as high as the picture reaches.
    high(window, (width, (from + height).max(f64::from(screen.size().1)))).await;
    window.evaluate(PAINTED.to_owned()).await;
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
            high(window, (width, f64::from(screen.size().1))).await;
            std::fs::write(folder.join(format!("{}-{name}-{language}.webp", screen.name())), picture).unwrap();
            return;
        }
    }
    panic!("{name} cannot be made small enough");
}

/// Makes the screen so high.
async fn high(window: &Window, (width, height): (u32, f64)) {
    let height: u32 = format!("{height:.0}").parse().unwrap();
    let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
    window.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
}
