//! What the report page posts, and how it becomes a [`Report`]. A slip of the finger delays nobody: an optional field
//! that cannot be read exactly goes along as words.

use serde::{Deserialize, Serialize};

use crate::phrase::scrub;
use crate::signal::{Asset, Contact, Decimal, Report, Wallet};
use crate::text::{Kind, Language, find, parse_wallet};

/// The fields of the report page, as typed. Not `Debug`: they may hold what must not be logged.
#[derive(Clone, Default, Deserialize, Serialize)]
pub struct Form {
    /// Idempotency key, made when the page was shown.
    pub key: String,
    /// Language of the page.
    pub lang: String,
    pub text: String,
    /// The tap that was pressed, one of the vocabulary.
    pub happened: String,
    /// `yes` when ticked.
    pub now: String,
    pub wallet: String,
    /// A name of the vocabulary; empty when not sure.
    pub chain: String,
    pub left: String,
    pub contact: String,
    pub account: String,
    /// `yes` when they ask for a person.
    pub person: String,
    /// The signed link of an app that opened the page.
    pub link: String,
    /// What became of that link; never sent, always read from it.
    #[serde(skip)]
    pub brought: Brought,
    /// `yes` where a script runs.
    #[serde(skip)]
    pub script: String,
    /// What answers the challenge.
    #[serde(skip)]
    pub proof: String,
}

/// How somebody came to the form.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Brought {
    #[default]
    Alone,
    /// By an app whose link says which account is signed in there.
    By { app: String, account: String },
    /// By a link that is over or was never signed.
    Broken,
}

impl Form {
    pub fn happening_now(&self) -> bool {
        self.now == "yes"
    }

    pub fn asks_person(&self) -> bool {
        self.person == "yes"
    }

    /// The same without any secret, for showing it again.
    #[must_use]
    pub fn scrubbed(self) -> Self {
        let clean = |text: String| scrub(&text).text;
        Self {
            text: clean(self.text),
            wallet: clean(self.wallet),
            left: clean(self.left),
            contact: clean(self.contact),
            account: clean(self.account),
            ..self
        }
    }

    /// The report that these fields make.
    pub fn report(&self) -> Report {
        let mut said = vec![self.text.trim().to_owned()];
        let chain = given(&self.chain);
        let wallets = self.wallets(chain.as_deref(), &mut said);
        let assets = self.assets(chain.as_deref(), &mut said);
        if let Some(chain) = chain.filter(|_| wallets.is_empty() && assets.is_empty()) {
            said.push(chain);
        }
        Report {
            text: said.join("\n").trim().to_owned(),
            language: self.lang.parse::<Language>().ok().map(|language| language.as_str().to_owned()),
            happened: given(&self.happened),
            happening_now: self.happening_now().then_some(true),
            person: self.asks_person().then_some(true),
            account: given(&self.account),
            wallets,
            assets,
            contact: given(&self.contact).map(contact),
            ..Report::default()
        }
    }

    fn wallets(&self, chain: Option<&str>, said: &mut Vec<String>) -> Vec<Wallet> {
        let Some(address) = given(&self.wallet) else { return Vec::new() };
        if parse_wallet(chain, &address).is_ok() {
            return vec![Wallet { chain: chain.map(str::to_owned), address }];
        }
        if parse_wallet(None, &address).is_ok() {
            return vec![Wallet { chain: None, address }];
        }
        said.push(address);
        Vec::new()
    }

    fn assets(&self, chain: Option<&str>, said: &mut Vec<String>) -> Vec<Asset> {
        let Some(left) = given(&self.left) else { return Vec::new() };
        let plain: String = left
            .chars()
            .filter(|letter| !letter.is_whitespace() && !matches!(letter, ',' | '，' | '$' | '＄'))
            .collect();
        if plain.parse::<Decimal>().is_ok() && !plain.starts_with('-') {
            return vec![Asset { chain: chain.map(str::to_owned), asset: None, amount: None, usd: Some(plain) }];
        }
        said.push(left);
        Vec::new()
    }
}

fn given(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// One line that is an e-mail address, a telephone number or a Telegram name.
fn contact(value: String) -> Contact {
    let found = find(&value);
    let is = |kind: Kind| found.iter().any(|found| found.observable.kind == kind);
    let number = value.chars().all(|letter| letter.is_ascii_digit() || " +-()".contains(letter));
    if is(Kind::Email) {
        Contact { email: Some(value), ..Contact::default() }
    } else if number {
        Contact { phone: Some(value), ..Contact::default() }
    } else {
        Contact { telegram: Some(value), ..Contact::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRON: &str = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

    #[test]
    fn what_is_typed_well_arrives_typed() {
        let form = Form {
            text: " help ".into(),
            now: "yes".into(),
            wallet: TRON.into(),
            chain: "tron".into(),
            left: "$1,200.50".into(),
            contact: "me@example.org".into(),
            lang: "zh".into(),
            ..Form::default()
        };
        let report = form.report();
        assert_eq!(
            (report.text.as_str(), report.happening_now, report.language.as_deref()),
            ("help", Some(true), Some("zh"))
        );
        assert_eq!(report.wallets[0].address, TRON);
        assert_eq!(report.assets[0].usd.as_deref(), Some("1200.50"));
        assert_eq!(report.contact.and_then(|contact| contact.email).as_deref(), Some("me@example.org"));
        assert!(form.report().read(Language::En).is_ok());
    }

    #[test]
    fn what_is_typed_badly_delays_nobody() {
        for (wallet, chain, left, contact) in [
            ("TR7NHqj…", "tron", "about 2k", "@me"),
            (TRON, "ethereum", "-5", "+86 138 0013 8000"),
            ("", "custodial", "", "me at home"),
        ] {
            let form = Form {
                text: "help".into(),
                wallet: wallet.into(),
                chain: chain.into(),
                left: left.into(),
                contact: contact.into(),
                ..Form::default()
            };
            assert!(form.report().read(Language::En).is_ok(), "{wallet} {left} {contact}");
        }
        let vague = Form { left: "about 2k".into(), ..Form::default() };
        assert_eq!(vague.report().text, "about 2k");
    }

    #[test]
    fn a_phrase_is_not_shown_again() {
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let form =
            Form { text: format!("my words are {phrase}"), account: phrase.into(), key: "k".into(), ..Form::default() }
                .scrubbed();
        assert!(!form.text.contains("sausage") && !form.account.contains("sausage"));
        assert_eq!(form.key, "k");
    }
}
