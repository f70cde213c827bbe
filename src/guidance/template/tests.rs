use proptest::prelude::*;

use super::*;

fn read(text: &str) -> (Templates, Vec<Fault>) {
    let file = Written { language: Language::En, file: "en.ftl".to_owned(), text: text.to_owned() };
    Templates::read(&[file], Some("help.example.org"))
}

#[test]
fn the_operators_words_take_the_place_of_ours_and_the_frame_stays() {
    let (own, faults) = read(
        "# ours\nmail-answered-subject = Example Wallet wrote to you { $reference }\nmail-answered-text =\n    Hello,\n    Example Wallet has answered you.\nalarm-waits = L{ $level } { $kind } { $reference } waits { $wait }\n",
    );
    assert_eq!((own.count(), faults.as_slice()), (3, &[][..]));
    let (mail, is_own) = own.mail(Told::Answered, "HF-7K2M-Q9XD", Language::En);
    assert!(is_own && mail.subject == "Example Wallet wrote to you HF-7K2M-Q9XD", "{mail:?}");
    assert!(mail.text.starts_with("Hello,\nExample Wallet has answered you."), "{}", mail.text);
    assert!(mail.text.contains("Reference: HF-7K2M-Q9XD") && mail.text.contains("We never ask for"), "{}", mail.text);
    let (other, is_own) = own.mail(Told::Answered, "HF-7K2M-Q9XD", Language::Zh);
    assert!(!is_own && other.text.contains("编号"), "another language keeps ours");
    let pieces = [("level", "1"), ("kind", "Phrase exposed"), ("reference", "HF-1"), ("wait", "3 min")];
    let said = own.render("alarm-waits", Language::En, &pieces).unwrap();
    assert_eq!(said, "L1 Phrase exposed HF-1 waits 3 min");
}

#[test]
fn traditional_script_is_made_from_simplified_where_only_that_was_written() {
    let file =
        Written {
            language: Language::Zh, file: "zh.ftl".to_owned(), text: "mail-taken-text = 我们已接手".to_owned()
        };
    let (own, faults) = Templates::read(&[file], None);
    assert!(faults.is_empty(), "{faults:?}");
    assert!(own.mail(Told::Taken, "HF-1", Language::ZhHant).0.text.starts_with("我們已接手"));
    assert!(!own.mail(Told::Taken, "HF-1", Language::En).1);
}

/// CA-07: each of these is refused with its file, its line and a hint, and ours stays.
#[test]
fn what_a_thiefs_mail_would_say_is_refused_and_ours_stays() {
    for (text, what) in [
        ("mail-answered-subject = An answer", "reference } is missing"),
        ("mail-answered-text = Your code is { $code }", "unknown piece"),
        ("mail-answered-text = { $referense }", "did you mean \"reference\""),
        ("mail-answerd-text = Hello", "did you mean \"mail-answered-text\""),
        ("mail-answered-text = Open https://help.example.org/c/abc", "links to"),
        ("mail-answered-text = Go to evil.example now", "a link"),
        ("mail-answered-text = Go to evil [dot] example, h t t p : / / x", "link"),
        ("mail-answered-text = Send us your recovery phrase", "recovery phrase"),
        ("mail-answered-text = Tell us the PRIVATE KEY", "private key"),
        ("mail-answered-text = 请把助记词发给我们", "助记词"),
        ("mail-answered-text = You lost 500 dollars", "number"),
        ("mail-answered-text = Call +44 20 7946 0000", "names"),
        ("mail-answered-text = Write to help@wallet.example", "a link"),
        ("mail-answered-text = Send it to 0x52908400098527886E0F7030069857D2E4169EE7", "names"),
        ("mail-answered-text = { $reference ->\n    [one] a\n   *[other] b\n }", "logic"),
        ("mail-answered-text = { DATETIME($reference) }", "logic"),
        ("mail-answered-text = { \"text\" }", "logic"),
        ("mail-answered-text = { mail-taken-text }", "logic"),
        ("mail-answered-text = Hi\u{202e}there", "nobody sees"),
        ("-brand = Example", "term"),
        ("mail-answered-text = Hi\n    .title = x", "attributes"),
        ("what is this", "no message"),
        ("alarm-waits = { $level } { $kind } { $reference } { $wait } https://evil.example", "links to"),
        ("alarm-waits = { $level } { $kind } { $reference }", "wait } is missing"),
        ("alarm-advice = Ask for { $account }", "unknown piece"),
    ] {
        let (own, faults) = read(&format!("# a comment\n\n{text}\nmail-taken-text = We have your case\n"));
        assert_eq!(own.count(), 1, "{text}: the other one stays in force");
        assert!(faults.iter().any(|fault| fault.to_string().contains(what)), "{text}: {faults:?}");
        assert!(
            faults.iter().all(|fault| fault.line == 3 && fault.file == "en.ftl" && !fault.hint.is_empty()),
            "{text}: {faults:?}"
        );
        assert!(!own.mail(Told::Answered, "HF-1", Language::En).1, "{text}");
    }
    let own = read("alarm-advice = See https://help.example.org/staff");
    assert_eq!((own.0.count(), own.1.len()), (1, 0), "{:?}", own.1);
}

#[test]
fn every_mail_and_its_pieces_can_be_replaced() {
    for told in Told::ALL {
        for end in ["subject", "text"] {
            assert!(Known::of(&format!("mail-{told}-{end}")).is_some(), "{told}");
        }
    }
}

/// An operator who begins with ours finds the same names and pieces there.
#[test]
fn the_built_in_words_have_the_names_and_pieces_of_the_operators() {
    let rooms = crate::guidance::words::rooms();
    for known in KNOWN {
        let Some(say) = rooms.iter().copied().flatten().find(|say| say.key() == known.name) else {
            panic!("{} has no built-in words", known.name)
        };
        assert!(say.takes().iter().all(|piece| known.pieces().any(|other| other == *piece)), "{}", known.name);
        assert!(known.needs.iter().all(|piece| say.takes().contains(piece)), "{}", known.name);
    }
}

proptest! {
    #[test]
    fn no_wording_that_passes_puts_a_link_or_a_number_into_a_mail(text in "[ -~一-龥\n]{1,80}") {
        let (own, _) = read(&format!("mail-answered-text = {text}"));
        let (mail, is_own) = own.mail(Told::Answered, "REF", Language::En);
        if is_own {
            let said = mail.text.split("Reference: REF").next().unwrap_or_default().to_owned();
            prop_assert!(!said.contains("://") && !said.chars().any(char::is_numeric), "{}", said);
        }
    }
}
