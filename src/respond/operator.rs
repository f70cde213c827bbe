//! What operators do: set the house up, give out tokens, look at what verified but could not be read.

use std::sync::Arc;

use serde::Serialize;

use super::people::State;
use super::{Respond, record};
use crate::access::{Permission, Scopes, StaffToken, digest_of};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::seal::Place;
use crate::store::tokens::{self, TokenRow};
use crate::store::{Error, Result, Tx, copies, people, setup, unmapped};
use crate::time::{Span, Timestamp};

/// A set-up link is good for this long (ID-16).
const SET_UP: Span = Span::from_minutes(60);
/// A token's life in days when nobody says otherwise, and the longest there is (ID-20).
pub const TOKEN_DAYS: i64 = 90;
pub const LONGEST_TOKEN_DAYS: i64 = 365;
/// The use of a token is noted again only after this long.
const NOTED: Span = Span::from_minutes(1);

/// A delivery that verified but could not be read, scrubbed.
#[derive(Debug, Clone, Serialize)]
pub struct Unmapped {
    pub id: Id<of::Unmapped>,
    pub endpoint: String,
    pub received: Timestamp,
    pub reason: String,
    pub body: String,
}

/// What a new token is to be.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The id of somebody on the staff, or the name of a program.
    pub person: String,
    pub scopes: Scopes,
    /// 1 to 365.
    pub days: i64,
}

impl Respond {
    /// Whether nobody has come and no token was given, so that a set-up link is wanted.
    pub async fn needs_set_up(&self) -> Result<bool> {
        let mut tx = self.db.read().await?;
        Ok(tokens::list(&mut tx).await?.is_empty() && people::count(&mut tx).await? == 0)
    }

    /// A new one-time set-up token, good for an hour; only its digest is kept.
    pub async fn new_set_up(&self) -> Result<StaffToken> {
        let token = StaffToken::new(&*self.room().random);
        let (digest, now) = (digest_of(token.reveal()), self.room().now());
        self.writer
            .act(move |tx| {
                let digest = digest.clone();
                Box::pin(async move { setup::put(tx, &digest, now, now.plus(SET_UP)).await })
            })
            .await?;
        Ok(token)
    }

    /// Gives out a token; its text is shown once and never kept.
    pub async fn new_token(&self, new: NewToken) -> Result<(Id<of::Token>, StaffToken)> {
        let token = StaffToken::new(&*self.room().random);
        let (digest, room) = (digest_of(token.reveal()), self.room());
        let id = Id::new(room.now(), &*room.random);
        self.writer
            .act(move |tx| {
                let (room, digest, new) = (Arc::clone(&room), digest.clone(), new.clone());
                Box::pin(async move {
                    let now = room.now();
                    tokens::insert(tx, &row(id, digest, &new, now)).await?;
                    let entry = Entry::done(now, Actor::System, "token.create", format!("token:{id}"))
                        .with("person", new.person.clone())
                        .with("scopes", new.scopes.to_string());
                    record(tx, &[entry]).await
                })
            })
            .await?;
        Ok((id, token))
    }

    /// Whose a token is, while it is good and carries a scope; what it opens is written down where it is used.
    pub async fn bearer(&self, token: &str, permission: Permission) -> Result<Option<String>> {
        let now = self.room().now();
        let row = good(&mut self.db.read().await?, (&digest_of(token), now)).await?;
        let allows = |scopes: &str| scopes.parse::<Scopes>().is_ok_and(|scopes| scopes.allow(permission));
        Ok(row.filter(|row| allows(&row.scopes)).map(|row| row.person))
    }

    /// The token of a digest, while it is good; notes its use, once a minute at most.
    pub async fn token(&self, digest: &str) -> Result<Option<TokenRow>> {
        let now = self.room().now();
        let row = good(&mut self.db.read().await?, (digest, now)).await?;
        if let Some(id) = row.as_ref().filter(|row| is_to_note(row, now)).map(|row| row.id) {
            self.writer.act(move |tx| Box::pin(async move { tokens::touch(tx, id, now).await })).await?;
        }
        Ok(row)
    }

    /// Every token ever given, without its text.
    pub async fn tokens(&self) -> Result<Vec<TokenRow>> {
        let mut tx = self.db.read().await?;
        tokens::list(&mut tx).await
    }

