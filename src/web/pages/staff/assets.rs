//! The console's own style sheet, named by its content like the others. It builds on the public pages' sheet.

use std::sync::LazyLock;

use ring::digest::{SHA256, digest};

use crate::web::pages::assets::Asset;

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let body = include_str!("staff.css");
    let hash = hex::encode(&digest(&SHA256, body.as_bytes()).as_ref()[..8]);
    Asset { path: format!("/assets/staff-{hash}.css"), content_type: "text/css; charset=utf-8", body }
});

pub fn style() -> &'static Asset {
    &STYLE
}

/// The console's asset at a whole path, `/assets/…`.
pub fn find(path: &str) -> Option<&'static Asset> {
    (style().path == path).then(style)
}
