//! Where somebody goes on after showing their second factor again: the page that they came from, one of a fixed set of
//! ours. Whatever else an address says leads to the first page.

use super::pages::staff::actions;
use crate::id::{Id, of};

/// Rooms whose forms may need a fresh factor, and those that lead to one.
const ROOMS: &[&str] = &[
    actions::PEOPLE,
    actions::ENROL,
    actions::ME,
    actions::LIST,
    actions::NEW,
    actions::SHIFT,
    actions::ALARMS,
    actions::OUTBOX,
    actions::SOURCES,
    actions::NUMBERS,
    actions::INBOX,
    actions::REVIEW,
    actions::GLASS,
];

/// The page behind a path: that of the case or of the room to which something was posted.
pub fn of(path: &str) -> String {
    let (path, place) = path.split_once('#').unwrap_or((path, ""));
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "staff", "incidents", id, rest @ ..] => {
            let Ok(id) = id.parse::<Id<of::Incident>>() else { return actions::HOME.to_owned() };
            let orders = rest.first() == Some(&"orders") || place == "orders";
            format!("{}{}", actions::incident(id), if orders { "#orders" } else { "" })
        }
        ["", "staff", "bulk"] => actions::LIST.to_owned(),
        ["", "staff", room, ..] => {
            let known = ROOMS.iter().find(|known| known.strip_prefix("/staff/") == Some(room));
            known.copied().unwrap_or(actions::HOME).to_owned()
        }
        _ => actions::HOME.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CASE: &str = "/staff/incidents/0195570e-0000-7000-8000-000000000001";

    #[test]
    fn a_form_leads_back_to_its_page() {
        for (path, page) in [
            (format!("{CASE}/orders"), format!("{CASE}#orders")),
            (format!("{CASE}#orders"), format!("{CASE}#orders")),
            (format!("{CASE}/verdict"), CASE.to_owned()),
            ("/staff/people/0195570e-0000-7000-8000-000000000001/disable".to_owned(), actions::PEOPLE.to_owned()),
            ("/staff/bulk".to_owned(), actions::LIST.to_owned()),
            (actions::ENROL.to_owned(), actions::ENROL.to_owned()),
        ] {
            assert_eq!(of(&path), page);
            assert_eq!(of(&page), page, "a page leads to itself");
        }
    }

    proptest! {
        #[test]
        fn no_text_leads_out_of_the_house(text in "[/\\\\a-z.:?#@%\r\n]{0,40}|(/staff)?//?[a-z./\\\\:@?#%]{0,30}") {
            let page = of(&text);
            prop_assert!(page == actions::HOME || ROOMS.contains(&page.as_str()), "{text} leads to {page}");
        }
    }
}
