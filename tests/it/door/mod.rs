//! What every answer carries and what no header from outside changes.

mod headers;
mod methods;
mod types;

use holdfast::web::routes::Declared;

/// The path of a declared route with something in its places.
pub fn filled(route: Declared) -> String {
    let places = [
        ("{token}", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
        ("{step}", "stop-top-ups"),
        ("{name}", "nothing.css"),
        ("{reference}", "HF-0000-0000"),
        ("{endpoint}", "events"),
        ("{id}", "0195570e-0000-7000-8000-000000000000"),
        ("{link}", "hfk_0000"),
        ("{action}", "claim"),
        ("{change}", "disable"),
        ("{why}", "pay-fee"),
        ("{order}", "0195570e-0000-7000-8000-000000000000"),
        ("{shelf}", "unmapped"),
        ("{list}", "addresses"),
        ("{issuer}", "corp"),
        ("{attachment}", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
    ];
    let path = places.into_iter().fold(route.path.to_owned(), |path, (place, value)| path.replace(place, value));
    assert!(!path.contains('{'), "{path} has a place that nothing was put into");
    path
}
