//! What an operator knows to be bad, compiled for looking up: one step a value, however long the lists are.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::Facts;
use crate::text::observable::{self, Kind, Observable, parse_wallet};

/// What a list is of; the words that playbooks match under `known-bad`.
pub const KNOWN_BAD: [&str; 4] = ["drainer", "scam", "lure", "spender"];

/// Fields whose values are looked up.
const LOOKED_AT: [&str; 6] = ["to", "from", "spender", "contract", "domain", "url"];

/// A list by its name, what it is of, and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownList {
    pub name: String,
    pub category: String,
    pub version: String,
}

/// Every list, compiled.
#[derive(Debug, Default)]
pub struct KnownBad {
    lists: Vec<KnownList>,
    /// Canonical value to the lists that hold it.
    entries: HashMap<String, Vec<u16>, FixedState>,
}

/// The one form in which an entry is kept and looked up: an address in the form of its chain, a domain in lower case
/// without `www.`; of a URL its host and path. Nothing when it is neither.
pub fn canonical_bad(entry: &str) -> Option<String> {
    let entry = entry.trim();
    if let Ok(wallet) = parse_wallet(None, entry) {
        return Some(wallet.value);
    }
    // An entry may be written so that nobody taps it by mistake: evil[.]example.
    let found = observable::find(entry);
    let url = found.iter().find(|found| found.observable.kind == Kind::Url).map(|found| &found.observable.value);
    if let Some(url) = url {
        return Some(of_url(url));
    }
    let domain = found.into_iter().find(|found| found.observable.kind == Kind::Domain)?;
    Some(without_www(&domain.observable.value).to_owned())
}

