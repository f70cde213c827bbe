//! What a wording must not be: logic, a piece too many or too few, a link, what belongs to a person, a request for a secret.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, PatternElement};

use super::{Fault, KNOWN, Known, Sort, Written};
use crate::phrase::scrub;
use crate::playbook::unknown;
use crate::text::{self, Kind, amounts, clean};

/// A wording in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text(String),
    Piece(&'static str),
}

/// What belongs to a person or opens a case: never in a letter (CA-07).
const THEIRS: [&str; 12] =
    ["code", "link", "token", "account", "amount", "address", "wallet", "email", "phone", "name", "text", "message"];

/// Secrets by their names. A wording says nothing of them, in whatever way: the lines under each mail do.
const SECRETS: [&str; 25] = [
    "recovery phrase",
    "recovery word",
    "seed phrase",
    "seed word",
    "mnemonic",
    "secret phrase",
    "private key",
    "keystore",
    "password",
    "passcode",
    "passphrase",
    "verification code",
    "one-time code",
    "access code",
    "pin code",
    "助记词",
    "助記詞",
    "种子",
    "種子",
    "私钥",
    "私鑰",
    "密码",
    "密碼",
    "验证码",
    "驗證碼",
];

/// The wordings of a file that pass, by their names; what does not is added to the faults.
pub fn file(written: &Written, own: Option<&str>, faults: &mut Vec<Fault>) -> Vec<(&'static str, Vec<Part>)> {
    let source = written.text.as_str();
    let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(read, _)| read);
    let mut passed: Vec<(&'static str, Vec<Part>)> = Vec::new();
    for entry in &resource.body {
        let (line, outcome) = match entry {
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            Entry::Message(message) => {
                let name = message.id.name;
                let twice = passed.iter().any(|(known, _)| *known == name);
                let outcome = if twice {
                    Err((format!("{name} stands here twice"), "keep one of them".to_owned()))
                } else {
                    one(message, own)
                };
                (line_of(source, name), outcome)
            }
            Entry::Term(term) => (
                line_of(source, &format!("-{}", term.id.name)),
                Err(("a term".to_owned(), "write the words out in each message".to_owned())),
            ),
            Entry::Junk { content } => (
                line_at(source, content),
                Err((
                    format!("{:?} is no message", content.lines().next().unwrap_or_default()),
                    "write `name = words`, and further lines of the same words with blanks before them".to_owned(),
                )),
            ),
        };
        match outcome {
            Ok(found) => passed.push(found),
            Err((what, hint)) => faults.push(Fault { file: written.file.clone(), line, what, hint }),
        }
    }
    passed
}

type Refused = (String, String);

fn one(message: &Message<&str>, own: Option<&str>) -> Result<(&'static str, Vec<Part>), Refused> {
    let name = message.id.name;
    let Some(known) = Known::of(name) else {
        let names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
        return Err((unknown("message", name, &names), "`holdfast notify show` lists them all".to_owned()));
    };
    let refuse = |what: &str, hint: &str| Err((format!("{name}: {what}"), hint.to_owned()));
    if !message.attributes.is_empty() {
        return refuse("attributes", "a message is words alone");
    }
    let Some(pattern) = &message.value else { return refuse("no words", "write `name = words`") };
    let mut parts = Vec::new();
    for element in &pattern.elements {
        parts.push(match element {
            PatternElement::TextElement { value } => Part::Text((*value).to_owned()),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => Part::Piece(piece(known, id.name)?),
            PatternElement::Placeable { .. } => {
                return refuse("logic", "only pieces such as { $reference } may stand in braces");
            }
        });
    }
    for needed in known.needs {
        if !parts.contains(&Part::Piece(needed)) {
            return refuse(&format!("the piece {{ ${needed} }} is missing"), "without it the letter says too little");
        }
    }
    words(known, &parts, own).map_err(|(what, hint)| (format!("{name}: {what}"), hint.to_owned()))?;
    Ok((known.name, parts))
}

fn piece(known: &Known, name: &str) -> Result<&'static str, Refused> {
    if let Some(piece) = known.pieces().find(|piece| *piece == name) {
        return Ok(piece);
    }
    let pieces: Vec<&str> = known.pieces().collect();
    let hint = if THEIRS.contains(&name) {
        "what belongs to a person or opens their case never leaves in a letter".to_owned()
    } else if pieces.is_empty() {
        "this message takes no pieces".to_owned()
    } else {
        format!("this message takes {}", pieces.join(", "))
    };
    Err((format!("{}: {}", known.name, unknown("piece", name, &pieces)), hint))
}

