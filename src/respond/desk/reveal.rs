//! Personal data is masked wherever staff look; the whole value needs a reason, is an entry of its own, and stops at thirty
//! an hour (RB-05).

use std::sync::Arc;

use super::correct::reason_at;
use crate::audit::{Actor, Entry, Outcome};
use crate::id::{Id, of};
use crate::respond::{Respond, Room, file, record};
use crate::store::desk::reveals::{self, RevealRow};
use crate::store::{Result, Tx, incidents};
use crate::text::observable::{self, Kind};
use crate::time::Span;

/// Whole values that one person is shown within an hour.
const MOST: i64 = 30;
const WITHIN: Span = Span::from_minutes(60);

/// Fields of a signal that say who somebody is or how to reach them.
pub const PERSONAL: [&str; 7] = ["account", "user", "login", "email", "phone", "ip", "sender"];

/// What came of asking for a whole value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revealed {
    Shown,
    /// Thirty within the hour.
    TooMany,
    Unknown,
}

impl Respond {
    /// Asks for the whole values of one field of a case. The reason is scrubbed and cleaned by now.
    pub async fn reveal(&self, id: Id<of::Incident>, by: &str, (field, reason): (&str, &str)) -> Result<Revealed> {
        let Some(field) = PERSONAL.into_iter().find(|known| *known == field) else { return Ok(Revealed::Unknown) };
        let (room, by, reason) = (self.room(), by.to_owned(), reason.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by, reason) = (Arc::clone(&room), by.clone(), reason.clone());
                Box::pin(async move { reveal(tx, &room, id, (&by, field, &reason)).await })
            })
            .await
    }
}

async fn reveal(
    tx: &mut Tx,
    room: &Room,
    id: Id<of::Incident>,
    (by, field, reason): (&str, &'static str, &str),
) -> Result<Revealed> {
    let Some(row) = incidents::get(tx, id).await? else { return Ok(Revealed::Unknown) };
    let entry = Entry::done(room.now(), Actor::Staff(by.to_owned()), "incident.reveal", format!("incident:{id}"))
        .with("field", field);
    if reveals::since(tx, by, room.now().minus(WITHIN)).await? >= MOST {
        tracing::warn!(name: "desk.reveals", "somebody on the staff asked for more whole values than an hour allows");
        record(tx, &[Entry { outcome: Outcome::Refused, ..entry }]).await?;
        return Ok(Revealed::TooMany);
    }
    let key = file::data_key(room, &row)?;
    let reveal = Id::new(room.now(), &*room.random);
    let row = RevealRow {
        id: reveal,
        incident: id,
        person: by.to_owned(),
        field: field.to_owned(),
        at: room.now(),
        reason: key.seal(reason_at("reveal", &reveal.to_string()), reason.as_bytes(), &*room.random),
    };
    reveals::keep(tx, &row).await?;
    record(tx, &[entry]).await?;
    Ok(Revealed::Shown)
}

/// A value that says who somebody is, with enough left to tell two apart.
pub fn masked(value: &str) -> String {
    let letters: Vec<char> = value.chars().collect();
    let Some(first) = letters.first() else { return String::new() };
    if let Some((name, domain)) = value.split_once('@') {
        let ending = domain.rsplit('.').next().unwrap_or_default();
        return format!("{}•••@•••.{ending}", name.chars().next().map(String::from).unwrap_or_default());
    }
    match letters.len() {
        0..=3 => "•••".to_owned(),
        4..=7 => format!("{first}•••"),
        _ => format!("{first}•••{}", letters[letters.len() - 2..].iter().collect::<String>()),
    }
}

/// Words with the addresses, telephone numbers and networks in them masked, but for fields that are shown.
pub fn masked_in(text: &str, is_shown: impl Fn(&str) -> bool) -> String {
    let (mut shown, mut from) = (String::new(), 0);
    for seen in observable::find(text) {
        let name = match seen.observable.kind {
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Ip => "ip",
            Kind::Wallet | Kind::Transaction | Kind::Domain | Kind::Url => continue,
        };
        let Some(written) = text.get(seen.at.clone()).filter(|_| !is_shown(name) && seen.at.start >= from) else {
            continue;
        };
        shown.push_str(&text[from..seen.at.start]);
        shown.push_str(&masked(written));
        from = seen.at.end;
    }
    shown.push_str(&text[from..]);
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_mask_shows_at_most_a_third_of_a_name(value in "[a-z0-9@.+]{0,40}") {
            let shown = masked(&value);
            let left = shown.chars().filter(char::is_ascii_alphanumeric).count();
            prop_assert!(shown != value || value.is_empty());
            prop_assert!(left <= 3 || value.contains('@'), "{}", shown);
        }
    }
}
