//! The console's own style sheet and script, named by its content like the others. The sheet builds on the public pages' sheet.

use std::sync::LazyLock;

use crate::web::pages::assets::{Asset, named};

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    named("staff", "css", "text/css; charset=utf-8", concat!(include_str!("staff.css"), include_str!("desk.css")))
});

pub fn style() -> &'static Asset {
    &STYLE
}

static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| named("desk", "js", "text/javascript; charset=utf-8", include_str!("desk.js")));

/// The console's script: keys, the list of commands, what is new, words kept while they are written.
pub fn script() -> &'static Asset {
    &SCRIPT
}

static PASSKEY: LazyLock<Asset> =
    LazyLock::new(|| named("passkey", "js", "text/javascript; charset=utf-8", include_str!("passkey.js")));

/// The script of pages where a passkey can be made or shown.
pub fn passkey() -> &'static Asset {
    &PASSKEY
}

/// The console's asset at a whole path, `/assets/…`.
pub fn find(path: &str) -> Option<&'static Asset> {
    [style(), script(), passkey()].into_iter().find(|asset| asset.path == path)
}
