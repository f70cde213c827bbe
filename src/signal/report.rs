//! A report as a person or an app sends it, and the reading of it: scrubbed, cleaned, searched for what it names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Decimal, Facts};
use crate::phrase::{Secret, scrub, scrub_list};
use crate::text::{self, Kind, Language, Observable};

/// Characters of a report's own words.
pub const TEXT_LIMIT: usize = 8_000;
const FIELD_LIMIT: usize = 200;
const LIST_LIMIT: usize = 20;

/// The body of `POST /api/v1/reports`. Not `Debug`: it may hold what must not be logged.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    #[serde(default)]
    pub text: String,
    /// One of the vocabulary's taps, instead of words or beside them.
    pub happened: Option<String>,
    pub language: Option<String>,
    pub happening_now: Option<bool>,
    pub account: Option<String>,
    #[serde(default)]
    pub wallets: Vec<Wallet>,
    #[serde(default)]
    pub assets: Vec<Asset>,
    pub contact: Option<Contact>,
    #[serde(default)]
    pub tried: Vec<String>,
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// Wants a person, not only steps.
    pub person: Option<bool>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Wallet {
    pub chain: Option<String>,
    pub address: String,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    pub chain: Option<String>,
    pub asset: Option<String>,
    /// A decimal string.
    pub amount: Option<String>,
    /// United States dollars, a decimal string.
    pub usd: Option<String>,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub email: Option<String>,
    pub phone: Option<String>,
    pub telegram: Option<String>,
}

/// A field that cannot be taken, and the rule it breaks. Never the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadField {
    pub field: &'static str,
    pub rule: &'static str,
}

/// What a report says once every secret is out of it.
pub struct Reading {
    pub facts: Facts,
    pub language: Language,
    pub secrets: Vec<Secret>,
    pub observables: Vec<Observable>,
    pub answers: BTreeMap<String, String>,
    pub contact: Contact,
    /// The account that the person names; a claim, not a proof.
    pub account: Option<String>,
    /// They ask for a person.
    pub asks_person: bool,
}

impl Report {
    /// Reads a report: all broken rules at once, or what it says. `fallback` is the language when the text tells none.
    pub fn read(&self, fallback: Language) -> Result<Reading, Vec<BadField>> {
        let mut reader = Reader::default();
        let text = reader.long("text", &self.text);
        let asks_person = self.person == Some(true);
        if text.trim().is_empty()
            && self.answers.is_empty()
            && self.happening_now != Some(true)
            && self.happened.is_none()
            && !asks_person
        {
            reader.bad("text", "say in a few words what happened, or name it in `happened`");
        }
        let language = self.language(&text, fallback, &mut reader);
        let mut facts = Facts::new().with("kind", "report").with("language", language.as_str());
        if !text.is_empty() {
            facts.add("text", text.clone());
        }
        if let Some(happened) = &self.happened {
            if is_id(happened) {
                facts.add("happened", happened.clone());
            } else {
                reader.bad("happened", NOT_A_TAP);
            }
        }
        if let Some(now) = self.happening_now {
            facts.add("happening-now", now.to_string());
        }
        self.wallets(&mut facts, &mut reader);
        self.assets(&mut facts, &mut reader);
        let account = self
            .account
            .as_deref()
            .map(|account| reader.short("account", account))
            .filter(|account| !account.is_empty());
        if let Some(account) = &account {
            facts.add("account", account.clone());
        }
        let mut tried = reader.list("tried", &self.tried).to_vec();
        reader.found(scrub_list(&mut tried));
        for tried in &tried {
            let tried = reader.short("tried", tried);
            facts.add("tried", tried);
        }
        let contact = self.contact(&mut reader);
        let answers = self.answers(&mut reader);
        for found in text::find(&text) {
            note(&mut facts, &found.observable);
            reader.observables.push(found.observable);
        }
        for (amount, _) in text::amounts(&text) {
            facts.add("amount", amount.value);
        }
        for secret in &reader.secrets {
            facts.add("secret", secret.word());
        }
        reader.observables.sort();
        reader.observables.dedup();
        if reader.bad.is_empty() {
            Ok(Reading {
                facts,
                language,
                secrets: reader.secrets,
                observables: reader.observables,
                answers,
                contact,
                account,
                asks_person,
            })
        } else {
            Err(reader.bad)
        }
    }

