//! The operator's own places: domains, mail addresses, names, telephone numbers, downloads. Says of each place in a text
//! whether it is one of them. Only what is written there exactly is ours: a look-alike is somebody else's.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::text::{Kind, find};

/// Places as the operator lists them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// Hosts whose every page and subdomain is ours.
    #[serde(default)]
    pub domains: Vec<String>,
    #[serde(default)]
    pub emails: Vec<String>,
    /// Names on chat and social networks, such as `@harbour_help`.
    #[serde(default)]
    pub handles: Vec<String>,
    #[serde(default)]
    pub numbers: Vec<String>,
    /// Addresses under which an app is offered, such as its page in a shop.
    #[serde(default)]
    pub downloads: Vec<String>,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Link,
    Email,
    Handle,
    Number,
}

/// Whose a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Ours,
    NotOurs,
    /// Not ours, and made to look so.
    LooksLikeOurs,
    /// The operator lists none of this kind.
    Unknown,
}

/// A place in a text, as written, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub place: Place,
    pub text: String,
    pub whose: Whose,
}

/// Places looked at in one text.
const MOST: usize = 20;

impl Official {
    /// Whether the operator lists anything.
    pub fn is_empty(&self) -> bool {
        let Self { domains, emails, handles, numbers, downloads } = self;
        [domains, emails, handles, numbers, downloads].into_iter().all(Vec::is_empty)
    }

    /// The places of a text in its order, twenty at most.
    pub fn judge(&self, text: &str) -> Vec<Judged> {
        let plain = refanged(text);
        let mut judged: Vec<(usize, Judged)> = Vec::new();
        let found = find(&plain);
        // A link or a mail address names its host as well; it is judged as a whole.
        let wholes: Vec<_> = found
            .iter()
            .filter(|found| matches!(found.observable.kind, Kind::Url | Kind::Email))
            .map(|found| found.at.clone())
            .collect();
        for found in found {
            if found.observable.kind == Kind::Domain
                && wholes.iter().any(|whole| whole.start <= found.at.start && found.at.end <= whole.end)
            {
                continue;
            }
            let written = plain.get(found.at.clone()).unwrap_or_default();
            let (place, whose) = match found.observable.kind {
                Kind::Url => (Place::Link, self.link(&found.observable.value, written)),
                Kind::Domain => (Place::Link, self.host(&found.observable.value, written)),
                Kind::Email => (Place::Email, self.email(written)),
                Kind::Phone => (Place::Number, self.number(&found.observable.value)),
                Kind::Wallet | Kind::Transaction | Kind::Ip => continue,
            };
            judged.push((found.at.start, Judged { place, text: written.to_owned(), whose }));
        }
        for (at, name) in handles(&plain) {
            if !judged.iter().any(|(_, other)| other.text.contains(name)) {
                judged.push((at, Judged { place: Place::Handle, text: name.to_owned(), whose: self.handle(name) }));
            }
        }
        judged.sort_by_key(|(at, _)| *at);
        judged.dedup_by(|(_, one), (_, other)| one.text == other.text);
        judged.into_iter().map(|(_, one)| one).take(MOST).collect()
    }

    fn link(&self, value: &str, written: &str) -> Whose {
        let with_scheme = |text: &str| if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let parse = |text: &str| Url::parse(&with_scheme(text.trim())).ok();
        let Some(url) = parse(written).or_else(|| parse(value)) else { return Whose::NotOurs };
        let Some(host) = url.host_str() else { return Whose::NotOurs };
        // "https://ours.example@theirs.example" leads to theirs; a door of its own is nobody's page.
        if !url.username().is_empty() || url.password().is_some() || url.port().is_some() {
            return if self.imitates(written) { Whose::LooksLikeOurs } else { Whose::NotOurs };
        }
        if matches!(host, "t.me" | "telegram.me") && !self.handles.is_empty() {
            let name = url.path().trim_matches('/').split('/').next().unwrap_or_default();
            return self.handle(&format!("@{name}"));
        }
        let under = |listed: &String| {
            parse(listed).is_some_and(|listed| {
                let (ours, theirs) = (listed.path().trim_end_matches('/'), url.path());
                let further = theirs.strip_prefix(ours);
                listed.host_str() == Some(host)
                    && further.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                    && listed.query().is_none_or(|query| url.query() == Some(query))
            })
        };
        if self.downloads.iter().any(under) { Whose::Ours } else { self.host(host, written) }
    }

