//! The style sheet, the script and the mark: compiled in, named by their content, so that they may be cached for ever.

use std::sync::LazyLock;

use ring::digest::{SHA256, digest};

/// One file that pages link to.
pub struct Asset {
    /// `/assets/style-<16 hex digits of the SHA-256 of the body>.css`
    pub path: String,
    pub content_type: &'static str,
    pub body: &'static str,
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    named("style", "css", "text/css; charset=utf-8", concat!(include_str!("style.css"), include_str!("begin.css")))
});
static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| named("live", "js", "text/javascript; charset=utf-8", include_str!("live.js")));
static REPORT: LazyLock<Asset> =
    LazyLock::new(|| named("report", "js", "text/javascript; charset=utf-8", include_str!("report.js")));
static MARK: LazyLock<Asset> = LazyLock::new(|| named("mark", "svg", "image/svg+xml", include_str!("mark.svg")));

pub fn style() -> &'static Asset {
    &STYLE
}

pub fn script() -> &'static Asset {
    &SCRIPT
}

/// The script of the report form alone.
pub fn report() -> &'static Asset {
    &REPORT
}

pub fn mark() -> &'static Asset {
    &MARK
}

/// The asset at a whole path, `/assets/…`.
pub fn find(path: &str) -> Option<&'static Asset> {
    [style(), script(), report(), mark()].into_iter().find(|asset| asset.path == path)
}

pub(super) fn named(name: &str, ending: &str, content_type: &'static str, body: &'static str) -> Asset {
    let hash = hex::encode(&digest(&SHA256, body.as_bytes()).as_ref()[..8]);
    Asset { path: format!("/assets/{name}-{hash}.{ending}"), content_type, body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_by_its_own_name_only() {
        assert_eq!(find(&style().path).map(|asset| asset.content_type), Some("text/css; charset=utf-8"));
        assert!(find("/assets/style-0000000000000000.css").is_none());
        assert!(find("/assets/../style.css").is_none());
    }

    #[test]
    fn nothing_comes_from_elsewhere_and_nothing_needs_a_trusted_type() {
        for asset in [style(), script(), report(), mark()] {
            let body = asset.body.replace("http://www.w3.org/2000/svg", "");
            assert!(!body.contains("://") && !body.contains("@import"), "{}", asset.path);
        }
        for sink in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("] {
            assert!(!script().body.contains(sink) && !report().body.contains(sink), "{sink}");
        }
    }
}
