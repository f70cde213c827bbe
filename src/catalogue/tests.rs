use super::*;

const SMALL: &str = "hours = { $count ->\n    [one] { $count } hour\n   *[other] { $count } hours\n}\nheld = { $who } holds { $what }\nlead = Since { $piece }.\n";

fn small() -> Catalogue {
    Catalogue::read(Language::En, &[SMALL])
}

#[test]
fn counts_take_their_form() {
    assert_eq!(small().counted("hours", 1), "1 hour");
    assert_eq!(small().counted("hours", 7), "7 hours");
}

#[test]
fn pieces_stand_where_the_text_has_them_and_are_no_text_themselves() {
    assert_eq!(small().with("held", &[("who", "{ $what }"), ("what", "a = b")]), "{ $what } holds a = b");
    assert_eq!(small().around("lead"), ("Since ", "."));
}

#[test]
fn a_key_without_a_text_is_shown_itself() {
    assert_eq!(small().text("no-such-text"), "no-such-text");
    assert_eq!(small().with("no-such-text", &[]), "no-such-text");
    assert_eq!(small().with("held", &[("who", "x")]), "held", "a piece is missing");
}

/// What each fault of a shelf looks like; a shelf in which nothing is wrong has none.
#[test]
fn a_missing_an_unused_and_a_differing_text_are_faults() {
    fn files(language: Language) -> &'static [&'static str] {
        match language {
            Language::En => &["both = Both\nlost = Lost\npieces = { $one }\nunused = Unused\n"],
            Language::Zh => &["both = 两个\npieces = { $two } 件\nunused = 没用\n"],
            Language::ZhHant => &["both = 里面\nlost = 丟了\npieces = { $one } 件\nunused = 沒用\n"],
        }
    }
    fn of(language: Language) -> &'static Catalogue {
        Box::leak(Box::new(Catalogue::read(language, files(language))))
    }
    let names = vec![("both", None), ("lost", None), ("pieces", Some(vec!["one"])), ("nowhere", None)];
    let faults = complete::Shelf { files, of, names }.faults();
    for fault in [
        "lost is missing in zh",
        "pieces takes in Some({\"two\"}) in zh, Some({\"one\"}) in English",
        "unused has no name",
        "nowhere is named and has no text",
        "both in traditional script: [\"里面\"] in 里面",
    ] {
        assert!(faults.iter().any(|found| found == fault), "{fault}: {faults:?}");
    }
}