    /// Ends a token for good; `Conflict` when there is none or it has ended.
    pub async fn revoke_token(&self, id: Id<of::Token>) -> Result<()> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = Arc::clone(&room);
                Box::pin(async move {
                    let now = room.now();
                    tokens::revoke(tx, id, now).await?;
                    record(tx, &[Entry::done(now, Actor::System, "token.revoke", format!("token:{id}"))]).await
                })
            })
            .await
    }

    /// How many deliveries verified but could not be read.
    pub async fn unmapped_count(&self) -> Result<i64> {
        let mut tx = self.db.read().await?;
        unmapped::count(&mut tx).await
    }

    /// Deliveries that verified but could not be read, after one of them, the oldest first.
    pub async fn unmapped(&self, after: Option<Id<of::Unmapped>>, limit: i64) -> Result<Vec<Unmapped>> {
        let mut tx = self.db.read().await?;
        let rows = unmapped::page(&mut tx, after, limit).await?;
        let shown = rows.into_iter().map(|row| {
            let id = row.id.to_string();
            let place = |column| Place { table: "unmapped", column, row: &id };
            let key = self.room().keys.open_data_key(place("data_key"), &row.data_key);
            let body = key
                .and_then(|key| key.open(place("body"), &row.body))
                .map_err(|_| Error::Corrupt { table: "unmapped", column: "body" })?;
            Ok(Unmapped {
                id: row.id,
                endpoint: row.endpoint,
                received: row.received,
                reason: row.reason,
                body: String::from_utf8_lossy(&body).into_owned(),
            })
        });
        shown.collect()
    }
}

/// A token that is good: what is somebody's ends with them being active.
async fn good(tx: &mut Tx, (digest, now): (&str, Timestamp)) -> Result<Option<TokenRow>> {
    let Some(row) = tokens::by_digest(tx, digest, now).await? else { return Ok(None) };
    let Ok(id) = row.person.parse() else { return Ok(Some(row)) };
    let person = people::by_id(tx, id).await?;
    Ok(person.is_some_and(|person| person.state == State::Active.as_str()).then_some(row))
}

fn is_to_note(row: &TokenRow, now: Timestamp) -> bool {
    row.last_used.is_none_or(|used| now.since(used) >= NOTED)
}

fn row(id: Id<of::Token>, digest: String, new: &NewToken, now: Timestamp) -> TokenRow {
    let days = new.days.clamp(1, LONGEST_TOKEN_DAYS);
    TokenRow {
        id,
        digest,
        person: new.person.clone(),
        scopes: new.scopes.to_string(),
        created: now,
        expires: now.plus(Span::from_days(days)),
        last_used: None,
        revoked: None,
    }
}

/// A suppressed copy, opened.
#[derive(Debug, Clone, Serialize)]
pub struct CopyOpened {
    pub id: Id<of::Copied>,
    pub endpoint: String,
    /// The how-manieth copy of its event or delivery, from 1.
    pub number: i64,
    /// The signal that the first became.
    pub signal: Option<String>,
    pub received: Timestamp,
    pub body: String,
}

impl Respond {
    /// How many copies were suppressed in the last seven days, by endpoint.
    pub async fn copy_counts(&self) -> Result<Vec<(String, i64)>> {
        let mut tx = self.db.read().await?;
        copies::counts(&mut tx).await
    }

    /// A page of suppressed copies, the oldest first, of one endpoint or of all.
    pub async fn copies(&self, after: Option<Id<of::Copied>>, page: (&str, i64)) -> Result<Vec<CopyOpened>> {
        let mut tx = self.db.read().await?;
        let rows = copies::page(&mut tx, after, page).await?;
        let keys = Arc::clone(&self.room().keys);
        let open = |row: copies::CopyRow| {
            let id = row.id.to_string();
            let place = |column| Place { table: "copy", column, row: &id };
            let body = keys
                .open_data_key(place("data_key"), &row.data_key)
                .and_then(|key| key.open(place("body"), &row.body))
                .map_err(|_| Error::Corrupt { table: "copy", column: "body" })?;
            Ok(CopyOpened {
                id: row.id,
                endpoint: row.endpoint,
                number: row.number,
                signal: row.signal,
                received: row.received,
                body: String::from_utf8_lossy(&body).into_owned(),
            })
        };
        rows.into_iter().map(open).collect()
    }
}
