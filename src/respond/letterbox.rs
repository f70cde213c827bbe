//! The letterbox of a case: words come in with the link alone and nothing goes out, so that who is locked out by somebody's
//! guessing is still heard (CA-05). Staff see that such words are unproven.

use std::sync::Arc;

use super::Respond;
use super::holder::{self, HolderDeed};
use crate::access::CaseToken;
use crate::phrase::Secret;
use crate::seal::Purpose;
use crate::store::{Result, cases, messages, refusals};
use crate::time::Span;

/// Letters that one case takes within a day.
const LETTERS: i64 = 20;
const DAY: Span = Span::from_days(1);

impl Respond {
    /// Puts words to a case, if the link is that of one and its letterbox is not full. The caller is told nothing of
    /// either. The text is scrubbed and cleaned by now.
    pub async fn letter(&self, token: Option<CaseToken>, (text, secrets): (String, Vec<Secret>)) -> Result<()> {
        let room = self.room();
        let unknown = CaseToken::new(&*room.random);
        let link = room.keys.digests.of(Purpose::CaseLink, "token", token.as_ref().unwrap_or(&unknown).reveal());
        self.writer
            .act(move |tx| {
                let (room, link) = (Arc::clone(&room), link.clone());
                let deed = HolderDeed::Letter { text: text.clone(), secrets: secrets.clone() };
                Box::pin(async move {
                    if let Some(case) = cases::by_link(tx, &link).await?
                        && messages::unproven_since(tx, case.incident, room.now().minus(DAY)).await? < LETTERS
                    {
                        return holder::act(tx, &room, case.id, &deed).await.map(drop);
                    }
                    refusals::count(tx, None, room.now()).await.map(drop)
                })
            })
            .await
    }
}