    fn language(&self, text: &str, fallback: Language, reader: &mut Reader) -> Language {
        let found = text::language::detect(text);
        match self.language.as_deref().map(str::parse) {
            // A bare `zh` names no script, so the words decide.
            Some(Ok(Language::Zh)) if self.language.as_deref() == Some("zh") && found == Some(Language::ZhHant) => {
                Language::ZhHant
            }
            Some(Ok(language)) => language,
            Some(Err(_)) => {
                reader.bad("language", "one of en, zh, zh-Hant");
                fallback
            }
            None if found == Some(Language::Zh)
                && fallback == Language::ZhHant
                && text::language::is_in_both_scripts(text) =>
            {
                Language::ZhHant
            }
            None => found.unwrap_or(fallback),
        }
    }

    fn wallets(&self, facts: &mut Facts, reader: &mut Reader) {
        for wallet in reader.list("wallets", &self.wallets) {
            let chain = wallet.chain.as_deref().map(|chain| reader.short("wallets.chain", chain).to_lowercase());
            let address = reader.short("wallets.address", &wallet.address);
            match text::parse_wallet(chain.as_deref(), &address) {
                Ok(observable) => {
                    note(facts, &observable);
                    facts.add("wallet", observable.value.clone());
                    reader.observables.push(observable);
                }
                Err(_) => reader.bad("wallets.address", "an address of an EVM chain, TRON, Bitcoin or Solana"),
            }
            if let Some(chain) = chain.filter(|chain| !chain.is_empty()) {
                facts.add("chain", chain);
            }
        }
    }

    fn assets(&self, facts: &mut Facts, reader: &mut Reader) {
        for asset in reader.list("assets", &self.assets) {
            let chain = asset
                .chain
                .as_deref()
                .map_or_else(|| "any".to_owned(), |chain| reader.short("assets.chain", chain).to_lowercase());
            let symbol = asset.asset.as_deref().map(|symbol| reader.short("assets.asset", symbol).to_uppercase());
            let amount = reader.decimal("assets.amount", asset.amount.as_deref());
            let named = reader.decimal("assets.usd", asset.usd.as_deref());
            let dollars =
                named.or_else(|| amount.filter(|_| symbol.as_deref().is_some_and(|symbol| DOLLARS.contains(&symbol))));
            if let Some(dollars) = dollars {
                facts.add("claimed-usd", format!("{chain} {dollars}"));
            }
            if let Some(symbol) = symbol {
                facts.add("asset", symbol);
            }
            if chain != "any" {
                facts.add("chain", chain);
            }
        }
    }

    fn contact(&self, reader: &mut Reader) -> Contact {
        let Some(contact) = &self.contact else { return Contact::default() };
        let mut take = |field: &'static str, value: &Option<String>| {
            value.as_deref().map(|value| reader.short(field, value)).filter(|value| !value.is_empty())
        };
        let contact = Contact {
            email: take("contact.email", &contact.email),
            phone: take("contact.phone", &contact.phone),
            telegram: take("contact.telegram", &contact.telegram),
        };
        let is = |value: &str, kind: Kind| text::find(value).iter().any(|found| found.observable.kind == kind);
        if contact.email.as_deref().is_some_and(|email| !is(email, Kind::Email)) {
            reader.bad("contact.email", "an e-mail address like name@example.org");
        }
        contact
    }

    fn answers(&self, reader: &mut Reader) -> BTreeMap<String, String> {
        if self.answers.len() > LIST_LIMIT {
            reader.bad("answers", "at most 20 entries");
        }
        if self.answers.iter().any(|(question, choice)| !is_id(question) || !is_id(choice)) {
            reader.bad("answers", "ids of questions with ids of choices");
        }
        self.answers.clone()
    }
}

