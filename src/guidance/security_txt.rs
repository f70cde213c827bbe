//! The file by which those who look for weaknesses find the operator (RFC 9116). It leads people in trouble away: the
//! contact for researchers is no place for them.

use super::words::security_txt as say;
use crate::text::Language;
use crate::time::{Span, Timestamp};

/// From each reading on, so that the file is never about to end; under a year, as the RFC asks (OUT-10).
pub const GOOD_FOR: Span = Span::from_days(180);

/// A contact is not one that the file can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no contact: a mail address, or an https: or tel: address; several with commas between")]
pub struct NotAContact(String);

/// What the file says.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    pub contacts: &'a [String],
    /// Where the house is, without a slash at the end.
    pub public_url: &'a str,
    pub policy: &'a str,
    pub now: Timestamp,
}

/// The contacts as the file holds them, in the order in which they are preferred.
pub fn contacts(text: &str) -> Result<Vec<String>, NotAContact> {
    text.split(',').map(str::trim).filter(|contact| !contact.is_empty()).map(contact).collect()
}

fn contact(text: &str) -> Result<String, NotAContact> {
    let bad = || NotAContact(text.to_owned());
    let plain = |letter: char| letter.is_ascii_graphic();
    if !text.chars().all(plain) {
        return Err(bad());
    }
    let is_address = |text: &str| {
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
    };
    match text.split_once(':') {
        Some(("https", rest)) if rest.starts_with("//") && rest.len() > 2 => Ok(text.to_owned()),
        Some(("mailto", address)) if is_address(address) => Ok(text.to_owned()),
        Some(("tel", number)) if number.starts_with('+') => Ok(text.to_owned()),
        None if is_address(text) => Ok(format!("mailto:{text}")),
        _ => Err(bad()),
    }
}

/// The file.
pub fn text(file: File<'_>) -> String {
    let File { contacts, public_url, policy, now } = file;
    let page = format!("{public_url}/");
    let lead = |language| format!("# {}", say::LEAD.with(language, &[("page", &page)]));
    let mut lines = vec![lead(Language::En), lead(Language::Zh)];
    lines.extend(contacts.iter().map(|contact| format!("Contact: {contact}")));
    lines.push(format!("Expires: {}", now.plus(GOOD_FOR)));
    lines.push(format!("Canonical: {public_url}/.well-known/security.txt"));
    lines.push("Preferred-Languages: en, zh".to_owned());
    if !policy.is_empty() {
        lines.push(format!("Policy: {policy}"));
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_a_mail_address_or_a_safe_address() {
        assert_eq!(
            contacts("security@example.org, https://example.org/report,tel:+1-201-555-0123").unwrap(),
            ["mailto:security@example.org", "https://example.org/report", "tel:+1-201-555-0123"]
        );
        assert!(contacts("").unwrap().is_empty());
        for bad in ["http://example.org", "nobody", "a@b", "javascript:x", "https:", "a@b.example\nPolicy: x", "tel:1"]
        {
            assert!(contacts(bad).is_err(), "{bad}");
        }
    }
}
