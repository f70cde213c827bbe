//! Addresses and transaction hashes for the eye, and numbers as each language groups them.
//!
//! Somebody who swaps an address imitates its first and last four characters, so eight at each end are stressed. What is
//! copied is the whole text without the gaps: they are style, not characters.

use maud::{Markup, html};

use super::layout::{Frame, outside};
use super::words::{frame as words, time};
use crate::text::{Language, defang};

/// Characters between two gaps.
const GROUP: usize = 4;
/// Groups that are stressed at each end.
const STRESSED: usize = 2;
/// Anything shorter is read at a glance, anything longer is no address and no hash.
const LENGTHS: std::ops::RangeInclusive<usize> = 20..=130;

/// An address or hash in groups, its ends stressed, with a button that copies all of it where script runs. Text that
/// cannot be one is shown as any other text from outside.
pub fn address(frame: &Frame<'_>, text: &str) -> Markup {
    grouped(frame, text).unwrap_or_else(|| outside(text))
}

/// The shortest run of letters and digits that is taken for an address inside a sentence.
const SHORTEST: usize = 26;
/// Addresses that are grouped in one text: each costs some hundred bytes, and pages stay small. Further ones are shown as
/// they were written.
const MOST: usize = 6;

/// Text from outside, the addresses and hashes in it grouped and stressed, each with its button.
pub fn prose(frame: &Frame<'_>, text: &str) -> Markup {
    let mut pieces = Vec::new();
    let mut done = 0;
    for (start, run) in runs(text).take(MOST) {
        let Some(shown) = grouped(frame, run) else { continue };
        pieces.push((&text[done..start], Some(shown)));
        done = start + run.len();
    }
    pieces.push((&text[done..], None));
    html! {
        bdi.outside { @for (before, shown) in &pieces { (defang(before)) @if let Some(shown) = shown { (shown) } } }
    }
}

/// The runs that can only be an address or a hash, with where they begin: long, of letters and digits both, and no part of
/// a link, a name with points or anything else that goes on.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(|letter: char| letter.is_ascii_alphanumeric())?;
        let rest = &text[start..];
        let length = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        from = start + length;
        Some((start, &rest[..length]))
    })
    .filter(|(start, run)| {
        let (before, after) = (&text[..*start], &text[start + run.len()..]);
        let mut next = after.chars();
        let goes_on = match (next.next(), next.next()) {
            (Some('/' | '@' | '_' | '-' | '=' | '?' | '&' | '#' | '%' | '+' | '~' | '\\'), _) => true,
            (Some('.' | ':'), Some(more)) => more.is_alphanumeric() || more == '/',
            (Some(_) | None, _) => false,
        };
        let is_part = before.ends_with(['/', '@', '_', '-', '=', '?', '&', '#', '%', '+', '~', '\\', '.']) || goes_on;
        let mixed =
            run.bytes().any(|letter| letter.is_ascii_digit()) && run.bytes().any(|letter| letter.is_ascii_alphabetic());
        (SHORTEST..=*LENGTHS.end()).contains(&run.len()) && mixed && !is_part
    })
}

/// The same for what may be an address; nothing when it cannot be one.
pub fn grouped(frame: &Frame<'_>, text: &str) -> Option<Markup> {
    let plain = LENGTHS.contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_alphanumeric());
    if !plain {
        return None;
    }
    let groups = groups(text);
    let last = groups.len();
    Some(html! {
        span.address translate="no" {
            bdi { code { @for (place, group) in groups.iter().enumerate() {
                @if place > 0 { wbr; }
                @if place < STRESSED || place + STRESSED >= last { b { (group) } } @else { span { (group) } }
            } } }
            " " (copy(frame))
        }
    })
}

/// A button that copies the `code` beside it; shown by the script alone, since nothing else can copy.
fn copy(frame: &Frame<'_>) -> Markup {
    html! { button.copy type="button" data-copy="" data-copied=(frame.say(words::COPIED)) hidden { (frame.say(words::COPY)) } }
}

/// `0x` goes with the first group, since nobody reads it.
fn groups(text: &str) -> Vec<&str> {
    let head = if text.starts_with("0x") || text.starts_with("0X") { 2 + GROUP } else { GROUP };
    let (first, mut rest) = text.split_at(head);
    let mut groups = vec![first];
    while rest.len() > GROUP {
        let (group, more) = rest.split_at(GROUP);
        groups.push(group);
        rest = more;
    }
    groups.push(rest);
    groups
}

