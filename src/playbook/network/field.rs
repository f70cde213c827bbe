//! All tests of one field.

use super::number::Numbers;
use super::texts::Texts;

#[derive(Default)]
pub(super) struct Field {
    /// The atom of "there is such a field".
    pub exists: Option<u32>,
    pub lower: Texts,
    pub cased: Texts,
    pub numbers: Option<Numbers>,
    /// Whether values must be kept for tests that only candidates make.
    pub kept: bool,
}
