use std::collections::BTreeSet;

use super::*;
use crate::catalogue::complete::{Shelf, held};
use crate::text::Language;
use crate::web::pages::words::{Say, rooms};

#[test]
fn the_pages_ask_for_the_texts_that_there_are_in_every_language_and_leave_none_unused() {
    let names = rooms().flatten().map(|(_, say): &(_, Say)| (say.key(), None)).collect();
    let faults = Shelf { files, of, names }.faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_text_of_a_page_takes_in_one_piece_or_a_count() {
    for (key, takes) in held(files, Language::En) {
        let fits = [BTreeSet::new(), ["piece".to_owned()].into(), ["count".to_owned()].into()].contains(&takes);
        assert!(fits, "{key} takes in {takes:?}");
    }
}

#[test]
fn counts_take_their_form() {
    let english = of(Language::En);
    assert_eq!(english.counted("time-hours", 1), "1 hour");
    assert_eq!(english.counted("time-hours", 7), "7 hours");
    assert_eq!(of(Language::ZhHant).counted("time-minutes", 1), "1 分鐘");
}