/// Whether it can be the id of a question, a choice or a tap; which ones there are, the playbooks know.
fn is_id(word: &str) -> bool {
    !word.is_empty() && word.len() <= 64 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The rule of the field `happened`.
pub const NOT_A_TAP: &str = "an id of the vocabulary's `happened`";

const DOLLARS: [&str; 5] = ["USDT", "USDC", "DAI", "USD", "FDUSD"];

fn note(facts: &mut Facts, observable: &Observable) {
    if let Some(family) = observable.family {
        facts.add("family", family.to_string());
    }
    match observable.kind {
        Kind::Transaction => facts.add("tx", observable.value.clone()),
        Kind::Domain => facts.add("domain", observable.value.clone()),
        Kind::Url => facts.add("url", observable.value.clone()),
        Kind::Wallet | Kind::Email | Kind::Phone | Kind::Ip => {}
    }
}

/// Scrubs and cleans each field, and keeps what was found and what was wrong.
#[derive(Default)]
struct Reader {
    bad: Vec<BadField>,
    secrets: Vec<Secret>,
    observables: Vec<Observable>,
}

impl Reader {
    fn bad(&mut self, field: &'static str, rule: &'static str) {
        self.bad.push(BadField { field, rule });
    }

    fn found(&mut self, secrets: impl IntoIterator<Item = Secret>) {
        for secret in secrets {
            if !self.secrets.contains(&secret) {
                self.secrets.push(secret);
            }
        }
    }

    fn scrubbed(&mut self, text: &str) -> String {
        let scrubbed = scrub(text);
        self.found(scrubbed.removed.iter().map(|removed| removed.secret));
        scrubbed.text
    }

    fn long(&mut self, field: &'static str, value: &str) -> String {
        let text = self.scrubbed(value);
        text::clean(&text, TEXT_LIMIT).unwrap_or_else(|_| {
            self.bad(field, "at most 8000 characters, none of them U+0000");
            String::new()
        })
    }

    fn short(&mut self, field: &'static str, value: &str) -> String {
        let text = self.scrubbed(value);
        text::clean_name(&text, FIELD_LIMIT).unwrap_or_else(|_| {
            self.bad(field, "at most 200 characters, none of them U+0000");
            String::new()
        })
    }

    fn decimal(&mut self, field: &'static str, value: Option<&str>) -> Option<Decimal> {
        let value = value?.trim();
        let number = value.parse::<Decimal>().ok().filter(|_| !value.starts_with('-'));
        if number.is_none() {
            self.bad(field, "a decimal number like 1200.50");
        }
        number
    }

    fn list<'a, T>(&mut self, field: &'static str, items: &'a [T]) -> &'a [T] {
        if items.len() > LIST_LIMIT {
            self.bad(field, "at most 20 entries");
        }
        &items[..items.len().min(LIST_LIMIT)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Reading, Vec<BadField>> {
        serde_json::from_str::<Report>(json).unwrap().read(Language::En)
    }

    #[test]
    fn a_phrase_in_any_field_is_out_before_anything_else_sees_it() {
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        for field in ["text", "account"] {
            let reading = read(
                &format!(r#"{{"text": "help", "{field}": "it is {phrase}"}}"#)
                    .replace(r#""text": "help", "text""#, r#""text""#),
            )
            .unwrap();
            assert_eq!(reading.secrets, [Secret::RecoveryPhrase]);
            assert_eq!(reading.facts.first("secret"), Some("recovery-phrase"));
            assert!(!serde_json::to_string(&reading.facts).unwrap().contains("sausage"));
        }
    }

    #[test]
    fn every_broken_rule_is_named_and_no_value_is_echoed() {
        let Err(bad) = read(
            r#"{"text": " ", "language": "klingon", "wallets": [{"address": "zzz"}], "assets": [{"usd": "1e9"}], "contact": {"email": "nobody"}}"#,
        ) else {
            panic!("must be refused")
        };
        let fields: Vec<&str> = bad.iter().map(|bad| bad.field).collect();
        assert_eq!(fields, ["text", "language", "wallets.address", "assets.usd", "contact.email"]);
        assert!(bad.iter().all(|bad| !bad.rule.contains("klingon") && !bad.rule.contains("1e9")));
    }

    #[test]
    fn claimed_values_keep_their_chain_and_stay_exact() {
        let reading = read(
            r#"{"text": "help", "assets": [{"chain": "TRON", "asset": "usdt", "amount": "1200.50"}, {"usd": "7"}]}"#,
        )
        .unwrap();
        assert_eq!(reading.facts.get("claimed-usd"), ["tron 1200.5", "any 7"]);
    }
}