/// A count or a decimal amount with its whole part grouped: by thousands from four digits on in English, from five on in
/// Chinese, where round ten thousands are said as such. Anything else comes back as it was written.
pub fn number(written: &str, language: Language) -> String {
    let (whole, fraction) = match written.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (written, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    if !digits(whole) || fraction.is_some_and(|fraction| !digits(fraction)) || whole.len() > 1 && whole.starts_with('0')
    {
        return written.to_owned();
    }
    if language != Language::En {
        if fraction.is_none()
            && let Some(rest) = whole.strip_suffix("0000").filter(|rest| !rest.is_empty())
        {
            return time::TEN_THOUSANDS.with(language, &number(rest, Language::En));
        }
        if whole.len() < 5 {
            return written.to_owned();
        }
    }
    let mut grouped = String::with_capacity(written.len() + whole.len() / 3);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAME: Frame<'static> = Frame {
        language: Language::En,
        nonce: "n",
        path_for_language_switch: "",
        brand: "Holdfast",
        board: None,
        scopes: None,
    };

    /// What a reader copies: the text of the `code` element.
    fn copied(page: &str) -> String {
        let code = page.split_once("<code>").unwrap().1.split_once("</code>").unwrap().0;
        code.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
    }

    #[test]
    fn an_address_is_grouped_stressed_at_its_ends_and_copied_whole() {
        let evm = "0x52908400098527886E0F7030069857D2E4169EE7";
        let page = address(&FRAME, evm).into_string();
        assert!(page.contains("<code><b>0x5290</b><wbr><b>8400</b><wbr><span>0985</span>"), "{page}");
        assert!(page.contains("<b>E416</b><wbr><b>9EE7</b></code>"), "{page}");
        assert!(page.contains(r#"data-copied="Copied" hidden>Copy</button>"#) && page.contains(r#"translate="no""#));
        for whole in [evm, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"] {
            assert_eq!(copied(&address(&FRAME, whole).into_string()), whole);
        }
    }

    #[test]
    fn what_is_no_address_is_text_from_outside() {
        for text in
            ["", "short", "<script>alert(1)</script> and so on", "0x12.example.org/steal/everything", &"a".repeat(200)]
        {
            let page = address(&FRAME, text).into_string();
            assert!(page.starts_with(r#"<bdi class="outside">"#) && !page.contains("<script"), "{page}");
        }
    }

    #[test]
    fn addresses_in_a_sentence_are_grouped_and_the_rest_is_text_from_outside() {
        let tron = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
        let page = prose(&FRAME, &format!("我转到了{tron}，然后 <b> https://evil.example/{tron} 没了")).into_string();
        assert_eq!(page.matches("<code>").count(), 1, "a link is no address: {page}");
        assert_eq!(copied(&page), tron);
        assert!(
            page.contains("我转到了<span class=\"address\"") && page.contains("&lt;b&gt; hxxps://evil[.]example/TR7")
        );
        let many = format!("{tron} ").repeat(40);
        assert_eq!(prose(&FRAME, &many).into_string().matches("<code>").count(), MOST);
        for none in ["thisisonelongwordwithoutanydigitinit", "1234567890123456789012345678", "a1.b2", "", "€1 ü"] {
            assert!(!prose(&FRAME, none).into_string().contains("<code>"), "{none}");
        }
    }

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        for (written, english, chinese) in [
            ("7", "7", "7"),
            ("1200", "1,200", "1200"),
            ("12345.50", "12,345.50", "12,345.50"),
            ("120000", "120,000", "12 万"),
            ("1234567", "1,234,567", "1,234,567"),
            ("about 2k", "about 2k", "about 2k"),
            ("007", "007", "007"),
            ("-5", "-5", "-5"),
        ] {
            assert_eq!(
                (number(written, Language::En), number(written, Language::Zh)),
                (english.into(), chinese.into())
            );
        }
        assert_eq!(number("30000", Language::ZhHant), "3 萬");
    }

    proptest! {
        #[test]
        fn no_text_breaks_either(text in any::<String>()) {
            for page in [address(&FRAME, &text), prose(&FRAME, &text)] {
                prop_assert!(!page.into_string().contains("<script"));
            }
            let _ = number(&text, Language::Zh);
        }

        #[test]
        fn every_address_is_copied_whole(text in "[0-9a-zA-Z]{20,130}") {
            prop_assert_eq!(copied(&address(&FRAME, &text).into_string()), text);
        }

        #[test]
        fn a_grouped_number_is_the_number(text in "[1-9][0-9]{0,30}(\\.[0-9]{1,9})?") {
            prop_assert_eq!(number(&text, Language::En).replace(',', ""), text.clone());
            prop_assert_eq!(number(&text, Language::Zh).replace(',', "").replace(" 万", "0000"), text);
        }
    }
}