/// Looks at the words themselves, a blank in the place of each piece.
fn words(known: &Known, parts: &[Part], own: Option<&str>) -> Result<(), (String, &'static str)> {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Piece(_) => " ".to_owned(),
    };
    let said: String = parts.iter().map(part).collect();
    let longest = match known.sort {
        Sort::Subject => 80,
        Sort::Alarm => 200,
        Sort::Text => 1_200,
    };
    if said.trim().is_empty() && known.needs.is_empty() {
        return Err(("no words".to_owned(), "write some, or leave the message out"));
    }
    if said.chars().count() > longest {
        return Err((format!("longer than {longest} letters"), "say it in fewer"));
    }
    if known.sort != Sort::Text && said.contains('\n') {
        return Err(("more than one line".to_owned(), "subjects and alarms are one line"));
    }
    if !clean(&said, longest * 4).is_ok_and(|clean| clean == said) {
        return Err(("letters that nobody sees".to_owned(), "type the words anew, without copying them"));
    }
    if !scrub(&said).removed.is_empty() {
        return Err(("a recovery phrase or a key".to_owned(), "no secret has a place in a letter"));
    }
    let lower = said.to_lowercase();
    if let Some(secret) = SECRETS.iter().find(|secret| lower.contains(**secret)) {
        return Err((
            format!("speaks of {secret:?}"),
            "say nothing of phrases, keys, passwords and codes: the lines under each mail do, and a thief's mail asks for them",
        ));
    }
    link(known, &said, own)?;
    if known.sort != Sort::Alarm {
        if said.chars().any(char::is_numeric) {
            return Err((
                "a number".to_owned(),
                "amounts, codes and telephone numbers have no place in a mail; write small numbers out",
            ));
        }
        if !amounts(&said).is_empty() {
            return Err(("an amount".to_owned(), "a mailbox may be in the thief's hands"));
        }
    }
    Ok(())
}

fn link(known: &Known, said: &str, own: Option<&str>) -> Result<(), (String, &'static str)> {
    let is_mail = known.sort != Sort::Alarm;
    for found in text::find(said) {
        let value = found.observable.value;
        let host = match found.observable.kind {
            Kind::Url => url::Url::parse(&value).ok().and_then(|url| url.host_str().map(str::to_owned)),
            Kind::Domain => Some(value.clone()),
            Kind::Wallet | Kind::Transaction | Kind::Email | Kind::Phone | Kind::Ip => {
                return Err((format!("names {value:?}"), "addresses, numbers and contacts have no place in a letter"));
            }
        };
        if is_mail {
            return Err((
                format!("links to {value:?}"),
                "a mail has no link, not even one of ours: that is how people tell it from a thief's",
            ));
        }
        if host.is_none() || host.as_deref() != own {
            return Err((format!("links to {value:?}"), "an alarm links to this house alone, and does so by itself"));
        }
    }
    let plain = said.replace(' ', "").to_lowercase();
    if is_mail && (names_a_host(said) || ["://", "www.", "hxxp", "mailto:"].iter().any(|sign| plain.contains(sign))) {
        return Err((
            "a link".to_owned(),
            "a mail has no link, not even one of ours: that is how people tell it from a thief's",
        ));
    }
    Ok(())
}

/// Whether a full stop stands between letters as in the name of a host: mail programs make a link of it by themselves.
fn names_a_host(said: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    said.char_indices().filter(|(_, letter)| matches!(letter, '.' | '。' | '．')).any(|(at, stop)| {
        let before = said[..at].chars().next_back().is_some_and(is_part);
        before && said[at + stop.len_utf8()..].chars().take_while(|letter| is_part(*letter)).count() >= 2
    })
}

/// The line on which a message begins.
fn line_of(source: &str, name: &str) -> usize {
    let begins = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('='));
    source.lines().position(begins).map_or(1, |place| place + 1)
}

fn line_at(source: &str, content: &str) -> usize {
    let before = source.find(content).and_then(|at| source.get(..at));
    before.map_or(1, |before| before.matches('\n').count() + 1)
}
