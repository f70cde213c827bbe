//! The one time that link and code are shown: to the browser that sent the report or was granted a new link, for minutes,
//! behind a redirect, so that no page that can be loaded again holds them once that browser has left.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::view::{CaseKeys, ReportAnswer};
use super::{Respond, Room};
use crate::access::{StaffToken, digest_of};
use crate::id::{Id, of};
use crate::seal::Place;
use crate::store::first_views::{self, FirstView};
use crate::store::{Error, Result, Tx, cases};
use crate::time::Span;

/// From the first look on it can be looked at again for this long, so that a page that failed to load costs nobody a code.
pub const FIRST_VIEW: Span = Span::from_minutes(15);
/// What nobody looks at is kept for as long as a repeated report gets its first answer.
const UNSEEN: Span = Span::from_days(1);

/// What is shown once.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The answer to a report.
    Answer(Box<ReportAnswer>),
    /// Link and code that replace earlier ones.
    NewKeys(CaseKeys),
}

/// The way to what is shown once: a ticket for the address, and a session for the cookie where one may begin.
pub struct First {
    pub ticket: StaffToken,
    pub session: Option<StaffToken>,
}

/// Who asks to look.
#[derive(Clone, Copy)]
pub struct Looker<'a> {
    pub ticket: Option<&'a str>,
    pub session: Option<&'a str>,
}

impl Respond {
    /// Keeps the answer to a report for one look; nothing when there is no such case. `repeat` is the digest of the key
    /// under which the same answer is kept for retries.
    pub async fn show_once(
        &self,
        answer: &ReportAnswer,
        (repeat, with_session): (Option<String>, bool),
    ) -> Result<Option<First>> {
        let room = self.room();
        let first = First {
            ticket: StaffToken::new(&*room.random),
            session: with_session.then(|| StaffToken::new(&*room.random)),
        };
        let digests = first.digests();
        let (reference, shown) = (answer.case.reference.clone(), Shown::Answer(Box::new(answer.clone())));
        let kept = self
            .writer
            .act(move |tx| {
                let (room, digests, reference) = (Arc::clone(&room), digests.clone(), reference.clone());
                let (shown, repeat) = (shown.clone(), repeat.clone());
                Box::pin(async move {
                    let Some(case) = cases::by_reference(tx, &reference).await? else { return Ok(false) };
                    keep(tx, &room, (case.id, &shown), (digests, repeat)).await.map(|()| true)
                })
            })
            .await?;
        Ok(kept.then_some(first))
    }

    /// What may be shown to who asks. A look with a ticket alone is the only one; one with the session spends the ticket
    /// and can be repeated for [`FIRST_VIEW`].
    pub async fn first_look(&self, looker: Looker<'_>) -> Result<Option<Shown>> {
        let mut tx = self.db.read().await?;
        let session = looker.session.map(digest_of);
        let by_session = match &session {
            Some(session) => first_views::by_session(&mut tx, session).await?,
            None => None,
        };
        let view = match (by_session, looker.ticket) {
            (Some(view), _) => Some(view),
            (None, Some(ticket)) => first_views::by_ticket(&mut tx, &digest_of(ticket)).await?,
            (None, None) => None,
        };
        drop(tx);
        let (room, now) = (self.room(), self.room().now());
        let Some(view) = view else { return Ok(None) };
        let over = view.looked.is_some_and(|looked| now.since(looked) > FIRST_VIEW) || now.since(view.created) > UNSEEN;
        if over {
            return Ok(None);
        }
        let shown = opened(&room, &view)?;
        let again = session.is_some() && view.session == session;
        if again && view.looked.is_some() {
            return Ok(Some(shown));
        }
        self.writer
            .act(move |tx| {
                let (room, view) = (Arc::clone(&room), view.clone());
                Box::pin(async move {
                    if again { first_views::looked(tx, &view.ticket, now).await } else { end(tx, &room, &view).await }
                })
            })
            .await?;
        Ok(Some(shown))
    }

    /// Ends what a session may look at: it has been written down, or the person leaves.
    pub async fn end_first_look(&self, session: &str) -> Result<()> {
        let (room, digest) = (self.room(), digest_of(session));
        self.writer
            .act(move |tx| {
                let (room, digest) = (Arc::clone(&room), digest.clone());
                Box::pin(async move { end_of_session(tx, &room, &digest).await })
            })
            .await
    }
}

impl First {
    pub(super) fn digests(&self) -> (String, Option<String>) {
        (digest_of(self.ticket.reveal()), self.session.as_ref().map(|session| digest_of(session.reveal())))
    }
}

type Ways = ((String, Option<String>), Option<String>);

/// Keeps something to be shown once, and begins the session that may look again.
pub(super) async fn keep(
    tx: &mut Tx,
    room: &Room,
    (case, shown): (Id<of::Case>, &Shown),
    ((ticket, session), idempotency): Ways,
) -> Result<()> {
    let row = case.to_string();
    let (data_key, sealed_key) = room.keys.new_data_key(place("data_key", &row), &*room.random);
    let text = zeroize::Zeroizing::new(serde_json::to_vec(shown).expect("what is shown is plain data"));
    let answer = data_key.seal(place("answer", &row), &text, &*room.random);
    if let Some(session) = &session {
        cases::session_insert(tx, session, case, room.now()).await?;
    }
    let view = FirstView {
        ticket,
        session,
        case,
        idempotency,
        created: room.now(),
        looked: None,
        data_key: sealed_key,
        answer,
    };
    first_views::insert(tx, &view).await
}

/// Ends what a session may look at, if anything.
pub(super) async fn end_of_session(tx: &mut Tx, room: &Room, session: &str) -> Result<()> {
    match first_views::by_session(tx, session).await? {
        Some(view) => end(tx, room, &view).await,
        None => Ok(()),
    }
}

/// Ends what was shown long enough, and what nobody looked at in a day.
pub(super) async fn sweep(tx: &mut Tx, room: &Room) -> Result<()> {
    for view in first_views::looked_before(tx, room.now().minus(FIRST_VIEW)).await? {
        end(tx, room, &view).await?;
    }
    first_views::forget_before(tx, room.now().minus(UNSEEN)).await.map(drop)
}

/// Ends every look at a case, and takes link and code out of the answer that a repeated report would get: who goes back
/// and sends the form again learns that it arrived, and no more.
async fn end(tx: &mut Tx, room: &Room, view: &FirstView) -> Result<()> {
    first_views::end_of_case(tx, view.case).await?;
    let Some(key) = &view.idempotency else { return Ok(()) };
    let Shown::Answer(answer) = opened(room, view)? else { return Ok(()) };
    let keys = CaseKeys { reference: answer.case.reference.clone(), link: String::new(), code: String::new() };
    super::accept::replace_answer(tx, room, (key, &ReportAnswer { case: keys, ..*answer })).await
}

fn opened(room: &Room, view: &FirstView) -> Result<Shown> {
    let row = view.case.to_string();
    let text = room
        .keys
        .open_data_key(place("data_key", &row), &view.data_key)
        .and_then(|key| key.open(place("answer", &row), &view.answer));
    let shown = text.ok().and_then(|text| serde_json::from_slice(&text).ok());
    shown.ok_or(Error::Corrupt { table: "first_view", column: "answer" })
}

fn place<'a>(column: &'a str, row: &'a str) -> Place<'a> {
    Place { table: "first_view", column, row }
}
