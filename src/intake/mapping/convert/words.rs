//! Words, lines and texts from machines, made safe to keep and to show (IN-08).

use std::net::{IpAddr, SocketAddr};

use super::{Converted, Unfit};
use crate::text::{Unclean, clean, clean_name};

/// Characters of a name, identifier or other single line.
const LINE: usize = 1_024;

/// Characters of a text; texts of a body are at most this many bytes.
const TEXT: usize = 8_192;

/// Characters of the name of a token, which its author chose.
const SYMBOL: usize = 64;

/// One line; what cannot be seen is left out.
pub fn line(text: &str) -> Converted {
    kept(clean_name(text, LINE))
}

/// A text of any number of lines.
pub fn text(text: &str) -> Converted {
    kept(clean(text, TEXT))
}

/// The symbol of a token, or an address that is not of the Ethereum kind.
pub fn symbol(text: &str) -> Converted {
    kept(clean_name(text, SYMBOL))
}

/// An e-mail address in lower case, without the name before it. Its form is not judged further than that it has two sides.
pub fn email(text: &str) -> Converted {
    let bare = text.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).unwrap_or(text);
    let address = bare.trim().to_lowercase();
    let sides =
        address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
    let plain = address.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if sides && plain && address.len() <= 254 { line(&address) } else { Err(Unfit) }
}

/// A network address, without the port that may stand beside it.
pub fn ip(text: &str) -> Converted {
    let address: IpAddr =
        text.parse().or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip())).map_err(|_| Unfit)?;
    Ok(Some(address.to_canonical().to_string()))
}

pub fn flag(text: &str) -> Converted {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Ok(Some("true".to_owned())),
        "false" | "0" | "no" => Ok(Some("false".to_owned())),
        _ => Err(Unfit),
    }
}

/// What is left of a text, when anything is.
fn kept(text: Result<String, Unclean>) -> Converted {
    text.map(|text| Some(text).filter(|text| !text.is_empty())).map_err(|_| Unfit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_does_not_get_into_a_name() {
        assert_eq!(symbol("US\u{200B}DC\u{202E}"), Ok(Some("USDC".to_owned())));
        assert_eq!(line("\u{200B} "), Ok(None));
        assert_eq!(symbol(&"x".repeat(65)), Err(Unfit));
    }

    #[test]
    fn addresses_of_networks_and_people_have_one_form() {
        assert_eq!(ip("203.0.113.7:443"), Ok(Some("203.0.113.7".to_owned())));
        assert_eq!(ip("[2001:DB8::1]:443"), Ok(Some("2001:db8::1".to_owned())));
        assert_eq!(ip("::ffff:203.0.113.7"), Ok(Some("203.0.113.7".to_owned())));
        assert_eq!(ip("cloudtrail.amazonaws.com"), Err(Unfit));
        assert_eq!(email("A.Person@Example.ORG"), Ok(Some("a.person@example.org".to_owned())));
        assert_eq!(email("A. Person <A.Person@Example.ORG>"), Ok(Some("a.person@example.org".to_owned())));
        for wrong in ["a", "@b", "a@", "a@b@c", "a b@c"] {
            assert_eq!(email(wrong), Err(Unfit), "{wrong}");
        }
    }

    #[test]
    fn flags_have_few_forms() {
        assert_eq!(flag("True"), Ok(Some("true".to_owned())));
        assert_eq!(flag("0"), Ok(Some("false".to_owned())));
        assert_eq!(flag("maybe"), Err(Unfit));
    }
}