fn of_url(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    without_www(rest).to_owned()
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

impl KnownBad {
    /// Compiles lists and their entries, each named by its list and in canonical form.
    pub fn new(lists: Vec<KnownList>, entries: impl IntoIterator<Item = (String, String)>) -> Self {
        let places: HashMap<String, u16> = lists
            .iter()
            .enumerate()
            .filter_map(|(at, list)| Some((list.name.clone(), u16::try_from(at).ok()?)))
            .collect();
        let mut compiled: HashMap<String, Vec<u16>, FixedState> = HashMap::default();
        for (list, value) in entries {
            if let Some(at) = places.get(&list) {
                compiled.entry(value).or_default().push(*at);
            }
        }
        Self { lists, entries: compiled }
    }

    pub fn lists(&self) -> &[KnownList] {
        &self.lists
    }

    /// Entries of all lists together; a value on two lists counts once.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The lists that hold a value as it stands in facts.
    fn holding(&self, value: &str) -> impl Iterator<Item = &KnownList> {
        self.entries.get(value).into_iter().flatten().filter_map(|at| self.lists.get(usize::from(*at)))
    }

    /// Looks a value up and writes what it is known as into the facts.
    fn note(&self, facts: &mut Facts, value: &str) {
        let mut known = false;
        for list in self.holding(value) {
            facts.add("known-bad", list.category.clone());
            facts.add("known-bad-list", format!("{}@{}", list.name, list.version));
            known = true;
        }
        if known {
            facts.add("known-bad-value", value.to_owned());
        }
    }

    /// A domain counts with every domain above it: a list of `evil.example` holds `claim.evil.example`.
    fn note_host(&self, facts: &mut Facts, host: &str) {
        let mut host = host;
        while host.contains('.') {
            self.note(facts, host);
            host = host.split_once('.').map_or("", |(_, above)| above);
        }
    }

    /// Notes what an alert names that is known to be bad, with the list and its version.
    pub fn look_at(&self, facts: &mut Facts) {
        if self.is_empty() {
            return;
        }
        let named: Vec<(&str, String)> =
            LOOKED_AT.iter().flat_map(|field| facts.get(field).iter().map(|value| (*field, value.clone()))).collect();
        for (field, value) in named {
            match field {
                "url" => self.look_at_url(facts, &value),
                "domain" => self.note_host(facts, &value.to_lowercase()),
                _ => match parse_wallet(None, &value) {
                    Ok(wallet) => self.note(facts, &wallet.value),
                    Err(_) => self.note(facts, &value),
                },
            }
        }
    }

    fn look_at_url(&self, facts: &mut Facts, url: &str) {
        let whole = of_url(url);
        self.note(facts, &whole);
        if let Some(host) = url::Url::parse(url).ok().as_ref().and_then(url::Url::host_str) {
            self.note_host(facts, host);
        }
    }

    /// The same for what a person's words name.
    pub fn look_at_found(&self, facts: &mut Facts, observables: &[Observable]) {
        if self.is_empty() {
            return;
        }
        for seen in observables {
            match seen.kind {
                Kind::Wallet => self.note(facts, &seen.value),
                Kind::Domain => self.note_host(facts, &seen.value),
                Kind::Url => self.look_at_url(facts, &seen.value),
                Kind::Transaction | Kind::Email | Kind::Phone | Kind::Ip => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAINER: &str = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

    fn known() -> KnownBad {
        let list = |name: &str, category: &str| KnownList {
            name: name.to_owned(),
            category: category.to_owned(),
            version: "v1".to_owned(),
        };
        let entries = [
            ("drainers", "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED"),
            ("spenders", DRAINER),
            ("drainers", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
            ("lures", "https://www.claim-airdrop[.]com/"),
            ("lures", "pages.example.com/steal"),
        ];
        let entries = entries.map(|(list, entry)| (list.to_owned(), canonical_bad(entry).unwrap()));
        KnownBad::new(vec![list("drainers", "drainer"), list("lures", "lure"), list("spenders", "spender")], entries)
    }

    #[test]
    fn an_address_is_known_in_any_writing_and_on_every_list() {
        for value in [DRAINER, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"] {
            let mut facts = Facts::new().with("to", value);
            known().look_at(&mut facts);
            assert_eq!(facts.get("known-bad"), ["drainer", "spender"]);
            assert_eq!(facts.get("known-bad-list"), ["drainers@v1", "spenders@v1"]);
            assert_eq!(facts.get("known-bad-value"), [DRAINER]);
        }
        let mut tron = Facts::new().with("spender", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t");
        known().look_at(&mut tron);
        assert_eq!(tron.get("known-bad"), ["drainer"]);
    }

    #[test]
    fn a_domain_is_known_with_what_lies_beneath_it_and_a_path_only_as_it_is() {
        let known = known();
        let seen = |field: &str, value: &str| {
            let mut facts = Facts::new().with(field, value);
            known.look_at(&mut facts);
            facts.has("known-bad")
        };
        assert!(seen("domain", "claim-airdrop.com") && seen("domain", "www.x.claim-airdrop.com"));
        assert!(seen("url", "https://eth.claim-airdrop.com/go?x=1"));
        assert!(!seen("domain", "not-claim-airdrop.com") && !seen("domain", "com"));
        assert!(seen("url", "https://pages.example.com/steal?ref=1"));
        assert!(!seen("url", "https://pages.example.com/other") && !seen("domain", "pages.example.com"));
        assert!(!seen("title", "claim-airdrop.com"), "free text is data, not an address");
    }

    #[test]
    fn what_is_no_address_and_no_domain_is_no_entry() {
        for wrong in ["", "hello", "0x12", "钱包", "localhost"] {
            assert_eq!(canonical_bad(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_report_is_looked_at_by_what_its_words_name() {
        let text = format!("I sent to {DRAINER} from claim-airdrop.com");
        let found: Vec<Observable> = observable::find(&text).into_iter().map(|found| found.observable).collect();
        let mut facts = Facts::new();
        known().look_at_found(&mut facts, &found);
        assert_eq!(facts.get("known-bad"), ["drainer", "spender", "lure"]);
    }
}
