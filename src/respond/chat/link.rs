//! How somebody in a chat comes to be known as a person on the staff: by a code that only the page of their own account
//! shows, which two factors lead to.

use std::sync::Arc;

use super::Told;
use crate::access::Code;
use crate::audit::{Actor, Entry};
use crate::guidance::account;
use crate::id::{Id, of};
use crate::respond::people::{self as known, Person};
use crate::respond::{Respond, Room, record};
use crate::seal::Purpose;
use crate::store::{Result, Tx, chats, people};
use crate::time::{Span, Timestamp};

/// How long a code is good.
const GOOD_FOR: Span = Span::from_minutes(10);

/// A code that links, to be shown once.
pub struct LinkCode {
    pub code: Code,
    pub expires: Timestamp,
}

fn digest(room: &Room, code: &Code) -> String {
    room.keys.digests.of(Purpose::ChatCode, "chat", code.reveal())
}

/// Links a member of a chat to whose code it is.
pub(super) async fn link(tx: &mut Tx, room: &Room, (chat, member): (&str, &str), code: &Code) -> Result<Told> {
    let now = room.now();
    let Some(id) = chats::take_code(tx, &digest(room, code), now).await? else { return Ok(Told::NotThisCode) };
    let row = people::by_id(tx, id).await?;
    let person = row.map(|row| known::open(room, &row)).transpose()?;
    if !person.is_some_and(|person| Person::is_active(&person)) {
        return Ok(Told::NotThisCode);
    }
    chats::link(tx, (chat, member), (id, now)).await?;
    known::tell(tx, room, (id, account::Told::ChatLinked)).await?;
    let entry = Entry::done(now, Actor::Staff(id.to_string()), "chat.link", format!("chat:{chat}"));
    record(tx, &[entry]).await?;
    Ok(Told::Linked)
}

impl Respond {
    /// A code by which a person says in a chat who they are; one before is good no more.
    pub async fn new_chat_code(&self, person: Id<of::Person>) -> Result<LinkCode> {
        let room = self.room();
        let (code, expires) = (Code::new(&*room.random), room.now().plus(GOOD_FOR));
        let digest = digest(&room, &code);
        self.writer
            .act(move |tx| {
                let (room, digest) = (Arc::clone(&room), digest.clone());
                Box::pin(async move {
                    chats::put_code(tx, person, (&digest, expires)).await?;
                    let who = Actor::Staff(person.to_string());
                    let entry = Entry::done(room.now(), who, "chat.new-code", format!("person:{person}"));
                    record(tx, &[entry]).await
                })
            })
            .await?;
        Ok(LinkCode { code, expires })
    }

    /// The chats in which a person is known, and since when.
    pub async fn chats_of(&self, person: Id<of::Person>) -> Result<Vec<(String, Timestamp)>> {
        chats::of_person(&mut self.db.read().await?, person).await
    }

    /// Has every chat forget a person; how many knew them.
    pub async fn leave_chats(&self, person: Id<of::Person>) -> Result<u64> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = Arc::clone(&room);
                Box::pin(async move {
                    let gone = chats::unlink(tx, person).await?;
                    let who = Actor::Staff(person.to_string());
                    let entry = Entry::done(room.now(), who, "chat.unlink", format!("person:{person}"));
                    record(tx, &[entry.with("count", gone)]).await?;
                    Ok(gone)
                })
            })
            .await
    }
}
