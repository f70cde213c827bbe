//! Files on a case: what may be added, what is done with it, and why one is not taken.

use super::Say;
use crate::attachment::{Kind, Refused};

super::say! {
    TITLE: "attachment-title";
    TAKEN: "attachment-taken";
    NEVER: "attachment-never";
    STRIPPED: "attachment-stripped";
    CHOOSE: "attachment-choose";
    ADD: "attachment-add";
    ADDED: "attachment-added";
    FULL: "attachment-full";
    NONE: "attachment-none";
    LOOKS_ARE_NOTED: "attachment-looks-are-noted";
    STAFF_ALONE: "attachment-staff-alone";

    PICTURE: "attachment-picture";
    PDF: "attachment-pdf";
    TEXT: "attachment-text";

    EMPTY: "attachment-empty";
    TOO_LONG: "attachment-too-long";
    TOO_MANY_PIXELS: "attachment-too-many-pixels";
    BROKEN: "attachment-broken";
    MARKUP: "attachment-markup";
    RECORDING: "attachment-recording";
    ARCHIVE: "attachment-archive";
    ACTIVE: "attachment-active";
    UNKNOWN: "attachment-unknown";
}

pub fn kind(kind: Kind) -> Say {
    match kind {
        Kind::Png | Kind::Jpeg => PICTURE,
        Kind::Pdf => PDF,
        Kind::Text => TEXT,
    }
}

/// Why a file is not taken, and what would do.
pub fn refused(refused: Refused) -> Say {
    match refused {
        Refused::Empty => EMPTY,
        Refused::TooLong => TOO_LONG,
        Refused::TooManyPixels => TOO_MANY_PIXELS,
        Refused::Broken => BROKEN,
        Refused::Markup => MARKUP,
        Refused::Recording => RECORDING,
        Refused::Archive => ARCHIVE,
        Refused::Active => ACTIVE,
        Refused::Unknown => UNKNOWN,
    }
}
