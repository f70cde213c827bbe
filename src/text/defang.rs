//! Links made harmless for showing (OUT-05): no program that reads the result finds anything
//! to click on. Nothing is judged; the bank's own link is defanged as well.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::observable::domain::{SPACED, has_known_ending};

static SCHEME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)h(?:tt|xx)p(s?)://").expect("a fixed pattern"));

static AUTHORITY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"hxxps?://[^\s/?#]*").expect("a fixed pattern"));

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?P<at>@?)(?P<name>(?:{SPACED}+|\p{{Han}}+)(?:\.(?:{SPACED}+|\p{{Han}}+))+)"))
        .expect("a fixed pattern")
});

/// Rewrites links, mail addresses and domains so that they can be read but not followed:
/// `https://evil.example/a` becomes `hxxps://evil[.]example/a`. Defanging twice changes
/// nothing more.
#[must_use]
pub fn defang(text: &str) -> String {
    let unlinked =
        SCHEME.replace_all(text, |scheme: &Captures<'_>| if scheme[1].is_empty() { "hxxp://" } else { "hxxps://" });
    let hostless = AUTHORITY.replace_all(&unlinked, |link: &Captures<'_>| bracketed(&link[0]));
    let shown = NAME.replace_all(&hostless, |found: &Captures<'_>| {
        if has_known_ending(&found["name"]) {
            let at = if found["at"].is_empty() { "" } else { "[@]" };
            format!("{at}{}", bracketed(&found["name"]))
        } else {
            found[0].to_owned()
        }
    });
    shown.into_owned()
}

/// Puts every point that is not yet in brackets into brackets.
fn bracketed(name: &str) -> String {
    name.replace("[.]", ".").replace('.', "[.]")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_left_to_click_on() {
        for (text, shown) in [
            ("https://evil.example/a", "hxxps://evil[.]example/a"),
            ("HTTP://user@1.2.3.4:80/a.b", "hxxp://user@1[.]2[.]3[.]4:80/a.b"),
            ("去evil.com看看，邮箱john.me@evil.co.uk。", "去evil[.]com看看，邮箱john[.]me[@]evil[.]co[.]uk。"),
            ("see a.zip, 3.5 u. e.g. this", "see a[.]zip, 3.5 u. e.g. this"),
            ("https://a.com/?u=https://b.com/x", "hxxps://a[.]com/?u=hxxps://b[.]com/x"),
            ("hxxps://evil[.]com evil[.]com", "hxxps://evil[.]com evil[.]com"),
            ("аррӏе.com 例子.com", "аррӏе[.]com 例子[.]com"),
        ] {
            assert_eq!(defang(text), shown, "{text}");
        }
    }

    proptest! {
        #[test]
        fn defanging_twice_changes_nothing(text in "\\PC{0,40}|(https?://|hxxp://|@|/|\\.|\\[\\.\\]|com|evil|io|zip| |中|\\?){0,14}") {
            let once = defang(&text);
            prop_assert_eq!(defang(&once), once.clone());
            prop_assert!(!once.to_lowercase().contains("http://"));
            prop_assert!(!once.to_lowercase().contains("https://"));
        }
    }
}