    fn host(&self, host: &str, written: &str) -> Whose {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let ours = self.domains.iter().map(|domain| domain.to_ascii_lowercase());
        if ours
            .clone()
            .any(|domain| host == domain || host.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.')))
        {
            Whose::Ours
        } else if self.imitates(&host) || self.imitates(written) {
            Whose::LooksLikeOurs
        } else {
            listed(&self.domains)
        }
    }

    /// Whether a text has the name of one of our domains in it, or one that is a slip away from it.
    fn imitates(&self, text: &str) -> bool {
        let shown = crate::text::fold(text);
        let words: Vec<&str> = shown.as_str().split(|letter: char| !letter.is_alphanumeric()).collect();
        self.domains.iter().any(|domain| {
            let domain = domain.to_ascii_lowercase();
            let name = domain.split('.').next().unwrap_or_default();
            let slips = if name.chars().count() >= 8 { 2 } else { 1 };
            name.chars().count() >= 4
                && words.iter().any(|word| word.contains(name) || strsim::damerau_levenshtein(word, name) <= slips)
        })
    }

    fn email(&self, written: &str) -> Whose {
        let written = written.to_lowercase();
        if self.emails.iter().any(|ours| ours.to_lowercase() == written) {
            return Whose::Ours;
        }
        // A sender's address can be forged, so the domain alone proves nothing; another domain proves that it is not ours.
        let domain = written.rsplit('@').next().unwrap_or_default();
        if self.imitates(domain) { Whose::LooksLikeOurs } else { listed(&self.emails) }
    }

    fn handle(&self, name: &str) -> Whose {
        let plain = |name: &str| name.trim_start_matches('@').to_ascii_lowercase();
        let asked = plain(name);
        if self.handles.iter().any(|ours| plain(ours) == asked) {
            return Whose::Ours;
        }
        let near = |ours: &String| {
            let ours = plain(ours);
            let slips = if ours.chars().count() >= 8 { 2 } else { 1 };
            ours.len() >= 4 && (asked.contains(&ours) || strsim::damerau_levenshtein(&asked, &ours) <= slips)
        };
        if self.handles.iter().any(near) { Whose::LooksLikeOurs } else { listed(&self.handles) }
    }

    fn number(&self, value: &str) -> Whose {
        let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let asked = digits(value);
        let ours = self.numbers.iter().any(|ours| digits(ours) == asked);
        if ours { Whose::Ours } else { listed(&self.numbers) }
    }
}

fn listed(list: &[String]) -> Whose {
    if list.is_empty() { Whose::Unknown } else { Whose::NotOurs }
}

/// Links that were made unclickable, as our own pages show them, made whole again.
fn refanged(text: &str) -> String {
    text.replace("hxxp", "http").replace("[.]", ".").replace("[:]", ":")
}

/// Names that begin with @ and are no part of a mail address, with where they stand.
fn handles(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('@').filter_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '/' || letter == '.') {
            return None;
        }
        let rest = &text[at + 1..];
        let length = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        (3..=64).contains(&length).then(|| (at, &text[at..=at + length]))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn harbour() -> Official {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Official {
            domains: list(&["harbourwallet.com"]),
            emails: list(&["help@harbourwallet.com"]),
            handles: list(&["@harbour_help"]),
            numbers: list(&["+44 20 7946 0000"]),
            downloads: list(&[
                "https://apps.apple.com/app/id1234567890",
                "https://play.google.com/store/apps/details?id=com.harbour",
            ]),
        }
    }

    fn whose(text: &str) -> Vec<Whose> {
        harbour().judge(text).into_iter().map(|judged| judged.whose).collect()
    }

    #[test]
    fn what_the_operator_lists_is_ours() {
        for text in [
            "https://harbourwallet.com/help",
            "go to help.harbourwallet.com",
            "hxxps://harbourwallet[.]com",
            "write to Help@HarbourWallet.com",
            "@harbour_help",
            "https://t.me/Harbour_Help",
            "call +442079460000",
            "https://apps.apple.com/app/id1234567890",
            "https://play.google.com/store/apps/details?id=com.harbour",
        ] {
            assert_eq!(whose(text), [Whose::Ours], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        for text in [
            "https://harbourwallet.com.verify-help.net/x",
            "https://harbourwallet.com@185.10.10.10/login",
            "https://harbourwallett.com",
            "harbour-wallet.com and https://harbourwallet-support.com",
            "@harbour_help1",
            "https://t.me/harbour_helpdesk",
            "help@harbourwallet.co",
        ] {
            assert!(whose(text).contains(&Whose::LooksLikeOurs), "{text}: {:?}", harbour().judge(text));
            assert!(!whose(text).contains(&Whose::Ours), "{text}: {:?}", harbour().judge(text));
        }
        for text in ["https://revoke.cash", "@someone_else", "+8613800138000", "https://apps.apple.com/app/id999"] {
            assert_eq!(whose(text), [Whose::NotOurs], "{text}");
        }
    }

    #[test]
    fn without_a_list_nothing_is_said_of_whose_it_is() {
        let judged = Official::default().judge("https://harbourwallet.com @harbour_help");
        assert!(judged.len() == 2 && judged.iter().all(|judged| judged.whose == Whose::Unknown), "{judged:?}");
        assert!(Official::default().is_empty() && !harbour().is_empty());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_slip_and_only_listed_hosts_are_ours(text in "\\PC{0,80}", host in "[a-z]{1,12}\\.(com|net|org)") {
            for judged in harbour().judge(&format!("{text} https://{host}/x")) {
                let told = judged.text.to_lowercase();
                let known = ["harbourwallet.com", "harbour_help", "apps.apple.com", "play.google.com", "44"];
                prop_assert!(judged.whose != Whose::Ours || known.iter().any(|known| told.contains(known)), "{judged:?}");
            }
        }
    }
}
