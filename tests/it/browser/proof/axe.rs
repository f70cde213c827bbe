//! axe-core, as `tests/rules` puts it under `target/`.

use std::sync::LazyLock;

static SOURCE: LazyLock<String> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/target/browser-rules/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("{file}: {error}: run tests/rules, which puts it there"))
});

/// The script that makes `axe`.
pub fn source() -> &'static str {
    &SOURCE
}
