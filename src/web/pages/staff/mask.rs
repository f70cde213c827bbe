//! Personal data with enough left to tell two values apart; whole only where a reveal was asked for (RB-05).

use super::incident::IncidentPage;
use crate::respond::desk::{PERSONAL, masked};
use crate::text::observable::{self, Kind};

/// The value of a field as this page may show it.
pub fn field(page: &IncidentPage<'_>, name: &str, value: &str) -> String {
    if !PERSONAL.contains(&name) || page.revealed == Some(name) {
        return value.to_owned();
    }
    masked(value)
}

/// Words with the addresses, telephone numbers and networks in them masked.
pub fn prose(page: &IncidentPage<'_>, text: &str) -> String {
    let (mut shown, mut from) = (String::new(), 0);
    for seen in observable::find(text) {
        let name = match seen.observable.kind {
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Ip => "ip",
            Kind::Wallet | Kind::Transaction | Kind::Domain | Kind::Url => continue,
        };
        let Some(written) = text.get(seen.at.clone()).filter(|_| page.revealed != Some(name) && seen.at.start >= from)
        else {
            continue;
        };
        shown.push_str(&text[from..seen.at.start]);
        shown.push_str(&masked(written));
        from = seen.at.end;
    }
    shown.push_str(&text[from..]);
    shown
}
