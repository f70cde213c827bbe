//! A new password by somebody who is signed in: the one before is asked for, and guesses at it count as at the sign-in.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::joining::end_everything;
use super::sign_in::Bucket;
use super::{Unfit, letters, open, person};
use crate::access::password::{self, Fit};
use crate::audit::{Actor, Entry};
use crate::guidance::account::Told;
use crate::id::{Id, of};
use crate::respond::{Respond, record};
use crate::seal::Purpose;
use crate::store::{self, guesses, invitations, people};

/// Why a password was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotChanged {
    /// The one before is another, or was guessed at too often, or there is none.
    Before,
    New(Unfit),
}

impl Respond {
    /// Puts a new password in place of the one before; every session and token of the person is over (SES-04).
    pub async fn change_password(
        &self,
        id: Id<of::Person>,
        (before, new): (Zeroizing<String>, Zeroizing<String>),
    ) -> store::Result<Result<(), NotChanged>> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let row = person(&mut tx, id).await?;
        drop(tx);
        let opened = open(&room, &row)?;
        if let Err(why) = room.staff_rules.check(&new, [&opened.login, &opened.name]) {
            return Ok(Err(NotChanged::New(why)));
        }
        let what = room.keys.digests.of(Purpose::Lookup, "own-password", &row.login_digest);
        let bucket = Arc::new(Bucket { what, login: row.login_digest });
        let (counted, may) = self.count_guess(&room, &bucket).await?;
        let Some(stored) = counted.and_then(|row| row.password).filter(|_| may) else {
            return Ok(Err(NotChanged::Before));
        };
        let (keys, cost, known) = (Arc::clone(&room.keys), room.staff_rules.cost, stored.clone());
        let fit = self.hashing.run(move || password::fits(&before, &known, (cost, &keys.peppers))).await?;
        if fit == Fit::Wrong {
            return Ok(Err(NotChanged::Before));
        }
        let hash = self.hash(new).await?;
        self.writer
            .act(move |tx| {
                let (room, bucket, stored, hash) =
                    (Arc::clone(&room), Arc::clone(&bucket), stored.clone(), hash.clone());
                Box::pin(async move {
                    // A link by mail may have come first: then the one before is another.
                    if person(tx, id).await?.password.as_ref() != Some(&stored) {
                        return Ok(Err(NotChanged::Before));
                    }
                    let now = room.now();
                    guesses::clear(tx, &bucket.what).await?;
                    people::set_password(tx, id, (&hash, now)).await?;
                    end_everything(tx, id, now).await?;
                    invitations::revoke(tx, id, now).await?;
                    letters::tell(tx, &room, (id, Told::PasswordChanged)).await?;
                    let who = Actor::Staff(id.to_string());
                    let entry = Entry::done(now, who, "person.password", format!("person:{id}"));
                    record(tx, &[entry.with("by", "self")]).await?;
                    Ok(Ok(()))
                })
            })
            .await
    }
}
