//! The console's own style sheet, named by its content like the others. It builds on the public pages' sheet.

use std::sync::LazyLock;

use crate::web::pages::assets::{Asset, named};

static STYLE: LazyLock<Asset> =
    LazyLock::new(|| named("staff", "css", "text/css; charset=utf-8", include_str!("staff.css")));

pub fn style() -> &'static Asset {
    &STYLE
}

/// The console's asset at a whole path, `/assets/…`.
pub fn find(path: &str) -> Option<&'static Asset> {
    (style().path == path).then(style)
}
