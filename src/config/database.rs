//! The address of the database, for showing.

/// An address without what opens it: no password, and nothing behind a `?`, where one can stand as well. What cannot be
/// read as an address, and is no path of a file, is not shown at all.
pub(super) fn shown(address: &str) -> String {
    const HIDDEN: &str = "[not shown]";
    if !address.contains("://") {
        return address.to_owned();
    }
    let Ok(mut url) = url::Url::parse(address) else { return HIDDEN.to_owned() };
    if url.password().is_some() && url.set_password(Some(HIDDEN)).is_err() {
        return HIDDEN.to_owned();
    }
    if url.query().is_some() && url.scheme() != "sqlite" {
        url.set_query(Some(HIDDEN));
    }
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_the_database_is_not_shown_wherever_it_stands() {
        for (address, says) in [
            ("holdfast.db", "holdfast.db"),
            ("sqlite://data/x.db?mode=rwc", "sqlite://data/x.db?mode=rwc"),
            ("postgres://holdfast@db.example/holdfast", "postgres://holdfast@db.example/holdfast"),
            ("postgres://holdfast:5ecret@db.example/x", "postgres://holdfast:%5Bnot%20shown%5D@db.example/x"),
            ("postgres://db.example/x?user=a&password=5ecret", "postgres://db.example/x?[not%20shown]"),
            ("postgres://holdfast:5ecret@db example/x", "[not shown]"),
        ] {
            assert_eq!(shown(address), says);
        }
    }
}
